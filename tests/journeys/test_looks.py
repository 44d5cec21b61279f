"""Commands that only look change nothing in the store and answer while a run holds its lock."""

import hashlib
import os
import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from sync.fake_jira.faults import Asked
from tests.journeys.app_harness import Office, is_write, office

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines

LOOKS = (
    ("check",),
    ("why", "SHOP-113"),
    ("plan",),
    ("capacity",),
    ("report", "--out", "out"),
    ("rules",),
    ("history",),
)


def sums(folder: Path) -> dict[str, str]:
    """What the files of the store and of the dry-run log hold; the mirror is a cache."""
    files = [folder / "readyline.db", folder / "readyline.db.shadow"]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.exists()}


@pytest.fixture(scope="module", params=[True, False], ids=["live", "dry"])
def looked_at(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A shop after a run, where somebody took labels away since, so that a look has something to plan."""
    with office(tmp_path_factory.mktemp("looks"), "cloud") as place:
        if not request.param:
            place.write_config("enabled = true", "enabled = false")
        assert place.run("run").code == 0
        record = place.jira.state.issue("SHOP-113")
        record.labels = [label for label in record.labels if not label.startswith("readyline-")]
        yield place


@pytest.mark.parametrize("look", LOOKS, ids=" ".join)
def test_a_look_leaves_the_store_as_it_is(
    looked_at: Office, look: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(looked_at.folder)
    before = sums(looked_at.folder)
    assert before
    assert looked_at.run(*look).code == 0
    assert sums(looked_at.folder) == before


def test_looks_make_no_store(cloud: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(cloud.folder)
    for look in LOOKS:
        assert cloud.run(*look).code == 0
        assert not (cloud.folder / "readyline.db").exists(), look
        assert not (cloud.folder / "readyline.db.lock").exists(), look


def test_looks_answer_while_a_run_holds_the_lock(shop: Office) -> None:
    """Two processes: the run is stopped at its first write, and goes on once the looks have answered."""
    process: list[int] = []
    stopped = threading.Event()

    def stop(asked: Asked) -> None:
        if is_write(asked) and not stopped.is_set():
            os.kill(process[0], signal.SIGSTOP)
            stopped.set()

    shop.jira.faults.hook = stop
    worker = shop.start("run")
    process.append(worker.pid)
    assert stopped.wait(60)
    try:
        checked = shop.run("check")
        planned = shop.run("plan", "--format", "json")
        refused = shop.run("run")
    finally:
        os.kill(worker.pid, signal.SIGCONT)
    _, errors = worker.communicate(timeout=120)
    assert worker.returncode == 0, errors
    assert (checked.code, planned.code, refused.code) == (0, 0, 6), checked.err + planned.err
    assert re.fullmatch(r"as of \d+ \w+ \d\d:\d\d; another run is writing now\n", checked.err)
    assert planned.document["as_of"] is not None
    assert planned.document["changes"]
    assert shop.run("plan", "--format", "json").document["as_of"] is None


def test_a_look_that_reads_the_mirror_as_it_is_says_what_it_held_then(cloud: Office) -> None:
    """Another process fills the mirror: an issue that changed since is shown as it was."""
    before = cloud.run("check", "SHOP-113", "--format", "json").document
    cloud.jira.state.issue("SHOP-113").summary = "Another title altogether"
    with FileLock(cloud.folder / "readyline.db.mirror.lock"):
        during = cloud.run("check", "SHOP-113", "--format", "json").document
    assert during.pop("as_of") is not None
    before.pop("as_of")
    assert during == before


def test_where_no_mirror_is_filled_yet_a_look_reads_the_site(cloud: Office) -> None:
    with FileLock(cloud.folder / "readyline.db.mirror.lock"):
        ended = cloud.run("check", "--format", "json")
    assert ended.document["as_of"] is None
    assert ended.document["issues"]
    assert not (cloud.folder / "readyline.db.mirror").exists()


def test_a_plan_is_what_the_next_run_writes_though_the_look_remembers_nothing(shop: Office) -> None:
    shop.run("run")
    record = shop.jira.state.issue("SHOP-113")
    shop.jira.state.comment("SHOP-113", "Changed my mind.", by="Ana Alvarez")
    record.labels = [label for label in record.labels if not label.startswith("readyline-")]
    planned = shop.run("plan", "--format", "json").document
    written = shop.run("run", "--format", "json").document
    assert (planned["digest"], planned["changes"]) == (written["digest"], written["changes"])


def test_a_damaged_mirror_is_filled_again_and_a_damaged_store_stops_the_run(cloud: Office) -> None:
    assert cloud.run("run").code == 0
    mirror, store = cloud.folder / "readyline.db.mirror", cloud.folder / "readyline.db"
    mirror.write_bytes(b"not a mirror " * 5000)
    ended = cloud.run("check")
    assert ended.code == 0
    assert ended.err.count("mirror.rebuilt") == 1
    assert (cloud.folder / "readyline.db.mirror.unreadable-1").exists()
    store.write_bytes(b"not a journal " * 5000)
    for words in (("check",), ("run",), ("undo", "some-run")):
        ended = cloud.run(*words)
        assert ended.code == 2
        assert ended.err.count("\n") == 1
        assert "cannot be read" in ended.err
    assert store.read_bytes() == b"not a journal " * 5000
