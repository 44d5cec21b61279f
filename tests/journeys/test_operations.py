"""What docs/operations.md says of backups and of watching."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sync.fake_jira import faults
from tests.journeys import model
from tests.journeys.app_harness import Office
from tests.journeys.model import ANA, BOT, NOT_READY, READY, Workplace
from tests.thorough import in_turn

pytestmark = pytest.mark.journey


@pytest.fixture(params=in_turn("cloud", "datacenter"))
def place(request: pytest.FixtureRequest) -> Iterator[Workplace]:
    workplace = Workplace(request.param)
    yield workplace
    workplace.close()


def test_an_old_store_that_is_restored_overwrites_no_newer_work_of_people(place: Workplace) -> None:
    place.run()
    backup = place.folder / "backup.db"
    back_up(place.folder / "readyline.db", backup)

    ready, unready = (next(r for r in place.state.issues.values() if label in r.labels) for label in (READY, NOT_READY))
    place.state.remove_label(ready.key, READY, by=ANA.id)
    place.state.move_to_sprint(ready.key, model.FUTURE[1], by=ANA.id)
    (comment,) = (remark.id for remark in unready.remarks if remark.author.id == BOT.id)
    place.state.edit_comment(comment, "I disagree.", by=ANA.id)
    place.witness.heard(unready)
    place.run()

    for path in place.folder.glob("readyline.db*"):
        path.unlink()
    backup.rename(place.folder / "readyline.db")
    place.run()
    assert (READY in ready.labels, ready.sprints) == (False, [model.FUTURE[1]])
    assert [remark.body.wiki for remark in unready.remarks] == ["I disagree."]


def back_up(store: Path, target: Path) -> None:
    """What `sqlite3 readyline.db ".backup ..."` does."""
    with closing(sqlite3.connect(store)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def test_a_run_that_fails_leaves_the_health_file_as_it_was(cloud: Office) -> None:
    health = cloud.folder / "readyline.db.health.json"
    run = cloud.run("run", "--format", "json").document["run"]
    before = health.read_text(encoding="utf-8")
    cloud.jira.faults.on(faults.html_page(), path="/search", times=None)
    assert cloud.run("run").code == 4
    assert run in before
    assert health.read_text(encoding="utf-8") == before


def test_the_id_of_a_run_is_in_the_report_in_the_log_and_in_the_health_file(cloud: Office) -> None:
    cloud.write_reports("html")
    ended = cloud.run("run", "-v", "--format", "json")
    run = ended.document["run"]
    assert run in (cloud.folder / "reports" / "readyline.html").read_text(encoding="utf-8")
    assert run in (cloud.folder / "readyline.db.health.json").read_text(encoding="utf-8")
    assert any(run in line for line in ended.err.splitlines() if "run.finished" in line)


def test_watchers_are_read_once_and_only_of_issues_about_to_be_written(cloud: Office) -> None:
    outcomes = cloud.run("run", "--format", "json").document["outcomes"]
    ids = {cloud.jira.state.issue(outcome["change"]["issue"]).id for outcome in outcomes}
    read = [request.path.split("/")[-2] for request in cloud.jira.requests if request.path.endswith("/watchers")]
    assert sorted(read) == sorted(ids)


def test_without_the_right_no_watchers_are_asked_for(cloud: Office) -> None:
    cloud.jira.state.rights.discard("VIEW_VOTERS_AND_WATCHERS")
    assert cloud.run("run").code == 0
    assert not [request for request in cloud.jira.requests if request.path.endswith("/watchers")]
