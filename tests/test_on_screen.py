"""What is on the screen of the page to play with: its address, the study that it is, and its sliders."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import polars as pl
import pytest
from conftest import slow
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.errors import InputError
from sim.figures.words import Words
from sim.page import on_screen
from sim.page.on_screen import AddressError, Choice, address_of, choice_of, sliders, study_at, toml_of, usable, within

SCENARIOS = Path(__file__).parents[1] / "scenarios"
STUDIES = sorted(file for file in SCENARIOS.glob("*.toml") if "question =" in file.read_text("utf-8"))
AS_THE_FILE = Choice()
SOME, OTHERS = STUDIES[::4], [file for k, file in enumerate(STUDIES) if k % 4]
DOSE = "society.channels.greeting.dose"


@pytest.fixture(scope="module")
def file(a_study) -> Path:
    """A study of 60 people, a year of growing and three replicates."""
    study = a_study(name="on-screen", burn_in='"1y"', seeds=3, vary='"prompts.slope" = [0.0, 2.0]')
    return Path(study.file)


NAMES = st.sampled_from(["prompts.slope", DOSE, "a & b", "é=?"])
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**14), 10**14)


@given(st.builds(
    Choice, st.sampled_from(["", "us", "a b"]), st.sampled_from(["", "wall-2009"]), st.none() | st.integers(20, 5000),
    st.none() | st.integers(2, 100), st.dictionaries(NAMES, NUMBERS),
))  # fmt: skip
def test_an_address_gives_its_choice_back(choice):
    assert choice_of(address_of(choice)) == choice
    assert choice_of(address_of(choice) + "&lang=fr") == choice


@pytest.mark.parametrize("address", ["people=many", "people=3", "seeds=1000000", f"{DOSE}=high", "x", "&".join(["a=1"] * 200)])
def test_an_address_that_cannot_be_is_a_sentence(address):
    with pytest.raises(AddressError) as error:
        choice_of(address)
    english, french = str(error.value), error.value.sentence(Words("fr"))
    assert english.startswith("The address has")
    assert french.startswith("L’adresse")
    assert "\n" not in english + french


def test_what_is_wrong_with_one_field_leaves_the_others(file):
    whole = "slope=1.5&people=100&x=1&seeds=3&displacement=99&profile=atlantis"
    assert usable(file, whole, 60) == Choice(people=100, seeds=3, values={"platform.prompts.slope": 1.5})
    assert usable(file, "&".join(["a=1"] * 200), 60) == Choice()


def test_a_number_beyond_its_slider_is_refused(file):
    slider = next(slider for slider in sliders(sim.load(file), study_at(file, Choice(), 60)) if slider.name == DOSE)
    with pytest.raises(AddressError) as error:
        within(file, Choice(values={DOSE: 2 * slider.high}), 60)
    assert str(error.value).endswith(f"{DOSE}. Its slider goes from {slider.low:g} to {slider.high:g}.")
    assert pickle.loads(pickle.dumps(error.value)).sentence(Words("fr")) == error.value.sentence(Words("fr"))


def test_a_number_by_its_short_name_has_its_slider(file):
    shown = within(file, Choice(values={"slope": 1.0, "displacement": 0.2}), 60)
    assert [*shown.values] == ["platform.prompts.slope", "society.response.displacement"]
    with pytest.raises(AddressError, match="no slider"):
        within(file, Choice(values={"usual_ties": 12}), 60)


def test_what_the_study_refuses_is_of_the_page(file):
    with pytest.raises(InputError, match=r"^on the page: vary\.x: unknown name 'x'"):
        within(file, Choice(values={"x": 1.0}), 60)


@pytest.mark.parametrize("study", [*SOME, *slow(*OTHERS)], ids=lambda file: file.stem)
def test_the_study_on_the_screen_is_a_file_that_check_accepts(study, tmp_path):
    own = sim.load(study)
    if own.primary.against:
        pytest.skip("a difference of two groups has no page")
    plain = study_at(study, Choice())
    name = sliders(own, plain)[0].name
    choice = Choice(people=80, seeds=4, values={name: sliders(own, plain)[0].high})
    for part in SCENARIOS.iterdir():
        (tmp_path / part.name).symlink_to(part)
    file = tmp_path / "on-screen.toml"
    file.write_text(toml_of(study, choice), "utf-8")
    assert sim.check(file) == []
    read, shown = sim.load(file), study_at(study, choice)
    assert read.model_copy(update={"name": "", "file": ""}) == shown.model_copy(update={"name": "", "file": ""})
    assert (read.people, read.seeds, len(read.arms)) == (80, 4, 2)
    assert read.primary.group == own.primary.group


def test_without_a_choice_the_arms_are_those_of_the_file(file):
    own, shown = sim.load(file), study_at(file, Choice(), 60)
    for arm in shown.arms:
        assert shown.fingerprint(arm) == own.fingerprint(arm)


def test_a_choice_reaches_both_arms(file):
    choice = Choice("france", "feed-2015", 40, 2, {DOSE: 0.02, "society.decay.friend": 200})
    study = study_at(file, choice)
    for arm in study.arms:
        flat = study.resolve(arm, study.points()[0]).flat
        assert (flat.society[DOSE], flat.society["society.decay.friend"]) == (0.02, 200)
        assert study.arms[arm].platform == "feed-2015"
    assert (list(study.shares), study.people, study.seeds) == (["france"], 40, 2)


@pytest.mark.parametrize(
    "choice, words",
    [
        (Choice(profile="atlantis"), "unknown profile 'atlantis'"),
        (Choice(platform="agora"), "unknown platform 'agora'"),
        (Choice(values={"fade.me": 1.0}), "fade.me"),
        (Choice(values={DOSE: 5.0}), "0.99"),
    ],
)
def test_a_choice_that_does_not_fit_is_a_sentence(file, choice, words):
    with pytest.raises(InputError, match=re.escape(words)):
        study_at(file, choice)


def test_sliders_are_what_varies_then_what_matters_then_what_acts_before(file, tmp_path, monkeypatch):
    own, shown = sim.load(file), study_at(file, Choice(), 60)
    plain = sliders(own, shown)
    assert plain[0].name == "platform.prompts.slope"
    assert [each.name for each in plain if each.before] == list(on_screen.BEFORE)
    assert len(plain) == on_screen.MOST_SLIDERS + len(on_screen.BEFORE)
    assert all(each.low <= each.base <= each.high and each.low < each.high and each.status for each in plain)
    monkeypatch.setattr(on_screen, "mattering", lambda _: ["platform.adoption", "no.such"])
    assert [each.name for each in sliders(own, shown)][:3] == ["platform.prompts.slope", "platform.adoption", plain[1].name]


def test_what_matters_is_read_from_the_published_region(monkeypatch):
    monkeypatch.chdir(SCENARIOS.parent)
    study = sim.load(SCENARIOS / "time-displacement.toml")
    rows = pl.read_csv("results/time-displacement/flips.csv").filter(contrast=study.primary.name)
    nearest = rows.filter(pl.col("distance").is_not_null()).sort("distance")["name"][0]
    assert on_screen.mattering(study)[0] == nearest


def test_the_menu_has_only_platforms_that_have_what_the_arms_set():
    names = on_screen.fitting(SCENARIOS / "birthday-prompt.toml", Choice())
    assert "wall-2009" in names
    assert "closed-groups" not in names  # it has no prompts
    assert "closed-groups" in on_screen.fitting(SCENARIOS / "time-displacement.toml", Choice())
