"""Graph files of a known society, as many programs write them, whole and mangled; and files that are something else."""

from __future__ import annotations

import gzip
import io
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import networkx as nx

from .trials import Outcome, Trial

READ = "people {people}, ties {ties}"


def trials(folder: Path, count: int, luck: random.Random) -> Iterator[Trial]:
    """So many files; a quarter of them is something else than a graph."""
    folder.mkdir()
    for number in range(count):
        if number % 4 == 3:
            name, content = luck.choice(list(FOREIGN.items()))
            file = folder / f"{number}-{name}"
            file.write_bytes(content(luck))
            yield Trial(f"foreign: {name}", _reading(file), folder, _refused_or_noted)
            continue
        graph = _society(luck)
        name, write = luck.choice(list(WRITERS.items()))
        file = folder / f"{number}-{name}"
        content, mangled = write(graph), luck.choice(list(MANGLES))
        file.write_bytes(MANGLES[mangled](content, luck))
        judge = _exactly(graph) if mangled in HARMLESS else _exactly_or_said(graph)
        if mangled in UNSEEN and write in LISTS:
            judge = _nothing
        yield Trial(f"{name}, {mangled}", _reading(file), folder, judge)


def _reading(file: Path) -> Callable[[], None]:
    def read() -> None:
        from sim.society.graphs import read_graph

        given = read_graph(file.name)
        print(READ.format(people=given.people, ties=given.ties))
        for note in given.notes:
            print("note:", note)

    return read


def _society(luck: random.Random) -> nx.Graph:
    """Twelve people who are all tied to somebody, with closeness on some ties."""
    graph = nx.Graph()
    names = [f"p{k}" for k in range(12)] if luck.random() < 0.5 else [str(100 + k) for k in range(12)]
    for k, name in enumerate(names):
        graph.add_edge(name, names[(k + 1) % 12])
    for _ in range(8):
        one, other = luck.sample(names, 2)
        graph.add_edge(one, other)
    for _, _, data in graph.edges(data=True):
        data["closeness"] = round(luck.random(), 3)
    return graph


def _exactly(graph: nx.Graph) -> Callable[[Outcome], str | None]:
    wanted = READ.format(people=len(graph), ties=graph.number_of_edges())

    def judge(outcome: Outcome) -> str | None:
        right = outcome.status == 0 and outcome.out.startswith(wanted)
        return None if right else f"expected {wanted}, got:\n{outcome.out[:400]}{outcome.err[:400]}"

    return judge


def _exactly_or_said(graph: nx.Graph) -> Callable[[Outcome], str | None]:
    exactly = _exactly(graph)
    return lambda outcome: exactly(outcome) if outcome.status == 0 and not outcome.noted else None


def _nothing(outcome: Outcome) -> None:
    """Whatever was read is what the file says."""


def _refused_or_noted(outcome: Outcome) -> str | None:
    return "read without a note:\n" + outcome.out[:400] if outcome.status == 0 and not outcome.noted else None


# As other programs write it


def _lines(separator: str, header: str = "", quoted: bool = False, closeness: bool = True) -> Callable[[nx.Graph], bytes]:
    def write(graph: nx.Graph) -> bytes:
        lines = [header] if header else []
        for one, other, data in graph.edges(data=True):
            cells = [one, other, *([str(data["closeness"])] if closeness else [])]
            lines.append(separator.join(f'"{cell}"' for cell in cells) if quoted else separator.join(cells))
        return ("\n".join(lines) + "\n").encode()

    return write


def _by(writer: Callable[..., None], **how) -> Callable[[nx.Graph], bytes]:
    def write(graph: nx.Graph) -> bytes:
        out = io.BytesIO()
        writer(graph, out, **how)
        return out.getvalue()

    return write


def _node_link(edges: str) -> Callable[[nx.Graph], bytes]:
    return lambda graph: json.dumps(nx.node_link_data(graph, edges=edges)).encode()


WRITERS: dict[str, Callable[[nx.Graph], bytes]] = {
    "comma.csv": _lines(",", "source,target,closeness"),
    "quoted.csv": _lines(",", '"from","to","closeness"', quoted=True),
    "semicolon.csv": _lines(";", "Source;Target;closeness"),
    "tab.tsv": _lines("\t", "ego\talter\tcloseness"),
    "space.txt": _lines(" ", "from to closeness"),
    "bare.txt": _lines(" ", closeness=False),
    "comment.txt": _lines(" ", "# from to", closeness=False),
    "graph.graphml": _by(nx.write_graphml_xml),
    "graph.gexf": _by(nx.write_gexf),
    "graph.gml": _by(nx.write_gml),
    "graph.net": lambda graph: ("\n".join(nx.generate_pajek(nx.Graph(graph.edges))) + "\n").encode(),
    "links.json": _node_link("links"),
    "edges.json": _node_link("edges"),
    "data.edgelist": _by(nx.write_edgelist),
    "packed.csv.gz": lambda graph: gzip.compress(_lines(",", "source,target,closeness")(graph)),
}


# What happens to a file on its way


def _cut(content: bytes, luck: random.Random) -> bytes:
    return content[: luck.randrange(len(content))]


def _flipped(content: bytes, luck: random.Random) -> bytes:
    changed = bytearray(content)
    changed[luck.randrange(len(changed))] ^= 1 << luck.randrange(8)
    return bytes(changed)


def _noise(content: bytes, luck: random.Random) -> bytes:
    at = luck.randrange(len(content))
    return content[:at] + luck.randbytes(30) + content[at:]


def _line_again(content: bytes, luck: random.Random) -> bytes:
    lines = content.split(b"\n")
    lines.insert(luck.randrange(len(lines)), luck.choice(lines))
    return b"\n".join(lines)


MANGLES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "whole": lambda content, luck: content,
    "with a byte order mark": lambda content, luck: content if content[:2] == b"\x1f\x8b" else b"\xef\xbb\xbf" + content,
    "crlf": lambda content, luck: content if content[:2] == b"\x1f\x8b" else content.replace(b"\n", b"\r\n"),
    "blank lines after": lambda content, luck: content if content[:2] == b"\x1f\x8b" else content + b"\n\n",
    "cut": _cut,
    "flipped": _flipped,
    "noise": _noise,
    "a line twice": _line_again,
    "utf-16": lambda content, luck: content.decode("latin-1").encode("utf-16"),
    "zeros after": lambda content, luck: content + bytes(4000),
    "packed by another name": lambda content, luck: gzip.compress(content),
}
UNSEEN = ("cut", "flipped")  # a list of pairs says neither how long it is nor whose names are right
LISTS = [write for name, write in WRITERS.items() if name.endswith((".csv", ".tsv", ".txt", ".edgelist"))]
HARMLESS = ("whole", "with a byte order mark", "crlf", "blank lines after")


# What is no graph, or none that can be read

FOREIGN: dict[str, Callable[[random.Random], bytes]] = {
    "matrix.txt": lambda luck: "\n".join(" ".join(str(luck.randrange(2)) for _ in range(9)) for _ in range(9)).encode(),
    "matrix.csv": lambda luck: (",a,b,c,d\n" + "\n".join(f"{row},0,1,1,0" for row in "abcd")).encode(),
    "village.dl": lambda luck: b"dl n=4 format=edgelist1\nlabels:\nann,bob,cid,dan\ndata:\n1 2\n2 3\n3 4\n",
    "friends.gdf": lambda luck: (
        b"nodedef>name VARCHAR,label VARCHAR\nn1,Ann\nn2,Bob\nedgedef>node1 VARCHAR,node2 VARCHAR\nn1,n2\n"
    ),
    "village.tgf": lambda luck: b"1 Ann\n2 Bob\n3 Cid\n#\n1 2 friends\n2 3\n",
    "graph.dot": lambda luck: b'graph village { "Ann" -- "Bob"; "Bob" -- "Cid" [weight=2]; }\n',
    "graph.sif": lambda luck: b"Ann pp Bob\nBob pp Cid\nCid pp Ann\n",
    "people.csv": lambda luck: b"id,label,age\n1,Ann,31\n2,Bob,44\n3,Cid,27\n4,Dan,50\n",
    "contacts.dat": lambda luck: "\n".join(f"{20 * k} {1000 + k % 5} {1000 + (k + 1) % 5}" for k in range(1, 40)).encode(),
    "clubs.csv": lambda luck: b"person,club\n" + "\n".join(f"p{k},c{k % 3}" for k in range(12)).encode(),
    "numbers.csv": lambda luck: b"closeness,kind\n0.5,friend\n0.2,kin\n0.7,friend\n",
    "book.xlsx": lambda luck: b"PK\x03\x04" + luck.randbytes(300),
    "picture.png": lambda luck: b"\x89PNG\r\n\x1a\n" + luck.randbytes(300),
    "paper.pdf": lambda luck: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    "table.parquet": lambda luck: b"PAR1" + luck.randbytes(300) + b"PAR1",
    "object.pickle": lambda luck: b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00}\x94.",
    "page.html": lambda luck: b"<!doctype html><html><body><table><tr><td>1<td>2</table></body></html>",
    "prose.txt": lambda luck: b"Dear all,\nhere is the graph that I promised you.\nBest wishes, Ann\n",
    "list.json": lambda luck: b'[{"a": 1}, {"b": 2}]',
    "bomb.graphml": lambda luck: (
        b'<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><graphml>&b;</graphml>'
    ),
    "outside.gexf": lambda luck: (
        b'<?xml version="1.0"?><!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><gexf><graph>&x;</graph></gexf>'
    ),
    "empty.csv": lambda luck: b"",
    "zeros.csv.gz": lambda luck: gzip.compress(bytes(50_000_000)),
}
