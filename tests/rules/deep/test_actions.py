from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.deep.actions import _order, fixes
from rules.deep.model import Action, Deep, Runway, Signal, is_anyone_short
from rules.deep.score import score
from rules.model import Issue, Priority
from tests.factories import NOW, issue, link, snapshot
from tests.rules.deep.backlog import capacity, judge_by, judged, stories, view

CAPACITIES: tuple[TeamCapacity, ...] = (capacity(12.0),)


def judge(issues: list[Issue], unready: Mapping[str, tuple[str, ...]] | None = None) -> Deep:
    return score(Backlog.of(snapshot(*issues), CAPACITIES), judged(issues, unready), judge_by(unready))


def action_about(deep: Deep, word: str) -> Action:
    return next(action for action in deep.actions if word in action.text)


def unready(*keys: str) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(keys, ("ready.acceptance",))


def test_fixing_the_named_issues_raises_runway_and_score_by_exactly_what_was_said() -> None:
    issues = stories(3, 4, 2, 4, 3, 2, 4, 3)
    missing = unready("SHOP-1", "SHOP-3", "SHOP-4", "SHOP-6", "SHOP-7")
    before = judge(issues, missing)
    named = action_about(before, "acceptance")

    after = judge(issues, {key: rules for key, rules in missing.items() if key not in named.keys})

    assert before.runways[0].sprints is not None
    assert after.runways[0].sprints is not None
    assert before.score is not None
    assert after.score is not None
    assert named.runway_gain > 0
    assert after.runways[0].sprints - before.runways[0].sprints == pytest.approx(named.runway_gain)
    assert after.score - before.score == pytest.approx(named.gain)


def test_estimating_the_named_issues_gains_exactly_what_was_said() -> None:
    issues = stories(3, None, 3, None, 3, 3)
    missing = dict.fromkeys(("SHOP-2", "SHOP-4"), ("ready.estimated",))
    before = judge(issues, missing)
    named = action_about(before, "Estimate")

    after = judge([replace(one, points=3.0) if one.key in named.keys else one for one in issues])

    assert named.keys == ("SHOP-2", "SHOP-4")
    assert named.text == "Estimate the 2 unestimated issues in the next two sprints: SHOP-2, SHOP-4."
    assert before.score is not None
    assert after.score is not None
    assert after.score - before.score == pytest.approx(named.gain)
    assert named.runway_gain == pytest.approx(0.5)


def test_three_issues_that_give_most_for_what_they_lack_are_named_for_the_runway() -> None:
    issues = stories(1, 4, 2, 4, 3)
    missing = unready(*(one.key for one in issues)) | {"SHOP-2": ("ready.acceptance", "ready.described", "ready.value")}

    made_ready = next(fix for fix in fixes(view(issues, missing)) if fix.topic == "ready")

    assert made_ready.keys == ("SHOP-3", "SHOP-4", "SHOP-5")
    assert made_ready.text == "Make SHOP-3, SHOP-4, SHOP-5 ready: no acceptance."


def test_what_each_issue_lacks_is_said_next_to_its_key() -> None:
    missing = {"SHOP-1": ("ready.acceptance",), "SHOP-3": ("ready.has_team", "ready.described")}

    texts = [fix.text for fix in fixes(view(stories(3, 3, 3), missing))]

    assert "Make ready: SHOP-1 (no acceptance); SHOP-3 (no has team, no described)." in texts


def test_an_issue_that_lacks_an_estimate_is_made_ready_with_one() -> None:
    missing = {"SHOP-2": ("ready.estimated", "ready.acceptance")}

    made_ready = next(fix for fix in fixes(view(stories(3, None), missing)) if fix.topic == "ready")

    assert made_ready.after.issues[1].points == 3


def test_a_blocker_is_ranked_above_what_waits_for_it() -> None:
    issues = [issue("SHOP-1"), issue("SHOP-2", links=(link("SHOP-3"),)), issue("SHOP-3")]

    fix = next(fix for fix in fixes(view(issues)) if fix.topic == "dependencies")

    assert fix.keys == ("SHOP-3", "SHOP-2")
    assert [one.key for one in fix.after.issues] == ["SHOP-1", "SHOP-3", "SHOP-2"]


def test_a_cycle_of_waits_is_no_endless_shuffle() -> None:
    issues = [issue("SHOP-1", links=(link("SHOP-2"),)), issue("SHOP-2", links=(link("SHOP-1"),))]

    assert judge(issues).actions is not None


def test_the_more_urgent_of_a_pair_is_ranked_first() -> None:
    issues = [
        issue("SHOP-1", title="A", priority=Priority("Low", 3, 5)),
        issue("SHOP-2", title="B", priority=Priority("Highest", 0, 5)),
    ]

    fix = next(fix for fix in fixes(view(issues)) if fix.topic == "priorities")

    assert [one.key for one in fix.after.issues] == ["SHOP-2", "SHOP-1"]


def test_the_parts_of_a_split_are_ready_where_only_the_size_was_wrong() -> None:
    seen = view(stories(10, 3), {"SHOP-1": ("ready.small_enough",), "SHOP-2": ("ready.acceptance",)})

    after = next(fix for fix in fixes(seen) if fix.topic == "split").after

    assert [(one.key, one.points) for one in after.issues] == [
        ("SHOP-1", pytest.approx(10 / 3)),
        ("SHOP-1/2", pytest.approx(10 / 3)),
        ("SHOP-1/3", pytest.approx(10 / 3)),
        ("SHOP-2", 3),
    ]
    assert after.ready == {"SHOP-1", "SHOP-1/2", "SHOP-1/3"}


def test_what_is_ready_is_not_to_be_split() -> None:
    assert "split" not in {fix.topic for fix in fixes(view(stories(10, 3)))}


def test_nothing_is_ranked_inside_a_cycle() -> None:
    issues = [issue("SHOP-1", links=(link("SHOP-2"),)), issue("SHOP-2", links=(link("SHOP-1"),))]

    assert "dependencies" not in {fix.topic for fix in fixes(view(issues))}


def test_an_issue_that_waits_for_another_is_not_named_as_easily_made_ready() -> None:
    missing = {"SHOP-1": ("ready.unblocked",), "SHOP-2": ("ready.acceptance",)}

    made_ready = next(fix for fix in fixes(view(stories(3, 3), missing)) if fix.topic == "ready")

    assert made_ready.keys == ("SHOP-2",)


def test_actions_stand_largest_gain_first_and_are_three_at_most() -> None:
    issues = [
        replace(one, points=None if n % 4 == 0 else one.points, priority=Priority("P", (n * 7) % 5, 5))
        for n, one in enumerate(stories(*[5] * 40))
    ]
    issues[1] = replace(issues[1], links=(link("SHOP-30"),))

    gains = [action.gain for action in judge(issues, unready("SHOP-2", "SHOP-3")).actions]

    assert len(gains) == 3
    assert gains == sorted(gains, reverse=True)


def test_while_the_runway_is_short_the_fix_that_lengthens_it_most_is_among_the_three() -> None:
    issues = [
        replace(one, points=None if n % 2 else one.points, priority=Priority("P", (n * 7) % 5, 5))
        for n, one in enumerate(stories(*[5] * 40))
    ]
    issues[1] = replace(issues[1], links=(link("SHOP-30"),))

    deep = judge(issues, unready(*(one.key for one in issues)))

    assert any(action.runway_gain > 0 for action in deep.actions)


def test_actions_come_by_runway_while_any_team_lacks_ready_work_and_by_score_after_that() -> None:
    longer = Action(text="Estimate.", keys=(), gain=1.0, runway_gain=0.5)
    better = Action(text="Rank.", keys=(), gain=5.0, runway_gain=0.1)
    enough = Runway(team="", ready_points=30.0, sprints=3.0, text="", signal=Signal.GREEN)
    short = replace(enough, team="Search", sprints=1.9, signal=Signal.AMBER)
    unknown = replace(enough, team="New", sprints=None, signal=Signal.UNKNOWN)

    assert is_anyone_short((enough, short))
    assert not is_anyone_short((enough, unknown))
    for hungry, first in ((True, longer), (False, better)):
        assert min((longer, better), key=partial(_order, hungry=hungry)) is first


def test_where_nothing_is_wrong_nothing_is_advised() -> None:
    assert judge(stories(*[4] * 8)).actions == ()


def test_once_the_near_ones_are_estimated_the_next_zone_is_advised() -> None:
    issues = stories(12, 12, None, 12)

    fix = next(fix for fix in fixes(view(issues)) if fix.topic == "estimate")

    assert fix.text == "Estimate the unestimated issue two to six sprints away: SHOP-3."


def test_a_site_that_knows_neither_points_nor_links_is_not_advised_about_them() -> None:
    issues = [issue("SHOP-1", points=None, links=(link("SHOP-2"),)), issue("SHOP-2", points=None)]

    topics = {fix.topic for fix in fixes(view(issues, unavailable=frozenset({"points", "links"})))}

    assert topics.isdisjoint({"estimate", "dependencies"})


def test_old_issues_far_away_are_swept() -> None:
    issues = stories(*[12] * 20)
    issues[15] = replace(issues[15], updated=NOW - timedelta(days=400))

    fix = next(fix for fix in fixes(view(issues)) if fix.topic == "sweep")

    assert fix.keys == ("SHOP-16",)
    assert len(fix.after.issues) == 19


def test_an_issue_that_lacks_only_an_estimate_is_named_once() -> None:
    missing = {"SHOP-2": ("ready.estimated",), "SHOP-3": ("ready.acceptance",)}

    found = {fix.topic: fix.keys for fix in fixes(view(stories(3, None, 3), missing))}

    assert (found["estimate"], found["ready"]) == (("SHOP-2",), ("SHOP-3",))


def test_an_action_on_some_of_many_issues_says_of_how_many() -> None:
    """One session settles ten: "the 10 issues" would be all."""
    issues = stories(*[None] * 12, 1)
    fix = next(fix for fix in fixes(view(issues, pace=24.0)) if fix.topic == "estimate")

    assert fix.text.startswith("Estimate 10 of the 12 unestimated issues in the next two sprints: SHOP-1, ")
    assert fix.text.endswith(" and 5 more.")
    assert len(fix.keys) == 10
