from dataclasses import replace
from datetime import timedelta

import pytest

from rules.backlog.index import Backlog
from rules.deep.measure import DeepLetter
from rules.deep.model import Letter
from rules.deep.scorecard import build_view, letter_of
from rules.deep.view import View
from rules.model import Issue, LinkKind, SprintState
from rules.verdict import Judgement
from tests.factories import NOW, issue, link, product, snapshot, sprint, team
from tests.rules.deep.backlog import capacity, judge_by, judged, measure, state, stories, view, with_history

FORTY = stories(*[3] * 40)


def emergent(seen: View) -> Letter:
    return letter_of(seen, DeepLetter.EMERGENT)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def untouched(issues: list[Issue], number: float) -> list[Issue]:
    return [replace(one, created=NOW - days(number + 1), updated=NOW - days(number)) for one in issues]


def test_a_backlog_without_any_change_in_thirty_days_is_frozen() -> None:
    issues = untouched(FORTY, 31)

    assert "frozen" in measure(emergent(view(issues)), "last change").text


def test_a_change_twenty_nine_days_ago_is_life() -> None:
    issues = [*untouched(FORTY[:39], 31), *untouched(FORTY[39:], 29)]

    found = measure(emergent(view(issues)), "last change")

    assert found.value == pytest.approx(29)
    assert "frozen" not in found.text


def test_a_reorder_is_life_though_no_issue_changed() -> None:
    issues = untouched(FORTY, 31)
    then = state([*issues[10:], *issues[:10]], days_ago=20)

    assert "frozen" not in measure(emergent(view(issues, earlier=[then])), "last change").text


@pytest.mark.parametrize(("replaced", "churning"), [(9, True), (8, False)])
def test_more_than_forty_percent_of_the_top_twenty_replaced_in_a_week_is_churning(
    replaced: int,
    churning: bool,  # noqa: FBT001 - a row of the table
) -> None:
    now = [*FORTY[20 : 20 + replaced], *FORTY[: 20 - replaced]]

    found = measure(emergent(view(now, earlier=[state(FORTY, 7)])), "top replaced")

    assert found.value == pytest.approx(100 * replaced / 20)
    assert ("is churning" in found.text) is churning


def test_what_was_started_has_not_been_replaced() -> None:
    started = [replace(one, sprint="1") for one in FORTY[:10]]
    seen = view([*started, *FORTY[10:]], earlier=[state(FORTY, 7)], sprints=(sprint("1", SprintState.ACTIVE),))

    assert measure(emergent(seen), "top replaced").value == 0


def test_churn_is_the_share_of_the_backlog_that_changed_in_a_sprint() -> None:
    found = measure(emergent(view(FORTY, earlier=[state(FORTY[:36], 14)])), "churn")

    assert found.value == pytest.approx(100 * 4 / 36)
    assert "steady" in found.text


def test_without_earlier_runs_churn_is_left_out_of_the_score() -> None:
    """Fresh and 10 sprints deep, nothing else measured: full marks."""
    letter = emergent(view(FORTY))

    assert measure(letter, "churn").value is None
    assert letter.score == pytest.approx(100.0)


@pytest.mark.parametrize(("place", "allowed"), [(0, 45), (10, 120), (35, 365)], ids=["near", "middle", "far"])
def test_an_issue_is_stale_when_untouched_for_longer_than_its_place_allows(place: int, allowed: int) -> None:
    fresh = [*FORTY[:place], *untouched([FORTY[place]], allowed - 1), *FORTY[place + 1 :]]
    old = [*FORTY[:place], *untouched([FORTY[place]], allowed + 1), *FORTY[place + 1 :]]

    assert measure(emergent(view(fresh)), "stale").value == 0
    assert measure(emergent(view(old)), "stale").keys == (FORTY[place].key,)


def test_dead_weight_is_listed_with_the_longest_untouched_first() -> None:
    issues = [issue(f"SHOP-{n}", title=f"Story {n}", points=12.0) for n in range(20)]
    issues[15] = replace(issues[15], updated=NOW - days(400))
    issues[18] = replace(issues[18], updated=NOW - days(500), watchers=4, links=(link("PAY-1", LinkKind.RELATES),))
    issues[3] = replace(issues[3], updated=NOW - days(900))

    found = measure(emergent(view(issues)), "dead weight")

    assert found.keys == ("SHOP-18", "SHOP-15")
    assert "4 watchers and 1 link." in found.text


def test_depth_is_shown_in_sprints_and_months() -> None:
    found = measure(emergent(view(stories(*[12] * 27))), "depth")

    assert found.value == pytest.approx(27)
    assert "about 12 months" in found.text
    assert "more than the 12 months that can be kept up to date" in found.text


def test_as_much_in_as_out_is_no_growth() -> None:
    """Six sprints of 21 points were finished, all made before; 42 points came in each sprint's worth of 21: 2 of 6."""
    issues = [replace(one, created=NOW - days(10)) for one in stories(21, 21, 21, 21, 21, 21)]
    snap = with_history(issues)
    old = [replace(one, created=NOW - days(400)) for one in snap.history]

    seen = build_view(Backlog.of(replace(snap, history=tuple(old)), (capacity(21.0),)), judged(issues), judge_by())

    assert measure(emergent(seen), "growth").value == pytest.approx(0.0, abs=0.2)


def test_more_in_than_out_is_growth_without_end() -> None:
    issues = [replace(one, created=NOW - days(10)) for one in stories(*[21] * 12)]
    snap = with_history(issues)
    old = [replace(one, created=NOW - days(400)) for one in snap.history]
    seen = build_view(Backlog.of(replace(snap, history=tuple(old)), (capacity(21.0),)), judged(issues), judge_by())

    found = measure(emergent(seen), "growth")

    assert found.value == pytest.approx(1.0, abs=0.2)
    assert "grows without end" in found.text


def test_what_was_taken_out_is_no_growth() -> None:
    issues = [replace(one, created=NOW - days(10)) for one in stories(*[21] * 12)]
    snap = with_history(issues)
    old = [replace(one, created=NOW - days(400)) for one in snap.history]
    thrown = [issue(f"OLD-{n}", points=21.0) for n in range(6)]
    seen = build_view(
        Backlog.of(replace(snap, history=tuple(old)), (capacity(21.0),)),
        judged(issues),
        judge_by(),
        [state([*thrown, *issues], 20)],
    )

    assert measure(emergent(seen), "growth").value == pytest.approx(0.0, abs=0.2)


def test_without_closed_sprints_growth_is_unknown() -> None:
    assert measure(emergent(view(FORTY)), "growth").value is None


def test_growth_is_not_measured_before_a_sprint_has_passed() -> None:
    closed = sprint("1", SprintState.CLOSED, start=NOW - days(10))
    snap = replace(with_history(FORTY), sprints=(closed,))
    seen = build_view(Backlog.of(snap, (capacity(21.0),)), judged(FORTY), judge_by())

    assert measure(emergent(seen), "growth").value is None


def _shortly_before_planning(issues: list[Issue], earlier: list[Issue]) -> View:
    planning = sprint("7", start=NOW + days(1))
    return build_view(
        Backlog.of(snapshot(*issues, sprints=(planning,), product=product(team())), (capacity(12.0, sprint=planning),)),
        judged(issues),
        judge_by(),
        [state(earlier, 5)],
    )


def test_work_that_came_up_just_before_planning_is_late_churn() -> None:
    late = issue("SHOP-99", points=6.0)

    found = measure(emergent(_shortly_before_planning([late, *FORTY], FORTY)), "late churn")

    assert found.keys == ("SHOP-99",)
    assert found.value == pytest.approx(100 * 6 / 12)


def test_long_before_planning_nothing_is_late() -> None:
    coming = sprint("7", start=NOW + days(9))
    seen = build_view(
        Backlog.of(snapshot(*FORTY), (capacity(12.0, sprint=coming),)), judged(FORTY), judge_by(), [state(FORTY, 5)]
    )

    assert measure(emergent(seen), "late churn").value is None


def test_without_a_pace_staleness_goes_by_one_limit() -> None:
    issues = [*untouched(FORTY[:1], 121), *untouched(FORTY[1:2], 119)]

    assert measure(emergent(view(issues, pace=None)), "stale").keys == ("SHOP-1",)


def test_freshness_of_the_horizon_is_shown() -> None:
    found = measure(emergent(view([*untouched(FORTY[:3], 46), *FORTY[3:]])), "fresh")

    assert found.value == pytest.approx(100 * 9 / 12)


def test_two_runs_of_one_day_say_the_same() -> None:
    early, late = (snapshot(issue(), taken_at=NOW.replace(hour=hour)) for hour in (6, 23))
    assert emergent(build_view(Backlog.of(early), Judgement(), judge_by())) == emergent(
        build_view(Backlog.of(late), Judgement(), judge_by())
    )
