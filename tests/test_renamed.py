"""Old keys of scenario files: what is read, which note says the new name, and what stays as it was."""

import shutil
import warnings
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.__main__ import app
from sim.errors import Note
from sim.scenario import renamed
from sim.scenario.dotted_names import dotted_names, full_name
from sim.scenario.reading import check, load, study_from

SCENARIOS = Path(__file__).parents[1] / "scenarios"
STUDY, US, WALL = "birthday-prompt.toml", "profiles/us.toml", "platforms/wall-2009.toml"
FILES = (STUDY, US, WALL, "platforms/none.toml", "society.toml", "margins.toml")
SLOPES = '"prompts.slope" = [0.0, 2.0, 4.0]'


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    """A copy of a shipped study and of what it reads; the current folder."""
    for file in FILES:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        shutil.copy(SCENARIOS / file, tmp_path / file)
    monkeypatch.chdir(tmp_path)


def replace(file, old, new):
    text = Path(file).read_text("utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new, 1), "utf-8")


def noted(act, *arguments):
    """What a function gives, and the texts of its notes."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = act(*arguments)
    assert {warning.category for warning in caught} <= {Note}
    return result, [str(warning.message) for warning in caught]


def note(file, place, old, new):
    return f"{file}: {place}: '{old}' has a new name and is read as '{new}'; please write '{new}'"


def test_an_old_key_of_a_platform_is_read_with_one_note():
    new, notes = noted(load, STUDY)
    assert notes == []
    replace(WALL, "link_slope =", "closeness =")
    old, notes = noted(load, STUDY)
    assert notes == [note(WALL, "links.closeness", "closeness", "link_slope")]
    assert old == new
    assert noted(check, WALL) == ([], notes)


def test_a_command_prints_the_note_once_and_goes_on():
    replace(WALL, "link_slope =", "closeness =")
    shutil.copy(STUDY, "again.toml")
    result = CliRunner().invoke(app, ["check", STUDY, "again.toml", "--deps"])
    assert result.exit_code == 0
    assert result.stderr == "note: " + note(WALL, "links.closeness", "closeness", "link_slope") + "\n"


OLD = """
[arms.changed]
platform = "wall-2009"
set = { "platform.links.closeness" = 9.0 }
schedule = [{ day = 9, platform = "wall-2009", set = { closeness = 1.0, "prompts.slope" = 1.0 } }]
[vary]
substitution = [0.0, 0.5]
"links.closeness" = [4.0, 8.0]
"prompts.slope" = [0.0]
[region]
names = ["links.share", "links.closeness"]
leave = ["closeness"]
[mechanisms]
links = { "links.closeness" = 0.0 }
"""


def test_old_names_in_a_study_are_read_with_a_note_for_each_place():
    text = Path(STUDY).read_text("utf-8")
    text = text[: text.index("[vary]")]
    study, notes = noted(study_from, text + OLD)
    new, none = noted(study_from, text + OLD.replace("closeness", "link_slope"))
    assert (study, none) == (new, [])
    assert study.varied() == ["substitution", "links.link_slope", "prompts.slope"]
    assert study.points()[1] == {"substitution": 0.0, "links.link_slope": 8.0, "prompts.slope": 0.0}
    assert study.resolve("changed").platform(9).links.link_slope.value == 1.0
    old, short, full = "links.closeness", "closeness", "platform.links.closeness"
    assert notes == [
        note("./<study>", place, name, name.replace("closeness", "link_slope"))
        for place, name in [
            (f'arms.changed.set."{full}"', full),
            ("arms.changed.schedule[0].set.closeness", short),
            (f'vary."{old}"', old),
            (f'region.names."{old}"', old),
            ("region.leave.closeness", short),
            (f'mechanisms.links."{old}"', old),
        ]
    ]


def test_an_old_name_of_a_column_of_a_list_is_read_with_a_note():
    Path("points.csv").write_text("links.closeness,substitution\n4,0.1\n8,0.2\n", "utf-8")
    replace(STUDY, "[vary]\n" + SLOPES, '[design]\nkind = "list"\nfile = "points.csv"')
    study, notes = noted(load, STUDY)
    assert notes == [note("points.csv", "line 1", "links.closeness", "links.link_slope")]
    assert study.points()[0] == {"links.link_slope": 4.0, "substitution": 0.1}


@pytest.mark.parametrize(
    "file, old, new, problem",
    [
        (
            WALL,
            "link_slope =",
            "closeness = 1\nlink_slope =",
            "links.closeness: unknown key 'closeness'; expected one of cap, cost, kept, link_slope, share",
        ),
        (
            STUDY,
            SLOPES,
            '"links.closeness" = [4.0]\n"links.link_slope" = [8.0]',
            "vary.\"links.closeness\": 'links.closeness' is an old name; expected its new name 'links.link_slope'",
        ),
    ],
)
def test_an_old_name_beside_its_new_one_is_refused(file, old, new, problem):
    replace(file, old, new)
    problems, notes = noted(check, STUDY)
    assert [str(problem) for problem in problems] == [f"{file}: {problem}"]
    assert notes == []


def test_the_next_rename_needs_one_line(monkeypatch):
    """Here made-up ones: old keys of a profile and of a study."""
    monkeypatch.setattr(renamed, "RENAMED", {"profile.*.contacts": "links", "study.burnin": "burn_in"})
    replace(US, "links =", "contacts =")
    replace(STUDY, "burn_in =", "burnin =")
    replace(STUDY, SLOPES, '"us.contacts" = [100.0]\ncontacts = [100.0]')
    problems, notes = noted(check, STUDY)
    assert [problem.given for problem in problems] == ["'links' and 'us.links' are both profile.us.links"]
    places = [(STUDY, "burnin", "burnin", "burn_in"), (STUDY, 'vary."us.contacts"', "us.contacts", "us.links")]
    places += [(STUDY, "vary.contacts", "contacts", "links"), (US, "contacts", "contacts", "links")]
    assert sorted(notes) == sorted(note(*place) for place in places)


def test_a_name_that_means_something_today_is_not_old(monkeypatch):
    monkeypatch.setattr(renamed, "RENAMED", {"society.people.slope": "tilt"})
    assert noted(load, STUDY)[1] == []
    replace(STUDY, '"prompts.slope"', "slope")
    assert load(STUDY).varied() == ["slope"]


def test_a_new_name_changes_no_digest():
    """So seals and published hashes stay what they are."""
    values = load(STUDY).resolve("wall", {"links.link_slope": 3.0}).flat
    ((day, present, platform),) = values.timeline
    assert platform["platform.links.link_slope"] == 3.0
    before = {name.replace("link_slope", "closeness"): value for name, value in platform.items()}
    assert values._replace(timeline=((day, present, before),)).run_digest() == values.run_digest()


@pytest.mark.parametrize("old, key", renamed.RENAMED.items())
def test_every_renamed_key_has_a_new_one_that_means_one_thing(old, key):
    valid = dotted_names(("us",))
    full = old.replace("*", "us")
    assert full not in valid
    for start in range(full.count(".") + 1):
        name = ".".join(full.split(".")[start:])
        assert full_name(renamed.new_name(name), valid) == full.rsplit(".", 1)[0] + "." + key
