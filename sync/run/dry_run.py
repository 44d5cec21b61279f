"""Shadow mode: while writing is off, every pass is also played to its end, beside the tracker, and kept as a diary.

What plays the tracker takes every change and writes nothing; what plays the store is the diary. Everything else is
the very code of a pass, so that a replay with writing on gives exactly what the diary says. The guard does not stop
the play: the card says which limits would have let it pass.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace

import structlog

from rules.model import Issue, OwnMarks, Snapshot
from rules.plan.changes import Change, PutComment
from rules.plan.dry_run import GoLive, go_live
from rules.plan.outcome import Outcome, Result
from sync.reports.base import RunReport
from sync.run.context import RunContext
from sync.store import Store
from sync.store.dry_run_log import DryRunLog, beside, end
from sync.trackers.base import Scope


class DryRunTracker:
    """Plays a tracker: shows a snapshot, takes every change, and sends none of them anywhere."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.requests = 0
        self._snapshot = snapshot
        self._issues = {issue.id: issue for issue in (*snapshot.history, *snapshot.issues)}

    def pull(self, _scope: Scope) -> Snapshot:
        """The snapshot."""
        return self._snapshot

    def read(self, issue_id: str) -> Issue | None:
        """One issue of it."""
        return self._issues.get(issue_id)

    def apply(self, batch: Sequence[Change], _marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:
        """Say that all is done; a comment gets an id that no tracker would give."""
        return tuple(
            Outcome(
                change=change,
                result=Result.DONE,
                comment=(change.comment or f"would-be-{change.issue}") if isinstance(change, PutComment) else None,
            )
            for change in batch
        )


@contextmanager
def dry_run(report: RunReport, context: RunContext) -> Iterator[tuple[RunContext, DryRunLog]]:
    """The desk at which a pass is played, and the diary it is noted in. Raises `StoreError`."""
    with (
        closing(DryRunLog.open(context.store.path, report.started)) as diary,
        structlog.contextvars.bound_contextvars(shadow=True),
    ):
        real = context.store
        diary.answers.give(real.answers.given())
        laid = diary.overlay(report.snapshot, real.journal.memory())
        played = replace(real, journal=diary.journal, answers=diary.answers, mails=diary.mails, activity=diary.activity)
        yield replace(context, tracker=DryRunTracker(laid), store=played, writes=True), diary


def go_live_summary(report: RunReport, diary: DryRunLog) -> GoLive:
    """What the diary taught up to this pass."""
    people = {person.account: person.name for team in report.snapshot.product.teams for person in team.people}
    findings = {finding.fingerprint for verdict in report.judgement.verdicts for finding in verdict.findings}
    return go_live(
        diary.pages(),
        [(at, people.get(person, person)) for at, person in diary.mails.rows()],
        since=diary.since,
        until=report.started,
        in_scope=len(report.snapshot.issues),
        findings=len(findings),
    )


def go_live_summary_so_far(report: RunReport, store: Store) -> GoLive | None:
    """The card as earlier passes left it, `None` where there is no diary."""
    if not beside(store.path).exists():
        return None
    with closing(DryRunLog.open(store.path, report.started)) as diary:
        return go_live_summary(report, diary)


def end_dry_run_log(store: Store) -> None:
    """Put the diary away: from now on plans start from the tracker as it is."""
    if end(store.path):
        structlog.get_logger().info("diary.ended", kept=f"{beside(store.path)}.ended")
