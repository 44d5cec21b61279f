"""The scope of a running sprint: what it held when it started, what came or went since, which estimates changed.

The start is rebuilt from the past changes of the issues, so it is the same whenever a run first sees the sprint.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.backlog.index import Backlog
from rules.history.replay import points_at, sprints_at
from rules.model import Edit, EditField, Issue, Sprint
from rules.planning.since import Reestimated, estimates_since


@dataclass(frozen=True, slots=True)
class StartedIssue:
    """An issue that was in a sprint when it started, by its id, with its estimate then."""

    id: str
    key: str
    points: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeAtStart:
    """What a sprint (its id) held when it started. `seen` is when a run first saw it running.

    `goal` is its goal as that run saw it. `rebuilt` is whether the past was known: else the issues are those of `seen`.
    """

    sprint: str
    seen: datetime
    goal: str
    issues: tuple[StartedIssue, ...]
    rebuilt: bool = True


class ScopeKind(StrEnum):
    """How the scope changed; the values are part of the JSON outputs."""

    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeChange:
    """One issue, by id and key, that was added or removed since the start, and who did it when, where that is known.

    `points` is its estimate, `acknowledged` what the Product Owner answered, "" for nothing yet.
    """

    kind: ScopeKind
    id: str
    issue: str
    points: float | None
    who: str = ""
    at: datetime | None = None
    acknowledged: str = ""


def scope_mark(kind: ScopeKind, sprint: str) -> str:
    """What an acknowledgement is stored with: the kind of change and the sprint's id."""
    return f"{kind.value} {sprint}"


def start_of(sprint: Sprint, goal: str, members: Iterable[Issue], backlog: Backlog) -> ScopeAtStart:
    """The start of a running sprint; `members` are the issues that are in it or were."""
    snapshot = backlog.snapshot
    counted = sorted((issue for issue in members if issue.is_counted), key=lambda issue: issue.key)
    rebuilt = sprint.start is not None and "changelog" not in snapshot.unavailable
    if sprint.start is None or not rebuilt:
        inside = [(issue, issue.points) for issue in counted if sprint.id in issue.sprints]
    else:
        begun = sprint.start
        pasts = ((issue, snapshot.edits.get(issue.id, ())) for issue in counted)
        inside = [
            (issue, points_at(issue, edits, begun))
            for issue, edits in pasts
            if issue.created <= begun and sprint.id in sprints_at(issue, edits, begun)
        ]
    issues = tuple(StartedIssue(issue.id, issue.key, points) for issue, points in inside)
    return ScopeAtStart(sprint=sprint.id, seen=snapshot.taken_at, goal=goal, issues=issues, rebuilt=rebuilt)


def scope_changes(start: ScopeAtStart, members: Sequence[Issue], backlog: Backlog) -> Iterator[ScopeChange]:
    """What was added, then what was removed since the start, each by key."""
    before = {one.id: one for one in start.issues}
    now = {issue.id: issue for issue in members if issue.is_counted and start.sprint in issue.sprints}
    for issue in sorted(now.values(), key=lambda one: one.key):
        if issue.id not in before:
            yield _added(issue, start, backlog)
    for one in sorted(before.values(), key=lambda started: started.key):
        if one.id not in now:
            yield _removed(one, start, backlog)


def _added(issue: Issue, start: ScopeAtStart, backlog: Backlog) -> ScopeChange:
    edit = _last(backlog.snapshot.edits.get(issue.id, ()), start.sprint, is_in=True)
    return ScopeChange(
        kind=ScopeKind.ADDED,
        id=issue.id,
        issue=issue.key,
        points=issue.points,
        who=edit.name if edit else issue.reporter_name,
        at=edit.at if edit else issue.created,
    )


def _removed(one: StartedIssue, start: ScopeAtStart, backlog: Backlog) -> ScopeChange:
    issue = backlog.snapshot.by_id.get(one.id)
    edit = _last(backlog.snapshot.edits.get(one.id, ()), start.sprint, is_in=False)
    return ScopeChange(
        kind=ScopeKind.REMOVED,
        id=one.id,
        issue=issue.key if issue else one.key,
        points=one.points,
        who=edit.name if edit else "",
        at=edit.at if edit else None,
    )


def _last(edits: Sequence[Edit], sprint: str, *, is_in: bool) -> Edit | None:
    """The last edit that put an issue into a sprint, or took it out."""

    def fits(edit: Edit) -> bool:
        before, after = (sprint in _ids(text) for text in (edit.before, edit.after))
        return after is is_in and before is not is_in

    return next((edit for edit in reversed(edits) if edit.field is EditField.SPRINT and fits(edit)), None)


def _ids(text: str) -> set[str]:
    return {part.strip() for part in text.split(",")}


def reestimated(start: ScopeAtStart, sprint: Sprint, backlog: Backlog) -> tuple[Reestimated, ...]:
    """The issues of the start whose estimate changed since then."""
    known: Mapping[str, Issue] = backlog.snapshot.by_id
    issues = (known[one.id] for one in start.issues if one.id in known)
    begun = sprint.start or start.seen
    changes = (estimates_since(issue, backlog, begun) for issue in issues)
    return tuple(change for change in changes if change is not None)
