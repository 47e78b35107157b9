"""Why a verdict comes out as it does: a study lived with every coalition of its mechanisms, and the shares of each.

Choices a reader should know:
- Switches act in both arms: v(S) is what the arm differs from its control by in a world where only the mechanisms S are at work.
- Coalitions are the points of a study of its own, so `sweep` lives them: it resumes, and what does not change is lived once.
- The words of coalitions are those of a primary contrast, whatever the contrast is to its study.
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
"""Of the coalitions, within a study's result folder."""
USUAL_SEEDS = 8
"""Seeds that are lived unasked: with the same luck in all coalitions, shares need few."""


@dataclass(frozen=True)
class Asked:
    """A question why: the coalitions of one contrast at one point of a study, at a size."""

    study: Study  # that is asked about
    game: Game
    point: Mapping[str, Any]
    size: str
    scenario: str  # hash of the study that is asked about, as in its verdict


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
    jobs, threads, progress, cluster, retry, before : as of `sim.sweep`
    InputError: no such contrast, point or measure, or no mechanism to switch off.
    """
    must_be_measures(measures, "--measure")
    whole = study_of(study)
    folder = provenance.result_folder(whole, size, folder)
    asked = ask(whole, contrast, point, size, seeds)
    jobs, threads = sensible(asked.game.study, size, jobs, threads, cluster=cluster)
    if before is not None:
        before(of_a_sweep(asked.game.study, folder / FOLDER, size, jobs, cluster is not None))
    return answer(asked, folder, measures, jobs, threads, progress, cluster=cluster, retry=retry)


def forecast_why(
    study: Study | str | PathLike[str],
    folder: Path | str | None = None,
    size: str = "default",
    contrast: str | None = None,
    point: int | None = None,
    seeds: int | None = None,
    jobs: int | None = 1,
) -> Forecast:
    """What `sim.why` would do and take. Runs and writes nothing.

    study, folder, size, contrast, point, seeds, jobs : as of `sim.why`, and so are the errors
    """
    whole = study_of(study)
    asked = ask(whole, contrast, point, size, seeds)
    within = provenance.result_folder(whole, size, folder) / FOLDER
    remark = f"every coalition of {len(asked.game.players)} mechanisms, each a point"
    return replace(forecast(asked.game.study, within, size, jobs), remark=remark)


def ask(study: Study, contrast: str | None = None, point: int | None = None, size: str = "default",
        seeds: int | None = None) -> Asked:  # fmt: skip
    """The coalitions that tell why. Nothing is run.

    contrast : the primary one if not given; point : number of a point of the design, the reference point if not given
    seeds : at most USUAL_SEEDS of the study's if not given
    """
    sized = at_size(study, size, seeds)
    at = point_of(study, point)
    values = {name: value for name, value in at.items() if name != "point"}
    whole = study_on(study.at(size), graph_of(study))
    return Asked(study, game(sized, contrast, values), at, size, scenario_hash(whole))


def at_size(study: Study, size: str, seeds: int | None) -> Study:
    """The study at a size, with these seeds; asked for that size again it stays so."""
    sized = study.at(size)
    sized = sized.scaled(seeds=min(sized.seeds, USUAL_SEEDS) if seeds is None else seeds)
    settled = Sizes() if size == "default" else Sizes.model_validate({size: Size()})
    return sized.model_copy(update={"sizes": settled})


def point_of(study: Study, number: int | None) -> dict[str, Any]:
    """A point of the design, with its number."""
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
    cluster: str | None = None,
    retry: bool = False,
) -> Summary:
    """Live the coalitions that are missing, in `folder`/why, and write the table `why` of `folder`.

    measures : beside the legs of the verdict; the others : as of `sweep`
    """
    study, lived = asked.game.study, must_take_files(folder) / FOLDER
    if measures:  # a name that nothing is measured of is refused after one unit, not after all
        first = study.model_copy(update={"listed": study.listed[:1]}).scaled(seeds=1)
        sweep(first, lived, asked.size, threads=threads, progress=False, cluster=cluster)
        shapley.coalition_values(ResultFolder(lived), about(asked), measures)
    summary = sweep(study, lived, asked.size, jobs, threads, progress, cluster=cluster, retry=retry)
    json_files.write(lived, shapley.ABOUT, about(asked))
    again = provenance.again(
        asked.study, "why", asked.size, contrast=asked.game.contrast, point=asked.point["point"], seeds=study.seeds,
        measure=list(measures), **provenance.result_options(asked.study, asked.size, folder),
    )  # fmt: skip
    said = json_files.read(lived, json_files.STUDY)
    made = provenance.of(said | {"scenario": asked.scenario}, range(1, study.seeds + 1), digest=str(shapley.made_of(lived)))
    tables.write(folder, "why", shapley.split(lived, measures, again), made)
    return summary


def about(asked: Asked) -> dict[str, Any]:
    """What the folder of coalitions has to say of its points."""
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
