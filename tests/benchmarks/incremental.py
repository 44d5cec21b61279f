"""What a run over a long backlog costs once it is known: requests and seconds, unchanged and with three changes.

    python -m tests.benchmarks.incremental [--issues N] [--quick]

The site is invented, its texts are short, and it runs in a process of its own. A second table shows what it brings to
fetch several portions at once where each answer takes a while longer, as answers from far away do.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import requests

from rules.model import Product, Team, TeamFilter
from sync.demo.company import fill
from sync.demo.people import CREWS, EMAIL
from sync.fake_jira.faults import Slow
from sync.fake_jira.records import Body
from sync.fake_jira.server import TOKEN, FakeJira
from sync.fake_jira.state import State
from sync.fake_jira.world import RANK_STEP
from sync.logs import set_up
from sync.store.mirror import Mirror
from sync.trackers import open_tracker
from sync.trackers.base import Scope
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings, JiraSettings

DIALECTS = ("cloud", "datacenter")
ISSUES, QUICK_ISSUES, FAR_ISSUES = 20_000, 400, 5_000
FAR = (0.05, 0.2)  # seconds that an answer takes longer from far away
FIRST_ID = 1_000_000
CHANGED = 3
LONG_AGO = timedelta(days=30)
PROJECT, BOARD = "SHOP", CREWS[0].board


def crowd(state: State, now: datetime, issues: int) -> None:
    """The shop, and as many short stories as are lacking, all of them a month old."""
    fill(state, now)
    model = next(record for record in state.issues.values() if record.status.category != "done")
    for record in state.issues.values():
        record.updated = now - LONG_AGO
    for number in range(FIRST_ID + len(state.issues), FIRST_ID + issues):
        text = Body(f"As a buyer I want thing {number}, so that I have it.\n\nh2. Acceptance criteria\n* it is there")
        state.hold(
            replace(
                model,
                id=str(number),
                key=f"{PROJECT}-{number}",
                summary=f"Thing {number}",
                description=text,
                created=now - LONG_AGO - timedelta(minutes=issues - number + FIRST_ID),
                rank=number * RANK_STEP,
                bonds=[],
                remarks=[],
            )
        )
    state.version += 1


@contextmanager
def site(dialect: str, issues: int, delay: float = 0.0) -> Iterator[JiraSettings]:
    """A site in another process, as the settings that find it."""
    words = [sys.executable, "-m", "tests.benchmarks.incremental", "--serve", dialect, str(issues), str(delay)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            yield CloudSettings(url=url, email=EMAIL) if dialect == "cloud" else DatacenterSettings(url=url)
        finally:
            process.communicate()  # which closes its standard input: the sign to leave


def serve(dialect: str, issues: int, delay: float) -> None:
    """Answer until standard input ends."""
    with FakeJira(dialect, lambda state, now: crowd(state, now, issues), email=EMAIL) as jira:
        if delay:
            jira.faults.on(Slow(delay), times=None)
        print(jira.url, flush=True)
        sys.stdin.read()


def change(settings: JiraSettings, issues: int) -> None:
    """Edit the last three issues as somebody else's program would."""
    api, login = ("3", (EMAIL, TOKEN)) if isinstance(settings, CloudSettings) else ("2", None)
    headers = {} if login else {"Authorization": f"Bearer {TOKEN}"}
    for number in range(FIRST_ID + issues - CHANGED, FIRST_ID + issues):
        address = f"{settings.url}/rest/api/{api}/issue/{number}"
        edit = {"fields": {"summary": "Changed by somebody"}}
        requests.put(address, json=edit, auth=login, headers=headers, timeout=60).raise_for_status()


def measured(name: str, settings: JiraSettings, store: Path) -> float:
    """Pull once by way of a mirror, as a new process would, print what it took, and return the seconds."""
    shop = Product(name="Shop", owner="Ana", teams=(Team(name="All", board=BOARD, takes=TeamFilter()),))
    mirror = Mirror.open(store)
    tracker = open_tracker(settings, TOKEN, mirror)
    started, worked = time.perf_counter(), time.process_time()
    snapshot = tracker.pull(Scope(backlog=f"project = {PROJECT}", product=shop))
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    mirror.close()
    print(f"{name:50} {len(snapshot.issues):7} {tracker.requests:9} {seconds:8.2f} {cpu:7.2f}", flush=True)
    return seconds


def known(dialect: str, issues: int) -> None:
    """The first pull and those after it."""
    with site(dialect, issues) as settings, tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "mirror.db"
        measured(f"{dialect}: first pull", settings, store)
        measured(f"{dialect}: nothing changed", settings, store)
        change(settings, issues)
        measured(f"{dialect}: {CHANGED} issues changed", settings, store)


def far(dialect: str, issues: int, delay: float) -> None:
    """First pulls from far away, one request after the other and several at once."""
    with site(dialect, issues, delay) as settings, tempfile.TemporaryDirectory() as folder:
        alone, together = (
            measured(
                f"{dialect}: first pull, {delay * 1000:.0f} ms away, parallel = {width}",
                settings.model_copy(update={"parallel": width}),
                Path(folder) / f"{width}.db",
            )
            for width in (1, 4)
        )
    print(f"{dialect}: several at once take {together / alone:.2f} of the time", flush=True)


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--issues", type=int, default=ISSUES, help=f"how many there are; {ISSUES} unless told")
    options.add_argument("--quick", action="store_true", help="a few hundred issues")
    options.add_argument("--serve", nargs=3, metavar=("DIALECT", "ISSUES", "DELAY"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.serve:
        serve(asked.serve[0], int(asked.serve[1]), float(asked.serve[2]))
        return
    set_up(verbosity=-1, secrets=())
    issues = QUICK_ISSUES if asked.quick else asked.issues
    print(f"{'':50} {'issues':>7} {'requests':>9} {'seconds':>8} {'CPU s':>7}", flush=True)
    for dialect in DIALECTS:
        known(dialect, issues)
    for dialect, delay in product(DIALECTS, FAR):
        far(dialect, min(issues, FAR_ISSUES), delay)


if __name__ == "__main__":
    main()
