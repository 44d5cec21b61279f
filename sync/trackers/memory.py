"""A tracker in memory: for tests of a run, and the shortest example of a tracker."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from rules.model import NO_MARKS, Issue, OwnMarks, Snapshot, SprintState, project_of
from rules.plan.changes import (
    AddLabel,
    Change,
    DeleteComment,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    PutPage,
    RemoveLabel,
)
from rules.plan.mail_budget import Audience
from rules.plan.outcome import GONE, Outcome, Result
from sync.trackers.base import Scope


class MemoryTracker:
    """Holds a snapshot and changes it. `edit` and `delete_comment` act as a person."""

    def __init__(self, snapshot: Snapshot, *, may_silence: bool = True) -> None:
        self._may_silence = may_silence
        self._snapshot = snapshot
        self._issues = {issue.id: issue for issue in (*snapshot.history, *snapshot.issues)}
        self._ids = count(1)
        self.comments: dict[str, tuple[str, str]] = {}
        """Our comments by id: the issue of each, and the digest of its text."""
        self.requests = 0
        self.writes: list[tuple[Change, ...]] = []

    def pull(self, scope: Scope) -> Snapshot:
        """The snapshot as it is now."""
        self.requests += 1
        snapshot = replace(self._snapshot, product=scope.product)
        return replace(
            snapshot,
            issues=tuple(self._issues[issue.id] for issue in snapshot.issues if issue.id in self._issues),
            history=tuple(self._issues[issue.id] for issue in snapshot.history if issue.id in self._issues),
        )

    def read(self, issue_id: str) -> Issue | None:
        """One issue as it is now, by its id or key."""
        self.requests += 1
        issue = self._issues.get(issue_id) or next((one for one in self._issues.values() if one.key == issue_id), None)
        if issue is None:
            return None
        issue_id = issue.id
        comment, digest = self._ours(issue_id)
        return replace(issue, marks=replace(issue.marks, comment=comment, comment_digest=digest))

    def audience(self, issues: Sequence[Issue]) -> Audience:
        """Label edits are silent where the account may silence them; watchers have no names."""
        projects = {project_of(issue.key) for issue in issues} if self._may_silence else set()
        return Audience(silent=frozenset(projects))

    def apply(self, batch: Sequence[Change], marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:
        """Change the snapshot."""
        self.requests += 1
        self.writes.append(tuple(batch))
        outcomes = tuple(self._apply(change) for change in batch)
        for issue_id in {change.issue for change in batch} & self._issues.keys():
            self.edit(issue_id, marks=marks.get(issue_id, NO_MARKS))
        return outcomes

    def edit(self, issue_id: str, **values: object) -> None:
        """Change an issue as a person would."""
        now = datetime.now(UTC)
        self._issues[issue_id] = replace(self._issues[issue_id], **{"updated": now, **values})  # type: ignore[arg-type]

    def delete(self, issue_id: str) -> None:
        """Delete an issue as a person would."""
        del self._issues[issue_id]

    def delete_comment(self, comment: str) -> None:
        """Delete our comment as a person would."""
        del self.comments[comment]

    def _apply(self, change: Change) -> Outcome:  # noqa: PLR0911 - one for each kind
        issue = self._issues.get(change.issue)
        if issue is None:
            return Outcome(change=change, result=Result.SKIPPED, reason=GONE)
        match change:
            case AddLabel(label=label):
                return self._label(change, issue, issue.labels | {label})
            case RemoveLabel(label=label):
                return self._label(change, issue, issue.labels - {label})
            case PutComment():
                return self._put_comment(change)
            case DeleteComment(comment=comment):
                there = self.comments.pop(comment, None)
                return Outcome(change=change, result=Result.DONE if there else Result.ALREADY_SO)
            case PutPage():
                return Outcome(change=change, result=Result.DONE)
            case MoveToSprint() | MoveToBacklog():
                return self._move(change, issue)

    def _label(self, change: Change, issue: Issue, labels: frozenset[str]) -> Outcome:
        if labels == issue.labels:
            return Outcome(change=change, result=Result.ALREADY_SO)
        self._issues[issue.id] = replace(issue, labels=labels)
        return Outcome(change=change, result=Result.DONE)

    def _put_comment(self, change: PutComment) -> Outcome:
        present, digest = self._ours(change.issue)
        if change.comment is not None and present is None:
            return Outcome(change=change, result=Result.SKIPPED, reason="a person deleted it")
        if present is not None and digest == change.note.digest:
            return Outcome(change=change, result=Result.ALREADY_SO, comment=present)
        comment = present or f"c{next(self._ids)}"
        self.comments[comment] = (change.issue, change.note.digest)
        return Outcome(change=change, result=Result.DONE, comment=comment)

    def _move(self, change: MoveToSprint | MoveToBacklog, issue: Issue) -> Outcome:
        sprint = self._snapshot.sprint_by_id.get(change.sprint)
        if sprint is None or sprint.state is not SprintState.FUTURE:
            return Outcome(change=change, result=Result.SKIPPED, reason="the sprint is no longer a future sprint")
        wanted = change.sprint if isinstance(change, MoveToSprint) else None
        if issue.sprint == wanted or (wanted is None and issue.sprint != change.sprint):
            return Outcome(change=change, result=Result.ALREADY_SO)
        sprints = tuple(dict.fromkeys((*issue.sprints, change.sprint))) if wanted else issue.sprints
        self._issues[issue.id] = replace(issue, sprint=wanted, sprints=sprints)
        return Outcome(change=change, result=Result.DONE)

    def _ours(self, issue_id: str) -> tuple[str | None, str]:
        for comment, (issue, digest) in self.comments.items():
            if issue == issue_id:
                return comment, digest
        return None, ""
