"""What `readyline serve` does: runs by the schedule, and the web server that shows them where one is configured."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from importlib.util import find_spec

from rules.plan.outcome import Result
from sync.cli.terminal import Terminal
from sync.config import schedule_of
from sync.config.http_address import address_of
from sync.config.settings import ServeSettings, Settings
from sync.errors import UsageError
from sync.reports.base import RunReport
from sync.run.unchanged import Unchanged, run_if_changed
from sync.web.status import Board, Run
from sync.worker import Worker

LIBRARIES = ("waitress", "werkzeug", "prometheus_client")


def serve(terminal: Terminal) -> None:
    """Run by the schedule until SIGTERM or SIGINT. Raises `UsageError` where the web server cannot start."""
    terminal.log(terminal.verbosity + 1)  # one line a run is all that a worker shows
    settings = terminal.settings()
    terminal.make_room()
    board = Board()

    def work() -> tuple[datetime, ...]:
        # Each run reads the configuration again. A waiver that ends meanwhile is reported and does not stop the worker.
        with replace(terminal, today=None).context(stopping=worker.stopping) as context:
            report = run_if_changed(context)
            board.ran(_figures(report))
            if isinstance(report, Unchanged):
                return report.standing.extra_runs
            return context.extra_runs(report.snapshot)

    worker = Worker(work, schedule_of(settings), board.failed)
    with _web(settings, board, worker):
        worker.serve()


def _figures(report: RunReport | Unchanged) -> Run:
    if isinstance(report, Unchanged):
        return Run(
            ended=report.finished,
            seconds=(report.finished - report.started).total_seconds(),
            written=0,
            refused=0,
            requests=report.requests,
            issues=report.standing.near,
            ready=report.standing.near_ready,
        )
    horizon = report.judgement.near
    return Run(
        ended=report.finished,
        seconds=(report.finished - report.started).total_seconds(),
        written=sum(outcome.result is Result.DONE for outcome in report.outcomes),
        refused=int(bool(report.refused)),
        requests=report.requests,
        issues=len(horizon),
        ready=sum(verdict.ready for verdict in horizon),
    )


@contextmanager
def _web(settings: Settings, board: Board, worker: Worker) -> Iterator[None]:
    """The web server for as long as the worker runs, where one is configured."""
    wanted = settings.serve
    if not wanted.http:
        yield
        return
    if any(find_spec(library) is None for library in LIBRARIES):
        raise UsageError("serve.http needs the web server; install it in your checkout with: pip install '.[serve]'")
    from sync.web.app import Site
    from sync.web.server import serving

    token, secret = _secrets(wanted, os.environ)
    site = Site(
        title=settings.product.name,
        folders=tuple(dict.fromkeys(report.path for report in settings.reports)),
        board=board,
        token=token,
        hook_secret=secret,
        wake=worker.wake,
    )
    with serving(site, *address_of(wanted.http)):
        yield


def _secrets(wanted: ServeSettings, environ: Mapping[str, str]) -> tuple[str, str]:
    """The token of readers and the secret of hooks, "" where none is wanted. Raises `UsageError` for an empty one."""
    values = []
    for option, name in (("token_env", wanted.token_env), ("hook_env", wanted.hook_env)):
        value = environ.get(name, "").strip() if name else ""
        if name and not value:
            raise UsageError(f"serve.{option}: the environment variable {name} is empty; set it, or leave it out")
        values.append(value)
    return values[0], values[1]
