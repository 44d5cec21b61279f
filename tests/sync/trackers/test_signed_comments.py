"""Our comment on a tracker that keeps nothing with a comment: known by author and sign, never by somebody's text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from rules.plan.changes import DeleteComment, PutComment
from rules.plan.comment import CommentBody
from rules.plan.outcome import Outcome, Result
from sync.errors import NotFound, Uncertain, Unreachable
from sync.trackers.signed_comments import (
    DELETED,
    EDITED,
    OTHERS,
    CommentWriter,
    Remark,
    ours_among,
    signed,
)

NOTE, OTHER = CommentBody(headline="Not ready."), CommentBody(headline="Ready.")
TEXT = signed("Not ready.", NOTE.digest)


@dataclass
class Thread:
    """The comments of one issue; `lost` answers are dropped, each after or before the comment is there."""

    remarks: list[Remark] = field(default_factory=list)
    lost: list[bool] = field(default_factory=list)
    gone: bool = False

    def of(self, _issue: str) -> Sequence[Remark]:
        return list(self.remarks)

    def add(self, _issue: str, body: str) -> str:
        written = self.lost.pop(0) if self.lost else None
        if written is not False:
            self.remarks.append(Remark(str(len(self.remarks) + 1), by_us=True, body=body))
        if written is not None:
            raise Uncertain("no answer")
        return self.remarks[-1].id

    def edit(self, issue: str, comment: str, body: str) -> None:
        self.delete(issue, comment)
        self.remarks.append(Remark(comment, by_us=True, body=body))

    def delete(self, _issue: str, comment: str) -> None:
        if self.gone:
            raise NotFound("it is gone")
        self.remarks = [remark for remark in self.remarks if remark.id != comment]

    def status(self) -> int | None:
        return 201


def put(thread: Thread, note: CommentBody = NOTE, comment: str | None = None) -> Outcome:
    change = PutComment(issue="1", key="T-1", note=note, why="", comment=comment)
    return writer(thread).put(change)


def writer(thread: Thread) -> CommentWriter:
    return CommentWriter(thread, lambda note: str(note.headline), "bot")


def delete(thread: Thread, comment: str = "1") -> Outcome:
    return writer(thread).delete(DeleteComment(issue="1", key="T-1", comment=comment, why=""))


def ours(body: str = TEXT, number: str = "1") -> Remark:
    return Remark(number, by_us=True, body=body)


def test_a_comment_is_written_once_and_then_edited_in_its_place() -> None:
    thread = Thread()
    assert [put(thread).result, put(thread).result] == [Result.DONE, Result.ALREADY_SO]
    changed = put(thread, OTHER, "1")
    assert (changed.result, changed.comment, len(thread.remarks)) == (Result.DONE, "1", 1)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_sign_is_read_whatever_the_line_ends(line_end: str) -> None:
    [one] = ours_among([ours(TEXT.replace("\n", line_end))])
    assert one.digest == NOTE.digest


@pytest.mark.parametrize(
    ("there", "reason"),
    [
        ([Remark("1", by_us=False, body=TEXT)], OTHERS),
        ([ours("Written by hand")], EDITED),
        ([ours(TEXT.replace("Not", "Nearly"))], EDITED),
        ([], DELETED),
        ([Remark("2", by_us=False, body=TEXT)], DELETED),
    ],
    ids=["others", "without-sign", "edited", "deleted", "copied-by-another"],
)
def test_what_a_person_made_of_it_is_left_as_it_is(there: list[Remark], reason: str) -> None:
    thread = Thread(list(there))
    outcome = put(thread, OTHER, "1")
    assert (outcome.result, outcome.reason, thread.remarks) == (Result.SKIPPED, reason, there)


def test_only_a_comment_of_ours_is_deleted() -> None:
    assert delete(Thread([ours()])).result is Result.DONE
    assert delete(Thread()).result is Result.ALREADY_SO
    assert delete(Thread([ours()], gone=True)).result is Result.ALREADY_SO
    assert delete(Thread([Remark("1", by_us=False, body=TEXT)])).reason == OTHERS
    assert delete(Thread([ours("By hand")])).reason == EDITED


def test_a_comment_that_goes_away_before_the_edit_was_deleted() -> None:
    assert put(Thread([ours()], gone=True), OTHER, "1").reason == DELETED


@pytest.mark.parametrize("lost", [[True], [False], [False, True], [False, False]])
def test_a_lost_answer_leaves_one_comment(lost: list[bool]) -> None:
    thread = Thread(lost=list(lost))
    assert put(thread).result in {Result.DONE, Result.ALREADY_SO}
    assert len(thread.remarks) == 1


def test_when_every_answer_is_lost_the_next_run_looks() -> None:
    with pytest.raises(Unreachable, match="the next run checks"):
        put(Thread(lost=[False, False, False]))


def test_of_two_workers_comments_the_oldest_stays() -> None:
    thread = Thread([ours(number="1"), ours(number="2"), ours(TEXT.replace("Not", "Nearly"), number="3")])
    doubles = writer(thread).remove_doubles("1")
    assert doubles is not None
    assert (doubles.kept, doubles.deleted) == ("1", ("2",))
    assert [remark.id for remark in thread.remarks] == ["1", "3"]
    assert writer(Thread([ours()])).remove_doubles("1") is None
