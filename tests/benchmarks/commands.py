"""CPU seconds of each command up to the first thing that a person sees, on a terminal, over the invented shop.

    python -m tests.benchmarks.commands [--quick]

A command's own time counts, and not that of the site, which is a process of its own, nor the time of waiting for it.
The first output is often the line of progress. Each command is started three times, and the best counts: as in an
installation, its modules are compiled by then.
"""

import argparse
import os
import pty
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sync.demo.company import absences_csv, config_toml
from tests.benchmarks.site import Site, site

ISSUES, TRIES = 150, 3
QUICKLY, SOON = 0.3, 0.6
"""The most CPU seconds to the first output: of help, versions and usage errors, and of everything else."""
TICKS = os.sysconf("SC_CLK_TCK")
STORY = "Story: Pay with a saved card\n\nReturning shoppers choose a card they used before.\n"


@dataclass(frozen=True, slots=True)
class Line:
    """A command line, and the most seconds to its first output."""

    words: str
    most: float = SOON


LINES = (
    *(Line(words, QUICKLY) for words in ("--version", "--help", "check --help", "chekc", "check --lmit 3")),
    *map(
        Line,
        (
            *("rules", "rules acceptance", "config check", "config show", "config schema", "lint story.md"),
            *("history", "baseline --list", "absences check", "doctor", "check", "check --not-ready", "why SHOP-113"),
            *("capacity", "forecast", "plan", "planning", "planning --team Payments", "sprint --team Payments"),
            *("refinement --layer overall", "review", "epics", "report --out out", "preview --config config.toml"),
            *("seen", "discuss", "run"),
        ),
    ),
)


def seconds(words: str, folder: Path, environ: dict[str, str]) -> float:
    """The CPU seconds that a command took before the first byte on its terminal."""
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "sync", *words.split()]
    with os.fdopen(ours, "rb", buffering=0) as screen:
        process = subprocess.Popen(command, stdin=its, stdout=its, stderr=its, cwd=folder, env=environ)
        os.close(its)
        try:
            screen.read(1)
            return used(process.pid)
        finally:
            process.kill()
            process.wait()


def used(process: int) -> float:
    """The CPU seconds of a process that still runs or waits to be asked for its end."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (
        int(fields[11]) + int(fields[12])
    ) / TICKS  # utime and stime: https://man7.org/linux/man-pages/man5/proc.5.html


def prepare(folder: Path, place: Site) -> dict[str, str]:
    """A configuration of the shop with a first run behind it, and the environment of the commands."""
    (folder / "config.toml").write_text(config_toml(place.url, place.dialect, email=place.email), encoding="utf-8")
    (folder / "absences.csv").write_text(absences_csv(datetime.now(UTC)), encoding="utf-8")
    (folder / "story.md").write_text(STORY, encoding="utf-8")
    source = str(Path(__file__).parents[2])
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ |= {"READYLINE_TOKEN": place.token, "PYTHONPATH": source, "COLUMNS": "100"}
    environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    first = [sys.executable, "-m", "sync", "run", "-q"]
    subprocess.run(first, cwd=folder, env=environ, stdout=subprocess.DEVNULL, check=True)
    return environ


def main() -> int:
    """Print the table; returns 0 whatever the figures are."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="three commands, once")
    is_quick = options.parse_args().quick
    lines, tries = (LINES[:3], 1) if is_quick else (LINES, TRIES)
    with tempfile.TemporaryDirectory() as name, site("cloud", ISSUES) as place:
        folder = Path(name)
        environ = prepare(folder, place)
        print(f"{'command':32} {'CPU s':>6} {'most':>5}")
        for line in lines:
            best = min(seconds(line.words, folder, environ) for _ in range(tries))
            print(f"{line.words:32} {best:6.2f} {line.most:5.1f}{'' if best <= line.most else '  missed'}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
