"""`python -m sync.demo`: keep a local Jira running, with the invented shop or with raw Jira JSON."""

import argparse
import threading
from contextlib import suppress
from pathlib import Path

from sync.demo.company import fill
from sync.demo.people import EMAIL
from sync.errors import UsageError
from sync.fake_jira.raw import loader
from sync.fake_jira.server import FakeJira


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m sync.demo", description=__doc__)
    parser.add_argument("--dialect", choices=["cloud", "datacenter"], default="cloud")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--load", type=Path, metavar="FILE", help="issues as .jsonl or .jsonl.gz instead of the shop")
    options = parser.parse_args()
    try:
        company = loader(options.load) if options.load else fill
        jira = FakeJira(options.dialect, company, email=EMAIL, port=options.port)
    except UsageError as error:
        parser.error(str(error))
    with jira as jira, suppress(KeyboardInterrupt):
        line = f"{jira.url}  e-mail {jira.email}  token {jira.token}  issues {len(jira.state.issues)}"
        print(line, flush=True)  # noqa: T201 - the address for the person who started it
        threading.Event().wait()


if __name__ == "__main__":
    main()
