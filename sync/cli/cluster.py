"""What `readyline worker` and `readyline queue` do: runs of many products by several machines."""

import os
from importlib.util import find_spec
from pathlib import Path

from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.extras import installing
from sync.stopping import StopRequest

LIBRARIES = ("procrastinate", "psycopg", "psycopg_pool")


def worker(terminal: Terminal, products: Path, places: int, variable: str) -> None:
    """Take runs from the queue until SIGTERM or SIGINT. Raises `ReadylineError`."""
    terminal.log(terminal.verbosity + 1)  # one line a run is all that a worker shows
    url = _address(terminal, variable)
    from sync.cluster.database import ClusterDatabase
    from sync.cluster.queue import queue_at
    from sync.cluster.runs import ProductRuns
    from sync.cluster.worker import take_jobs
    from sync.worker import next_run

    stop = StopRequest()
    with ClusterDatabase(url) as database:
        runs = ProductRuns(products, database, stop, read=terminal.read, next_run=next_run)
        runs.files()  # a folder that cannot be read is an error at the start
        take_jobs(queue_at(url, runs.run, runs.keep_up, runs.roster.queued), places, stop)


def queue(terminal: Terminal, product: str, variable: str) -> None:
    """Show each product of the cluster; with a product, ask for a run of it first. Raises `ReadylineError`."""
    url = _address(terminal, variable)
    from sync.cluster import overview
    from sync.cluster.database import ClusterDatabase
    from sync.cluster.roster import Roster
    from sync.reports.json_models import dump

    with ClusterDatabase(url) as database:
        roster = Roster(database)
        if product and not roster.ask_for(product):
            raise UsageError(f'--run: the cluster has no product "{product}"')
        document = roster.overview()
    terminal.answer(text=lambda: overview.page(document), json=lambda: dump(document))


def _address(terminal: Terminal, variable: str) -> str:
    """The address of the database, which is hidden from then on: it may hold a password. Raises `UsageError`."""
    if any(find_spec(library) is None for library in LIBRARIES):
        raise UsageError(f"this command needs the queue; {installing('cluster')}")
    url = os.environ.get(variable, "").strip()
    if not url.startswith(("postgresql://", "postgres://")):
        raise UsageError(
            f"the environment variable {variable} must hold the address of the queue's database, such as "
            "postgresql://readyline@db.example.com/readyline"
        )
    terminal.secrets.add(url)
    return url
