"""The format of a graph file, recognised by its content and then by its ending.

A format that no reader of this package reads is refused with its name and the way to convert it.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import NamedTuple

from sim.errors import InputError, Problem, shortened

READABLE = "an edge list (CSV or text), GraphML, GEXF, GML, Pajek or JSON"
_PANDAS = "the table of ties as CSV; in Python: pandas.read_{}('FILE').to_csv('ties.csv', index=False)"
NETWORKX = "GraphML; in Python: networkx.write_graphml({}, 'ties.graphml')"
_GEPHI = f"{READABLE}; Gephi opens it and exports GEXF"
_UNPACK = "the graph file inside, unpacked"


class Foreign(NamedTuple):
    """A format that this package does not read: its name, and what the user can do."""

    name: str
    remedy: str


_ZIP = Foreign("a zip archive", _UNPACK)
_EXCEL = Foreign("an Excel workbook", _PANDAS.format("excel"))
_ODS = Foreign("an OpenDocument file", "the table of ties as CSV")
_PICKLE = Foreign("a Python pickle", f"{NETWORKX.format('GRAPH')}; no pickle is opened, since it may run code")
_R = Foreign("data of R", "CSV or GraphML; in R: write.csv(TIES, 'ties.csv'), igraph::write_graph(G, FILE, 'graphml')")
_PARQUET = Foreign("Parquet", _PANDAS.format("parquet"))
_HDF5 = Foreign("HDF5", _PANDAS.format("hdf"))
_FEATHER = Foreign("Arrow or Feather", _PANDAS.format("feather"))
_NUMPY = Foreign("an array of numpy", NETWORKX.format("networkx.from_numpy_array(numpy.load('FILE'))"))
_SPARSE = Foreign("a sparse matrix of scipy", NETWORKX.format("networkx.from_scipy_sparse_array(scipy.sparse.load_npz('FILE'))"))
_PDF = Foreign("a PDF", READABLE)
_IMAGE = Foreign("an image", READABLE)
_SQLITE = Foreign("an SQLite database", "its table of ties saved as CSV")
_STATA = Foreign("data of Stata", _PANDAS.format("stata"))
_SPSS = Foreign("data of SPSS", _PANDAS.format("spss"))
_MATLAB = Foreign("data of MATLAB", "CSV; in MATLAB: writematrix([I J], 'ties.csv')")
_GRAPH_TOOL = Foreign("a file of graph-tool", "GraphML; in graph-tool: graph.save('ties.graphml')")
_GDF = Foreign("GDF of GUESS", _GEPHI)
_TGF = Foreign("Trivial Graph Format (TGF)", f"{READABLE}; yEd opens it and saves GraphML")
_DL = Foreign("DL of UCINET", f"{READABLE}; UCINET exports Pajek, Gephi opens DL and exports GEXF")
_VNA = Foreign("VNA of NetDraw", f"{_GEPHI}; NetDraw saves Pajek")
_DOT = Foreign("DOT of Graphviz", NETWORKX.format("networkx.nx_pydot.read_dot('FILE')"))
_SIF = Foreign("SIF of Cytoscape", f"{READABLE}; Cytoscape exports GraphML")
_LEDA = Foreign("LEDA", NETWORKX.format("networkx.read_leda('FILE')"))
_GRAPH6 = Foreign("graph6", NETWORKX.format("networkx.read_graph6('FILE')"))
_SPARSE6 = Foreign("sparse6", NETWORKX.format("networkx.read_sparse6('FILE')"))
_DIGRAPH6 = Foreign("digraph6", READABLE)
_DIMACS = Foreign("DIMACS", "ties only: delete the lines of c and p, and write above those of a or e: letter from to weight")
_TULIP = Foreign("TLP of Tulip", f"{READABLE}; Tulip exports GEXF and GML")
_GEDCOM = Foreign("GEDCOM, a family tree", READABLE)
_RDF = Foreign("RDF triples", READABLE)
_PAJEK_PROJECT = Foreign("a Pajek project", "one network of it: in Pajek, save the network as .net")
_MULTILINE = Foreign("a list of neighbours in several lines", NETWORKX.format("networkx.read_multiline_adjlist('FILE')"))
_LFS = Foreign("a pointer of Git LFS, not the file itself", "the file: git lfs pull")
_HUGIN = Foreign("a Bayesian network", READABLE)
_MERMAID = Foreign("a diagram of Mermaid", READABLE)

_MAGIC: tuple[tuple[bytes, Foreign], ...] = (
    (b"%PDF", _PDF), (b"PAR1", _PARQUET), (b"\x89HDF\r\n", _HDF5), (b"ARROW1", _FEATHER), (b"FEA1", _FEATHER),
    (b"\x93NUMPY", _NUMPY), (b"SQLite format 3", _SQLITE), (b"\x80\x02", _PICKLE), (b"\x80\x03", _PICKLE),
    (b"\x80\x04", _PICKLE), (b"\x80\x05", _PICKLE), (b"\xd0\xcf\x11\xe0", _EXCEL), (b"\x89PNG", _IMAGE), (b"GIF8", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE), (b"RDX2\n", _R), (b"RDX3\n", _R), (b"RDA2\n", _R), (b"RDA3\n", _R), (b"X\n\0\0", _R),
    (b"<stata_dta>", _STATA), (b"$FL2", _SPSS), (b"$FL3", _SPSS), (b"MATLAB 5.0", _MATLAB), ("⛾ gt".encode(), _GRAPH_TOOL),
    (b"BZh", Foreign("packed with bzip2", _UNPACK)), (b"\xfd7zXZ", Foreign("packed with xz", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Foreign("packed with Zstandard", _UNPACK)), (b"7z\xbc\xaf", Foreign("a 7z archive", _UNPACK)),
    (b"Rar!", Foreign("a RAR archive", _UNPACK)), (b"\x7fELF", Foreign("a program", READABLE)), (b"PK\x05\x06", _ZIP),
)  # fmt: skip

_STARTS: tuple[tuple[str, Foreign], ...] = (
    (r"nodedef\s*>", _GDF),
    (r"dl\b(?=[\s\S]*^\s*(data|\w+ labels embedded)[^\n]*:)|dl\s+n\w*\s*=", _DL),
    (r"\*\s*(node data|tie data|node properties)\b", _VNA),
    (r"\*(partition|vector|permutation|cluster|hierarchy)\b", _PAJEK_PROJECT),
    (r"(?:(?://|#)[^\n]*\n|/\*[\s\S]*?\*/|\s)*(strict\s+)?(di)?graph\b[^\[\n;]*\{", _DOT),
    (r"(graph|flowchart)\s+(td|tb|bt|lr|rl)\b", _MERMAID),
    (r"(#[^\n]*\n)*leda\.graph", _LEDA),
    (r">>graph6<<", _GRAPH6),
    (r">>digraph6<<|&[?-~]{4,}\s*$", _DIGRAPH6),
    (r">>sparse6<<|:[?-~]{4,}\s*$", _SPARSE6),
    (r"(c\b[^\n]*\n|\s)*p[ \t]+[a-z]+[ \t]+\d+[ \t]+\d+\s+([cn]\b[^\n]*\n|\s)*[ae][ \t]+\d+[ \t]+\d+\b", _DIMACS),
    (r"\(tlp\s", _TULIP),
    (r"0 head\b", _GEDCOM),
    (r"<\w+:[^>]*>\s+<|@prefix\s|_:\w+\s+<", _RDF),
    (r"version https://git-lfs", _LFS),
    (r"(class\s+\w+\s*\{|net\s*\{)", _HUGIN),
    (r"(#[^\n]*\n)*\S+[ \t]+\d+\r?\n\S+[ \t]+\{[^\n]*\}", _MULTILINE),
)

_ENDINGS = {
    ".gdf": _GDF, ".tgf": _TGF, ".dl": _DL, ".vna": _VNA, ".dot": _DOT, ".gv": _DOT, ".sif": _SIF, ".paj": _PAJEK_PROJECT,
    ".xlsx": _EXCEL, ".xls": _EXCEL, ".ods": _ODS, ".rds": _R, ".rda": _R, ".rdata": _R, ".pickle": _PICKLE, ".pkl": _PICKLE,
    ".gpickle": _PICKLE, ".parquet": _PARQUET, ".h5": _HDF5, ".hdf5": _HDF5, ".feather": _FEATHER, ".npy": _NUMPY,
    ".npz": _NUMPY, ".mat": _MATLAB, ".sav": _SPSS, ".dta": _STATA, ".gt": _GRAPH_TOOL, ".g6": _GRAPH6, ".s6": _SPARSE6,
    ".d6": _DIGRAPH6, ".lgr": _LEDA, ".tlp": _TULIP, ".ged": _GEDCOM, ".pdf": _PDF, ".zip": _ZIP, ".sqlite": _SQLITE,
}  # fmt: skip


def refuse_bytes(file: str, content: bytes) -> None:
    """InputError: the content has a format that is no text, or is text that is neither UTF-8 nor ASCII."""
    for magic, foreign in _MAGIC:
        if content.startswith(magic):
            raise _refused(file, foreign)
    if content.startswith(b"PK\x03\x04"):
        raise _refused(file, _inside_a_zip(content))
    if content[257:262] == b"ustar":
        raise _refused(file, Foreign("a tar archive", _UNPACK))
    start = content[:200]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or (len(start) > 3 and (not any(start[1::2]) or not any(start[::2]))):
        bits = 32 if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")) else 16
        raise _refused(file, Foreign(f"text in UTF-{bits}", "text in UTF-8: save the file as UTF-8"))


def _inside_a_zip(content: bytes) -> Foreign:
    start = content[:4000]
    if b"xl/" in start or b"[Content_Types].xml" in start:
        return _EXCEL if b"word/" not in start else Foreign("a Word document", READABLE)
    if b"opendocument" in start:
        return _ODS
    if b".npy" in start[:80]:
        return _arrays(content)
    return Foreign("a project of Gephi", "GEXF, exported by Gephi") if b"_xml" in start[:80] else _ZIP


def _arrays(content: bytes) -> Foreign:
    """The format of an .npz file: a sparse matrix of scipy, or named arrays of numpy."""
    try:
        names = [name.removesuffix(".npy") for name in zipfile.ZipFile(BytesIO(content)).namelist()]
    except (zipfile.BadZipFile, OSError, ValueError):
        return _NUMPY
    if "format" in names:
        return _SPARSE
    load = f"networkx.from_numpy_array(numpy.load('FILE')[{names[0]!r}])"
    return Foreign(f"arrays of numpy ({shortened(', '.join(names))})", NETWORKX.format(load))


def form_of(file: str, text: str, ending: str) -> str:
    """The format of a text: "gml", "pajek", "json", "matrix market", "lgl" or "edge list".

    ending : ending of the file's name in lower case, such as ".csv"; of a gzipped file the ending before .gz
    InputError: the text has a format that this package does not read.
    """
    start = text.lstrip()
    for pattern, foreign in _STARTS:
        if re.match(pattern, start[:100_000], re.IGNORECASE | re.MULTILINE):
            raise _refused(file, foreign)
    if start.startswith("%%MatrixMarket"):
        return "matrix market"
    if re.match(r"(?:[#%][^\n]*\n|\s)*\*(vertices|network)\b", start, re.IGNORECASE):
        return "pajek"
    if re.match(r"(?:(?:#|creator|version|comment)[^\n]*\n|\s)*graph\s*\[", start, re.IGNORECASE):
        return "gml"
    if re.match(r"[\[{]", start) and (ending == ".json" or re.match(r'\{\s*"|\{\s*\}|\[\s*[\[{\]]', start)):
        return "json"
    refuse_ending(file, ending)
    for ending_of_form, form in ((".gml", "GML"), (".json", "JSON"), (".mtx", "Matrix Market")):
        if ending == ending_of_form:
            raise InputError(Problem(file, "line 1", f"no {form}", f"{form}, as the name says, or another ending"))
    if ending == ".lgl":
        return "lgl"
    _refuse_lgl(file, start)
    _refuse_tgf(file, start)
    return "edge list"


def refuse_ending(file: str, ending: str) -> None:
    """InputError: files with this ending have a format that this package does not read."""
    if ending in _ENDINGS:
        raise _refused(file, _ENDINGS[ending])


def _refuse_lgl(file: str, text: str) -> None:
    """InputError: the text looks like LGL without its ending: lines "# id", each above neighbours in lines of one column."""
    if not text.startswith("#") or text.count("\n#") < 1:
        return
    lines = [line.split() for line in text.splitlines() if line.strip()]
    heads = [cells for cells in lines if cells[0].startswith("#")]
    neighbours = {len(cells) for cells in lines if not cells[0].startswith("#")}
    if len(heads) > 1 and lines[0] is heads[0] and all(len(cells) == 2 for cells in heads) and neighbours in ({1}, {1, 2}):
        finding = "lines '# id' above lines of one column: LGL?"
        raise InputError(Problem(file, "", finding, "the ending .lgl, or one tie per line"))


def _refuse_tgf(file: str, text: str) -> None:
    """InputError: the text is TGF: lines of people, a line with only #, then lines of ties between these people."""
    above, mark, below = ("\n" + text.replace("\r\n", "\n")).partition("\n#\n")
    if not mark:
        return
    ids = [line.split()[0] for line in above.splitlines() if line.strip()]
    ties = [line.split()[:2] for line in below.splitlines() if line.strip()]
    if ids and len(set(ids)) == len(ids) and all(len(tie) == 2 and set(tie) <= set(ids) for tie in ties):
        raise _refused(file, _TGF)


def _refused(file: str, foreign: Foreign) -> InputError:
    return InputError(Problem(file, "", foreign.name, foreign.remedy))
