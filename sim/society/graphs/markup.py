"""GraphML and GEXF in all their versions, read element by element.

The readers of networkx are not used, as they lose five things that matter here: the ids of elements with invalid values, the
source of an undirected edge, edges to missing nodes, a second graph, and values of keys that the file does not declare.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from sim.errors import InputError, Problem
from sim.society.graphs.given import count
from sim.society.graphs.rows import MINUTES, Rows
from sim.society.graphs.values import column, missing, word

_FOREIGN = {
    "html": "an HTML page",
    "svg": "a drawing (SVG)",
    "gxl": "GXL",
    "dynamicnetwork": "DyNetML of ORA",
    "dynetml": "DyNetML of ORA",
    "rdf": "RDF",
    "kml": "KML",
    "osm": "OpenStreetMap",
    "workbook": "a workbook",
}
# The words of GEXF 1.0 to 1.3 and of GraphML for the way an edge goes.
_DIRECTED = {"directed", "dir", "true"}
_BOTH_WAYS = {"undirected", "undir", "sim", "mutual", "double", "dou", "false"}
_TIMES = {"start", "end", "startopen", "endopen", "timestamp", "timestamps", "intervals"}
_OF_EDGES = {"id", "source", "target", "type", "directed", "sourceport", "targetport", "pid", "for"} | _TIMES


def read(file: str, content: bytes) -> Rows:
    """The people and rows of a GraphML or GEXF file. InputError: broken XML, or XML of another sort."""
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        place = f"line {error.position[0]}"
        start = content[:400].lower()
        finding = f"broken XML ({expat.ErrorString(error.code)})"
        if b"<html" in start or b"<!doctype html" in start:
            finding = "an HTML page"
        raise InputError(Problem(file, place, finding, "well-formed GraphML or GEXF")) from None
    except (LookupError, ValueError, RecursionError) as error:
        raise InputError(Problem(file, "", f"unreadable XML ({error})", "GraphML or GEXF in UTF-8")) from None
    form = _tag(root)
    if form not in ("graphml", "gexf"):
        xgmml = form == "graph" and "xgmml" in root.tag.lower()
        name = "XGMML of Cytoscape" if xgmml else _FOREIGN.get(form.lower(), f"<{form}>")
        raise InputError(Problem(file, "line 1", name, "GraphML or GEXF"))
    graphs = root.findall("{*}graph")
    if len(graphs) != 1:
        raise InputError(Problem(file, "", count(len(graphs), "graph"), f"one <graph> in <{form}>"))
    return _Reader(file, form, root, graphs[0]).rows


class _Reader:
    """Reads a single <graph>.

    rows : the people and rows that were read
    keys : for nodes, edges and the graph: attribute key -> (name of the attribute, its default)
    undeclared : (name of an attribute, sort of element) -> number of values without a declared key
    """

    def __init__(self, file: str, form: str, root: ElementTree.Element, graph: ElementTree.Element) -> None:
        self.form, self.rows = form, Rows(file, "edge")
        self.keys = _keys(root, form)
        default = graph.get("edgedefault") if form == "graphml" else graph.get("defaultedgetype")
        self.undeclared: Counter[tuple[str, str]] = Counter()
        self.default = (default or "undirected").lower()
        self._note_time(graph)
        for order, node in enumerate(graph.iterfind(".//{*}node"), 1):
            self._node(node, order)
        rows = self.rows
        if not rows.ids and not rows.problems:
            raise InputError(Problem(file, "", "a graph without nodes", "at least one person"))
        for hyperedge in graph.iterfind(".//{*}hyperedge"):
            place = f"hyperedge {hyperedge.get('id', '')}".strip()
            rows.add_problem(place, "a tie of any number of people", "edges between two")
        for order, edge in enumerate(graph.iterfind(".//{*}edge"), 1):
            self._edge(edge, order)
        for name, value in self._values(graph, "graph", "the graph").items():
            if name == MINUTES:
                rows.set_chance_minutes(value)
        self._note_hierarchy(graph)
        for (name, kind), times in self.undeclared.items():
            rows.notes.append(f"{count(times, 'value')} of {name!r}, which the file does not declare for {kind}s")

    def _node(self, node: ElementTree.Element, order: int) -> None:
        rows, name = self.rows, (node.get("id") or "").strip()
        if not name:
            rows.add_problem(f"node {order} of the file", "a blank id", "an id")
        elif name in rows.numbers:
            rows.add_problem(f"node '{name}'", "the same id as a node before it", "each id once")
        else:
            self._note_time(node)
            label = node.get("label") if self.form == "gexf" else _label_of_yed(node)
            rows.add_person(name, self._values(node, "node", f"node '{name}'"), None if label is None else label.strip())

    def _edge(self, edge: ElementTree.Element, order: int) -> None:
        rows = self.rows
        source, target = ((edge.get(end) or "").strip() for end in ("source", "target"))
        place = f"edge '{edge.get('id')}'" if edge.get("id") else f"edge {order} of the file"
        place += f" ({source} - {target})"
        data = self._values(edge, "edge", place)
        for name, value in edge.attrib.items():  # XML attributes of the format, such as weight and label
            if _local(name) not in _OF_EDGES and not name.startswith("{"):
                rows.unused[f"edge attribute {name!r}"] += not missing(value)
        self._note_time(edge)
        strangers = [end for end in (source, target) if end not in rows.numbers]
        for end in strangers:
            rows.add_problem(place, f"'{end}' is no node of the file", "the id of a node")
        if not strangers:
            direction = (edge.get("directed") or edge.get("type") or self.default).lower()
            if direction not in _DIRECTED | _BOTH_WAYS:
                rows.add_problem(place, f"an edge of the type '{direction}'", "directed, undirected or mutual")
            rows.add_row(rows.numbers[source], rows.numbers[target], data, place, direction in _DIRECTED)

    def _values(self, element: ElementTree.Element, kind: str, place: str) -> dict[str, Any]:
        """Attribute name -> value of an XML element, with the defaults of the file for attributes that it lacks.

        kind : "node", "edge" or "graph"
        place : description of the element, for messages
        """
        values: dict[str, Any] = {}
        keys = self.keys[kind]
        for key, value in self._pairs(element):
            if key not in keys:
                # A key that is declared for other elements keeps its name there. Any other key is itself the name.
                name = next((keys_of_kind[key][0] for keys_of_kind in self.keys.values() if key in keys_of_kind), key)
                self.undeclared[name, kind] += 1
            else:
                name = keys[key][0]
            if name in values and value != values[name] and (column(name) or word(name) in ("label", "name", "setting")):
                self.rows.add_problem(place, f"two values of {name}", "one")
            values[name] = value
        defaults = {name: default for name, default in keys.values() if default is not None}
        return defaults | values

    def _pairs(self, element: ElementTree.Element) -> Iterator[tuple[str, str | None]]:
        """(key, value) of the data of an element itself, without that of elements inside it."""
        if self.form == "graphml":
            for data in element.findall("{*}data"):
                if not len(data):  # <data> with elements inside says how the node is drawn
                    yield data.get("key", ""), data.text and data.text.strip()
            return
        # Old versions of GEXF write `id` instead of `for`, and values without <attvalues> around them.
        for value in (*element.findall("{*}attvalues/{*}attvalue"), *element.findall("{*}attvalue")):
            yield value.get("for") or value.get("id") or "", value.get("value")

    def _note_time(self, element: ElementTree.Element) -> None:
        if element.get("mode") == "dynamic":
            self.rows.unused["time (a dynamic graph)"] += 1
        elif self.form == "gexf" and _tag(element) != "graph":
            timed = _TIMES & set(element.attrib) or element.find("{*}spells") is not None or element.find("{*}slices") is not None
            self.rows.unused["time (start, end or spells of nodes and edges)"] += bool(timed)

    def _note_hierarchy(self, graph: ElementTree.Element) -> None:
        tags = {"{*}graph", "{*}nodes"}
        groups = sum(any(node.find(tag) is not None for tag in tags) for node in graph.iterfind(".//{*}node"))
        parents = {node.get("pid") for node in graph.iterfind(".//{*}node")} - {None}
        parents |= {parent.get("for") for parent in graph.iterfind(".//{*}node/{*}parents/{*}parent")}
        if number := groups + len(parents):
            self.rows.notes.append(f"{count(number, 'node')} with other nodes inside (a hierarchy) read as people too")


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _label_of_yed(node: ElementTree.Element) -> str | None:
    """The text that yEd draws in a node."""
    labels = (label.text for label in node.iterfind("{*}data//{*}NodeLabel"))
    return next((text for text in labels if text and text.strip()), None)


def _keys(root: ElementTree.Element, form: str) -> Mapping[str, dict[str, tuple[str, str | None]]]:
    """For nodes, edges and the graph: attribute key -> (name of the attribute, its default), as the file declares them.

    form : "graphml" or "gexf"
    """
    keys: dict[str, dict[str, tuple[str, str | None]]] = {"node": {}, "edge": {}, "graph": {}}
    if form == "graphml":
        declared = [(key.get("for"), key, "attr.name") for key in root.iterfind(".//{*}key")]
    else:
        declared = [
            (attributes.get("class"), key, "title")
            for attributes in root.iterfind(".//{*}attributes")
            for key in attributes.iterfind(".//{*}attribute")
        ]
    for owner, key, name_attribute in declared:
        default = key.find("{*}default")
        name = key.get(name_attribute) or key.get("yfiles.type") or key.get("id") or ""
        entry = (name, None if default is None else default.text)
        for kind, keys_of_kind in keys.items():
            if owner in (kind, "all", None):
                keys_of_kind[key.get("id") or ""] = entry
    return keys


