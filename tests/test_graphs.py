"""Other people's graphs: what is read, what is merged and counted, what is refused and where."""

import gzip
import math
import os

import networkx as nx
import numpy as np
import pytest
from hypothesis import given as with_examples
from hypothesis import settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.society.graphs import KINDS, from_networkx, read_graph, to_networkx
from sim.society.start import graph_named


@pytest.fixture
def refused(read, tmp_path):
    """Write a file, expect it to be refused, and give back [(place, found), ...]."""

    def write_and_fail(content, name="ties.csv"):
        with pytest.raises(InputError) as error:
            read(content, name)
        assert {problem.file for problem in error.value.problems} == {str(tmp_path / name)}
        return [(problem.place, problem.given) for problem in error.value.problems]

    return write_and_fail


def ties(given):
    """{(label, label): (kind, closeness of the first for the second, and back, linked)}."""

    def rounded(number):
        return None if math.isnan(number) else round(float(number), 6)

    columns = (given.i, given.j, given.kind, given.closeness_ij, given.closeness_ji, given.linked)
    return {
        (given.labels[i], given.labels[j]): (
            KINDS[kind] if kind >= 0 else None,
            rounded(ij),
            rounded(ji),
            {-1: None, 0: False, 1: True}[int(linked)],
        )
        for i, j, kind, ij, ji, linked in zip(*columns)
    }


def assert_same(a, b):
    assert a.labels == b.labels
    for name in ("i", "j", "kind", "closeness_ij", "closeness_ji", "linked", "chance", "setting"):
        a_values, b_values = getattr(a, name), getattr(b, name)
        assert a_values.dtype == b_values.dtype, name
        np.testing.assert_array_equal(a_values, b_values, err_msg=name)


UNKNOWN = (None, None, None, None)


# ------------------------------------------------------------------------------ edge lists: forms


@pytest.mark.parametrize(
    "text",
    [
        "ann bob\nbob cem\n",
        "ann\tbob\nbob\tcem\n",
        "ann,bob\nbob,cem",
        "ann; bob\r\nbob; cem\r\n",
        "ann   bob  \n\n bob\t cem\n",
        "# who knows whom\n% in the village\nann bob\nbob cem\n",
        "source,target\nann,bob\nbob,cem\n",
        "From,To\nann,bob\nbob,cem\n",
        '"ann","bob"\n"bob",cem\n',
        "\ufeffann bob\nbob cem\n",
        "ann bob\rbob cem\r",
    ],
)
def test_the_same_village_however_it_is_written(read, text):
    #   ann --- bob --- cem
    given = read(text)
    assert given.labels == ("ann", "bob", "cem")
    assert ties(given) == {("ann", "bob"): UNKNOWN, ("bob", "cem"): UNKNOWN}
    assert given.i.dtype == given.j.dtype == np.int32
    assert given.setting.tolist() == [-1, -1, -1]


def test_a_gzipped_file_reads_like_a_plain_one(read):
    assert_same(read(gzip.compress(b"ann bob\nbob cem\n"), "ties.txt.gz"), read("ann bob\nbob cem\n"))


def test_ids_are_any_text(read):
    given = read('"Martin, Ann","Bob ""B"""\n"Martin, Ann",Zoë\u2028Š\n')
    assert given.labels == ("Martin, Ann", 'Bob "B"', "Zoë\u2028Š")


def test_words_above_numbers_are_a_header_and_words_above_words_are_people(read):
    assert read("zorp,blip\n1,2\n").labels == ("1", "2")
    assert read("zorp,blip\nann,bob\n").labels == ("zorp", "blip", "ann", "bob")


def test_people_may_be_called_i_and_j(read):
    assert read("i j\n1 2\n").labels == ("1", "2")
    assert read("i j\nj k\n").labels == ("i", "j", "k")


@pytest.mark.parametrize(
    "header",
    [
        "Source,Destination", "src,dest", "Sender ID,Receiver ID", "ego,alter", "node1,node2", "Person A,Person B", "V1,V2",
        "from_user_id,to_user_id", "user.from,user.to", "Nominator,Nominee", "FromNodeId,ToNodeId", "pupil,friend",
        "source label,target label", "origine,destination", "FIRST NAME,SECOND NAME",
    ],
)  # fmt: skip
def test_usual_names_of_the_two_columns_are_known(read, header):
    assert read(f"{header}\nann,bob\nbob,cem\n").labels == ("ann", "bob", "cem")


@pytest.mark.parametrize("text", ["v1 v2\nv2 v3\n", "v1 v2\nv3 v4\n", "node1,node2\nnode3,node1\n", "n1;n2\nn7;n8\n"])
def test_people_may_be_numbered_words(read, text):
    assert read(text).ties == 2


@pytest.mark.parametrize(
    "text",
    [
        "from;to;closeness\nann;bob;0,5\nbob;cem;,25\n",
        "from to closeness\nann bob 0,5\nbob cem 0,25\n",
        "from\tto\tcloseness\nann\tbob\t0,5\nbob\tcem\t2.5e-1\n",
        "from|to|closeness\nann|bob|0.5\nbob|cem|0.25\n",
        'sep=;\n"from";"to";"closeness"\n"ann";"bob";"0,5"\n"bob";"cem";"0,25"\n',
        '"from" "to" "closeness"\n"1" "ann" "bob" 0.5\n"2" "bob" "cem" 0.25\n',  # numbered rows, as R writes them
        ",source,target,closeness\n0,ann,bob,0.5\n1,bob,cem,0.25\n",  # and pandas
        "from,to,closeness,\nann,bob,.5,\nbob,cem,.25,\n",
        "from,to,closeness\nann,bob,.5,\nbob,cem,.25,\n",
        "# who knows whom\n# from to closeness\nann bob 0.5\nbob cem 0.25\n",  # as numpy.savetxt writes it
        "* from\n% a survey\n// of a village\nfrom,to,closeness\nann,bob,0.5\nbob,cem,0.25\n",
        "Source,Target,Type,Closeness\nann,bob,Undirected,0.5\nbob,cem,Undirected,0.25\n",
    ],
)
def test_the_same_closeness_in_any_dialect(read, text):
    given = read(text)
    assert ties(given) == {("ann", "bob"): (None, 0.5, 0.5, None), ("bob", "cem"): (None, 0.25, 0.25, None)}


def test_a_column_of_types_says_which_rows_tell_one_side(read):
    given = read("Source,Target,Type,closeness\nann,bob,Directed,0.5\nbob,cem,Undirected,0.25\n")
    assert ties(given) == {("ann", "bob"): (None, 0.5, None, None), ("bob", "cem"): (None, 0.25, 0.25, None)}


@pytest.mark.parametrize(
    "text, people",
    [
        ('Source,Target,Label\nann,bob,"met at\nschool"\nbob,cem,"met at ""work"""\n', ("ann", "bob", "cem")),
        ('from\tto\n"ann\nmarie"\tbob\n', ("ann\nmarie", "bob")),
        ('from;to\n"a;b";"# c"\n', ("a;b", "# c")),
        ('"ann  marie" bob\nbob "x ""y"""\n', ("ann  marie", "bob", 'x "y"')),
        ('from,to\n"ann\n# no comment\n\nmarie",bob\n', ("ann\n# no comment\n\nmarie", "bob")),
    ],
)
def test_a_quoted_cell_holds_anything(read, text, people):
    assert read(text).labels == people


def test_lines_are_counted_across_quoted_line_ends(refused):
    assert refused('from,to,closeness\n"a\nb",c,1\nd,e,7\n') == [("line 4", "closeness '7'")]


def test_a_weight_that_some_lines_have_is_not_needed(read, refused):
    assert read("ann bob\nbob cem 2.5\ncem dan\n").notes == ("column 3 not used",)
    assert read("from,to,weight\nann,bob\nbob,cem,2\n").ties == 2
    assert refused("from,to,kind\nann,bob\nbob,cem,kin\ncem,ann,kin\n") == [("line 2", "2 columns")]


@pytest.mark.parametrize("missing", ["", "NA", "NaN", "null", "None", "#N/A", "<NA>", ".", "?"])
def test_a_missing_value_is_unknown(read, missing):
    given = read(f"from,to,kind,closeness,linked,chance\nann,bob,{missing},{missing},{missing},{missing}\nbob,cem,kin,.5,1,2\n")
    assert ties(given)["ann", "bob"] == UNKNOWN
    assert math.isnan(given.chance[0])
    assert "kind unknown for 1 of 2 ties" in given.notes


@pytest.mark.parametrize("chance", ["1e30", "1e308", "24.1", "9" * 5000])
def test_more_chance_meetings_than_a_day_has_are_refused_with_the_line(refused, chance):
    ((place, finding),) = refused(f"from;to;chance\n1;2;{chance}\n2;3;0.5\n")
    assert place == "line 2"
    assert len(finding) < 80


def test_ties_are_sorted_and_every_pair_is_there_once(read):
    given = read("d c\nc a\nd a\nd b\n")  # numbered in order of appearance: d c a b
    assert given.labels == ("d", "c", "a", "b")
    assert list(zip(given.i.tolist(), given.j.tolist())) == [(0, 1), (0, 2), (0, 3), (1, 2)]


def test_columns_are_found_by_their_names(read):
    given = read("Closeness,source,Kind,target,linked,year\n.5,ann,kin,bob,true,1999\n")
    assert ties(given) == {("ann", "bob"): ("kin", 0.5, 0.5, True)}
    assert given.notes == ("column 'year' not used",)


def test_a_third_column_without_a_header_is_not_taken_for_closeness(read):
    given = read("ann bob 0.9\nbob cem 0.1\n")
    assert np.isnan(given.closeness_ij).all()
    assert given.notes == ("column 3 not used",)


# ---------------------------------------------------------------------- edge lists: rows and ties


def test_a_row_each_way_tells_the_two_sides(read):
    given = read("from,to,closeness\nann,bob,.8\nbob,ann,.3\ncem,ann,.5\n")
    assert ties(given) == {
        ("ann", "bob"): (None, 0.8, 0.3, None),
        ("ann", "cem"): (None, 0.5, 0.5, None),
    }
    assert given.notes == ("1 row in the opposite direction read as the other side of a tie",)


def test_a_side_that_is_told_to_be_unknown_stays_unknown(read):
    given = read("from,to,closeness\nann,bob,.8\nbob,ann,\n")
    assert ties(given) == {("ann", "bob"): (None, 0.8, None, None)}


def test_both_sides_can_stand_in_one_row(read):
    given = read("from,to,closeness_from,closeness_to\nann,bob,.8,.3\ncem,ann,.1,\n")
    assert ties(given) == {
        ("ann", "bob"): (None, 0.8, 0.3, None),
        ("ann", "cem"): (None, None, 0.1, None),
    }


def test_everything_left_out_merged_or_unknown_is_counted(read):
    given = read(
        "from,to,kind,linked\n"
        "ann,ann,,\n"  # a self-loop
        "ann,bob,kin,1\n"
        "ann,bob,kin,1\n"  # the same again
        "ann,bob,,\n"  # and again, saying less
        "bob,ann,kin,\n"  # the other way round
        "# a comment\n"
        "cem,cem,,\n"  # a self-loop of somebody without ties, who stays
        "ann,dan,,0\n"
    )
    assert given.labels == ("ann", "bob", "cem", "dan")
    assert ties(given) == {
        ("ann", "bob"): ("kin", None, None, True),
        ("ann", "dan"): (None, None, None, False),
    }
    assert given.notes == (
        "1 comment line (# or %) skipped",
        "2 self-loops left out (the people stay)",
        "2 duplicate rows merged",
        "1 row in the opposite direction read as the other side of a tie",
        "kind unknown for 1 of 2 ties",
    )


def test_rows_that_contradict_each_other_are_refused_with_both_lines(refused):
    lines = [
        "from,to,kind,closeness,linked",
        "ann,bob,kin,.5,1",
        "ann,cem,,,",
        "ann,bob,kin,.4,1",
        "bob,ann,friend,.9,0",
        "bob,cem,foe,,",
    ]
    assert refused("\n".join(lines)) == [
        ("line 4", "closeness 0.4, but line 2 says 0.5"),
        ("line 5", "kind friend, but line 2 says kin"),
        ("line 5", "linked 0, but line 2 says 1"),
        ("line 6", "kind 'foe'"),
    ]


# --------------------------------------------------------------------------- edge lists: refusals


def test_all_bad_values_are_refused_each_with_its_line(refused):
    assert refused(
        "# four columns\n"
        "from,to,kind,closeness,linked,chance\n"
        "ann,bob,cousin,.5,1,\n"
        "\n"
        "ann,cem,kin,1.5,1,\n"
        "ann,dan,kin,-.1,maybe,\n"
        "ann,eve,kin,nan,2,-1\n"
        " ,fay,kin,.5,1,\n"
        "ann,gus,kin\n"
    ) == [
        ("line 3", "kind 'cousin'"),
        ("line 5", "closeness '1.5'"),
        ("line 6", "closeness '-.1'"),
        ("line 6", "linked 'maybe'"),
        ("line 7", "linked '2'"),
        ("line 7", "chance '-1'"),
        ("line 8", "a blank id in column 1"),
        ("line 9", "3 columns"),
    ]


@pytest.mark.parametrize(
    "content, place, finding",
    [
        ("", "", "the file is empty"),
        ("  \n\n", "", "the file is empty"),
        ("# nothing\n% here\n", "", "only comments"),
        ("source,target\n", "", "a header and nothing else"),
        ("# names\nann\nbob\n", "line 2", "one column only"),
        ("ann bob\nann bob cem\nbob cem\n", "line 2", "3 columns"),
        ("from,to\n,\n,\n", "line 2", "empty cells only"),
        ('ann,bob\n"ann,bob\n', "line 2", "broken quotes (unexpected end of data)"),
        ("from,to,kind,kind\na,b,kin,kin\n", "line 1", "2 columns called kind"),
        ("year,kind,from,to\nann,bob\nbob,cem\n", "line 1", "4 columns"),
        ("ann bob\nann Zoë\n".encode("latin-1"), "line 2", "byte 0xeb is not UTF-8"),
        ("ann bob\n".encode("utf-16"), "", "text in UTF-16"),
        ("ann bob\n".encode("utf-16-le"), "", "text in UTF-16"),
        ("ann bob\n".encode("utf-32"), "", "text in UTF-32"),
        (b"ann bob\nann \0\n", "line 2", "a null byte: this is no text"),
    ],
)
def test_a_file_that_is_no_edge_list_is_refused(refused, content, place, finding):
    assert refused(content) == [(place, finding)]


@pytest.mark.parametrize("cut", [5, -4])
def test_a_broken_gzip_is_refused(refused, cut):
    ((place, finding),) = refused(gzip.compress(b"ann bob\n" * 50)[:cut], "ties.gz")
    assert place == ""
    assert finding.startswith("damaged: Compressed file ended")


def test_text_called_gz_is_refused(refused):
    ((_, finding),) = refused("ann bob\n", "ties.gz")
    assert finding.startswith("damaged: Not a gzipped file")


def test_problems_beyond_twenty_are_counted(refused):
    problems = refused("from,to,closeness\n" + "".join(f"a,b{n},7\n" for n in range(50)))
    assert len(problems) == 21
    assert problems[19:] == [("line 21", "closeness '7'"), ("", "... and 30 more")]


def test_a_missing_file_names_the_nearest_one(tmp_path):
    (tmp_path / "village.csv").write_text("a b\n")
    with pytest.raises(InputError, match=r"no such file.*perhaps you meant 'village\.csv'"):
        read_graph(tmp_path / "vilage.csv")
    with pytest.raises(InputError, match="there is no folder"):
        read_graph(tmp_path / "nowhere" / "vilage.csv")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="a folder; expected a graph file"):
        read_graph(tmp_path)


def test_a_file_nobody_may_read_is_refused(tmp_path, monkeypatch):
    def denied(*_):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "ties.csv").write_text("ann bob\n")
    monkeypatch.setattr("builtins.open", denied)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        read_graph(tmp_path / "ties.csv")


@pytest.mark.parametrize("name", ["n" * 10_000, "", "a\0b", "/dev/zero", "/dev/null", "pipe"])
def test_what_is_no_regular_file_is_refused(tmp_path, name):
    os.mkfifo(tmp_path / "pipe")
    for read in (read_graph, graph_named):
        with pytest.raises(InputError) as error:
            read(str(tmp_path / name) if name == "pipe" else name)
        assert len(str(error.value)) < 1000


def test_a_small_gz_that_unpacks_to_more_than_a_graph_has_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.society.graphs.reading.MOST_OF_A_GRAPH", 3 * 2**20)
    (tmp_path / "zeros.gz").write_bytes(gzip.compress(bytes(2**24), 1))
    with pytest.raises(InputError, match="more than 3 MB; expected a graph file of at most 3 MB"):
        read_graph(tmp_path / "zeros.gz")


def test_more_lines_than_memory_holds_are_refused(tmp_path, monkeypatch, read):
    monkeypatch.setattr("sim.society.graphs.reading.MOST_LINES", 3)
    assert read("a b\nb c\nc d\n").ties == 3
    with pytest.raises(InputError, match="4 lines; expected at most 3"):
        read("a b\nb c\nc d\nd e\n")


# -------------------------------------------------------------------------------------------- XML

GRAPHML = """<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="k" for="edge" attr.name="kind" attr.type="string"><default>friend</default></key>
  <key id="c" for="edge" attr.name="closeness" attr.type="double"/>
  <key id="s" for="node" attr.name="setting" attr.type="string"/>
  <graph edgedefault="{edgedefault}">
    <node id="ann"><data key="s">2B</data></node><node id="bob"><data key="s">2A</data></node>
    <node id="cem"/><node id="dan"><data key="s">2B</data></node>
    {edges}
  </graph>
</graphml>"""

GEXF = """<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
  <graph defaultedgetype="undirected">
    <attributes class="edge"><attribute id="0" title="closeness" type="double"/></attributes>
    <nodes><node id="ann" label="Ann"/><node id="bob"/><node id="cem"/></nodes>
    <edges>{edges}</edges>
  </graph>
</gexf>"""


def test_graphml_people_settings_and_defaults(read):
    edges = (
        '<edge id="e1" source="bob" target="ann"><data key="k">kin</data>'
        '<data key="c">.5</data></edge><edge source="ann" target="dan"/>'
    )
    given = read(GRAPHML.format(edgedefault="undirected", edges=edges), "school.graphml")
    assert given.name == "school"
    assert given.labels == ("ann", "bob", "cem", "dan")  # cem has no tie and stays
    assert given.setting.tolist() == [0, 1, -1, 0]
    assert ties(given) == {
        ("ann", "bob"): ("kin", 0.5, 0.5, None),
        ("ann", "dan"): ("friend", None, None, None),
    }


def test_a_directed_edge_tells_one_side(read):
    edges = (
        '<edge source="bob" target="ann"><data key="c">.5</data></edge>'
        '<edge source="ann" target="cem"><data key="c">.2</data></edge>'
        '<edge source="cem" target="ann"><data key="c">.3</data></edge>'
        '<edge source="ann" target="dan" directed="false"><data key="c">.9</data></edge>'
    )
    given = read(GRAPHML.format(edgedefault="directed", edges=edges), "school.graphml")
    assert ties(given) == {
        ("ann", "bob"): ("friend", None, 0.5, None),
        ("ann", "cem"): ("friend", 0.2, 0.3, None),
        ("ann", "dan"): ("friend", 0.9, 0.9, None),
    }
    assert "1 tie in one direction only, kept as a tie" in given.notes


def test_bad_values_in_graphml_are_refused_each_with_its_element(refused):
    edges = (
        '<edge id="e1" source="ann" target="bob"><data key="c">high</data></edge>'
        '<edge source="ann" target="cem"><data key="k">foe</data></edge>'
        '<edge id="e3" source="ann" target="zoe"/>'
        '<edge id="e4" source="ann" target="dan"><data key="x">1</data></edge>'
        '<edge id="e5" source="bob" target="cem"><data key="c">.1</data></edge>'
        '<edge id="e6" source="bob" target="cem"><data key="c">.2</data></edge>'
    )
    assert refused(GRAPHML.format(edgedefault="undirected", edges=edges), "a.graphml") == [
        ("edge 'e1' (ann - bob)", "closeness 'high'"),
        ("edge 2 of the file (ann - cem)", "kind 'foe'"),
        ("edge 'e3' (ann - zoe)", "'zoe' is no node of the file"),
        ("edge 'e6' (bob - cem)", "closeness 0.2, but edge 'e5' (bob - cem) says 0.1"),
    ]


def test_gexf_ties_and_refusals(read, refused):
    edge = '<edge id="{}" source="{}" target="{}"><attvalues><attvalue for="0" value="{}"/>'
    edge += "</attvalues></edge>"
    given = read(GEXF.format(edges=edge.format(7, "ann", "cem", 0.25)), "village.gexf")
    assert given.labels == ("Ann", "bob", "cem")
    assert ties(given) == {("Ann", "cem"): (None, 0.25, 0.25, None)}
    assert refused(GEXF.format(edges=edge.format(7, "ann", "cem", -1)), "village.gexf") == [
        ("edge '7' (ann - cem)", "closeness '-1'")
    ]


@pytest.mark.parametrize(
    "content, place, finding",
    [
        ("<graphml>\n<graph>\n</graphml>", "line 3", "broken XML (mismatched tag)"),
        ("<html></html>", "line 1", "an HTML page"),
        ("<village></village>", "line 1", "<village>"),
        ("<graphml></graphml>", "", "0 graphs"),
        ("<graphml><graph/><graph/></graphml>", "", "2 graphs"),
        ("<graphml><graph/></graphml>", "", "a graph without nodes"),
        ("<graphml><graph><node/></graph></graphml>", "node 1 of the file", "a blank id"),
        (
            '<graphml><graph><node id="a"/><node id="a"/></graph></graphml>',
            "node 'a'",
            "the same id as a node before it",
        ),
    ],
)
def test_xml_that_is_no_graph_is_refused(refused, content, place, finding):
    assert refused(content, "a.graphml") == [(place, finding)]


@pytest.mark.parametrize("write, name", [(nx.write_graphml, "g.graphml"), (nx.write_gexf, "g.gexf")])
@pytest.mark.parametrize("graph_type", [nx.Graph, nx.DiGraph])
def test_what_networkx_writes_reads_as_the_graph_itself(tmp_path, write, name, graph_type):
    graph = graph_type()
    graph.add_node("zoe", setting="2B")
    graph.add_nodes_from(["cem", "bob", "ann"], setting="2A")
    graph.add_edge("ann", "bob", kind="kin", closeness=0.5)
    graph.add_edge("bob", "cem", linked=True, chance=0.25)
    graph.add_edge("cem", "bob", linked=True, chance=0.25)
    write(graph, tmp_path / name)
    assert_same(read_graph(tmp_path / name), from_networkx(graph))


# --------------------------------------------------------------------------------------- networkx


def test_networkx_ids_of_any_kind_and_people_without_ties():
    graph = nx.Graph([(1, (2, 3)), (1, "1")])
    graph.add_node(frozenset())
    given = from_networkx(graph)
    assert given.labels == ("1", "(2, 3)", "'1'", "frozenset()")
    assert ties(given) == {("1", "(2, 3)"): UNKNOWN, ("1", "'1'"): UNKNOWN}
    assert given.notes == ("1 id with the text of another renamed to its repr",)


def test_a_direction_gives_the_closeness_of_its_side():
    graph = nx.DiGraph()
    graph.add_edge("ann", "bob", closeness=0.8)
    graph.add_edge("bob", "ann", closeness=0.3)
    graph.add_edge("cem", "ann", closeness=0.5)
    assert ties(from_networkx(graph)) == {
        ("ann", "bob"): (None, 0.8, 0.3, None),
        ("ann", "cem"): (None, None, 0.5, None),
    }


def test_parallel_edges_are_merged_or_refused():
    graph = nx.MultiGraph([("a", "b"), ("a", "b"), ("a", "a")])
    given = from_networkx(graph)
    assert given.notes == ("1 self-loop left out (the people stay)", "1 duplicate edge merged")
    graph.add_edge("a", "b", kind="kin")
    graph.add_edge("a", "b", kind="friend")
    with pytest.raises(InputError, match="edge 'a' - 'b': kind friend, but edge 'a' - 'b' says kin"):
        from_networkx(graph)


@pytest.mark.parametrize(
    "tie",
    [
        {"kind": "foe"},
        {"closeness": 1.01},
        {"closeness_to": -0.1},
        {"closeness": True},
        {"closeness": "0_1"},
        {"closeness": 0.5, "closeness_from": 0.4},
        {"linked": "perhaps"},
        {"chance": -1},
        {"chance": math.inf},
        {"chance": 1e30},
        {"closeness_from": 0.5, "from_node": "zoe"},
    ],
)
def test_bad_values_on_an_edge_are_refused(tie):
    graph = nx.Graph()
    graph.add_edge("ann", "bob", **tie)
    with pytest.raises(InputError, match="village: edge 'ann' - 'bob': "):
        from_networkx(graph, "village")


def test_what_is_no_graph_or_has_nobody_is_refused():
    with pytest.raises(InputError, match="a list; expected a networkx graph"):
        from_networkx([(1, 2)])
    with pytest.raises(InputError, match="without nodes"):
        from_networkx(nx.Graph())


# --------------------------------------------------------------------------------- and back again

shares = st.one_of(st.none(), st.floats(0, 1, width=32))


@st.composite
def graphs(draw):
    """A networkx graph of up to eight people, with any attributes."""
    directed = draw(st.booleans())
    graph = nx.DiGraph() if directed else nx.Graph()
    people = draw(st.lists(st.text("abc é,\"'#", min_size=1).map(str.strip).filter(bool), unique=True, min_size=1))
    for person in people[:8]:
        graph.add_node(person, setting=draw(st.sampled_from([None, "2A", "2B"])))
    pairs = st.tuples(st.sampled_from(list(graph)), st.sampled_from(list(graph)))
    attributes = {}
    for u, v in draw(st.lists(pairs, max_size=12)):
        # These attributes belong to the tie: they must not differ between the two directions of a pair.
        shared = attributes.setdefault(
            frozenset((u, v)),
            {
                "kind": draw(st.sampled_from([None, *KINDS])),
                "linked": draw(st.sampled_from([None, 0, 1, True, False])),
                "chance": draw(st.one_of(st.none(), st.floats(0, 10, width=32))),
            },
        )
        graph.add_edge(u, v, closeness=draw(shares), **shared)
    return graph


@settings(deadline=None)
@with_examples(graphs())
def test_a_society_survives_the_way_through_networkx(graph):
    given = from_networkx(graph)
    assert_same(from_networkx(to_networkx(given)), given)
    assert set(map(frozenset, to_networkx(given).edges)) == {frozenset((u, v)) for u, v in graph.edges if u != v}
    assert given.people == len(graph)
    assert (given.i < given.j).all()


@settings(deadline=None)
@with_examples(graph=graphs())
def test_a_society_survives_the_way_through_a_csv_file(tmp_path_factory, graph):
    given = from_networkx(graph)
    path = tmp_path_factory.mktemp("csv") / "ties.csv"
    quoted = ['"' + label.replace('"', '""') + '"' for label in given.labels]
    columns = (given.i, given.j, given.closeness_ij, given.closeness_ji)
    lines = ["from,to,closeness_from,closeness_to"]
    for i, j, ij, ji in zip(*(column.tolist() for column in columns)):
        felt = ["" if math.isnan(c) else repr(c) for c in (ij, ji)]
        lines.append(",".join([quoted[i], quoted[j], *felt]))
    if len(lines) == 1:
        return
    path.write_text("\n".join(lines), encoding="utf-8")
    read = read_graph(path)

    def sides(graph):
        return {
            (graph.labels[a], graph.labels[b], repr(c))
            for i, j, ij, ji in zip(graph.i, graph.j, graph.closeness_ij, graph.closeness_ji)
            for a, b, c in ((i, j, ij), (j, i, ji))
        }

    assert sides(read) == sides(given)


pieces = st.sampled_from(
    [
        "a", "b", "1", "0.5", "kin", "closeness", "from", "to", " ", "\t", ",", ";", '"', "\n", "\r", "#", "{", "}", "[", "'",
        "graph [", "node [ id 1 ]", "*Vertices 2\n", "*Edges\n", '"nodes"', '"links"', "<graphml>", "<graph/>", "nan", "\x00",
    ]
)  # fmt: skip


@settings(deadline=None)
@with_examples(content=st.one_of(st.binary(), st.lists(pieces).map(lambda parts: "".join(parts).encode())))
def test_any_file_is_read_or_refused_never_more(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "ties"
    path.write_bytes(content)
    try:
        given = read_graph(path)
    except InputError as error:
        assert error.problems  # noqa: PT017
    else:
        assert len(set(given.labels)) == given.people > 0
        assert (given.i < given.j).all()


def test_a_quoted_line_break_that_csv_refuses_is_refused_with_a_reason(refused):
    """Found by the test above in a long run."""
    assert refused(b'"\x01\n\x01"') == [("line 1", "one column only")]
