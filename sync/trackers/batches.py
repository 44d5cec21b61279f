"""One batch of changes on a tracker that is written to issue by issue: an issue's labels together, all else alone."""

from collections.abc import Callable, Sequence

from rules.plan.changes import AddLabel, Change, RemoveLabel
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
