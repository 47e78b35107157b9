"""The page to play with: a local web server. Worlds run in worker processes while sliders move.

A page asks for one stream of events (`/run?...`), whose address says all that is on the screen. The server keeps nothing of a
page: when its stream is closed, its work stops. It is the server of Python's own library, for one person at this machine alone.
"""

from __future__ import annotations

import json
import math
import os
import socket
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import polars as pl

from sim.errors import InputError, Problem, RunError, SimError
from sim.figures import sentences
from sim.figures.drawing import refuse_unknown
from sim.figures.gallery.ties import LEGS
from sim.figures.words import Words
from sim.page import on_screen, template, worlds
from sim.page.export import looks
from sim.page.on_screen import Choice
from sim.scenario import bounds
from sim.scenario.bounds import whole_within
from sim.scenario.reading import load
from sim.scenario.study import Study
from sim.society.start import graph_of, study_on
from sim.study.judging import verdict
from sim.study.judging.contrast import NOT_APPLICABLE, TOO_EARLY, differences_of, judge
from sim.study.sweep.sweeping import about
from sim.study.sweep.workers import cores
from sim.text import LANGUAGES

HOST = "127.0.0.1"  # nobody else's machine reaches it
USUAL_PORT = 8333
MOST_STREAMS = 8  # pages that run at the same time
PATIENCE = 3.0  # seconds that a page waits for one of them to end: a page that was reset counts until it is seen to have gone
LOOK_UP = 0.1  # seconds after which a stream looks whether its page is still there

PAIR_COLUMNS = {
    "contrast": pl.String, "point": pl.Int64, "seed": pl.Int64, "horizon": pl.Int64, "profile": pl.String, "tie_class": pl.String,
    "measure": pl.String, "unit": pl.String, "arm": pl.Float64, "control": pl.Float64, "floor": pl.Float64,
    "reshuffled": pl.Float64,
}  # fmt: skip


def play(
    study: str | os.PathLike[str],
    port: int = USUAL_PORT,
    people: int = on_screen.USUAL_PEOPLE,
    jobs: int | None = None,
    lang: str = "en",
    ready: Callable[[str], None] = print,
) -> None:
    """Serve the page of a study until it is interrupted (Ctrl-C).

    study : the file of a study; port : of this machine, 0 for any that is free
    people : of each world, unless the page says otherwise; jobs : worker processes, by default one for each core
    lang : of the page at first, "en" or "fr"; ready : is called with the page's address
    InputError: the study is broken, or the port is in use.
    """
    server = Server(study, port, people, jobs, lang)
    try:
        ready(server.address)
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.end()


class Server(ThreadingHTTPServer):
    """The server of the page of a study. `address` is where the page is."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name == "posix"

    def __init__(self, study: str | os.PathLike[str], port: int, people: int, jobs: int | None, lang: str):
        refuse_unknown(lang, ["svg"])
        port, self.people = whole_within(bounds.PORT, port, "--port"), whole_within(bounds.PEOPLE_ON_SCREEN, people, "--people")
        self.file, self.lang = Path(study), lang
        on_screen.sliders(load(study), on_screen.study_at(study, Choice(), self.people))  # refuses what cannot be played
        try:
            super().__init__((HOST, port), Handler)
        except OSError as error:
            expected = "another port, or --port 0 for any that is free"
            raise InputError(Problem("", "--port", f"{port} cannot be used here ({error.strerror})", expected)) from None
        self.address = f"http://{HOST}:{self.server_port}/"
        self.streams = threading.Semaphore(MOST_STREAMS)
        try:
            self.pool = worlds.Pool(jobs or cores())
        except RunError:
            self.server_close()
            raise

    def end(self) -> None:
        """Close the port and end all worker processes."""
        self.server_close()
        self.pool.end()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that went away is no error to tell."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server
    protocol_version = "HTTP/1.0"  # a stream ends when its connection ends

    def log_message(self, *_: Any) -> None:
        """Requests are nothing to tell."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        lang = parse_qs(url.query).get("lang", [self.server.lang])[0]
        words = Words(lang if lang in LANGUAGES else self.server.lang)
        if self.from_elsewhere():
            self.send(HTTPStatus.FORBIDDEN, "text/plain", words("live-elsewhere"))
        elif url.path == "/":
            self.send(HTTPStatus.OK, "text/html", page(self.server.file, self.server.people, url.query, words))
        elif url.path == "/toml":
            self.send_toml(url.query, words)
        elif url.path == "/run":
            self.send_stream(url.query, words)
        else:
            self.send(HTTPStatus.NOT_FOUND, "text/plain", words("live-nothing"))

    def from_elsewhere(self) -> bool:
        """Whether a page of another site asks: by a name that it gave to this machine, or from inside of it."""
        hosts = {f"{name}:{self.server.server_port}" for name in (HOST, "localhost")}
        return self.headers.get("Host") not in hosts or self.headers.get("Sec-Fetch-Site") == "cross-site"

    def send(self, status: HTTPStatus, kind: str, text: str, **headers: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def send_toml(self, query: str, words: Words) -> None:
        try:
            choice = on_screen.within(self.server.file, on_screen.choice_of(query), self.server.people)
            text = on_screen.toml_of(self.server.file, choice, self.server.people)
        except SimError as error:
            self.send(HTTPStatus.BAD_REQUEST, "text/plain", sentence(error, words))
            return
        name = f"{self.server.file.stem}-played.toml"
        self.send(HTTPStatus.OK, "text/plain", text, Content_Disposition=f'attachment; filename="{name}"')

    def send_stream(self, query: str, words: Words) -> None:
        """Run the worlds of an address and send what they give, until all has run or the page has gone."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if not self.server.streams.acquire(timeout=PATIENCE):
            self.event("problem", words("live-many", n=MOST_STREAMS))
            return
        stopped = threading.Event()
        over = threading.Event()
        watcher = threading.Thread(target=self.watch, args=(stopped, over), daemon=True)
        watcher.start()
        try:
            choice = on_screen.within(self.server.file, on_screen.choice_of(query), self.server.people)
            for kind, content in told(self.server.file, choice, self.server.people, self.server.pool, words, stopped):
                if not stopped.is_set():
                    self.event(kind, content)
            self.event("end", "")
        except OSError:
            stopped.set()  # the page has gone
        except SimError as error:
            self.event("problem", sentence(error, words))
        finally:
            stopped.set()
            over.set()

    def watch(self, stopped: threading.Event, over: threading.Event) -> None:
        """Set `stopped` when the page has closed its stream. From then on it does not count, though its workers may still run."""
        try:
            while not over.wait(LOOK_UP):
                try:
                    if self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b"":
                        stopped.set()
                except BlockingIOError:
                    continue
                except OSError:
                    stopped.set()
                if stopped.is_set():
                    return
        finally:
            self.server.streams.release()

    def event(self, kind: str, content: Any) -> None:
        self.wfile.write(f"event: {kind}\ndata: {json.dumps(content, allow_nan=False)}\n\n".encode())
        self.wfile.flush()


# --- what a stream tells ----------------------------------------------------------------------------------------------


def told(
    file: Path, choice: Choice, people: int, pool: worlds.Pool, words: Words, stopped: threading.Event
) -> Iterator[tuple[str, Any]]:
    """Events of the worlds of a choice: progress, picture, measures, verdict, note, problem. InputError: it cannot be run."""
    text = on_screen.toml_of(file, choice, people)
    known = Known(on_screen.study_at(file, choice, people))
    seeds = range(1, known.study.seeds + 1)
    jobs = [worlds.Job(text, str(file.parent), file.stem, seed, seed == 1) for seed in seeds]
    for sort, seed, content in pool.run(jobs, stopped):
        if sort in (worlds.GROWING, worlds.RUNNING):
            done, total = content
            yield "progress", {"text": words.of("live-doing", sort, seed=seed, all=len(jobs)), "share": done / total}
        elif sort == worlds.PICTURE:
            yield "picture", content
        elif sort == worlds.ARMS:
            known.add(seed, content)
            yield "measures", known.measures()
        elif sort == worlds.WHOLE:
            known.complete(seed, content)
            yield "verdict", known.verdict(words)
        elif sort == worlds.NOTE:
            yield "note", words("live-message", text=content)
        elif sort in (worlds.LOST, worlds.FAILED):
            yield "problem", words("live-lost" if sort == worlds.LOST else "live-message", text=content)
            stopped.set()  # the other replicates are not wanted any longer
            return


class Known:
    """What is known so far of a study on the screen: the rows of its replicates, compared and judged as `sim compare` does."""

    def __init__(self, study: Study):
        graph = graph_of(study)
        self.study = study_on(study, graph)
        self.about: dict[str, Any] = about(self.study, graph)
        self.contrast, self.day = study.primary, study.horizons[-1]
        self.rows: dict[int, list[tuple]] = {}
        self.whole: set[int] = set()

    def add(self, seed: int, rows: list[tuple]) -> None:
        """Take in the measures of both arms of a replicate: (measure, unit, arm, control)."""
        self.rows[seed] = [self.row(seed, *row) for row in rows]

    def complete(self, seed: int, rows: list[tuple]) -> None:
        """Take in its distances. Then it counts for the verdict, which needs all legs of the same replicates."""
        self.rows[seed] += [self.row(seed, *row) for row in rows]
        self.whole.add(seed)

    def row(self, seed: int, measure: str, unit: str, arm: float, control: float) -> tuple:
        cell = (self.contrast.name, 0, seed, self.day, self.contrast.group, "all", measure, unit)
        return (*cell, arm, control, None, None)

    def differences(self, seeds: set[int]) -> pl.DataFrame:
        """The rows of contrasts.csv of these replicates, in their order."""
        rows = [row for seed in sorted(seeds) for row in self.rows[seed]]
        return differences_of(pl.DataFrame(rows, schema=PAIR_COLUMNS, orient="row"))

    def measures(self) -> dict[str, Any]:
        """The legs of the page: values of both arms, and the change in % of the control with its 95 % interval."""
        found = {row["measure"]: row for row in self.differences({*self.rows}).iter_rows(named=True)}
        return {"seeds": len(self.rows), "legs": {leg.measure: changed(found.get(leg.measure)) for leg in LEGS}}

    def judged(self) -> dict[str, Any]:
        """The row of verdict.csv of the primary contrast at the last horizon, from the replicates that are complete."""
        study = self.about | {"contrasts": [each for each in self.about["contrasts"] if each["primary"]], "horizons": [self.day]}
        table = judge(study, self.differences(self.whole), "", {})
        return table.row(by_predicate=pl.col("profile") == self.contrast.group, named=True)

    def verdict(self, words: Words) -> dict[str, Any]:
        """The word once it is decided, "undecided" after all replicates; before, how many of them may decide it."""
        row = self.judged()
        word, needed, seeds = row["verdict"], row["seeds_needed"], len(self.whole)
        if word in (NOT_APPLICABLE, TOO_EARLY):
            text = words.sentence(words("live-no-word", why=sentences.why(words, row["reasons"])))
        elif word != verdict.UNDECIDED:
            text = words.of("live-decided", "early" if seeds < self.study.seeds else "all", n=seeds, planned=self.study.seeds)
        elif needed is not None and needed > seeds:
            text = words("live-needs", n=seeds, needed=needed)
        else:
            text = words("live-undecided", n=seeds)
        if word == verdict.UNDECIDED and seeds < self.study.seeds:
            return {"word": "", "text": words("live-yet", after=text), "seeds": seeds}
        return {"word": word, "text": text, "seeds": seeds}


def changed(row: dict[str, Any] | None) -> dict[str, float | None] | None:
    """Both values and the change, in % of the control; None for an end that is not known."""
    if row is None or not row["seeds"]:
        return None
    scale = 100 / abs(row["control"]) if row["control"] else math.nan
    change = {"mean": row["difference"], "low": row["low95"], "high": row["high95"]}
    percent = {name: value * scale for name, value in change.items()}
    values = percent | {"control": row["control"], "arm": row["control"] + row["difference"]}
    return {name: value if math.isfinite(value) else None for name, value in values.items()}


# --- the page ---------------------------------------------------------------------------------------------------------


def page(file: Path, people: int, query: str, words: Words) -> str:
    """The page of an address. What is wrong with the address or with the study stands on it, as a sentence."""
    problem, content = "", NOTHING | {"question": file.name, "people": people}
    try:
        try:
            choice = on_screen.within(file, on_screen.choice_of(query), people)
        except SimError as error:  # the rest of the address is kept
            problem = sentence(error, words)
            choice = on_screen.usable(file, query, people)
        content = content_of(file, people, choice, words)
    except SimError as error:
        problem = problem or sentence(error, words)
    data = content | {
        "lang": words.lang, "problem": problem, "texts": texts(words), "words": looks(words, (NOT_APPLICABLE, TOO_EARLY)),
        "legs": [{"measure": leg.measure, "margin": content["margins"].get(leg.margin, 0),
                  "name": words.of("ties-row", leg.measure)} for leg in LEGS],
    }  # fmt: skip
    other = next(lang for lang in LANGUAGES if lang != words.lang)
    return template.page(
        "live.html", words=words, lang=words.lang, other=other, problem=problem, data=data,
        drawn=min(worlds.DRAWN, content["people"]), **content,
    )  # fmt: skip


def sentence(error: SimError, words: Words) -> str:
    """What is wrong, in the language of the page as far as it is of the page: other messages are English."""
    return error.sentence(words) if isinstance(error, on_screen.AddressError) else words("live-message", text=str(error))


NOTHING: dict[str, Any] = {
    "question": "", "profiles": [], "platforms": [], "sliders": [], "profile": "", "platform": "", "people": 0, "seeds": "",
    "year": "", "control": "", "arm": "", "margins": {}, "moved": {}, "menus": {},
}  # fmt: skip
"""The content of the page of a study that is broken."""


def content_of(file: Path, people: int, choice: Choice, words: Words) -> dict[str, Any]:
    """What the page shows of a study: its question, menus and sliders. InputError: the study is broken."""
    origin = load(file)
    study = on_screen.study_at(file, choice._replace(values={}), people)
    sliders = on_screen.sliders(origin, study, choice.values)
    shares = study.shares
    contrast = study.primary
    return {
        "question": words.sentence((study.question_fr if words.lang == "fr" else None) or study.question),
        "profiles": [(name, words.profile(name)) for name in on_screen.beside(file, "profile")],
        "platforms": [(name, words.platform(name)) for name in on_screen.fitting(file, choice, people)],
        "profile": max(shares, key=lambda name: shares[name]) if max(shares.values()) == 1 else "",
        "platform": on_screen.platform_of(study),
        "people": study.people, "seeds": study.seeds, "year": words.horizon(study.horizons[-1]),
        "control": contrast.control, "arm": contrast.arm,
        "margins": {name: 100 * margin.value for name, margin in study.margins},
        "moved": choice.values,
        "menus": {name: chosen for name in on_screen.MENUS if (chosen := getattr(choice, name)) not in ("", None)},
        "sliders": [
            slider._asdict() | {
                "label": words.sentence(words.parameter(slider.name)), "value": choice.values.get(slider.name, slider.base),
                "known": words.of("known", slider.status) if words.has("known", slider.status) else slider.status,
            }
            for slider in sliders
        ],
    }  # fmt: skip


def texts(words: Words) -> dict[str, str]:
    """What the script of the page says."""
    return {
        "before": words("live-before"), "stopped": words("live-stopped"), "ended": words("live-ended"),
        "gone": words("live-gone"), "person": words("live-person"), "only": words("live-only"),
        "closest": words("live-closest", person="{person}"), "waiting": words("live-waiting"),
        "control": words("live-control"), "arm": words("live-arm"),
        "colon": words.mark(":"), "semicolon": words.mark(";"),
        "decimal": "," if words.lang == "fr" else ".", "percent": words.percent(0).replace("0", ""),
    }  # fmt: skip
