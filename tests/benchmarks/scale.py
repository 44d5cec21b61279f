"""What a command costs at 1,000, 10,000 and 100,000 issues, beside a plain loop with the `jira` library.

    python -m tests.benchmarks.scale [--issues N]... [--dialect NAME] [--quick]

The site is invented from a seed: issues as large as real ones (`crowd.py`), six in ten of them open. It runs in a
process of its own and counts the requests. There are two loops. Both ask for the same open issues and fields as
`check`, and do nothing with them. The second one also asks for the past changes, which `check` reads as well: "of loop"
is the CPU beside that of the second one. CPU is of the command's own process, its start included. As in an
installation, its modules are compiled. "x" is the CPU beside that of the size before.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jira import JIRA

from sync.demo.company import BACKLOG, config_toml
from sync.demo.people import EMAIL
from sync.fake_jira.server import TOKEN, FakeJira
from sync.trackers.jira.fetch import wanted_fields
from sync.trackers.jira.fields import discover
from sync.trackers.jira.settings import FieldNames
from tests.benchmarks.crowd import FIRST_ID, SEED, crowd
from tests.benchmarks.passes import MEGABYTE
from tests.benchmarks.site import DIALECTS

SIZES, QUICK_SIZES = (1_000, 10_000, 100_000), (400,)
CHANGED = 10
CHECK, RUN, LOOP, LOOP_PAST = "check", "run", "loop", "loop-past"
EXPAND = {LOOP: "", LOOP_PAST: "changelog"}
COMPILED = Path(tempfile.gettempdir()) / "readyline-compiled"
PLAIN, PLAIN_PAST = "plain loop with the jira library", "plain loop, with the past changes"
ROWS = (
    (PLAIN, LOOP, 0),
    (PLAIN_PAST, LOOP_PAST, 0),
    ("first check", CHECK, 0),
    ("check, nothing changed", CHECK, 0),
    (f"check, {CHANGED} changed", CHECK, CHANGED),
    ("first run", RUN, 0),
    ("second run, reads what the first wrote", RUN, 0),
    ("run, nothing changed", RUN, 0),
    (f"run, {CHANGED} changed", RUN, CHANGED),
)


@dataclass(frozen=True)
class Site:
    """A site in another process. It answers a line with the number of requests since the last one."""

    process: "subprocess.Popen[str]"
    url: str

    def requests(self, *, change: int = 0) -> int:
        """How many requests there were since the last time; after that, a person edits so many issues."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{change}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def site(dialect: str, issues: int) -> Iterator[Site]:
    """A site of so many issues, in another process."""
    words = [sys.executable, "-m", "tests.benchmarks.scale", "--serve", dialect, str(issues)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Site(process, process.stdout.readline().strip())
        finally:
            process.communicate()  # which closes its standard input: the sign to leave


def serve(dialect: str, issues: int) -> None:
    """Answer until standard input ends."""
    with FakeJira(dialect, lambda state, now: crowd(state, now, issues), email=EMAIL) as jira:
        print(jira.url, flush=True)
        copies = [one for one in jira.state.issues.values() if int(one.id) >= FIRST_ID and one.status.category == "new"]
        for line in sys.stdin:
            print(len(jira.requests), flush=True)
            jira.requests.clear()
            for record in copies[: int(line)]:
                jira.state.edit(record.key, description=f"{record.description.wiki}\n\nOne more line.")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took; `cpu` and `wall` in seconds, `peak` in MB."""

    cpu: float
    wall: float
    peak: float
    requests: int


def cost(there: Site, words: list[str], changed: int) -> Cost:
    """Call a program after so many edits, and wait for it. Raises `RuntimeError` where it fails."""
    there.requests(change=changed)
    started = time.perf_counter()
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ |= {"READYLINE_TOKEN": TOKEN, "PYTHONPYCACHEPREFIX": str(COMPILED)}
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environ)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {process.returncode}: {said}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / MEGABYTE, there.requests())


def loop(dialect: str, url: str, expand: str) -> None:
    """Read the backlog as a script with the library would do."""
    cloud = dialect == "cloud"
    login = {"basic_auth": (EMAIL, TOKEN)} if cloud else {"token_auth": TOKEN}
    client = JIRA(server=url, options={"rest_api_version": "3" if cloud else "2"}, **login)
    fields = list(wanted_fields(discover(client.fields(), FieldNames(), boards={}, extra=())))
    search = client.enhanced_search_issues if cloud else client.search_issues
    search(BACKLOG, maxResults=False, fields=fields, expand=expand or None)


def measured(dialect: str, issues: int, before: Mapping[str, Cost]) -> dict[str, Cost]:
    """Print and return the cost of each row at one size; `before` are those of the size before."""
    costs: dict[str, Cost] = {}
    with site(dialect, issues) as there, tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        text = config_toml(there.url, dialect, store=f"{folder}/readyline.db", reports=f"{folder}/reports/")
        config.write_text(text.replace('absences = ["absences.csv"]\n', ""), encoding="utf-8")
        for name, command, changed in ROWS:
            words = ["sync", command, "--format", "json", "-q", "-c", str(config)]
            if command in EXPAND:
                words = ["tests.benchmarks.scale", "--loop", dialect, there.url, EXPAND[command]]
            taken = costs[name] = cost(there, [sys.executable, "-m", *words], changed)
            loop_past = costs[PLAIN_PAST].cpu if PLAIN_PAST in costs else None
            growth = f"{taken.cpu / before[name].cpu:6.1f}" if name in before else ""
            beside = f"{taken.cpu:8.1f} {f'{taken.cpu / loop_past:8.2f}' if loop_past else '':8}"
            figures = f"{beside} {taken.wall:8.1f} {taken.peak:8.0f} {taken.requests:9} {growth}"
            print(f"{issues:8,} {name:38} {figures}", flush=True)
    return costs


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--issues", type=int, action="append", help="a size; 1,000, 10,000 and 100,000 without it")
    options.add_argument("--dialect", choices=DIALECTS, default="cloud")
    options.add_argument("--quick", action="store_true", help="a few hundred issues")
    options.add_argument("--serve", nargs=2, metavar=("DIALECT", "ISSUES"), help=argparse.SUPPRESS)
    options.add_argument("--loop", nargs=3, metavar=("DIALECT", "URL", "EXPAND"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.serve:
        serve(asked.serve[0], int(asked.serve[1]))
    elif asked.loop:
        loop(*asked.loop)
    else:
        print(f"{asked.dialect}, seed {SEED}")
        heads = f"{'CPU s':>8} {'of loop':>8} {'wall s':>8} {'peak MB':>8} {'requests':>9} {'x':>6}"
        print(f"{'issues':>8} {'':38} {heads}", flush=True)
        before: Mapping[str, Cost] = {}
        for size in asked.issues or (QUICK_SIZES if asked.quick else SIZES):
            before = measured(asked.dialect, size, before)


if __name__ == "__main__":
    main()
