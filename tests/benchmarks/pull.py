"""How fast a whole product is pulled, and pulled again, next to a plain loop with the `jira` library.

    python -m tests.benchmarks.pull [--quick]

Every figure is of a process of its own, the site in yet another one. The loop asks for the same fields and does
nothing with them; the pull also reads every text, keeps the mirror and builds the snapshot. They take turns.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from jira import JIRA
from requests.adapters import HTTPAdapter

from rules.model import Product, Team, TeamFilter
from sync.logs import set_up
from sync.store.mirror import Mirror
from sync.trackers import open_tracker
from sync.trackers.base import Scope
from sync.trackers.jira.fetch import wanted_fields
from sync.trackers.jira.fields import discover
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings, FieldNames, JiraSettings
from tests.benchmarks.site import DIALECTS, REAL_ISSUES, Site, is_real, site

QUICK_ISSUES, QUICK_TURNS = 400, 1
TURNS = 2
MEGABYTE = 1024  # `ru_maxrss` counts kilobytes


@dataclass(frozen=True, slots=True)
class Taken:
    """What one process took; `cpu` is seconds of its own work, also what it took to start."""

    issues: int
    seconds: float
    requests: int
    megabytes: float
    cpu: float


def settings_of(there: Site) -> JiraSettings:
    """How a tracker finds the site."""
    if there.dialect == "cloud":
        return CloudSettings(url=there.url, email=there.email)
    return DatacenterSettings(url=there.url)


def pulled(there: Site, store: Path) -> tuple[int, int]:
    """Pull everything by way of a mirror; returns issues and requests."""
    team = Team(name="All", board=there.board, takes=TeamFilter())
    product = Product(name=there.project, owner="Product Owner", goal="", teams=(team,))
    mirror = Mirror.open(store)
    tracker = open_tracker(settings_of(there), there.token, mirror)
    snapshot = tracker.pull(Scope(backlog=f"project = {there.project}", product=product))
    mirror.close()
    return len(snapshot.issues), tracker.requests


def looped(there: Site) -> tuple[int, int]:
    """What a script with the library would do; returns issues and requests."""
    sent = [0]
    real = HTTPAdapter.send

    def counting(*args: object, **kwargs: object) -> object:
        sent[0] += 1
        return real(*args, **kwargs)  # type: ignore[arg-type]

    HTTPAdapter.send = counting  # type: ignore[method-assign,assignment]
    cloud = there.dialect == "cloud"
    login = {"basic_auth": (there.email, there.token)} if cloud else {"token_auth": there.token}
    client = JIRA(server=there.url, options={"rest_api_version": "3" if cloud else "2"}, **login)
    fields = list(wanted_fields(discover(client.fields(), FieldNames(), boards={}, extra=())))
    search = client.enhanced_search_issues if cloud else client.search_issues
    found = search(f"project = {there.project}", maxResults=False, fields=fields)
    return len(found), sent[0]


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a few hundred issues, once")
    options.add_argument("--one", nargs=2, metavar=("WHAT", "SITE"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.one:
        _one(*asked.one)
        return
    issues, turns = (QUICK_ISSUES, QUICK_TURNS) if asked.quick else (REAL_ISSUES, TURNS)
    kind = "real" if is_real(issues) else "invented"
    print(f"pull of {issues} {kind} issues, median of {turns}")
    print(
        f"{'':34} {'issues':>7} {'seconds':>8} {'issues/s':>9} {'requests':>9} {'CPU s':>7} {'peak MB':>8}", flush=True
    )
    for dialect in DIALECTS:
        with site(dialect, issues) as there:
            _compare(there, turns)


def _compare(there: Site, turns: int) -> None:
    took: dict[str, list[Taken]] = {"readyline, first": [], "readyline, again": [], "jira library, plain loop": []}
    for _ in range(turns):
        with tempfile.TemporaryDirectory() as folder:
            store = str(Path(folder) / "mirror.db")
            took["readyline, first"].append(_measured(store, there))
            took["readyline, again"].append(_measured(store, there))
        took["jira library, plain loop"].append(_measured("", there))
    for name, runs in took.items():
        print(_row(f"{there.dialect}: {name}", runs))
    loop, first = took["jira library, plain loop"], took["readyline, first"]
    wall = median(one.seconds for one in loop) / median(one.seconds for one in first)
    cpu = median(one.cpu for one in loop) / median(one.cpu for one in first)
    print(
        f"{there.dialect}: beside the first pull the loop takes {wall:.2f} of its time, {cpu:.2f} of its CPU",
        flush=True,
    )


def _measured(store: str, there: Site) -> Taken:
    words = [sys.executable, "-m", "tests.benchmarks.pull", "--one", store, json.dumps(list(_values(there)))]
    ended = subprocess.run(words, check=True, capture_output=True, text=True)
    return Taken(*json.loads(ended.stdout.splitlines()[-1]))


def _values(there: Site) -> Iterator[str | int]:
    yield from (there.dialect, there.url, there.project, there.board)


def _one(store: str, values: str) -> None:
    """In a process of its own: pull once, by the mirror or, without one, by the loop."""
    set_up(verbosity=-1, secrets=())
    there = Site(*json.loads(values))
    started = time.perf_counter()
    issues, requests = pulled(there, Path(store)) if store else looped(there)
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([issues, seconds, requests, used.ru_maxrss / MEGABYTE, used.ru_utime + used.ru_stime]))


def _row(name: str, runs: list[Taken]) -> str:
    seconds = median(one.seconds for one in runs)
    issues, requests = runs[0].issues, round(median(one.requests for one in runs))
    peak = median(one.megabytes for one in runs)
    cpu = median(one.cpu for one in runs)
    return f"{name:34} {issues:7} {seconds:8.2f} {issues / seconds:9.0f} {requests:9} {cpu:7.1f} {peak:8.0f}"


if __name__ == "__main__":
    main()
