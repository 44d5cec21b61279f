"""A run that would find what the last one found: it only looks, and the verdicts, plan and reports of that run stand.

All that a run works with has a digest: what the tracker holds, the configuration and absences, the program, and the
store with what people decided, what was written and what was sent. A run that has nothing to write keeps the digest in
the mirror. As long as it is the same, the next runs stop after the pull. An hour later the backlog is judged again, and
sooner where time alone changes something: a new day, the start or end of a sprint, the preparation of a planning, the
end of a pause, the next try of a message.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rules.planning.lead_time import lead_times
from sync.errors import CUTS
from sync.logs import get_logger
from sync.reports.base import CutRun, RunReport
from sync.run import health
from sync.run.context import RunContext, begin
from sync.store.database import Database
from sync.store.mirror import Mirror
from sync.trackers.base import LooksFirst

log = get_logger()

STANDS_FOR = timedelta(hours=1)
NOTE = "last result"
"""The note of the mirror with the result that still applies."""
GROWING = frozenset({"run_log", "not_written", "run_figures"})
"""The tables of the store that every run adds to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The result of `run`, which judged the backlog `at` this moment; at `until`, time alone may change it.

    `latest` is the last run that found nothing changed, at first `run` itself: it holds only while no other run came.
    `document` is what the run printed as JSON, `health` its health file. `near` issues are in the ready horizon, and
    `near_ready` of them are ready. At the `extra_runs`, a planning wants a run of its own.
    """

    run: str
    latest: str
    at: datetime
    until: datetime
    inputs: str
    digest: str
    document: str
    health: dict[str, object]
    near: int
    near_ready: int
    extra_runs: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A run that found nothing changed, and the result that still applies."""

    run: str
    started: datetime
    finished: datetime
    requests: int
    standing: Standing


_STANDING = TypeAdapter(Standing)


def run_if_changed(
    context: RunContext, *, expect: str | None = None, on_cut: Callable[[CutRun], None] = lambda _: None
) -> RunReport | Unchanged:
    """Look, and carry out the whole run where anything is another than before; arguments and errors as `execute_run`.

    A run that expects a plan is always a whole one. So is one with a living page, whose boxes only a whole run reads.
    """
    tracker, mirror = context.tracker, context.mirror
    is_whole = expect is not None or context.page or context.store.journal.unsettled()
    if is_whole or mirror is None or not isinstance(tracker, LooksFirst):
        return _execute(context, expect=expect, on_cut=on_cut)
    begun = run, started = begin(context.clock)
    try:
        state = tracker.look(context.scope)
    except CUTS as error:
        from sync.run.cut import cut_short

        cut_short(run, None, error, context.store, on_cut)
        raise
    standing = _standing(mirror)
    if standing is not None and _still_stands(standing, context, state, started):
        tracker.stand()
        _keep(replace(standing, latest=run), mirror)
        return _repeat(standing, context, run, started)
    report = _execute(context, on_cut=on_cut, begun=begun)
    if _may_stand(report) and (state := tracker.state):
        _keep(_result(report, context, state), mirror)
    return report


def _execute(context: RunContext, **values: Any) -> RunReport:
    """The whole run, which is loaded only where it is needed."""
    from sync.run.run import execute_run

    return execute_run(context, **values)


def inputs(context: RunContext, state: str) -> str:
    """The digest of everything that a run works with; `state` is that of the tracker, "" where it is not known."""
    return joined(state, given(context)) if state else ""


def given(context: RunContext) -> str:
    """The digest of what a run works with besides the tracker, as it is now."""
    digest = hashlib.sha256(context.inputs().encode())
    _add_rows(context.store.database, digest.update)
    return digest.hexdigest()


def joined(state: str, others: str) -> str:
    """The digest of a tracker's state and what was `given`."""
    return hashlib.sha256(f"{state} {others}".encode()).hexdigest()


def _add_rows(database: Database, add: Callable[[bytes], None]) -> None:
    """Everything in the store that a run may read; of the orders of earlier days only the days."""
    for table in database.tables():
        if table not in GROWING:
            columns = "day, at" if table == "backlogs" else "*"
            add(table.encode())
            rows = database.rows(f"SELECT {columns} FROM {table}")  # noqa: S608 - names of our own tables
            for row in sorted(map(repr, rows)):
                add(row.encode(errors="replace"))


def _keep(standing: Standing, mirror: Mirror) -> None:
    mirror.note(NOTE, _STANDING.dump_json(standing).decode())


def _standing(mirror: Mirror) -> Standing | None:
    """The result that was kept last; `None` where there is none, or another version kept it."""
    try:
        return _STANDING.validate_json(mirror.noted(NOTE) or "null")
    except ValidationError:
        return None


def _still_stands(standing: Standing, context: RunContext, state: str, now: datetime) -> bool:
    is_quiet = context.quiet is not None and context.quiet.until(now) is not None
    is_latest = [one.run for one in context.store.run_log.runs(1)] == [standing.latest]
    in_time = standing.at <= now < standing.until and not is_quiet
    return in_time and is_latest and standing.inputs == inputs(context, state)


def _may_stand(report: RunReport) -> bool:
    """Whether the next run would do nothing either: nothing to write, to answer, to hold back or to complain about."""
    plan = report.plan
    waits = plan.changes or plan.held or report.commands.fresh or report.refused or report.quiet_until is not None
    faults = report.snapshot.stopped or report.judgement.errors
    return report.writes and bool(report.snapshot.issues) and not waits and not faults


def _result(report: RunReport, context: RunContext, state: str) -> Standing:
    from sync.reports import as_json
    from sync.reports.json_models import dump

    near = report.judgement.near
    return Standing(
        run=report.run,
        latest=report.run,
        at=report.started,
        until=lasts_until(report, context),
        inputs=inputs(context, state),
        digest=report.plan.digest,
        document=dump(as_json.run_document(report)),
        health=health.document(report),
        near=len(near),
        near_ready=sum(verdict.ready for verdict in near),
        extra_runs=context.extra_runs(report.snapshot),
    )


def lasts_until(report: RunReport, context: RunContext) -> datetime:
    """The first moment at which time alone may change what a report says."""
    at, snapshot = report.started, report.snapshot
    days = ((at.astimezone(zone).date() + timedelta(days=1), zone) for zone in (UTC, context.lead_time.zone))
    moments = [
        at + STANDS_FOR,
        *(datetime.combine(day, time(), zone) for day, zone in days),
        *(moment for sprint in snapshot.sprints for moment in (sprint.start, sprint.end) if moment is not None),
        *lead_times(snapshot, context.lead_time),
        *(pause.until for pause in context.store.pauses.all() if pause.until is not None),
        *(late.next_try for late in context.store.messages.undelivered()),
    ]
    return min(moment for moment in moments if moment > at).astimezone(UTC)


def _repeat(standing: Standing, context: RunContext, run: str, started: datetime) -> Unchanged:
    """Note in the log, the history and the health file that this run found nothing changed."""
    context.publisher()  # a channel without its secret is an error in every run
    store, finished, requests = context.store, context.clock(), context.tracker.requests
    store.run_log.repeat(run, started, standing.digest)
    store.history.repeat(run, started, standing.run)
    seconds = round((finished - started).total_seconds(), 3)
    facts = {"last_success": finished.isoformat(), "run": run, "seconds": seconds, "requests": requests}
    health.write_facts(standing.health | facts, context.health)
    log.info("run.unchanged", since=standing.run, requests=requests, seconds=seconds)
    return Unchanged(run=run, started=started, finished=finished, requests=requests, standing=standing)
