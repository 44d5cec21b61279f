"""Our comment on a tracker that keeps nothing with a comment but its text.

A comment is ours by its author first, then by its id or by the sign at its end, which the page does not show. The text
of other accounts' comments is never searched. The sign has the digest of what the comment says, and the fingerprint of
the text above it: a text that does not fit was edited by a person, and is left as it is.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rules.plan.changes import DeleteComment, PutComment
from rules.plan.comment import CommentBody
from rules.plan.outcome import Outcome, Result
from sync.errors import NotFound, Uncertain, Unreachable
from sync.logs import get_logger
from sync.trackers.base import Doubles

log = get_logger()

DELETED = "a person deleted it"
EDITED = "a person edited it"
OTHERS = "another account wrote this comment; it is left as it is"
LOOKS_AFTER_A_LOSS = 2  # how often a comment without an answer is looked for and, if it is not there, sent again
_SIGN = re.compile(r"\s*<!-- readyline (?P<digest>\w{1,64}) (?P<text>[0-9a-f]{16}) -->\s*\Z")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on an issue: its id, whether our account wrote it, and its text as it is stored."""

    id: str
    by_us: bool
    body: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A comment of ours: its id, and the digest of what it says, "" where a person edited it."""

    id: str
    digest: str


class Comments(Protocol):
    """The comments of a tracker, by the id of their issue. All raise the errors of `sync.errors`."""

    def of(self, issue: str) -> Sequence[Remark]:
        """The comments of an issue, the oldest first."""
        ...

    def add(self, issue: str, body: str) -> str:
        """Write a comment; returns its id. Raises `Uncertain` where it is unknown whether it was written."""
        ...

    def edit(self, issue: str, comment: str, body: str) -> None:
        """Replace the text of a comment. Raises `NotFound`."""
        ...

    def delete(self, issue: str, comment: str) -> None:
        """Delete a comment. Raises `NotFound`."""
        ...

    def status(self) -> int | None:
        """The HTTP status of the last write."""
        ...


def fingerprint(text: str) -> str:
    """A short name for a text; a tracker may change line ends and the spaces around them."""
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def signed(text: str, digest: str) -> str:
    """The text with our sign, which is an HTML comment: Markdown does not show it."""
    return f"{text}\n\n<!-- readyline {digest} {fingerprint(text)} -->"


def ours_among(remarks: Sequence[Remark]) -> tuple[Signed, ...]:
    """The comments of our account with our sign, in the same order."""
    return tuple(one for remark in remarks if remark.by_us and (one := _read(remark)) is not None)


def edited_among(remarks: Sequence[Remark]) -> dict[str, str]:
    """The comments of our account that a person edited, by id: the sign is missing, or does not fit the text."""
    untouched = {one.id for one in ours_among(remarks) if one.digest}
    return {one.id: EDITED for one in remarks if one.by_us and one.id not in untouched}


def _read(remark: Remark) -> Signed | None:
    sign = _SIGN.search(remark.body)
    if sign is None:
        return None
    is_untouched = fingerprint(remark.body[: sign.start()]) == sign["text"]
    return Signed(remark.id, sign["digest"] if is_untouched else "")


@dataclass(frozen=True, slots=True)
class CommentWriter:
    """Writes and deletes our comments; `text` gives the markup of one, `account` is our account's name."""

    comments: Comments
    text: Callable[[CommentBody], str]
    account: str

    def put(self, change: PutComment) -> Outcome:
        """Write our comment, or edit it where it is. Twice is once."""
        for _ in range(LOOKS_AFTER_A_LOSS + 1):
            if (outcome := self._put_known(change)) is not None:
                return outcome
            try:
                comment = self.comments.add(change.issue, self._body(change))
            except Uncertain as error:
                log.warning("tracker.comment_uncertain", key=change.key, why=str(error))
                continue
            return self._done(change, comment)
        if (outcome := self._put_known(change)) is not None:
            return outcome
        raise Unreachable(f"it is unknown whether the comment on {change.key} was written; the next run checks")

    def _put_known(self, change: PutComment) -> Outcome | None:
        """Edit the comment that is there; `None` where a new one is to be written."""
        remarks = self.comments.of(change.issue)
        ours = ours_among(remarks)
        if (reason := _why_not_ours(change, remarks, ours)) is not None:
            return _skipped(change, reason)
        if not ours:
            return None
        first = next((one for one in ours if one.id == change.comment), ours[0])
        self._delete_others(change.issue, ours, first)
        return self._edit(change, first)

    def _edit(self, change: PutComment, there: Signed) -> Outcome:
        if not there.digest:
            return _skipped(change, EDITED)
        if there.digest == change.note.digest:
            reason = "the comment is up to date"
            return Outcome(change=change, result=Result.ALREADY_SO, comment=there.id, reason=reason)
        try:
            self.comments.edit(change.issue, there.id, self._body(change))
        except NotFound:
            return _skipped(change, DELETED)
        return self._done(change, there.id)

    def delete(self, change: DeleteComment) -> Outcome:
        """Delete our comment, unless a person wrote or edited it."""
        remarks = self.comments.of(change.issue)
        named = next((remark for remark in remarks if remark.id == change.comment), None)
        gone = Outcome(change=change, result=Result.ALREADY_SO, reason="the comment is already deleted")
        if named is None:
            return gone
        if not named.by_us:
            return _skipped(change, OTHERS)
        sign = _read(named)
        if sign is None or not sign.digest:
            return _skipped(change, EDITED)
        try:
            self.comments.delete(change.issue, change.comment)
        except NotFound:
            return gone
        return self._done(change)

    def remove_doubles(self, issue: str) -> Doubles | None:
        """Delete all but the oldest of our comments; `None` where there is at most one."""
        ours = ours_among(self.comments.of(issue))
        if len(ours) < 2:
            return None
        return Doubles(kept=ours[0].id, digest=ours[0].digest, deleted=self._delete_others(issue, ours, ours[0]))

    def _delete_others(self, issue: str, ours: Sequence[Signed], kept: Signed) -> tuple[str, ...]:
        """Delete the comments that a second worker wrote; those that a person edited stay."""
        others = tuple(one.id for one in ours if one.id != kept.id and one.digest)
        for comment in others:
            try:
                self.comments.delete(issue, comment)
            except NotFound:
                log.debug("tracker.double_gone", comment=comment)  # the other worker was faster
        if others:
            why = "another worker with a store of its own writes with this account; let only one run"
            log.warning("tracker.second_worker", account=self.account, deleted=list(others), why=why)
        return others

    def _body(self, change: PutComment) -> str:
        return signed(self.text(change.note), change.note.digest)

    def _done(self, change: PutComment | DeleteComment, comment: str | None = None) -> Outcome:
        return Outcome(change=change, result=Result.DONE, comment=comment, status=self.comments.status())


def _why_not_ours(change: PutComment, remarks: Sequence[Remark], ours: Sequence[Signed]) -> str | None:
    """Why the comment that a change names is not to be touched, `None` if it is ours or the change names none."""
    named = next((remark for remark in remarks if remark.id == change.comment), None)
    if named is None:
        return DELETED if change.comment is not None and not ours else None
    if not named.by_us:
        return OTHERS
    return None if named.id in {one.id for one in ours} else EDITED


def _skipped(change: PutComment | DeleteComment, reason: str) -> Outcome:
    return Outcome(change=change, result=Result.SKIPPED, reason=reason)
