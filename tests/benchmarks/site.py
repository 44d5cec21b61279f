"""A local Jira in a process of its own, so that neither its time nor its memory is counted as ours.

    python -m tests.benchmarks.site cloud 20000

It is filled with the issues of a public Jira where they are there, else with the invented shop's, over and over.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sync.demo.company import fill
from sync.fake_jira.raw import loader
from sync.fake_jira.server import EMAIL, TOKEN, Company, FakeJira
from sync.fake_jira.state import State
from sync.fake_jira.world import RANK_STEP
from tests.external_data import SHARED

REAL = SHARED / "data" / "jira-raw" / "TIMOB" / "issues.jsonl.gz"
REAL_ISSUES = 22_371
FIRST_COPY = 1_000_000
DIALECTS = ("cloud", "datacenter")


@dataclass(frozen=True, slots=True)
class Site:
    """Where a local Jira answers, and which project it holds."""

    dialect: str
    url: str
    project: str
    board: int
    email: str = EMAIL
    token: str = TOKEN


def is_real(issues: int) -> bool:
    """Whether a site of so many issues is made of real ones."""
    return issues >= REAL_ISSUES and REAL.exists()


def company(issues: int) -> Company:
    """What fills a site of so many issues."""
    return loader(REAL) if is_real(issues) else lambda state, now: _crowd(state, now, issues)


def _crowd(state: State, now: datetime, issues: int) -> None:
    """The shop's own issues again and again: texts of every kind and length, as in the shop."""
    fill(state, now)
    first = list(state.issues.values())
    for number in range(len(first), issues):
        model, place = first[number % len(first)], FIRST_COPY + number
        key = f"{model.project}-{place}"
        state.hold(replace(model, id=str(place), key=key, rank=place * RANK_STEP, bonds=[], remarks=[]))
    state.version += 1


@contextmanager
def site(dialect: str, issues: int) -> Iterator[Site]:
    """Open a site of so many issues in another process."""
    words = [sys.executable, "-m", "tests.benchmarks.site", dialect, str(issues)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url, project, board = process.stdout.readline().split()
        try:
            yield Site(dialect, url, project, int(board))
        finally:
            process.communicate()  # which closes its standard input: the sign to leave


def main() -> None:
    """Answer until standard input ends."""
    dialect, issues = sys.argv[1], int(sys.argv[2])
    with FakeJira(dialect, company(issues)) as jira:
        project = "TIMOB" if is_real(issues) else "SHOP"
        sprints = [sprint.board for sprint in jira.state.sprints.values() if sprint.board in jira.state.boards]
        print(jira.url, project, max(sprints, key=sprints.count), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
