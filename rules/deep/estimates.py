"""How each present estimate came about: when it was given, and on which text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rules.backlog.index import Backlog
from rules.history.replay import Edits, estimated_at
from rules.history.texts import reading_at, rewritten_since
from rules.model import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateHistory:
    """The estimates of near issues whose past is known, worked out once.

    `given_at` says when each was given, by key. `rewritten` holds the keys of issues whose text changed much after it,
    `blind` of those that had no acceptance criteria at that time.
    """

    given_at: Mapping[str, datetime] = field(default_factory=dict)
    rewritten: frozenset[str] = frozenset()
    blind: frozenset[str] = frozenset()


UNKNOWN = EstimateHistory()


def estimates_of(backlog: Backlog, *, within: float, text_change: float, settling: timedelta) -> EstimateHistory:
    """The estimates of issues less than `within` sprints away.

    A text is rewritten if a share of `text_change` of its words changed, or criteria were added. What changes within
    the time of `settling` after the estimate belongs to the same talk.
    """
    estimated = tuple(_estimated(backlog, within))
    given = {issue.key: estimated_at(issue, edits) for issue, edits in estimated}
    return EstimateHistory(
        given_at=given,
        rewritten=frozenset(
            issue.key
            for issue, edits in estimated
            if rewritten_since(
                issue, edits, given[issue.key] + settling, backlog.readings[issue.key], least=text_change
            )
        ),
        blind=frozenset(
            issue.key for issue, edits in estimated if _was_blind(issue, edits, given[issue.key] + settling)
        ),
    )


def _estimated(backlog: Backlog, within: float) -> Iterator[tuple[Issue, Edits]]:
    for issue in backlog.counted:
        edits = backlog.snapshot.edits.get(issue.id)
        if issue.points is not None and edits is not None and backlog.distances.get(issue.key, within) < within:
            yield issue, edits


def _was_blind(issue: Issue, edits: Edits, moment: datetime) -> bool:
    """Whether there were no criteria at that moment, as far as the text of then is known."""
    then = reading_at(issue, edits, moment)
    return then is not None and then.facts.acceptance in {"absent", "empty"}
