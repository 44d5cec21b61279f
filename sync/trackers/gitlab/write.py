"""Apply one batch of changes on a GitLab; applying it twice equals applying it once.

Labels are added and removed by name in one request, which leaves all others alone. A name that the project does not
have would make a new label, and names have a case: so the project's own spelling is looked up first. The answer to a
change shows the issue as it is then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rules.model import Sprint, SprintState
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
from rules.plan.outcome import Outcome
from sync.errors import NotFound
from sync.trackers.base import NO_PAGE
from sync.trackers.batches import (
    apply_each,
    failed,
    gone,
    is_placed,
    label_outcomes,
    labels_due,
    move_not_made,
    written,
)
from sync.trackers.gitlab.api import GitlabApi
from sync.trackers.gitlab.history import remarks_of
from sync.trackers.gitlab.payloads import Note, RawIssue
from sync.trackers.gitlab.pull import in_order, sprints_of
from sync.trackers.gitlab.site import Site
from sync.trackers.note_text import MARKDOWN, write_note
from sync.trackers.signed_comments import CommentWriter, Remark

IGNORED = "GitLab accepted it and changed nothing: the role of this account is too small"


@dataclass(frozen=True, slots=True)
class IssueNotes:
    """The notes of one issue, as `sync.trackers.signed_comments.Comments`; `internal` hides new ones from guests."""

    api: GitlabApi
    account: str
    internal: bool

    def of(self, issue: str) -> Sequence[Remark]:
        """The notes that somebody wrote, the oldest first."""
        return remarks_of(map(Note.model_validate, self.api.notes(issue)), self.account)

    def add(self, issue: str, body: str) -> str:
        """Write a note; returns its id."""
        return self.api.add_note(issue, body, internal=self.internal)

    def edit(self, issue: str, comment: str, body: str) -> None:
        """Replace the text of a note."""
        self.api.edit_note(issue, comment, body)

    def delete(self, issue: str, comment: str) -> None:
        """Delete a note."""
        self.api.delete_note(issue, comment)

    def status(self) -> int | None:
        """The HTTP status of the last write."""
        return self.api.transport.write_status


def comment_writer(api: GitlabApi, site: Site, raw: RawIssue) -> CommentWriter:
    """The writer of our comment on an issue. A public note on a Service Desk issue is mailed to the outside."""
    internal = site.settings.internal_notes or raw.is_from_outside
    return CommentWriter(
        IssueNotes(api, site.account, internal), lambda note: write_note(note, MARKDOWN), site.account_name
    )


@dataclass(slots=True)
class Writer:
    """Writes through one API to the issues of one site, between two pulls; `_labels_of` are the labels of projects."""

    api: GitlabApi
    site: Site
    _labels_of: dict[str, Sequence[str]] = field(default_factory=dict)

    def apply(self, batch: Sequence[Change]) -> tuple[Outcome, ...]:
        """Apply one batch. Raises `LoggedOut` and `Unreachable`; everything else is a failed outcome."""
        return apply_each(batch, self._apply)

    def _apply(self, batch: Sequence[Change]) -> tuple[Outcome, ...]:
        first = batch[0]
        answer = self.api.issue(first.issue)
        if answer is None:
            return gone(batch)
        raw = RawIssue.model_validate(answer)
        match first:
            case AddLabel() | RemoveLabel():
                return self._labels(batch, raw)
            case PutComment():
                return (comment_writer(self.api, self.site, raw).put(first),)
            case DeleteComment():
                return (comment_writer(self.api, self.site, raw).delete(first),)
            case MoveToSprint() | MoveToBacklog():
                return (self._move(first, raw),)
            case PutPage():
                return (failed(first, NO_PAGE),)

    # labels

    def _labels(self, batch: Sequence[Change], raw: RawIssue) -> tuple[Outcome, ...]:
        """All labels of an issue in one request."""
        present = self.site.labels(raw.labels)
        due = labels_due(batch, present.__contains__)
        wrong = {label: reason for label in due if (reason := self._misspelt(label, raw.project_id))}
        sent = {label: on for label, on in due.items() if label not in wrong}
        after = self.site.labels(self._relabelled(raw, sent).labels) if sent else present
        status = self.api.transport.write_status
        return label_outcomes(batch, due, after.__contains__, status=status, ignored=IGNORED, refused=wrong)

    def _relabelled(self, raw: RawIssue, sent: Mapping[str, bool]) -> RawIssue:
        add = [self.site.settings.spelled(label) for label, on in sent.items() if on]
        remove = [self.site.settings.spelled(label) for label, on in sent.items() if not on]
        values = {"add_labels": ",".join(add), "remove_labels": ",".join(remove)}
        return RawIssue.model_validate(
            self.api.edit(raw.id, **{name: names for name, names in values.items() if names})
        )

    def _misspelt(self, label: str, project: str) -> str:
        """Why a label is not written: the project has it in another case, and would get a second one."""
        if project not in self._labels_of:
            self._labels_of[project] = self.api.labels(project)
        spelled, names = self.site.settings.spelled(label), self._labels_of[project]
        there = next((name for name in names if name.casefold() == spelled.casefold()), spelled)
        return "" if spelled in {there, *names} else misspelt(label, there)

    # sprints

    def _move(self, change: MoveToSprint | MoveToBacklog, raw: RawIssue) -> Outcome:
        there, state = self.site.box(raw).id, self._state_of(change.sprint, raw)
        if (outcome := move_not_made(change, state, there, self.site.open_sprint(raw))) is not None:
            return outcome
        after = self._moved(raw, change.sprint if isinstance(change, MoveToSprint) else None)
        is_so = is_placed(change, self.site.box(after).id)
        return written(change, is_so=is_so, status=self.api.transport.write_status, ignored=IGNORED)

    def _moved(self, raw: RawIssue, sprint: str | None) -> RawIssue:
        """The issue after the move. REST cannot set an iteration."""
        if not self.site.has_iterations:
            return RawIssue.model_validate(self.api.edit(raw.id, milestone_id=int(sprint or 0)))
        self.api.set_iteration(raw.references.full.rpartition("#")[0], raw.id, sprint)
        return RawIssue.model_validate(self.api.issue(raw.id) or {})

    def _state_of(self, number: str, raw: RawIssue) -> SprintState | None:
        """The state of a sprint now, `None` if it is deleted."""
        known = self.site.sprints.get(number)
        if known is not None and known.state is not SprintState.FUTURE:
            return known.state
        return next((one.state for one in self._present(known, raw) if one.id == number), None)

    def _present(self, known: Sprint | None, raw: RawIssue) -> Sequence[Sprint]:
        """The sprints of a board as they are now; without a pull before, only the one that the issue is in."""
        now = self.api.transport.server_now()
        if known is None:
            return in_order([self.site.box(raw)], self.site, 0, now)
        try:
            return sprints_of(self.api, self.site, known.board, now)
        except NotFound:
            return ()


def misspelt(label: str, there: str) -> str:
    """What is wrong with a label that the project has in another case, and what to do."""
    return (
        f'the project has the label "{there}", and "{label}" would be a second one: name it in [tracker.label_names], '
        f'as in "{label}" = "{there}"'
    )
