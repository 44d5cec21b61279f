"""What the past of issues costs: requests, seconds and room, next to a pull without it.

    python -m tests.benchmarks.history [--issues N] [--quick]

The site is invented and runs in a process of its own. All of its issues are open, which is the worst case: twelve
entries each over one year, among them two versions of the description, an estimate and two moves. "Without" is the
same pull that asks for no history.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from rules.model import Product, Team, TeamFilter
from sync.demo.people import CREWS, EMAIL
from sync.fake_jira.records import Entry, Item, Record
from sync.fake_jira.server import TOKEN, FakeJira
from sync.fake_jira.state import State
from sync.logs import set_up
from sync.store.mirror import Mirror
from sync.trackers import open_tracker
from sync.trackers.base import Scope
from sync.trackers.jira.api import Histories
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings, JiraSettings
from sync.trackers.jira.tracker import JiraTracker
from tests.benchmarks.incremental import BOARD, DIALECTS, PROJECT, change, crowd

ISSUES, QUICK_ISSUES = 22_371, 400  # as many as TIMOB has
KILOBYTE = 1024
OLDER_TEXT = (
    "As a buyer I want thing {0}.\n\nSeen on the {1}th visit, when the shelf was empty and the door was locked."
)


def with_past(state: State, now: datetime, issues: int) -> None:
    """The crowd of the other benchmark, each issue with a year of changes."""
    crowd(state, now, issues)
    people = [state.account(member.user) for crew in CREWS for member in crew.members]
    number = 10_000_000
    for place, record in enumerate(state.issues.values()):
        rows = list(_rows(place, record))
        entries = []
        for step, item in enumerate(rows):
            at = now - timedelta(days=365 - 30 * step, minutes=place % 1440)
            number += 1
            entries.append(Entry(str(number), people[(place + step) % len(people)], at, (item,)))
        record.history = entries


def _rows(place: int, record: Record) -> Iterator[Item]:
    first, second = (OLDER_TEXT.format(place, visit) for visit in (3, 7))
    yield Item("description", "description", None, None, None, first)
    yield Item("labels", "labels", "", "", "", "web")
    yield Item("Rank", "rank", "", "", "", "Ranked higher")
    yield Item("priority", "priority", "3", "Medium", "2", "High")
    yield Item("description", "description", None, first, None, second)
    yield Item("Story Points", "points", None, None, None, "5")
    yield Item("Sprint", "sprint", "", "", "1104", "Payments 36")
    yield Item("status", "status", "10000", "To Do", "3", "In Progress")
    yield Item("Story Points", "points", None, "5", None, "8")
    yield Item("Link", "issuelinks", None, None, "SHOP-101", "This issue blocks SHOP-101")
    yield Item("Rank", "rank", "", "", "", "Ranked lower")
    yield Item("description", "description", None, second, None, record.description.wiki)


@contextmanager
def site(dialect: str, issues: int) -> Iterator[JiraSettings]:
    """A site in another process, as the settings that find it."""
    words = [sys.executable, "-m", "tests.benchmarks.history", "--serve", dialect, str(issues)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            yield CloudSettings(url=url, email=EMAIL) if dialect == "cloud" else DatacenterSettings(url=url)
        finally:
            process.communicate()  # which closes its standard input: the sign to leave


def measured(name: str, settings: JiraSettings, store: Path, *, past: bool = True) -> None:
    """Pull once by way of a mirror, and print what it took and what the mirror holds."""
    shop = Product(name="Shop", owner="Ana", teams=(Team(name="All", board=BOARD, takes=TeamFilter()),))
    with closing(Mirror.open(store)) as mirror:
        tracker = open_tracker(settings, TOKEN, mirror)
        assert isinstance(tracker, JiraTracker)
        if not past:
            tracker.api.changelogs = _no_history  # type: ignore[assignment,method-assign]
        started, worked = time.perf_counter(), time.process_time()
        snapshot = tracker.pull(Scope(backlog=f"project = {PROJECT}", product=shop))
        seconds, cpu = time.perf_counter() - started, time.process_time() - worked
        edits, room = sum(map(len, snapshot.edits.values())), _kilobytes(mirror) / max(1, len(snapshot.edits)) * 1000
    issues = len(snapshot.issues)
    print(f"{name:34} {issues:7} {edits:8} {tracker.requests:9} {seconds:8.2f} {cpu:7.2f} {room:10.0f}", flush=True)


def _no_history(_: Sequence[str]) -> Histories:
    yield from ()


def _kilobytes(mirror: Mirror) -> float:
    """What the histories take."""
    query = "SELECT coalesce(sum(length(edits) + length(way) + length(updated)), 0) FROM histories"
    ((size,),) = mirror._db.rows(query)
    return float(size) / KILOBYTE


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--issues", type=int, default=ISSUES, help=f"how many there are; {ISSUES} unless told")
    options.add_argument("--quick", action="store_true", help="a few hundred issues")
    options.add_argument("--serve", nargs=2, metavar=("DIALECT", "ISSUES"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.serve:
        dialect, issues = asked.serve[0], int(asked.serve[1])
        with FakeJira(dialect, lambda state, now: with_past(state, now, issues), email=EMAIL) as jira:
            print(jira.url, flush=True)
            sys.stdin.read()
        return
    set_up(verbosity=-1, secrets=())
    issues = QUICK_ISSUES if asked.quick else asked.issues
    print(f"{'':34} {'issues':>7} {'edits':>8} {'requests':>9} {'seconds':>8} {'CPU s':>7} {'kB/1000':>10}", flush=True)
    for dialect in DIALECTS:
        with site(dialect, issues) as settings, tempfile.TemporaryDirectory() as folder:
            measured(f"{dialect}: first pull, without", settings, Path(folder) / "without.db", past=False)
            measured(f"{dialect}: first pull, with", settings, Path(folder) / "with.db")
            measured(f"{dialect}: nothing changed, without", settings, Path(folder) / "without.db", past=False)
            measured(f"{dialect}: nothing changed, with", settings, Path(folder) / "with.db")
            change(settings, issues)
            measured(f"{dialect}: three changed, with", settings, Path(folder) / "with.db")


if __name__ == "__main__":
    main()
