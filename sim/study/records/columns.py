"""Every result table: what a row of it is, and of each column its type, its meaning and its unit. Said here and nowhere else.

Tables are checked against it when written and when read; docs/columns.md and the `datapackage.json` of published tables are made
from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import polars as pl

from sim.channels import CHANNELS

FORMAT = 2
"""Raised when a column changes its name, its type or its meaning."""


class Column(NamedTuple):
    """One column: its type in memory, what it means, and its unit ("" without one)."""

    type: Any
    meaning: str
    unit: str = ""


class Table(NamedTuple):
    """One table. row : what a row is; maker : the command that makes it; csv : whether it is a CSV file, else Parquet."""

    row: str
    maker: str
    columns: Mapping[str, Column]
    csv: bool = True


def _text(meaning: str) -> Column:
    return Column(pl.String, meaning)


def _yes(meaning: str) -> Column:
    return Column(pl.Boolean, meaning)


def _whole(meaning: str, unit: str = "") -> Column:
    return Column(pl.Int64, meaning, unit)


def _short(meaning: str, unit: str = "") -> Column:
    return Column(pl.Int32, meaning, unit)


def _number(meaning: str, unit: str = "") -> Column:
    return Column(pl.Float64, meaning, unit)


_STUDY = {"study": _text("name of the study: its file without the ending")}
_POINT = {"point": _whole("number of the point of the study's design, from 0")}
_CONTRAST = {"contrast": _text("name of the contrast: an arm and its control")}
_HORIZON = {"horizon": _whole("day since the branch; means are over the 365 days before it", "days")}
_PROFILE = {"profile": _text("people of this profile; all: everybody")}
_CLASS = {"tie_class": _text("class of the ties, as each side sees them; all: every tie")}
_MEASURE = {"measure": _text("name of the measure"), "unit": _text("unit of the measure")}
_CELL = _PROFILE | _CLASS | _MEASURE
_LOG = {
    "day": _short("day since the branch, from 0", "days"),
    "from": _short("number of the person who acts"),
    "to": _short("number of the person who is met or reached"),
    "channel": _text(f"{', '.join(CHANNELS[:-1])} or {CHANNELS[-1]}"),
    "prompted": _yes("whether a prompt of the platform caused the act"),
    "content": _text("what the act is about: birthday, nonbirthday or nothing"),
}
_SHARE_OF = {
    "share": _number("share of the random sets of assumptions with this word", "share"),
    "low95": _number("lower end of Wilson's 95 % interval of the share", "share"),
    "high95": _number("upper end of Wilson's 95 % interval of the share", "share"),
    "times": _whole("random sets of assumptions with this word"),
    "points": _whole("random sets of assumptions looked at"),
}

BLOCK = {
    "format": _whole("version of the layout of this table"),
    "hash": _text("digest of every value that shaped the study's runs"),
    "version": _text("version of the program and of its rules that made the runs"),
    "seed_numbers": _text("the seeds that the row rests on, such as 1-20"),
    "digest": _text("digests of all that the row was made from: runs, study, margins, seal, rules, region, and these rows"),
}
"""What every CSV table says in its last columns of where it is from."""

_COMMAND = {"command": _text("what makes the table again, from the project's folder or the study's own; empty: no command does")}
_OF_REGION = {name: column for name, column in BLOCK.items() if name != "format"}

TABLES: Mapping[str, Table] = {
    "runs": Table(
        "a run: an arm of a point of the design and a seed",
        "sweep",
        {
            "run_id": _text("name of the run, 16 digits"),
            **_STUDY,
            "arm": _text("arm of the study, or placebo, placebo-all"),
            **_POINT,
            "seed": _whole("number of the replicate"),
            # every varied value stands here as a column of its own
            "people": _whole("people"),
            "ties": _whole("ties at the end"),
            "years": _number("years after the branch", "years"),
            "size": _text("size of the study: quick, default or full"),
            "status": _text("done or failed"),
            "error": _text("why the run failed"),
            "started": _text("when the run began, ISO 8601"),
            "wall_s": _number("time that the run took", "s"),
            "peak_mb": _number("most memory of its process", "MB"),
            "version": _text("version of the program and of its rules"),
            "scenario_hash": _text("digest of every value that shaped the run, but the seed"),
            "machine": _text("the machine"),
        },
        csv=False,
    ),
    "measures": Table(
        "a measure of a run at a horizon, by profile and tie class",
        "sweep",
        {
            "run_id": _text("name of the run in runs.parquet"),
            "day": _HORIZON["horizon"],
            **_CELL,
            "n": _whole("people, pairs or ties that the value is a mean over"),
            "value": _number("the measure, in the unit of its column unit"),
        },
        csv=False,
    ),
    "pairs": Table(
        "a distance between arm and control in one replicate",
        "sweep",
        {
            **_STUDY,
            **_POINT,
            "seed": _whole("number of the replicate"),
            **_CONTRAST,
            "day": _HORIZON["horizon"],
            **_CELL,
            "value": _number("distance of arm and control, in the unit of its column unit"),
            "floor": _number("the same distance between placebo and its control"),
        },
        csv=False,
    ),
    "contrasts": Table(
        "a contrast at a point and horizon, by profile, tie class and measure",
        "compare",
        {
            **_STUDY,
            **_POINT,
            **_CONTRAST,
            **_HORIZON,
            **_CELL,
            "control": _number("mean of the control over seeds, in the unit of its column unit"),
            "difference": _number("arm less control, mean over seeds, in the unit of its column unit"),
            "low90": _number("lower end of the 90 % interval of the difference"),
            "high90": _number("upper end of the 90 % interval of the difference"),
            "low95": _number("lower end of the 95 % interval of the difference"),
            "high95": _number("upper end of the 95 % interval of the difference"),
            "p": _number("p of the paired t test, two-sided"),
            "p_holm": _number("p after Holm's correction over the study's contrasts"),
            "seeds": _whole("seeds with a value in both arms"),
            "floor": _number("what a placebo arm moves, mean over seeds"),
            "se": _number("standard error of the difference"),
            "relative": _number("difference as a share of the control", "share"),
            "reshuffled": _number("what changing all luck moves; never subtracted"),
            "left_out": _whole("seeds with a value in one arm only"),
        },
    ),
    "verdict": Table(
        "a contrast at a point and horizon, by profile",
        "compare",
        {
            **_STUDY,
            **_POINT,
            **_CONTRAST,
            **_HORIZON,
            **_PROFILE,
            "primary": _yes("whether the contrast is the one that the study was planned for"),
            "verdict": _text("the word: thinned, weakened, hollowed, transformed, enriched, inert, undecided, not applicable"),
            "why": _text("which legs the word rests on, as a sentence"),
            "reasons": _text("the same as codes for programs, such as support=lost; core=lost real=lost"),
            "margin": _number("margin of support", "share"),
            "tipping_margin": _number("margin at which the word changes", "share"),
            "region_share": _number("share of the region of assumptions, or of the design's points, with this word", "share"),
            "seeds_planned": _whole("seeds that the study asks for"),
            "seeds_used": _whole("seeds with every leg measured in both arms"),
            "seeds_needed": _whole("seeds that would decide; empty: decided, or not by any number looked at"),
            "assumed_share": _number("share of the study's driving numbers that are assumed", "share"),
            "plain_sum": _text("the word if the plain sum of closeness replaced support"),
            "label": _text("given this graph: the study starts from a graph of somebody's own; or nothing"),
            "seal": _text("whether the study was sealed before running and is still the same; empty without a seal"),
        },
    ),
    "indices": Table(
        "an index of a varied parameter, at a horizon and for a measure, of a Sobol or Morris design",
        "sensitivity",
        {
            **_STUDY,
            "design": _text("sobol or morris"),
            "contrast": _text("the contrast whose paired difference is meant; or empty"),
            "arm": _text("the arm whose own value is meant; or empty"),
            **_HORIZON,
            **_CELL,
            "kind": _text("S1, ST, S2 (shares of variance); mu_star, sigma, mu (in the measure's unit)"),
            "name": _text("dotted name of the parameter"),
            "other": _text("the second parameter of a pair"),
            "value": _number("the index"),
            "low95": _number("lower end of its 95 % interval"),
            "high95": _number("upper end of its 95 % interval"),
            "samples": _whole("samples, or trajectories"),
            "seeds": _whole("seeds"),
            "left_out": _whole("samples or trajectories that are not complete"),
            **_COMMAND,
        },
    ),
    "precision": Table(
        "a leg or measure of a contrast at a point and horizon: how precisely its difference is known",
        "precision",
        {
            **_STUDY,
            **_POINT,
            **_CONTRAST,
            **_HORIZON,
            "measure": _text("name of the measure"),
            "scale": _text("share of control, or the unit of a distance; of all that follows, variances in its square"),
            "within": _number("half-width that is wanted"),
            "seeds": _whole("seeds with a value in both arms"),
            "half95": _number("half-width of the 95 % interval now"),
            "variance": _number("variance over seeds of the paired difference"),
            "variance_arm": _number("variance over seeds of the arm alone; none for a distance"),
            "variance_control": _number("variance over seeds of the control alone; none for a distance"),
            "saved": _number("variance with different seeds over that in pairs; inf where pairs do not vary"),
            "saved_low": _number("lower end of its 95 % interval"),
            "saved_high": _number("upper end of its 95 % interval"),
            "needed": _whole("seeds that the wanted half-width takes, in pairs"),
            "needed_low": _whole("the same at the lower end of the variance's 95 % interval"),
            "needed_high": _whole("the same at the upper end of the variance's 95 % interval"),
            "needed_independent": _whole("seeds of each arm, if arm and control had different ones"),
            **_COMMAND,
        },
    ),
    "why": Table(
        "a mechanism's part in a leg at a horizon; then rest (all mechanisms off) and all (the contrast itself)",
        "why",
        {
            **_STUDY,
            **_POINT,
            **_CONTRAST,
            **_HORIZON,
            **_MEASURE,
            "mechanism": _text("the mechanism, rest or all"),
            "share": _number("Shapley's share, mean over seeds; those of mechanisms and rest add up to that of all"),
            "low95": _number("lower end of its 95 % interval"),
            "high95": _number("upper end of its 95 % interval"),
            "alone": _number("what the mechanism adds where no other is on; in all: all together"),
            "without": _number("what goes where it alone is off; in all: all together"),
            "word_alone": _text("the verdict where it alone is on; in all: with all on"),
            "word_without": _text("the verdict where it alone is off; in all: with all off"),
            "control": _number("mean of the control, with all mechanisms on"),
            "seeds": _whole("seeds"),
            **_COMMAND,
        },
    ),
    "region": Table(
        "a word of a contrast at a horizon, by profile: how often it is found among random assumptions",
        "region",
        {
            **_STUDY,
            **_CONTRAST,
            **_HORIZON,
            **_PROFILE,
            "word": _text("the word"),
            "base": _yes("whether it is the word at the base: the values of the files"),
            **_SHARE_OF,
            "seeds": _whole("seeds of each set"),
            "people": _whole("people of each society"),
            "assumptions": _whole("assumptions that vary"),
            "point": _whole("number of the study's point that is the base"),
            "simulated": _whole("sets simulated in all, those of the search with them"),
            "refused": _whole("sets that an arm does not accept"),
            "margins": _text("the margins that the words are of"),
            **_COMMAND,
            **_OF_REGION,
        },
    ),
    "flips": Table(
        "an assumption alone (change 0), or one of a joint change found (1, 2, ...: the nearest first)",
        "region",
        {
            **_STUDY,
            **_CONTRAST,
            **_HORIZON,
            "change": _whole("0: the assumption alone; 1, 2, ...: number of the joint change"),
            "name": _text("dotted name of the assumption"),
            "low": _number("lower end of its declared range, in its own unit"),
            "high": _number("upper end of its declared range, in its own unit"),
            "base": _number("its value at the base, in its own unit"),
            "word_base": _text("the word at the base"),
            "value": _number("where the word flips, in its own unit"),
            "word": _text("to what it flips; empty: nowhere"),
            "distance": _number("how far from the base, in ranges; of a joint change Euclidean", "ranges"),
            "assumptions": _whole("assumptions that move"),
            "word_low": _text("the word at the lower end"),
            "word_high": _text("the word at the upper end"),
            "holds_from": _number("lowest value simulated up to which the base's word holds without a gap"),
            "holds_to": _number("highest value simulated up to which the base's word holds without a gap"),
            "stops_at_low": _number("where it is first undecided on the way to the lower end"),
            "stops_at_high": _number("where it is first undecided on the way to the upper end"),
            "flips_at_low": _number("where it first has another definite word on the way to the lower end"),
            "flips_at_high": _number("where it first has another definite word on the way to the upper end"),
            "flip_low": _text("the word there, towards the lower end"),
            "flip_high": _text("the word there, towards the upper end"),
            **_OF_REGION,
        },
    ),
    "stretches": Table(
        "a run of values of an assumption with one word, the others at the base",
        "region",
        {
            **_STUDY,
            **_CONTRAST,
            **_HORIZON,
            "name": _text("dotted name of the assumption"),
            "word": _text("the word"),
            "from": _number("first value simulated with this word, in the assumption's own unit"),
            "to": _number("last value simulated with this word, in the assumption's own unit"),
            "places": _whole("values simulated"),
            **_OF_REGION,
        },
    ),
    "splits": Table(
        "a side of the best split of the sample (level 1), or of the best within its less even side (2)",
        "region",
        {
            **_STUDY,
            **_CONTRAST,
            **_HORIZON,
            "level": _whole("1: of the whole sample; 2: within one side of the first"),
            "within": _text("of level 2, the side of the first split: below or above"),
            "name": _text("dotted name of the assumption that splits"),
            "side": _text("below (the cut included) or above"),
            "cut": _number("the value that splits, in the assumption's own unit"),
            "word": _text("the word at the base"),
            **_SHARE_OF,
            "p": _number("how often words shuffled among the sets are parted as well"),
            **_OF_REGION,
        },
    ),
    "events": Table("an act of one run", "run", _LOG, csv=False),
    "people": Table(
        "a person of one run, on the last day",
        "run",
        {
            "person": _short("number of the person"),
            "label": _text("name of the person in the given graph, or the number"),
            "profile": _text("profile"),
            "birthday": _short("day of the year, from 0", "days"),
            "shown_birthday": _short("day of the year that the platform shows; empty: none", "days"),
            "member": _yes("whether the person is on the platform"),
            "minutes": _number("time on the platform", "min/day"),
            "links": _short("links on the platform"),
        },
        csv=False,
    ),
    "ties": Table(
        "a tie of one run, at the first and the last logged day",
        "run",
        {
            "day": _LOG["day"],
            "from": _short("number of one person"),
            "to": _short("number of the other"),
            "kind": _text("how the two know each other"),
            "linked": _yes("whether they are linked on the platform"),
            "closeness_from": _number("what the first feels for the second", "closeness"),
            "closeness_to": _number("what the second feels for the first", "closeness"),
        },
        csv=False,
    ),
    "tie_days": Table(
        "a day of a pair in an arm",
        "tie",
        {
            "pair": _whole("number of the pair"),
            "arm": _text("arm of the study"),
            "day": _short("day since the branch, at its end; -1 is the branch itself", "days"),
            "from": _short("number of one person"),
            "to": _short("number of the other"),
            "closeness_from": _number("what the first feels for the second; empty while they have no tie", "closeness"),
            "closeness_to": _number("what the second feels for the first; empty while they have no tie", "closeness"),
            "linked": _yes("whether they are linked on the platform"),
            "living": _yes("whether the tie is neither ended nor a mere link"),
        },
        csv=False,
    ),
    "tie_acts": Table(
        "an act between the two people of a pair, in an arm",
        "tie",
        {"pair": _whole("number of the pair"), "arm": _text("arm of the study"), **_LOG},
        csv=False,
    ),
}


def in_file(name: str) -> Mapping[str, Column]:
    """The columns of a table as its file has them: a CSV file says in its last ones where it is from."""
    table = TABLES[name]
    if not table.csv:
        return table.columns
    return {key: column for key, column in table.columns.items() if key not in BLOCK} | BLOCK


_NAMES = {pl.String: "string", pl.Boolean: "boolean", pl.Int64: "integer", pl.Int32: "integer", pl.Float64: "number"}


def kind(column: Column) -> str:
    """A column's type in the words of Frictionless Data."""
    return _NAMES[column.type]


def markdown() -> str:
    """docs/columns.md."""
    lines = [
        "# Columns of the tables",
        "",
        "Made from `sim/study/records/columns.py`; a test says how, should the two differ.",
        "What the tables are for: [tables](tables.md).",
    ]
    for name, table in TABLES.items():
        file = name + (".csv" if table.csv else ".parquet")
        lines += ["", f"## {file}", "", f"One row: {table.row}. Made by `sim {table.maker}`.", ""]
        lines += ["| column | type | unit | meaning |", "|---|---|---|---|"]
        lines += [f"| {key} | {kind(one)} | {one.unit} | {one.meaning} |" for key, one in in_file(name).items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(markdown(), end="")
