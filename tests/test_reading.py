"""Scenario files: what a user is told, where, and that all of it is told at once."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sim import files
from sim.errors import InputError
from sim.scenario.editors import schemas
from sim.scenario.reading import check, dependencies, load, study_hash

SCENARIOS = Path(__file__).parent.parent / "scenarios"
STUDY, SOCIETY, US = "birthday-prompt.toml", "society.toml", "profiles/us.toml"
WALL, NONE = "platforms/wall-2009.toml", "platforms/none.toml"
MARGINS, TARGETS = "margins.toml", "targets.toml"
SLOPES = '"prompts.slope" = [0.0, 2.0, 4.0]'


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A copy of the shipped study and what it reads, to be spoilt; the current folder."""
    for file in (STUDY, SOCIETY, US, WALL, NONE, MARGINS):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        shutil.copy(SCENARIOS / file, tmp_path / file)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spoil(file, old, new):
    text = Path(file).read_text("utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new, 1), "utf-8")


def told():
    return [str(problem) for problem in check([STUDY])]


def test_every_shipped_scenario_checks_clean():
    assert check(sorted(SCENARIOS.rglob("*.toml"))) == []


def test_the_shipped_study_reads(here):
    study = load(STUDY)
    assert (study.name, study.file) == ("birthday-prompt", STUDY)
    assert study.society.contacts.initiated.value == 1.3
    assert study.margins.core.value == 0.05
    assert list(study.arms) == ["none", "no-prompt", "wall", "private"]
    assert list(study.platforms) == ["none", "wall-2009"]
    assert study.primary.name == "prompt"
    assert study.points() == [{"prompts.slope": value} for value in (0.0, 2.0, 4.0)]


# One thing wrong: (file, old, new, place, what is said)
WRONG = [
    # the society
    (SOCIETY, "[decay]", "[decay]\nfadee = 1", "decay.fadee", "unknown key 'fadee'; expected one"),
    (SOCIETY, "friend =", "freind =", "decay.freind", "perhaps you meant 'friend'"),
    (SOCIETY, "friend =", "freind =", "decay.friend", "missing; expected friend = { value, low"),
    (
        SOCIETY,
        "value = 1.3",
        'value = "five"',
        "contacts.initiated.value",
        'text "five"; expected a number',
    ),
    (SOCIETY, "value = 1.3", "value = true", "contacts.initiated.value", "true; expected a number"),
    (SOCIETY, "value = 1.3", "value = nan", "contacts.initiated.value", "nan; expected a number from 0 to 24"),
    (SOCIETY, "value = 1.3", "value = inf", "contacts.initiated.value", "inf; expected a number from 0 to 24"),
    (
        SOCIETY,
        "value = 1.3",
        "value = -1",
        "contacts.initiated.value",
        "-1 is too small; expected a number from 0 to 24 (meetings a day",
    ),
    (SOCIETY, "value = 1.3", "value = 1" + "0" * 400, "contacts.initiated.value", "the number about 10^400"),
    (
        SOCIETY,
        "tied = { value = 0.9",
        "tied = { value = 1.9",
        "settings.kin.tied.value",
        "1.9 is too large; expected a number from 0 to 1 (share, probability or closeness)",
    ),
    (SOCIETY, "low = 1.0, high = 1.6", "low = 1.7, high = 1.6", "contacts.initiated", "low 1.7"),
    (SOCIETY, "value = 1.3", "value = 3", "contacts.initiated", "outside its own range 1 to 1.6"),
    (SOCIETY, 'status = "assumed"', 'status = "asumed"', "status", "perhaps you meant 'assumed'"),
    (SOCIETY, ', source = "fit: evidence A1 (circles', ', sourc = "fit: evidence A1 (circles', "sourc", "'source'"),
    (SOCIETY, "displace_chance = false", "displace_chance = 0", "displace_chance", "true or false"),
    (SOCIETY, "visit = { value = 0.70", "visit = { value = 0.79", "channel_mix.near", "= 1.07"),
    (SOCIETY, "format = 1", "format = 2", "format", "the number 2; expected format = 1"),
    (SOCIETY, "format = 1", "format = true", "format", "true; expected format = 1"),
    (SOCIETY, "format = 1", "", "format", "missing; expected format = 1"),
    # profiles and platforms
    (US, "value = 180", "value = -180", "links.value", "from 0 to 2000"),
    (US, 'name = "us"', 'name = "fr"', "name", 'text "fr"; expected name = "us", the name of the file'),
    (WALL, "[prompts]", "[prompt]", "prompt", "perhaps you meant 'prompts'"),
    (WALL, '"public" ', '"publik" ', "prompts.audience", "perhaps you meant 'public'"),
    (WALL, "adoption =", "#", "adoption", "missing"),
    # what the study names
    (STUDY, '"greetings"', '"greeting"', "figures[3]", "perhaps you meant 'greetings'"),
    (STUDY, "us = 1.0", "uss = 1.0", "profiles.uss", "perhaps you meant 'us'"),
    (
        STUDY,
        '"wall-2009"',
        '"wall-2010"',
        "arms.no-prompt.platform",
        "unknown platform 'wall-2010'; expected one of none, wall-2009",
    ),
    (STUDY, '"society.toml"', '"socety.toml"', "society", "perhaps you meant 'society.toml'"),
    (STUDY, "seeds = 20", 'seeds = 20\ngraph = "no/such.csv"', "graph", "no file no/such.csv"),
    # numbers of the study
    (STUDY, "people = 500", 'people = "500"', "people", 'text "500"; expected a whole number'),
    (STUDY, "people = 500", "people = 6000000", "people", "a whole number from 1 to 5000000"),
    (STUDY, "seeds = 20", "seeds = 0", "seeds", "a whole number from 1 to 10000"),
    (STUDY, "us = 1.0", "us = 0.9", "profiles", "shares that add up to 0.9"),
    (STUDY, "{ us = 1.0 }", "{}", "profiles", "an empty table; expected at least one"),
    (STUDY, '"1y"', '"1y", "3z"', "horizons[1]", 'text "3z"; expected years or days'),
    (STUDY, '"1y"', '"30d"', "horizons[0]", "30 days; expected at least 365 days"),
    (STUDY, '"1y"', '"2y", "1y"', "horizons[1]", "rising order"),
    (STUDY, '"1y"', "", "horizons", "an empty list; expected at least one"),
    (STUDY, "until-steady", "12", "burn_in", 'expected "until-steady" or'),
    (STUDY, "quick =", "quik =", "sizes.quik", "perhaps you meant 'quick'"),
    # contrasts
    (STUDY, "primary = true", "", "contrasts", "no contrast is primary; expected exactly one"),
    (
        STUDY,
        'name = "platform"',
        'name = "platform"\nprimary = true',
        "contrasts",
        "primary: prompt, platform; expected exactly one",
    ),
    (STUDY, 'control = "none"', 'control = "nonne"', "contrasts.platform.control", "no arm 'nonne"),
    (STUDY, 'control = "none"', 'control = "wall"', "contrasts.platform.control", "also the arm"),
    (STUDY, 'name = "platform"', 'name = "prompt"', "contrasts", "2 contrasts are named 'prompt'"),
    (STUDY, 'thinning = "-"', 'thinning = "less"', "contrasts.prompt.expect.thinning", "a sign"),
    # margins
    (MARGINS, "[core]", "[cor]", "core", "missing; expected core = { value, unit, status, why }"),
    (MARGINS, "[core]", "[cor]", "cor", "unknown key 'cor'; expected one of"),
    (MARGINS, "value = 0.05", "value = 0", "support.value", "from 1e-06 to 0.999"),
    (MARGINS, 'unit = "bits"\n', "", "carriers.unit", 'missing; expected unit = "bits"'),
    (MARGINS, 'unit = "bits"', 'unit = "nats"', "carriers.unit", 'text "nats"; expected "bits"'),
    (MARGINS, "format = 1", "", "format", "missing; expected format = 1"),
    # designs
    (STUDY, SLOPES, '"prompts.slope" = []', 'vary."prompts.slope"', "an empty list; expected at"),
    (STUDY, SLOPES, '"prompts.slope" = 2', 'vary."prompts.slope"', "expected a list of values, or"),
    (STUDY, SLOPES, '"prompts.slope" = [0, -1]', 'vary."prompts.slope"', "-1 is too small"),
    (STUDY, SLOPES, '"prompts.slope" = [1, 1]', 'vary."prompts.slope"', "the number 1 twice"),
    (STUDY, SLOPES, '"prompts.slope" = [true, 1]', 'vary."prompts.slope"', "true"),
    (STUDY, SLOPES, '"prompts.slope" = { points = 1 }', 'vary."prompts.slope".points', "from 2 to 1000"),
    (STUDY, SLOPES, '"prompts.slope" = {}', 'vary."prompts.slope".points', "missing"),
    (
        STUDY,
        SLOPES,
        '"prompts.slope" = { low = 3, high = 2, points = 3 }',
        'vary."prompts.slope"',
        "low 3, high 2; expected low below high",
    ),
    (STUDY, SLOPES, '"prompts.slop" = [1]', 'vary."prompts.slop"', "you meant 'prompts.slope'"),
    (STUDY, SLOPES, '"settings.kin.size" = { low = 2, high = 3, points = 3 }', 'vary."settings.kin.size"', "2.5"),
    (STUDY, SLOPES, '"near.visit" = [0.6, 0.9]', 'vary."near.visit"', "visit 0.9 + call 0.28 = 1.18"),
    (STUDY, SLOPES, 'substitution = [0.1]\n"response.substitution" = [0.2]', 'vary."response.substitution"', "are both"),
    (
        STUDY,
        SLOPES,
        "\n".join(f"{name} = {{ points = 1000 }}" for name in ("suppression", "closure")),
        "vary",
        "1000000 points (suppression 1000 x closure 1000); expected at most 100000",
    ),
    # settings
    (
        STUDY,
        '{ "prompts.birthday" = false }',
        '{ "prompts.slope" = -1 }',
        'arms.no-prompt.set."prompts.slope"',
        "-1 is too small; expected a number from 0 to 1",
    ),
    (STUDY, '"prompts.birthday" = false', '"prompts.birthday" = 0', 'set."prompts.birthday"', "true or false"),
    (STUDY, '"prompts.birthday"', "prompts.birthday", "arms.no-prompt.set.prompts", "in quotes"),
    (
        STUDY,
        'platform = "none"',
        'platform = "none"\nset = { "prompts.slope" = 1 }',
        'arms.none.set."prompts.slope"',
        "platform 'none' has no prompts.slope",
    ),
]


@pytest.mark.parametrize("file, old, new, place, said", WRONG)
def test_one_thing_wrong_is_told_with_its_place(here, file, old, new, place, said):
    spoil(file, old, new)
    found = [one for one in check([STUDY]) if one.place.endswith(place) and said in str(one)]
    assert found, told()
    assert found[0].file == file


def schedule(arm):
    return f'[arms.wall]\nplatform = "wall-2009"\nschedule = [{arm}]\n'


@pytest.mark.parametrize(
    "entries, place, said",
    [
        ('{ day = 731, platform = "nonne" }', "[0].platform", "perhaps you meant 'none'"),
        ('{ day = 0, platform = "none" }', "[0].day", "from 1 to 73000"),
        (
            '{ day = 9, platform = "none" }, { day = 9, platform = "wall-2009" }',
            "[1].day",
            "days in rising order",
        ),
        ('{ day = 2000, platform = "none" }', "[0].day", "before the last horizon, 365"),
        ('{ day = 9, platform = "none", set = { minutes_ratio = 1 } }', "minutes_ratio", "setting"),
        ('{ day = 9, platform = "none", set = { slope = 1 } }', "slope", "has no prompts.slope"),
    ],
)
def test_a_schedule_is_checked(here, entries, place, said):
    spoil(STUDY, '[arms.wall]\nplatform = "wall-2009"\n', schedule(entries))
    (one,) = check([STUDY])
    assert one.place.startswith("arms.wall.schedule")
    assert one.place.endswith(place)
    assert said in str(one)


def test_an_arm_may_change_and_leave_its_platform(here):
    entries = '{ day = 9, platform = "wall-2009", set = { slope = 1 } }, { day = 331, platform = '
    spoil(STUDY, '[arms.wall]\nplatform = "wall-2009"\n', schedule(entries + '"none" }'))
    wall = load(STUDY).resolve("wall", {"prompts.slope": 4.0, "platform.minutes": 30})
    assert [(day, one.name) for day, one in wall.timeline] == [
        (0, "wall-2009"),
        (9, "wall-2009"),
        (331, "none"),
    ]
    assert [one.prompts.slope.value for _, one in wall.timeline[:2]] == [4, 1]
    assert [one.minutes.value for _, one in wall.timeline[:2]] == [30, 30]
    assert wall.platform(330).present
    assert not wall.platform(331).present


def test_a_study_without_arms_is_refused(here):
    text = Path(STUDY).read_text("utf-8")
    Path(STUDY).write_text(re.sub(r"(?s)\[arms\.none\].*?(?=\[\[)", "[arms]\n", text, count=1))
    assert f"{STUDY}: arms: an empty table; expected at least one" in told()
    Path(STUDY).write_text(re.sub(r"(?s)\[arms\.none\].*?(?=\[\[)", "", text, count=1))
    assert any(one.startswith(f"{STUDY}: arms: missing") for one in told())


def test_an_arm_written_twice_is_refused_with_its_line(here):
    spoil(STUDY, "[arms.wall]", "[arms.none]")
    lines = Path(STUDY).read_text("utf-8").splitlines()
    (_, line) = (number for number, text in enumerate(lines, 1) if text == "[arms.none]")
    (one,) = check([STUDY])
    assert one.place == f"line {line}"
    assert one.given == "[arms.none] is there twice"
    assert "another name" in one.expected


def test_all_problems_of_all_files_are_told_at_once(here):
    spoil(SOCIETY, "value = 1.3", "value = -1")
    spoil(SOCIETY, "friend =", "freind =")
    spoil(US, "value = 0.90", "value = 1.90")
    spoil(WALL, '"public" ', '"publik" ')
    spoil(STUDY, "people = 500", "people = 0")
    spoil(MARGINS, "[core]", "[cor]")
    spoil(STUDY, SLOPES, '"prompts.slop" = [1.0]')
    spoil(STUDY, 'platform = "none"', 'platform = "nome"')
    problems = check([STUDY])
    assert sorted((one.file, one.place) for one in problems) == [
        (STUDY, "arms.none.platform"),
        (STUDY, "people"),
        (STUDY, 'vary."prompts.slop"'),
        (MARGINS, "cor"),
        (MARGINS, "core"),
        (WALL, "prompts.audience"),
        (US, "overlap.value"),
        (SOCIETY, "contacts.initiated.value"),
        (SOCIETY, "decay.freind"),
        (SOCIETY, "decay.friend"),
    ]
    with pytest.raises(InputError) as caught:
        load(STUDY)
    assert list(caught.value.problems) == problems


def test_a_file_named_twice_is_told_once(here):
    spoil(SOCIETY, "value = 1.3", "value = -1")
    assert len(check([SOCIETY, STUDY, STUDY, Path(STUDY)])) == 1


def test_files_are_named_as_the_user_gave_them(here):
    spoil(SOCIETY, "value = 1.3", "value = -1")
    (one,) = check([os.path.join("profiles", "..", STUDY)])
    assert one.file == os.path.join("profiles", "..", SOCIETY)


@pytest.mark.parametrize(
    "content, place, said",
    [
        (b'format = 1\nname = "a\n', "line 2", "expected TOML"),
        (b"format = 1\npeople = 1\npeople = 2\n", "line 3", "a key is given twice: people = 2"),
        (b"format = 1\n\nquestion = \xe9t\xe9\n", "line 3", "byte 0xe9 is not UTF-8"),
        (b"a = " + b"[" * 9000, "", "too deep"),
        (b"a = " + b"1" * 9000, "", "expected TOML"),
        (b"", "", "neither a society, a profile, a platform, a study, margins nor targets"),
        (b"colour = 3\n", "", "neither a society, a profile, a platform, a study, margins nor targets"),
    ],
)
def test_what_is_no_scenario_is_refused_with_its_line(here, content, place, said):
    Path("bad.toml").write_bytes(content)
    (one,) = check(["bad.toml"])
    assert (one.file, one.place) == ("bad.toml", place)
    assert said in str(one)


def test_a_file_that_is_not_there_names_the_nearest(here):
    (one,) = check(["birthday-promt.toml"])
    assert str(one).startswith("birthday-promt.toml: no such file; expected one of")
    assert str(one).endswith("perhaps you meant 'birthday-prompt.toml'")
    (one,) = check(["nowhere/x.toml"])
    assert str(one) == "nowhere/x.toml: no such file; expected a file; there is no folder nowhere"


def test_a_folder_and_an_unreadable_file_are_refused(here, monkeypatch):
    assert str(check(["profiles"])[0]) == "profiles: a folder; expected a TOML file"

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files, "open", denied, raising=False)
    assert told() == [f"{STUDY}: cannot be read: Permission denied; expected a TOML file"]


def test_a_file_with_a_byte_order_mark_and_windows_lines_reads(here):
    content = Path(STUDY).read_bytes().replace(b"\n", b"\r\n")
    Path(STUDY).write_bytes(b"\xef\xbb\xbf" + content)
    assert check([STUDY]) == []


def test_each_sort_of_file_is_recognised(here):
    for file in (SOCIETY, US, WALL, NONE, STUDY, MARGINS):
        assert check([file]) == []
    shutil.copy(WALL, "wall-2009.toml")  # outside its folder, by its keys
    shutil.copy(US, "us.toml")
    assert check(["wall-2009.toml", "us.toml"]) == []
    spoil("us.toml", "value = 180", "value = -180")
    assert [one.place for one in check(["us.toml"])] == ["links.value"]


def test_a_range_defaults_to_the_plausible_one_of_the_file(here):
    spoil(STUDY, SLOPES, '"prompts.slope" = { points = 3 }\nsubstitution = { high = 0.5, points=2}')
    assert load(STUDY).points()[:3] == [
        {"prompts.slope": 0.0, "substitution": 0.0},
        {"prompts.slope": 0.0, "substitution": 0.5},
        {"prompts.slope": 4.0, "substitution": 0.0},
    ]
    spoil(STUDY, "substitution = {", '"reference.strong" = {')
    (one,) = check([STUDY])
    assert one.place == 'vary."reference.strong".low'
    assert "the file gives no range" in one.expected


def test_profiles_mix_and_are_set_by_an_arm(here):
    text = Path(US).read_text("utf-8").replace('name = "us"', 'name = "jp"')
    Path("profiles/jp.toml").write_text(text, "utf-8")
    spoil(STUDY, "us = 1.0", "us = 0.25, jp = 0.75")
    new = 'platform = "none"\nset = { "us.share" = 0.0, "jp.share" = 1.0, "jp.mobility" = -0.4 }'
    spoil(STUDY, 'platform = "none"', new)
    study = load(STUDY)
    assert [(one.name, share) for one, share in study.resolve("wall").profiles] == [
        ("us", 0.25),
        ("jp", 0.75),
    ]
    none = study.resolve("none")
    assert [(one.name, share) for one, share in none.profiles] == [("jp", 1.0)]  # whoever has no share counts for nothing
    assert none.profiles[0][0].mobility.value == -0.4
    assert study.resolve("wall").profiles[1][0].mobility.value == 0.182
    spoil(STUDY, '"us.share" = 0.0', '"us.share" = 0.5')
    (one,) = check([STUDY])
    assert "shares that add up to 1.5" in one.given


def test_a_setting_that_only_the_design_completes_is_fine(here):
    text = Path(US).read_text("utf-8").replace('name = "us"', 'name = "jp"')
    Path("profiles/jp.toml").write_text(text, "utf-8")
    spoil(STUDY, "us = 1.0", "us = 1.0, jp = 0.0")
    spoil(STUDY, SLOPES, '"near.visit" = [0.2, 0.3]\n"near.call" = [0.65, 0.7]')
    assert check([STUDY]) == []
    spoil(STUDY, "[0.65, 0.7]", "[0.65, 0.71]")
    (one,) = check([STUDY])
    assert "visit 0.3 + call 0.71 = 1.01" in one.given


def test_dependencies_are_all_files_a_study_reads(here):
    files = [STUDY, SOCIETY, US, NONE, WALL, MARGINS]
    assert dependencies(STUDY) == [Path(file) for file in files]
    Path("ties.csv").write_text("a,b\n")
    spoil(STUDY, "seeds = 20", 'seeds = 20\ngraph = "ties.csv"')
    assert dependencies(STUDY) == [Path(file) for file in [*files, "ties.csv"]]
    assert load(STUDY).graph_file == Path("ties.csv")
    assert dependencies(SOCIETY) == [Path(SOCIETY)]


def test_the_hash_of_a_study_follows_every_file_to_the_letter(here):
    hashes = {study_hash(STUDY)}
    for file in (STUDY, SOCIETY, US, WALL, NONE, MARGINS):
        with open(file, "a", encoding="utf-8") as text:
            text.write("# a comment\n")
        hashes.add(study_hash(STUDY))
    assert len(hashes) == 7


def test_comments_do_not_move_a_fingerprint(here):
    before = load(STUDY)
    for file in (STUDY, SOCIETY, US, WALL):
        spoil(file, "format = 1", "# a comment\nformat = 1")
    after = load(STUDY)
    assert after.fingerprint("wall") == before.fingerprint("wall")
    assert after.society_fingerprint("wall") == before.society_fingerprint("wall")


def test_fingerprints_are_the_same_in_another_process(here):
    code = f"from sim.scenario.reading import load; print(load('{STUDY}').fingerprint('wall'))"
    for seed in ("1", "2"):
        environ = os.environ | {"PYTHONHASHSEED": seed}
        run = [sys.executable, "-c", code]
        printed = subprocess.run(run, env=environ, capture_output=True, text=True, check=True)
        assert printed.stdout.strip() == load(STUDY).fingerprint("wall")


def test_checking_needs_none_of_the_heavy_libraries(here):
    code = f"import sys; from sim.scenario.reading import check; print(check(['{STUDY}'])); " + (
        "print([m for m in ('numpy', 'numba', 'mesa', 'polars', 'scipy', 'typer', 'matplotlib') if m in sys.modules])"
    )
    run = [sys.executable, "-c", code]
    printed = subprocess.run(run, capture_output=True, text=True, check=True)
    assert printed.stdout.split() == ["[]", "[]"]


def _follow(schema, root):
    while "$ref" in schema or "allOf" in schema:
        name = (schema.get("allOf") or [schema])[0]["$ref"].rsplit("/", 1)[1]
        schema = root["definitions"][name]
    return schema


def conforms(value, schema, root):
    """The part of JSON Schema that our schemas use, by hand."""
    schema = _follow(schema, root)
    if "anyOf" in schema:
        return any(conforms(value, one, root) for one in schema["anyOf"])
    types = {"object": dict, "array": list, "string": str, "boolean": bool}
    types |= {"number": (int, float), "integer": int}
    named = schema.get("type", [])
    named = [named] if isinstance(named, str) else named
    if named and not any(isinstance(value, types[one]) for one in named):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return False
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        least, most = schema.get("minimum", value), schema.get("maximum", value)
        return least <= value <= most
    if isinstance(value, list):
        return all(conforms(one, schema.get("items", {}), root) for one in value)
    if isinstance(value, dict):
        keys, more = schema.get("properties", {}), schema.get("additionalProperties", True)
        patterns = list(schema.get("patternProperties", {}).values())
        if not set(schema.get("required", [])) <= set(value):
            return False
        for key, one in value.items():
            inner = keys.get(key) or (patterns[0] if patterns else more)
            if inner is False or (inner is not True and not conforms(one, inner, root)):
                return False
    return True


def test_the_schemas_describe_the_shipped_files(tmp_path):
    paths = schemas(tmp_path / "schemas")
    kinds = ("society", "profile", "platform", "study", "margins", "targets")
    assert [path.name for path in paths] == [f"{kind}.schema.json" for kind in kinds]
    files = {"society": [SOCIETY], "profile": [US], "platform": [WALL, NONE], "study": [STUDY]}
    files |= {"margins": [MARGINS], "targets": [TARGETS]}
    for path, (_, shipped) in zip(paths, files.items()):
        schema = json.loads(path.read_text("utf-8"))
        assert '"null"' not in path.read_text("utf-8")
        for file in shipped:
            table = tomllib.loads((SCENARIOS / file).read_text("utf-8"))
            assert conforms(table, schema, schema), file
            assert not conforms(table | {"fadee": 1}, schema, schema)
            assert not conforms({k: v for k, v in table.items() if k != "format"}, schema, schema)


def test_the_schemas_tell_an_editor_what_each_key_means(tmp_path):
    for path in schemas(tmp_path):
        root = json.loads(path.read_text("utf-8"))
        for part in [root, *root["definitions"].values()]:
            if "properties" in part:
                for key, one in part["properties"].items():
                    assert one.get("description"), (path.name, key)
                assert part["additionalProperties"] is False
    share = json.loads((tmp_path / "platform.schema.json").read_text("utf-8"))
    assert share["definitions"]["Share"]["properties"]["value"]["maximum"] == 1


# --- names that the program has for itself ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "old, new, place, said",
    [
        ("[arms.wall]", "[arms.placebo]", "arms.placebo", "'placebo' is an arm that the program adds to every study"),
        ("[arms.wall]", "[arms.placebo-all]", "arms.placebo-all", "'placebo-all' is an arm"),
        ("{ us = 1.0 }", "{ all = 1.0 }", "profiles.all", "'all' is the name of all profiles together"),
        ('name = "prompt"', 'name = "CON"', "contrasts.CON.name", "'CON' is a device on Windows"),
        ('name = "prompt"', 'name = "lpt1"', "contrasts.lpt1.name", "'lpt1' is a device on Windows"),
        ('name = "private-prompt"', 'name = "Prompt"', "contrasts", "2 contrasts are named 'prompt'"),
        ("[vary]", "[vary]\nyears = [1, 2]", "vary.years", "a column of every table of runs"),
        ("[vary]", "[mechanisms]\nall = { suppression = 0.0 }\n[vary]", "mechanisms.all", "'all' is a row in the tables of `sim"),
        ("[vary]", '[mechanisms]\nrest = { suppression = 0.0 }\n[vary]', "mechanisms.rest", "'rest' is a row"),
        ('measure = "S_all"', 'measure = "S_al"', "contrasts.prompt.expect.measure", "perhaps you meant 'S_all'"),
        ('measure = "S_all"', 'measure = "no_such_measure"', "contrasts.prompt.expect.measure", "one of S_all, "),
        ('measure = "S_all"', 'measure = ""', "contrasts.prompt.expect.measure", "one of S_all, "),
    ],
)
def test_a_name_that_the_program_uses_itself_or_that_is_none_is_refused(here, old, new, place, said):
    spoil(STUDY, old, new)
    assert [one for one in check([STUDY]) if one.place == place and said in str(one)], told()


@pytest.mark.parametrize("file, name", [(US, "all"), (US, "nul"), (WALL, "aux"), (WALL, "COM1")])
def test_a_profile_or_platform_of_a_reserved_name_is_refused(here, file, name):
    other = Path(file).with_stem(name)
    shutil.copy(file, other)
    spoil(other, f'name = "{Path(file).stem}"', f'name = "{name}"')
    assert [one.place for one in check([other])] == ["name"]


def test_reserved_columns_are_those_of_the_runs():
    from sim.scenario.names import RUN_COLUMNS
    from sim.study.records.tables import SCHEMAS

    assert set(SCHEMAS["runs"]) <= set(RUN_COLUMNS)


# --- files that are none, text that is none -----------------------------------------------------------------------------


@pytest.fixture
def odd(here):
    """A place of things that are no regular file."""
    os.mkfifo("fifo")
    Path("folder").mkdir()
    Path("loop").symlink_to("loop")
    with open("large", "wb") as file:
        file.truncate(5 * 2**20)
    return {name: name for name in ("fifo", "folder", "loop", "large")} | {"device": "/dev/zero", "system": "/proc/self/environ"}


@pytest.mark.parametrize("sort", ["fifo", "folder", "loop", "large", "device", "system"])
@pytest.mark.parametrize("use", ["society", "graph", "profile", "platform", "margins", "list", "study"])
def test_what_is_no_regular_file_of_limited_size_is_refused_and_not_read(odd, use, sort):
    if use in ("society", "graph"):
        spoil(STUDY, "people = 500", f'people = 500\ngraph = "./{odd[sort]}"' if use == "graph" else "people = 500")
        spoil(STUDY, 'society = "society.toml"', f'society = "{odd[sort]}"' if use == "society" else 'society = "society.toml"')
    elif use == "margins":
        spoil(STUDY, "seeds = 20", f'seeds = 20\nmargins = "{odd[sort]}"')
    elif use == "list":
        spoil(STUDY, "[vary]", f'[design]\nkind = "list"\nfile = "{odd[sort]}"\n[unread]')
    elif use != "study":
        file = US if use == "profile" else WALL
        Path(file).unlink()
        Path(file).symlink_to(Path(odd[sort]).absolute())
    if use == "graph" and sort == "large":
        return  # its size is for whoever reads graphs
    problems = check([odd[sort] if use == "study" else STUDY])
    assert problems
    assert all(len(str(one)) < 800 for one in problems)
    assert not any(os.environ["PATH"][:20] in str(one) for one in problems)


@pytest.mark.parametrize("letter", ["\\u0000", "\\u001B", "\\u0085", "\\u202E", "\\u2066", "\\uFEFF", "\\u2028"])
@pytest.mark.parametrize(
    "file, old, place",
    [
        (STUDY, 'question = "', "question"),
        (STUDY, 'claims = ["', "claims[0]"),
        (STUDY, 'society = "', "society"),
        (SOCIETY, 'unit = "', "burn_in.years.unit"),
        (WALL, 'source = "', "minutes.source"),
        (US, 'name = "', "name"),
    ],
)
def test_control_characters_in_a_text_are_refused_with_their_place(here, file, old, place, letter):
    spoil(file, old, f"{old}{letter}")
    problems = check([file])
    code = letter[2:].upper()
    assert (place, f"the character U+{code}") in [(one.place, one.given) for one in problems]
    assert str(InputError(problems)).replace("\n", "").isprintable()


def test_control_characters_in_a_name_are_refused(here):
    spoil(STUDY, "[arms.wall]", '[arms."wa\\u001Bll"]')
    assert any("U+001B" in one.given for one in check([STUDY]))


def test_letters_of_every_language_are_text(here):
    letters = "Ça va ? 誕生日 \u0645\u0631\u062d\u0628\u0627 \U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301 "
    spoil(STUDY, 'question = "', f'question = "{letters}')
    assert check([STUDY]) == []


@pytest.mark.parametrize(
    "file, old, new",
    [
        (STUDY, 'question = "', 'question = "' + "long " * 200_000),
        (STUDY, 'claims = ["C7"]', "claims = [" + '"x y", ' * 20_000 + "]"),
        (STUDY, "[vary]", "[vary]\n" + "".join(f'"no.name{k}" = [0]\n' for k in range(2000))),
        (STUDY, '"prompts.slope" = [0.0,', '"prompts.slope" = [' + "-1, " * 20_000),
        (STUDY, "[arms.wall]", f"[arms.{'w' * 10_000}]"),
        (STUDY, 'platform = "none"', f'platform = "{"n" * 10_000}"'),
        (STUDY, 'society = "society.toml"', f'society = "{"s" * 1900}"'),
        (STUDY, 'society = "society.toml"', f'society = "{"s/" * 900}"'),
        (STUDY, "people = 500", f'people = 500\ngraph = "{"g" * 1900}.csv"'),
        (STUDY, "people = 500", "people = 500\n" + "deep." * 3000 + "key = 1"),
        (STUDY, "people = 500", f"people = 500\n{'k' * 100_000} = 1"),
        (STUDY, "people = 500", f"people = {'5' * 4000}"),
        (STUDY, "people = 500", f"people = {'5' * 5000}"),
        (SOCIETY, "value = 1.3", f"value = {'[' * 900}{']' * 900}"),
        (SOCIETY, "value = 1.3", f'value = "{"v" * 1_000_000}"'),
        (SOCIETY, "value = 1.3", "value =" + " x" * 500_000),
    ],
)
def test_however_much_is_wrong_a_message_has_a_length(here, file, old, new):
    spoil(file, old, new)
    problems = check([STUDY])
    assert problems
    assert len(str(InputError(problems))) < 40 * 900
    assert all(len(str(one)) < 900 for one in problems)
