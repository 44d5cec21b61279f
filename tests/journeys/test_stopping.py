"""A worker and a run that are asked to stop, or cut short by the site: soon, and with all they know.

How soon is a sum of constants, see `test_whoever_waits_ends_within_two_seconds`; a busy machine needs longer.
"""

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from sync.fake_jira import faults
from sync.fake_jira.faults import Asked, Fault
from tests.journeys.app_harness import Office, is_write, office
from tests.thorough import in_turn

pytestmark = pytest.mark.journey

OUT_OF_TIME = 30.0
HUNG = 120.0


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path, "datacenter") as made:
        yield made


class At:
    """Answers requests that `hits` with a fault from the first on; `happened` says when that began."""

    def __init__(self, fault: Fault, hits: Callable[[Asked], bool]) -> None:
        self._fault, self._hits = fault, hits
        self.happened = threading.Event()

    def __call__(self, asked: Asked) -> Fault | None:
        if not self._hits(asked):
            return None
        self.happened.set()
        return self._fault


def ended_by(process: "subprocess.Popen[str]", number: signal.Signals) -> tuple[str, str]:
    """What a process printed that ends after a signal, long before what it waits for comes."""
    os.kill(process.pid, number)
    return process.communicate(timeout=OUT_OF_TIME)


WAITS = {
    "limit while reading": At(faults.too_many(retry_after=600), lambda asked: "/search" in asked.path),
    "limit while writing": At(faults.too_many(retry_after=600), is_write),
    "hung answer while reading": At(faults.Slow(HUNG), lambda asked: "/search" in asked.path),
    "hung answer while writing": At(faults.Slow(HUNG), is_write),
}


@pytest.mark.parametrize("when", in_turn("reading", "writing"))
@pytest.mark.parametrize("wait", ["limit", "hung answer"])
def test_sigterm_ends_serve_while_it_waits(wait: str, when: str, place: Office) -> None:
    place.jira.faults.hook = waits = WAITS[f"{wait} while {when}"]
    worker = place.start("serve")
    assert waits.happened.wait(OUT_OF_TIME)
    _, err = ended_by(worker, signal.SIGTERM)
    assert worker.returncode == 0, err
    assert "run.cut_short" in err
    assert "Traceback" not in err


def test_sigterm_ends_serve_while_it_waits_for_the_mirror(place: Office) -> None:
    with FileLock(f"{place.folder / 'readyline.db.mirror'}.lock"):
        worker = place.start("serve")
        assert worker.stderr is not None
        assert any("worker.started" in line for line in worker.stderr)
        _, err = ended_by(worker, signal.SIGTERM)
    assert (worker.returncode, len(place.jira.requests)) == (0, 0), err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_run_says_what_it_had_done_and_how_to_go_on(number: signal.Signals, place: Office) -> None:
    place.jira.faults.hook = waits = Later(5, faults.Slow(HUNG))
    run = place.start("run", "--format", "json")
    assert waits.happened.wait(OUT_OF_TIME)
    out, err = ended_by(run, number)
    document = json.loads(out)
    assert run.returncode == 5, err
    assert_says_what_it_did(document)
    place.jira.faults.clear()
    assert place.run("run").code == 0
    assert place.run("plan", "--format", "json").document["changes"] == []


class Later:
    """Lets so many writes through; every later one meets the fault."""

    def __init__(self, number: int, fault: Fault) -> None:
        self._left, self._fault = number, fault
        self.happened = threading.Event()

    def __call__(self, asked: Asked) -> Fault | None:
        if not is_write(asked):
            return None
        self._left -= 1
        if self._left >= 0:
            return None
        self.happened.set()
        return self._fault


def assert_says_what_it_did(document: dict[str, object]) -> None:
    """Some changes were written, one is uncertain, the others were not reached; the run and the way on are named."""
    assert document["schema"] == "readyline/cut-run/1"
    outcomes = [(one["outcome"], one["reason"]) for one in document["outcomes"]]  # type: ignore[attr-defined]
    assert ("done", "") in outcomes
    assert ("failed", "it is not known whether it was written; the next run checks") in outcomes
    assert ("skipped", "the run was cut short before it") in outcomes
    assert f"readyline undo {document['run']}" in " ".join(document["go_on"])  # type: ignore[arg-type]


@pytest.mark.parametrize("fault", [faults.html_page(), faults.Truncate(clean=True)], ids=["web page", "cut answer"])
def test_a_run_that_the_site_cuts_short_says_what_it_had_done_and_how_to_go_on(fault: Fault, tmp_path: Path) -> None:
    with office(tmp_path, "cloud") as place:
        place.write_config("[tracker]", "[tracker]\npatience = 1")
        place.jira.faults.hook = Later(5, fault)
        ended = place.run("run", "--format", "json")
        assert ended.code == 4
        assert_says_what_it_did(ended.document)


def test_a_run_cut_before_it_had_a_plan_says_that_nothing_was_written(place: Office) -> None:
    place.jira.faults.on(faults.html_page(), path="/search", times=None)
    ended = place.run("run")
    assert ended.code == 4
    assert "was cut short" in ended.out
    assert "nothing was written" in ended.out
    assert "readyline run" in ended.out
    assert place.jira.writes == []


def test_serve_goes_on_after_one_log_in_page(place: Office) -> None:
    page = At(faults.html_page(), lambda asked: "/myself" in asked.path)
    place.jira.faults.hook = page
    worker = place.start("serve")
    assert worker.stderr is not None
    assert any("run.failed" in line for line in worker.stderr)
    assert worker.poll() is None
    _, err = ended_by(worker, signal.SIGTERM)
    assert worker.returncode == 0, err
