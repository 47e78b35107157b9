"""What people post, and what that changes (docs/model.md 7.4, Content)."""

import re
import warnings

import numpy as np
import pytest
from conftest import SCENARIOS
from hypothesis import given
from hypothesis import strategies as st
from test_cli import sim as command
from test_figures import make, said

import sim
from sim.errors import InputError, Note
from sim.figures import registry
from sim.figures.words import Words
from sim.scenario import checking
from sim.scenario.names import CONTENTS
from sim.scenario.reading import load
from sim.text.catalogue import catalogue
from sim.world.contents import mean_factor, shares

STUDY = load(SCENARIOS / "birthday-prompt.toml")
FACTORS = ("opening", "dose", "comment", "share")


def pieces(**point):
    """The profile, the feed and the society of the arm wall at a point. Keys have _ for the dots between sections and names."""
    resolved = STUDY.resolve("wall", {name.replace("__", "."): value for name, value in point.items()})
    return resolved.profiles[0][0], resolved.timeline[0][1].feed, resolved.society


def shares_at(**point):
    return tuple(shares(*pieces(**point)).values())


def test_a_profile_alone():
    assert shares_at(us__disclose=0.4, us__passing_part=0.25) == pytest.approx((0.3, 0.1, 0.6))


def test_passing_posts_scale_the_other_two():
    """.42 about oneself, half of it passing: .21 and .58 share the other half of all posts."""
    found = shares_at(us__disclose=0.42, us__passing_part=0.5, feed__passing=0.5)
    assert found == pytest.approx((0.21 * 0.5 / 0.79, 0.5, 0.58 * 0.5 / 0.79))
    assert 1 - found[2] == pytest.approx(0.6329, abs=1e-4)  # disclose is what comes out


def test_the_essay_says_another_share():
    assert shares_at(content="essay", us__disclose=0.4, us__disclose_essay=0.8, us__passing_part=0.5) == pytest.approx(
        (0.4, 0.4, 0.2)
    )


share = st.floats(0, 1).map(lambda value: round(value, 6))


@given(share, share, share)
def test_three_shares_sum_to_one(disclose, part, passing):
    profile, feed, society = pieces(us__disclose=disclose, us__passing_part=part, feed__passing=passing)
    for given_feed in (feed, feed.model_copy(update={"passing": None})):
        found = shares(profile, given_feed, society)
        assert sum(found.values()) == pytest.approx(1)
        assert min(found.values()) >= 0
    assert found["lasting"] + found["passing"] == pytest.approx(disclose)


def test_alike_contents_are_one_to_the_last_bit():
    profile, feed, society = pieces(us__disclose=1 / 3, us__passing_part=0.1, content__lasting__dose=1.7)
    assert [mean_factor(profile, feed, society, name) for name in FACTORS] == [1.0] * 4


def test_factors_are_means_over_posts():
    point = {f"content__{sort}__comment": factor for sort, factor in zip(CONTENTS, (2.0, 0.5, 1.0))}
    found = pieces(content_effects="differ", us__disclose=0.4, us__passing_part=0.25, **point)
    assert mean_factor(*found, "comment") == pytest.approx(0.3 * 2 + 0.1 * 0.5 + 0.6)


def test_what_is_discussed_more_by_all_alike_changes_nothing():
    """How much is written does not follow what people post; only to whom, where people post different things."""
    ends = []
    for factor in (0.5, 2.0):
        point = {"content_effects": "differ", "content.information.comment": factor}
        world = sim.World(STUDY, "wall", 1, point=point, people=60, years=1)
        world.run(60)
        ends.append(world.state.ties.c_ij)
    np.testing.assert_array_equal(*ends)


def test_where_contents_differ_what_people_post_moves_support():
    ends = []
    for disclose in (0.0, 1.0):
        point = {"content_effects": "differ", "us.disclose": disclose, "us.passing_part": 0.0}
        world = sim.World(STUDY, "wall", 1, point=point, people=60, years=1)
        world.run(100)
        ends.append(world.state.ties.c_ij.astype(float).sum())
    assert ends[0] != ends[1]


@pytest.mark.parametrize(
    "numbers, problem",
    [
        (
            dict(lasting=0.5, passing=0.3, information=0.3),
            "lasting 0.5 + passing 0.3 + information 0.3 = 1.1; expected 1 together",
        ),
        (dict(lasting=0.5), "lasting without passing and information; expected passing alone, or lasting, passing, information"),
        (dict(passing=0.5, information=0.5), "passing and information without lasting; expected passing alone"),
    ],
)
def test_shares_that_are_not_of_one_whole_are_refused(tmp_path, numbers, problem):
    text = (SCENARIOS / "platforms" / "wall-2009.toml").read_text("utf-8")
    keys = "".join(
        f'{name} = {{ value = {value}, unit = "share", status = "assumed", source = "made up" }}\n'
        for name, value in numbers.items()
    )
    (tmp_path / "platforms").mkdir()
    file = tmp_path / "platforms" / "wall-2009.toml"
    file.write_text(text.replace("[feed]\n", f"[feed]\n{keys}"), "utf-8")
    (found,) = sim.check(file)
    assert (found.place, problem in str(found)) == ("feed", True), found


def test_a_platform_gives_three_shares(tmp_path):
    profile, feed, society = pieces()
    number = feed.items.set_to(0.2, "share")
    three = feed.model_copy(update=dict(lasting=number, passing=number, information=feed.items.set_to(0.6, "share")))
    assert shares(profile, three, society) == dict(lasting=0.2, passing=0.2, information=0.6)


@pytest.mark.parametrize(
    "name, remedy", [("feed.ephemeral", "feed.passing"), ("content.disclosure.dose", r"\[content\] of the society")]
)
def test_old_names_say_what_to_write(name, remedy):
    with pytest.raises(InputError, match=f"is gone; expected {remedy}"):
        STUDY.resolve("wall", {name: 0.1})


def test_differing_contents_need_their_factors():
    society = STUDY.society.model_dump()
    society["content"], society["response"]["content_effects"] = None, "differ"
    with pytest.raises(ValueError, match="without"):
        type(STUDY.society).model_validate(society)


# What is printed where contents change nothing

LATER = '{ day = 30, platform = "wall-2009", set = { "feed.passing" = 0.5 } }'
VARIED = {
    "a share that varies": dict(vary='"feed.passing" = [0.2, 0.5]'),
    "a number of a profile": dict(vary='"us.disclose" = [0.2, 0.5]'),
    "whose shares": dict(arms='[arms.essay]\nplatform = "wall-2009"\nset = { content = "essay" }\n'),
    "a factor": dict(arms='[arms.more]\nplatform = "wall-2009"\nset = { "content.passing.dose" = 1.5 }\n'),
    "on a later day": dict(arms=f'[arms.later]\nplatform = "wall-2009"\nschedule = [{LATER}]\n'),
}
ACTING = {
    "no contents": dict(vary="substitution = [0.0, 0.5]"),
    "in an arm": dict(arms='[arms.more]\nplatform = "wall-2009"\nset = { "feed.passing" = 0.5, content_effects = "differ" }\n'),
    "the switch alone": dict(arms='[arms.same]\nplatform = "wall-2009"\nset = { content_effects = "alike" }\n'),
    "varied": dict(vary='"feed.passing" = [0.2, 0.5]\ncontent_effects = ["alike", "differ"]'),
}


@pytest.mark.parametrize("case", VARIED)
def test_a_study_of_contents_that_act_alike_is_noted(a_study, case):
    with pytest.warns(Note, match=re.escape(checking.ALIKE)) as noted:
        study = a_study(name="contents", **VARIED[case])
    (name,) = checking.idle_contents(study)
    assert str(noted[0].message) == f"{study.file}: {name}: {checking.ALIKE}"


@pytest.mark.parametrize("case", ACTING)
def test_a_study_in_which_contents_act_is_not_noted(a_study, case):
    with warnings.catch_warnings():
        warnings.simplefilter("error", Note)
        assert checking.idle_contents(a_study(name="contents", **ACTING[case])) == []


@pytest.mark.filterwarnings("ignore::sim.errors.Note")
def test_commands_and_figures_say_that_contents_change_nothing(a_study, tmp_path):
    study = a_study(name="contents", vary='"feed.passing" = [0.2, 0.5]', seeds=1, burn_in='"1y"')
    for verb, *folder in (["check"], ["run", "--out", tmp_path / "run"], ["sweep", "--jobs", 1, "--out", tmp_path]):
        done = command(verb, study.file, *folder)
        assert done.exit_code == 0, done.output
        assert done.stderr.count(checking.ALIKE) == 1
    done = command("compare", tmp_path)
    assert done.stderr.count(checking.ALIKE) == 1
    for lang, text in (("en", checking.ALIKE.replace("'", "’")), ("fr", "Ce dont parlent les publications ne change rien ici")):
        assert text in said(make(tmp_path, "verdict", lang)[1])
    assert catalogue("en")("content-alike") == checking.ALIKE


def test_a_tie_says_it_too(a_study, tmp_path):
    with pytest.warns(Note):
        study = a_study(name="contents", vary='"feed.passing" = [0.2, 0.5]', people=30, burn_in='"1y"', horizons='["1y"]')
    sim.tie(study, tmp_path)
    entry = registry.find("tie")
    for figure in entry.draw(entry.read(tmp_path), Words("en")).values():
        assert "changes nothing here" in said(figure.texts)


def test_nothing_is_said_of_a_sweep_without_contents(tiny, tmp_path):
    sim.sweep(tiny, tmp_path, jobs=1)
    assert checking.ALIKE not in sim.compare(tmp_path).notes
    assert "changes nothing here" not in said(make(tmp_path, "verdict")[1])
