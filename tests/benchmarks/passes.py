"""How long whole passes take over a long backlog: the program itself, as a person would call it.

    python -m tests.benchmarks.passes [--quick]

The site is in another process. `check` comes first with an empty store and once more with a full one, as `plan`;
`run` and the `run` after it follow. What a run writes depends on its findings: see the changes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.site import DIALECTS, REAL_ISSUES, Site, is_real, site

QUICK_ISSUES = 400
MEGABYTE = 1024  # `ru_maxrss` counts kilobytes
COMMANDS = (
    ("check, nothing known", ("check",)),
    ("plan", ("plan",)),
    ("run", ("run",)),
    ("run again", ("run",)),
)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended and what it took."""

    code: int
    seconds: float
    megabytes: float
    said: dict[str, object]

    def counted(self, name: str) -> str:
        """How many things a list of the answer holds, "" where it has no such list."""
        found = self.said.get(name)
        return str(len(found)) if isinstance(found, list) else ""


def config(there: Site) -> str:
    """A configuration for one team, with limits that let everything through."""
    login = f'email = "{there.email}"\n' if there.dialect == "cloud" else ""
    return f"""\
[tracker]
kind = "jira-{there.dialect}"
url = "{there.url}"
{login}
[product]
name = "{there.project}"
owner = "Product Owner"
backlog = "project = {there.project} AND statusCategory != Done"

[[teams]]
name = "All"
board = {there.board}
takes = {{ components = ["Android", "iOS", "payments"] }}

[write_back]
enabled = true
[write_back.limits]
max_changes = 100000
max_share = 1.0
"""


def called(words: tuple[str, ...], folder: Path, token: str) -> Ended:
    """Call the program and wait for it; its peak memory is its own, not that of all before it."""
    whole = [sys.executable, "-m", "sync", *words, "--format", "json", "-q", "-c", str(folder / "config.toml")]
    answer = folder / "answer.json"
    started = time.perf_counter()
    with answer.open("wb") as out:
        process = subprocess.Popen(whole, stdout=out, env={**os.environ, "READYLINE_TOKEN": token})
        _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    said = json.loads(answer.read_bytes() or b"{}")
    return Ended(process.returncode, seconds, used.ru_maxrss / MEGABYTE, said)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a site of a few hundred issues")
    issues = QUICK_ISSUES if options.parse_args().quick else REAL_ISSUES
    print(f"whole passes over a site of {issues} {'real' if is_real(issues) else 'invented'} issues")
    print(f"{'':34} {'exit':>4} {'seconds':>8} {'judged':>7} {'changes':>8} {'peak MB':>8}", flush=True)
    for dialect in DIALECTS:
        with site(dialect, issues) as there, tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "config.toml").write_text(config(there), encoding="utf-8")
            for what, words in COMMANDS:
                ended = called(words, folder, there.token)
                print(
                    f"{f'{dialect}: {what}':34} {ended.code:4} {ended.seconds:8.2f} {ended.counted('issues'):>7} "
                    f"{ended.counted('changes'):>8} {ended.megabytes:8.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
