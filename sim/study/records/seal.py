"""A seal: hashes of what was fixed before running, in a small file beside the study, and whether they still hold.

Sealed are four parts, as they are and not as they are worded: the *question* (its text, claims and contrasts, with the primary
one and what is expected), the *margins*, the *scenario* (every value that shapes the runs, at every size) and the *code* (what
makes numbers, and what makes verdicts of them). What a seal proves and what not: docs/sealing.md. Reads and writes files, never
a world; `sealing` makes a seal.
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
from sim.scenario.numbers import Number
from sim.scenario.pieces import ListOf, Piece
from sim.scenario.question import Contrast
from sim.scenario.study import Study
from sim.scenario.wording import problems
from sim.sources import version_of

PARTS = {"question": "question", "margins": "margins", "scenario": "scenario", "runs": "code", "verdicts": "code"}
"""Part -> what it is called where something changed."""

WITHOUT_VERDICTS = ("sim.errors", "sim.files", "sim.scenario", "sim.terminal")
"""What the comparison imports that cannot change a verdict: messages, and what reads the values that are sealed beside it."""

_TO_DO = "a file as `sim seal` writes it: take it back from where it was published, or delete it to do without a seal"

VERDICTS = version_of(("sim.study.judging.contrast",), WITHOUT_VERDICTS)
"""Digest of the code that makes verdicts of the rows of runs."""


class Parts(Piece):
    """What is sealed: a hash of each part; of the code its version and the digests of its files."""

    question: str
    margins: str
    scenario: dict[str, str]  # by size
    runs: str
    verdicts: str


class Earlier(Piece):
    """A seal that another one replaced."""

    sealed_at: str
    hash: str
    runs: int


class Seal(Piece):
    """What a seal file says; `hash` is that of its parts, and the question and margins in it are the sealed ones."""

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
    runs: int  # finished before sealing
    history: ListOf[Earlier]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        said = self.model_dump()
        made = {"question": _question(said), "margins": _margins(said)}
        broken = [part for part, one in made.items() if one != said["parts"][part]]
        broken += ["primary"] if self.primary != primary(said) else []
        broken += ["hash"] if self.hash != digest(said["parts"]) else []
        if broken:
            raise Refusal(Fault((), f"changed by hand: {', '.join(broken)}", "a seal as `sim seal` writes it"))
        return self


# What is sealed


def parts(study: Study, given: str, made_by: str) -> dict[str, str]:
    """The hash of each part of a study at its size.

    given : digest of the graph it starts from, "" for none
    made_by : what names the code that lives runs
    """
    said = content(study)
    shaped = scenario(study, given)
    return {"question": _question(said), "margins": _margins(said), "scenario": shaped, "runs": made_by, "verdicts": VERDICTS}


def content(study: Study) -> dict[str, Any]:
    """The question and the margins of a study, in plain values."""
    return {
        "question": study.question,
        "claims": list(study.claims),
        "contrasts": [one.model_dump() for one in study.contrasts],
        "margins": {name: margin.value for name, margin in study.margins},
    }


def scenario(study: Study, given: str) -> str:
    """Digest of every value that shapes the study's runs. No arm is resolved at any point, so large designs cost little."""
    files: dict[str, Piece] = {"society": study.society}
    files |= {f"profile.{name}": one for name, one in study.profiles.items()}
    files |= {f"platform.{name}": one for name, one in study.platforms.items()}
    values = {
        f"{root}.{name}": part.value if isinstance(part, Number) else part
        for root, piece in files.items()
        for name, part in leaves(piece).items()
    }
    arms = {name: one.model_dump(mode="json") for name, one in study.arms.items()}
    lived = [study.people, study.seeds, study.horizons, study.burn_in, given]
    return digest([values, dict(study.shares), arms, study.points(), study.points_last, lived])


def primary(said: Mapping[str, Any]) -> str:
    """The primary contrast in words."""
    return next("{name}: {arm} against {control}".format(**each) for each in said["contrasts"] if each["primary"])


def _question(said: Mapping[str, Any]) -> str:
    contrasts = [{key: each[key] for key in Contrast.model_fields} for each in said["contrasts"]]
    return digest([said["question"], list(said["claims"]), contrasts])


def _margins(said: Mapping[str, Any]) -> str:
    return digest({name: float(value) for name, value in said["margins"].items()})


# The file


def file_of(study: Study) -> Path:
    """Where the seal of a study lies: beside its file."""
    return Path(study.file).with_name(f"{study.name}.seal.json")


def read(study: Study) -> Seal | None:
    """The seal of a study, None if it has none. InputError: damaged, or that of another study.

    A study at points of somebody's own is not the one that was sealed: it has none.
    """
    file = file_of(study)
    if study.points_last or not file.exists():
        return None
    try:
        found = Seal.model_validate(files.read_json(file, _TO_DO))
    except ValidationError as error:
        raise InputError(
            [Problem(str(file), one.place, f"not a seal, or damaged ({one.found})", _TO_DO) for one in problems(error, "", Seal)]
        ) from None
    if found.study != study.name:
        raise InputError(Problem(str(file), "study", f"the seal of '{found.study}'", f"that of '{study.name}'; or {_TO_DO}"))
    return found


# Whether it holds


def recorded(study: Study, given: str, made_by: str) -> dict[str, Any]:
    """What study.json keeps: the seal (None for none), and the hashes of what really was run."""
    found = read(study)
    return {"seal": found and found.model_dump(mode="json"), "parts": parts(study, given, made_by)}


class Standing(NamedTuple):
    """How the runs that are used stand to the seal of their study.

    before : whether it was sealed before the first of them began; changed : what is no longer as it was sealed
    runs : that were finished before sealing; earlier : seals that this one replaced
    """

    before: bool
    changed: tuple[str, ...]
    runs: int
    earlier: int

    def __str__(self) -> str:
        said = [] if self.before else ["sealed after runs had begun"]
        said += [f"changed after sealing: {', '.join(self.changed)}"] if self.changed else []
        said = said or ["sealed before running"]
        said += [f"earlier runs: {self.runs}"] if self.runs else []
        said += [f"earlier seals: {self.earlier}"] if self.earlier else []
        return "; ".join(said)


def standing(about: Mapping[str, Any], began: str | None) -> Standing | None:
    """Whether a study was sealed before it was run and is still what was sealed; None without a seal.

    about : study.json, checked; its question and margins are looked at themselves, as verdicts rest on them
    began : when the first run that is used began, ISO 8601; within one second, the seal counts as the earlier
    """
    if not about.get("seal"):
        return None
    sealed = Seal.model_validate(about["seal"])
    before = bool(began and began >= sealed.sealed_at)
    return Standing(before, tuple(changed(sealed, about)), sealed.runs, len(sealed.history))


def changed(sealed: Seal, about: Mapping[str, Any]) -> list[str]:
    """What is no longer as it was sealed."""
    now = about["parts"] | {"question": _question(about), "margins": _margins(about), "verdicts": VERDICTS}
    then = sealed.parts.model_dump()
    other = [part for part in PARTS if now[part] not in (then[part].values() if part == "scenario" else (then[part],))]
    return list(dict.fromkeys(PARTS[part] for part in other))
