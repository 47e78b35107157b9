"""Pajek networks (.net), read line by line.

networkx's own reader makes one person of two with the same label, reads lists of neighbours as pairs, and invents people for
numbers that no vertex has.
"""

from __future__ import annotations

import re

from sim.errors import InputError, Problem, shortened
from sim.society.graphs.given import count
from sim.society.graphs.rows import Rows
from sim.society.graphs.values import is_number

_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
_PARTS = {"*arcs": True, "*edges": False, "*arcslist": True, "*edgeslist": False}  # is a line of it directed?


def read(file: str, text: str) -> Rows:
    """People and rows of a Pajek network. InputError: a project of several parts, a matrix, or a damaged network."""
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
                    rows.problem(line, "a second network", "one network in a file")
                vertices = _size(rows, line, sizes)
            elif part == "*network":
                part = ""
            elif part not in _PARTS:
                expected = "*Vertices, *Arcs, *Edges, *Arcslist and *Edgeslist; in Pajek: save one network (.net) of the project"
                rows.problem(line, f"a part {shortened(tokens[0])}", expected)
                break
            elif len(sizes) > 1 or any(size.startswith(":") for size in sizes):
                rows.unused["the name of a relation"] += 1
        elif part == "*vertices":
            number = _number(tokens[0], vertices)
            if number is None or number in labels:
                rows.problem(line, f"vertex {shortened(tokens[0])}", f"each number from 1 to {vertices} once")
            else:
                labels[number] = tokens[1] if len(tokens) > 1 else tokens[0]
        elif part in _PARTS:
            lines.append((line, part, tokens))
        else:
            rows.problem(line, shortened(raw.strip()), "a line of *Vertices, *Arcs or *Edges")
    if not vertices and not rows.problems:
        rows.problem(1, "no *Vertices", "*Vertices N, then *Arcs or *Edges")
    rows.refuse()
    for number in range(1, vertices + 1):
        rows.person(str(number), label=labels.get(number), place=f"vertex {number}")
    weights = 0
    for line, part, tokens in lines:
        ends = [_number(token, vertices) for token in (tokens if part.endswith("list") else tokens[:2])]
        if len(ends) < 2 or None in ends:
            rows.problem(line, shortened(" ".join(tokens)), f"numbers of vertices from 1 to {vertices}")
            continue
        data, rest = {}, [] if part.endswith("list") else tokens[2:]
        if rest and is_number(rest[0]):
            weights += 1
            rest = rest[1:]
        # Pairs of a word and a value draw the line, or are what networkx writes of an edge.
        data = dict(zip(rest[::2], rest[1::2]))
        for end in ends[1:]:
            rows.row((ends[0] or 0) - 1, (end or 0) - 1, data, line, _PARTS[part])
    rows.unused["the value of lines"] += weights
    if comments:
        rows.notes.append(f"{count(comments, 'comment line')} (%) skipped")
    return rows


def _size(rows: Rows, line: int, sizes: list[str]) -> int:
    """How many vertices there are. Two numbers are a network of two modes."""
    if not sizes or not sizes[0].isdecimal() or len(sizes[0]) > 9 or not int(sizes[0]):
        found = shortened(f"*Vertices {' '.join(sizes)}") if sizes else "*Vertices without a number"
        raise InputError(Problem(rows.source, f"line {line}", found, "the number of vertices, at least 1"))
    if len(sizes) > 1:
        rows.notes.append(f"*Vertices {' '.join(sizes)}: a network of two modes (people and clubs); all are read as people")
    return int(sizes[0])


def _number(text: str, vertices: int) -> int | None:
    """The number of a vertex, None if it is none."""
    return int(text) if text.isdecimal() and len(text) < 10 and 0 < int(text) <= vertices else None
