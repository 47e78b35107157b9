"""A seal fixes a question before it is run; whatever changes afterwards is said beside the verdict."""

import json
import re
import shutil
from pathlib import Path

import polars as pl
import pytest
from records import fit
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import InputError
from sim.figures.drawing import draw
from sim.scenario.reading import load
from sim.sources import covered_modules
from sim.study.judging.contrast import compare
from sim.study.records import json_files, seal, tables
from sim.study.sweep import sealing, sweeping

BEFORE, AFTER = "2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"


def sim(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """Every test works in an empty folder."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def asked(a_study):
    """30 people, a year of growing, a year after it, one seed: the file of a study and of all that it names."""
    return Path(a_study(name="sealed", people=30, burn_in='"1y"', seeds=1, sizes="{ quick = { people = 20 } }").file)


@pytest.fixture
def study(asked, tmp_path):
    """The same in a folder of its own, to be sealed and changed."""
    shutil.copytree(asked.parent, tmp_path / "files")
    return load(Path("files", asked.name))


@pytest.fixture(scope="module")
def simulated(asked, tmp_path_factory):
    """The tables of an undisturbed sweep."""
    folder = tmp_path_factory.mktemp("simulated")
    sweeping.sweep(load(asked), folder)
    return folder


@pytest.fixture
def swept(study, simulated):
    """Sweep the study again, after all runs: what was run is not run again."""
    folder = Path("results", study.name, ".work", "default")

    def sweep(changed=study):
        if not folder.exists():
            shutil.copytree(simulated, folder)
        assert sweeping.sweep(changed, folder).ran == 0
        return folder

    return sweep


def sealed_at(study, when, again=False):
    """Seal, and put another time into the file: a run may have begun within this very second."""
    made, file = sealing.seal_study(study, again)
    file.write_text(file.read_text().replace(made.sealed_at, when))
    return made


def edited(study, old, new):
    """The study after its file, or one it names, was edited."""
    for file in (Path(study.file), Path(study.file).with_name("society.toml")):
        text = file.read_text()
        if old in text:
            file.write_text(text.replace(old, new, 1))
            return load(study.file)
    raise LookupError(old)


def said(folder):
    """What the verdict's table says of the seal."""
    (word,) = compare(folder).verdicts["seal"].unique()
    assert tables.read(folder, "verdict")["seal"].unique().to_list() == [word]
    return word


# --- a seal -------------------------------------------------------------------------------------------------------------


def test_the_command_prints_one_hash_and_writes_what_is_sealed_in_plain_text(study):
    result = sim("seal", study.file)
    assert result.exit_code == 0, result.output
    file = json.loads(Path("files/sealed.seal.json").read_text())
    assert result.stdout == file["hash"] + "\n"
    assert re.fullmatch("[0-9a-f]{64}", file["hash"])
    assert file["question"] == "Does it?"
    assert file["primary"] == "prompt: wall against no-prompt"
    assert file["margins"]["support"] == 0.05
    assert set(file["parts"]["scenario"]) == {"default", "quick"}
    assert "commit or publish it" in result.stderr


def test_the_same_study_has_the_same_hash_at_any_time(study):
    first, file = sealing.seal_study(study)
    file.unlink()
    assert sealing.seal_study(load(study.file))[0].hash == first.hash


def test_a_seal_is_not_replaced_by_mistake_and_never_forgotten(study):
    first = sealed_at(study, BEFORE)
    refused = sim("seal", study.file)
    assert refused.exit_code == 2
    assert f"sealed already, at {BEFORE} ({first.hash[:12]})" in refused.stderr
    assert "--again" in refused.stderr
    study = edited(study, "support = { value = 0.05", "support = { value = 0.1")
    assert sim("seal", study.file, "--again").exit_code == 0
    again = seal.read(study)
    assert again.hash != first.hash
    assert [(each.sealed_at, each.hash) for each in again.history] == [(BEFORE, first.hash)]
    assert sim("seal", study.file, "--again").exit_code == 0
    assert [each.hash for each in seal.read(study).history] == [first.hash, again.hash]


def test_every_size_and_every_part_has_a_hash_of_its_own(study):
    def parts(one):
        return sealing.parts_of(one).model_dump()

    whole = parts(study)
    changes = {
        "question": ('question = "Does it?"', 'question = "Did it?"'),
        "margins": ("real = { value = 0.05", "real = { value = 0.06"),
        "scenario": ('set = { "prompts.birthday" = false }', 'set = { "prompts.slope" = 0.0 }'),
    }
    for part, (old, new) in changes.items():
        other = parts(edited(study, old, new))
        edited(study, new, old)
        assert [name for name in whole if other[name] != whole[name]] == [part]
    assert whole["scenario"]["quick"] != whole["scenario"]["default"]
    assert parts(study.scaled(seeds=2))["scenario"]["default"] != whole["scenario"]["default"]
    assert seal.scenario(study, "a graph") != seal.scenario(study, "")


def test_reasons_are_not_sealed(study):
    first = sealing.parts_of(study)
    assert sealing.parts_of(edited(study, 'why = "a test"', 'why = "another reason"')) == first


@pytest.mark.parametrize(
    "old, new",
    [
        ("substitution = { value = 0.3", "substitution = { value = 0.4"),  # a value of the society
        ('horizons = ["1y"]', 'horizons = ["2y"]'),
        ('burn_in = "1y"', 'burn_in = "2y"'),
        ("[[contrasts]]", '[vary]\n"prompts.slope" = [0.0, 1.0]\n[[contrasts]]'),
    ],
)
def test_whatever_shapes_the_runs_is_part_of_the_scenario(study, old, new):
    one, other = sealing.parts_of(study), sealing.parts_of(edited(study, old, new))
    assert one.scenario["default"] != other.scenario["default"]
    assert one.question == other.question


def test_a_seal_after_runs_says_how_many(study, swept):
    runs = tables.read(swept(), "runs")
    result = sim("seal", study.file)
    assert f"sealed after {runs.height} runs" in result.stderr
    assert seal.read(study).runs == runs.height == 5


@pytest.mark.parametrize(
    "old, new, why",
    [
        ('"question": "Does it?"', '"question": "Did it?"', "changed by hand: question"),
        ('"core": 0.05', '"core": 0.5', "changed by hand: margins"),
        ('"hash": "', '"hash": "0', "changed by hand: hash"),
        ('"hash"', '"hush"', "hash"),
        ('"format": 1', '"format": 2', "format"),
        ("{", "", "not JSON, or damaged"),
        ('"study": "sealed"', '"study": "other"', "the seal of 'other'"),
    ],
)
def test_a_damaged_or_foreign_seal_is_refused_before_anything_is_run(study, monkeypatch, old, new, why):
    _, file = sealing.seal_study(study)
    file.write_text(file.read_text().replace(old, new, 1))
    monkeypatch.setattr(sweeping, "workers_for", lambda *_: pytest.fail("it ran"))
    for command in (("sweep", study.file), ("seal", study.file, "--again")):
        result = sim(*command)
        assert result.exit_code == 2, result.output
        assert why in result.stderr
        assert "take it back from where it was published, or delete it" in result.stderr


# --- whether it holds -----------------------------------------------------------------------------------------------------


def test_without_a_seal_nothing_is_said(study, swept):
    folder = swept()
    assert json_files.read(folder, "study.json")["seal"] is None
    assert said(folder) == ""
    assert "seal" not in sim("compare", folder).stdout.replace("sealed.toml", "")


def test_a_study_that_is_what_was_sealed_before_running_says_so_everywhere(study, swept):
    made = sealed_at(study, BEFORE)
    folder = swept()
    assert said(folder) == "sealed before running"
    assert "\nseal: sealed before running\n" in sim("compare", folder).stdout
    short = made.hash[:12]
    for lang, line in (("en", f"Study (seal {short}): sealed"), ("fr", f"Étude (sceau {short})\u00a0: scellée avant")):
        (figure,) = draw(folder, lang, out="figures", only=("verdict",))
        assert line in shown(figure)


def shown(svg):
    """The lines of a figure, which is drawn as paths, each with its text in a comment."""
    return " ".join(re.findall(r"<!-- (.*?) -->", svg.read_text(encoding="utf-8"))).replace("&lt;", "<")


def test_a_run_that_began_within_the_second_of_sealing_is_after_it_and_one_before_is_not(study, swept):
    folder = swept()
    began = tables.read(folder, "runs")["started"].min()
    made = sealed_at(study, began)
    assert said(swept()) == f"sealed before running; earlier runs: {made.runs}"
    later = tables.read(folder, "runs").with_columns(
        started=pl.when(pl.col("arm") == "placebo").then(pl.lit("2000-01-01T00:00:00Z")).otherwise("started")
    )
    tables.write(folder, "runs", later)
    fit(folder)
    assert said(folder) == f"sealed after runs had begun; earlier runs: {made.runs}"


def test_a_seal_after_the_runs_is_no_seal_before_them(study, swept):
    sealed_at(study, AFTER)
    assert said(swept()) == "sealed after runs had begun"


def test_margins_moved_after_sealing_are_noticed_although_nothing_is_run(study, swept):
    sealed_at(study, BEFORE)
    assert said(swept()) == "sealed before running"
    folder = swept(edited(study, "support = { value = 0.05", "support = { value = 0.2"))
    assert said(folder) == "changed after sealing: margins"
    (figure,) = draw(folder, "fr", out="figures", only=("verdict",))
    assert "modifiée après scellement\u00a0: marges. Marges (plus petits écarts qui comptent), modifiées" in shown(figure)


@pytest.mark.slow
def test_figures_of_other_runs_say_how_the_study_stands_to_its_seal_too(study, swept, monkeypatch):
    """Margins of a region and of reasons were not set beforehand either, if they were moved."""
    monkeypatch.setattr("sim.figures.gallery.why.NOTHING", 0.0)  # prompts move nothing here, and it is drawn all the same
    with open(study.file, "a", encoding="utf-8") as file:
        file.write('[region]\npoints = 2\nnames = ["substitution"]\n[mechanisms]\nwords = { "composed_dose" = 0.0 }\n')
    sealed_at(load(study.file), BEFORE)
    folder = swept(edited(study, "support = { value = 0.05", "support = { value = 0.2"))
    compare(folder)
    for verb in ("region", "why"):
        done = sim(verb, study.file, "--seeds", 2, "--jobs", 1, "--out", folder)
        assert done.exit_code == 0, done.output
        assert f"figures: {folder}/{verb}.en.svg" in done.stdout
        standing = "changed after sealing: margins. Margins (smallest changes that count), changed after sealing: "
        assert standing in shown(folder / f"{verb}.en.svg")
    sweeping.sweep(edited(study, "seeds = 1", "seeds = 2"), folder)
    done = sim("why", study.file, "--seeds", 2, "--jobs", 1, "--out", folder)  # the sweep need not be compared again
    assert done.exit_code == 0, done.output
    assert "changed after sealing: margins, scenario. Margins" in shown(folder / "why.en.svg")
    edited(study, "seeds = 2", "seeds = 3")
    done = sim("region", study.file, "--seeds", 2, "--jobs", 1, "--out", folder)
    assert done.exit_code == 0, done.output
    assert "region.csv is of another scenario; run `sim region" in done.stderr


def test_margins_moved_by_hand_in_the_result_folder_are_noticed(study, swept):
    sealed_at(study, BEFORE)
    about = json_files.read(swept(), "study.json")
    json_files.write(swept(), "study.json", about | {"margins": about["margins"] | {"core": 0.2}})
    assert said("results/sealed/.work/default") == "changed after sealing: margins"


def test_another_primary_contrast_or_question_is_noticed(study, swept):
    sealed_at(study, BEFORE)
    changed = edited(study, "primary = true", 'primary = true\nexpect = { measure = "core", thinning = "-", transforming = "0" }')
    assert said(swept(changed)) == "changed after sealing: question"


def test_another_arm_is_noticed(study, swept):
    """The files said another thing when they were sealed; now they are what was run."""
    other = edited(study, 'set = { "prompts.birthday" = false }', 'set = { "prompts.slope" = 0.0 }')
    sealed_at(other, BEFORE)
    same = edited(other, 'set = { "prompts.slope" = 0.0 }', 'set = { "prompts.birthday" = false }')
    assert said(swept(same)) == "changed after sealing: scenario"


def test_other_code_is_noticed(study, swept, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sealing, "MADE_BY", "what made runs at the time of sealing")
        sealed_at(study, BEFORE)
    assert said(swept()) == "changed after sealing: code"


def test_a_rule_changed_between_sweeping_and_comparing_is_noticed(study, swept, monkeypatch):
    sealed_at(study, BEFORE)
    folder = swept()
    assert said(folder) == "sealed before running"
    monkeypatch.setattr(seal, "VERDICTS", "another digest")
    assert said(folder) == "changed after sealing: code"


def test_the_digest_of_what_makes_verdicts_covers_rule_and_comparison():
    covered = covered_modules(("sim.study.judging.contrast",), seal.WITHOUT_VERDICTS)
    assert {"sim.study.judging.contrast", "sim.study.judging.verdict", "sim.study.records.tables"} <= covered
    assert not {"sim.errors", "sim.figures.gallery.verdict", "sim.__main__", "sim.scenario.reading"} & covered


def test_all_that_changed_is_said_and_earlier_seals_too(study, swept):
    sealed_at(study, AFTER)
    study = edited(study, "core = { value = 0.05", "core = { value = 0.02")
    sealed_at(study, AFTER, again=True)
    study = edited(edited(study, "Does it?", "Did it?"), "core = { value = 0.02", "core = { value = 0.01")
    assert said(swept(study)) == "sealed after runs had begun; changed after sealing: question, margins; earlier seals: 1"


def test_any_size_that_was_sealed_is_sealed(study, simulated):
    """The quick size has a hash of its own; a size that nobody sealed is another scenario."""
    sealed_at(study, BEFORE)
    about = sweeping.about(study.at("quick"), None)
    assert str(seal.standing(about, AFTER)) == "sealed before running"
    other = sweeping.about(study.scaled(people=21), None)
    assert str(seal.standing(other, AFTER)) == "changed after sealing: scenario"


def test_points_of_somebodys_own_are_not_what_was_sealed(study):
    sealing.seal_study(study)
    assert seal.read(study.at_points([{"prompts.slope": 1.0}])) is None


def test_a_seal_damaged_in_study_json_is_refused(study, swept):
    sealed_at(study, BEFORE)
    about = json_files.read(swept(), "study.json")
    json_files.write(swept(), "study.json", about | {"seal": about["seal"] | {"hash": "0"}})
    with pytest.raises(InputError, match=r"study\.json: seal: changed by hand: hash; .*; run `sim sweep.*` again"):
        compare("results/sealed/.work/default")
