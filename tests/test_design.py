"""Designs: which points each kind has, where ranges come from, what is refused, and that all later stages take any of them."""

import json
import math
import subprocess
import sys
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from conftest import slow
from hypothesis import example, given
from hypothesis import strategies as st
from records import write_study
from SALib.sample import morris as salib_morris
from SALib.sample import sobol as salib_sobol
from scipy.stats import qmc
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import InputError, RunError
from sim.figures.drawing import LeftOut, draw
from sim.figures.gallery import greetings, telling
from sim.figures.results import Lacking, Results
from sim.scenario import lists
from sim.scenario.design import Axis
from sim.study.judging.contrast import compare
from sim.study.records import json_files, tables
from sim.study.sweep import forecast
from sim.study.sweep.sweeping import sweep

ROOT = Path(__file__).parents[1]
THREE = 'substitution = {}\n"prompts.slope" = { low = 1, high = 5 }\n"links.link_slope" = { scale = "log" }'
NAMES = ["substitution", "prompts.slope", "links.link_slope"]
RANGES = [(0.0, 1.0), (1.0, 5.0), (4.0, 16.0)]


@pytest.fixture
def designed(a_study):
    """A study of three names, or of `vary`, with the lines of a [design]."""

    def study(*lines: str, vary: str = THREE, arms: str = "", **more):
        design = "".join(f"{line}\n" for line in ("[design]", *lines)) if lines else ""
        return a_study(design + arms, vary=vary, name="designed", **more)

    return study


@pytest.fixture
def refused(designed):
    """What is said against a design, one line per problem."""

    def said(*lines: str, **more) -> str:
        with pytest.raises(InputError) as caught:
            designed(*lines, **more)
        return str(caught.value)

    return said


@pytest.fixture
def listed(scenarios, designed):
    """A study whose points are in a CSV file of this content."""

    def study(content: str | bytes, **more):
        (scenarios / "points.csv").write_bytes(content.encode() if isinstance(content, str) else content)
        return designed('kind = "list"', 'file = "points.csv"', vary="", **more)

    return study


def shares(study) -> np.ndarray:
    """Points of the three names back on ranges from 0 to 1."""
    rows = np.array([[point[name] for name in NAMES] for point in study.points()])
    lows, highs = np.array(RANGES).T
    linear = (rows - lows) / (highs - lows)
    linear[:, 2] = np.log(rows[:, 2] / 4) / math.log(4)
    return linear


UNIT = {"num_vars": 3, "names": NAMES, "bounds": [[0, 1]] * 3}


# --- points of each kind --------------------------------------------------------------------------------------------------


def test_a_grid_is_the_same_with_and_without_saying_so(designed):
    vary = 'substitution = [0.0, 0.3]\n"prompts.slope" = { low = 0, high = 4, points = 3 }'
    wanted = [{"substitution": a, "prompts.slope": b} for a, b in product((0.0, 0.3), (0.0, 2.0, 4.0))]
    assert designed(vary=vary).points() == wanted
    assert designed('kind = "grid"', vary=vary).points() == wanted


def test_a_grid_in_equal_factors(designed):
    vary = '"links.link_slope" = { low = 1, high = 100, points = 3, scale = "log" }'
    assert designed(vary=vary).points() == [{"links.link_slope": value} for value in (1.0, 10.0, 100.0)]


@pytest.mark.parametrize("count", [1, 2, 7, 16])
def test_a_latin_hypercube_has_one_point_in_each_part_of_each_range(designed, count):
    found = shares(designed('kind = "latin"', f"points = {count}"))
    assert found.shape == (count, 3)
    for column in found.T:
        assert sorted(np.floor(column * count)) == list(range(count))


def test_a_latin_hypercube_is_scipys(designed):
    study = designed('kind = "latin"', "points = 9", "seed = 5")
    assert shares(study) == pytest.approx(qmc.LatinHypercube(3, rng=5).random(9))


@pytest.mark.parametrize("second, each", [(False, 5), (True, 8)])
def test_a_sobol_design_is_saltellis(designed, second, each):
    study = designed('kind = "sobol"', "points = 8", f"second_order = {str(second).lower()}", "seed = 3")
    assert len(study.points()) == 8 * each == math.prod(study.point_counts().values())
    assert shares(study) == pytest.approx(salib_sobol.sample(UNIT, 8, calc_second_order=second, seed=3))


def test_in_a_sobol_design_each_point_between_differs_from_the_first_of_its_sample_in_one_name(designed):
    points = designed('kind = "sobol"', "points = 4").points()
    for first in range(0, len(points), 5):
        sample = points[first : first + 5]
        for place, name in enumerate(NAMES, start=1):
            assert [key for key in NAMES if sample[place][key] != sample[0][key]] == [name]
            assert sample[place][name] == sample[4][name]


@pytest.mark.parametrize("levels", [2, 4, 6, 8])
def test_each_step_of_a_morris_trajectory_changes_one_name_by_the_same_share(designed, levels):
    study = designed('kind = "morris"', "trajectories = 5", f"levels = {levels}")
    points, found = study.points(), shares(study)
    assert len(points) == 5 * 4
    step = levels / (2 * (levels - 1))
    for first in range(0, 20, 4):
        changed = []
        for one, other in pairwise(range(first, first + 4)):
            (name,) = [key for key in NAMES if points[one][key] != points[other][key]]
            assert abs(found[one] - found[other]).max() == pytest.approx(step)
            changed.append(name)
        assert sorted(changed) == sorted(NAMES)
    assert (found * (levels - 1)).round(9) % 1 == pytest.approx(0)


def test_a_morris_design_is_salibs(designed):
    study = designed('kind = "morris"', "trajectories = 4", "seed = 2")
    assert shares(study) == pytest.approx(salib_morris.sample(UNIT, 4, num_levels=4, seed=2))


def test_one_at_a_time_has_the_files_values_and_each_name_at_each_end(designed):
    vary = 'substitution = {}\n"prompts.slope" = { high = 5 }\n"prompts.audience" = ["public", "private"]'
    base = {"substitution": 0.3, "prompts.slope": 2.0, "prompts.audience": "public"}
    assert designed('kind = "one-at-a-time"', vary=vary).points() == [
        base,
        base | {"substitution": 0.0},
        base | {"substitution": 1.0},
        base | {"prompts.slope": 0.0},
        base | {"prompts.slope": 5.0},
        base | {"prompts.audience": "private"},
    ]


def test_one_at_a_time_leaves_out_a_step_that_changes_nothing(designed):
    points = designed('kind = "one-at-a-time"', vary='"prompts.false_share" = {}').points()
    assert points == [{"prompts.false_share": 0.0}, {"prompts.false_share": 0.1}]


def test_a_list_is_its_rows(listed):
    lines = ('\ufeffsubstitution, "prompts.birthday",kin.size,audience', "0.5,true,7,public", "", "1e-1,FALSE, 8.0 ,private", "")
    study = listed("\r\n".join(lines))
    assert study.points() == [
        {"substitution": 0.5, "prompts.birthday": True, "kin.size": 7.0, "audience": "public"},
        {"substitution": 0.1, "prompts.birthday": False, "kin.size": 8.0, "audience": "private"},
    ]
    assert study.resolve("wall", study.points()[1]).society.settings.kin.size.value == 8


def test_the_file_of_a_list_is_part_of_what_the_study_reads(listed):
    from sim.scenario.reading import dependencies, study_hash

    study = listed("substitution\n0.1\n0.2\n")
    before = study_hash(study.file)
    assert Path(study.file).with_name("points.csv") in dependencies(study.file)
    assert study_hash(listed("substitution\n0.1\n0.3\n").file) != before


# --- ranges, scales, determinism -------------------------------------------------------------------------------------------


def test_an_empty_range_is_that_of_the_file(designed):
    study = designed('kind = "latin"', "points = 3", vary='substitution = {}\n"feed.posts" = {}\n"us.links" = { low = 100 }')
    held = [study.society.response.substitution, study.platforms["wall-2009"].feed.posts, study.profiles["us"].links]
    assert study.about_design()["ranges"] == [[held[0].low, held[0].high], [held[1].low, held[1].high], [100, held[2].high]]


def test_platforms_that_differ_need_a_range_of_the_studys(scenarios, designed, refused):
    text = (scenarios / "platforms" / "wall-2009.toml").read_text("utf-8")
    other = text.replace('name = "wall-2009"', 'name = "other"').replace("{ value = 2.0, low = 0.0", "{ value = 3.0, low = 1.0")
    (scenarios / "platforms" / "other.toml").write_text(other, "utf-8")
    arms = '[arms.other]\nplatform = "other"\n'
    said = refused('kind = "latin"', "points = 3", arms=arms, vary='"prompts.slope" = {}')
    assert "vary.\"prompts.slope\".low: low 0.0 in 'wall-2009' and low 1.0 in 'other'; expected low here" in said
    study = designed('kind = "latin"', "points = 3", arms=arms, vary='"prompts.slope" = { low = 2 }')
    assert all(2 <= point["prompts.slope"] <= 8 for point in study.points())
    said = refused('kind = "one-at-a-time"', arms=arms, vary='"prompts.slope" = { low = 2 }')
    assert "value 2.0 in 'wall-2009' and value 3.0 in 'other'; expected values of its own, in a grid or a list" in said


@given(st.floats(1e-6, 1e6), st.floats(1e-6, 1e6), st.lists(st.floats(0, 1), min_size=2), st.sampled_from(["linear", "log"]))
@example(0.1, 0.3, [0.0, 1.0], "log")
def test_a_share_of_a_range_lies_in_it_and_in_order(one, other, some, scale):
    low, high = sorted((one, other))
    axis = Axis("x", low=low, high=high, scale=scale)
    values = [axis.at(share) for share in sorted(some)]
    assert values == sorted(values)
    assert all(low <= value <= high for value in values)
    assert (axis.at(0), axis.at(1)) == (low, high)


@pytest.mark.parametrize("lines", [("latin", "points = 4"), *slow(("sobol", "points = 4"), ("morris", "trajectories = 2"))])
def test_a_design_gives_the_same_points_every_time_and_another_seed_others(designed, lines):
    kind, size = lines
    study = designed(f'kind = "{kind}"', size)
    program = f"import sim; print(sim.load({study.file!r}).points())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.stdout.strip() == str(study.points())
    assert study.points() is not study.points()
    assert designed(f'kind = "{kind}"', size, "seed = 2").points() != study.points()


def test_the_samples_are_those_of_other_machines(designed):
    """Another version of what samples may give other points: then sweeps do not resume, and these numbers change."""
    rows = [designed(*lines).points()[1] for lines in (
        ('kind = "latin"', "points = 4"), ('kind = "sobol"', "points = 4"), ('kind = "morris"', "trajectories = 2"),
    )]  # fmt: skip
    assert [[round(value, 9) for value in row.values()] for row in rows] == KNOWN


KNOWN = [
    [0.669949403, 3.903138877, 6.036493921],
    [0.24239999, 3.354989305, 9.286045504],
    [0.333333333, 3.666666667, 4.0],
]


def test_reading_and_checking_sample_nothing(designed):
    study = designed('kind = "sobol"', "points = 4096")
    program = (
        f"import sys; from sim.scenario.reading import load; study = load({study.file!r}); print(study.point_counts());"
        "print([name for name in ('numpy', 'scipy', 'SALib', 'polars', 'matplotlib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.stdout.splitlines() == ["{'samples': 4096, 'points a sample': 5}", "[]"]


# --- what is refused -------------------------------------------------------------------------------------------------------


LATIN, MORRIS, ONE = ("kind = 'latin'", "points = 3"), ("kind = 'morris'", "trajectories = 4"), ("kind = 'one-at-a-time'",)


@pytest.mark.parametrize(
    "lines, vary, said",
    [
        ((), "substitution = {}", "vary.substitution.points: missing; expected how many values, at least 2"),
        (("kind = 'latn'",), THREE, 'design.kind: text "latn"; expected one of grid, latin, list, morris'),
        (("points = 3",), THREE, "design.kind: missing; expected kind = ..."),
        (("kind = 'latin'",), THREE, "design.points: missing; expected how many samples"),
        (("kind = 'morris'",), THREE, "design.trajectories: missing"),
        (("kind = 'list'",), "", "design.file: missing; expected list: a CSV file beside the study"),
        (("kind = 'latin'", "points = 0"), THREE, "design.points: 0 is too small; expected a whole number from 1 to 100000"),
        (("kind = 'latin'", "points = 3.5"), THREE, "design.points: the number 3.5; expected a whole number"),
        ((*LATIN, "seed = -1"), THREE, "design.seed: -1 is too small; expected a whole number from 0 to 4294967295"),
        (("kind = 'sobol'", "points = 100"), THREE, "design.points: 100 samples; expected a power of two, such as 64 or 128"),
        ((*MORRIS, "levels = 5"), THREE, "design.levels: 5 levels; expected an even number, such as 4 or 6"),
        ((*MORRIS, "points = 5"), THREE, "design.points: points of a morris design; expected trajectories, levels, seed"),
        (("kind = 'grid'", "seed = 1"), THREE, "design.seed: seed of a grid design; expected no key but kind"),
        (LATIN, "", "vary: nothing varies; expected names and their ranges"),
        (("kind = 'grid'",), "", "vary: nothing varies"),
        (("kind = 'list'", "file = 'points.csv'"), THREE, "vary: names beside a list; expected no [vary]"),
        (("kind = 'list'", "file = 'pionts.csv'"), "", "pionts.csv: no such file; expected"),
        (LATIN, "substitution = [0.1, 0.2]", "vary.substitution: a list of values in a latin design; expected a range"),
        (
            LATIN,
            "substitution = { points = 4 }",
            "vary.substitution.points: points of one name in a latin design; expected points in [design]",
        ),
        (ONE, "substitution = { points = 4 }", "points of one name in a one-at-a-time design; expected a range alone"),
        (LATIN, "substitution = { low = 0.6, high = 0.2 }", "vary.substitution: low 0.6, high 0.2; expected low below high"),
        (LATIN, "substitution = { low = 1.0 }", "vary.substitution: low 1, high 1; expected low below high"),
        (LATIN, "substitution = { high = 2 }", "vary.substitution: 2 is too large; expected a number from 0 to 1"),
        (LATIN, "substitution = { low = nan }", "vary.substitution.low"),
        (LATIN, "substituton = {}", "perhaps you meant 'substitution'"),
        (LATIN, "substituton = {}", "vary.substituton: unknown name 'substituton'; expected a name from the society"),
        (LATIN, '"reference.strong" = {}', "missing; expected a number: the file gives no range (low = ...) of its own"),
        (
            ("kind = 'sobol'", "points = 4"),
            '"settings.kin.size" = {}',
            'a whole number in a sobol design; expected a list of whole numbers, and kind = "grid" or "list"',
        ),
        (
            MORRIS,
            '"prompts.birthday" = {}',
            'a range of a switch; expected a list of values, and kind = "grid" or "list"',
        ),
        (ONE, '"prompts.audience" = {}', "a range of a choice; expected a list of values"),
        (
            LATIN,
            'substitution = { scale = "log" }',
            'vary.substitution.scale: "log" from low 0; expected low above 0, or scale = "linear"',
        ),
        (LATIN, 'substitution = { scale = "ln" }', 'vary.substitution.scale: text "ln"; expected one of linear, log'),
        (
            ("kind = 'sobol'", "points = 32768"),
            THREE,
            "design: 163840 points (samples 32768 x points a sample 5); expected at most 100000",
        ),
        (LATIN, '"near.visit" = {}\n"near.call" = { high = 0.9 }', "visit 0.8 + call 0.9 = 1.7; expected at most 1 together"),
        (ONE, '"near.visit" = { high = 0.95 }', "expected at most 1 together"),
        (LATIN, "cards = {}\nby_card = { high = 1 }", "vary.by_card: by_card 1 + by_call"),
    ],
)
def test_a_bad_design_is_refused_with_its_place_and_what_to_do(refused, lines, vary, said):
    assert said in refused(*lines, vary=vary)


@pytest.mark.parametrize(
    "content, said",
    [
        ("", "points.csv: an empty file; expected a line of names"),
        ("substitution\n", "points.csv: line 1: names and no values"),
        ("substituton\n0.1\n", "points.csv: line 1: unknown name 'substituton'"),
        ("substitution,,x\n0.1,1,1\n", "line 1: column 2 has no name"),
        (
            "substitution,response.substitution\n0.1,0.1\n",
            "line 1: 'response.substitution' and 'substitution' are both society.response.substitution",
        ),
        ("substitution\n0.1\n\n0.2,0.3\n", 'line 4, substitution: text "0.2,0.3"; expected a number from 0 to 1'),
        ("substitution,slope\n0.1,\n", "line 2, slope: no value; expected a value in every row"),
        ("substitution\n0.1\nnan\n", 'line 3, substitution: text "nan"; expected a number from 0 to 1'),
        ("substitution\n0.1\ninf\n", 'line 3, substitution: text "inf"; expected a number from 0 to 1'),
        ('substitution\n"0.1\n', "line 2: broken quotes (unexpected end of data); expected text in"),
        ("substitution\n0_1\n", 'line 2, substitution: text "0_1"; expected a number'),
        ("substitution\nmuch\n", 'line 2, substitution: text "much"; expected a number'),
        ("substitution\n1.5\n", "line 2, substitution: 1.5 is too large; expected a number from 0 to 1"),
        ("settings.kin.size\n7.5\n", "line 2, settings.kin.size: the number 7.5; expected a whole number"),
        ("prompts.birthday\nperhaps\n", 'line 2, prompts.birthday: text "perhaps"; expected true or false'),
        (
            "prompts.audience\npublik\n",
            "line 2, prompts.audience: text \"publik\"; expected one of private, public; perhaps you meant 'public'",
        ),
        ("substitution,slope\n0.1,1\n0.2,1\n0.10,1.0\n", "line 4: the same point as line 2; expected each point once"),
        ("near.visit\n0.1\n0.95\n", "line 3: visit 0.95 + call 0.28 = 1.23; expected at most 1 together"),
        ("substitution\n" + "1" * 200_000 + "\n", "line 2: broken quotes (field larger than field limit"),
        (b"substitution\n0.1\n\xff\n", "line 3: byte 0xff is not UTF-8"),
    ],
)
def test_a_bad_list_is_refused_with_the_line(listed, content, said):
    with pytest.raises(InputError) as caught:
        listed(content)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        "substitution;prompts.slope;prompts.birthday\n0,1;4;VRAI\n0,6;1,5e-1;FAUX\n",  # as a French spreadsheet writes
        "sep=;\nsubstitution;prompts.slope;prompts.birthday\n0.1;4;1\n0.6;.15;0\n",
        "substitution\tprompts.slope\tprompts.birthday\r\n0.1\t4\tyes\r\n0.6\t0,15\tno\r\n",
        "substitution,prompts.slope,prompts.birthday\n0.1,4.0,1.0\n0.6,0.15,0.0\n",  # as numpy writes
        ",substitution,prompts.slope,prompts.birthday\n0,0.1,4.0,True\n1,0.6,0.15,False\n",  # as pandas writes
        ";substitution;prompts.slope;prompts.birthday\n1;0,1;4;1,0\n2;0,6;0,15;0,0\n",
        '"substitution","prompts.slope","prompts.birthday"\n# chosen by hand\n0.1,4,True\n0.6,"0.15",False\n',
        "substitution prompts.slope prompts.birthday\n0,1   4 oui\n\n0,6 0,15 non\n",
    ],
)
def test_a_list_has_the_separators_decimals_and_truths_of_graph_files(content):
    rows, found = lists.points(content, "f.csv", ("us",))
    assert found == []
    assert [tuple(point.values()) for _, point in rows] == [(0.1, 4.0, True), (0.6, 0.15, False)]


@pytest.mark.parametrize(
    "content, said",
    [
        ("substitution,prompts.slope\n0,1,4\n", "line 2: 3 values; expected 2"),  # a comma is one thing in one file
        ("substitution;prompts.slope\n1.000,5;4\n", 'line 2, substitution: text "1.000,5"; expected a number'),
        ("substitution;prompts.birthday\n0,1;2\n", 'line 2, prompts.birthday: text "2"; expected true or false'),
        ("prompts.birthday;slope\nja;1\n", 'text "ja"; expected true or false (1 or 0, yes or no, vrai or faux, oui or non)'),
        ("substitution;prompts.slope\n0,1\n", "line 2: 1 value; expected 2"),
        (",substitution,slope\n0,0.1,1\n5,0.2,1\n", "line 1: column 1 has no name"),  # numbers of no rows
        ("substitution;prompts.audience\n0,1;pub\x1blic\n", "line 2: the character U+001B"),
        ("burn_in.years;substitution\n1;0,1\n", ""),
        ("years;substitution\n1;0,1\n", "line 1: 'years' is a column of every table of runs"),
    ],
)
def test_a_list_is_not_read_as_what_it_is_not(content, said):
    _, found = lists.points(content, "f.csv", ("us",))
    assert [str(problem) for problem in found if said in str(problem)] if said else found == []


def test_all_that_is_wrong_with_a_list_is_said_at_once(listed):
    with pytest.raises(InputError) as caught:
        listed("substitution,slope\nmuch,-1\n0.1\n0.3,1\n0.3,1\n")
    assert [problem.place for problem in caught.value.problems] == ["line 2, substitution", "line 2, slope", "line 3", "line 5"]


@given(st.text(alphabet="substiuon,.0123456789-e \n\"'\t\x00é", max_size=80))
def test_any_text_is_points_or_problems(text):
    rows, found = lists.points(text, "f.csv", ("us",))
    assert found or rows


NOT_TINY = st.floats(1e-9, 1) | st.just(0.0)


@given(st.lists(st.tuples(NOT_TINY, NOT_TINY, st.booleans()), min_size=1, max_size=9, unique=True))
def test_a_list_that_is_written_is_read(rows):
    names = ["substitution", "prompts.slope", "prompts.birthday"]
    text = "\n".join([",".join(names), *(f"{a!r},{b!r},{str(c).lower()}" for a, b, c in rows)])
    assert lists.points(text, "f.csv", ("us",)) == ([(k, dict(zip(names, row))) for k, row in enumerate(rows, start=2)], [])


@given(
    st.lists(st.floats(0, 1), min_size=2, max_size=2, unique=True),
    st.integers(1, 20),
    st.sampled_from(["latin", "sobol", "morris"]),
)
def test_any_range_within_bounds_is_sampled_within_it(plain, ends, count, kind):
    low, high = sorted(ends)
    size = {"trajectories": count + 1} if kind == "morris" else {"points": 2 ** (count % 5) if kind == "sobol" else count}
    written = {"design": {"kind": kind, **size}, "vary": {"substitution": {"low": low, "high": high}, "slope": {}}}
    study = plain(written)
    points = study.points()
    assert len(points) == math.prod(study.point_counts().values())
    assert all(low <= point["substitution"] <= high and 0 <= point["slope"] <= 8 for point in points)


@pytest.fixture(scope="module")
def plain(tiny):
    """The tiny study with another design, without files."""
    from sim.scenario.study import Study

    return lambda written: Study.model_validate({key: one for key, one in tiny if key not in ("design", "vary")} | written)


def test_editors_know_every_kind_and_key(tmp_path):
    from sim.scenario.design import KEYS
    from sim.scenario.editors import schemas

    (file,) = (each for each in schemas(tmp_path) if each.name == "study.schema.json")
    known = json.loads(file.read_text("utf-8"))["definitions"]
    assert known["Design"]["properties"]["kind"]["enum"] == list(KEYS)
    assert set(known["Design"]["properties"]) == {"kind", *(key for keys in KEYS.values() for key in keys)}
    assert known["Vary"]["anyOf"][1]["properties"]["scale"]["enum"] == ["linear", "log"]


def examples() -> list[str]:
    """The studies' parts that docs/designs.md shows, each with a design of its own; not the cross, which has its own arms."""
    blocks = (ROOT / "docs" / "designs.md").read_text("utf-8").split("```")[1::2]
    return [block.removeprefix("toml\n") for block in blocks if block.startswith("toml") and "[cross]" not in block]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.splitlines()[1])
def test_the_examples_of_the_docs_can_be_copied(a_study, scenarios, example):
    (scenarios / "points.csv").write_text("substitution,prompts.slope,prompts.audience\n0.1,0.5,public\n0.6,4.0,private\n")
    study = a_study(example, name="copied")
    assert len(study.points()) == math.prod(study.point_counts().values())


# --- sweeping --------------------------------------------------------------------------------------------------------------


def sim(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


@pytest.mark.parametrize(
    "lines, vary, said",
    [
        ((), "substitution = [0.1, 0.2, 0.3]\nslope = { points = 2 }", "6 points, grid: substitution 3 x slope 2"),
        (("kind = 'latin'", "points = 5"), THREE, "5 points, latin: samples 5"),
        (("kind = 'sobol'", "points = 2"), THREE, "10 points, sobol: points a sample 5 x samples 2"),
        (("kind = 'morris'", "trajectories = 3"), THREE, "12 points, morris: points a trajectory 4 x trajectories 3"),
        (("kind = 'one-at-a-time'",), "substitution = {}", "3 points, one-at-a-time: changes and the base 3"),
    ],
)
def test_dry_run_tells_points_units_runs_and_time(designed, tmp_path, lines, vary, said):
    study = designed(*lines, vary=vary)
    first, second, third, _ = sim("sweep", study.file, "--dry-run", "--jobs", 1, "--out", tmp_path).stdout.splitlines()
    assert first == said
    units = 2 * len(study.points())
    assert second.startswith(f"{units} units ({5 * units} runs with placebos), 0 already done")
    assert third.startswith("time left: about ")
    assert third.endswith("with 1 job (a guess until a unit is done)")
    assert list(tmp_path.iterdir()) == []


def test_dry_run_of_a_list(listed, tmp_path):
    study = listed("substitution\n0.1\n0.2\n")
    assert sim("sweep", study.file, "--dry-run", "--out", tmp_path).stdout.startswith("2 points, list: rows 2\n")


def test_growing_counts_once_a_seed_unless_what_varies_changes_the_society(designed):
    after, before = (designed(vary=f"{name} = {{ points = 50 }}", burn_in='"9y"') for name in ("substitution", '"decay.friend"'))
    guesses = [forecast.forecast(study, Path("none"), "default").seconds_a_unit for study in (after, before)]
    assert guesses[1] > 1.5 * guesses[0]


def test_more_units_than_anybody_means_are_refused_unless_said_yes(designed, tmp_path, monkeypatch):
    from sim.study.sweep import sweeping

    def begin(*_):
        raise RunError("it began")

    monkeypatch.setattr(sweeping, "graph_of", begin)  # the first that a sweep does once it may
    study = designed(vary="substitution = { points = 100 }\nslope = { points = 60 }")
    result = sim("sweep", study.file, "--out", tmp_path, "--jobs", 2)
    assert result.exit_code == 2
    assert result.stderr.startswith(
        f"{study.file}: vary: 12000 units (substitution 100 x slope 60 x seeds 2), 60000 runs with 2 jobs: about "
    )
    assert "machine: fewer values, samples, seeds or people; or --yes if this is meant\n" in result.stderr
    assert list(tmp_path.iterdir()) == []
    smaller = designed(vary="substitution = { points = 100 }\nslope = { points = 50 }")
    for words in ((study.file, "--out", tmp_path, "--yes"), (smaller.file,)):
        assert "it began" in sim("sweep", *words).stderr


# --- from points to figures ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def latin(a_study):
    lines = '[design]\nkind = "latin"\npoints = 4\n'
    return a_study(lines, vary=THREE + "\ndisplacement = {}", name="latin", people=40, burn_in='"1y"')


@pytest.fixture(scope="module")
def swept(latin, tmp_path_factory):
    folder = tmp_path_factory.mktemp("latin")
    sweep(latin, folder)
    compare(folder)
    return folder


def test_each_varied_value_is_a_column_of_runs(latin, swept):
    runs = tables.read(swept, "runs")
    assert runs.height == 4 * 2 * 5
    for number, point in enumerate(latin.points()):
        rows = runs.filter(pl.col("point") == number)
        assert rows.height == 2 * 5
        assert rows.select(list(point)).unique().row(0, named=True) == point


def test_the_result_folder_keeps_the_design(latin, swept):
    kept = json.loads((swept / "study.json").read_text())
    assert kept["points"] == [{"point": number} | point for number, point in enumerate(latin.points())]
    assert kept["design"] == {
        "kind": "latin",
        "points": 4,
        "seed": 1,
        "names": [*NAMES, "displacement"],
        "ranges": [*map(list, RANGES), [0.0, 0.39]],
        "scales": ["linear", "linear", "log", "linear"],
    }


@pytest.mark.parametrize(
    "lines, kept",
    [
        (("kind = 'sobol'", "points = 2"), {"kind": "sobol", "points": 2, "second_order": False, "seed": 1}),
        (("kind = 'morris'", "trajectories = 2", "seed = 9"), {"kind": "morris", "trajectories": 2, "levels": 4, "seed": 9}),
        (("kind = 'one-at-a-time'",), {"kind": "one-at-a-time"}),
    ],
)
def test_what_is_kept_of_a_design_is_all_that_indices_need(designed, lines, kept):
    ranges = {"names": NAMES, "ranges": [list(ends) for ends in RANGES], "scales": ["linear", "linear", "log"]}
    assert designed(*lines).about_design() == kept | ranges


def test_region_share_counts_over_the_sampled_points(swept):
    verdicts = tables.read(swept, "verdict")
    assert verdicts.height == 4
    for row in verdicts.iter_rows(named=True):
        assert row["region_share"] == verdicts.filter(pl.col("verdict") == row["verdict"]).height / 4


@pytest.mark.slow
def test_figures_show_the_point_closest_to_the_centre(latin, swept, tmp_path):
    with pytest.warns(LeftOut):  # of forty people in two societies not every figure can be drawn
        files = {file.name for file in draw(swept, out=tmp_path, all=True)}
    assert {"greetings.en.svg", "verdict.en.svg"} <= files
    off = [sum((share - 0.5) ** 2 for share in row) + (point["displacement"] / 0.39 - 0.5) ** 2
           for row, point in zip(shares(latin), latin.points())]  # fmt: skip
    closest = off.index(min(off))
    assert Results(swept).reference["point"] == closest
    assert f"combination {closest}".replace(" ", "\u00a0") in (tmp_path / "greetings.en.svg").read_text("utf-8")


def test_figures_that_expect_a_grid_leave_themselves_out(swept, tmp_path):
    results = Results(swept)
    with pytest.raises(Lacking, match="a latin design, not of a grid"):
        results.must_be_a_grid()
    about = json.loads((swept / "study.json").read_text())
    assert not telling.varied(results)
    json_files.write(tmp_path, "study.json", about | {"design": about["design"] | {"kind": "grid"}})
    Results(tmp_path).must_be_a_grid()


@pytest.mark.parametrize(
    "lines, vary, values, reference",
    [
        (("kind = 'latin'", "points = 2"), '"links.link_slope" = { low = 1, high = 100, scale = "log" }', (50.0, 10.0, 90.0), 1),
        (("kind = 'latin'", "points = 2"), '"links.link_slope" = { low = 1, high = 100 }', (10.0, 90.0, 50.0), 2),
        (("kind = 'one-at-a-time'",), "substitution = [0.0, 0.5, 1.0]", (0.3, 0.0, 0.5, 1.0), 0),
        ((), "substitution = [0.9, 0.1, 0.5]", (0.9, 0.1, 0.5), 1),
    ],
)
def test_the_reference_of_each_design(designed, tmp_path, lines, vary, values, reference):
    """The middle of the list of a grid's points, the base, or what is closest to the centre on the range's own scale."""
    study = designed(*lines, vary=vary)
    points = [{"point": number, study.varied()[0]: value} for number, value in enumerate(values)]
    write_study(tmp_path, design=study.about_design(), points=points)
    results = Results(tmp_path)
    results.points = points
    assert results.reference["point"] == reference
    assert greetings.shown(results) == ([points[reference]] if lines else points)


def test_the_reference_of_a_grid_is_in_the_middle_of_every_axis(tmp_path):
    grid = [(a, b, c) for a in (50, 130) for b in (0.1, 0.4, 1.0) for c in (0.0, 1.0)]
    points = [{"point": k, "minutes": a, "displacement": b, "dose": c} for k, (a, b, c) in enumerate(grid)]
    write_study(tmp_path, points=points)
    results = Results(tmp_path)
    results.points = points
    assert grid[results.reference["point"]] == (50, 0.4, 0.0)
    partly = Results(tmp_path)
    partly.points = [each for each in points if each["displacement"] != 0.4]  # not all are finished
    assert grid[partly.reference["point"]] == (50, 0.1, 0.0)


def test_the_reference_of_a_list(listed, tmp_path):
    study = listed("substitution,audience\n0.2,public\n0.6,private\n0.9,public\n", seeds=1, people=40, burn_in='"1y"')
    sweep(study, tmp_path)
    assert Results(tmp_path).reference == {"point": 0, "substitution": 0.2, "audience": "public"}


def test_what_an_arm_sets_stays_in_it_at_every_point(a_study):
    own = '[arms.own]\nplatform = "wall-2009"\nset = { "prompts.slope" = 9.0 }\n'
    study = a_study(own, vary='"prompts.slope" = [0.0, 2.0]', name="own")
    for arm, slopes in (("own", [9.0, 9.0]), ("wall", [0.0, 2.0])):
        assert [study.resolve(arm, point).numbers()["platform.prompts.slope"] for point in study.points()] == slopes
