"""Why a verdict comes out as it does: the study is simulated with every coalition of its mechanisms, which gives their shares.

Choices a reader should know:
- Switches act in both arms: v(S) is the difference between arm and control in a world where only the mechanisms S act.
- Coalitions are the points of a study of their own, so `sweep` simulates them: it goes on after a stop, and runs nothing twice.
- The verdicts of coalitions are those of a primary contrast, even if the contrast is not the primary one of its study.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any

from sim.files import must_take_files
from sim.progress import Progress
from sim.scenario.measures import must_be_measures
from sim.scenario.question import Size, Sizes
from sim.scenario.reading import study_of
from sim.scenario.study import Study, scenario_hash
from sim.society.start import graph_of, study_on
from sim.study.judging import shapley
from sim.study.judging.reference import reference
from sim.study.mechanisms.switches import Game, game
from sim.study.records import json_files, provenance, tables
from sim.study.records.result_folder import ResultFolder
from sim.study.sweep.forecast import Before, Forecast, forecast, of_a_sweep, sensible
from sim.study.sweep.sweeping import Summary, sweep

FOLDER = "why"
"""Folder of the coalitions, within the result folder of the study."""
USUAL_SEEDS = 8
"""Seeds if none are asked for: all coalitions have the same luck, so shares need few seeds."""


@dataclass(frozen=True)
class Asked:
    """The question of `why`: one contrast of a study at one point and one size, and the coalitions that answer it."""

    study: Study  # whose verdict is explained
    game: Game
    point: Mapping[str, Any]
    size: str
    scenario: str  # hash of that study, as in its verdict


def why(
    study: Study | str | PathLike[str],
    folder: Path | str | None = None,
    size: str = "default",
    contrast: str | None = None,
    point: int | None = None,
    seeds: int | None = None,
    measures: Sequence[str] = (),
    jobs: int | None = 1,
    threads: int | None = 1,
    progress: Progress = None,
    *,
    people: int | None = None,
    cluster: str | None = None,
    retry: bool = False,
    before: Before = None,
) -> Summary:
    """Split the difference behind a verdict by mechanism: simulate the study with every combination of its mechanisms on and off.

    Writes the combinations into `folder`/why, which the summary names, and the shares as why.csv into `folder`.

    study : or the path of its file
    folder : of the results; results/STUDY/.work/SIZE if not given
    size : of the study: "quick", "default" or "full"
    contrast : whose verdict; the primary one if not given
    point : number of a point of the design; the one that figures show if not given
    seeds : replicates; the study's, at most 8, if not given
    measures : that are split beside the legs of the verdict
    people : of each replicate; the study's if not given
    jobs, threads, progress, cluster, retry, before : as of `sim.sweep`
    InputError: no such contrast, point or measure, or no mechanism to switch off.
    """
    must_be_measures(measures, "--measure")
    whole = study_of(study)
    folder = provenance.result_folder(whole, size, folder)
    asked = ask(whole, contrast, point, size, seeds, people)
    jobs, threads = sensible(asked.game.study, size, jobs, threads, cluster=cluster)
    if before is not None:
        before(of_a_sweep(asked.game.study, folder / FOLDER, size, jobs, cluster is not None))
    return answer(asked, folder, measures, jobs, threads, progress, people=people, cluster=cluster, retry=retry)


def forecast_why(
    study: Study | str | PathLike[str],
    folder: Path | str | None = None,
    size: str = "default",
    contrast: str | None = None,
    point: int | None = None,
    seeds: int | None = None,
    measures: Sequence[str] = (),
    jobs: int | None = 1,
    *,
    people: int | None = None,
) -> Forecast:
    """What `sim.why` would do and take. Runs and writes nothing.

    study, folder, size, contrast, point, seeds, measures, jobs, people : as of `sim.why`, and so are the errors
    """
    must_be_measures(measures, "--measure")
    whole = study_of(study)
    asked = ask(whole, contrast, point, size, seeds, people)
    within = provenance.result_folder(whole, size, folder) / FOLDER
    remark = f"every coalition of {len(asked.game.players)} mechanisms, each a point"
    return replace(forecast(asked.game.study, within, size, jobs), remark=remark)


def ask(study: Study, contrast: str | None = None, point: int | None = None, size: str = "default",
        seeds: int | None = None, people: int | None = None) -> Asked:  # fmt: skip
    """The question of `why` from its options. Nothing is run.

    contrast : the primary one if not given; point : number of a point of the design, the reference point if not given
    seeds : those of the study, but at most USUAL_SEEDS, if not given; people : those of the study if not given
    """
    sized = at_size(study, size, seeds).scaled(people)
    numbered = point_of(study, point)
    values = {name: value for name, value in numbered.items() if name != "point"}
    whole = study_on(study.at(size), graph_of(study))
    return Asked(study, game(sized, contrast, values), numbered, size, scenario_hash(whole))


def at_size(study: Study, size: str, seeds: int | None) -> Study:
    """The study at a size, with these seeds. Asked for that size again, it does not change."""
    sized = study.at(size)
    sized = sized.scaled(seeds=min(sized.seeds, USUAL_SEEDS) if seeds is None else seeds)
    without_changes = Sizes() if size == "default" else Sizes.model_validate({size: Size()})
    return sized.model_copy(update={"sizes": without_changes})


def point_of(study: Study, number: int | None) -> dict[str, Any]:
    """A point of the design with its number: the reference point if none is given."""
    if number is None:
        return reference(study.about_design(), [{"point": k} | point for k, point in enumerate(study.points())])
    return {"point": number} | study.point(number, "--point")


def answer(
    asked: Asked,
    folder: Path,
    measures: Sequence[str] = (),
    jobs: int = 1,
    threads: int = 1,
    progress: Progress = None,
    *,
    people: int | None = None,
    cluster: str | None = None,
    retry: bool = False,
) -> Summary:
    """Simulate the missing coalitions into `folder`/why, and write the table `why` into `folder`.

    measures : that are split beside the legs of the verdict; people : what was asked for, which the table's command names
    jobs, threads, progress, cluster, retry : as of `sweep`
    """
    study, coalitions = asked.game.study, must_take_files(folder) / FOLDER
    if measures:  # a measure that does not exist is refused after one unit, not after all
        first = study.model_copy(update={"listed": study.listed[:1]}).scaled(seeds=1)
        sweep(first, coalitions, asked.size, threads=threads, progress=False, cluster=cluster)
        shapley.coalition_values(ResultFolder(coalitions), about(asked), measures)
    summary = sweep(study, coalitions, asked.size, jobs, threads, progress, cluster=cluster, retry=retry)
    json_files.write(coalitions, shapley.ABOUT, about(asked))
    again = provenance.again(
        asked.study, "why", asked.size, contrast=asked.game.contrast, point=asked.point["point"], seeds=study.seeds,
        people=people, measure=list(measures), **provenance.result_options(asked.study, asked.size, folder),
    )  # fmt: skip
    record = json_files.read(coalitions, json_files.STUDY)
    digest = str(shapley.made_of(coalitions))
    made = provenance.of(record | {"scenario": asked.scenario}, range(1, study.seeds + 1), digest=digest)
    tables.write(folder, "why", shapley.split(coalitions, measures, again), made)
    return summary


def about(asked: Asked) -> dict[str, Any]:
    """coalitions.json: what the points of the folder of coalitions are."""
    study, contrast, players, left_out = asked.game
    return {
        "study": study.name,
        "contrast": contrast,
        "arm": study.primary.arm,
        "control": study.primary.control,
        "point": dict(asked.point),
        "mechanisms": [{"name": name, "neutral": dict(neutral)} for name, neutral in players.items()],
        "left_out": list(left_out),
        "declared": bool(study.mechanisms),
    }
