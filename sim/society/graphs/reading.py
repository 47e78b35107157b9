"""A graph file, by what it holds, to the reader of its format."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from sim.errors import InputError, Problem, nearest
from sim.files import MOST_OF_A_GRAPH, read_bytes
from sim.society.graphs import edge_list, formats, markup, pajek, recognise
from sim.society.graphs.given import GivenGraph
from sim.society.graphs.rows import Rows

MOST_LINES = 10_000_000

_READERS: dict[str, Callable[[str, str], Rows]] = {
    "gml": formats.gml,
    "json": formats.json_graph,
    "lgl": formats.lgl,
    "matrix market": formats.matrix_market,
    "pajek": pajek.read,
    "edge list": edge_list.read,
}


def read_graph(path: str | Path) -> GivenGraph:
    """The society in a graph file: GraphML, GEXF, GML, Pajek, JSON, Matrix Market, LGL or an edge list; plain or gzipped.

    path : of the file

    The format is known by what the file holds. An edge list is text in UTF-8, one tie per line, columns separated by tabs,
    semicolons, commas, bars or white space (found from the first lines; text with separators or line ends in "double quotes").
    Lines that begin with # or % are comments. Ids are any text. A first line is a header when it names known columns, or when
    it holds words above columns of numbers. `kind`, `closeness` (or `closeness_from`, `closeness_to`), `linked` and `chance`
    are read by name; other columns, and without a header all after the second, are not used and counted in the notes: a
    weight says nothing certain about closeness. Empty cells, NaN, NA, null and the like are unknown.

    `closeness` in a row "a b" holds for both sides unless another row "b a" tells b's side. A directed edge tells one side
    only. A tie has one kind, link and chance. Where a format has labels and all differ, they name the people.

    Raises InputError with every problem and its place: the line of a text file, the element of an XML one. docs/graphs.md
    tells what is read, noted and refused.
    """
    file = str(path)
    content = read_bytes(file, _wanted(Path(path)), MOST_OF_A_GRAPH)
    name = re.sub(r"\.gz$", "", Path(path).name, flags=re.IGNORECASE)
    if not content.strip():
        raise InputError(Problem(file, "", "the file is empty", "at least one tie"))
    return _rows(file, content, Path(name).suffix.lower()).given(Path(name).stem)


def _rows(file: str, content: bytes, ending: str) -> Rows:
    if _is_xml(content) or ending in (".graphml", ".gexf", ".xml", ".graphmlz"):
        return markup.read(file, content)
    recognise.in_bytes(file, content)
    if (lines := content.count(b"\n")) > MOST_LINES:
        raise InputError(Problem(file, "", f"{lines:,} lines", f"at most {MOST_LINES:,}: more would take gigabytes of memory"))
    try:
        text = _text(file, content)
    except InputError:
        recognise.by_ending(file, ending)  # what is no text may be what its name says
        raise
    return _READERS[recognise.form_of(file, text, ending)](file, text)


def _is_xml(content: bytes) -> bool:
    """Whether the bytes begin like XML, in UTF-8 or UTF-16, and not like an id or an RDF term in angle brackets."""
    start = content[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return re.match(rb"<(\?xml|!doctype|!--|graphml|gexf|html|svg|graph|gxl|rdf:|dynamicnetwork)\b", start) is not None or (
        re.match(rb"<\w+(\s+[\w:]+=|\s*/?>\s*<)", start) is not None
    )


def _wanted(path: Path) -> str:
    """What is expected instead of a file that is not there: the nearest name, which the user may have meant."""
    try:
        if "\0" in path.name or path.exists():
            return "a graph file"
        there = [each.name for each in path.parent.iterdir() if each.is_file()]
    except (OSError, ValueError):
        return "a graph file" if path.parent.is_dir() else f"a graph file (there is no folder {path.parent} to read)"
    return nearest(path.name, there) if there else f"a graph file (none in {path.parent})"


def _text(file: str, content: bytes) -> str:
    """UTF-8 text; the first byte that is none is a problem with its line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02x} is not UTF-8"
        raise InputError(Problem(file, f"line {line}", found, f"{recognise.READ} (save the file as UTF-8)")) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError(Problem(file, f"line {line}", "a null byte: this is no text", recognise.READ))
    return text
