"""Smaller formats: GML (read by networkx), JSON, Matrix Market, LGL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from sim.errors import InputError, Problem, shortened
from sim.society.graphs.given import count
from sim.society.graphs.rows import MINUTES, Rows
from sim.society.graphs.values import is_number, missing
from sim.society.graphs.with_networkx import rows_of

_JSON_EXPECTED = 'an object with "nodes" and "links" or "edges", as networkx.node_link_data makes it; a list of records as CSV'
_UNREADABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OverflowError)
# Quoted text, or a bare word for an unknown value: networkx reads NAN only.
_UNKNOWN_VALUE = re.compile(r'"[^"]*"|(?<=\s)[+-]?(?:nan|na|null|none)(?=\s*\]|\s+[a-z]\w*\s)', re.IGNORECASE)


def gml(file: str, text: str) -> Rows:
    """The people and rows of a GML file. The label of a node names the person; its `id` is the id."""
    import networkx as nx

    # networkx refuses parallel edges unless the file declares them. `Rows` checks them as in all formats.
    text = re.sub(r"(?m)^(\s*graph\s*\[)", r"\1 multigraph 1 ", text, count=1)
    text = _UNKNOWN_VALUE.sub(lambda match: match[0] if match[0].startswith('"') else "NAN", text)
    try:
        graph = nx.parse_gml(text, label="id")
    except (nx.NetworkXError, *_UNREADABLE) as error:
        raise InputError(Problem(file, "", f"broken GML ({error})", "GML as networkx.write_gml writes it")) from None
    return rows_of(graph, file)


# ---------------------------------------------------------------------------------------------- JSON


def json_graph(file: str, text: str) -> Rows:
    """The people and rows of a JSON graph: node-link (networkx, D3), JSON Graph Format, Cytoscape, graphology, adjacency."""
    try:
        data = json.loads(text, object_pairs_hook=_with_different_keys)
    except _UNREADABLE as error:
        raise InputError(Problem(file, "", f"broken JSON ({error})", _JSON_EXPECTED)) from None
    if isinstance(data, dict) and "adjacency" in data:
        import networkx as nx

        try:
            return rows_of(nx.adjacency_graph(data), file)
        except (nx.NetworkXError, *_UNREADABLE) as error:
            finding = f"broken adjacency data ({type(error).__name__}: {error})"
            raise InputError(Problem(file, "", finding, "networkx.adjacency_data")) from None
    graph = data
    for key in ("graph", "elements"):
        if isinstance(graph, dict) and "nodes" not in graph and isinstance(graph.get(key), dict):
            graph = graph[key]
    links = next((graph[key] for key in ("links", "edges") if key in graph), None) if isinstance(graph, dict) else None
    nodes = graph.get("nodes") if isinstance(graph, dict) else None
    if isinstance(nodes, dict):  # JSON Graph Format, version 2
        nodes = [{"id": key, **node} if isinstance(node, dict) else node for key, node in nodes.items()]
    if not isinstance(nodes, list) or not isinstance(links, list):
        keys = f" ({', '.join(map(str, list(data)[:6]))})" if isinstance(data, dict) else ""
        raise InputError(Problem(file, "", f"JSON of another form{keys}", _JSON_EXPECTED))
    if not nodes:
        raise InputError(Problem(file, "", "a graph without nodes", "at least one person"))
    return _node_link(file, graph, nodes, links)


def _node_link(file: str, graph: dict[str, Any], nodes: list[Any], links: list[Any]) -> Rows:
    rows = Rows(file, "edge")
    options = graph.get("options") if isinstance(graph.get("options"), dict) else {}
    directed = graph.get("directed") is True or (options or {}).get("type") == "directed"
    for order, node in enumerate(nodes):
        data = _flat(node)
        if data is None:
            rows.add_problem(f"node {order + 1} of the file", shortened(repr(node)), "an object")
            continue
        name = _id(next((data.pop(key) for key in ("id", "key") if key in data), order))  # older versions of D3 count from 0
        if not name.strip():
            rows.add_problem(f"node {order + 1} of the file", "a blank id", "an id")
        elif name in rows.numbers:
            rows.add_problem(f"node '{name}'", "the same id as a node before it", "each id once")
        else:
            rows.add_person(name, data)
    for order, link in enumerate(links, 1):
        data = _flat(link)
        if data is None or not {"source", "target"} <= set(data):
            rows.add_problem(f"edge {order} of the file", shortened(repr(link)), "an object with source and target")
            continue
        ends = [_id(data.pop(end)) for end in ("source", "target")]
        place = f"edge {order} of the file ({' - '.join(ends)})"
        strangers = [end for end in ends if end not in rows.numbers]
        for end in strangers:
            rows.add_problem(place, f"'{end}' is no node of the file", "the id of a node")
        if not strangers:
            for key in ("id", "key"):
                data.pop(key, None)
            one_way = data.pop("directed", not data.pop("undirected", not directed)) is True
            rows.add_row(rows.numbers[ends[0]], rows.numbers[ends[1]], data, place, one_way)
    attributes = graph.get("graph")
    if isinstance(attributes, dict) and MINUTES in attributes:
        rows.set_chance_minutes(attributes[MINUTES])
    return rows


def _flat(element: Any) -> dict[str, Any] | None:
    """The attributes of a node or edge, with those inside `data`, `attributes` or `metadata`. None: it is no object."""
    if not isinstance(element, dict):
        return None
    flat: dict[str, Any] = {}
    for key, value in element.items():
        flat |= value if key in ("data", "attributes", "metadata") and isinstance(value, dict) else {key: value}
    return flat


def _id(raw: Any) -> str:
    """The text of an id. An end of an edge may also be the whole node, as D3 writes it; then its id counts."""
    if isinstance(raw, dict):
        raw = raw.get("id", raw.get("index", ""))
    if missing(raw) and not isinstance(raw, str):
        return ""
    return raw if isinstance(raw, str) else json.dumps(raw)


def _with_different_keys(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The dict of a JSON object. ValueError: two of its keys are the same."""
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise ValueError(f"two values of {key!r} in one object")
        data[key] = value
    return data


# ------------------------------------------------------------------------------------ lines of numbers


def matrix_market(file: str, text: str) -> Rows:
    """The people and rows of a square sparse matrix. People are numbered from 1. Each entry is a row; its value is not used."""
    lines = [(n, line.split()) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("%")]
    head = text.splitlines()[0].lower().split()
    rows = Rows(file, "entry", one_mode=True)
    if "coordinate" not in head:
        raise InputError(Problem(file, "line 1", "a dense matrix (Matrix Market)", "one tie per line, or coordinates"))
    if not lines or len(lines[0][1]) != 3 or not all(cell.isdecimal() and len(cell) < 10 for cell in lines[0][1]):
        finding = " ".join(lines[0][1]) if lines else "no line of sizes"
        raise InputError(Problem(file, f"line {lines[0][0] if lines else 1}", finding, "rows, columns and entries of the matrix"))
    people, columns, entries = map(int, lines[0][1])
    if people != columns or not people:
        finding = f"{people} rows and {columns} columns: not people by people"
        raise InputError(Problem(file, f"line {lines[0][0]}", finding, "a square matrix"))
    if len(lines) - 1 != entries:
        rows.add_problem(lines[0][0], f"{entries} entries", f"{len(lines) - 1}, the number of lines that follow")
    for number in range(1, people + 1):
        rows.add_person(str(number))
    zeros = 0
    for n, cells in lines[1:]:
        if len(cells) < 2 or any(cell not in rows.numbers for cell in cells[:2]):
            rows.add_problem(n, shortened(" ".join(cells)), f"two numbers from 1 to {people}")
            continue
        zeros += len(cells) > 2 and cells[2] in ("0", "0.0")
        rows.add_row(rows.numbers[cells[0]], rows.numbers[cells[1]], {}, n)
    rows.unused["the value of entries"] += sum(len(cells) > 2 for _, cells in lines[1:])
    if zeros:
        rows.notes.append(f"{count(zeros, 'entry')} of value 0 read as ties")
    return rows


def lgl(file: str, text: str) -> Rows:
    """The people and rows of a Large Graph Layout file: a line "# ann", then a line for each neighbour of ann."""
    rows = Rows(file, "line")
    person = None
    for n, line in enumerate(text.splitlines(), 1):
        cells = line.split()
        if not cells:
            continue
        if line.startswith("#"):
            person = " ".join(cells[1:])
            if not person:
                rows.add_problem(n, "a blank id", "the id of a person after #")
            continue
        if person is None or len(cells) > 2 or (len(cells) == 2 and not is_number(cells[1])):
            rows.add_problem(n, shortened(line.strip()), "a neighbour, with or without a weight, under a line '# id'")
            continue
        rows.unused["column 2"] += len(cells) == 2
        rows.add_row(rows.number_of(person), rows.number_of(cells[0]), {}, n)
    if not rows.ids and not rows.problems:
        rows.add_problem(1, "no tie", "at least one")
    return rows
