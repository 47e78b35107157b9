"""Graphs that other people bring: networkx graphs and graph files become tie arrays, and back.

A source tells *rows* (a line of an edge list, an XML edge, a networkx edge); a `GivenGraph` holds
*ties*, one per pair of people. Between the two, self-loops and repetitions are counted, the two
directions of a pair become the two sides of one tie, and contradictions are refused with the
places of both. Nothing is guessed: what a source does not tell stays unknown.
"""

from __future__ import annotations

import csv
import gzip
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from xml.parsers import expat

import numpy as np

from sim.errors import InputError, Problem, nearest

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["KINDS", "GivenGraph", "from_networkx", "read_graph", "to_networkx"]

KINDS = ("kin", "friend", "online")
SHOWN_PROBLEMS = 20

# What a source may tell of a tie, and how the message asks for it when it is wrong.
WANTED = {
    "kind": "kin, friend or online, or nothing (unknown)",
    "closeness": "a number from 0 to 1, or nothing (unknown)",
    "closeness_from": "a number from 0 to 1, or nothing (unknown)",
    "closeness_to": "a number from 0 to 1, or nothing (unknown)",
    "linked": "0, 1, true or false, or nothing (unknown)",
    "chance": "chance meetings per day, a number of at least 0, or nothing (unknown)",
}

# Headers of the two id columns that are known even when the ids below them are words.
ID_HEADERS = (
    ("from", "to"),
    ("source", "target"),
    ("src", "dst"),
    ("i", "j"),
    ("u", "v"),
    ("ego", "alter"),
    ("person", "friend"),
    ("user", "friend"),
    ("from_id", "to_id"),
    ("id_1", "id_2"),
    ("id1", "id2"),
    ("node_1", "node_2"),
    ("node1", "node2"),
    ("name1", "name2"),
    ("person1", "person2"),
    ("fromnodeid", "tonodeid"),
)


@dataclass(frozen=True, eq=False)
class GivenGraph:
    """A social graph somebody brings: who is tied to whom, and what is known of each tie.

    name : what to call it
    labels : (people,) the id of each person in the source, any text, all different
    i, j : (ties,) int32, the two people of a tie, i < j, sorted by (i, j), every pair once
    kind : (ties,) int8, place in `KINDS` (0 kin, 1 friend, 2 online), -1 unknown
    closeness_ij, closeness_ji : (ties,) float32 in [0, 1], felt by i for j, by j for i; NaN unknown
    linked : (ties,) int8, platform link: 1 yes, 0 no, -1 unknown
    chance : (ties,) float32, chance meetings per day, NaN unknown
    setting : (people,) int32, number of the setting (a school class) a person shares, -1 unknown
    chance_minutes : mean minutes of one chance meeting where the source measured it
    notes : everything that was handled on the way, counted
    """

    name: str
    labels: tuple[str, ...]
    i: np.ndarray
    j: np.ndarray
    kind: np.ndarray
    closeness_ij: np.ndarray
    closeness_ji: np.ndarray
    linked: np.ndarray
    chance: np.ndarray
    setting: np.ndarray
    chance_minutes: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        return len(self.labels)

    @property
    def ties(self) -> int:
        return len(self.i)

    def __repr__(self) -> str:
        return f"<GivenGraph '{self.name}': {self.people:,} people, {self.ties:,} ties>"


# --------------------------------------------------------------------------- networkx, both ways


def from_networkx(graph: nx.Graph, name: str = "graph") -> GivenGraph:
    """The society of any networkx graph; people without ties stay.

    graph : directed or not, multi or not, any node ids. Edge attributes read: `kind` ("kin",
        "friend", "online"), `linked`, `chance`, and `closeness` (both sides; on a directed edge the
        side it starts from) or `closeness_from` and `closeness_to`. Node attribute read: `setting`.
        In an undirected graph an edge runs from the end that comes first among the nodes.
    name : what to call it in the result and in errors

    Raises InputError for values out of range and for parallel edges that contradict each other.
    """
    import networkx as nx

    if not isinstance(graph, nx.Graph):
        found = f"a {type(graph).__name__}"
        raise InputError(Problem(name, "", found, "a networkx graph (nx.Graph, nx.DiGraph, ...)"))
    if not graph:
        raise InputError(Problem(name, "", "a graph without nodes", "at least one person"))
    told = _Told(name, "edge")
    # networkx keeps the defaults of GraphML and GEXF files beside the graph without applying them.
    node_default = graph.graph.get("node_default", {})
    edge_default = graph.graph.get("edge_default", {})
    number = {node: person for person, node in enumerate(graph)}
    for label, data in zip(_labels(graph, told), graph.nodes.values()):
        told.person(label, {**node_default, **data})
    one_way = graph.is_directed()
    for u, v, data in graph.edges(data=True):
        told.row(number[u], number[v], {**edge_default, **data}, f"edge {u!r} - {v!r}", one_way)
    minutes = graph.graph.get("chance_minutes")
    if minutes is not None and not (isinstance(minutes, int | float) and 0 < minutes < math.inf):
        told.problem("chance_minutes", repr(minutes), "minutes of one chance meeting, above 0")
    return told.given(name, minutes)


def to_networkx(given: GivenGraph) -> nx.Graph:
    """The same society as an undirected networkx graph with the labels as nodes.

    `from_networkx` reads it back unchanged. What is unknown is left out; where the two sides
    differ they are `closeness_from` (felt by the end that comes first among the nodes) and
    `closeness_to`.
    """
    import networkx as nx

    graph = nx.Graph(name=given.name)
    if given.chance_minutes is not None:
        graph.graph["chance_minutes"] = given.chance_minutes
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
        else:
            told = {"closeness_from": ij, "closeness_to": ji}
            tie |= {side: felt for side, felt in told.items() if not math.isnan(felt)}
        if linked >= 0:
            tie["linked"] = linked
        if not math.isnan(chance):
            tie["chance"] = chance
        graph.add_edge(given.labels[i], given.labels[j], **tie)
    return graph


def _labels(nodes: Iterable[Any], told: _Told) -> list[str]:
    """The text of each node id; ids of the same text (1 and "1") are told apart by their repr."""
    labels: list[str] = []
    used: set[str] = set()
    apart = 0
    for node in nodes:
        label = str(node)
        if not label.strip():
            told.problem(f"node {node!r}", "a blank id", "a name or number")
        if label in used:
            apart += 1
            label = repr(node)
            while label in used:
                label += "'"
        used.add(label)
        labels.append(label)
    if apart:
        told.notes.append(f"{_count(apart, 'id')} with the text of another renamed to its repr")
    return labels


# ------------------------------------------------------------------------------------ graph files


def read_graph(path: str | Path) -> GivenGraph:
    """The society in a graph file: GraphML, GEXF, or an edge list; plain or gzipped.

    XML is known by its extension or its first characters; everything else is read as an edge list
    in UTF-8, one tie per line, columns separated by tabs, semicolons, commas or spaces (found from
    the first lines; text with separators in "double quotes"). Lines that begin with # or % are
    comments. Ids are any text. A first line is a header when it names known columns, or when it
    holds words above columns of numbers. `kind`, `closeness` (or `closeness_from`, `closeness_to`),
    `linked` and `chance` are read by name; other columns, and without a header all after the
    second, are not used and counted in the notes: a weight says nothing certain about closeness.

    `closeness` in a row "a b" holds for both sides unless another row "b a" tells b's side. In
    XML a directed edge tells one side only. A tie has one kind, link and chance.

    Raises InputError with every problem and its place: the line of a text file, the element of an
    XML one.
    """
    path = Path(path)
    name = path.name.removesuffix(".gz")
    content = _content(path)
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    is_xml = start.startswith((b"<?xml", b"<graphml", b"<gexf", b"<!doctype"))
    if is_xml or Path(name).suffix.lower() in (".graphml", ".gexf", ".xml"):
        told = _read_xml(str(path), content)
    else:
        told = _read_edge_list(str(path), _text(str(path), content))
    return told.given(Path(name).stem)


def _content(path: Path) -> bytes:
    """The bytes of a file, unpacked if gzipped."""
    file = str(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(Problem(file, "", "the file does not exist", _instead(path))) from None
    except IsADirectoryError:
        raise InputError(Problem(file, "", "a folder", "a graph file")) from None
    except PermissionError:
        expected = "a file that you may read"
        raise InputError(Problem(file, "", "permission to read it is denied", expected)) from None
    except OSError as error:
        found = f"cannot be read ({error.strerror or error})"
        raise InputError(Problem(file, "", found, "a graph file")) from None
    if path.suffix.lower() == ".gz" or content.startswith(b"\x1f\x8b"):
        try:
            content = gzip.decompress(content)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            found = f"broken gzip ({error})"
            raise InputError(Problem(file, "", found, "a complete .gz file")) from None
    if not content.strip():
        raise InputError(Problem(file, "", "the file is empty", "at least one tie"))
    return content


def _instead(path: Path) -> str:
    """What a user who named a file that is not there may have meant."""
    try:
        there = [each.name for each in path.parent.iterdir() if each.is_file()]
    except OSError:
        return f"a graph file (there is no folder {path.parent} to read)"
    return nearest(path.name, there) if there else f"a graph file (none in {path.parent})"


def _text(file: str, content: bytes) -> str:
    """UTF-8 text; the first byte that is none is a problem with its line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02x} is not UTF-8"
        expected = "text in UTF-8, GraphML or GEXF (save the file as UTF-8)"
        raise InputError(Problem(file, f"line {line}", found, expected)) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        expected = "text in UTF-8, GraphML or GEXF"
        raise InputError(Problem(file, f"line {line}", "a null byte: this is no text", expected))
    return text


# ------------------------------------------------------------------------------------- edge lists


def _read_edge_list(file: str, text: str) -> _Told:
    told = _Told(file, "row")
    # Only line ends end a line: str.splitlines would also split at characters that ids may hold.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    content = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    rows = [(n, line) for n, line in content if line.lstrip()[0] not in "#%"]
    if not rows:
        raise InputError(Problem(file, "", "only comments", "at least one tie"))
    if len(content) > len(rows):
        told.notes.append(f"{_count(len(content) - len(rows), 'comment line')} (# or %) skipped")

    separator = _separator([line for _, line in rows[:50]])
    table: list[tuple[int, list[str]]] = []
    for n, line in rows:
        try:
            table.append((n, _cells(line, separator)))
        except csv.Error as error:
            told.problem(n, f"broken quotes ({error})", "quotes closed on the same line")
    if not table:
        told.refuse()
    width = Counter(len(cells) for _, cells in table).most_common(1)[0][0]
    if width < 2:
        expected = "two columns of ids, separated by a tab, semicolon, comma or space"
        told.problem(table[0][0], "one column only", expected)
        told.refuse()

    columns = _header(table, width)
    if columns is None:
        columns = {"from": 0, "to": 1}
        told.unused.update(f"column {n}" for n in range(3, width + 1))
    else:
        header_line, header = table.pop(0)
        for word, times in Counter(map(_word, header)).items():
            if times > 1 and word in WANTED:
                told.problem(header_line, f"{times} columns called {word}", "one")
        if len(header) != width:
            told.problem(header_line, _count(len(header), "column"), f"{width} as in the other lines")
            columns = {"from": 0, "to": 1}
        told.unused.update(f"column {cell!r}" for n, cell in enumerate(header) if n not in columns.values())
        if not table:
            raise InputError(Problem(file, "", "a header and nothing else", "at least one tie"))
    first, second = columns.pop("from"), columns.pop("to")

    number: dict[str, int] = {}
    for n, cells in table:
        if len(cells) != width:
            told.problem(n, _count(len(cells), "column"), f"{width} as in the other lines")
            continue
        if not (cells[first] and cells[second]):
            column = second if cells[first] else first
            told.problem(n, f"a blank id in column {column + 1}", "the ids of two people")
            continue
        u = number.setdefault(cells[first], len(number))
        v = number.setdefault(cells[second], len(number))
        told.row(u, v, {name: cells[column] for name, column in columns.items()}, n)
    for label in number:
        told.person(label, {})
    return told


def _separator(sample: list[str]) -> str | None:
    """What separates the columns of most lines: tab, semicolon or comma, else (None) spaces."""
    for separator in ("\t", ";", ","):
        # The semicolon comes before the comma because a comma may be a decimal point.
        if sum(separator in line for line in sample) * 2 > len(sample):
            return separator
    return None


def _cells(line: str, separator: str | None) -> list[str]:
    """The cells of one line, without the spaces around them."""
    if '"' not in line:
        return [cell.strip() for cell in line.split(separator)]
    if separator is None:
        line = " ".join(line.split())
    reader = csv.reader([line], delimiter=separator or " ", skipinitialspace=True, strict=True)
    return [cell.strip() for cell in next(reader)]


def _header(table: list[tuple[int, list[str]]], width: int) -> dict[str, int] | None:
    """Where the named columns are, or None when the first line is a tie like the others."""
    words = [_word(cell) for cell in table[0][1][:width]]
    rest = [cells for _, cells in table[1:] if len(cells) == width]
    named = {word: words.index(word) for word in words if word in WANTED}
    for pair in ID_HEADERS:
        if set(pair) <= set(words):
            first, second = (words.index(word) for word in pair)
            told = {table[0][1][first], table[0][1][second]}
            # People may be called "i" and "j": a header's words are nobody's id.
            if not any(cells[first] in told or cells[second] in told for cells in rest):
                return {"from": first, "to": second} | named
    if any(column >= 2 for column in named.values()) or "weight" in words[2:]:
        return {"from": 0, "to": 1} | {word: n for word, n in named.items() if n >= 2}
    words_above_numbers = (
        rest
        and not any(map(_is_number, words[:2]))
        and all(_is_number(cells[0]) and _is_number(cells[1]) for cells in rest)
    )
    return {"from": 0, "to": 1} if words_above_numbers else None


def _word(cell: str) -> str:
    """The name of a column however it is written: "Closeness to", "closeness-to"."""
    return cell.lower().replace(" ", "_").replace("-", "_")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


# -------------------------------------------------------------------------------------------- XML


def _read_xml(file: str, content: bytes) -> _Told:
    """GraphML and GEXF, read element by element.

    networkx's own readers lose what must not be lost here: the ids of elements with bad values,
    which end of an undirected edge was its source, edges to nodes that are not there, a second
    graph, defaults.
    """
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        place = f"line {error.position[0]}"
        found = f"broken XML ({expat.ErrorString(error.code)})"
        raise InputError(Problem(file, place, found, "well-formed GraphML or GEXF")) from None
    except (LookupError, ValueError) as error:
        found = f"unreadable XML ({error})"
        raise InputError(Problem(file, "", found, "GraphML or GEXF in UTF-8")) from None
    form = _tag(root)
    if form not in ("graphml", "gexf"):
        raise InputError(Problem(file, "line 1", f"<{form}>", "GraphML or GEXF"))
    graphs = root.findall("{*}graph")
    if len(graphs) != 1:
        found = _count(len(graphs), "graph")
        raise InputError(Problem(file, "", found, f"one <graph> in <{form}>"))
    graph = graphs[0]
    if form == "graphml":
        default = "directed" if graph.get("edgedefault") == "directed" else "undirected"
    else:
        default = graph.get("defaultedgetype") or "undirected"
    keys = _keys(root, form)

    told = _Told(file, "edge")
    if graph.get("mode") == "dynamic":
        told.unused["time (a dynamic graph)"] += 1
    number: dict[str, int] = {}
    for order, node in enumerate(graph.iterfind(".//{*}node"), 1):
        label = (node.get("id") or "").strip()
        if not label:
            told.problem(f"node {order} of the file", "a blank id", "an id")
        elif label in number:
            told.problem(f"node '{label}'", "the same id as a node before it", "each id once")
        else:
            number[label] = len(number)
            told.person(label, _told_of(told, node, form, keys["node"], f"node '{label}'"))
    if not number and not told.problems:
        raise InputError(Problem(file, "", "a graph without nodes", "at least one person"))
    for hyperedge in graph.iterfind(".//{*}hyperedge"):
        place = f"hyperedge {hyperedge.get('id', '')}".strip()
        told.problem(place, "a tie of any number of people", "edges between two")
    for order, edge in enumerate(graph.iterfind(".//{*}edge"), 1):
        source, target = ((edge.get(end) or "").strip() for end in ("source", "target"))
        place = f"edge '{edge.get('id')}'" if edge.get("id") else f"edge {order} of the file"
        place += f" ({source} - {target})"
        data = _told_of(told, edge, form, keys["edge"], place)
        strangers = [end for end in (source, target) if end not in number]
        for end in strangers:
            told.problem(place, f"'{end}' is no node of the file", "the id of a node")
        if not strangers:
            direction = edge.get("type") or default
            if edge.get("directed"):
                direction = "directed" if edge.get("directed") == "true" else "undirected"
            told.row(number[source], number[target], data, place, direction == "directed")
    return told


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _keys(root: ElementTree.Element, form: str) -> dict[str, dict[str, tuple[str, str | None]]]:
    """For nodes and for edges: attribute key -> (its name, its default)."""
    keys: dict[str, dict[str, tuple[str, str | None]]] = {"node": {}, "edge": {}}
    if form == "graphml":
        declared = [(key.get("for"), key, "attr.name") for key in root.iterfind(".//{*}key")]
    else:
        declared = [
            (attributes.get("class"), key, "title")
            for attributes in root.iterfind(".//{*}attributes")
            for key in attributes.iterfind(".//{*}attribute")
        ]
    for whose, key, name in declared:
        default = key.find("{*}default")
        entry = (key.get(name) or key.get("id") or "", None if default is None else default.text)
        for kind in ("node", "edge"):
            if whose in (kind, "all", None):
                keys[kind][key.get("id") or ""] = entry
    return keys


def _told_of(
    told: _Told,
    element: ElementTree.Element,
    form: str,
    keys: Mapping[str, tuple[str, str | None]],
    place: str,
) -> dict[str, Any]:
    """What an XML element tells, by attribute name; the defaults of the file where it is silent."""
    if form == "graphml":
        pairs = [(data.get("key", ""), data.text) for data in element.findall("{*}data")]
    else:
        of_element = element.findall("{*}attvalues/{*}attvalue")
        pairs = [(value.get("for", ""), value.get("value")) for value in of_element]
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key not in keys:
            told.problem(place, f"a value for the undeclared key '{key}'", "a declared key")
        elif keys[key][0] in values:
            told.problem(place, f"two values of {keys[key][0]}", "one")
        else:
            values[keys[key][0]] = value
    if element.get("weight") is not None:
        values["weight"] = element.get("weight")
    defaults = {name: default for name, default in keys.values() if default is not None}
    return defaults | values


# ---------------------------------------------------------------------------------- rows -> ties


@dataclass
class _Told:
    """What a source tells, gathered row by row as it is read; `given` makes ties of the rows.

    source : for messages, a file or the name of a graph
    unit : what the source calls a row ("row" or "edge")
    u, v : the two people of each row, in the direction of the row
    places : where each row stands: the number of a line, or the element in words
    one_way : a closeness in this row is u's for v only; else also v's for u if nothing else is told
    values : by attribute, a number per row (kinds by their place in `KINDS`), NaN unknown; short
        where the last rows are silent
    unused : what the source tells and nobody reads, counted
    problems : with the number that puts them in the order of the source
    """

    source: str
    unit: str
    labels: list[str] = field(default_factory=list)
    settings: list[int] = field(default_factory=list)
    u: list[int] = field(default_factory=list)
    v: list[int] = field(default_factory=list)
    places: list[str | int] = field(default_factory=list)
    one_way: list[bool] = field(default_factory=list)
    values: dict[str, list[float]] = field(default_factory=dict)
    unused: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    setting_numbers: dict[str, int] = field(default_factory=dict)

    def person(self, label: str, data: Mapping[str, Any]) -> None:
        """One more person; `setting` is read from `data`."""
        self.labels.append(label)
        setting = data.get("setting")
        if setting != setting:  # NaN
            self.problem(f"node '{label}'", "setting nan", "a name, or nothing (unknown)")
        name = "" if setting is None else str(setting).strip()
        numbers = self.setting_numbers
        self.settings.append(numbers.setdefault(name, len(numbers)) if name else -1)
        self.unused.update(f"node attribute {other!r}" for other in data if other != "setting")

    def row(self, u: int, v: int, data: Mapping[str, Any], place: str | int, one_way: bool = False) -> None:
        """One more row; the attributes in `WANTED` are read from `data`."""
        row = len(self.u)
        self.u.append(u)
        self.v.append(v)
        self.places.append(place)
        self.one_way.append(one_way)
        for name, raw in data.items():
            if name not in WANTED:
                self.unused[f"edge attribute {name!r}"] += 1
                continue
            try:
                value = _value(name, raw)
            except ValueError:
                self.problem(place, f"{name} {raw!r}", WANTED[name])
                value = math.nan
            column = self.values.setdefault(name, [])
            column.extend([math.nan] * (row - len(column)))
            column.append(value)

    def problem(self, place: str | int, found: str, expected: str, row: int | None = None) -> None:
        order = place if isinstance(place, int) else len(self.u) if row is None else row
        self.problems.append((order, Problem(self.source, _words(place), found, expected)))

    def refuse(self) -> None:
        """Raise what was found wrong, the first `SHOWN_PROBLEMS` in the order of the source."""
        if not self.problems:
            return
        problems = [problem for _, problem in sorted(self.problems, key=lambda each: each[0])]
        more = len(problems) - SHOWN_PROBLEMS
        if more > 0:
            problems[SHOWN_PROBLEMS:] = [Problem(self.source, "", f"... and {more} more", "")]
        raise InputError(problems)

    def given(self, name: str, chance_minutes: float | None = None) -> GivenGraph:
        """The ties: one per pair of people who share a row."""
        people = len(self.labels)
        u, v = np.array(self.u, np.int64), np.array(self.v, np.int64)
        loops = u == v
        rows = np.flatnonzero(~loops)
        u, v = u[rows], v[rows]
        forward = u < v
        pair = np.minimum(u, v) * people + np.maximum(u, v)
        pairs, tie = np.unique(pair, return_inverse=True)
        ties = _Ties(self, rows, tie, len(pairs))

        told_ij, told_ji = ties.any(forward), ties.any(~forward)
        from_u, from_v = self._column("closeness_from")[rows], self._column("closeness_to")[rows]
        shared = self._column("closeness")[rows]
        for row in rows[~np.isnan(shared) & ~(np.isnan(from_u) & np.isnan(from_v))]:
            found = "closeness beside closeness_from or closeness_to"
            self.problem(self.places[row], found, "one or the other", row)
        from_u = np.where(np.isnan(shared), from_u, shared)
        closeness_ij = ties.one("closeness", np.where(forward, from_u, from_v))
        closeness_ji = ties.one("closeness", np.where(forward, from_v, from_u))
        # A closeness told once, in a source where a row has no direction, holds for both sides.
        mirrored = ties.any(~np.isnan(shared) & ~np.array(self.one_way, bool)[rows])
        only_ij, only_ji = mirrored & ~told_ji, mirrored & ~told_ij
        closeness_ij, closeness_ji = (
            np.where(only_ji & np.isnan(closeness_ij), closeness_ji, closeness_ij),
            np.where(only_ij & np.isnan(closeness_ji), closeness_ij, closeness_ji),
        )
        kind, linked, chance = (ties.one(what, self._column(what)[rows]) for what in ("kind", "linked", "chance"))
        self.refuse()

        directions = len(np.unique(pair * 2 + forward))
        one_way = (told_ij != told_ji) & ties.any(np.array(self.one_way, bool)[rows])
        sides = np.concatenate([closeness_ij, closeness_ji])
        self._note(int(loops.sum()), "self-loop", "left out (the people stay)")
        self._note(len(rows) - directions, f"duplicate {self.unit}", "merged")
        joined = "the other way round joined as the second side of a tie"
        self._note(directions - len(pairs), self.unit, joined)
        self._note(int(one_way.sum()), "tie", "told in one direction only, kept as a tie")
        self._note_unknown("kind", kind, "ties")
        self._note_unknown("closeness", sides, "sides of ties")
        self._note_unknown("linked", linked, "ties")
        self._note_unknown("chance", chance, "ties")
        for what, times in self.unused.items():
            self.notes.append(f"{what} not used" + (f" ({times:,} times)" if times > 1 else ""))
        return GivenGraph(
            name=name,
            labels=tuple(self.labels),
            i=(pairs // max(people, 1)).astype(np.int32),
            j=(pairs % max(people, 1)).astype(np.int32),
            kind=np.where(np.isnan(kind), -1, kind).astype(np.int8),
            closeness_ij=closeness_ij.astype(np.float32),
            closeness_ji=closeness_ji.astype(np.float32),
            linked=np.where(np.isnan(linked), -1, linked).astype(np.int8),
            chance=chance.astype(np.float32),
            setting=np.array(self.settings, np.int32),
            chance_minutes=chance_minutes,
            notes=tuple(self.notes),
        )

    def _column(self, name: str) -> np.ndarray:
        """One attribute of all rows."""
        column = np.full(len(self.u), math.nan)
        told = self.values.get(name, [])
        column[: len(told)] = told
        return column

    def _note(self, times: int, thing: str, done: str) -> None:
        if times:
            self.notes.append(f"{_count(times, thing)} {done}")

    def _note_unknown(self, what: str, values: np.ndarray, of: str) -> None:
        """Count what is unknown of an attribute that the source tells of others."""
        told = any(name.startswith(what) for name in self.values)
        unknown = int(np.isnan(values).sum())
        if told and unknown:
            self.notes.append(f"{what} unknown for {unknown:,} of {values.size:,} {of}")


@dataclass(frozen=True)
class _Ties:
    """Rows grouped by the tie they tell of.

    told : where the rows come from
    rows : (rows,) their numbers there
    tie : (rows,) which tie each tells of
    """

    told: _Told
    rows: np.ndarray
    tie: np.ndarray
    ties: int

    def any(self, said: np.ndarray) -> np.ndarray:
        """(ties,) bool, is it said of at least one row of the tie?"""
        return np.bincount(self.tie[said], minlength=self.ties) > 0

    def one(self, what: str, values: np.ndarray) -> np.ndarray:
        """(ties,) the one value that the rows of each tie agree on, NaN where none tells any.

        Two rows that disagree are a problem at the later one.
        """
        known = np.flatnonzero(~np.isnan(values))
        agreed = np.full(self.ties, math.nan)
        # Written backwards, the first row that tells a value is the last to write it.
        agreed[self.tie[known[::-1]]] = values[known[::-1]]
        first = np.zeros(self.ties, np.int64)
        first[self.tie[known[::-1]]] = known[::-1]
        for row in known[values[known] != agreed[self.tie[known]]]:
            earlier = first[self.tie[row]]
            here, before = (self.told.places[self.rows[each]] for each in (row, earlier))
            found = f"{what} {_shown(what, values[row])}, but {_words(before)} says "
            found += _shown(what, values[earlier])
            self.told.problem(here, found, "one value for one tie", int(self.rows[row]))
        return agreed


def _value(name: str, raw: Any) -> float:
    """What is told of an attribute as a number, NaN if nothing is; ValueError if it is no value."""
    text = "" if raw is None else str(raw).strip().lower()
    if not text:
        return math.nan
    if name == "kind":
        return float(KINDS.index(text))
    if name == "linked" and text in ("false", "true"):
        return float(text == "true")
    value = float(text)
    if not 0 <= value < math.inf:  # also false for NaN
        raise ValueError(value)
    if name == "linked" and value not in (0, 1):
        raise ValueError(value)
    if name.startswith("closeness") and value > 1:
        raise ValueError(value)
    return value


def _shown(what: str, value: float) -> str:
    return KINDS[int(value)] if what == "kind" else f"{value:g}"


def _words(place: str | int) -> str:
    return f"line {place}" if isinstance(place, int) else place


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" + ("" if number == 1 else "s")
