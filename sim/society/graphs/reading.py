"""Reading a graph file: its format is recognised by its content, then the reader of that format is called."""

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

    path : path of the file

    The format is recognised by the content of the file. An edge list is text in UTF-8 with one tie per line. Its columns are
    separated by tabs, semicolons, commas, bars or white space, as the first lines show. Text with separators or line ends
    stands in "double quotes". Lines that begin with # or % are comments. Ids are any text. A first line is a header if it
    names known columns, or if it has words above columns of numbers. The columns `kind`, `closeness` (or `closeness_from`,
    `closeness_to`), `linked` and `chance` are read by name. Other columns are not used, and without a header neither are those
    after the second. Notes count them. A weight is not used, as it says nothing certain about closeness. Empty cells, NaN, NA,
    null and similar words mean unknown.

    `closeness` in a row "a b" holds for both sides unless another row "b a" has b's side. A directed edge has one side only.
    A tie has a single kind, link and chance. Where a format has labels and all differ, the labels name the people.

    InputError: every problem with its place, which is a line of a text file or an element of an XML file. docs/graphs.md says
    what is read, noted and refused.
    """
    file = str(path)
    content = read_bytes(file, _wanted(Path(path)), MOST_OF_A_GRAPH)
    name = re.sub(r"\.gz$", "", Path(path).name, flags=re.IGNORECASE)
    if not content.strip():
        raise InputError(Problem(file, "", "the file is empty", "at least one tie"))
    return _rows(file, content, Path(name).suffix.lower()).graph(Path(name).stem)


def _rows(file: str, content: bytes, ending: str) -> Rows:
    if _is_xml(content) or ending in (".graphml", ".gexf", ".xml", ".graphmlz"):
        return markup.read(file, content)
    recognise.refuse_bytes(file, content)
    if (lines := content.count(b"\n")) > MOST_LINES:
        raise InputError(Problem(file, "", f"{lines:,} lines", f"at most {MOST_LINES:,}: more would take gigabytes of memory"))
    try:
        text = _text(file, content)
    except InputError:
        recognise.refuse_ending(file, ending)  # the ending may name a format that is no text
        raise
    return _READERS[recognise.form_of(file, text, ending)](file, text)


def _is_xml(content: bytes) -> bool:
    """Whether the bytes begin as XML does, in UTF-8 or UTF-16. An id or an RDF term in angle brackets is no XML."""
    start = content[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return re.match(rb"<(\?xml|!doctype|!--|graphml|gexf|html|svg|graph|gxl|rdf:|dynamicnetwork)\b", start) is not None or (
        re.match(rb"<\w+(\s+[\w:]+=|\s*/?>\s*<)", start) is not None
    )


def _wanted(path: Path) -> str:
    """What a message expects instead of a missing file: the files of its folder, and the name that is most similar."""
    try:
        if "\0" in path.name or path.exists():
            return "a graph file"
        names = [sibling.name for sibling in path.parent.iterdir() if sibling.is_file()]
    except (OSError, ValueError):
        return "a graph file" if path.parent.is_dir() else f"a graph file (there is no folder {path.parent} to read)"
    return nearest(path.name, names) if names else f"a graph file (none in {path.parent})"


def _text(file: str, content: bytes) -> str:
    """The text of UTF-8 bytes. InputError: the line of the first byte that is not UTF-8, or of a null byte."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        finding = f"byte 0x{content[error.start]:02x} is not UTF-8"
        raise InputError(Problem(file, f"line {line}", finding, f"{recognise.READABLE} (save the file as UTF-8)")) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError(Problem(file, f"line {line}", "a null byte: this is no text", recognise.READABLE))
    return text
