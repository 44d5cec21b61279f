"""What must hold for every backlog, whatever its sizes, teams, links and estimates."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.model import Issue, Link, LinkKind, Snapshot, Team
from rules.planning.model import SprintProposal
from rules.planning.proposal import propose
from tests.factories import product, snapshot, team
from tests.rules.planning.judged import judged
from tests.rules.planning.world import capacity, next_of, story
from tests.thorough import scaled

pytestmark = pytest.mark.slow

TEAMS = (team("Ants", board=12), team("Bees", board=13), team("Cats", board=14))
SIZES = st.sampled_from([None, 0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0])
LIMITS = st.sampled_from([None, 0.0, 3.3, 8.4, 20.0])

CALM = settings(max_examples=scaled(20, 60), deadline=None)  # no deadline: a busy machine is not a failure
THOROUGH = settings(max_examples=scaled(50, 200), deadline=None)


@dataclass(frozen=True)
class World:
    snapshot: Snapshot
    capacities: tuple[TeamCapacity, ...]
    unready: frozenset[str]

    def proposal(self) -> SprintProposal:
        return propose(Backlog.of(self.snapshot, self.capacities), judged(self.snapshot.issues, self.unready))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    number = draw(st.integers(1, 14))
    keys = [f"A-{n}" for n in range(1, number + 1)]
    issues = tuple(draw(stories(key, keys)) for key in keys)
    capacities = tuple(
        capacity(of, draw(LIMITS), load=sum(i.points or 0 for i in issues if i.sprint == next_of(of).id))
        for of in TEAMS
    )
    world = snapshot(*issues, product=product(*TEAMS), sprints=tuple(next_of(of) for of in TEAMS))
    return World(world, capacities, draw(st.frozensets(st.sampled_from(keys), max_size=3)))


@st.composite
def stories(draw: st.DrawFn, key: str, keys: Sequence[str]) -> Issue:
    components = draw(st.frozensets(st.sampled_from(["ants", "bees", "cats"]), min_size=1))
    blockers = draw(st.frozensets(st.sampled_from(keys), max_size=2))
    return story(
        key,
        draw(SIZES),
        *sorted(components),
        sprint=draw(st.sampled_from([None, None, None, *(next_of(of).id for of in TEAMS)])),
        links=tuple(Link(kind=LinkKind.BLOCKED_BY, key=blocker) for blocker in sorted(blockers)),
    )


@CALM
@given(worlds())
def test_every_open_issue_is_placed_once_or_left_out_once_with_a_reason(world: World) -> None:
    plan = world.proposal()
    told = [p.issue.key for p in plan.placements] + [left.issue.key for left in plan.left_out]

    assert sorted(told) == sorted(issue.key for issue in world.snapshot.issues)
    assert all(left.code and left.why for left in plan.left_out)
    assert all(placement.why for placement in plan.placements)


@CALM
@given(worlds())
def test_no_team_gets_more_than_it_takes(world: World) -> None:
    taken = taken_by(world.proposal())

    for one in world.capacities:
        if taken.get(one.team.name):
            assert one.points is not None
            assert taken[one.team.name] + one.load <= one.points.p50 + 1e-9


@CALM
@given(worlds())
def test_only_ready_estimated_unplaced_work_goes_to_a_team_that_takes_it(world: World) -> None:
    teams = {of.name: of for of in TEAMS}

    for placement in world.proposal().placements:
        assert placement.issue.key not in world.unready
        assert placement.issue.points is not None
        assert placement.issue.sprint is None
        assert teams[placement.team].recognises(placement.issue)


@CALM
@given(worlds())
def test_nothing_is_placed_before_what_it_waits_for(world: World) -> None:
    plan = world.proposal()

    for placement in plan.placements:
        for waited in placement.issue.links:
            assert where_is(waited.key, world, plan) == placement.team


@THOROUGH
@given(worlds())
def test_nothing_left_out_would_fit(world: World) -> None:
    plan = world.proposal()
    taken = taken_by(plan)

    for left in plan.left_out:
        issue = left.issue
        if issue.key in world.unready or issue.points is None or issue.sprint is not None:
            continue
        for one in world.capacities:
            if one.team.recognises(issue) and one.points is not None:
                full = taken.get(one.team.name, 0.0) + one.load + issue.points > one.points.p50 + 1e-9
                waits = any(where_is(waited.key, world, plan) != one.team.name for waited in issue.links)
                assert full or waits, left


@CALM
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_teams_and_capacities_does_not_matter(world: World, random: st.DrawFn) -> None:
    teams: list[Team] = list(TEAMS)
    random.shuffle(teams)  # type: ignore[attr-defined]
    other = World(replace(world.snapshot, product=product(*teams)), tuple(reversed(world.capacities)), world.unready)

    one, two = world.proposal(), other.proposal()

    assert [(p.issue.key, p.team, p.why) for p in one.placements] == [
        (p.issue.key, p.team, p.why) for p in two.placements
    ]
    assert [(left.issue.key, left.code) for left in one.left_out] == [
        (left.issue.key, left.code) for left in two.left_out
    ]


@CALM
@given(worlds())
def test_the_same_input_gives_the_same_proposal(world: World) -> None:
    assert world.proposal() == world.proposal()


@CALM
@given(worlds())
def test_once_carried_out_nothing_more_is_proposed(world: World) -> None:
    plan = world.proposal()
    sprints = {p.issue.key: p.sprint for p in plan.placements}
    moved = tuple(replace(i, sprint=sprints.get(i.key, i.sprint)) for i in world.snapshot.issues)
    taken = taken_by(plan)
    after = World(
        replace(world.snapshot, issues=moved),
        tuple(replace(one, load=one.load + taken.get(one.team.name, 0.0)) for one in world.capacities),
        world.unready,
    )

    assert after.proposal().placements == ()


def taken_by(plan: SprintProposal) -> dict[str, float]:
    taken: defaultdict[str, float] = defaultdict(float)
    for placement in plan.placements:
        taken[placement.team] += placement.points
    return taken


def where_is(key: str, world: World, plan: SprintProposal) -> str | None:
    """The team in whose next sprint an issue is done; all next sprints run on the same days."""
    for placement in plan.placements:
        if placement.issue.key == key:
            return placement.team
    sprint = world.snapshot.by_key[key].sprint
    return next((of.name for of in TEAMS if next_of(of).id == sprint), None)
