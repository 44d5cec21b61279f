"""Whole passes over a tracker in memory: what is held back is said, comes later, and nothing is lost by it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from rules.plan.changes import AddLabel, PutComment
from rules.plan.outcome import Result
from rules.plan.quiet_hours import QuietTime
from sync.run.context import RunContext
from sync.run.run import execute_run, plan_run
from sync.trackers.base import Scope
from sync.trackers.memory import MemoryTracker
from tests.factories import NOW, comment, document, issue
from tests.sync.run_contexts import OPEN, Clock, backlog, bad, context

TWO_A_WEEK = replace(OPEN, mails_per_week=2)


def comments(tracker: MemoryTracker) -> int:
    return len(tracker.comments)


def of_one_person(count: int) -> MemoryTracker:
    titles = ["Pay by invoice", "Filter by size", "Print the parcel label", "Refund part of an order", "Gift cards"]
    return MemoryTracker(backlog(*(bad(f"SHOP-{n}", title=titles[n - 1], reporter="ana") for n in range(1, count + 1))))


def test_in_quiet_hours_nothing_is_written_and_the_report_says_until_when(tmp_path: Path) -> None:
    tracker, clock = MemoryTracker(backlog()), Clock()
    with context(tmp_path, tracker, clock, quiet=QuietTime(begin=time(8), end=time(10))) as place:
        quiet = execute_run(place)
        assert (quiet.outcomes, tracker.writes, quiet.refused) == ((), [], "")
        assert quiet.plan.changes
        assert quiet.quiet_until is not None
        assert quiet.quiet_until.time() == time(10)

        clock.move(hours=1)
        loud = execute_run(place)
        assert loud.quiet_until is None
        assert {one.result for one in loud.outcomes} == {Result.DONE}


def test_comments_over_the_weeks_budget_come_in_a_later_week(tmp_path: Path) -> None:
    tracker, clock = of_one_person(5), Clock()
    with context(tmp_path, tracker, clock, policy=TWO_A_WEEK) as place:
        first = execute_run(place)
        assert comments(tracker) == 2
        assert [one.what for one in first.plan.left_as_is] == ["comment"] * 3

        for _ in range(6):
            clock.move(days=1)
            assert execute_run(place).plan.changes == ()
        clock.move(days=1)
        execute_run(place)
        assert comments(tracker) == 4
        clock.move(days=7)
        execute_run(place)
        assert comments(tracker) == 5


def test_a_run_cut_off_before_its_first_write_costs_no_mail(tmp_path: Path) -> None:
    class Dying(MemoryTracker):
        def apply(self, *_: object, **__: object) -> tuple[()]:
            raise KeyboardInterrupt

    tracker, clock = of_one_person(2), Clock()
    dying = Dying(tracker.pull(Scope(backlog="", product=backlog().product)))
    with context(tmp_path, dying, clock, policy=TWO_A_WEEK) as place:
        with pytest.raises(KeyboardInterrupt):
            execute_run(place)
        assert place.store.mails.unsettled()
    with context(tmp_path, tracker, clock, policy=TWO_A_WEEK) as place:
        execute_run(place)
    assert comments(tracker) == 2


def _take_off(tracker: MemoryTracker, number: int) -> None:
    """Somebody else takes our labels off, and gives us another reason to write them again."""
    known = tracker.read("1")
    assert known is not None
    texts = (document("Soon."), issue().document)
    labels = frozenset(label for label in known.labels if not label.startswith("readyline-"))
    tracker.edit("1", labels=labels, document=texts[number % 2], title="Say on the order page who handles a return")


def _passes(place: RunContext, tracker: MemoryTracker, clock: Clock, times: int) -> list[int]:
    """How many labels each run wrote, while something keeps taking them off."""
    made = []
    for number in range(times):
        _take_off(tracker, number)
        clock.move(minutes=15)
        outcomes = execute_run(place).outcomes
        made.append(sum(one.result is Result.DONE and isinstance(one.change, AddLabel) for one in outcomes))
    return made


def test_an_issue_on_which_something_keeps_reversing_us_is_parked_with_a_notice_and_taken_up_a_day_later(
    tmp_path: Path,
) -> None:
    tracker, clock = MemoryTracker(backlog(issue("SHOP-1"))), Clock()
    with context(tmp_path, tracker, clock) as place:
        made = _passes(place, tracker, clock, 12)
        assert all(made[:9])
        assert not any(made[9:])
        parked = plan_run(place).plan
        assert parked.changes == ()
        assert "somebody other than readyline reversed" in parked.left_as_is[0].why

        clock.move(days=1)
        assert plan_run(place).plan.changes


def test_one_person_who_refines_a_story_all_day_never_parks_it(tmp_path: Path) -> None:
    tracker, clock = MemoryTracker(backlog(issue("SHOP-1"))), Clock()
    with context(tmp_path, tracker, clock) as place:
        for number in range(12):
            tracker.edit("1", document=(document("Soon."), issue().document)[number % 2])
            clock.move(minutes=15)
            report = execute_run(place)
            assert report.plan.held == ()
            refined = tracker.read("1")
            assert refined is not None
            assert refined.labels == {f"readyline-{'ready' if number % 2 else 'not-ready'}"}


def test_somebody_who_waits_for_an_answer_on_a_parked_issue_gets_it_later(tmp_path: Path) -> None:
    tracker, clock = MemoryTracker(backlog(issue("SHOP-1"))), Clock()
    with context(tmp_path, tracker, clock, commanders=frozenset({"acc-ana"})) as place:
        _passes(place, tracker, clock, 12)
        tracker.edit("1", comments=(comment("/ready recheck", id="900"),))
        held = execute_run(place)
        assert any(isinstance(change, PutComment) for change in held.plan.held)
        assert place.store.commands.answers() == ()

        clock.move(days=2)
        execute_run(place)
        assert [answer.comment for answer in place.store.commands.answers()] == ["900"]


def test_hands_off_takes_our_marks_away_even_while_parked(tmp_path: Path) -> None:
    tracker, clock = MemoryTracker(backlog(issue("SHOP-1"))), Clock()
    with context(tmp_path, tracker, clock) as place:
        _passes(place, tracker, clock, 12)
        known = tracker.read("1")
        assert known is not None
        tracker.edit("1", labels=known.labels | {"readyline-hands-off"})
        execute_run(place)
        after = tracker.read("1")
        assert after is not None
        assert after.labels == {"readyline-hands-off"}
        assert comments(tracker) == 0


def test_our_own_writing_does_not_make_an_issue_fresh(tmp_path: Path) -> None:
    """The tracker's date moves with our label; what people see told about the issue does not."""
    old = NOW - timedelta(days=400)
    tracker, clock = MemoryTracker(backlog(bad("SHOP-1", updated=old, created=old))), Clock(datetime.now(UTC))
    with context(tmp_path, tracker, clock) as place:
        execute_run(place)
        written = tracker.read("1")
        assert written is not None
        assert written.updated > old
        assert plan_run(place).snapshot.issues[0].last_human_edit == old

        tracker.edit("1", points=3.0)
        assert plan_run(place).snapshot.issues[0].last_human_edit > old
