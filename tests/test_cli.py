"""The command line: what each command prints and writes, and with which status and words it refuses."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.__main__ import app
from sim.commands.ending import RESUMED
from sim.errors import RunError
from sim.study.records import tables
from sim.study.single import pilot
from sim.study.sweep import sweeping
from sim.study.sweep.ledger import Ledger

ROOT = Path(__file__).parents[1]
SLOW_TO_IMPORT = ("mesa", "numba", "polars", "scipy", "SALib", "matplotlib", "numpy", "pandas")


def sim(*arguments):
    """A command in this process."""
    return CliRunner().invoke(app, [str(each) for each in arguments])


def shell(*arguments, **options):
    """A command in a process of its own, its output in pipes."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sim", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, **options)


def refused(result, *words):
    """Status 2, nothing on standard output, the words on standard error, a line per problem."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr
    return True


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """Every test works in an empty folder."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def study(a_study):
    """30 people, a year of growing, a year after it, one seed."""
    return a_study(name="small", people=30, burn_in='"1y"', seeds=1, sizes="{ quick = { people = 20 } }").file


@pytest.fixture(scope="module")
def swept(study, tmp_path_factory):
    folder = tmp_path_factory.mktemp("swept")
    result = sim("sweep", study, "--out", folder)
    assert result.exit_code == 0, result.output
    return folder


# --- the whole ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--help"], ["check", ROOT / "scenarios" / "birthday-prompt.toml"]])
def test_help_and_check_import_little(arguments):
    """What makes them quick; how quick they are, benchmarks/answers.py says."""
    program = (
        f"import sys; sys.argv[1:] = {[str(each) for each in arguments]!r}\n"
        "from sim.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        f"print([name for name in {SLOW_TO_IMPORT!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_help_names_every_command():
    result = sim("--help")
    assert result.exit_code == 0
    commands = "check run tie why split ranges sweep region compare profiles seal show sensitivity precision query draw data"
    commands += " bench grown pilot habits new spreadsheet"
    for command in commands.split():
        assert re.search(rf"^  {command} ", result.stdout, re.MULTILINE)
        assert sim(command, "--help").exit_code == 0
    assert "..." not in result.stdout.split("Commands:")[1]  # each in a sentence that is not cut


@pytest.mark.parametrize(
    "arguments",
    [["--wrong"], ["runn"], ["run"], ["run", "x", "--years", "0"], ["run", "x", "--years", "1.5"], ["data", "get"]],
)
def test_wrong_options_are_input(arguments):
    assert sim(*arguments).exit_code == 2


def test_as_a_module_in_a_pipe(study, tmp_path):
    done = shell("run", study, "--out", tmp_path)
    assert done.returncode == 0
    assert "days in 'none': 365 of 365" in done.stderr.splitlines()
    assert "\x1b" not in done.stdout + done.stderr
    assert "\r" not in done.stdout + done.stderr


def test_a_reader_who_has_enough_is_no_error():
    command = f"{sys.executable} -m sim data list | true"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.stderr == ""


def test_a_bug_shows_where_it_is(study, monkeypatch):
    monkeypatch.setattr(sweeping, "sweep", lambda *_, **__: 1 / 0)
    assert isinstance(sim("sweep", study).exception, ZeroDivisionError)


# --- check --------------------------------------------------------------------------------------------------------------


def test_check_says_ok(study):
    result = sim("check", study)
    assert (result.exit_code, result.stdout) == (0, f"ok {study}\n")


def test_check_says_every_problem_once(scenarios, study, tmp_path):
    folder = shutil.copytree(scenarios, tmp_path / "scenarios")
    society, broken = folder / "society.toml", folder / "birthday-prompt.toml"
    society.write_text(society.read_text().replace("[decay]", "[decayy]"))
    broken.write_text(broken.read_text().replace("primary = true", "primary = false"))
    result = sim("check", society, broken, folder / "profiles" / "us.toml")
    assert result.exit_code == 2
    assert result.stdout == f"ok {folder / 'profiles' / 'us.toml'}\n"
    said = result.stderr.splitlines()
    assert len(said) == len(set(said)) >= 3
    assert any("decayy" in line for line in said)
    assert any("exactly one contrast with primary = true" in line for line in said)


def test_check_without_files():
    assert refused(sim("check"), "files to check, or --schema DIR")


def test_check_writes_schemas(tmp_path):
    assert sim("check", "--schema", tmp_path / "schemas").exit_code == 0
    schema = json.loads((tmp_path / "schemas" / "study.schema.json").read_text())
    assert "contrasts" in schema["properties"]


def test_check_writes_a_rule_for_make(study, scenarios):
    result = sim("check", study, "--deps")
    target, needed = result.stdout.rstrip("\n").split(": ")
    assert target == "results/small/.work/default/study.json"
    assert [Path(each).name for each in needed.split(" ")] == [
        "small.toml", "society.toml", "us.toml", "none.toml", "wall-2009.toml",
    ]  # fmt: skip
    assert sim("check", study, "--deps", "--target", "a b$c.stamp").stdout.startswith(r"a\ b$$c.stamp: ")


# --- run ----------------------------------------------------------------------------------------------------------------


def test_run_prints_measures_with_units(study):
    result = sim("run", study, "--arm", "wall", "--seed", "3")
    assert result.exit_code == 0, result.output
    assert "small: arm 'wall', seed 3" in result.stdout
    assert "30 people, " in result.stdout
    for measure, unit in (("S_all", "support"), ("real_hours", "h/day"), ("received_greeting", "acts/year")):
        assert re.search(rf"^{measure} +[0-9.]+ +{unit}$", result.stdout, re.MULTILINE)
    assert {file.name for file in Path("results/small/.work/run").iterdir()} == {"runs.parquet", "measures.parquet"}


def test_run_takes_another_size_and_logs(study, tmp_path):
    result = sim("run", study, "--people", "20", "--years", "2", "--out", "here", "--events", "log/acts.parquet")
    assert result.exit_code == 0, result.output
    assert tables.read("here", "runs").select("people", "years").row(0) == (20, 2.0)
    assert {file.name for file in Path("log").iterdir()} == {"acts.parquet", "people.parquet", "ties.parquet"}


def test_run_on_a_graph_says_what_was_handled(study, tmp_path):
    Path("ties.txt").write_text("ann bob\nbob ann\nbob bob\nbob cem\n")
    result = sim("run", study, "--graph", "ties.txt")
    assert result.exit_code == 0, result.output
    assert "3 people" in result.stdout
    assert "note: " in result.stderr


def test_engines_agree(study):
    shown = [sim("run", study, "--people", "12", "--engine", engine, "--out", "x").stdout for engine in ("fast", "plain")]
    words = [[word for word in text.split() if not word[0].isdigit()] for text in shown]
    numbers = [[float(word) for word in text.split() if word.replace(".", "").isdigit()] for text in shown]
    assert words[0] == words[1]
    assert numbers[0] == pytest.approx(numbers[1], rel=1e-3)


def test_run_refuses_an_unknown_study(study):
    assert refused(
        sim("run", Path(study).with_name("smal.toml")), "smal.toml: no such file", "perhaps you meant 'small.toml'"
    )


@pytest.mark.parametrize(
    "options, words",
    [
        (["--arm", "wal"], ["no arm 'wal'", "perhaps you meant 'wall'"]),
        (["--engine", "plane"], ["--engine: unknown engine 'plane'", "perhaps you meant 'plain'"]),
        (["--people", "0"], ["--people", "greater than or equal to 1"]),
        (["--people", "20", "--graph", "karate"], ["--people: 20, and a graph", "one of the two"]),
        (["--graph", "karatee"], ["no file and no data set 'karatee'", "perhaps you meant 'karate'"]),
        (["--graph", "collegemsg"], ["messages between strangers"]),
        (["--graph", "absent.csv"], ["absent.csv: no such file"]),
        (["--graph", "empty.csv"], ["empty.csv: the file is empty"]),
        (["--graph", "folder.csv"], ["folder.csv: a folder"]),
        (["--graph", "one-column.csv"], ["one-column.csv: line 1"]),
        (["--graph", "nan.csv"], ["nan.csv: line 3: closeness '2'"]),
        (["--graph", "cut.gz"], ["cut.gz: damaged"]),
        (["--out", "empty.csv"], ["empty.csv: --out: a file"]),
        (["--events", "folder.parquet"], ["folder.parquet: --events: a folder"]),
        (["--events", "people.parquet"], ["the name of another table"]),
    ],
)
def test_run_refuses_and_writes_nothing(study, options, words):
    Path("empty.csv").touch()
    Path("folder.csv").mkdir()
    Path("folder.parquet").mkdir()
    Path("one-column.csv").write_text("ann\nbob\n")
    Path("nan.csv").write_text("from,to,closeness\nann,bob,NaN\nann,cem,2\n")
    Path("cut.gz").write_bytes(b"\x1f\x8b\x08")
    before = set(Path().rglob("*"))
    assert refused(sim("run", study, *options), *words)
    assert set(Path().rglob("*")) == before


# --- sweep, compare, draw -----------------------------------------------------------------------------------------------


def test_sweep_does_what_is_missing(study, swept):
    again = sim("sweep", study, "--out", swept)
    assert (again.exit_code, again.stdout) == (0, f"1 units done, 0 of them now; tables in {swept}\n")
    assert "units: 1 of 1" in again.stderr


def test_sweep_goes_to_results_where_nothing_is_said(study):
    assert sim("sweep", study, "--quick").exit_code == 0
    runs = tables.read("results/small/.work/quick", "runs")
    assert set(runs["people"]) == {20}
    assert set(runs["size"]) == {"quick"}


def test_dry_run_runs_nothing(study, swept, tmp_path):
    first = sim("sweep", study, "--dry-run")
    assert first.exit_code == 0
    assert "1 unit (5 runs with placebos), 0 already done" in first.stdout
    assert re.search(r"time left: about \d+ s with 1 job \(a guess until a unit is done\)", first.stdout)
    assert list(tmp_path.iterdir()) == []
    before = {file: file.stat().st_mtime_ns for file in swept.iterdir()}
    assert "1 already done" in sim("sweep", study, "--dry-run", "--out", swept).stdout
    assert {file: file.stat().st_mtime_ns for file in swept.iterdir()} == before


def test_dry_run_learns_time_from_what_is_done(a_study, swept):
    more = a_study(name="more", people=30, burn_in='"1y"', seeds=3).file
    said = sim("sweep", more, "--dry-run", "--jobs", 1, "--out", swept).stdout
    assert "3 units (15 runs with placebos), 1 already done" in said
    assert re.search(r"time left: about \d+ s with 1 job\b", said)
    assert "--yes" not in said


def test_a_dry_run_of_more_than_anybody_means_says_what_they_ask_for(a_study):
    many = a_study(name="many", vary='"prompts.slope" = { points = 101 }', seeds=100).file
    assert "add --yes to run that many units, hours or MB" in sim("sweep", many, "--dry-run").stdout


@pytest.mark.parametrize(
    "options, words",
    [
        (["--size", "ful"], ["--size: 'ful'", "perhaps you meant 'full'"]),
        (["--size", "full"], ["no size 'full'", "one of default, quick"]),
        (["--quick", "--size", "full"], ["--quick: and --size full", "one of the two"]),
    ],
)
def test_sweep_refuses(study, options, words):
    assert refused(sim("sweep", study, *options), *words)


def test_failed_units_are_named(study, tmp_path, monkeypatch):
    summary = sweeping.Summary(tmp_path, 3, 4, ((1, 2, "ValueError: no luck"),))
    monkeypatch.setattr(sweeping, "sweep", lambda *_, **__: summary)
    result = sim("sweep", study)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "point 1, seed 2: ValueError: no luck", "1 units failed; run the same command with --retry to try them again",
    ]  # fmt: skip


def test_a_run_error_is_one_line(study, monkeypatch):
    def full(*_, **__):
        raise RunError("disk full; 3 units were kept")

    monkeypatch.setattr(sweeping, "sweep", full)
    result = sim("sweep", study)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "disk full; 3 units were kept\n")


def test_an_interrupted_sweep_resumes(a_study, tmp_path):
    long = a_study(name="long", people=60, burn_in='"1y"', horizons='["2y"]', seeds=60).file

    def kept() -> int:
        """Runs in the ledger."""
        if not Path("out/ledger.sqlite").is_file():
            return 0
        with Ledger(Path("out")) as book:
            return sum(isinstance(key, str) for key in book.kept())

    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sim", "sweep", str(long), "--out", "out", "--jobs", "2"]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and not kept():
            time.sleep(0.1)
        started.send_signal(signal.SIGINT)
        said = started.communicate(timeout=60)[1]
    finally:
        started.kill()
    assert started.returncode == 130
    assert "run the same command again to resume" in said
    assert "Traceback" not in said
    assert 0 < kept() < 60 * 5


WORK = {
    "run": "sim.study.single.run.run_one",
    "tie": "sim.study.single.tie.run_tie",
    "sweep": "sim.study.sweep.sweeping.sweep",
    "region": "sim.study.robustness.region.region",
    "why": "sim.study.mechanisms.why.answer",
    "split": "sim.study.mechanisms.split.ask",
    "ranges": "sim.study.robustness.ranges.ask",
    "bench": "sim.study.single.bench.speed",
    "draw": "sim.figures.drawing.draw",
}

ASKED = {"split": ("--cultures", "us,twin", "--platform", "wall-2009")}


@pytest.mark.parametrize("command", WORK)
def test_an_interrupt_says_truly_what_is_kept(study, monkeypatch, command):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(WORK[command], stopped)
    result = sim(command, study, *ASKED.get(command, ()))
    assert result.exit_code == 130
    assert "run the same command again" in result.stderr
    assert ("what was finished is kept" in result.stderr) is (command in RESUMED)
    assert ("nothing of it was kept" in result.stderr) is (command in ("run", "tie", "bench"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines, burn_in, threads, kept",
    [("days in 'none'", "1y", 1, "it had kept a grown society, and nothing else"),
     ("days of growing", "160y", 2, "nothing of it was kept")],
    ids=["in a run", "while growing"],
)  # fmt: skip
def test_an_interrupted_run_leaves_at_most_its_society(a_study, tmp_path, lines, burn_in, threads, kept):
    long = a_study(name="long", people=60, burn_in=f'"{burn_in}"', horizons='["200y"]').file
    command = [sys.executable, "-m", "sim", "run", str(long), "--out", "out", "--threads", str(threads), "--yes"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "SIM_STORE": str(tmp_path / "store")}
    started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        for line in started.stderr:  # the run has begun
            if line.startswith(lines):
                break
        started.send_signal(signal.SIGINT)
        said = started.communicate(timeout=60)[1]
    finally:
        started.kill()
    assert started.returncode == 130
    assert f"stopped; {kept}: run the same command again" in said
    assert "Traceback" not in said
    assert not list(Path().glob("out/*"))
    assert len(list(tmp_path.glob("store/*.npz"))) == ("society" in kept)


def test_an_interrupt_between_two_tables_names_the_first(study, monkeypatch):
    write = tables.write

    def stopped(folder, name, *rest):
        if name == "runs":
            raise KeyboardInterrupt
        return write(folder, name, *rest)

    monkeypatch.setattr(tables, "write", stopped)
    for kept in ("a grown society, out/measures.parquet", "out/measures.parquet"):  # the second run finds the society
        result = sim("run", study, "--seed", "17", "--out", "out")
        assert (result.exit_code, [str(file) for file in Path("out").iterdir()]) == (130, ["out/measures.parquet"])
        assert f"it had kept {kept}, and nothing else" in result.stderr


@pytest.mark.parametrize("command", ["run", "tie"])
def test_what_was_read_of_a_graph_is_said_before_the_run(study, monkeypatch, command):
    Path("friends.csv").write_text("from,to\n" + "a,b\nb,c\nc,d\nd,a\na,b\ne,e\n")

    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.study.single.run.grown_society", stopped)
    monkeypatch.setattr("sim.study.single.tie.grown_society", stopped)
    result = sim(command, study, "--graph", "friends.csv")
    assert result.exit_code == 130
    first, *notes = result.stderr.split("\nstopped")[0].splitlines()
    assert "5 people and 4 ties read from friends" in first
    assert len(notes) == 2


def test_compare_prints_verdicts_whole(swept):
    result = sim("compare", swept)
    assert result.exit_code == 0, result.output
    header, first, *_ = result.stdout.splitlines()
    assert header.split() == ["contrast", "point", "at", "profile", "verdict", "tips", "at", "share", "why"]
    assert first.startswith("prompt *")
    assert "undecided" in first
    assert tables.read(swept, "verdict")["why"][0] in first


def test_compare_refuses_another_folder(tmp_path):
    assert refused(sim("compare", tmp_path), "study.json: no such file", "`sim sweep` makes it")


def test_what_is_given_instead_of_a_result_folder_is_named(tmp_path, monkeypatch):
    """A file; published tables, with the result folder beside them, and without."""
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()
    Path("scenarios/birthday-prompt.toml").touch()
    Path("note.md").write_text("no folder")
    assert refused(sim("report", "note.md"), "note.md: a file; expected the folder of a result")
    published = Path("results/birthday-prompt")
    published.mkdir(parents=True)
    (published / "datapackage.json").write_text("{}")
    told = "a folder of what was published; expected the result folder that it is from"
    made = "results/birthday-prompt/.work/default; `sim sweep scenarios/birthday-prompt.toml` makes it"
    for command in ("compare", "publish"):
        assert refused(sim(command, published), told, made)
    assert refused(sim("report", published), "results/birthday-prompt/README.md: no such file: this folder has no report")
    (published / ".work/quick").mkdir(parents=True)
    (published / ".work/quick/study.json").write_text("{}")
    assert refused(sim("export", published), told + ", results/birthday-prompt/.work/quick\n")


def test_query_answers_in_columns_or_commas(swept):
    asked = "select arm, count(*) as many from runs where seed = 1 group by arm order by arm desc"
    shown, commas = sim("query", asked, swept), sim("query", asked, swept, "--csv")
    assert shown.exit_code == 0, shown.output
    counted = tables.read(swept, "runs").filter(seed=1).group_by("arm").len().sort("arm", descending=True).rows()
    assert shown.stdout.splitlines()[0].split() == ["arm", "many"]
    assert commas.stdout.splitlines() == ["arm,many", *(f"{arm},{many}" for arm, many in counted)]
    joined = "select avg(value) from measures join runs using (run_id) where arm = 'wall'"
    joined += " and measure = 'S_all' and tie_class = 'all'"
    told = float(sim("query", joined, swept, "--csv").stdout.splitlines()[1])
    rows = tables.read(swept, "measures").filter(measure="S_all", tie_class="all")
    ran = tables.read(swept, "runs").filter(arm="wall")["run_id"].to_list()
    assert told == pytest.approx(rows.filter(rows["run_id"].is_in(ran))["value"].mean())
    assert sim("compare", swept).exit_code == 0
    words = sim("query", "select verdict from verdict", swept, "--csv").stdout.split()
    assert words == ["verdict", *tables.read(swept, "verdict")["verdict"]]


def test_query_refuses_what_it_cannot_answer(swept, tmp_path):
    assert refused(sim("query", "select nonsense from runs", swept), "SQL", "nonsense", "runs, measures")
    assert refused(sim("query", "selec", swept), "SQL", "syntax error")
    assert refused(sim("query", "select 1", tmp_path), "no table of results", "`sim sweep` makes it")


def test_draw_hands_over_what_was_asked(tmp_path, monkeypatch):
    asked = {}
    drawing = types.ModuleType("sim.figures.drawing")
    drawing.draw = lambda folder, **options: [asked.update(options, folder=folder) or Path("a.svg"), Path("a.png")]
    monkeypatch.setitem(sys.modules, "sim.figures.drawing", drawing)
    result = sim("draw", tmp_path, "--lang", "fr", "--format", "svg,png", "--out", "figures")
    assert result.stdout == "a.svg\na.png\n", result.output
    expected = {"folder": tmp_path, "lang": "fr", "formats": ("svg", "png"), "out": Path("figures")}
    assert asked == expected | {"all": False, "profile": None}


def test_draw_refuses(tmp_path):
    assert refused(sim("draw", tmp_path, "--lang", "de"), "--lang: 'de'", "one of en, fr")
    assert refused(sim("draw", tmp_path, "--format", "svg,jpg"), "--format: 'jpg'", "one of pdf, png, svg")


# --- data, store, pilot, bench ------------------------------------------------------------------------------------------


def test_data_list_names_terms_and_place(tmp_path, monkeypatch):
    monkeypatch.delenv("SIM_DATA", raising=False)
    monkeypatch.setenv("SIM_CACHE", str(tmp_path / "cache"))
    said = sim("data", "list").stdout
    assert "highschool2013 (not here: sim data fetch highschool2013)" in said
    assert "karate (built in)" in said
    assert "terms: CC BY-NC-SA 3.0" in said
    assert "cite: Mastrandrea" in said
    assert not (tmp_path / "cache").exists()


def test_data_list_finds_a_folder(tmp_path, monkeypatch):
    (tmp_path / "collegemsg").mkdir()
    (tmp_path / "collegemsg" / "CollegeMsg.txt").touch()
    monkeypatch.setenv("SIM_DATA", str(tmp_path))
    said = sim("data", "list").stdout
    assert f"collegemsg ({tmp_path / 'collegemsg'})" in said
    assert "not here: sim data fetch ego-facebook" in said


def test_data_fetch_refuses(tmp_path):
    assert refused(sim("data", "fetch", "karat"), "unknown data set 'karat'", "perhaps you meant 'karate'")
    assert refused(sim("data", "fetch", "collegemsg", "--from", "nowhere"), "nowhere: --from: no such folder")
    assert refused(sim("data", "fetch", "collegemsg", "--from", tmp_path), "the file is missing")


def test_grown_lists_the_store(study, tmp_path, monkeypatch):
    monkeypatch.setenv("SIM_STORE", str(tmp_path / "store"))
    assert sim("grown").stdout == f"0 in {tmp_path / 'store'}\n"
    sim("run", study)
    (tmp_path / "store" / "a.npz").write_bytes(b"broken")
    said = sim("grown").stdout.splitlines()
    assert said[0].split() == ["file", "people", "seed", "years", "steady", "year", "graph", "used"]
    assert any(line.startswith("a.npz ") and "grown again when needed" in line for line in said)
    assert any(line.split()[1:] == ["30", "1", "1", "no", "yes"] for line in said)
    assert said[-1] == f"2 in {tmp_path / 'store'}"


def test_pilot_prints_a_table_and_lines(scenarios):
    file = scenarios / "society.toml"
    before = file.read_bytes()
    result = sim("pilot", file, "--people", "40", "--seeds", "1", "--years", "3")
    assert result.exit_code == 0, result.output
    assert re.search(r"^years until steady +more than 3 ", result.stdout, re.MULTILINE)
    assert re.search(r'^strong = \{ value = [0-9.]+, unit = "closeness", status = "computed", ', result.stdout, re.MULTILINE)
    assert file.read_bytes() == before


def test_pilot_writes_what_it_found(scenarios, tmp_path, monkeypatch):
    found = pilot.Pilot(12, (12,), {"ties": 0.001}, 1.5, 2.0, 0.3, 0.4, 0.7, "sim pilot society.toml: a test")
    monkeypatch.setattr(pilot, "pilot", lambda *_: found)
    file = Path(shutil.copy(scenarios / "society.toml", tmp_path))
    result = sim("pilot", file, "--write")
    assert result.exit_code == 0, result.output
    assert "run again once the new k is written" in result.stderr
    assert "years = { value = 12, low = 10, " in file.read_text()
    assert sim("check", file).exit_code == 0


def test_bench_says_nanoseconds(study, monkeypatch):
    monkeypatch.setattr("sim.study.single.bench.ROUNDS", 1)
    result = sim("bench", study, "--people", "30", "--days", "2", "--json", "speed.json")
    assert result.exit_code == 0, result.output
    assert "ns per tie and day" in result.stdout
    found = json.loads(Path("speed.json").read_text())
    assert found["results"][0]["threads"] == 1
    assert all(each["ns_per_tie_day"] > 0 for each in found["results"])
