"""What is said of an issue that is left out, tried: without the cause that is named, another plan comes out."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given

from rules.backlog.index import Backlog
from rules.model import Issue, LinkKind
from rules.planning.goals import TeamGoal
from rules.planning.model import LeftOut, LeftOutCode, Placement, SprintProposal
from rules.planning.proposal import propose
from rules.planning.team_part import TeamPart, team_part
from tests.rules.planning.judged import judged
from tests.rules.planning.test_invariants import CALM, TEAMS, World, taken_by, worlds
from tests.rules.planning.world import next_of, placed

pytestmark = pytest.mark.slow

CODES = LeftOutCode


def tried(world: World) -> tuple[dict[str, LeftOut], SprintProposal]:
    """A plan, and its reasons by key."""
    plan = world.proposal()
    return {left.issue.key: left for left in plan.left_out}, plan


def changed(world: World, key: str, **changes: object) -> World:
    """The same world with one other issue."""
    issues = tuple(replace(one, **changes) if one.key == key else one for one in world.snapshot.issues)  # type: ignore[arg-type]
    return replace(world, snapshot=replace(world.snapshot, issues=issues))


def carried_out(world: World, plan: SprintProposal, *, without: Iterable[str] = ()) -> World:
    """The world after the plan: what was placed is in its sprint, apart from those `without`, which are gone."""
    kept = [one for one in plan.placements if one.issue.key not in set(without)]
    sprints = {one.issue.key: one.sprint for one in kept}
    issues = [replace(one, sprint=sprints.get(one.key, one.sprint)) for one in world.snapshot.issues]
    taken = taken_by(replace(plan, placements=tuple(kept)))
    return replace(
        world,
        snapshot=replace(world.snapshot, issues=tuple(one for one in issues if one.key not in set(without))),
        capacities=tuple(replace(one, load=one.load + taken.get(one.team.name, 0.0)) for one in world.capacities),
    )


def alone(world: World, key: str) -> World:
    """Only this issue may be planned: no other one in no sprint is ready."""
    others = {one.key for one in world.snapshot.issues if one.key != key and one.sprint is None}
    return replace(world, unready=frozenset(others))


def roomier(world: World, team: str, points: float) -> World:
    """The world in which a team finishes so many points more."""
    return replace(
        world,
        capacities=tuple(
            replace(one, points=replace(one.points, p50=one.points.p50 + points))
            if one.points is not None and one.team.name == team
            else one
            for one in world.capacities
        ),
    )


def to_top(world: World, key: str) -> World:
    """The world in which an issue is the first in rank."""
    issues = sorted(world.snapshot.issues, key=lambda one: one.key != key)
    return replace(world, snapshot=replace(world.snapshot, issues=tuple(issues)))


@CALM
@given(worlds())
def test_what_does_not_fit_fits_with_the_missing_points_and_not_with_fewer(world: World) -> None:
    reasons, plan = tried(world)

    for left in reasons.values():
        if left.code is CODES.CAPACITY_HIGHER:
            missing = float(re.search(r"([\d.]+) missing", left.why)[1])  # type: ignore[index]
            after = alone(carried_out(world, plan), left.issue.key)
            teams = [one.name for one in TEAMS if one.recognises(left.issue)]
            enough = [left.issue.key in placed(roomier(after, team, missing).proposal()) for team in teams]
            fewer = [left.issue.key in placed(roomier(after, team, missing - 0.05).proposal()) for team in teams]
            assert any(enough), left.why
            assert not any(fewer), left.why


@CALM
@given(worlds())
def test_what_is_too_big_is_not_with_the_size_that_is_named(world: World) -> None:
    for left in tried(world)[0].values():
        if left.code is CODES.TOO_BIG:
            limit = float(re.search(r"has ([\d.]+) \(", left.why)[1])  # type: ignore[index]
            other = tried(changed(world, left.issue.key, points=limit))[0].get(left.issue.key)
            assert other is None or other.code is not CODES.TOO_BIG, (left.why, other)
            assert tried(changed(world, left.issue.key, points=limit + 0.1))[0][left.issue.key].code is CODES.TOO_BIG


@CALM
@given(worlds())
def test_what_is_below_the_horizon_is_not_at_the_top_of_the_backlog(world: World) -> None:
    for key, left in tried(world)[0].items():
        if left.code is CODES.BELOW_HORIZON:
            other = tried(to_top(world, key))[0].get(key)
            assert other is None or other.code is not CODES.BELOW_HORIZON, (left.why, other)


@CALM
@given(worlds())
def test_what_waits_for_a_blocker_waits_for_nothing_without_it(world: World) -> None:
    reasons, plan = tried(world)
    places = placed(plan)

    for key, left in reasons.items():
        if left.code in {CODES.BLOCKED, CODES.DEP_TIMING}:
            other = tried(changed(world, key, links=()))[0].get(key)
            assert other is None or other.code not in {CODES.BLOCKED, CODES.DEP_TIMING}, (left.why, other)
        if left.code is CODES.DEP_TIMING:
            blocker = re.match(r"Depends on (\S+), planned in ", left.why)[1]  # type: ignore[index]
            assert blocker in places or world.snapshot.by_key[blocker].sprint is not None
        if left.code is CODES.BLOCKED:
            assert_chain(key, left.why, world, reasons)


def assert_chain(key: str, why: str, world: World, reasons: dict[str, LeftOut]) -> None:
    """Each issue of the chain blocks the one before, and the reason of the last one is its own."""
    names, _, rest = why.removeprefix("Circular dependency: ").removeprefix("Depends on ").partition(": ")
    keys = re.findall(r"A-\d+", names if "Circular" not in why else why)
    chain = keys if keys[0] == key else [key, *keys]
    for one, blocker in pairwise(chain):
        assert blocker in {link.key for link in world.snapshot.by_key[one].links if link.kind is LinkKind.BLOCKED_BY}
    if rest and "Circular" not in why:
        assert rest == reasons[chain[-1]].why


@CALM
@given(worlds())
def test_what_is_not_ready_not_estimated_or_planned_has_another_reason_once_that_is_mended(world: World) -> None:
    for key, left in tried(world)[0].items():
        mended = {
            CODES.NOT_READY: replace(world, unready=world.unready - {key}),
            CODES.UNESTIMATED: changed(world, key, points=1.0),
            CODES.ALREADY_PLANNED: changed(world, key, sprint=None),
        }
        if left.code in mended:
            other = tried(mended[left.code])[0].get(key)
            assert other is None or other.code is not left.code


@CALM
@given(worlds())
def test_an_issue_has_room_without_those_that_it_would_displace_and_not_with_one_of_them(world: World) -> None:
    plan = world.proposal()

    for team in (one.team.name for one in world.capacities):
        for other in part_of(team, world, plan).below:
            if leaving := other.displaces:
                assert fits(other.issue, team, carried_out(world, plan, without=leaving)), other
            for kept in leaving:
                rest = [key for key in leaving if key != kept]
                assert not fits(other.issue, team, carried_out(world, plan, without=rest)), (other, kept)


def part_of(team: str, world: World, plan: SprintProposal) -> TeamPart:
    backlog = Backlog.of(world.snapshot, world.capacities)
    capacity = next(one for one in world.capacities if one.team.name == team)
    inside = [issue.key for issue in world.snapshot.issues if issue.sprint == next_of(capacity.team).id]
    mine = [one.issue.key for one in plan.placements if one.team == team]
    keys = tuple(sorted({*inside, *mine}, key=backlog.rank.__getitem__))
    return team_part(capacity, TeamGoal(team=team, text="", planned=keys), backlog, plan)


def fits(issue: Issue, team: str, world: World) -> bool:
    """Whether a team has room for an issue: it alone is planned, and nothing blocks it."""
    ready = changed(alone(world, issue.key), issue.key, links=())
    only = tuple(one if one.team.name == team else replace(one, points=None) for one in ready.capacities)
    return issue.key in placed(replace(ready, capacities=only).proposal())


@CALM
@given(worlds())
def test_the_only_team_with_room_is_the_only_one_that_takes_it_at_that_moment(world: World) -> None:
    """Those placed after it have not taken their room yet: what was said is true of the state in which it was said."""
    plan = world.proposal()

    for place in plan.placements:
        if place.why.startswith("Only"):
            others = tuple(
                replace(one, points=None) if one.team.name == place.team else one for one in world.capacities
            )
            again = replace(world, capacities=others)
            assert_nowhere(place, again, plan)


def assert_nowhere(place: Placement, world: World, plan: SprintProposal) -> None:
    """The other teams' sprints do not take it either once all is placed, as their room only shrinks."""
    rest = replace(plan, placements=tuple(one for one in plan.placements if one.issue.key != place.issue.key))
    after = alone(carried_out(world, rest), place.issue.key)
    backlog = Backlog.of(after.snapshot, after.capacities)
    assert place.issue.key not in placed(propose(backlog, judged(after.snapshot.issues, after.unready)))
