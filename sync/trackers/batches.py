"""One batch of changes on a tracker that is written to issue by issue: an issue's labels together, all else alone.

What such trackers decide alike is here: which labels are due, when a move is not made, and what an answer shows.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from rules.model import SprintState
from rules.plan.changes import AddLabel, Change, MoveToBacklog, MoveToSprint, RemoveLabel
from rules.plan.outcome import GONE, Outcome, Result
from sync.errors import LoggedOut, TrackerError, Unreachable

Apply = Callable[[Sequence[Change]], tuple[Outcome, ...]]


def apply_each(batch: Sequence[Change], apply: Apply) -> tuple[Outcome, ...]:
    """Apply a batch; returns the outcome of each change.

    Raises `LoggedOut` and `Unreachable`; every other error of the tracker is a failed outcome.
    """
    if not batch:
        return ()
    if isinstance(batch[0], AddLabel | RemoveLabel):
        return _tried(batch, apply)
    return tuple(outcome for change in batch for outcome in _tried([change], apply))


def _tried(batch: Sequence[Change], apply: Apply) -> tuple[Outcome, ...]:
    try:
        return apply(batch)
    except (LoggedOut, Unreachable):
        raise
    except TrackerError as error:
        return tuple(failed(change, str(error), error.status) for change in batch)


def gone(batch: Sequence[Change]) -> tuple[Outcome, ...]:
    """The outcomes of changes to an issue that is deleted or hidden."""
    return tuple(Outcome(change=change, result=Result.SKIPPED, reason=GONE) for change in batch)


def failed(change: Change, reason: str, status: int | None = None) -> Outcome:
    """The outcome of a change that was not made; `status` is that of the answer."""
    return Outcome(change=change, result=Result.FAILED, reason=reason, status=status)


def labels_due(batch: Sequence[Change], has: Callable[[str], bool]) -> dict[str, bool]:
    """The labels of a batch that are not yet as they should be: true for those to add. `has` is what is there."""
    wanted = {one.label: isinstance(one, AddLabel) for one in batch if isinstance(one, AddLabel | RemoveLabel)}
    return {label: on for label, on in wanted.items() if has(label) is not on}


def label_outcomes(
    batch: Sequence[Change],
    due: Mapping[str, bool],
    has: Callable[[str], bool],
    *,
    status: int | None,
    ignored: str,
    refused: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Outcome, ...]:
    """How a batch of labels ended. `due` are those that were not as they should be, `has` is what is there now.

    `refused` says, by label, why one was not sent; `ignored` is why an accepted write may have changed nothing.
    """

    def outcome(change: Change) -> Outcome:
        assert isinstance(change, AddLabel | RemoveLabel), "a batch of labels holds nothing else"
        if change.label in refused:
            return failed(change, refused[change.label])
        if change.label not in due:
            return Outcome(change=change, result=Result.ALREADY_SO)
        return written(change, is_so=has(change.label) is due[change.label], status=status, ignored=ignored)

    return tuple(map(outcome, batch))


def move_not_made(
    change: MoveToSprint | MoveToBacklog, state: SprintState | None, there: str | None, open_sprint: str | None
) -> Outcome | None:
    """The outcome of a move that is not to be made, `None` for all others.

    `state` is that of the sprint now, `None` where it is deleted. `there` is the sprint the issue is in, `open_sprint`
    the same if that is not closed.
    """
    if state is not SprintState.FUTURE:
        return Outcome(change=change, result=Result.SKIPPED, reason=f"the sprint is {state or 'deleted'} by now")
    if is_placed(change, there):
        return Outcome(change=change, result=Result.ALREADY_SO)
    if isinstance(change, MoveToSprint) and open_sprint is not None:
        return Outcome(change=change, result=Result.SKIPPED, reason="a person put it into another sprint")
    return None


def is_placed(change: MoveToSprint | MoveToBacklog, there: str | None) -> bool:
    """Whether an issue is where a move wants it: in the sprint, or not in it."""
    return (there == change.sprint) is isinstance(change, MoveToSprint)


def written(change: Change, *, is_so: bool, status: int | None, ignored: str) -> Outcome:
    """The outcome of a write that was accepted: done if it is so now; else `ignored` says why it may not be."""
    return Outcome(change=change, result=Result.DONE, status=status) if is_so else failed(change, ignored)
