"""New issues: how long each waited for its first place in the order, and for its first estimate.

Both come from the past changes of an issue. A new issue has a place from the beginning, which nobody chose: its first
place is the first new rank that a person gives it, or the sprint that it is put into.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from rules.backlog.index import Backlog
from rules.history.firsts import first_estimated, first_ranked
from rules.inventory.options import ChannelOptions, NewIssuesOptions
from rules.inventory.work import Channel, channels_of
from rules.model import Issue, Unit

DAY = timedelta(days=1)
LEAST = 5
"""Fewer issues show no usual wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIssue:
    """An issue and its age in calendar days; after how many days it was ranked and estimated first, `None`: not yet.

    `known` is false where its past is not known. Then both are `None` and say nothing.
    """

    issue: Issue
    age: int
    ranked_after: float | None
    estimated_after: float | None
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Of `issues`, how many got it, and within how many days half of these did; `None` where too few did."""

    issues: int
    got: int
    median_days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """How fast issues of stakeholders got a place in the order, and how long those took that were done lately.

    `ranked` is about those that were created in the last days and whose past is known. `done` counts those that were
    done in the last days; half of these took `median_days` or less from their creation, `None` where they are too few.
    """

    ranked: Wait
    done: int
    median_days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIssues:
    """What is new since the last run and since the last planning, the oldest first; `None` where there was none.

    `ranked` and `estimated` are about all issues that were created in the last `days` days and whose past is known;
    `estimated` is `None` where the unit is not points. `unranked` are the open ones that nobody ranked for longer than
    `unranked_days`.
    """

    since_run: datetime | None
    since_planning: datetime | None
    run: tuple[NewIssue, ...] = ()
    planning: tuple[NewIssue, ...] = ()
    ranked: Wait
    estimated: Wait | None
    unranked: tuple[NewIssue, ...] = ()
    feedback: Feedback
    days: int
    unranked_days: int


def new_issues(
    backlog: Backlog,
    options: NewIssuesOptions,
    channels: ChannelOptions,
    *,
    since_run: datetime | None,
    since_planning: datetime | None,
) -> NewIssues:
    """The new issues among those that count: no epics, no sub-tasks. Finished ones are in the waits only."""
    now, unit = backlog.snapshot.taken_at, backlog.snapshot.unit
    recent = now - options.days * DAY
    counted = [issue for issue in backlog.snapshot.by_key.values() if issue.is_counted and issue.created > recent]
    new = [_new(issue, backlog, now) for issue in sorted(counted, key=lambda issue: (issue.created, issue.key))]
    known = [one for one in new if one.known]
    inside = backlog.rank.keys()
    waiting = [one for one in new if one.issue.is_open and one.issue.key in inside]
    return NewIssues(
        since_run=since_run,
        since_planning=since_planning,
        run=_since(waiting, since_run),
        planning=_since(waiting, since_planning),
        ranked=_wait([one.ranked_after for one in known]),
        estimated=_wait([one.estimated_after for one in known]) if unit is Unit.POINTS else None,
        unranked=tuple(one for one in waiting if _is_unranked(one, options.unranked_days)),
        feedback=_feedback(known, backlog, channels, recent),
        days=options.days,
        unranked_days=options.unranked_days,
    )


def _new(issue: Issue, backlog: Backlog, now: datetime) -> NewIssue:
    edits = backlog.snapshot.edits.get(issue.id)
    return NewIssue(
        issue=issue,
        age=(now.astimezone(UTC).date() - issue.created.astimezone(UTC).date()).days,  # the same all day
        ranked_after=None if edits is None else _days(issue, first_ranked(edits)),
        estimated_after=None if edits is None else _days(issue, first_estimated(issue, edits)),
        known=edits is not None,
    )


def _feedback(known: Iterable[NewIssue], backlog: Backlog, options: ChannelOptions, recent: datetime) -> Feedback:
    """Done ones are counted by the day they were done: among young issues, only the quick ones are done already."""
    channels, snapshot = channels_of(options, backlog.snapshot.product), backlog.snapshot
    took = [
        (issue.finished_at - issue.created) / DAY
        for issue in snapshot.by_key.values()
        if issue.is_counted
        and not issue.is_open
        and recent < issue.finished_at <= snapshot.taken_at
        and channels.name(issue) == Channel.STAKEHOLDER
    ]
    done = _wait(took)
    ranked = [one.ranked_after for one in known if channels.name(one.issue) == Channel.STAKEHOLDER]
    return Feedback(ranked=_wait(ranked), done=done.issues, median_days=done.median_days)


def _is_unranked(one: NewIssue, days: int) -> bool:
    """One in a sprint has its place, also where it was created there."""
    return one.known and one.ranked_after is None and not one.issue.sprints and one.age > days


def _days(issue: Issue, at: datetime | None) -> float | None:
    return None if at is None else max(0.0, (at - issue.created) / DAY)


def _since(new: Iterable[NewIssue], moment: datetime | None) -> tuple[NewIssue, ...]:
    return () if moment is None else tuple(one for one in new if one.issue.created > moment)


def _wait(days: Sequence[float | None]) -> Wait:
    got = [one for one in days if one is not None]
    return Wait(issues=len(days), got=len(got), median_days=median(got) if len(got) >= LEAST else None)
