"""The outcome of a change, from any tracker."""

from dataclasses import dataclass
from enum import StrEnum

from rules.plan.changes import Change

GONE = "the issue is gone or hidden"
"""The reason of a change that was skipped because nobody can write to its issue: nothing follows about our marks."""


class Result(StrEnum):
    """How one change ended."""

    DONE = "done"
    ALREADY_SO = "already-so"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one change ended and why.

    `comment` is the id of the comment that a write made or found. `status` is the HTTP status of the tracker's answer
    to the write; `None` where nothing was sent, or where the tracker is not asked over HTTP.
    """

    change: Change
    result: Result
    reason: str = ""
    comment: str | None = None
    status: int | None = None
