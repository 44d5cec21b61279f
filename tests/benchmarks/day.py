"""A day of the worker in fast time: whether memory stays flat and files stay bounded.

    python -m tests.benchmarks.day [--quick]

96 runs, a quarter of an hour apart by the clocks of the worker and of the site, which both are moved. The site is the
invented shop in a process of its own. Every hour a person changes an issue, every three hours so that its verdict
changes. Then the clocks go on by 401 days: what is older than its retention must be gone after one more run.
"""

import argparse
import gc
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import requests

from sync.config import load
from sync.demo.company import absences_csv, config_toml, fill
from sync.demo.people import EMAIL
from sync.fake_jira.server import TOKEN, FakeJira
from sync.fake_jira.world import utc_now
from sync.logs import set_up
from sync.run.context import open_context
from sync.run.unchanged import Unchanged, run_if_changed

RUNS, QUICK_RUNS = 96, 12
QUARTER, LONG = timedelta(minutes=15), timedelta(days=401)
WARM = 0.25
"""The part of the runs after which everything that is kept in memory should be there."""
MEGABYTE = 1024 * 1024
EDITED = ("SHOP-105", "SHOP-112", "SHOP-118", "SHOP-126")
PAST = {
    "run_log": "at",
    "run_figures": "at",
    "backlogs": "at",
    "messages": "at",
    "mails": "at",
    "shown_findings": "first",
    "sprint_starts": "at",
}
"""The tables with a retention, and the column with the time of a row."""


class Moved:
    """A clock that is ahead of the real one by what a file says, so that two processes agree on the time."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __call__(self) -> datetime:
        return utc_now() + timedelta(minutes=float(self.file.read_text(encoding="utf-8")))

    def move(self, span: timedelta) -> None:
        """Go ahead."""
        minutes = float(self.file.read_text(encoding="utf-8")) + span.total_seconds() / 60
        self.file.write_text(str(minutes), encoding="utf-8")


@contextmanager
def site(file: Path) -> Iterator[str]:
    """The shop in another process, as its address."""
    words = [sys.executable, "-m", "tests.benchmarks.day", "--serve", str(file)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            yield url
        finally:
            process.communicate()  # which closes its standard input: the sign to leave


def serve(file: Path) -> None:
    """Answer until standard input ends."""
    clock = Moved(file)
    with FakeJira("cloud", fill, email=EMAIL, now=clock(), clock=clock) as jira:
        print(jira.url, flush=True)
        sys.stdin.read()


def edit(url: str, number: int) -> None:
    """A person changes an issue: its title, every third time its estimate as well."""
    fields: dict[str, object] = {"summary": f"Changed by a person, {number}"}
    if number % 3 == 0:
        fields["customfield_10016"] = float(1 + number % 5)
    address = f"{url}/rest/api/3/issue/{EDITED[number % len(EDITED)]}"
    requests.put(address, json={"fields": fields}, auth=(EMAIL, TOKEN), timeout=60).raise_for_status()


def run(config: Path, clock: Moved) -> str:
    """One run of the worker: what it did, in a word."""
    settings = load(config, {**os.environ, "READYLINE_TOKEN": TOKEN})
    with open_context(settings) as context:
        report = run_if_changed(replace(context, clock=clock))
    if isinstance(report, Unchanged):
        return "unchanged"
    return f"{len(report.outcomes)} written" if report.outcomes else "judged"


def resident() -> float:
    """The memory of this process, in megabytes."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def sizes(folder: Path) -> str:
    """The size of each file of the store, in megabytes."""
    names = ("readyline.db", "readyline.db.mirror", "readyline.db.days")
    return "  ".join(f"{(folder / name).stat().st_size / MEGABYTE:8.2f}" for name in names if (folder / name).exists())


def rows(folder: Path, before: datetime) -> dict[str, tuple[int, int]]:
    """By table, its rows, and those of before a moment."""
    with closing(sqlite3.connect(folder / "readyline.db")) as database:
        return {
            table: (
                database.execute(f"SELECT count(*) FROM {table}").fetchone()[0],  # noqa: S608 - our own names
                database.execute(
                    f"SELECT count(*) FROM {table} WHERE {column} < ?",  # noqa: S608
                    (before.isoformat(),),
                ).fetchone()[0],
            )
            for table, column in PAST.items()
        }


def day(runs: int, folder: Path, url: str, clock: Moved) -> None:
    """The runs of a day, a line every eighth of it, and whether memory grew after the warm-up."""
    config = folder / "config.toml"
    config.write_text(config_toml(url, "cloud", store=str(folder / "readyline.db")), encoding="utf-8")
    (folder / "absences.csv").write_text(absences_csv(clock()), encoding="utf-8")
    print(f"{'run':>4} {'did':>12} {'RSS MB':>8} {'store':>9} {'mirror':>9} {'days MB':>9}", flush=True)
    warm = 0.0
    for number in range(runs):
        did = run(config, clock)
        if number == int(runs * WARM):
            warm = resident()
        if number % max(1, runs // 8) == 0 or number == runs - 1:
            print(f"{number:4} {did:>12} {resident():8.1f} {sizes(folder)}", flush=True)
        clock.move(QUARTER)
        if number % 4 == 3:
            edit(url, number // 4)
    print(f"memory after run {int(runs * WARM)}: {warm:.1f} MB, at the end: {resident():.1f} MB", flush=True)


def much_later(folder: Path, clock: Moved) -> None:
    """What one run a long time later leaves of the day."""
    end = clock()
    clock.move(LONG)
    print(f"\nafter {LONG.days} days: {run(folder / 'config.toml', clock)}", flush=True)
    print(f"\n{'table':16} {'rows':>8} {'of that day':>12}   after {LONG.days} days", flush=True)
    for table, (every, old) in rows(folder, end).items():
        print(f"{table:16} {every:8} {old:12}", flush=True)
    with closing(sqlite3.connect(folder / "readyline.db.days")) as database:
        kept = [one for (one,) in database.execute("SELECT day FROM days")]
    print(f"days kept: {', '.join(kept)}; files: {sizes(folder)} MB")


def main() -> None:
    """Print the day, and what is left of it."""
    set_up(verbosity=-1, secrets=())
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a few runs only")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve(asked.serve)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clock = Moved(folder / "ahead")
        clock.file.write_text("0", encoding="utf-8")
        with site(clock.file) as url, patch("sync.run.context.now", clock):
            day(QUICK_RUNS if asked.quick else RUNS, folder, url, clock)
            much_later(folder, clock)


if __name__ == "__main__":
    main()
