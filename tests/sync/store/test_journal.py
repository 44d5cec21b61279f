"""The journal loses nothing and doubles nothing, wherever a worker dies."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rules.model import NO_MARKS, OwnMarks
from rules.plan.changes import AddLabel, Change, DeleteComment, MoveToSprint, PutComment, RemoveLabel, kind_of
from rules.plan.comment import CommentBody, Fix
from rules.plan.grounds import Ground
from rules.plan.outcome import Outcome, Result
from rules.text import Quote
from sync.errors import StoreError
from sync.store import Store
from sync.store.database import Place
from sync.store.journal import Journal, settled_by_looking
from sync.store.serialization import change_from_json, change_to_json, marks_from_json, marks_to_json
from tests.factories import NOW, finding, issue

NOTE = CommentBody(headline="Not ready yet", summary="Add", fixes=(Fix("no criteria", "Add two", True),), passed=("x",))
GROUNDS = (Ground(rule="ready.testable", says="s", evidence=(Quote("soon", 3),)), Ground(rule="x", passed=True))
CHANGES: tuple[Change, ...] = (
    AddLabel(issue="1", key="SHOP-1", label="readyline-ready", why="w", reason="r", grounds=GROUNDS),
    RemoveLabel(issue="1", key="SHOP-1", label="readyline-not-ready", why="w"),
    PutComment(issue="1", key="SHOP-1", note=NOTE, why="w", comment="7", reason="must"),
    DeleteComment(issue="1", key="SHOP-1", comment="7", why="w"),
    MoveToSprint(issue="1", key="SHOP-1", sprint="5", why="w"),
)
MARKS = OwnMarks(
    labels=frozenset({"b", "a"}),
    comment="7",
    comment_digest="d",
    sprint="5",
    refused=(("a", "r"),),
    reasons=(("b", "q"),),
)


@pytest.fixture
def journal(place: Place) -> Iterator[Journal]:
    with closing(Store.open(place)) as store:
        yield store.journal


@pytest.mark.parametrize("change", CHANGES, ids=kind_of)
def test_a_change_is_read_back_as_it_was_stored(change: Change) -> None:
    stored = change_from_json(kind_of(change), change_to_json(change))
    assert (stored, stored.grounds) == (change, change.grounds)


def test_a_change_of_an_earlier_version_has_no_grounds() -> None:
    stored = change_from_json("add-label", '{"issue": "1", "key": "SHOP-1", "label": "x", "reason": "r", "why": "w"}')
    assert stored == AddLabel(issue="1", key="SHOP-1", label="x", why="w", reason="r")
    assert stored.grounds == ()


def test_a_write_keeps_the_status_of_its_answer_and_whether_its_issue_is_restricted(journal: Journal) -> None:
    journal.open_run("r1", started=NOW, digest="d")
    first, second = journal.intend("r1", CHANGES[:2], {}, NOW, restricted={"1"})
    done, failed = (
        Outcome(change=change, result=result, status=status)
        for change, result, status in zip(CHANGES, (Result.DONE, Result.FAILED), (204, 403), strict=False)
    )
    journal.settle([(first, done, MARKS), (second, failed, MARKS)])
    assert [(write.status, write.restricted) for write in journal.writes_of("r1")] == [(204, True), (403, True)]
    assert journal.results() == {"r1": {Result.DONE: 1, Result.FAILED: 1}}


def test_a_translated_comment_keeps_its_language_and_its_digest() -> None:
    note = CommentBody(headline="Bereit", language="de", english_digest="0123456789abcdef")
    change = PutComment(issue="1", key="SHOP-1", note=note, why="w")
    read = change_from_json("put-comment", change_to_json(change))
    assert isinstance(read, PutComment)
    assert (read.note.language, read.note.digest) == ("de", "0123456789abcdef")


def test_marks_are_read_back_as_they_were_stored() -> None:
    assert marks_from_json(marks_to_json(MARKS)) == MARKS


def test_an_intent_without_an_outcome_is_found_by_the_next_worker(place: Place) -> None:
    with closing(Store.open(place)) as first:
        first.journal.open_run("r1", started=NOW, digest="d")
        first.journal.intend("r1", CHANGES[:1], {"1": MARKS}, NOW)
    with closing(Store.open(place)) as second:
        (write,) = second.journal.unsettled()
        assert (write.change, write.before, write.result) == (CHANGES[0], MARKS, None)


def test_a_settled_change_moves_what_is_ours_in_the_same_transaction(journal: Journal) -> None:
    journal.open_run("r1", started=NOW, digest="d")
    (row,) = journal.intend("r1", CHANGES[:1], {}, NOW)
    journal.settle([(row, Outcome(change=CHANGES[0], result=Result.DONE), MARKS)])
    assert journal.unsettled() == ()
    assert journal.memory() == {"1": MARKS}
    assert journal.writes_of("r1")[0].result is Result.DONE


def test_an_issue_with_nothing_of_ours_is_forgotten(journal: Journal) -> None:
    journal.remember({"1": MARKS})
    journal.remember({"1": NO_MARKS})
    assert journal.memory() == {}


@pytest.mark.parametrize(
    ("change", "found", "result"),
    [
        (CHANGES[0], issue(marks=OwnMarks(reasons=(("readyline-ready", "r"),))), Result.DONE),
        (CHANGES[0], issue(labels=frozenset({"readyline-ready"})), Result.SKIPPED),
        (CHANGES[0], issue(), Result.SKIPPED),
        (CHANGES[1], issue(), Result.DONE),
        (CHANGES[1], issue(labels=frozenset({"readyline-not-ready"})), Result.SKIPPED),
        (CHANGES[2], issue(marks=OwnMarks(comment="9", comment_digest=NOTE.digest)), Result.DONE),
        (CHANGES[2], issue(), Result.SKIPPED),
        (CHANGES[3], issue(), Result.DONE),
        (CHANGES[4], issue(sprint="5"), Result.DONE),
        (CHANGES[4], issue(sprint="6"), Result.SKIPPED),
    ],
)
def test_a_cut_write_is_settled_by_looking_at_the_issue(
    journal: Journal, change: Change, found: object, result: Result
) -> None:
    journal.open_run("r1", started=NOW, digest="d")
    journal.intend("r1", [change], {}, NOW)
    outcome, _ = settled_by_looking(journal.unsettled()[0], found, NO_MARKS)  # type: ignore[arg-type]
    assert outcome.result is result


def test_a_cut_comment_is_known_by_the_id_found_on_the_issue(journal: Journal) -> None:
    journal.open_run("r1", started=NOW, digest="d")
    journal.intend("r1", [CHANGES[2]], {}, NOW)
    _, marks = settled_by_looking(
        journal.unsettled()[0], issue(marks=OwnMarks(comment="9", comment_digest=NOTE.digest)), NO_MARKS
    )
    assert (marks.comment, marks.comment_digest) == ("9", NOTE.digest)


def test_a_store_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r'"[^"]*nowhere/readyline\.db" cannot be used'):
        Store.open(tmp_path / "nowhere" / "readyline.db")


def test_a_store_that_is_not_a_database_is_reported_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "readyline.db"
    path.write_text("dear diary " * 200)
    with pytest.raises(StoreError, match="not a database"):
        Store.open(path)
    assert path.read_text().startswith("dear diary")


class _Half(dict[str, OwnMarks]):
    """Marks that answer once and then break, as a worker might."""

    def get(self, issue: str, default: OwnMarks = NO_MARKS) -> OwnMarks:  # type: ignore[override]
        if issue in self:
            raise KeyError(issue)
        self[issue] = default
        return default


def test_a_write_of_an_unknown_run_is_refused(journal: Journal) -> None:
    with pytest.raises(StoreError, match=r"(?i)foreign key"):
        journal.intend("r1", CHANGES[:1], {}, NOW)


def test_a_failing_statement_takes_its_whole_transaction_back(journal: Journal) -> None:
    journal.open_run("r1", started=NOW, digest="d")
    with pytest.raises(KeyError):
        journal.intend("r1", [CHANGES[0], CHANGES[1]], _Half(), NOW)
    assert journal.unsettled() == ()


def test_the_baseline_only_shrinks(place: Place) -> None:
    with closing(Store.open(place)) as store:
        store.baseline.accept([finding("a"), finding("b")], "legacy", NOW)
        store.baseline.hold([("1", "verdict", "ready"), ("2", "verdict", "not-ready")])
        still = frozenset({("1", "verdict", "not-due"), ("2", "verdict", "not-ready")})
        store.baseline.shrink(frozenset({"b", "c"}), still)
        assert store.baseline.reasons() == {"b": "legacy"}
        assert store.baseline.marks() == {("2", "verdict", "not-ready")}


def test_a_finding_that_is_accepted_again_keeps_its_first_reason(place: Place) -> None:
    with closing(Store.open(place)) as store:
        store.baseline.accept([finding("a")], "legacy", NOW)
        store.baseline.accept([finding("a"), finding("b")], "a second look", NOW)
        assert store.baseline.reasons() == {"a": "legacy", "b": "a second look"}
        store.baseline.clear()
        assert store.baseline.accepted() == ()


def test_the_file_is_an_ordinary_sqlite_database(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "readyline.db")) as store:
        store.journal.remember({"1": MARKS})
    with closing(sqlite3.connect(tmp_path / "readyline.db")) as connection:
        assert connection.execute("SELECT count(*) FROM marks").fetchone() == (1,)
