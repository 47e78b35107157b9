"""What the program computes once: on made-up years where the answer is known, and on a small society as a whole."""

import shutil
import tomllib
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.compiled import RULES
from sim.errors import InputError, RunError
from sim.scenario.profile import Profile
from sim.scenario.reading import check, load
from sim.study.single.pilot import (
    LEAST_YEARS,
    Pilot,
    carried,
    closeness_of,
    lines,
    pilot,
    read_piece,
    replaced,
    steady_after,
    support_exponent,
    write,
)
from sim.world.measures.year import Year

SCENARIOS = Path(__file__).parents[1] / "scenarios"


def a_year(closeness) -> Year:
    """People who each feel the given closeness for somebody: an array (people, ties)."""
    closeness = np.asarray(closeness, float)
    people, ties = closeness.shape
    person, flat = np.repeat(np.arange(people), ties), closeness.ravel()
    nothing = np.zeros(flat.size)
    return Year(people, person, person, flat.astype(np.float32), flat, nothing, nothing, nothing)


def a_history(values):
    return [{"support": value, "hours": 3.0, "ties": 100.0} for value in values]


FOUND = Pilot(
    years=17, by_seed=(16, 18), change={}, exponent=1.5, exponent_before=2.0, next_carry=0.3, strong=0.41, clique=0.7,
    source='sim pilot society.toml: 9 people, rules "x"',
)  # fmt: skip


# --- the numbers --------------------------------------------------------------------------------------------------------


def test_closest_five_carry_forty_percent_under_the_exponent():
    """Fifteen ties of c = 1 (five) and 1/2 (ten): 5/(5 + 10/2^k) = 0.4 means 2^k = 4/3."""
    last = (a_year([[1.0] * 5 + [0.5] * 10] * 3),)
    assert support_exponent(last) == pytest.approx(np.log2(4 / 3), abs=1e-3)
    assert carried(last, np.log2(4 / 3), 5, 15) == pytest.approx(0.6)


def test_exponent_is_a_mean_over_people_of_all_seeds():
    some, others = a_year([[1.0] * 5 + [0.5] * 10]), a_year([[1.0] * 5 + [0.25] * 10] * 2)
    k = support_exponent((some, others))
    assert np.mean([5 / (5 + 10 * 0.5**k), *[5 / (5 + 10 * 0.25**k)] * 2]) == pytest.approx(0.4, abs=1e-3)


def test_no_exponent_for_people_with_five_ties():
    with pytest.raises(RunError, match=r"carry 100% to 100%"):
        support_exponent((a_year([[0.5, 0.4, 0.3, 0.2, 0.1]]),))


def test_the_mean_person_has_so_many_ties_above():
    year = a_year(np.linspace(0.001, 0.999, 4 * 30).reshape(4, 30))
    strong = closeness_of((year,), 15)
    assert (year.closeness > strong).sum() / 4 == pytest.approx(15, abs=0.5)
    assert closeness_of((year, year), 15) == strong


def test_too_few_ties_for_strong_ones():
    with pytest.raises(RunError, match="fewer than 15 ties"):
        closeness_of((a_year([[0.5] * 10]),), 15)


@pytest.mark.parametrize(
    "support, years",
    [
        ([1.0] * 20, LEAST_YEARS),  # calm from the start, but not believed so soon
        ([1.0 + 0.02 * min(year, 13) for year in range(20)], 16),  # years 14 and 16 are the first alike
        ([1.0 + 0.02 * year for year in range(20)], None),  # 2 % a year, for ever
        ([1.0, 1.0], None),  # nothing two years ago
        ([0.0] * 20, None),  # nothing at all
    ],
)
def test_years_until_steady(support, years):
    assert steady_after(a_history(support)) == years


# --- the society file ---------------------------------------------------------------------------------------------------


@pytest.fixture
def society(scenarios, tmp_path):
    file = tmp_path / "society.toml"
    file.write_bytes((scenarios / "society.toml").read_bytes())
    return file


def test_write_changes_four_lines_and_no_other(society):
    before = society.read_text().splitlines()
    write(FOUND, society)
    after = society.read_text().splitlines()
    changed = [new.split(" = ")[0] for old, new in zip(before, after, strict=True) if old != new]
    assert changed == ["years", "support_exponent", "strong", "clique"]
    assert check([society]) == []
    read = tomllib.loads(society.read_text())
    assert read["burn_in"]["years"] | {"low": 0, "high": 0} == {
        "value": 17, "low": 0, "high": 0, "unit": "years", "status": "computed", "source": FOUND.source,
    }  # fmt: skip
    assert [read["reference"][name]["value"] for name in ("support_exponent", "strong", "clique")] == [1.5, 0.41, 0.7]


def test_write_twice_is_write_once(society):
    write(FOUND, society)
    once = society.read_bytes()
    write(FOUND, society)
    assert society.read_bytes() == once


def test_printed_lines_are_the_written_ones(society):
    shown = lines(FOUND, society)
    write(FOUND, society)
    assert [line for line in shown if line.startswith("[")] == ["[burn_in]", "[reference]"]
    assert {line for line in shown if not line.startswith("[")} <= set(society.read_text().splitlines())


def test_comments_indents_ranges_and_line_ends_stay():
    text = (
        '[a]\r\nk = { value = 1, unit = "}", source = "# no comment" }\r\n[b] # of b\r\n'
        '  k = { value = 1, low = 0.5, high = 2, unit = "u}", source = "old" } # why\r\n'
    )
    assert replaced(text, "b", "k", 3.0, "new") == (
        '[a]\r\nk = { value = 1, unit = "}", source = "# no comment" }\r\n[b] # of b\r\n'
        '  k = { value = 3.0, low = 0.5, high = 3.0, unit = "u}", status = "computed", source = "new" } # why\r\n'
    )


def test_a_number_written_in_another_form_is_refused_and_nothing_written(society):
    text = society.read_text()
    at = text.index("clique = {")
    end = text.index("\n", at)
    line = text[at:end]
    society.write_text(
        text[:at] + text[end:] + line.replace("clique = {", "[reference.clique]\n").rstrip(" }").replace(", ", "\n")
    )
    before = society.read_bytes()
    with pytest.raises(InputError, match=r"reference\.clique: not on a line of its own"):
        write(FOUND, society)
    assert society.read_bytes() == before


def test_a_society_that_never_was_steady_is_not_written(society):
    before = society.read_bytes()
    with pytest.raises(RunError, match="never was steady"):
        write(Pilot(None, (None,), {}, 1.5, 2.0, 0.3, 0.4, 0.7, "x"), society)
    assert society.read_bytes() == before


# --- the whole ----------------------------------------------------------------------------------------------------------


def test_a_small_pilot(scenarios):
    said = []
    found = pilot(scenarios / "society.toml", people=60, seeds=2, years=3, progress=lambda step: said.append(step[:3]))
    assert said == [("societies", 1, 2), ("societies", 2, 2)]
    assert found.years is None
    assert 0 < found.strong < found.clique < 1
    assert 0.2 < found.next_carry < 0.6
    assert found.source == f"sim pilot society.toml: 60 people, 2 seeds, 3 years, profile us, rules {RULES}"
    assert ("burn_in", "years") not in found.values


@pytest.mark.slow
def test_processes_change_no_number(scenarios):
    file = scenarios / "society.toml"
    assert pilot(file, people=40, seeds=2, years=1) == pilot(file, people=40, seeds=2, years=1, jobs=2)


def test_another_kind_of_file_is_refused(scenarios, tiny):
    with pytest.raises(InputError, match="not a society"):
        pilot(scenarios / "tiny.toml", people=10, seeds=1, years=1)
    with pytest.raises(InputError, match="no such file"):
        pilot(scenarios / "society.toml", people=10, seeds=1, years=1, profile="mars")


# --- another profile ----------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """A society, and beside it a profile that has no years, and one that has 31."""
    shutil.copy(SCENARIOS / "society.toml", tmp_path)
    text = (SCENARIOS / "profiles" / "us.toml").read_text("utf-8")
    (tmp_path / "profiles").mkdir()
    years = 'steady_years = { value = 31, low = 10, high = 40, unit = "years", status = "assumed", source = "made up" }  # kept\n'
    for name, more in (("us", ""), ("calm", ""), ("slow", years)):
        changed = text.replace('name = "us"', f'name = "{name}"') + more
        (tmp_path / "profiles" / f"{name}.toml").write_text(changed, "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["calm", "slow"])
def test_the_years_of_a_profile_stand_in_its_own_file(folder, name):
    of_profile, society = replace(FOUND, profile=name), folder / "society.toml"
    before, file = society.read_bytes(), folder / "profiles" / f"{name}.toml"
    old = file.read_text("utf-8").splitlines()
    assert of_profile.file(society) == file
    (line,) = of_profile.lines(society)
    of_profile.write(society)
    assert society.read_bytes() == before
    new = file.read_text("utf-8").splitlines()
    assert check([file]) == []
    assert read_piece(file, Profile, "profile").steady_years.value == 17
    assert new[: len(us_lines := [row for row in old if not row.startswith("steady_years")])] == us_lines
    assert new[-1].startswith(line)
    assert new[-1].endswith("# kept") == (name == "slow")
    assert not of_profile.again  # the exponent is that of us, whatever is found here


def study_of_two(folder, profiles: str, burn_in: str = "until-steady"):
    for name in ("platforms", "margins.toml"):
        if not (folder / name).exists():
            source = SCENARIOS / name
            shutil.copytree(source, folder / name) if source.is_dir() else shutil.copy(source, folder)
    text = f'''format = 1
question = "Who grows for how long?"
society = "society.toml"
profiles = {profiles}
people = 40
burn_in = "{burn_in}"
horizons = ["1y"]
seeds = 1
arms.none = {{ platform = "none" }}
arms.wall = {{ platform = "wall-2009" }}
contrasts = [{{ name = "platform", arm = "wall", control = "none", primary = true }}]
'''
    (folder / "study.toml").write_text(text, "utf-8")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        study = load(folder / "study.toml")
    return study, [str(warning.message) for warning in caught]


def test_us_alone_grows_for_the_years_of_the_society(folder):
    study, notes = study_of_two(folder, "{ us = 1.0 }")
    assert (study.resolve("wall").years, notes) == (int(study.society.burn_in.years.value), [])


def test_a_society_of_several_profiles_grows_until_all_are_steady(folder):
    study, notes = study_of_two(folder, "{ us = 0.5, slow = 0.5 }")
    assert {study.resolve(arm).years for arm in study.arms} == {31}
    assert notes == []


def test_a_profile_without_years_takes_the_most_there_are_with_a_note(folder):
    study, (note,) = study_of_two(folder, "{ us = 0.5, calm = 0.5 }")
    assert study.resolve("wall").years == 31
    assert "'calm' without years until steady: the society grows for 31 years" in note
    assert "sim pilot --profile calm --write" in note


def test_years_that_a_study_names_hold_for_every_profile(folder):
    study, notes = study_of_two(folder, "{ us = 0.5, calm = 0.5 }", burn_in="2y")
    assert (study.resolve("wall").years, notes) == (2, [])


def test_years_of_a_profile_count_by_what_is_grown_alone(folder):
    study, _ = study_of_two(folder, "{ slow = 1.0 }")
    assert study.society_fingerprint("wall", {"slow.steady_years": 25.0}) != study.society_fingerprint("wall")
    other, _ = study_of_two(folder, "{ slow = 1.0 }", burn_in="2y")
    assert other.society_fingerprint("wall", {"slow.steady_years": 25.0}) == other.society_fingerprint("wall")
