"""Pauses after an undo: what is held, and what may be written again once a pause is over."""

from dataclasses import replace
from datetime import timedelta

from rules.model import NO_MARKS, OwnMarks
from rules.plan.pauses import Pause, ended_places, lost_pauses, resumed, resumed_memory, why_paused
from tests.factories import NOW, issue, snapshot

LABEL = ("undone:readyline-ready", "ready")
MOVE = ("undone:sprint", "5")
BY_HAND = ("readyline-ready", "ready")
MARKS = OwnMarks(refused=(LABEL, MOVE, BY_HAND))


def pause(subject: str, mark: str, *, days: int | None = None) -> Pause:
    return Pause(subject=subject, mark=mark, run="r", until=None if days is None else NOW + timedelta(days=days))


def test_a_pause_is_over_when_its_day_has_come_and_never_without_one() -> None:
    pauses = (pause("1", "a", days=0), pause("1", "b", days=1), pause("1", "c"))
    assert ended_places(pauses, NOW) == {("1", "a")}


def test_what_an_undo_took_away_may_come_back_where_its_pause_is_over() -> None:
    memory = resumed_memory({"1": MARKS, "2": MARKS}, {("1", "readyline-ready")})
    assert (memory["1"].refused, memory["2"].refused) == ((MOVE, BY_HAND), MARKS.refused)


def test_moves_are_paused_by_sprint_for_every_issue() -> None:
    issues = resumed(snapshot(issue(id="1", marks=MARKS), issue("SHOP-2", id="2", marks=MARKS)), {("5", "sprint")})
    assert {one.marks.refused for one in issues.issues} == {(LABEL, BY_HAND)}


def test_what_a_person_took_away_by_hand_stays_away() -> None:
    by_hand = OwnMarks(refused=(BY_HAND,))
    assert resumed_memory({"1": by_hand}, {("1", "readyline-ready")}) == {"1": by_hand}


def test_without_a_pause_that_is_over_nothing_changes() -> None:
    seen = snapshot(issue(id="1", marks=MARKS), issue("SHOP-2", id="2", marks=NO_MARKS))
    assert resumed(seen, frozenset()) is seen


def test_pauses_that_a_lost_store_knew_are_read_from_the_marks_on_the_issues() -> None:
    issues = (issue(id="1", marks=MARKS), issue("SHOP-2", id="2", marks=OwnMarks(refused=(BY_HAND,))))
    lost = (pause("1", "readyline-ready"), pause("5", "sprint"))

    assert lost_pauses(issues, {}, ()) == tuple(replace(one, run="") for one in lost)
    assert lost_pauses(issues, {}, lost) == ()
    assert why_paused(lost_pauses(issues, {}, ()), ("5", "sprint"), NOW) == "paused by an undo until `readyline resume`"
