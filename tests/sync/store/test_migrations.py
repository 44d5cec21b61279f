"""A file of an earlier version opens with nothing lost, and what it remembers is still good for an undo."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rules.model import OwnMarks
from rules.plan.outcome import Result
from sync.run.undo import undo_run
from sync.store import Store
from sync.store.database import Schema
from sync.store.dry_run_log import DryRunLog
from sync.store.mirror import Mirror
from sync.store.schema import DRY_RUN_LOG, MIRROR, STORE
from sync.store.sqlite import FilePlace
from sync.trackers.memory import MemoryTracker
from tests.factories import issue, snapshot, sprint
from tests.sync.run_contexts import Clock, context

FIXTURES = Path(__file__).parent / "fixtures"
VERSIONS = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())
FIRST_RUN, SECOND_RUN = "20261128T153651-3d1203", "20261128T153654-317378"
RENAMED = {"passes": "run_figures", "touches": "human_edits", "sent": "messages", "diary": "log", "found": "real_marks"}
AT = datetime(2026, 11, 28, 15, 36, tzinfo=UTC)


@pytest.fixture(params=VERSIONS)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with the files of a version, to be changed."""
    for path in (FIXTURES / request.param).iterdir():
        shutil.copy(path, tmp_path)
    return tmp_path


def rows(path: Path) -> dict[str, int]:
    """How many rows each table has, under its present name."""
    with closing(sqlite3.connect(path)) as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: file.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}  # noqa: S608
    return {RENAMED.get(name, name): count for name, count in counts.items()}


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        return int(file.execute("PRAGMA user_version").fetchone()[0])


@pytest.mark.parametrize(
    ("name", "schema"), [("readyline.db", STORE), ("readyline.db.mirror", MIRROR), ("readyline.db.shadow", DRY_RUN_LOG)]
)
def test_every_row_is_kept(folder: Path, name: str, schema: Schema) -> None:
    before = rows(folder / name)
    FilePlace(folder / name).open(schema).close()
    after = rows(folder / name)
    assert {table: after[table] for table in before} == before
    assert sum(before.values()) > 50
    assert version(folder / name) == len(schema.steps)


def test_the_store_is_read_as_it_was_written(folder: Path) -> None:
    with closing(Store.open(folder / "readyline.db")) as store:
        assert store.journal.last_runs(3) == (SECOND_RUN, FIRST_RUN)
        assert [len(store.journal.writes_of(run)) for run in (FIRST_RUN, SECOND_RUN)] == [17, 1]
        assert {write.result for write in store.journal.writes()} == {Result.DONE}
        assert store.journal.memory()["20110"].labels == {"readyline-ready"}
        assert [trend.ready for trend in store.history.trend()] == [15, 15, 15]
        assert len(store.history.backlogs(AT + timedelta(days=1))[0].items) == 17
        assert len(store.baseline.reasons()) == 17
        assert set(store.baseline.reasons().values()) == {""}
        assert store.baseline.marks() == frozenset()
        assert [answer.issue for answer in store.commands.answers()] == ["20113"]
        assert [sent.recipient for sent in store.messages.rows()] == ["po:"]
        assert len(store.mails.since(AT - timedelta(days=1))) == 8
        assert store.human_edits.by_issue()["20102"].content == "66b5b302d01bb1c5"


def test_a_copy_of_the_store_is_migrated_and_the_file_is_not(folder: Path) -> None:
    before = (folder / "readyline.db").read_bytes()
    with closing(Store.copy_of(folder / "readyline.db")) as store:
        assert store.journal.last_runs(1) == (SECOND_RUN,)
        assert len(store.human_edits.by_issue()) == 11
    assert (folder / "readyline.db").read_bytes() == before


def test_the_mirror_gives_the_issues_it_held(folder: Path) -> None:
    with closing(Mirror.open(folder / "readyline.db.mirror")) as mirror:
        known = mirror.known()
        assert len(known) == 71
        order = mirror.order_of("project = SHOP AND statusCategory != Done")
        assert order is not None
        assert len(order[0]) == 17
        assert {raw["key"] for raw in mirror.issues(order[0])} > {"SHOP-102", "SHOP-113"}
        mirror.keep_histories("way", [(order[0][0], b"[]")])
        assert mirror.with_history("way") == {order[0][0]}
    assert not list(folder.glob("*.unreadable*"))


def test_the_dry_run_log_goes_on_where_it_was(folder: Path) -> None:
    with closing(DryRunLog.open(folder / "readyline.db", AT + timedelta(days=1))) as log:
        assert log.since == datetime(2026, 11, 28, 15, 36, 46, 820928, tzinfo=UTC)
        assert [page.changes for page in log.pages()] == [17]


def tracker_with(memory: dict[str, OwnMarks]) -> MemoryTracker:
    """A tracker on which everything is as the store remembers it."""
    issues = [
        issue(f"SHOP-{number[2:]}", id=number, labels=marks.labels, sprint=marks.sprint, marks=marks)
        for number, marks in memory.items()
    ]
    sprints = {marks.sprint: sprint(marks.sprint) for marks in memory.values() if marks.sprint is not None}
    tracker = MemoryTracker(snapshot(*issues, sprints=tuple(sprints.values())))
    tracker.comments = {
        marks.comment: (number, marks.comment_digest) for number, marks in memory.items() if marks.comment
    }
    return tracker


def test_its_runs_can_be_undone(folder: Path) -> None:
    with closing(Store.copy_of(folder / "readyline.db")) as store:
        tracker = tracker_with(store.journal.memory())
    with context(folder, tracker, Clock(AT + timedelta(hours=1))) as place:
        for run in (SECOND_RUN, FIRST_RUN):
            undone = undo_run(place, run)
            assert {outcome.result for outcome in undone.outcomes} == {Result.DONE}
            assert undone.plan.left_as_is == ()
        assert len(undone.outcomes) == 17
    assert tracker.comments == {}
    left = [tracker.read(number) for number in store_ids(folder)]
    assert [one for one in left if one is not None and (one.labels or one.sprint)] == []


def store_ids(folder: Path) -> list[str]:
    with closing(Store.copy_of(folder / "readyline.db")) as store:
        return [write.change.issue for write in store.journal.writes()]


def test_a_step_is_taken_once_and_what_fails_takes_none(tmp_path: Path) -> None:
    path, one = tmp_path / "file.db", ("CREATE TABLE one (a TEXT)", "INSERT INTO one VALUES ('first')")
    FilePlace(path).open(Schema("store", (one,), "")).close()
    with pytest.raises(Exception, match="no such table"):
        FilePlace(path).open(Schema("store", (one, ("DELETE FROM one", "DELETE FROM nowhere")), ""))
    assert (rows(path), version(path)) == ({"one": 1}, 1)
    FilePlace(path).open(Schema("store", (one, ("INSERT INTO one VALUES ('second')",)), "")).close()
    assert (rows(path), version(path)) == ({"one": 2}, 2)
