"""One backlog, one set of facts: every reader gets the same size, distance, blockers and team of an issue."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.backlog.blockers import Timing
from rules.backlog.index import Backlog
from rules.backlog.what_if import with_issues
from rules.capacity.options import CapacityOptions
from rules.deep.scorecard import build_view
from rules.evaluate import evaluate, judge_alone
from rules.model import Category, Issue, Kind, LinkKind, Snapshot, SprintState, TeamFilter
from rules.planning.proposal import propose
from rules.ready import RULES
from rules.ready.story_form import StoryForm
from rules.verdict import Ruleset
from tests.factories import NOW, backlog, finished, issue, link, product, snapshot, sprint, team
from tests.thorough import scaled

EVERY_RULE = Ruleset(product=tuple(rule() for rule in RULES))
TITLES = ("Pay with a saved card", "Refund a whole order", "Search by brand")


@st.composite
def issues(draw: st.DrawFn) -> list[Issue]:
    """Up to eight issues of every kind, estimated or not, in every sprint, linked in every way."""
    keys = [f"SHOP-{number}" for number in range(1, draw(st.integers(2, 8)) + 1)]
    return [
        issue(
            key,
            title=f"{draw(st.sampled_from(TITLES))} {key if draw(st.booleans()) else ''}".strip(),
            kind=draw(st.sampled_from(Kind)),
            points=draw(st.sampled_from([None, 0.0, 1.0, 3.0, 8.0])),
            category=draw(st.sampled_from([Category.TODO, Category.TODO, Category.DOING, Category.DONE])),
            sprint=draw(st.sampled_from([None, None, "101", "102", "103"])),
            parent=draw(st.sampled_from([None, None, *keys])),
            components=draw(st.sampled_from([(), ("payments",), ("search",), ("payments", "search")])),
            links=tuple(
                link(draw(st.sampled_from([*keys, "PAY-9"])), draw(st.sampled_from(LinkKind)), category=category)
                for category in draw(st.lists(st.sampled_from([None, *Category]), max_size=2))
            ),
        )
        for key in keys
    ]


def world(of: list[Issue]) -> Snapshot:
    """Two teams with six closed sprints, a running and two coming ones."""
    closed, done = finished(6)
    coming = (
        sprint("101", SprintState.ACTIVE, start=NOW - timedelta(days=3), end=NOW + timedelta(days=11)),
        sprint("102", SprintState.FUTURE, start=NOW + timedelta(days=11), end=NOW + timedelta(days=25)),
        sprint("103", SprintState.FUTURE),
    )
    teams = product(team("Payments"), team("Search", board=13))
    return snapshot(*of, product=teams, sprints=(*closed, *coming), history=tuple(done))


@settings(deadline=None, max_examples=scaled(30, 100))
@given(issues())
def test_ready_rules_deep_and_planning_agree_on_distance_size_and_blockers(of: list[Issue]) -> None:
    """Whatever state the links, the sprints and the estimates are in."""
    facts = backlog(world(of))
    judgement = evaluate(facts, EVERY_RULE)
    view = build_view(facts, judgement, lambda around, one: judge_alone(around, one, EVERY_RULE))
    proposal = propose(facts, judgement)

    assert judgement.errors == ()
    for verdict in judgement.verdicts:
        key = verdict.issue.key
        assert verdict.distance == facts.distances.get(key)
        assert view.away.get(key, verdict.distance) == verdict.distance
        assert view.size.get(key, facts.sizes[key]) == facts.sizes[key]
        failed = {finding.rule: finding for finding in verdict.findings}
        late = [blocker.key for blocker in facts.blockers_of(key) if not blocker.in_time]
        if (found := failed.get("ready.unblocked")) is not None and not verdict.issue.flagged:
            assert all(one in found.message for one in late)
        elif "ready.unblocked" in verdict.passed:
            assert late == []
        if key in view.rank:
            assert [one.key for blocked, one in view.dependencies if blocked == key and not one.in_time] == late
    for placement in proposal.placements:
        assert placement.points == facts.sizes[placement.issue.key].points
        ahead = {blocker.key for blocker in facts.blockers_of(placement.issue.key)}
        assert all(key in placement.why for key in ahead)


@settings(deadline=None, max_examples=scaled(30, 100))
@given(issues(), st.data())
def test_a_changed_issue_is_judged_alone_as_in_the_whole_backlog(of: list[Issue], data: st.DataObject) -> None:
    """`with_issue` and a backlog made from the changed snapshot give the same verdict."""
    before = backlog(world(of))
    number = data.draw(st.integers(0, len(of) - 1))
    changes: dict[str, Any] = {
        "points": data.draw(st.sampled_from([None, 2.0, 13.0])),
        "title": data.draw(st.sampled_from([of[number].title, *TITLES])),
        "sprint": data.draw(st.sampled_from([None, "102"])),
        "links": data.draw(st.sampled_from([(), (link("SHOP-1"),), of[number].links])),
    }
    changed = replace(of[number], **changes)
    before.near_duplicates  # noqa: B018 - known before the change, as in a run
    after = before.with_issue(changed)
    anew = Backlog.of(world([*of[:number], changed, *of[number + 1 :]]), before.capacities)

    assert after.readings == anew.readings
    assert after.near_duplicates == anew.near_duplicates
    assert judge_alone(after, changed, EVERY_RULE) == evaluate(anew, EVERY_RULE).by_key[changed.key]


def test_an_issue_that_the_snapshot_does_not_hold_changes_nothing() -> None:
    before = backlog(snapshot(issue("SHOP-1")))

    assert before.with_issue(issue("SHOP-2")).snapshot == before.snapshot


def test_distance_uses_typical_velocity_and_not_the_next_sprints_people() -> None:
    """Everybody is away in the next sprint; six sprints of 21 points were finished before."""
    closed, done = finished(6)
    away = team(days_off=frozenset((NOW + timedelta(days=n)).date() for n in range(60)))
    facts = backlog(
        snapshot(
            issue("SHOP-1", points=21.0),
            issue("SHOP-2"),
            product=product(away),
            sprints=tuple(closed),
            history=tuple(done),
        )
    )

    assert facts.velocity == 21
    assert facts.distances == {"SHOP-1": 0.0, "SHOP-2": 1.0}


def test_where_nothing_was_finished_the_guess_of_points_a_day_gives_a_velocity() -> None:
    """Ten working days of two people at two points a day, although both are away in the next sprint."""
    away = team(days_off=frozenset((NOW + timedelta(days=n)).date() for n in range(60)))
    facts = backlog(snapshot(issue(), product=product(away)), CapacityOptions(points_per_day=2.0))

    (only,) = facts.capacities
    assert (only.net_days, facts.velocity) == (0.0, 40.0)


@pytest.mark.parametrize(
    ("teams", "components", "expected"),
    [
        ([team("Payments")], ("printing",), ["Payments"]),
        ([team("Payments"), team("Search", board=13)], ("printing",), []),
        ([team("Payments"), team("Search", board=13)], ("search",), ["Search"]),
        ([team("Payments"), team("Search", board=13)], ("search", "payments"), ["Payments", "Search"]),
        ([team("Payments"), team("All", takes=TeamFilter()), team("Any", takes=TeamFilter())], (), ["All", "Any"]),
    ],
    ids=["the only team takes everything", "none recognises it", "one does", "two do", "teams that take anything"],
)
def test_which_teams_may_take_an_issue(teams: list[Any], components: tuple[str, ...], expected: list[str]) -> None:
    facts = backlog(snapshot(issue(components=components), product=product(*teams)))

    assert [one.name for one in facts.teams["SHOP-1"]] == expected
    only = facts.team("SHOP-1")
    assert (only.name if only else None) == (expected[0] if len(expected) == 1 else None)


def test_a_blocker_that_becomes_late_changes_the_verdict_of_what_it_blocks() -> None:
    """The rank of both is the backlog's, so a what-if with another order asks the same question again."""
    first, second = issue("SHOP-1", links=(link("SHOP-2"),)), issue("SHOP-2")
    facts = backlog(snapshot(second, first))

    assert [blocker.timing for blocker in facts.blockers_of("SHOP-1")] == [Timing.ABOVE]
    assert [blocker.timing for blocker in with_issues(facts, [first, second]).blockers_of("SHOP-1")] == [Timing.LATE]


def stories(*written: bool) -> Snapshot:
    """Stories with and without a sentence that says who wants what."""
    texts = ("The cart lists the articles.", "As a shopper, I want to see my cart.")
    return snapshot(*(issue(f"SHOP-{number}", texts[says]) for number, says in enumerate(written, start=1)))


def complaints(of: Snapshot) -> set[str]:
    """The issues of which the rule about story sentences complains."""
    verdicts = evaluate(backlog(of), Ruleset(product=(StoryForm(within_sprints=None),))).verdicts
    return {finding.subject for verdict in verdicts for finding in verdict.findings}


def test_story_sentences_are_asked_for_where_some_stories_have_one() -> None:
    assert complaints(stories(True, *[False] * 10)) == {f"SHOP-{number}" for number in range(2, 12)}


def test_story_sentences_are_not_asked_for_where_hardly_a_story_has_one() -> None:
    assert complaints(stories(*[False] * 10)) == set()


def test_a_few_stories_do_not_show_what_teams_write() -> None:
    assert complaints(stories(*[False] * 9)) == {f"SHOP-{number}" for number in range(1, 10)}
