"""Graph files of many programs tell the same society: GraphML and GEXF of all ages, GML, Pajek, JSON, Matrix Market, LGL."""

import json
import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from sim.errors import InputError, Note
from sim.society.graphs import from_networkx, read_graph, to_networkx
from sim.study.single.tie import people_named


@pytest.fixture
def refused(read):
    """Write a file, expect it to be refused, and give back [(place, found), ...]."""

    def write_and_fail(content, name):
        with pytest.raises(InputError) as error:
            read(content, name)
        return [(problem.place, problem.given) for problem in error.value.problems]

    return write_and_fail


def sides(given):
    """{(label, label): closeness that the first feels for the second, None if unknown}."""
    columns = (given.i, given.j, given.closeness_ij, given.closeness_ji)
    return {
        (given.labels[a], given.labels[b]): None if math.isnan(felt) else round(float(felt), 6)
        for i, j, ij, ji in zip(*columns)
        for a, b, felt in ((i, j, ij), (j, i, ji))
    }


def village(ab, ba, bc=None, cb=None):
    return {("Ann", "Bob"): ab, ("Bob", "Ann"): ba, ("Bob", "Cem"): bc, ("Cem", "Bob"): cb}


GEXF = """<gexf xmlns="{space}" version="{version}"><graph {graph}>
<attributes class="edge"><attribute id="0" title="closeness" type="float"/></attributes>
<nodes><node id="a" label="Ann"/><node id="b" label="Bob"/><node id="c" label="Cem"/></nodes>
<edges><edge id="0" source="a" target="b" {edge}>{value}</edge><edge id="1" source="b" target="c"/></edges></graph></gexf>"""
ATTVALUES = '<attvalues><attvalue id="0" value="0.5"/></attvalues>'
OLD, DRAFT, NEW = "http://www.gexf.net/1.0", "http://www.gexf.net/1.1draft", "http://www.gexf.net/1.3"
GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
{keys}<graph edgedefault="undirected">{graph}</graph></graphml>"""
YED = '<data key="d0"><y:ShapeNode><y:Geometry x="1"/><y:NodeLabel>{}<y:LabelModel/></y:NodeLabel></y:ShapeNode></data>'
PEOPLE = '<node id="n0">{}</node><node id="n1">{}</node><node id="n2">{}</node>'
TIES = '<edge source="n0" target="n1"><data key="c">0.5</data></edge><edge source="n1" target="n2"/>'
CLOSENESS = '<key id="c" for="edge" attr.name="closeness" attr.type="double"/>'


def named(key):
    return PEOPLE.format(*(f'<data key="{key}">{name}</data>' for name in ("Ann", "Bob", "Cem")))


# ------------------------------------------------------------------------------------- GEXF and GraphML


@pytest.mark.parametrize(
    "space, version, graph, edge, value, expected",
    [
        (OLD, "1.0", "", "", ATTVALUES, village(0.5, 0.5)),
        (DRAFT, "1.1", 'defaultedgetype="directed"', "", ATTVALUES, village(0.5, None)),
        (NEW, "1.3", "", "", '<attvalue for="0" value="0.5"/>', village(0.5, 0.5)),
        (NEW, "1.3", 'defaultedgetype="directed"', 'type="mutual"', '<attvalue for="0" value="0.5"/>', village(0.5, 0.5)),
        (OLD, "1.0", 'defaultedgetype="directed"', 'type="double"', '<attvalue id="0" value="0.5"/>', village(0.5, 0.5)),
        (OLD, "1.0", "", 'type="dir"', '<attvalue id="0" value="0.5"/>', village(0.5, None)),
        (NEW, "1.3", "", "", '<attvalue for="0" value="NaN"/>', village(None, None)),
    ],
)
def test_gexf_of_all_ages(read, space, version, graph, edge, value, expected):
    given = read(GEXF.format(space=space, version=version, graph=graph, edge=edge, value=value), "village.gexf")
    assert sides(given) == expected
    assert "3 people called by their label instead of their id ('a' is 'Ann')" in given.notes


def test_values_that_change_with_time_are_refused_where_they_are_read(read, refused):
    values = '<attvalue for="{key}" value="0.5" start="1"/><attvalue for="{key}" value="0.6" start="2"/>'
    parts = dict(space=NEW, version="1.3", graph='mode="dynamic"', edge='start="1"')
    twice = GEXF.format(value=values.format(key="0"), **parts)
    assert refused(twice, "a.gexf") == [("edge '0' (a - b)", "two values of closeness")]
    notes = read(GEXF.format(value=values.format(key="weight"), **parts), "a.gexf").notes
    assert "time (a dynamic graph) not used" in notes
    assert "time (start, end or spells of nodes and edges) not used" in notes


@pytest.mark.parametrize(
    "inside",
    [
        '<node id="g"><nodes><node id="a"/></nodes></node>',
        '<node id="g"/><node id="a" pid="g"/>',
        '<node id="g"/><node id="a"><parents><parent for="g"/></parents></node>',
    ],
)
def test_a_hierarchy_is_noted(read, inside):
    given = read(f"<gexf><graph><nodes>{inside}</nodes></graph></gexf>", "a.gexf")
    assert given.notes == ("1 node with other nodes inside (a hierarchy) read as people too",)


def test_an_unknown_type_of_edge_is_refused(refused):
    file = GEXF.format(space=NEW, version="1.3", graph="", edge='type="sideways"', value="")
    assert refused(file, "a.gexf") == [("edge '0' (a - b)", "an edge of the type 'sideways'")]


@pytest.mark.parametrize(
    "keys, people",
    [
        ('<key id="l" for="node" attr.name="label" attr.type="string"/>', named("l")),
        ('<key id="v_name" for="node" attr.name="name" attr.type="string"/>', named("v_name")),
        ("", named("label")),  # not declared
        ('<key for="node" id="d0" yfiles.type="nodegraphics"/>', PEOPLE.format(*map(YED.format, ("Ann", "Bob", "Cem")))),
    ],
)
def test_labels_of_graphml_name_the_people(read, keys, people):
    given = read(GRAPHML.format(keys=keys + CLOSENESS, graph=people + TIES), "village.graphml")
    assert sides(given) == village(0.5, 0.5)
    assert people_named(("Cem", "Ann"), type("Here", (), {"graph": given}), given.people) == (2, 0)


def test_labels_that_two_people_share_name_nobody(read):
    people = PEOPLE.format(*(f'<data key="label">{name}</data>' for name in ("Ann", "Ann", "Cem")))
    given = read(GRAPHML.format(keys="", graph=people), "village.graphml")
    assert given.labels == ("n0", "n1", "n2")
    assert given.notes[-1] == "1 label of several people, such as 'Ann': people are called by another name or their id"


def test_a_label_that_is_the_id_of_somebody_else_names_nobody(read):
    people = '<node id="1"/><node id="2"><data key="label">1</data></node>'
    given = read(GRAPHML.format(keys="", graph=people), "village.graphml")
    assert given.labels == ("1", "2")
    expected = "1 label shared with the id of somebody without one, such as '1': people are called by another name or their id"
    assert given.notes[-1] == expected


def test_an_id_names_somebody_too_and_a_label_wins(read):
    graph = '<node id="1"><data key="label">Ann</data></node><node id="2"><data key="label">1</data></node><node id="3"/>'
    given = read(GRAPHML.format(keys="", graph=graph), "village.graphml")
    here = type("Here", (), {"graph": given})
    assert given.labels == ("Ann", "1", "3")
    assert people_named(("2", "Ann"), here, 3) == (1, 0)
    with pytest.warns(Note, match="--between: '1' is a label, and the id of 'Ann'; the person of that label was taken"):
        assert people_named(("1", "3"), here, 3) == (1, 2)
    with pytest.raises(InputError, match="nobody is '4'; expected one of 1, 3, Ann"):
        people_named(("4", "Ann"), here, 3)


@pytest.mark.parametrize("key", ["relation", "closeness"])
def test_a_key_that_is_not_declared_goes_by_its_id(read, key):
    edge = f'<edge source="n0" target="n1"><data key="{key}">0.25</data></edge>'
    given = read(GRAPHML.format(keys="", graph=PEOPLE.format("", "", "") + edge), "village.graphml")
    assert f"1 value of '{key}', which the file does not declare for edges" in given.notes
    assert sides(given)["n0", "n1"] == (0.25 if key == "closeness" else None)


def test_hyperedges_and_entities_from_outside_are_refused(refused):
    hyper = GRAPHML.format(keys="", graph='<node id="a"/><hyperedge id="h"><endpoint node="a"/></hyperedge>')
    assert refused(hyper, "a.graphml") == [("hyperedge h", "a tie of any number of people")]
    outside = '<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/hostname">]><graphml><graph><node id="&x;"/></graph></graphml>'
    assert "external entity" in refused(outside, "a.graphml")[0][1]
    levels = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 20}">' for n in range(9))
    bomb = f'<!DOCTYPE g [<!ENTITY l0 "ha">{levels}]><graphml><graph><node id="&l9;"/></graph></graphml>'
    assert "broken XML" in refused(bomb, "a.graphml")[0][1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_xml_has_its_own_encodings(read, encoding):
    file = f'<?xml version="1.0" encoding="{encoding}"?><gexf><graph><nodes><node id="a" label="Zoë"/></nodes></graph></gexf>'
    assert read(file.encode(encoding), "a.gexf").labels == ("Zoë",)


# ------------------------------------------------------------------------ GML, Pajek, JSON, numbers

GML = """Creator "somebody"
graph
[
  directed 0
  node [ id 1 label "Ann" ]
  node [ id 2 label "Bob" ]
  node [ id 3 label "Cem" ]
  edge [ source 1 target 2 closeness 0.5 ]
  edge [ source 1 target 2 ]
  edge [ source 2 target 3 closeness NAN ]
]
"""
PAJEK = """% a village
*Vertices 3
1 "Ann" 0.1 0.2 0.5 ic Red
2 "Bob"
3 "Cem"
*Edges
1 2 1.0 closeness 0.5
*Edgeslist
2 3 1
"""


def test_gml_is_read_with_labels_parallel_edges_and_nan(read, refused):
    given = read(GML, "village.txt")
    assert sides(given) == village(0.5, 0.5)
    assert "1 duplicate edge merged" in given.notes
    assert read(GML.replace('"Bob"', '"Ann"'), "village.gml").labels == ("1", "2", "3")
    ((_, finding),) = refused(GML.replace("target 3", "target 9"), "village.gml")
    assert finding == "broken GML (edge #2 has undefined target 9)"
    ((_, finding),) = refused(GML.replace("closeness 0.5", "closeness 5"), "village.gml")
    assert finding == "closeness 5"


@pytest.mark.parametrize("unknown", ["NaN", "nan", "NAN", "Nan", "-nan", "NA", "null", "None"])
@pytest.mark.parametrize("ending", [" ]", '\n kind "kin" ]', "\n]"])
def test_gml_may_write_the_unknown_in_any_way(read, unknown, ending):
    given = read(GML.replace("closeness NAN ]", f"closeness {unknown}{ending}").replace('"Cem"', '"Nan Lee, nan"'), "village.gml")
    assert given.labels[2] == "Nan Lee, nan"
    assert given.ties == 2
    assert "closeness unknown for 2 of 4 sides of ties" in given.notes


def test_pajek_is_read_with_lists_of_neighbours(read):
    given = read(PAJEK, "village.txt")
    assert sides(given) == village(0.5, None)  # the list says nothing of Bob's side
    assert "1 comment line (%) skipped" in given.notes
    assert read(PAJEK.replace('"Bob"', '"Ann"'), "village.net").labels == ("1", "2", "3")
    assert read(PAJEK.replace("*Edges\n", "*Arcs\n"), "a.net").closeness_ji.tolist()[0] != 0.5
    note = "*Vertices 3 2: a network of two modes (people and clubs); all are read as people"
    assert note in read(PAJEK.replace("*Vertices 3", "*Vertices 3 2"), "a.net").notes


@pytest.mark.parametrize(
    "change, place, finding",
    [
        (("1 2 1.0", "1 7 1.0"), "line 7", "1 7 1.0 closeness 0.5"),
        (('3 "Cem"', '4 "Cem"'), "line 5", "vertex 4"),
        (('3 "Cem"', '2 "Cem"'), "line 5", "vertex 2"),
        (("*Vertices 3", "*Vertices many"), "line 2", "*Vertices many"),
        (("*Vertices 3", "*Vertices"), "line 2", "*Vertices without a number"),
        (("*Edgeslist", "*Matrix"), "line 8", "a part *Matrix"),
        (("*Edgeslist", "*Vertices 3"), "line 8", "a second network"),
        (("closeness 0.5", "closeness 5"), "line 7", "closeness '5'"),
    ],
)
def test_a_damaged_pajek_network_is_refused_with_the_line(refused, change, place, finding):
    assert (place, finding) in refused(PAJEK.replace(*change), "village.net")


LOST = "edge 1 of the file (1 - 2)"
NODES = [{"id": "a", "label": "Ann"}, {"id": "b", "label": "Bob"}, {"id": "c", "label": "Cem"}]
LINKS = [{"source": "a", "target": "b", "closeness": 0.5}, {"source": "b", "target": "c", "closeness": math.nan}]


@pytest.mark.parametrize(
    "data",
    [
        {"nodes": NODES, "links": LINKS},
        {"directed": False, "multigraph": True, "graph": {}, "nodes": NODES, "edges": LINKS},
        {"graph": {"nodes": {node["id"]: node for node in NODES}, "edges": LINKS}},  # JSON Graph Format
        {"elements": {"nodes": [{"data": node} for node in NODES], "edges": [{"data": link} for link in LINKS]}},  # Cytoscape
        {
            "options": {"type": "undirected"},  # graphology
            "nodes": [{"key": node["id"], "attributes": {"label": node["label"]}} for node in NODES],
            "edges": [{"key": 1, "source": "a", "target": "b", "attributes": {"closeness": 0.5}}, LINKS[1]],
        },
        {
            "nodes": [{"name": node["label"]} for node in NODES],  # D3 of old
            "links": [{"source": 0, "target": 1, "closeness": 0.5}, {"source": 1, "target": 2}],
        },
    ],
)
def test_json_of_several_programs(read, data):
    assert sides(read(json.dumps(data), "village.json")) == village(0.5, 0.5)


@pytest.mark.parametrize(
    "text, place, finding",
    [
        ('{"nodes": [{"id": 1}, {"id": 1}], "links": []}', "node '1'", "the same id as a node before it"),
        ('{"nodes": [{"id": 1}], "links": [{"source": 1, "target": 2}]}', LOST, "'2' is no node of the file"),
        ('{"nodes": [{"id": 1}], "links": [{"source": 1}]}', "edge 1 of the file", "{'source': 1}"),
        ('{"nodes": [7], "links": []}', "node 1 of the file", "7"),
        ('{"nodes": [{"id": 1, "id": 2}], "links": []}', "", "broken JSON (two values of 'id' in one object)"),
        ('{"nodes": [{"id": null}], "links": []}', "node 1 of the file", "a blank id"),
    ],
)
def test_a_damaged_json_graph_is_refused_with_the_element(refused, text, place, finding):
    assert refused(text, "village.json") == [(place, finding)]


def test_deep_json_is_refused(refused):
    assert "broken JSON" in refused("[" * 100_000, "village.json")[0][1]


def test_a_sparse_matrix_has_people_without_ties(read, refused):
    text = "%%MatrixMarket matrix coordinate pattern symmetric\n% a comment\n4 4 2\n2 1\n3 2\n"
    given = read(text, "village.mtx")
    assert (given.labels, given.ties) == (("1", "2", "3", "4"), 2)
    assert refused(text.replace("4 4 2", "4 9 2"), "a.mtx") == [("line 3", "4 rows and 9 columns: not people by people")]
    assert refused(text.replace("4 4 2", "4 4 3"), "a.mtx") == [("line 3", "3 entries")]
    assert refused(text.replace("3 2\n", "3 7\n"), "a.mtx") == [("line 5", "3 7")]
    assert refused(text.replace("coordinate", "array"), "a.mtx") == [("line 1", "a dense matrix (Matrix Market)")]


def test_the_lower_half_of_a_square_matrix_has_one_mode(read):
    text = "%%MatrixMarket matrix coordinate integer symmetric\n5 5 4\n3 1 1\n4 1 0\n5 2 1\n4 2 0\n"
    assert read(text, "village.mtx").notes == ("2 entries of value 0 read as ties", "the value of entries not used (4 times)")


def test_lgl_by_its_ending(read, refused):
    assert read("# ann\nbob 2\ncem\n# bob\ncem\n", "ties.lgl").ties == 3
    assert refused("ann bob\n", "ties.lgl") == [("line 1", "ann bob")]


# ----------------------------------------------------------------------------------- there and back


@pytest.fixture(scope="module")
def rich_graph():
    """A graph with every attribute, sides that differ, and a person without ties."""
    rng = np.random.default_rng(1)
    graph = nx.gnm_random_graph(20, 40, seed=1, directed=True)
    for n, (u, v) in enumerate(list(graph.edges)):
        graph.edges[u, v]["closeness"] = float(np.float32(rng.random())) if n % 7 else None
    for n, (u, v) in enumerate(sorted({tuple(sorted(edge)) for edge in graph.edges})):
        tie = {"kind": ("kin", "friend", "online", None)[n % 4], "linked": (0, 1, None)[n % 3], "chance": (0.25, None)[n % 2]}
        for edge in ((u, v), (v, u)):
            if edge in graph.edges:
                graph.edges[edge].update(tie)
    graph.add_node("alone")
    nx.set_node_attributes(graph, {node: f"class {n % 3}" for n, node in enumerate(graph) if n % 4}, "setting")
    graph.graph["chance_minutes"] = 12.5
    return from_networkx(graph)


def differences(a, b):
    columns = ("i", "j", "kind", "closeness_ij", "closeness_ji", "linked", "chance", "setting")
    different = [name for name in columns if not np.array_equal(getattr(a, name), getattr(b, name), equal_nan=True)]
    return different + [name for name in ("labels", "chance_minutes") if getattr(a, name) != getattr(b, name)]


@pytest.mark.parametrize(
    "change", [nx.Graph, nx.Graph.to_directed, nx.MultiGraph, nx.DiGraph, lambda graph: nx.Graph(graph.to_directed())]
)
def test_a_society_is_the_same_in_any_kind_of_networkx_graph(rich_graph, change):
    assert differences(from_networkx(change(to_networkx(rich_graph))), rich_graph) == []


@pytest.mark.parametrize(
    "write, name, lost",
    [
        (nx.write_graphml, "g.graphml", []),
        (nx.write_gexf, "g.gexf", ["chance_minutes"]),
        (nx.write_gml, "g.gml", []),
        (lambda graph, path: path.write_text(json.dumps(nx.node_link_data(graph))), "g.json", []),
        (lambda graph, path: path.write_text(json.dumps(nx.adjacency_data(graph))), "g.json", []),
    ],
)
def test_a_society_is_the_same_in_any_file(tmp_path, rich_graph, write, name, lost):
    write(to_networkx(rich_graph), tmp_path / name)
    assert differences(read_graph(tmp_path / name), rich_graph) == lost


def upside_down(graph):
    return dict(zip(graph, reversed(list(graph))))


RENAMED = {
    "names": lambda graph: nx.relabel_nodes(graph, {node: f"person of {node}" for node in graph}),
    "one another's names": lambda graph: nx.relabel_nodes(graph, upside_down(graph)),
    "names, in place": lambda graph: nx.relabel_nodes(graph, {node: f"p{node}" for node in reversed(list(graph))}, copy=False),
    "numbers": nx.convert_node_labels_to_integers,
    "numbers by degree": lambda graph: nx.convert_node_labels_to_integers(graph, ordering="decreasing degree"),
    "numbers, directed": lambda graph: nx.convert_node_labels_to_integers(graph.to_directed(), ordering="sorted"),
}


def felt_by(given, persons):
    """{(person, person): what the first feels for the second}, in names that renaming leaves alone."""
    return {(persons[a], persons[b]): felt for (a, b), felt in sides(given).items()}


@pytest.mark.parametrize("rename", RENAMED.values(), ids=RENAMED)
def test_sides_stay_with_their_people_when_nodes_are_renamed(tmp_path, rich_graph, rename):
    graph = rename(to_networkx(rich_graph))
    persons = {str(node): person for node, person in graph.nodes(data="person")}
    assert felt_by(from_networkx(graph), persons) == sides(rich_graph)
    for write, name in ((nx.write_graphml, "g.graphml"), (nx.write_gexf, "g.gexf"), (nx.write_gml, "g.gml")):
        write(graph, tmp_path / name)
        assert felt_by(read_graph(tmp_path / name), persons) == sides(rich_graph), name


def test_a_person_called_na_keeps_a_side():
    graph = nx.Graph()
    graph.add_edge("ann", "NA", closeness_from=0.75, closeness_to=0.25, from_node="NA")
    assert sides(from_networkx(graph)) == {("NA", "ann"): 0.75, ("ann", "NA"): 0.25}


def test_renamed_nodes_that_nothing_knows_are_refused_in_one_sentence():
    graph = nx.path_graph(["ann", "bob", "cem", "dan"])
    for u, v in graph.edges:
        graph.edges[u, v].update(closeness_from=0.75, from_node=v)
    persons = {node: node for node in graph}
    renamed = nx.convert_node_labels_to_integers(graph)
    with pytest.raises(InputError) as error:
        from_networkx(renamed)
    (problem,) = error.value.problems
    assert problem.given == "from_node 'bob', and 2 more edges like it"
    assert "give each the node attribute 'person'" in problem.expected
    nx.set_node_attributes(graph, persons, "person")
    given = from_networkx(nx.convert_node_labels_to_integers(graph))
    assert sides(given)["1", "0"] == sides(given)["3", "2"] == 0.75


def through_a_file(frame, path):
    frame.to_csv(path, index=False)
    return pd.read_csv(path)


@pytest.mark.parametrize("through", [lambda frame, path: frame, through_a_file])
def test_sides_belong_to_people_in_tables_of_any_order(tmp_path, rich_graph, through):
    frame = nx.to_pandas_edgelist(to_networkx(rich_graph))
    swapped = frame.rename(columns={"source": "target", "target": "source"}).sample(frac=1, random_state=1)
    for table in (frame, swapped):
        graph = nx.from_pandas_edgelist(through(table, tmp_path / "ties.csv"), edge_attr=True)
        assert sides(from_networkx(graph)) == sides(rich_graph)
        table.to_csv(tmp_path / "ties.csv", index=False)
        assert sides(read_graph(tmp_path / "ties.csv")) == sides(rich_graph)


@pytest.mark.parametrize("write", [nx.write_edgelist, lambda graph, path: nx.write_edgelist(graph, path, delimiter=",")])
def test_an_edge_list_with_data_is_read(tmp_path, rich_graph, write):
    graph = to_networkx(rich_graph)
    for *_, tie in graph.edges(data=True):
        tie.update({name: np.float64(value) for name, value in tie.items() if name.startswith("closeness")})
    write(graph, tmp_path / "ties.edgelist")
    assert sides(read_graph(tmp_path / "ties.edgelist")) == sides(rich_graph)


def test_a_line_without_its_data_is_refused(refused):
    text = "1 2 {'closeness': 0.5}\n2 3 {'closeness': open('x')}\n3 4 {}\n4 5\n"
    assert refused(text, "ties.edgelist") == [("line 2", "2 3 {'closeness': open('x')}"), ("line 4", "4 5")]


@pytest.mark.parametrize(
    "value", [None, math.nan, np.float32("nan"), pd.NA, pd.NaT, "", "NA", "N/A", "#N/A", "NaN", "null", "None", "<NA>", ".", "?"]
)
@pytest.mark.parametrize("name", ["kind", "closeness", "closeness_to", "linked", "chance"])
def test_what_stands_for_a_missing_value_is_unknown(name, value):
    given = from_networkx(nx.Graph([("ann", "bob", {name: value})]))
    assert differences(given, from_networkx(nx.Graph([("ann", "bob")]))) == []
    assert any(note.startswith(f"{name.removesuffix('_to')} unknown for") for note in given.notes)


def test_values_of_numpy_and_pandas_are_values():
    tie = {"closeness": np.float32(0.5), "linked": np.bool_(True), "chance": np.int64(2), "kind": np.str_("kin")}
    text = {"closeness": "0.5", "linked": "true", "chance": "2.0", "kind": "Kin"}
    assert differences(from_networkx(nx.Graph([("a", "b", tie)])), from_networkx(nx.Graph([("a", "b", text)]))) == []
    ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "closeness": [0.5, None], "kind": ["kin", None]})
    given = from_networkx(nx.from_pandas_edgelist(ties, edge_attr=True))
    assert given.notes == ("kind unknown for 1 of 2 ties", "closeness unknown for 2 of 4 sides of ties")


@pytest.mark.parametrize("node", [math.nan, pd.NA, "", " "])
def test_a_node_without_a_name_is_refused(node):
    with pytest.raises(InputError, match="a blank id"):
        from_networkx(nx.Graph([(node, "bob")]))


@pytest.mark.parametrize("name, finding", [("n" * 1001, "a name of 1,001 characters"), ("\ud800", "is no valid text")])
def test_a_name_that_no_table_can_hold_is_refused(name, finding):
    with pytest.raises(InputError, match=finding):
        from_networkx(nx.Graph([(name, "bob")]))
