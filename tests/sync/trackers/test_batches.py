"""A batch is written issue by issue, and what fails does not stop the rest."""

from collections.abc import Sequence

import pytest

from rules.plan.changes import AddLabel, Change, MoveToSprint, RemoveLabel
from rules.plan.outcome import GONE, Outcome, Result
from sync.errors import Forbidden, LoggedOut, TrackerError, Unreachable
from sync.trackers.batches import apply_each, gone

LABELS: Sequence[Change] = (
    AddLabel(issue="1", key="T-1", label="a", why=""),
    RemoveLabel(issue="1", key="T-1", label="b", why=""),
)
MOVES: Sequence[Change] = [MoveToSprint(issue=number, key="", sprint="3", why="") for number in "12"]


def done(batch: Sequence[Change]) -> tuple[Outcome, ...]:
    return tuple(Outcome(change=change, result=Result.DONE) for change in batch)


def test_labels_go_together_and_moves_alone() -> None:
    sent: list[int] = []

    def apply(batch: Sequence[Change]) -> tuple[Outcome, ...]:
        sent.append(len(batch))
        return done(batch)

    assert [outcome.change for outcome in (*apply_each(LABELS, apply), *apply_each(MOVES, apply))] == [*LABELS, *MOVES]
    assert sent == [2, 1, 1]
    assert apply_each([], apply) == ()


def test_a_refusal_is_the_outcome_of_its_change_only() -> None:
    refusal = Forbidden("not allowed")
    refusal.status = 403

    def apply(batch: Sequence[Change]) -> tuple[Outcome, ...]:
        if batch[0].issue == "1":
            raise refusal
        return done(batch)

    first, second = apply_each(MOVES, apply)
    assert (first.result, first.reason, first.status) == (Result.FAILED, "not allowed", 403)
    assert second.result is Result.DONE


@pytest.mark.parametrize("error", [LoggedOut("who?"), Unreachable("where?")])
def test_without_a_site_or_a_log_in_the_run_stops(error: TrackerError) -> None:
    def apply(_batch: Sequence[Change]) -> tuple[Outcome, ...]:
        raise error

    with pytest.raises(type(error)):
        apply_each(LABELS, apply)


def test_changes_to_an_issue_that_is_gone_are_skipped() -> None:
    assert {(outcome.result, outcome.reason) for outcome in gone(LABELS)} == {(Result.SKIPPED, GONE)}
