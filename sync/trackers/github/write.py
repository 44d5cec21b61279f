"""Apply one batch of changes on a GitHub; applying it twice equals applying it once.

Every issue is read right before a write, so that its repository and number are those of now. Labels are added and
removed by their ids in one request, and its answer shows what became of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rules.model import OwnMarks, SprintState
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
from sync.trackers.github.api import GithubApi
from sync.trackers.github.payloads import Configuration, Milestone, Project, RawIssue
from sync.trackers.github.site import Site, field_of
from sync.trackers.github.sprints import from_iterations, from_milestones
from sync.trackers.github.timeline import remarks_of
from sync.trackers.note_text import MARKDOWN, write_note
from sync.trackers.signed_comments import CommentWriter, Remark

ARCHIVED = "its repository is archived: nobody can write there; unarchive it, or take it out of the backlog"
IGNORED = "GitHub accepted it and changed nothing; `readyline doctor` says what the token lacks"
NO_ITEM = "the issue is not in the Project any more"


@dataclass(slots=True)
class IssueComments:
    """The comments of one issue that was just read, as `sync.trackers.signed_comments.Comments`."""

    api: GithubApi
    site: Site
    raw: RawIssue
    _is_fresh: bool = True

    def of(self, issue: str) -> Sequence[Remark]:
        """The comments as they were read; each later time they are read again."""
        if not self._is_fresh:
            self.raw = read_raw(self.api, self.site, issue) or self.raw
        self._is_fresh = False
        return remarks_of(self.raw)

    def add(self, issue: str, body: str) -> str:  # noqa: ARG002 - it is the one that was read
        """Write a comment; returns its id."""
        return self.api.add_comment(self.raw.repository.name_with_owner, self.raw.number, body)

    def edit(self, issue: str, comment: str, body: str) -> None:  # noqa: ARG002
        """Replace the text of a comment."""
        self.api.edit_comment(self.raw.repository.name_with_owner, comment, body)

    def delete(self, issue: str, comment: str) -> None:  # noqa: ARG002
        """Delete a comment."""
        self.api.delete_comment(self.raw.repository.name_with_owner, comment)

    def status(self) -> int | None:
        """The HTTP status of the last write."""
        return self.api.transport.write_status


def read_raw(api: GithubApi, site: Site, issue: str) -> RawIssue | None:
    """One issue as it is now, `None` if it is deleted, transferred or hidden."""
    answers = api.details([issue], site.known, site.asked)
    return next((RawIssue.model_validate(raw) for raw in answers), None)


def comment_writer(api: GithubApi, site: Site, raw: RawIssue) -> CommentWriter:
    """The writer of our comment on an issue that was just read."""
    return CommentWriter(IssueComments(api, site, raw), lambda note: write_note(note, MARKDOWN), site.login)


@dataclass(slots=True)
class Writer:
    """Writes through one API to the issues of one site.

    `labels_of` keeps the node ids of the labels of repositories by their names in lower case, as far as they are known.
    """

    api: GithubApi
    site: Site
    labels_of: dict[str, dict[str, str]] = field(default_factory=dict)
    _states: dict[str, SprintState | None] = field(default_factory=dict)

    def apply(self, batch: Sequence[Change], marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:  # noqa: ARG002
        """Apply one batch; GitHub has no place for our marks.

        Raises `LoggedOut` and `Unreachable`; everything else is a failed outcome.
        """
        return apply_each(batch, self._apply)

    def _apply(self, batch: Sequence[Change]) -> tuple[Outcome, ...]:  # noqa: PLR0911 - one for each kind
        first = batch[0]
        raw = read_raw(self.api, self.site, first.issue)
        if raw is None:
            return gone(batch)
        if raw.repository.is_archived:
            return tuple(failed(change, ARCHIVED) for change in batch)
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
        """All labels of an issue in one request. Their names have no case."""
        due = labels_due(batch, lambda label: _has(raw.label_names, label))
        after = self._relabelled(raw, due) if due else raw.label_names
        has, status = lambda label: _has(after, label), self.api.transport.write_status
        return label_outcomes(batch, due, has, status=status, ignored=IGNORED)

    def _relabelled(self, raw: RawIssue, due: Mapping[str, bool]) -> Iterable[str]:
        ids = self._ids(raw.repository.name_with_owner, due)
        add = [ids[label] for label, on in due.items() if on]
        remove = [ids[label] for label, on in due.items() if not on]
        return self.api.relabel(raw.id, add, remove)

    def _ids(self, repository: str, labels: Iterable[str]) -> dict[str, str]:
        """The node ids of labels; those that a repository does not have yet are made."""
        if repository not in self.labels_of:
            self.labels_of[repository] = self.api.labels(repository)
        known = self.labels_of[repository]
        for label in labels:
            if label.casefold() not in known:
                made = self.api.create_label(repository, label)
                known |= self.api.labels(repository) if made is None else {label.casefold(): made}
        return {label: known[label.casefold()] for label in labels}

    # sprints

    def _move(self, change: MoveToSprint | MoveToBacklog, raw: RawIssue) -> Outcome:
        if change.sprint not in self._states:
            self._states[change.sprint] = self._state_of(change.sprint)
        item = self.site.item_of(raw)
        there = self.site.sprint_in(raw, item)
        open_sprint = self.site.open_sprint(there)
        if (outcome := move_not_made(change, self._states[change.sprint], there, open_sprint)) is not None:
            return outcome
        is_into = isinstance(change, MoveToSprint)
        if self.site.settings.has_iterations:
            after = self._set_iteration(change.sprint if is_into else None, item.id)
        else:
            after = self._set_milestone(change.sprint, raw, is_into=is_into)
        status = self.api.transport.write_status
        return written(change, is_so=is_placed(change, after), status=status, ignored=IGNORED)

    def _set_iteration(self, iteration: str | None, item: str) -> str:
        column = field_of(self.site, "sprint")
        assert self.site.project is not None, "without a Project there are no iterations"
        assert column is not None, "without its field there are no iterations"
        if not item:
            raise NotFound(NO_ITEM)
        return self.api.move(self.site.project.id, item, column.id, name=column.name, iteration=iteration)

    def _set_milestone(self, sprint: str, raw: RawIssue, *, is_into: bool) -> str:
        repository, number = self.site.milestones[sprint]
        if repository != raw.repository.name_with_owner:
            raise NotFound(f"{raw.key} is not in {repository}, whose milestone this sprint is")
        return self.api.set_milestone(repository, raw.number, number if is_into else None)

    def _state_of(self, sprint: str) -> SprintState | None:
        """The state of a sprint now, `None` if it is deleted."""
        known = self.site.sprints.get(sprint)
        if known is not None and known.state is not SprintState.FUTURE:
            return known.state
        today = self.api.transport.server_now().date()
        if self.site.settings.has_iterations:
            now = from_iterations(self._iterations(), 0, self.site.settings, today)
        else:
            repository, _ = self.site.milestones.get(sprint, ("", 0))
            raws = self.api.milestones(repository) if repository else []
            now = from_milestones(map(Milestone.model_validate, raws), 0, self.site.settings, today)
        return next((one.state for one in now if one.id == sprint), None)

    def _iterations(self) -> Configuration:
        project = Project.model_validate(self.api.project())
        column = project.field(self.site.roles.get("sprint", ""))
        return column.configuration if column else Configuration()


def _has(names: Iterable[str], label: str) -> bool:
    return label.casefold() in {name.casefold() for name in names}
