"""A run that the site or a stop cut short: what it had done until then."""

from collections.abc import Callable
from dataclasses import replace

from rules.plan.changes import identity_of
from rules.plan.outcome import Outcome, Result
from sync.errors import ReadylineError
from sync.logs import get_logger
from sync.reports.base import CutRun, RunReport
from sync.reports.names import with_names
from sync.run.keep import keep_unwritten
from sync.store import Store

log = get_logger()

NOT_REACHED = "the run was cut short before it"
UNKNOWN = "it is not known whether it was written; the next run checks"


def cut_short(
    run: str, report: RunReport | None, error: ReadylineError, store: Store, on_cut: Callable[[CutRun], None]
) -> None:
    """Log that a run was cut short, keep what it did not write, and let `on_cut` say it."""
    cut = _cut(run, report, str(error), store)
    if cut.report is not None:
        keep_unwritten(with_names(cut.report), store)
    log.info("run.cut_short", why=cut.why, written=cut.written, go_on=" ".join(cut.how_to_go_on))
    on_cut(cut)


def _cut(run: str, report: RunReport | None, why: str, store: Store) -> CutRun:
    """What a run had done when it was cut short: the journal knows, also where the error says nothing of it."""
    if report is None:
        return CutRun(run=run, why=why)
    written = {identity_of(write.change): write for write in store.journal.writes_of(run)}
    outcomes = []
    for change in report.plan.changes:
        write = written.get(identity_of(change))
        if write is None:
            outcome = Outcome(change=change, result=Result.SKIPPED, reason=NOT_REACHED)
        elif write.result is None:
            outcome = Outcome(change=change, result=Result.FAILED, reason=UNKNOWN)
        else:
            outcome = Outcome(change=change, result=write.result, reason=write.reason)
        outcomes.append(outcome)
    return CutRun(run=run, why=why, report=replace(report, outcomes=tuple(outcomes)))
