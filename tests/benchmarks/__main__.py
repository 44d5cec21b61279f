"""All benchmarks, one after the other: `make bench`, or `make bench ARGS=--quick` to see that they still run.

Each is a program of its own (`python -m tests.benchmarks.NAME`), prints one table, and says why where its material
is absent. What is timed is printed and never asserted: tests that fail on a slow machine teach nothing.
"""

import argparse
import subprocess
import sys
import time

BENCHMARKS = (
    "scale",
    "reading",
    "speed",
    "scenario",
    "requests",
    "atomic",
    "forecast",
    "claims",
    "catalogue",
    "hostile",
    "pull",
    "passes",
    "incremental",
    "history",
    "day",
    "days",
    "planning",
    "cluster",
    "commands",
)
# Those that have a short form.
TIMED = ("scale", "pull", "passes", "incremental", "history", "day", "days", "planning", "cluster", "commands")


def main() -> int:
    """Run them in turn; returns how many broke."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a smoke run: small sites, once")
    options.add_argument("names", nargs="*", metavar="NAME", help=f"only these of {', '.join(BENCHMARKS)}")
    asked = options.parse_args()
    unknown = set(asked.names) - set(BENCHMARKS)
    if unknown:
        options.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    return sum(_run(name, quick=asked.quick) for name in BENCHMARKS if not asked.names or name in asked.names)


def _run(name: str, *, quick: bool) -> bool:
    """Run one; whether it broke."""
    words = ["--quick"] if quick and name in TIMED else []
    print(f"\n== {name} {'=' * (100 - len(name))}", flush=True)
    started = time.perf_counter()
    ended = subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}", *words], check=False)
    print(f"({time.perf_counter() - started:.0f} s)", flush=True)
    return ended.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
