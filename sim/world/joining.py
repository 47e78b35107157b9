"""People join a platform or leave it (docs/model.md 7.9): members, links, usage, and the level of prompted greetings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from sim import draws
from sim.society.population import spread_around_one
from sim.world.columns import LEFT, LINKED, LINKED_IJ, LINKED_JI, PERSON, UNLINKED
from sim.world.contents import disclosing, mean_factor
from sim.world.habits import Shift, numbers_of
from sim.world.kernels.plan import drives, totals
from sim.world.kernels.together import mark_together
from sim.world.links import link, unlink
from sim.world.luck import in_blocks
from sim.world.rules import platform_rules
from sim.world.state import MONTH, YEAR, Rules, State, set_back

MOST_MINUTES = 1440  # of a day
NEVER = np.iinfo(np.int32).max  # the day on which people who left for good come back


def join(
    state: State, rules: Rules, platform, society, profiles, seed: int, shown: float = 1.0, shift: Shift | None = None
) -> Rules:
    """Adopters join the platform: today, or some today if joining lasts. Changes `state` in place.

    Returns the rules of a day with the platform.

    shown : part of people's ties that are in the graph; 1 for a generated society
    shift : whose habits are shifted; None: nobody's
    """
    rules = platform_rules(rules, platform, state.population)
    people, ties = state.people, state.ties
    people.away_until[:] = people.link_places[:] = people.stranger_places[:] = 0
    people.member[:] = adopters(state, platform, 0, seed)
    everyone = np.ones(state.population, np.bool_)
    arrive(state, rules, platform, society, profiles, seed, shown, everyone, shift)
    linked = np.flatnonzero(ties.flags & LINKED)  # on an earlier platform, of which both were members
    stays = people.member[ties.i[linked]] & people.member[ties.j[linked]]
    if not rules.one_way:
        stays &= ties.flags[linked] & LINKED == LINKED
    unlink(ties, linked[~stays])
    link(state, rules, platform, society, profiles, seed, shown, people.member.copy(), shift)
    if not rules.feed:  # then no plan day sets these rates
        set_back(state.ties, UNLINKED)
    return solve_level(state, rules)


def come_and_go(
    state: State, rules: Rules, platform, society, profiles, seed: int, shown: float, since: int, shift: Shift | None = None
) -> Rules:
    """A month begins: members leave for good or for a while, adopters join or come back. Returns the rules with the new level.

    since : days since the platform came
    Only adopters whose day was in the month that has ended join: people who left by Python code stay away.
    """
    people, ties, before = state.people, state.ties, state.people.member.copy()
    month = state.day - MONTH  # the day on which the month that has ended began
    joins = adopters(state, platform, since, seed) & ~adopters(state, platform, max(since - MONTH, 0), seed)
    returns = (people.away_until > month) & (people.away_until <= state.day)
    if platform.leaving is not None:
        u = draws.uniforms(seed, draws.LEAVE_PLATFORM, state.day, np.arange(state.population))
        for_good = before & (u[:, 0] < np.float32(platform.leaving.for_good.value))
        for_a_while = before & (u[:, 1] < np.float32(platform.leaving.for_a_while.value))
        people.away_until[for_a_while] = state.day + int(platform.leaving.away.value)
        people.away_until[for_good] = NEVER
        unlink(ties, np.flatnonzero((ties.flags & LINKED != 0) & (for_good[ties.i] | for_good[ties.j])))
    people.member[:] = (before | joins | returns) & (people.away_until <= state.day)
    changed = people.member != before
    if not changed.any():
        return rules
    newcomers = changed & people.member & (people.away_until == 0)  # others come back to the links that they had
    arrive(state, rules, platform, society, profiles, seed, shown, changed, shift)
    if newcomers.any():
        link(state, rules, platform, society, profiles, seed, shown, newcomers, shift)
    return solve_level(state, rules)


def adopters(state: State, platform, since: int, seed: int) -> np.ndarray:
    """(people,) bool: who has joined so many days after the platform came, whether they still are there or not.

    Of a given graph, people with a known link adopt the platform in any case.
    """
    u = draws.uniforms(seed, draws.MEMBER, 0, np.arange(state.population))
    adopts = u[:, 0] < np.float32(platform.adoption.value)
    if state.known_links is not None:
        adopts[state.known_links.people] = True
    if platform.joining is not None:
        adopts &= np.floor(u[:, 1].astype(np.float64) * platform.joining.days.value) <= since
    return adopts


def arrive(
    state: State, rules: Rules, platform, society, profiles, seed: int, shown: float, who: np.ndarray, shift: Shift | None = None
) -> None:
    """Set what people do on the platform: as members, or 0 if they are none.

    shown : part of people's ties that are in the graph; 1 for a generated society
    who : (people,) bool; all others stay as they are
    """
    people, everyone = state.people, np.arange(state.population)
    ratio = np.array([profile.minutes_ratio.value for profile, _ in profiles], np.float32)
    era = np.float32(platform.minutes.value)
    spread = spread_around_one(state.population, draws.MINUTES, society.people.minutes_spread.value, seed)
    minutes = era * ratio[people.profile] * spread
    if platform.notifications is not None:
        pulled = 1 + platform.notifications.pull.value * platform.notifications.per_day.value
        minutes = np.minimum(minutes * np.float32(pulled), np.float32(MOST_MINUTES))
    people.minutes[who] = np.where(people.member, minutes, 0)[who]
    join_communities(state, platform.communities, rules.communities, seed)
    people.wants_prompts[who] = (~people.member | opted_in(platform.prompts, everyone, seed))[who]
    people.pseudonym[who] = (people.member & under_pseudonym(people, platform, profiles, seed, shift))[who]
    dates = np.where(people.pseudonym, -1, dates_shown(people.birthday, platform.prompts, seed))
    people.shown[who] = np.where(people.member, dates, -1)[who]
    for name, values in usage(people, platform, society, profiles, seed, shown, shift).items():
        getattr(people, name)[who] = values[who]
    displace(state, society.response.displacement.value)


def leave(state: State, rules: Rules) -> Rules:
    """Take the platform away: members, links and greetings end, and planned contact gets its minutes back."""
    displace(state, 0.0)
    alone = (state.people.community < 0).all()
    set_back(state.people, LEFT)
    if not alone:
        mark_together(state.ties.i, state.ties.j, state.people.places, state.people.community, state.ties.together)
    unlink(state.ties, slice(None))
    set_back(state.ties, LEFT)
    return rules._replace(prompts=False, private=False, online=False, feed=False)


def join_communities(state: State, communities, number: int, seed: int) -> None:
    """Members join communities by what interests them, whoever else is there. Two people of one community share a place.

    communities : of the platform, or None; number : of communities
    """
    people, ties = state.people, state.ties
    before = people.community.copy()
    people.community[:] = -1
    if communities is not None:
        u = draws.uniforms(seed, draws.COMMUNITY, 0, np.arange(state.population))
        joined = people.member & (u[:, 1] < np.float32(communities.joined.value))
        people.community[joined] = np.minimum((u[joined, 0].astype(np.float64) * number).astype(np.int32), number - 1)
    if not np.array_equal(before, people.community):
        mark_together(ties.i, ties.j, people.places, people.community, ties.together)


def under_pseudonym(people, platform, profiles, seed: int, shift: Shift | None = None) -> np.ndarray:
    """(people,) bool: whose account does not tell who they are; nobody's, unless the platform lets people choose a name."""
    if platform.pseudonyms is None:
        return np.zeros(people.profile.size, np.bool_)
    share = numbers_of("pseudo", people, profiles, shift, platform).astype(np.float32)
    return draws.uniforms(seed, draws.ACCOUNT, 0, np.arange(share.size))[:, 0] < share


def opted_in(prompts, everyone: np.ndarray, seed: int) -> np.ndarray:
    """(people,) bool: who wants to be told of birthdays; all, unless members have to opt in."""
    if prompts is None or prompts.opt_in is None:
        return np.ones(everyone.size, np.bool_)
    return draws.uniforms(seed, draws.ACCOUNT, 0, everyone)[:, 1] < np.float32(prompts.opt_in.value)


def dates_shown(birthday: np.ndarray, prompts, seed: int) -> np.ndarray:
    """(people,) the birthday that each would show as a member. With birthday prompts, some show a false date, some none (-1)."""
    if prompts is None or not prompts.birthday:
        return birthday
    u = draws.uniforms(seed, draws.SHOWN, 0, np.arange(birthday.size))
    false, hidden = np.float32(prompts.false_share.value), np.float32(prompts.hidden_share.value)
    false_date = (birthday + 1 + np.floor(u[:, 1].astype(np.float64) * (YEAR - 1)).astype(np.int64)) % YEAR
    return np.where(u[:, 0] < false, false_date, np.where(u[:, 0] < false + hidden, -1, birthday))


def usage(
    people, platform, society, profiles, seed: int, shown: float = 1.0, shift: Shift | None = None
) -> dict[str, np.ndarray]:
    """What each member does on the platform a day (docs/model.md 7.4): columns of people by name, (people,) float32 each.

    A column is 0 if the platform lacks its feature. No number is above the bound of its column: sums over friends have room.

    shown : part of people's ties that are in the graph. The rest of what they read and write belongs to friends outside it
    """
    feed, size, f = platform.feed, people.profile.size, np.float32
    disclose = None if shift is None else numbers_of(disclosing(society), people, profiles, shift, platform)

    def of_profile(name: str) -> np.ndarray:
        return numbers_of(name, people, profiles, shift, platform).astype(f)

    def by_content(name: str) -> np.ndarray:
        """How what members post changes something, as a factor."""
        factors = np.empty(size, f)
        for number, (profile, _) in enumerate(profiles):
            some = people.profile == number
            factors[some] = mean_factor(profile, feed, society, name, None if disclose is None else disclose[some])
        return np.where(people.member, factors, f(1))

    def rate(feature, name: str = "rate") -> float:
        return 0.0 if feature is None else getattr(feature, name).value

    def spread(trait: str, item: int) -> np.ndarray:
        return spread_around_one(size, draws.TRAIT, getattr(society.people, trait).value, seed, item)

    member = people.member.astype(f)
    usual = f(platform.minutes.value)
    longer = people.minutes / usual if usual > 0 else np.zeros(size, f)
    items = (longer * rate(feed, "items")).astype(f)
    if reading := rate(feed, "item_minutes"):
        items = np.minimum(items, f(feed.reading_share.value) * people.minutes / f(reading))
    items = items * f(shown)
    react = of_profile("react")
    written = people.minutes * rate(platform.written) * react * spread("written_spread", 1) * f(shown)
    private = written * of_profile("private")
    messages, groups = rate(platform.messages), rate(platform.groups) * by_content("share")
    both = messages + groups
    to_one = np.divide(messages, both, out=np.ones_like(both), where=both > 0)  # of private acts
    posts = longer / of_profile("post_minutes_ratio") * rate(feed, "posts") * of_profile("post") * spread("posts_spread", 0)
    passed = posts * (of_profile("repost") if feed is not None and feed.reposts else f(0))
    columns = {
        "posts": posts - passed,
        "passed": passed,
        "items": items,
        "comments": written - private,
        "reactions": member * react * rate(platform.reactions),
        "messages": private * to_one,
        "groups": private * (1 - to_one),
        "attend": np.where(people.member, of_profile("gamma_attend"), f(1)),
        "opened": by_content("opening"),
        "dosed": by_content("dose"),
        "discussed": by_content("comment"),
    }
    most = {column.name: column.within[1] for column in PERSON if column.within}
    return {name: np.minimum(values, most.get(name, np.inf)).astype(f, copy=False) for name, values in columns.items()}


def displace(state: State, share: float) -> None:
    """Set the part of planned contact that platform minutes leave, f = 1 - d min(m, h)/h. Drives follow; weights stay.

    share : d, the part of platform minutes that is taken from planned contact
    """
    people = state.people
    with np.errstate(divide="ignore", invalid="ignore"):
        taken = np.where(people.social > 0, share * np.minimum(people.minutes, people.social) / people.social, 0)
    kept = np.maximum(0, 1 - taken).astype(np.float32)
    changed = kept != people.kept
    people.kept[:] = kept
    if changed.any():
        ties, total, drive = state.ties, np.zeros(state.population, np.int64), people.drive.copy()
        totals(ties.i, ties.j, ties.w_ij, ties.w_ji, total)
        drives(people.contacts, people.kept, total, drive)
        people.drive[changed] = drive[changed]


def solve_level(state: State, rules: Rules) -> Rules:
    """The rules with `level` and `centre` solved. `centre` is the mean closeness of linked members.

    With `level`, linked members follow prompts as often on average as they would with slope 0.
    """
    sides = list(linked_sides(state))
    many = sum(closeness.size for closeness, _ in sides)
    if not many:
        return rules._replace(level=np.float32(0), centre=np.float32(0))

    def mean(of: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> float:
        """The mean over all sides of a function of their closeness and propensity, float64."""
        return sum(of(closeness.astype(float), own.astype(float)).sum() for closeness, own in sides) / many

    centre, slope = mean(lambda closeness, _: closeness), float(rules.slope)
    target = mean(lambda _, own: expit(own))

    def excess(level: float) -> float:
        """How much more often than with slope 0 they follow prompts, with this level."""
        return mean(lambda closeness, own: expit(level + (own + slope * (closeness - centre)))) - target

    reach = 60 + slope  # steep slopes need a wider search
    level = 0.0 if slope == 0 else brentq(excess, -reach, reach, xtol=1e-9)
    return rules._replace(level=np.float32(level), centre=np.float32(centre))


def linked_sides(state: State) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Closeness and propensity to follow a prompt of members toward those to whom they have a link, float32; block by block."""
    member = state.people.member
    for ties in in_blocks(state.ties):
        both = member[ties.i] & member[ties.j]
        of_i, of_j = both & (ties.flags & LINKED_IJ != 0), both & (ties.flags & LINKED_JI != 0)
        yield np.concatenate([ties.c_ij[of_i], ties.c_ji[of_j]]), state.people.greet[np.concatenate([ties.i[of_i], ties.j[of_j]])]
