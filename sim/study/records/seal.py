"""A seal: hashes of what was fixed before running, in a small file beside the study, and whether they still hold.

A seal has four parts. The *question* is its text, claims and contrasts, with the primary contrast and the expected changes. The
*margins* are one part. The *scenario* is every value that shapes the runs, at every size. The *code* is what makes numbers, and
what makes verdicts from them. Only values count: reasons and comments in the files can change. docs/sealing.md tells what a seal
proves and what it does not. This module reads files and runs nothing; `sealing` makes a seal.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

from pydantic import Field, ValidationError, model_validator

from sim import files
from sim.errors import InputError, Problem
from sim.scenario.dotted_names import leaves
from sim.scenario.faults import Fault, Refusal
from sim.scenario.fingerprint import digest
from sim.scenario.names import ALL
from sim.scenario.numbers import Number
from sim.scenario.pieces import ListOf, Piece
from sim.scenario.question import Contrast
from sim.scenario.study import Study
from sim.scenario.wording import problems
from sim.sources import version_of

PARTS = {"question": "question", "margins": "margins", "scenario": "scenario", "runs": "code", "verdicts": "code"}
"""Part -> its name in messages about changes."""

WITHOUT_VERDICTS = ("sim.errors", "sim.files", "sim.scenario", "sim.terminal")
"""Modules that the comparison imports but that cannot change a verdict: messages, and readers of sealed values."""

_TO_DO = "a file as `sim seal` writes it: take it back from where it was published, or delete it to do without a seal"

VERDICTS = version_of(("sim.study.judging.contrast",), WITHOUT_VERDICTS)
"""Digest of the code that makes verdicts from the rows of runs."""


class Parts(Piece):
    """The hash of each sealed part; for the code that makes runs, its version and the digests of its files."""

    question: str
    margins: str
    scenario: dict[str, str]  # by size
    runs: str
    verdicts: str


class Earlier(Piece):
    """An earlier seal that was replaced."""

    sealed_at: str
    hash: str
    runs: int


class Seal(Piece):
    """The content of a seal file. `hash` is the hash of its parts. InputError on reading: the file was changed by hand."""

    format: Literal[1]
    study: str
    sealed_at: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")  # ISO 8601
    hash: str
    question: str
    claims: ListOf[str]
    primary: str
    contrasts: ListOf[Contrast]
    margins: dict[str, float]
    parts: Parts
    runs: int  # runs that were finished before sealing
    history: ListOf[Earlier]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        content = self.model_dump()
        hashes = {"question": _question(content), "margins": _margins(content)}
        broken = [part for part, value in hashes.items() if value != content["parts"][part]]
        broken += ["primary"] if self.primary != primary(content) else []
        broken += ["hash"] if self.hash != digest(content["parts"]) else []
        if broken:
            raise Refusal(Fault((), f"changed by hand: {', '.join(broken)}", "a seal as `sim seal` writes it"))
        return self


# The parts of a seal


def parts(study: Study, given: str, made_by: str) -> dict[str, str]:
    """The hash of each part of a study at its size.

    given : digest of the starting graph, "" for none
    made_by : version of the code that simulates runs
    """
    plain = content(study)
    values = scenario(study, given)
    return {"question": _question(plain), "margins": _margins(plain), "scenario": values, "runs": made_by, "verdicts": VERDICTS}


def content(study: Study) -> dict[str, Any]:
    """The question and the margins of a study, in plain values."""
    return {
        "question": study.question,
        "claims": list(study.claims),
        "contrasts": [contrast.model_dump() for contrast in study.contrasts],
        "margins": {name: margin.value for name, margin in study.margins},
    }


def scenario(study: Study, given: str) -> str:
    """Digest of every value that shapes the study's runs. It resolves no arm at any point, so a large design costs little."""
    files: dict[str, Piece] = {"society": study.society}
    files |= {f"profile.{name}": profile for name, profile in study.profiles.items()}
    files |= {f"platform.{name}": platform for name, platform in study.platforms.items()}
    values = {
        f"{root}.{name}": part.value if isinstance(part, Number) else part
        for root, piece in files.items()
        for name, part in leaves(piece).items()
        if study.with_minority or not (f"{root}.{name}".startswith("society.minority.") or name == "leaning")
    }
    arms = {name: arm.model_dump(mode="json") for name, arm in study.arms.items()}
    size = [study.people, study.seeds, study.horizons, study.burn_in, given]
    return digest([values, dict(study.shares), arms, study.points(), study.points_last, size])


def primary(content: Mapping[str, Any]) -> str:
    """The primary contrast in words. content : of `content`, of a seal, or study.json"""
    contrasts = content["contrasts"]
    return next("{name}: {arm} against {control}".format(**contrast) for contrast in contrasts if contrast["primary"])


_OF_GROUPS = ("group", "against")  # keys that a contrast of all people lacks


def _question(content: Mapping[str, Any]) -> str:
    contrasts = [
        {key: contrast[key] for key in Contrast.model_fields if key not in _OF_GROUPS or contrast.get(key) not in (ALL, None)}
        for contrast in content["contrasts"]
    ]
    return digest([content["question"], list(content["claims"]), contrasts])


def _margins(content: Mapping[str, Any]) -> str:
    return digest({name: float(value) for name, value in content["margins"].items()})


# The file


def file_of(study: Study) -> Path:
    """The file of the seal of a study, beside the study's file."""
    return Path(study.file).with_name(f"{study.name}.seal.json")


def read(study: Study) -> Seal | None:
    """The seal of a study. None if it has none. InputError: the file is damaged, or seals another study.

    A study whose points were set in Python is not the sealed one: it has no seal.
    """
    file = file_of(study)
    if study.points_last or not file.exists():
        return None
    try:
        sealed = Seal.model_validate(files.read_json(file, _TO_DO))
    except ValidationError as error:
        raise InputError(
            [
                Problem(str(file), problem.place, f"not a seal, or damaged ({problem.given})", _TO_DO)
                for problem in problems(error, "", Seal)
            ]
        ) from None
    if sealed.study != study.name:
        raise InputError(Problem(str(file), "study", f"the seal of '{sealed.study}'", f"that of '{study.name}'; or {_TO_DO}"))
    return sealed


# Whether a seal holds


def recorded(study: Study, given: str, made_by: str) -> dict[str, Any]:
    """The entries of study.json about sealing: the seal (None for none), and the hashes of what was really run.

    given, made_by : as for `parts`
    """
    sealed = read(study)
    return {"seal": sealed and sealed.model_dump(mode="json"), "parts": parts(study, given, made_by)}


class Standing(NamedTuple):
    """Whether a study was sealed before its runs, and what changed since.

    before : whether the study was sealed before the first of its runs began
    changed : names of the parts that changed after sealing
    runs : number of runs that were finished before sealing; earlier : number of seals that this one replaced
    """

    before: bool
    changed: tuple[str, ...]
    runs: int
    earlier: int

    def __str__(self) -> str:
        words = [] if self.before else ["sealed after runs had begun"]
        words += [f"changed after sealing: {', '.join(self.changed)}"] if self.changed else []
        words = words or ["sealed before running"]
        words += [f"earlier runs: {self.runs}"] if self.runs else []
        words += [f"earlier seals: {self.earlier}"] if self.earlier else []
        return "; ".join(words)


def standing(about: Mapping[str, Any], began: str | None) -> Standing | None:
    """Whether a study was sealed before it was run and is unchanged. None without a seal.

    about : study.json, checked. Its question and margins are hashed again, because verdicts are made from them.
    began : when the first run began, ISO 8601. Within the same second, the seal counts as earlier.
    """
    if not about.get("seal"):
        return None
    sealed = Seal.model_validate(about["seal"])
    before = bool(began and began >= sealed.sealed_at)
    return Standing(before, tuple(changed(sealed, about)), sealed.runs, len(sealed.history))


def changed(sealed: Seal, about: Mapping[str, Any]) -> list[str]:
    """Names of the parts that changed after sealing. about : study.json"""
    now = about["parts"] | {"question": _question(about), "margins": _margins(about), "verdicts": VERDICTS}
    then = sealed.parts.model_dump()
    parts = [part for part in PARTS if now[part] not in (then[part].values() if part == "scenario" else (then[part],))]
    return list(dict.fromkeys(PARTS[part] for part in parts))
