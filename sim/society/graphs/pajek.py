"""Pajek networks (.net), read line by line.

The reader of networkx is not used. It merges two people with the same label, reads lists of neighbours as pairs, and adds
people for numbers that no vertex has.
"""

from __future__ import annotations

import re

from sim.errors import InputError, Problem, shortened
from sim.society.graphs.given import count
from sim.society.graphs.rows import Rows
from sim.society.graphs.values import is_number

_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
_DIRECTED = {"*arcs": True, "*edges": False, "*arcslist": True, "*edgeslist": False}
"""part of a file -> whether its lines are directed"""


def read(file: str, text: str) -> Rows:
    """The people and rows of a Pajek network. InputError: a project of several parts, a matrix, or a damaged network."""
    rows = Rows(file, "line")
    part, vertices, comments, line = "", 0, 0, 0
    labels: dict[int, str] = {}
    lines: list[tuple[int, str, list[str]]] = []
    for line, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        tokens = [quoted or plain for quoted, plain in _TOKEN.findall(raw)]
        if not raw.strip():
            continue
        if raw.lstrip().startswith(("%", "/*")):
            comments += 1
        elif raw.lstrip().startswith("*"):
            part, sizes = tokens[0].lower(), tokens[1:]
            if part == "*vertices":
                if vertices:
                    rows.add_problem(line, "a second network", "one network in a file")
                vertices = _size(rows, line, sizes)
            elif part == "*network":
                part = ""
            elif part not in _DIRECTED:
                expected = "*Vertices, *Arcs, *Edges, *Arcslist and *Edgeslist; in Pajek: save one network (.net) of the project"
                rows.add_problem(line, f"a part {shortened(tokens[0])}", expected)
                break
            elif len(sizes) > 1 or any(size.startswith(":") for size in sizes):
                rows.unused["the name of a relation"] += 1
        elif part == "*vertices":
            number = _number(tokens[0], vertices)
            if number is None or number in labels:
                rows.add_problem(line, f"vertex {shortened(tokens[0])}", f"each number from 1 to {vertices} once")
            else:
                labels[number] = tokens[1] if len(tokens) > 1 else tokens[0]
        elif part in _DIRECTED:
            lines.append((line, part, tokens))
        else:
            rows.add_problem(line, shortened(raw.strip()), "a line of *Vertices, *Arcs or *Edges")
    if not vertices and not rows.problems:
        rows.add_problem(1, "no *Vertices", "*Vertices N, then *Arcs or *Edges")
    rows.refuse()
    for number in range(1, vertices + 1):
        rows.add_person(str(number), label=labels.get(number), place=f"vertex {number}")
    weights = 0
    for line, part, tokens in lines:
        ends = [_number(token, vertices) for token in (tokens if part.endswith("list") else tokens[:2])]
        if len(ends) < 2 or None in ends:
            rows.add_problem(line, shortened(" ".join(tokens)), f"numbers of vertices from 1 to {vertices}")
            continue
        words = [] if part.endswith("list") else tokens[2:]
        if words and is_number(words[0]):
            weights += 1
            words = words[1:]
        # Pairs of a word and a value say how Pajek draws the line, or are edge attributes that networkx wrote.
        data = dict(zip(words[::2], words[1::2]))
        for end in ends[1:]:
            rows.add_row((ends[0] or 0) - 1, (end or 0) - 1, data, line, _DIRECTED[part])
    rows.unused["the value of lines"] += weights
    if comments:
        rows.notes.append(f"{count(comments, 'comment line')} (%) skipped")
    return rows


def _size(rows: Rows, line: int, sizes: list[str]) -> int:
    """The number of vertices. A second number means that the network has two modes, which gets a note."""
    if not sizes or not sizes[0].isdecimal() or len(sizes[0]) > 9 or not int(sizes[0]):
        finding = shortened(f"*Vertices {' '.join(sizes)}") if sizes else "*Vertices without a number"
        raise InputError(Problem(rows.source, f"line {line}", finding, "the number of vertices, at least 1"))
    if len(sizes) > 1:
        rows.notes.append(f"*Vertices {' '.join(sizes)}: a network of two modes (people and clubs); all are read as people")
    return int(sizes[0])


def _number(text: str, vertices: int) -> int | None:
    """The number of a vertex that a text stands for, or None."""
    return int(text) if text.isdecimal() and len(text) < 10 and 0 < int(text) <= vertices else None
