"""What is said of an issue that is in none of the next sprints, checked with the plan alone, and tried."""

import re

from hypothesis import given
from hypothesis import strategies as st

from rules.model import LinkKind
from rules.planning.look_ahead import AheadSprint, LookAhead
from rules.planning.model import LeftOutCode
from tests.factories import link
from tests.rules.planning.test_invariants import CALM
from tests.rules.planning.test_look_ahead import ahead_of, planned
from tests.rules.planning.world import PAYMENTS, SEARCH, story

KEYS = tuple(f"A-{n}" for n in range(1, 11))
TEAMS = st.sampled_from([("payments",), ("search",), ("payments", "search")])


@st.composite
def plans(draw: st.DrawFn) -> LookAhead:
    stories = [
        story(
            key,
            draw(st.sampled_from([1.0, 2.0, 3.0, 5.0, 8.0, 13.0])),
            *draw(TEAMS),
            links=tuple(
                link(other, LinkKind.BLOCKED_BY)
                for other in sorted(draw(st.frozensets(st.sampled_from(KEYS), max_size=1)))
            ),
        )
        for key in KEYS
    ]
    points = st.sampled_from([5.0, 8.0, 10.0])
    teams = tuple(ahead_of(team, draw(points), draw(points), draw(points)) for team in (PAYMENTS, SEARCH))
    planner = draw(st.sampled_from(["greedy", "exact"]))
    return planned(
        *stories, capacities=teams, unready=sorted(draw(st.frozensets(st.sampled_from(KEYS)))), planner=planner
    )


@CALM
@given(plans())
def test_an_issue_in_none_of_the_sprints_has_room_without_what_it_would_displace_and_not_with_one_of_it(
    ahead: LookAhead,
) -> None:
    for left in ahead.left_out:
        if left.code is LeftOutCode.CAPACITY_SWAP:
            names, sprint = re.fullmatch(r"It would displace (.+) in (.+)\.", left.why).groups()  # type: ignore[union-attr]
            one = next(one for one in ahead.sprints if one.slot.sprint and one.slot.sprint.name == sprint)
            sizes = {inside.issue.key: inside.points for inside in one.issues}
            leaving = names.split(" and ")
            free = one.left + sum(sizes[key] for key in leaving)
            assert left.issue.points is not None
            assert left.issue.points <= free
            assert all(left.issue.points > free - sizes[key] for key in leaving)
            assert all(KEYS.index(key) > KEYS.index(left.issue.key) for key in leaving)
            assert not needed_by_planned(ahead) & set(leaving)


@CALM
@given(plans())
def test_an_issue_that_does_not_fit_has_no_sprint_with_more_room_than_is_said(ahead: LookAhead) -> None:
    for left in ahead.left_out:
        if left.code is LeftOutCode.CAPACITY_HIGHER and not left.issue.links:
            most = float(re.search(r"at most (-?[\d.]+) left", left.why)[1])  # type: ignore[index]
            rooms = [one.left for one in ahead.sprints if may_take(one, left.issue.components)]
            assert max(rooms) == most
            assert left.issue.points is not None
            assert left.issue.points > most


@CALM
@given(plans())
def test_what_an_issue_is_said_to_depend_on_blocks_it_and_is_planned_or_not_as_said(ahead: LookAhead) -> None:
    inside = {inside.issue.key for one in ahead.sprints for inside in one.issues}
    for left in ahead.left_out:
        named = re.findall(r"A-\d+", left.why)
        if left.code is LeftOutCode.BLOCKED and "Circular" in left.why:
            assert named[0] == named[-1] == left.issue.key
        elif left.code is LeftOutCode.BLOCKED:
            assert set(named) <= {link.key for link in left.issue.links}
            assert not set(named) & inside


def may_take(one: AheadSprint, components: tuple[str, ...]) -> bool:
    return one.slot.team.lower() in components


def needed_by_planned(ahead: LookAhead) -> set[str]:
    planned_issues = (inside.issue for one in ahead.sprints for inside in one.issues)
    return {link.key for issue in planned_issues for link in issue.links}
