"""Apply one batch of changes on Jira; applying it twice equals applying it once.

Labels are added and removed in one request with our property; a comment is found by its id, else by our mark, never by
its text; a sprint is read before and after a move. The error of one change is that change's outcome; only errors of
the whole site are raised.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from rules.model import NO_MARKS, OwnMarks, project_of
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
from rules.plan.marks import refused
from rules.plan.outcome import GONE, Outcome, Result
from sync.errors import Conflict, Forbidden, LoggedOut, NotFound, Rejected, TrackerError, Uncertain, Unreachable
from sync.logs import get_logger
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.own_comments import OwnComments
from sync.trackers.jira.payloads import PROPERTY, marks_to_json, sprint_ids
from sync.trackers.jira.project_rights import ProjectRights

log = get_logger()

LOOKS_AFTER_A_LOSS = 2  # how often a comment without an answer is looked for and, if it is not there, sent again
DELETED = "a person deleted or hid it"
OTHERS = "another account wrote this comment; it is left as it is"


@dataclass(slots=True)
class Writer:
    """Writes through one API; `may_silence` says whether label edits send no mail in the project of a key.

    `own` knows our comments.
    """

    api: JiraApi
    own: OwnComments
    sprint_field: str
    may_silence: Callable[[str], bool]
    account_name: str = ""
    _read_back: set[str] = field(default_factory=set)  # what kinds of properties were looked for after a write
    _rights: ProjectRights = field(init=False)

    def __post_init__(self) -> None:
        """The rights of this run; the next run asks again."""
        self._rights = ProjectRights(self.api)

    def apply(self, batch: Sequence[Change], marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:
        """Apply one batch. Raises `LoggedOut` and `Unreachable`; everything else is a failed outcome."""
        if not batch:
            return ()
        lacking = {change: reason for change in batch if (reason := self._rights.lacking(change))}
        written = iter(self._apply([change for change in batch if change not in lacking], marks))
        return tuple(_failed(change, lacking[change]) if change in lacking else next(written) for change in batch)

    def _apply(  # noqa: C901 - one for each kind
        self, batch: Sequence[Change], marks: Mapping[str, OwnMarks]
    ) -> tuple[Outcome, ...]:
        if not batch:
            return ()
        first = batch[0]
        own = marks.get(first.issue, NO_MARKS)
        try:
            match first:
                case AddLabel() | RemoveLabel():
                    outcomes = self._labels(batch, own)
                case PutComment():
                    outcomes = (self._put_comment(first, own),)
                case DeleteComment():
                    outcomes = (self._delete_comment(first, own),)
                case MoveToSprint(sprint=sprint):
                    outcomes = self._move(batch, sprint)
                    self._remember_moves(outcomes, marks)
                case PutPage():
                    outcomes = (self._put_page(first, own),)
                case MoveToBacklog(sprint=sprint):
                    outcomes = self._take_out(batch, sprint)
                    self._remember_moves(outcomes, marks)
        except (LoggedOut, Unreachable):
            raise
        except TrackerError as error:
            if isinstance(error, NotFound) and not isinstance(first, MoveToSprint | MoveToBacklog):
                return tuple(
                    Outcome(change=change, result=Result.SKIPPED, reason=GONE, status=error.status) for change in batch
                )
            return tuple(_failed(change, str(error), error.status) for change in batch)
        return outcomes

    def _done(self, change: Change, comment: str | None = None) -> Outcome:
        """The outcome of what was just written."""
        return Outcome(change=change, result=Result.DONE, comment=comment, status=self.api.transport.write_status)

    # labels

    def _labels(self, batch: Sequence[Change], marks: OwnMarks) -> tuple[Outcome, ...]:
        verbs = [
            {"add": change.label} if isinstance(change, AddLabel) else {"remove": change.label}
            for change in batch
            if isinstance(change, AddLabel | RemoveLabel)
        ]
        issue, stored = batch[0].issue, marks_to_json(marks)
        silent = self.may_silence(project_of(batch[0].key))
        try:
            self.api.edit_labels(issue, verbs, stored, silent=silent)
        except Conflict:  # verbs say what to reach: they are as right after the other edit
            self.api.edit_labels(issue, verbs, stored, silent=silent)
        outcomes = tuple(map(self._done, batch))
        self._read_back_first("issue", lambda: self.api.has_property(issue))
        return outcomes

    def _read_back_first(self, kind: str, is_there: Callable[[], bool]) -> None:
        """Look once a run whether the site keeps our properties; without them a worker without its store forgets."""
        if kind in self._read_back:
            return
        self._read_back.add(kind)
        try:
            with _after_the_write():
                is_kept = is_there()
        except Unreachable:
            raise
        except TrackerError as error:
            log.warning("tracker.property_not_read", kind=kind, why=str(error))
            return
        if not is_kept:
            log.warning(
                "tracker.property_not_found",
                kind=kind,
                why=f'the property "{PROPERTY}" was written to {kind}s and is not there: keep the store, for without '
                "it readyline does not recognise what it wrote; ask your Jira administrator whether an app removes it",
            )

    # comments

    def _put_comment(self, change: PutComment, marks: OwnMarks) -> Outcome:
        outcome = self._put_known(change) if change.comment is not None else self._put_unknown(change)
        if outcome.comment is not None:
            self._remember(change.issue, replace(marks, comment=outcome.comment))
        if outcome.result is Result.SKIPPED:
            self._remember(change.issue, refused(marks, change))
        return outcome

    def _put_known(self, change: PutComment) -> Outcome:
        assert change.comment is not None
        if change.comment in self.own.others:
            return Outcome(change=change, result=Result.SKIPPED, reason=OTHERS)
        try:
            self.api.edit_comment(change.issue, change.comment, change.note)
        except NotFound as error:
            gone = Outcome(change=change, result=Result.SKIPPED, reason=DELETED, status=error.status)
            return self._edit_found(change) or gone
        except Forbidden as error:
            self.own.on(change.issue)
            if change.comment not in self.own.others:
                raise
            return Outcome(change=change, result=Result.SKIPPED, reason=OTHERS, status=error.status)
        return self._done(change, change.comment)

    def _put_unknown(self, change: PutComment) -> Outcome:
        """Look first, then write; after a lost response look again before writing again."""
        for _ in range(LOOKS_AFTER_A_LOSS + 1):
            if (outcome := self._edit_found(change)) is not None:
                return outcome
            try:
                comment = self.api.add_comment(change.issue, change.note)
            except Uncertain as error:
                log.warning("tracker.comment_uncertain", key=change.key, why=str(error))
                continue
            outcome = self._done(change, comment)
            self._read_back_first("comment", partial(self.api.has_comment_property, comment))
            return outcome
        if (outcome := self._edit_found(change)) is not None:
            return outcome
        raise Unreachable(f"it is unknown whether the comment on {change.key} was written; the next run checks")

    def _edit_found(self, change: PutComment) -> Outcome | None:
        """Edit the comment with our mark; `None` if there is none."""
        ours = self.own.on(change.issue)
        if not ours:
            return None
        first, *others = ours
        if others:
            self.delete_doubles(change.key, change.issue, others)
        if ours[first] == change.note.digest:
            return Outcome(change=change, result=Result.ALREADY_SO, comment=first, reason="the comment is up to date")
        self.api.edit_comment(change.issue, first, change.note)
        return self._done(change, first)

    def delete_doubles(self, key: str, issue: str, comments: Sequence[str]) -> tuple[str, ...]:
        """Delete comments of ours that another worker created at the same moment; returns their ids."""
        for comment in comments:
            try:
                self.api.delete_comment(issue, comment)
            except NotFound:
                log.debug("tracker.double_gone", key=key, comment=comment)  # the other worker was faster
        log.warning(
            "tracker.second_worker",
            key=key,
            account=self.account_name or self.own.account,
            deleted=list(comments),
            why="another worker with a store of its own writes with this account; let only one run, or share the store",
        )
        return tuple(comments)

    def _delete_comment(self, change: DeleteComment, marks: OwnMarks) -> Outcome:
        others = Outcome(change=change, result=Result.SKIPPED, reason=OTHERS)
        if change.comment in self.own.others:
            self._remember(change.issue, refused(marks, change))
            return others
        try:
            self.api.delete_comment(change.issue, change.comment)
            outcome = self._done(change)
        except NotFound as error:
            reason = "the comment is already deleted"
            outcome = Outcome(change=change, result=Result.ALREADY_SO, reason=reason, status=error.status)
            marks = refused(marks, change)
        except Forbidden as error:
            self.own.on(change.issue)
            if change.comment not in self.own.others:
                raise
            outcome, marks = replace(others, status=error.status), refused(marks, change)
        self._remember(change.issue, marks)
        return outcome

    def _remember(self, issue: str, marks: OwnMarks) -> None:
        """Store our property on the issue: it helps a worker that lost its store, and nothing depends on it."""
        try:
            self.api.keep_property(issue, marks_to_json(marks))
        except TrackerError as error:
            log.warning("tracker.property_not_kept", issue=issue, why=str(error))

    # the living page

    def _put_page(self, change: PutPage, marks: OwnMarks) -> Outcome:
        try:
            self._write_page(change, marks)
        except Conflict:
            self._write_page(change, marks)
        return self._done(change)

    def _write_page(self, change: PutPage, marks: OwnMarks) -> None:
        """Read the description just before writing it, so that what people wrote meanwhile stays."""
        wanted = self.api.with_page(self.api.description(change.issue), change.page)
        silent = self.may_silence(project_of(change.key))
        self.api.put_page(change.issue, wanted, marks_to_json(marks), silent=silent)

    # sprints

    def _move(self, batch: Sequence[Change], sprint: str) -> tuple[Outcome, ...]:
        if (reason := self._not_open(sprint)) is not None:
            return tuple(Outcome(change=change, result=Result.SKIPPED, reason=reason) for change in batch)
        send: Callable[[Sequence[str]], None] = lambda keys: self.api.move(sprint, keys)  # noqa: E731 - two of a kind
        sent = self._send(batch, send)
        inside = self._inside(batch, sprint)
        started = self._not_open(sprint) if inside else None
        return tuple(_moved(change, sent[change.issue], inside=inside, started=started) for change in batch)

    def _remember_moves(self, outcomes: Sequence[Outcome], marks: Mapping[str, OwnMarks]) -> None:
        """Store the property after a move, so that it says whether a person or an undo took the issue out."""
        for outcome in outcomes:
            if outcome.result is Result.DONE and (stored := marks.get(outcome.change.issue)) is not None:
                self._remember(outcome.change.issue, stored)

    def _take_out(self, batch: Sequence[Change], sprint: str) -> tuple[Outcome, ...]:
        if (reason := self._not_open(sprint)) is not None:
            return tuple(Outcome(change=change, result=Result.SKIPPED, reason=reason) for change in batch)
        there = self._inside(batch, sprint)
        moving = [change for change in batch if change.issue in there]
        sent = self._send(moving, self.api.to_backlog) if moving else {}
        left = self._inside(moving, sprint) if moving else frozenset()
        return tuple(_taken_out(change, sent.get(change.issue), left=left) for change in batch)

    def _not_open(self, sprint: str) -> str | None:
        state = str(self.api.sprint(sprint).get("state", "")).lower()
        return None if state == "future" else f"the sprint is {state or 'deleted'} by now"

    def _send(self, batch: Sequence[Change], send: Callable[[Sequence[str]], None]) -> dict[str, "_Answer"]:
        """Move all at once; where one is refused, one by one, so that the others move. Returns answers by id."""
        try:
            send([change.issue for change in batch])
        except (Rejected, NotFound, Forbidden) as error:
            if len(batch) == 1:
                is_gone = self.api.issue(batch[0].issue, ("status",)) is None
                return {batch[0].issue: _Answer(error.status, GONE if is_gone else str(error))}
            return {issue: answer for change in batch for issue, answer in self._send([change], send).items()}
        return {change.issue: _Answer(self.api.transport.write_status) for change in batch}

    def _inside(self, batch: Sequence[Change], sprint: str) -> frozenset[str]:
        """Ids of the issues that are in the sprint now."""
        return frozenset(
            str(raw["id"])
            for portion in self.api.fetch([change.issue for change in batch], (self.sprint_field,))
            for raw in portion
            if sprint in sprint_ids((raw.get("fields") or {}).get(self.sprint_field))
        )


@contextmanager
def _after_the_write() -> Iterator[None]:
    """A lost log-in is like a lost answer here: the change was written, and the next run settles it by looking."""
    try:
        yield
    except LoggedOut as error:
        raise Unreachable(str(error)) from error


@dataclass(frozen=True, slots=True)
class _Answer:
    """The site's answer to the move of one issue: its HTTP status, and why it refused, "" if it did not."""

    status: int | None
    refusal: str = ""


def _moved(change: Change, answer: _Answer, *, inside: frozenset[str], started: str | None) -> Outcome:
    """The outcome of one move; `started` is set where the sprint was started between our look and the move."""
    if change.issue in inside:
        if started is None:
            return Outcome(change=change, result=Result.DONE, status=answer.status)
        return _failed(change, f"the sprint started meanwhile; {change.key} is in it", answer.status)
    if answer.refusal == GONE:
        return Outcome(change=change, result=Result.SKIPPED, reason=GONE, status=answer.status)
    return _failed(change, answer.refusal or "the issue did not arrive in the sprint", answer.status)


def _taken_out(change: Change, answer: _Answer | None, *, left: frozenset[str]) -> Outcome:
    """The outcome of one move out of a sprint; `answer` is `None` where the issue was no longer in it."""
    if answer is None:
        return Outcome(change=change, result=Result.ALREADY_SO, reason="the issue is no longer in the sprint")
    if change.issue in left:
        return _failed(change, answer.refusal or "the issue is still in the sprint", answer.status)
    return Outcome(change=change, result=Result.DONE, status=answer.status)


def _failed(change: Change, reason: str, status: int | None = None) -> Outcome:
    return Outcome(change=change, result=Result.FAILED, reason=reason, status=status)
