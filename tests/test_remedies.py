"""What a refused graph file's message tells to do in Python works as told, and keeps every person and tie."""

import os
import re

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import scipy.sparse

from sim.errors import InputError
from sim.society.graphs import from_networkx, read_graph

NAMES = ["ann", "bob", "cem", "dan", "eve"]
VILLAGE = nx.Graph([("ann", "bob"), ("ann", "cem"), ("ann", "dan"), ("bob", "cem")])
VILLAGE.add_node("eve")
TWO_WORDS = nx.relabel_nodes(VILLAGE, {name: f"{name} lee" for name in NAMES})
NUMBERED = nx.convert_node_labels_to_integers(VILLAGE)
TABLE = nx.to_pandas_adjacency(VILLAGE)
NUMBERS = nx.to_pandas_adjacency(NUMBERED, dtype=int)
ARRAY = nx.to_numpy_array(VILLAGE)


def text(content):
    return lambda path: path.write_text(content)


def with_names(graph, delimiter):
    def write(path):
        path.write_text("\n".join(line for line in nx.generate_adjlist(graph, delimiter)) + "\n")

    return write


LEDA = "LEDA.GRAPH\nstring\nint\n-1\n5\n" + "".join(f"|{{{name}}}|\n" for name in NAMES)
LEDA += "4\n1 2 0 |{1}|\n1 3 0 |{1}|\n1 4 0 |{1}|\n2 3 0 |{1}|\n"
TIES = pd.DataFrame([*VILLAGE.edges], columns=["from", "to"])
ALL = {frozenset(edge) for edge in VILLAGE.edges}


@pytest.mark.parametrize(
    "write, name, expected",
    [
        (with_names(VILLAGE, " "), "ties.txt", VILLAGE),
        (with_names(VILLAGE, "\t"), "ties.txt", VILLAGE),
        (with_names(VILLAGE, ","), "ties.csv", VILLAGE),
        (with_names(TWO_WORDS, ";"), "ties.csv", TWO_WORDS),
        (with_names(TWO_WORDS, ", "), "ties.csv", TWO_WORDS),
        (lambda path: nx.write_multiline_adjlist(VILLAGE, path), "ties.txt", VILLAGE),
        (lambda path: nx.write_graph6(NUMBERED, path), "ties.txt", NUMBERED),
        (lambda path: nx.write_graph6(NUMBERED, path, header=False), "ties.g6", NUMBERED),
        (lambda path: nx.write_sparse6(NUMBERED, path), "ties.txt", NUMBERED),
        (lambda path: nx.write_sparse6(NUMBERED, path, header=False), "ties.s6", NUMBERED),
        (text(LEDA), "ties.lgr", VILLAGE),
        (lambda path: np.save(path, ARRAY), "ties.npy", NUMBERED),
        (lambda path: np.savez(path, ARRAY), "ties.npz", NUMBERED),
        (lambda path: np.savez_compressed(path, village=ARRAY, year=1), "ties.npz", NUMBERED),
        (lambda path: scipy.sparse.save_npz(path, scipy.sparse.csr_array(ARRAY)), "ties.npz", NUMBERED),
        (lambda path: scipy.sparse.save_npz(path, scipy.sparse.coo_matrix(ARRAY)), "ties.npz", NUMBERED),
        (lambda path: pd.to_pickle(VILLAGE, path), "ties.pkl", VILLAGE),
        (lambda path: TIES.to_stata(path, write_index=False), "ties.dta", VILLAGE.subgraph(NAMES[:4])),
        (lambda path: TABLE.to_csv(path), "ties.csv", VILLAGE),
        (lambda path: TABLE.to_csv(path, sep=";", decimal=","), "ties.csv", VILLAGE),
        (lambda path: TABLE.replace(1, 0.5).to_csv(path, sep=";", decimal=","), "ties.csv", VILLAGE),
        (lambda path: TABLE.to_csv(path, sep=" ", index_label=False), "ties.txt", VILLAGE),  # as R writes it
        (lambda path: TABLE.to_csv(path, sep="\t", header=False), "ties.txt", VILLAGE),
        (lambda path: TABLE.to_csv(path, index=False), "ties.csv", VILLAGE),
        (lambda path: NUMBERS.to_csv(path), "ties.csv", NUMBERED),
        (lambda path: NUMBERS.to_csv(path, sep=" ", index=False, header=False), "ties.txt", NUMBERED),
        (lambda path: NUMBERS.to_csv(path, index=False, header=False), "ties.csv", NUMBERED),
        (lambda path: TABLE.replace(0, np.nan).to_csv(path), "ties.csv", VILLAGE),  # an empty cell is no tie
        (text("# my village\n" + TABLE.to_csv()), "ties.csv", VILLAGE),
        (text("0 2.5 1\n2.5 0 0\n1 0 0\n"), "ties.txt", nx.Graph([(0, 1), (0, 2)])),
    ],
)
def test_a_remedy_in_python_works(tmp_path, monkeypatch, write, name, expected):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / name)
    with pytest.raises(InputError) as error:
        read_graph(tmp_path / name)
    (code,) = re.findall(r"in Python: (.+?\))(?:; no pickle.*)?$", str(error.value))
    import networkx
    import numpy
    import pandas

    names = {"networkx": networkx, "numpy": numpy, "pandas": pandas, "scipy": scipy, "GRAPH": VILLAGE}
    originals = {*os.listdir()}
    exec(code.replace("FILE", name), names)
    (made,) = {*os.listdir()} - originals
    given, wanted = read_graph(made), from_networkx(expected)
    assert sorted(given.labels) == sorted(wanted.labels)
    assert pairs(given) == pairs(wanted)


def pairs(given):
    return {frozenset((given.labels[i], given.labels[j])) for i, j in zip(given.i, given.j)}


def test_what_a_dimacs_message_tells_to_do_works(tmp_path):
    for text in (
        "c roads\np sp 4 3\nc more\na 1 2 1\na 2 3 1\na 3 4 1\n",
        "p edge 4 3\ne 1 2\ne 2 3\ne 3 4\n",
        "p col 2 1\ne 1 2\n",
    ):
        path = tmp_path / "ties.txt"
        path.write_text(text)
        with pytest.raises(InputError, match=r"DIMACS; expected .*above those of a or e: letter from to weight"):
            read_graph(path)
        ties = [line for line in text.splitlines() if line[0] in "ae"]
        path.write_text("letter from to weight\n" + "\n".join(ties) + "\n")
        assert read_graph(path).ties == len(ties)


def test_somebody_without_ties_is_brought_as_the_message_tells(tmp_path):
    path = tmp_path / "ties.csv"
    path.write_text("ann,bob\ndan,\n")
    with pytest.raises(InputError, match="write a person without ties twice in a line: dan,dan"):
        read_graph(path)
    path.write_text("ann,bob\ndan,dan\n")
    assert (read_graph(path).people, read_graph(path).ties) == (3, 1)
