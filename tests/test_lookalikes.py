"""Files that look like an edge list and are something else: refused, or read with a note that says what was assumed."""

import gzip
import io
import json
import pickle
import zipfile

import networkx as nx
import numpy as np
import polars as pl
import pytest

from sim.errors import InputError

CLUB = nx.karate_club_graph()


@pytest.fixture
def refused(read):
    """Write a file, expect it to be refused, and give back the message."""

    def write_and_fail(content, name="ties.csv"):
        with pytest.raises(InputError) as error:
            read(content, name)
        return str(error.value)

    return write_and_fail


def written(write, *args, **options) -> bytes:
    into = io.BytesIO()
    write(*args, into, **options)
    return into.getvalue()


def archive(*names) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as packed:
        for name in names:
            packed.writestr(name, "from,to\na,b\n")
    return into.getvalue()


# ------------------------------------------------------------------------------------------ matrices

SQUARE = nx.to_pandas_adjacency(nx.les_miserables_graph())


@pytest.mark.parametrize(
    "text",
    [
        "0 1 1 0\n1 0 0 1\n1 0 0 0\n0 1 0 0\n",
        "0;1;2\n1;0;3\n2;3;0\n",
        "0\t4\t0\t1\t2\n3\t1\t0\t0\t0\n1\t0\t0\t0\t0\n0\t9\t0\t2\t0\n0\t0\t1\t0\t0\n",  # its diagonal is not all the same
        "0 1 NA\n1 0 1\nNA 1 0\n",
        "ann,bob,cem\n0,1,1\n1,0,0\n1,0,0\n",  # names above
        "ann,0,1,1\nbob,1,0,0\ncem,1,0,0\n",  # names before
        ",ann,bob,cem\nann,0,1,1\nbob,1,0,0\ncem,1,0,0\n",
        '"ann" "bob" "cem"\n"ann" 0 .5 1\n"bob" 1 0 0\n"cem" 1 0 0\n',  # as R writes it
        "name,E1,E2,E3,E4\nann,1,1,1,0\nbob,1,0,1,1\ncem,0,1,1,0\n",  # people by events
        "1 1 0 0\n0 1 1 0\n1 0 1 0\n",
        "0\n1 0\n1 1 0\n0 1 1 0\n",  # the lower half
        SQUARE.to_csv(),
        SQUARE.to_csv(index=False),
        SQUARE.to_csv(header=False),
        SQUARE.to_csv(index=False, header=False),
        SQUARE.to_csv(sep=" "),
    ],
)
def test_a_matrix_is_refused(refused, text):
    assert "matrix" in refused(text)


@pytest.mark.parametrize(
    "text", ["1 2 5\n2 3 4\n3 1 2\n", "from,to,closeness\n0,1,0\n1,2,0\n2,0,0\n", "ann bob 1\nbob cem 1\ncem dan 1\n"]
)
def test_three_ties_with_a_weight_are_no_matrix(read, text):
    assert read(text).ties == 3


# ----------------------------------------------------------------------- tables of people and others


@pytest.mark.parametrize(
    "text",
    [
        "Id,Label\nn1,Ann\nn2,Bob\nn3,Cem\n",
        "Id,Label\nBronn,Bronn\nShae,Shae\n",
        "nodeID nodeLabel\n1 U102\n2 U139\n",
        "id\tage\n1\t25\n2\t30\n",
        "name;club\nann;chess\nbob;chess\n",
        "student,gender,class\na,f,2B\nb,m,2A\n",
        "id,x,y\n1,.5,.7\n2,.3,.1\n",
    ],
)
def test_a_table_of_people_is_refused(refused, text):
    assert "a table of people" in refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "id,from,to\n1,ann,bob\n2,bob,cem\n",
        "name,friend\nann,bob\nbob,cem\n",
        "id1,id2\n1,2\n2,3\n",
        "label,x,target,source\n,,bob,ann\n,,cem,bob\n",
    ],
)
def test_a_table_of_ties_may_begin_with_an_id(read, text):
    assert read(text).ties == 2


@pytest.mark.parametrize(
    "text",
    [
        "closeness,kind\n0.5,friend\n0.7,kin\n",
        "source,closeness\nann,0.5\nbob,0.7\n",
        "kind,closeness,x,y\nkin,.5,ann,bob\n",
        "linked;ego;closeness\n1;ann;0,5\n0;bob;0,25\n",
        ",name\n0,ann\n1,bob\n",
    ],
)
def test_a_table_without_two_columns_of_ids_is_refused(refused, text):
    assert "no two columns of ids" in refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "20\t1148\t1644\n20\t1148\t1613\n40\t656\t682\n60\t1148\t1644\n80\t656\t691\n",
        "".join(f"{1385982020 + 20 * n} {n % 7} {(n * 3 + 1) % 7} MP MP\n" for n in range(30)),  # seconds
        "".join(f"{1 + n // 10} {n % 9 + 1} {(n * 2 + 3) % 9 + 1} 1\n" for n in range(40)),  # layers
        "t x y\n20 1148 1644\n20 1148 1613\n40 656 682\n",
    ],
)
def test_times_or_layers_before_the_ids_are_refused_and_read_with_a_header(read, refused, text):
    assert "times or layers first?" in refused(text)
    body = text.removeprefix("t x y\n").replace("\t", " ")
    columns = len(body.splitlines()[0].split())
    assert "times" not in read(" ".join(["time", "i", "j", "class1", "class2"][:columns]) + "\n" + body).notes


@pytest.mark.parametrize(
    "text",
    [
        "30 1 2\n20 2 3\n10 1 3\n",  # the last first
        "300,1,2\n100,2,3\n200,1,3\n300,3,4\n",
        "1385982060\t1\t2\n1385982020\t2\t3\n1385982040\t3\t1\n",
        "1 1 2 1\n1 2 3 1\n",  # layer, node, node, weight
        "1 1 2 0.5\n1 1 3 1\n2 1 3 1\n2 3 2 0.5\n",
        "1 4 5 1\n1 4 6 1\n1 5 6 1\n2 4 5 1\n",
        "30,ann,bob\n20,bob,cem\n10,ann,cem\n",
        "1 ann bob 1\n1 bob cem 1\n",
        "0.5;ann;bob\n0.25;bob;cem\n",
    ],
)
def test_times_in_any_order_and_layers_of_few_lines_are_refused(read, refused, text):
    assert "times or layers first?" in refused(text)
    separator = next(candidate for candidate in ",;\t " if candidate in text)
    names = ["time", "from", "to", "weight"][: text.split("\n")[0].count(separator) + 1]
    assert read(separator.join(names) + "\n" + text).ties > 1


@pytest.mark.parametrize(
    "text",
    [
        "1 2 1\n1 3 1\n1 4 1\n",  # a star
        "1 2 3\n2 3 1\n3 4 2\n",
        "1 2 5 100\n1 2 3 200\n2 3 4 150\n",  # weight and time
        "101 7 3\n102 8 3\n103 9 4\n",
        "101 1 1\n103 2 1\n102 1 1\n",
    ],
)
def test_weights_and_times_after_the_ids_are_no_ids(read, text):
    assert read(text).people > 2


@pytest.mark.parametrize("text", ["ann -> bob\nbob -> cem\n", "ann,--,bob\nbob,--,cem\n"])
def test_an_arrow_is_nobody(refused, text):
    assert "in all lines" in refused(text)


def test_a_relation_between_the_ids_is_nobody(refused):
    assert "SIF or triples?" in refused("ann knows bob\nbob knows cem\ncem likes ann\n")


@pytest.mark.parametrize("text", ["4 4\n1 2\n2 3\n3 4\n4 1\n", "4 4 4\n1 2 1\n2 3 1\n3 4 1\n4 1 1\n"])
def test_a_line_of_sizes_is_no_tie(refused, text):
    assert "a line of sizes (4 lines follow it)" in refused(text)


@pytest.mark.parametrize(
    "text, finding",
    [
        ("id,friend1,friend2,friend3\nann,bob,cem,dan\nbob,ann,,\n", "several people in a line"),
        ("ann bob cem\nbob cem ann\ncem ann bob\n", "several friends in a line?"),
        ("1 2 3 4\n2 1 5 0\n3 4 1 5\n4 5 1 2\n5 1 2 3\n6 1 0 0\n", "several friends in a line?"),
        ("Ann Smith Bob Jones\nBob Jones Cem Lee\nCem Lee Ann Smith\n", "names of two words"),
        ("2013-12-02 ann bob\n2013-12-03 bob cem\n", "dates or times"),
        ("11:20:40,454,640\n11:20:20,1,939\n", "dates or times"),
    ],
)
def test_ids_in_other_columns_are_refused(refused, text, finding):
    assert finding in refused(text)


def test_names_that_differ_only_in_capitals_or_codes_are_kept_apart_and_noted(read):
    given = read("ann bob\nAnn Zo\u00eb\nbob Zoe\u0308\n")
    assert given.people == 5
    assert "2 people with the name of another person but for capitals or the code of a letter: kept apart" in given.notes


def test_lists_of_neighbours_are_refused(refused):
    assert "all neighbours of a person in a line?" in refused(written(nx.write_adjlist, CLUB))
    assert "a list of neighbours per line?" in refused("1 2 3\n2 3\n3 4 1\n")
    assert "a list of neighbours in several lines" in refused(written(nx.write_multiline_adjlist, CLUB))


# ------------------------------------------------------------------------------- read, with a note


@pytest.mark.parametrize(
    "text, note",
    [
        ("Source,Target\nAnn,Reading club\nBob,Reading club\nCem,Choir\n", "rows go from 3 ids to 2 others"),
        ("650\t2BIO1\tF\n498\t2BIO1\tF\n627\tMP\tF\n", "rows go from 3 ids to 2 others"),
        ("Zorp,Blip\nann,bob\nbob,cem\n", "line 1 (Zorp, Blip) may be a header; it was read as two people"),
        ("0,1\nann,bob\nbob,cem\n", "line 1 (0, 1) may be a header; it was read as two people"),
        ("from,to\nann,NA\nbob,cem\ncem,ann\n", "1 person called 'NA': is a value missing there?"),
        ("from,to\nann,bob\nfrom,to\nbob,cem\n", "1 repeated header skipped"),
        ("from,to\nann,bob\n,\n,\nbob,cem\n", "2 lines of empty cells skipped"),
        ("1 2 0\n2 3 1\n3 4 0\n", "2 rows of weight 0 read as ties: a weight is not used"),
        ("from,to,weight\n1,2,0\n2,3,1\n", "1 row of weight 0 read as ties: a weight is not used"),
        ("ann,\x1b[31mbob\nann,cem\n", "control characters in the names of 1 person: kept in tables, escaped where shown"),
    ],
)
def test_what_was_assumed_is_noted(read, text, note):
    assert any(line.startswith(note) for line in read(text).notes)


@pytest.mark.parametrize(
    "text", ["ann bob\nbob cem\ncem ann\n", "hub ann\nhub bob\nhub cem\n", "from,to\nann,bob\nbob,cem\n", "1 2\n2 3\n"]
)
def test_a_plain_list_has_no_notes(read, text):
    assert read(text).notes == ()


# ------------------------------------------------------------------------------- formats that are named


@pytest.mark.parametrize(
    "content, name, format",
    [
        ("nodedef>name VARCHAR\np1\np2\nedgedef>node1 VARCHAR,node2 VARCHAR\np1,p2\n", "friends.csv", "GDF"),
        ("1 Ann\n2 Bob\n3 Cem\n#\n1 2\n2 3 works with\n", "ties.txt", "TGF"),
        ("DL n=3\nformat = edgelist1\nlabels:\nann,bob,cem\ndata:\n1 2\n2 3\n", "ties.txt", "DL of UCINET"),
        ("dl\nN = 2\nformat = fullmatrix\ndata:\n0 1\n1 0\n", "ties.txt", "DL of UCINET"),
        ("*Node data\nID sex\nann f\nbob m\n*Tie data\nfrom to\nann bob\n", "ties.txt", "VNA"),
        ("graph village {\n  ann -- bob;\n}\n", "ties.txt", "DOT"),
        ("/* made by hand */\nstrict digraph {\n ann -> bob\n}\n", "ties", "DOT"),
        ("ann pp bob\nbob pp cem\n", "ties.sif", "SIF"),
        ("LEDA.GRAPH\nvoid\nvoid\n", "ties.txt", "LEDA"),
        (nx.to_graph6_bytes(CLUB), "ties.txt", "graph6"),
        ('(tlp "2.0"\n(nodes 0..2)\n', "ties.txt", "TLP"),
        ("0 HEAD\n1 SOUR X\n0 @I1@ INDI\n", "family.txt", "GEDCOM"),
        ("<http://a> <http://knows> <http://b> .\n", "ties.txt", "RDF"),
        ("graph TD\nA --> B\n", "ties.txt", "Mermaid"),
        ("net\n{\n  node_size = (80 40);\n}\n", "ties.net", "Bayesian network"),
        ("*Partition sexes\n*Vertices 2\n1\n2\n", "ties.txt", "a Pajek project"),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n", "ties.csv", "Git LFS"),
        ("# ann\nbob 2\ncem\n# bob\ncem\n", "ties.txt", "LGL"),
        ("<!DOCTYPE html><html><body>404<br></body></html>", "ties.csv", "HTML"),
        ('<graph label="x" xmlns="http://www.cs.rpi.edu/XGMML"><node id="1"/></graph>', "ties.xml", "XGMML"),
        (archive("ties.csv"), "ties.csv", "a zip archive"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "ties.csv", "an Excel workbook"),
        (archive("[Content_Types].xml", "word/document.xml"), "ties.csv", "a Word document"),
        (written(lambda a, into: np.savez(into, a), np.eye(3)), "ties.csv", "numpy"),
        (written(lambda a, into: np.save(into, a), np.eye(3)), "ties.csv", "numpy"),
        (pickle.dumps(CLUB), "ties.csv", "pickle"),
        (written(lambda into: pl.DataFrame({"from": [1]}).write_parquet(into)), "ties.csv", "Parquet"),
        (written(lambda into: pl.DataFrame({"from": [1]}).write_ipc(into)), "ties.csv", "Arrow"),
        (b"\x89HDF\r\n\x1a\n" + bytes(64), "ties.csv", "HDF5"),
        (b"SQLite format 3\0" + bytes(64), "ties.csv", "SQLite"),
        (b"%PDF-1.7\n1 0 obj\n", "ties.csv", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "ties.csv", "Excel"),
        (gzip.compress(b"RDX3\nX\n\0\0\0\3"), "ties.gz", "data of R"),
        (b"BZh91AY&SY", "ties.csv", "bzip2"),
        (b"\xfd7zXZ\0\0", "ties.csv", "xz"),
        ("ann bob\n", "ties.dl", "DL of UCINET"),
        ("ann bob\n", "ties.xlsx", "an Excel workbook"),
        ("ann bob\n", "ties.gml", "no GML"),
        ("ann bob\n", "ties.mtx", "no Matrix Market"),
        (json.dumps({"id": 1, "children": [{"id": 2}]}), "tree.json", "JSON of another form"),
        ('[{"from": "ann", "to": "bob"}]', "ties.json", "JSON of another form"),
        ('{"from": "ann", "to": "bob"}\n{"from": "bob", "to": "cem"}\n', "ties.jsonl", "broken JSON"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 and value.isprintable() else "content",
)
def test_a_format_that_is_not_read_is_named_with_what_to_do(refused, content, name, format):
    message = refused(content, name)
    assert format in message
    assert "; expected " in message


@pytest.mark.parametrize(
    "text",
    [
        "Source;Cible;Poids\nann;bob;3\nbob;cem;1\n",
        "Source;Cible;Poids\n1;2;0,5\n2;3;0,25\n",
        "wer,wen,wie oft\nann,bob,3\nbob,cem,\n",  # a word above numbers
        "giver,taker\nann,bob\nbob,cem\n",
        "giver\ttaker\n1\t2\n2\t3\n",
        "Author1,Author2\nann,bob\nbob,cem\n",
        "Quelle;Ziel\nann;bob\nbob;cem\n",
    ],
)
def test_a_line_of_names_is_nobody(read, text):
    given = read(text)
    assert (given.people, given.ties) == (3, 2)
    assert not any("header" in note or "names of columns" in note for note in given.notes)


@pytest.mark.parametrize(
    "ids", [("p1", "p2", "p3"), ("Ann Lee", "Bob Ray", "Cem Oz"), ("a-1", "b-2", "c-3"), ("x@y.org", "z@y.org", "u@y.org")]
)
def test_words_above_ids_of_another_shape_are_names_of_columns_with_a_note(read, ids):
    given = read("zorp,blip\n{0},{1}\n{1},{2}\n".format(*ids))
    assert given.labels == ids
    assert given.notes == ("line 1 (zorp, blip) read as the names of columns: no id looks like them",)


@pytest.mark.parametrize(
    "text",
    [
        "ann,bob\nbob,cem\np1,ann\n",  # ann comes again
        "Ann,Bob\nCem,p1\np1,p2\n",  # Cem looks like Ann
        "New York,Los Angeles\nBoston,Chicago\nMiami,Dallas\n",  # two words name no column
        "ann bob friend\nann cem 3\ncem bob 4\n",
        "ann,bob\np1,p2\n",
    ],
)
def test_a_first_line_of_people_stays(read, text):
    first = text.split("\n")[0]
    assert read(text).labels[:2] == tuple(first.split(",") if "," in first else first.split()[:2])


@pytest.mark.parametrize("code", ["-9", "-99", "-999", "-99.0"])
def test_a_code_for_a_missing_value_is_noted(read, code):
    assert f"1 person called '{code}': is a value missing there?" in read(f"from,to\nann,{code}\nbob,ann\n").notes
    nodes = "".join(f'<node id="{node}"><data key="setting">{code}</data></node>' for node in "ab")
    note = f"2 people in setting '{code}': is a value missing there?"
    assert note in read(f"<graphml><graph>{nodes}</graph></graphml>", "a.graphml").notes


def test_people_may_be_called_p_and_a(read):
    assert read("p edge\na 1\np a\n").ties == 3


def test_a_lone_mark_in_a_list_of_ties_is_a_comment(read):
    assert read("ann bob\nbob cem\n#\nann cem\n").ties == 3
    assert read("# friends\nann 3\nbob 4\n").labels == ("ann", "3", "bob", "4")


def test_notes_are_short_and_obey_no_terminal(read):
    given = read("a\x1b[31m,b\nann,bob\nbob,cem\n")
    assert any(note.startswith("line 1 (a\\x1b[31m, b) may be a header") for note in given.notes)
    names = ",".join("c" * 3000 + str(n) for n in range(50))
    wide = f"from,to,{names}\n" + "\n".join(f"p{n},q," + "1," * 50 for n in range(4))
    notes = read(wide).notes
    assert "30 more columns or attributes not used" in notes
    assert max(map(len, notes)) < 100
