"""Two workers with two stores on one site: the next run of either leaves one comment an issue, and says who it was."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sync.config import load
from sync.fake_jira.faults import Asked, Fault, Late
from sync.run.context import open_context
from sync.run.run import execute_run
from tests.journeys.app_harness import EACH_DAY, Office, office

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines


def late(asked: Asked) -> Fault | None:
    """Every comment is created 0.4 seconds after it was asked for."""
    return Late(0.4) if asked.method == "POST" and asked.path.endswith("/comment") else None


def beside(place: Office, folder: Path) -> Office:
    """The same site and configuration, with a store of its own."""
    folder.mkdir()
    text = place.config.read_text(encoding="utf-8")
    config = folder / "config.toml"
    config.write_text(text, encoding="utf-8")
    (folder / "absences.csv").write_bytes((place.folder / "absences.csv").read_bytes())
    return Office(place.jira, folder, config, place.environ)


def run_together(*places: Office) -> None:
    """One run in each place, all from the same moment on."""
    start = threading.Barrier(len(places))

    def run(place: Office) -> int:
        settings = load(place.config, {**os.environ, **place.environ})
        with open_context(settings) as context:
            start.wait()
            return len(execute_run(context).outcomes)

    with ThreadPoolExecutor(len(places)) as pool:
        assert all(pool.map(run, places))


@pytest.mark.parametrize("dialect", EACH_DAY)
@pytest.mark.parametrize("is_first", [True, False], ids=["first", "second"])
def test_the_next_run_of_either_worker_keeps_the_older_comment_and_names_the_second_worker(
    dialect: str, tmp_path: Path, *, is_first: bool
) -> None:
    with office(tmp_path, dialect) as one:
        other = beside(one, tmp_path / "other")
        one.jira.faults.hook = late
        run_together(one, other)
        one.jira.faults.clear()
        doubled = {key: ids for key, ids in ids_of_ours(one).items() if len(ids) > 1}
        assert doubled, "the two runs did not meet"
        place = one if is_first else other
        ended = place.run("run")
        assert ended.code == 0, ended.err
        left = ids_of_ours(one)
        assert {key: left[key] for key in doubled} == {key: ids[:1] for key, ids in doubled.items()}
        assert "tracker.second_worker" in ended.err
        assert place.run("plan", "--format", "json").document["changes"] == []
        doctor = place.run("doctor").out
        assert "another worker writes with this account" in " ".join(doctor.split())
        last = (other if is_first else one).run("run")
        assert (last.code, ids_of_ours(one)) == (0, left)


def ids_of_ours(place: Office) -> dict[str, list[str]]:
    """By issue key, the ids of our comments, the oldest first."""
    state = place.jira.state
    with state.lock:
        return {
            record.key: [remark.id for remark in record.remarks if remark.author.id == state.me.id]
            for record in state.issues.values()
        }
