"""`python -m sync.demo`: keep a stand-in running, filled with the invented shop or with raw Jira JSON."""

import argparse
import threading
from contextlib import suppress
from pathlib import Path

from sync.demo.raw import loader
from sync.demo.server import StandIn


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m sync.demo", description=__doc__)
    parser.add_argument("--dialect", choices=["cloud", "datacenter"], default="cloud")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--load", type=Path, metavar="FILE", help="issues as .jsonl or .jsonl.gz instead of the shop")
    asked = parser.parse_args()
    with (
        StandIn(asked.dialect, loader(asked.load) if asked.load else None, port=asked.port) as jira,
        suppress(KeyboardInterrupt),
    ):
        print(f"{jira.url}  e-mail {jira.email}  token {jira.token}  issues {len(jira.state.issues)}")  # noqa: T201
        threading.Event().wait()


if __name__ == "__main__":
    main()
