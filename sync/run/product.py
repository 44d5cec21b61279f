"""One run of one product, as `readyline serve` and the workers of a cluster call it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rules.plan.outcome import Result
from sync.config import Settings
from sync.reports import make_room
from sync.reports.base import RunReport
from sync.run.context import open_context
from sync.run.unchanged import Unchanged, run_if_changed
from sync.web.status import Run


@dataclass(frozen=True, slots=True)
class ProductRun:
    """How a good run ended, and the moments at which an extra run is due."""

    figures: Run
    extra_runs: tuple[datetime, ...]


def run_product(settings: Settings, *, stopping: Callable[[], bool]) -> ProductRun:
    """Run once: look, and carry out the whole run where anything changed. Raises `ReadylineError`."""
    for wanted in settings.reports:
        make_room(wanted.path)
    with open_context(settings, stopping=stopping) as context:
        report = run_if_changed(context)
        if isinstance(report, Unchanged):
            return ProductRun(_repeated(report), report.standing.extra_runs)
        return ProductRun(_figures(report), context.extra_runs(report.snapshot))


def _repeated(report: Unchanged) -> Run:
    return Run(
        ended=report.finished,
        seconds=(report.finished - report.started).total_seconds(),
        written=0,
        refused=0,
        requests=report.requests,
        issues=report.standing.near,
        ready=report.standing.near_ready,
    )


def _figures(report: RunReport) -> Run:
    near = report.judgement.near
    return Run(
        ended=report.finished,
        seconds=(report.finished - report.started).total_seconds(),
        written=sum(outcome.result is Result.DONE for outcome in report.outcomes),
        refused=int(bool(report.refused)),
        requests=report.requests,
        issues=len(near),
        ready=sum(verdict.ready for verdict in near),
    )
