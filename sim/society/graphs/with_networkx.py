"""Conversion of networkx graphs to given graphs and back. A round trip is exact."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sim.errors import InputError, Problem
from sim.society.graphs.given import KINDS, GivenGraph, count
from sim.society.graphs.rows import MINUTES, Rows
from sim.society.graphs.values import FROM_NODE, PERSON, missing

if TYPE_CHECKING:
    import networkx as nx


def from_networkx(graph: nx.Graph, name: str = "graph") -> GivenGraph:
    """The society of any networkx graph. People without ties stay.

    graph : directed or not, multi or not, any node ids. Edge attributes that are read: `kind` ("kin", "friend", "online"),
        `linked`, `chance`, and `closeness` or both `closeness_from` and `closeness_to`. `closeness` holds for both sides, and
        on a directed edge for the side where the edge starts. `closeness_from` is felt by the node that `from_node` names.
        Without `from_node` it is felt by the node where the edge starts, in an undirected graph the first of the two nodes.
        Node attributes that are read: `setting`; `label` or `name`, which name the person if no two people share them; and
        `person`, the name that `from_node` uses for the node even if networkx renames it. None, NaN and other usual signs of
        a missing value mean unknown.
    name : name of the graph in the result and in messages
    InputError: values out of range, or parallel edges that contradict each other.
    """
    import networkx as nx

    if not isinstance(graph, nx.Graph):
        type_name, remedy = type_and_remedy(graph)
        raise InputError(Problem(name, "", type_name, f"a networkx graph (nx.Graph, nx.DiGraph, ...){remedy}"))
    return rows_of(graph, name).graph(name)


def type_and_remedy(given: Any) -> tuple[str, str]:
    """The type of an object that is no graph, such as "a pandas DataFrame", and the call of networkx that makes a graph of it.

    The call is "" for objects that are no table, list, dict or array.
    """
    module, name = type(given).__module__.partition(".")[0], type(given).__qualname__
    call = {
        ("pandas", "DataFrame"): "from_pandas_edgelist(TABLE, 'from', 'to', edge_attr=True)",
        ("polars", "DataFrame"): "from_pandas_edgelist(TABLE.to_pandas(), 'from', 'to', edge_attr=True)",
        ("numpy", "ndarray"): "from_numpy_array(ARRAY)",
        ("scipy", name): "from_scipy_sparse_array(ARRAY)",
        ("builtins", "list"): "Graph(LIST)",
        ("builtins", "dict"): "Graph(DICT)",
    }.get((module, name))
    type_name = f"a {name}" if module == "builtins" else f"a {module} {name}"
    return type_name, "" if call is None else f"; here: networkx.{call}"


def rows_of(graph: nx.Graph, source: str) -> Rows:
    """The people and rows of a networkx graph.

    source : name of the graph in messages
    """
    if not graph:
        raise InputError(Problem(source, "", "a graph without nodes", "at least one person"))
    rows = Rows(source, "edge")
    # networkx reads the defaults in GraphML and GEXF files, but does not apply them to nodes and edges.
    node_default = graph.graph.get("node_default", {})
    edge_default = graph.graph.get("edge_default", {})
    number = {node: person for person, node in enumerate(graph)}
    for text, data in zip(_ids(graph, rows), graph.nodes.values()):
        rows.add_person(text, {**node_default, **data})
    one_way = graph.is_directed()
    for u, v, data in graph.edges(data=True):
        rows.add_row(number[u], number[v], {**edge_default, **data}, f"edge {u!r} - {v!r}", one_way)
    if MINUTES in graph.graph:
        rows.set_chance_minutes(graph.graph[MINUTES])
    return rows


def to_networkx(given: GivenGraph) -> nx.Graph:
    """The same society as an undirected networkx graph with the labels as nodes.

    given : the graph to convert

    `from_networkx` reads it back unchanged. Unknown values are left out. Where the two sides of a tie differ, the edge has
    `closeness_from`, felt by the node that `from_node` names, and `closeness_to`. Each node then has that name as `person`, so
    that the sides stay with their people when nodes are renamed.
    """
    import networkx as nx

    graph = nx.Graph(name=given.name)
    if given.chance_minutes is not None:
        graph.graph[MINUTES] = given.chance_minutes
    for label, setting in zip(given.labels, given.setting.tolist()):
        graph.add_node(label, **({"setting": setting} if setting >= 0 else {}))
    sides = (given.closeness_ij, given.closeness_ji)
    columns = (given.i, given.j, given.kind, *sides, given.linked, given.chance)
    for i, j, kind, ij, ji, linked, chance in zip(*(column.tolist() for column in columns)):
        tie: dict[str, Any] = {}
        if kind >= 0:
            tie["kind"] = KINDS[kind]
        if ij == ji:
            tie["closeness"] = ij
        elif not (math.isnan(ij) and math.isnan(ji)):
            closeness = {"closeness_from": ij, "closeness_to": ji}
            tie |= {side: value for side, value in closeness.items() if not math.isnan(value)}
            tie[FROM_NODE] = given.labels[i]
        if linked >= 0:
            tie["linked"] = linked
        if not math.isnan(chance):
            tie["chance"] = chance
        graph.add_edge(given.labels[i], given.labels[j], **tie)
    if any(FROM_NODE in tie for *_, tie in graph.edges(data=True)):
        nx.set_node_attributes(graph, {label: label for label in given.labels}, PERSON)
    return graph


def _ids(nodes: Iterable[Any], rows: Rows) -> list[str]:
    """The text of each node id. Of several ids with the same text (1 and "1") the later ones get their repr instead."""
    ids: list[str] = []
    used: set[str] = set()
    renamed = 0
    for node in nodes:
        text = str(node)
        if not text.strip() or (missing(node) and not isinstance(node, str)):
            rows.add_problem(f"node {node!r}", "a blank id", "a name or number")
        if text in used:
            renamed += 1
            text = repr(node)
            while text in used:
                text += "'"
        used.add(text)
        ids.append(text)
    if renamed:
        rows.notes.append(f"{count(renamed, 'id')} with the text of another renamed to its repr")
    return ids
