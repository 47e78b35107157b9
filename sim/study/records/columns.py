"""Declares every result table: what a row is, and the type, meaning and unit of each column.

Tables are checked against these declarations when they are written and read. docs/columns.md and the `datapackage.json` of
published tables are made from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import polars as pl

from sim.channels import CHANNELS

FORMAT = 2
"""Version of the layout. It grows when a column changes its name, its type or its meaning."""


class Column(NamedTuple):
    """One column: its type in memory, what it means, and its unit ("" without one).

    older : the text that it has in a CSV file of an older version, which lacks it, and "" no number; None: such a file is refused
    """

    type: Any
    meaning: str
    unit: str = ""
    older: str | None = None


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


_STUDY = {"study": _text("name of the study: the name of its file without .toml")}
_POINT = {"point": _whole("number of the combination in the study's design, from 0")}
_CONTRAST = {"contrast": _text("name of the contrast: an arm and its control")}
_HORIZON = {"horizon": _whole("day since the branch; means are over the 365 days before this day", "days")}
_PROFILE = {"profile": _text("profile of the people measured; all: everybody")}
_GROUP = {"profile": _text("group whose verdict it is, a profile or a label; all: everybody")._replace(older="all")}
_CLASS = {"tie_class": _text("class of the ties measured, as each side sees them; all: every tie")}
_MEASURE = {"measure": _text("name of the measure"), "unit": _text("unit of the measure")}
_CELL = _PROFILE | _CLASS | _MEASURE
_LOG = {
    "day": _short("day since the branch, from 0", "days"),
    "from": _short("number of the person who acts"),
    "to": _short("number of the person who is met or reached"),
    "channel": _text(f"{', '.join(CHANNELS[:-1])} or {CHANNELS[-1]}"),
    "prompted": _yes("whether a prompt of the platform caused the act"),
    "content": _text("content of the act: birthday, nonbirthday or empty"),
}
_SHARE_OF = {
    "share": _number("share of the random combinations with this verdict", "share"),
    "low95": _number("lower end of the share's 95 % interval (Wilson)", "share"),
    "high95": _number("upper end of the share's 95 % interval (Wilson)", "share"),
    "times": _whole("number of random combinations with this verdict"),
    "points": _whole("number of random combinations"),
}

BLOCK = {
    "format": _whole("version of the layout of this table"),
    "hash": _text("digest of every value that shaped the study's runs"),
    "version": _text("version of the program and its rules that simulated the runs"),
    "seed_numbers": _text("seeds of the replicates behind the row, such as 1-20"),
    "digest": _text("digests of its sources (runs, study, margins, seal, rules, region), then of the rows"),
}
"""The last columns of every CSV table: its provenance."""

_COMMAND = {"command": _text("command that makes the table again, in the project's folder or the study's; empty: none does")}
_OF_CELL = {
    "profile": _text("profile of everybody in the cell"),
    "platform": _text("platform of the cell"),
    "way": _text("measured: as the files say; otherwise the name of a way of [cross.ways]"),
}
_ASSUMED = {
    "assumed": _whole("number of the next ones that are assumed"),
    "numbers": _whole("number of numbers in the files of society, profiles and platforms that reach a run of these arms"),
}
_OF_REGION = {name: column for name, column in BLOCK.items() if name != "format"}

TABLES: Mapping[str, Table] = {
    "runs": Table(
        "a run: one arm of one replicate at one combination",
        "sweep",
        {
            "run_id": _text("name of the run, 16 digits"),
            **_STUDY,
            "arm": _text("arm of the study, or placebo, placebo:CONTROL or placebo-all"),
            **_POINT,
            "seed": _whole("seed: the number of the replicate"),
            # every varied value stands here as a column of its own
            "people": _whole("number of people"),
            "ties": _whole("number of ties at the end"),
            "years": _number("years simulated after the branch", "years"),
            "size": _text("size of the study: quick, default or full"),
            "status": _text("done or failed"),
            "error": _text("why the run failed"),
            "started": _text("when the run began, ISO 8601"),
            "wall_s": _number("computing time of the run", "s"),
            "peak_mb": _number("highest memory use of its process", "MB"),
            "version": _text("version of the program and its rules"),
            "scenario_hash": _text("digest of every value that shaped the run, without the seed"),
            "machine": _text("machine that simulated the run"),
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
            "n": _whole("number of people, pairs or ties that the value is a mean over"),
            "value": _number("value of the measure, in the unit of the column unit"),
        },
        csv=False,
    ),
    "pairs": Table(
        "a distance between arm and control in one replicate",
        "sweep",
        {
            **_STUDY,
            **_POINT,
            "seed": _whole("seed: the number of the replicate"),
            **_CONTRAST,
            "day": _HORIZON["horizon"],
            **_CELL,
            "value": _number("distance between arm and control, in the unit of the column unit"),
            "floor": _number("distance between the placebo and its control"),
        },
        csv=False,
    ),
    "contrasts": Table(
        "a contrast at a combination and horizon, by profile, tie class and measure",
        "compare",
        {
            **_STUDY,
            **_POINT,
            **_CONTRAST,
            **_HORIZON,
            **_CELL,
            "control": _number("mean of the control over replicates, in the unit of the column unit"),
            "difference": _number("arm minus control, mean over replicates, in the unit of the column unit"),
            "low90": _number("lower end of the 90 % interval of the difference"),
            "high90": _number("upper end of the 90 % interval of the difference"),
            "low95": _number("lower end of the 95 % interval of the difference"),
            "high95": _number("upper end of the 95 % interval of the difference"),
            "p": _number("p value of the paired t test, two-sided"),
            "p_holm": _number("p value after Holm's correction over the study's contrasts"),
            "seeds": _whole("number of replicates with a value in both arms"),
            "floor": _number("distance between the placebo and its control, mean over replicates"),
            "se": _number("standard error of the difference"),
            "relative": _number("difference as a share of the control", "share"),
            "reshuffled": _number("distance between placebo-all and its control, mean over replicates; never subtracted"),
            "left_out": _whole("number of replicates with a value in one arm only"),
        },
    ),
    "verdict": Table(
        "a contrast at a combination and horizon, by profile",
        "compare",
        {
            **_STUDY,
            **_POINT,
            **_CONTRAST,
            **_HORIZON,
            **_PROFILE,
            "primary": _yes("whether this is the primary contrast, for which the study was planned"),
            "verdict": _text("thinned, weakened, hollowed, transformed, enriched, inert, undecided, not applicable or too early"),
            "why": _text("the legs that decide the verdict, as a sentence"),
            "reasons": _text("the same as codes, such as support=lost; core=lost real=lost"),
            "margin": _number("declared margin of support", "share"),
            "tipping_margin": _number("nearest margin of support at which the verdict changes; empty: none", "share"),
            "region_share": _number("share of combinations with this verdict, in region.csv or else in the design", "share"),
            "seeds_planned": _whole("number of replicates that the study asks for"),
            "seeds_used": _whole("number of replicates with every leg measured in both arms"),
            "seeds_needed": _whole("number of replicates that would decide it; empty: decided already, or not by 10,000"),
            "assumed_share": _number("share of the numbers that reach the contrast that are assumed", "share"),
            "plain_sum": _text("the verdict if the plain sum of closeness replaced support"),
            "without_online": _text("the verdict if ties that began online did not count; empty: not measured, or no verdict"),
            "label": _text("given this graph: the study declares its own starting graph; otherwise empty"),
            "seal": _text("whether the study was sealed before running and is unchanged; empty without a seal"),
        },
    ),
    "indices": Table(
        "an index of a varied parameter, at a horizon and for a measure, of a Sobol or Morris design",
        "sensitivity",
        {
            **_STUDY,
            "design": _text("sobol or morris"),
            "contrast": _text("contrast whose paired difference is explained; or empty"),
            "arm": _text("arm whose own value is explained; or empty"),
            **_HORIZON,
            **_CELL,
            "kind": _text("S1, ST or S2 (shares of variance); mu_star, sigma or mu (in the measure's unit)"),
            "name": _text("dotted name of the parameter"),
            "other": _text("the second parameter of a pair"),
            "value": _number("value of the index"),
            "low95": _number("lower end of its 95 % interval"),
            "high95": _number("upper end of its 95 % interval"),
            "samples": _whole("number of samples or trajectories"),
            "seeds": _whole("number of replicates"),
            "left_out": _whole("number of incomplete samples or trajectories, left out"),
            **_COMMAND,
        },
    ),
    "precision": Table(
        "the precision of the difference of a leg or measure, of a contrast at a combination and horizon",
        "precision",
        {
            **_STUDY,
            **_POINT,
            **_CONTRAST,
            **_HORIZON,
            **_GROUP,
            "measure": _text("name of the measure"),
            "scale": _text("unit of the next columns: share of control, or that of a distance; variances: its square"),
            "within": _number("wanted half-width of the 95 % interval"),
            "seeds": _whole("number of replicates with a value in both arms"),
            "half95": _number("present half-width of the 95 % interval"),
            "variance": _number("variance of the paired difference over replicates"),
            "variance_arm": _number("variance of the arm over replicates; none for a distance"),
            "variance_control": _number("variance of the control over replicates; none for a distance"),
            "saved": _number("variance with different seeds in both arms over that in pairs; inf: pairs do not vary"),
            "saved_low": _number("lower end of the 95 % interval of saved"),
            "saved_high": _number("upper end of the 95 % interval of saved"),
            "needed": _whole("number of paired replicates for the wanted half-width"),
            "needed_low": _whole("the same, at the lower end of the 95 % interval of the variance"),
            "needed_high": _whole("the same, at the upper end of the 95 % interval of the variance"),
            "needed_independent": _whole("number of replicates of each arm, if arm and control had different seeds"),
            **_COMMAND,
        },
    ),
    "why": Table(
        "a mechanism's share of a leg at a horizon; also rest (all mechanisms off) and all (the contrast itself)",
        "why",
        {
            **_STUDY,
            **_POINT,
            **_CONTRAST,
            **_HORIZON,
            **_GROUP,
            **_MEASURE,
            "mechanism": _text("name of the mechanism, or rest or all"),
            "share": _number("Shapley share, mean over replicates; mechanisms and rest add up to all"),
            "low95": _number("lower end of its 95 % interval"),
            "high95": _number("upper end of its 95 % interval"),
            "alone": _number("change when it is switched on and all others are off; of all: all switched on"),
            "without": _number("change that is lost when it alone is switched off; of all: all switched off"),
            "word_alone": _text("verdict when it alone is on; of all: with all on"),
            "word_without": _text("verdict when it alone is off; of all: with all off"),
            "control": _number("mean of the control with all mechanisms on"),
            "people": _whole("number of people in a run; empty: an older version made it")._replace(older=""),
            "seeds": _whole("number of replicates"),
            **_COMMAND,
        },
    ),
    "split": Table(
        "a habit's share of the difference between two cultures' effects of a platform; also all (the difference itself)",
        "split",
        {
            **_STUDY,
            "platform": _text("name of the platform"),
            "first": _text("the culture whose habits are replaced"),
            "second": _text("the culture whose habits replace them"),
            "reference": _text("the culture whose control is the unit"),
            **_HORIZON,
            "measure": _text("name of the measure"),
            "habit": _text("minutes, links, volume, division, content, mobility or attention; all: the difference itself"),
            "share": _number("Shapley share, mean over replicates; the seven add up to all", "share of the reference's control"),
            "low95": _number("lower end of its 95 % interval", "share of the reference's control"),
            "high95": _number("upper end of its 95 % interval", "share of the reference's control"),
            "effect_first": _number("effect with all habits of the first: arm minus control", "share of the reference's control"),
            "effect_second": _number("the same with all habits of the second", "share of the reference's control"),
            "changed": _yes("whether the numbers of the habit differ and reach a run; if not, its share is 0 without a run"),
            **_ASSUMED,
            "people": _whole("number of people in a run"),
            "seeds": _whole("number of replicates"),
            **_COMMAND,
            **_OF_REGION,
        },
    ),
    "ranges": Table(
        "the effect of a platform when the numbers of a profile are drawn from their ranges",
        "ranges",
        {
            **_STUDY,
            **_CONTRAST,
            "profile": _text("name of the profile; all: of several, whose numbers are all drawn"),
            "platform": _text("name of the platform of the arm at the branch"),
            "way": _text("how numbers of profiles are set for the comparison; measured: not at all"),
            **_HORIZON,
            "measure": _text("name of the measure"),
            "draw": _whole("number of the draw, from 0; -1: the values of the files"),
            "seed": _whole("number of the replicate"),
            "effect": _number("difference between arm and control", "share of the control's mean over replicates of the draw"),
            "people": _whole("number of people in a run"),
            **_COMMAND,
            **_OF_REGION,
        },
    ),
    "region": Table(
        "a possible verdict of a contrast at a horizon, by profile: how often random combinations have it",
        "region",
        {
            **_STUDY,
            **_CONTRAST,
            **_HORIZON,
            **_PROFILE,
            "word": _text("the verdict"),
            "base": _yes("whether it is the verdict at the base, the values of the files"),
            **_SHARE_OF,
            "seeds": _whole("number of replicates of each combination"),
            "people": _whole("number of people in a run"),
            "assumptions": _whole("number of parameters that vary"),
            "point": _whole("number of the study's combination that is the base"),
            "simulated": _whole("number of combinations simulated, with those of the search"),
            "refused": _whole("number of combinations that an arm refused"),
            "margins": _text("margins behind the verdicts"),
            **_COMMAND,
            **_OF_REGION,
        },
    ),
    "flips": Table(
        "a parameter changed alone (change 0), or one parameter of a joint change (1, 2, ...: the nearest first)",
        "region",
        {
            **_STUDY,
            **_CONTRAST,
            **_HORIZON,
            **_GROUP,
            "change": _whole("0: the parameter alone; 1, 2, ...: number of the joint change"),
            "name": _text("dotted name of the parameter"),
            "low": _number("lower end of its declared range, in its unit"),
            "high": _number("upper end of its declared range, in its unit"),
            "base": _number("its value at the base, in its unit"),
            "word_base": _text("verdict at the base"),
            "value": _number("value at which the verdict flips, in its unit"),
            "word": _text("verdict after the flip; empty: no flip"),
            "distance": _number("distance from the base in ranges; of a joint change Euclidean", "ranges"),
            "assumptions": _whole("number of parameters that change"),
            "word_low": _text("verdict at the lower end"),
            "word_high": _text("verdict at the upper end"),
            "holds_from": _number("lowest simulated value down to which the verdict of the base holds without a gap"),
            "holds_to": _number("highest simulated value up to which the verdict of the base holds without a gap"),
            "stops_at_low": _number("first undecided value on the way to the lower end"),
            "stops_at_high": _number("first undecided value on the way to the upper end"),
            "flips_at_low": _number("first value with another definite verdict on the way to the lower end"),
            "flips_at_high": _number("first value with another definite verdict on the way to the upper end"),
            "flip_low": _text("verdict at flips_at_low"),
            "flip_high": _text("verdict at flips_at_high"),
            **_OF_REGION,
        },
    ),
    "stretches": Table(
        "a stretch of values of one parameter with the same verdict; all other parameters are at the base",
        "region",
        {
            **_STUDY,
            **_CONTRAST,
            **_HORIZON,
            **_GROUP,
            "name": _text("dotted name of the parameter"),
            "word": _text("the verdict"),
            "from": _number("first simulated value with this verdict, in the parameter's unit"),
            "to": _number("last simulated value with this verdict, in the parameter's unit"),
            "places": _whole("number of values simulated"),
            **_OF_REGION,
        },
    ),
    "splits": Table(
        "a side of the best split of the random sample (level 1), or of the best split within its more mixed side (level 2)",
        "region",
        {
            **_STUDY,
            **_CONTRAST,
            **_HORIZON,
            **_GROUP,
            "level": _whole("1: split of the whole sample; 2: split within one side of the first"),
            "within": _text("for level 2, the side of the first split: below or above"),
            "name": _text("dotted name of the parameter that splits"),
            "side": _text("below (including the cut) or above"),
            "cut": _number("value of the parameter at the split, in its unit"),
            "word": _text("verdict at the base"),
            **_SHARE_OF,
            "p": _number("p value: how often a split is as good after shuffling the verdicts among the combinations"),
            **_OF_REGION,
        },
    ),
    "effects": Table(
        "an effect of a platform: a cell of a cross (a profile on a platform, in a way), a horizon and a measure",
        "profiles",
        {
            **_STUDY,
            **_CONTRAST,
            **_OF_CELL,
            "primary": _yes("whether this is the primary cell, for which the study was planned"),
            **_HORIZON,
            "measure": _text("S_all, core, real_hours or strong"),
            "effect": _number("cell minus its control, as a share of the control: mean over replicates", "share"),
            "low95": _number("lower end of the 95 % interval of the effect", "share"),
            "high95": _number("upper end of the 95 % interval of the effect", "share"),
            "se": _number("standard error of the effect", "share"),
            "seeds": _whole("number of replicates with a value in the cell and in its control"),
            "word": _text("verdict of the cell, of all legs together"),
            "reasons": _text("the reasons of the verdict as codes"),
            "margin": _number("smallest change of the measure that counts", "share"),
            **_ASSUMED,
            "low_ranges": _number("5 % of the effects of the draws in ranges.csv; empty: no draws", "share"),
            "high_ranges": _number("95 % of the effects of the draws in ranges.csv", "share"),
            "sign_share": _number("share of the draws whose effect has the sign of `effect`", "share"),
            "draws": _whole("number of draws of the cell in ranges.csv"),
            "ranges_horizon": _whole("horizon of these draws; empty: no draws", "days"),
            "ranges_people": _whole("number of people in a run of these draws; empty: no draws"),
            "reference": _text("profile that the next columns compare with, on the same platform in the same way"),
            "difference": _number("effect minus that of the reference, paired by seed; empty for the reference itself", "share"),
            "difference_low95": _number("lower end of the 95 % interval of the difference", "share"),
            "difference_high95": _number("upper end of the 95 % interval of the difference", "share"),
            "difference_sign_share": _number("share of the draws whose difference has the sign of `difference`", "share"),
            "people": _whole("number of people in a run"),
            "contents_idle": _yes("whether the study lets the contents of posts change nothing"),
            **_COMMAND,
        },
    ),
    "parts": Table(
        "a part of the differences among the effects of a cross: culture, platform or both together, in a way",
        "profiles",
        {
            **_STUDY,
            **_HORIZON,
            "measure": _text("S_all, core, real_hours or strong"),
            "way": _OF_CELL["way"],
            "draw": _text("files: the values of the files; ranges: values drawn within their ranges, by ranges.csv"),
            "part": _text("culture, platform or both"),
            "share": _number("share of the sum of squares, without the noise of seeds; ranges: mean over draws", "share"),
            "low": _number("files: lower end of its 95 % interval, from effects drawn within their noise; ranges: 5 % of draws"),
            "high": _number("files: upper end of that interval; ranges: 95 % of draws"),
            "lead": _number("ranges: share of draws in which this part is the largest; empty for files", "share"),
            "profiles": _whole("number of profiles"),
            "platforms": _whole("number of platforms, without none"),
            "seeds": _whole("number of replicates, of each draw for ranges"),
            "draws": _whole("number of draws; empty for files"),
            **_COMMAND,
        },
    ),
    "habits": Table(
        "a habit of people of a profile on a platform: what numbers intend, and what people do",
        "habits",
        {
            "study": _text("name of the society's file without .toml"),
            "profile": _text("profile of everybody"),
            "platform": _text("name of the platform"),
            "habit": _text("minutes, links, overlap, mutual, posts, written, private or passing"),
            "unit": _text("unit of the habit"),
            "intended": _number("what the numbers of profile and platform say; empty where people choose it themselves"),
            "simulated": _number("what members do after a year, mean over replicates: a mean over members or a share"),
            "ratio": _number("simulated over intended; empty where nothing is intended"),
            "reasons": _text("codes of the reasons why simulated is off by more than 10 %, the largest first; empty: it is not"),
            "note": _text("the same as a sentence; in brackets what each adds, in % of what is intended"),
            "people": _whole("number of people of each replicate"),
            "seeds": _whole("number of replicates"),
            **_COMMAND,
        },
    ),
    "events": Table("an act of one run", "run", _LOG, csv=False),
    "people": Table(
        "a person of one run, on the last day",
        "run",
        {
            "person": _short("number of the person"),
            "label": _text("name of the person in the starting graph, or the number"),
            "profile": _text("profile of the person"),
            "birthday": _short("day of the year, from 0", "days"),
            "shown_birthday": _short("birthday that the platform shows; empty: none", "days"),
            "member": _yes("whether the person is on the platform"),
            "minutes": _number("time spent on the platform", "min/day"),
            "links": _short("number of links on the platform"),
        },
        csv=False,
    ),
    "ties": Table(
        "a tie of one run, on the first or the last logged day",
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
            "living": _yes("whether the tie has not ended and is more than a link"),
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
    """The columns of a table's file. The last ones of a CSV file are its provenance."""
    table = TABLES[name]
    if not table.csv:
        return table.columns
    return {key: column for key, column in table.columns.items() if key not in BLOCK} | BLOCK


_NAMES = {pl.String: "string", pl.Boolean: "boolean", pl.Int64: "integer", pl.Int32: "integer", pl.Float64: "number"}


def kind(column: Column) -> str:
    """The name of a column's type in Frictionless Data."""
    return _NAMES[column.type]


def markdown() -> str:
    """The text of docs/columns.md."""
    lines = [
        "# Columns of the tables",
        "",
        "Made from `sim/study/records/columns.py`; a test fails if the two differ and names the command.",
        "What the tables are for: [tables](tables.md).",
    ]
    for name, table in TABLES.items():
        file = name + (".csv" if table.csv else ".parquet")
        lines += ["", f"## {file}", "", f"One row: {table.row}. Made by `sim {table.maker}`.", ""]
        lines += ["| column | type | unit | meaning |", "|---|---|---|---|"]
        lines += [f"| {key} | {kind(column)} | {column.unit} | {column.meaning} |" for key, column in in_file(name).items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(markdown(), end="")
