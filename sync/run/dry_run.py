"""Shadow mode: while writing is off, every pass is also played to its end, beside the tracker, and kept as a diary.

What plays the tracker takes every change and writes nothing; what plays the store is the diary. Everything else is
the very code of a pass, so that a replay with writing on gives exactly what the diary says. The guard does not stop
the play: the card says which limits would have let it pass.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace

import structlog

from rules.model import Issue, Marks, Snapshot
from rules.plan.changes import Change, PutComment
from rules.plan.dry_run import GoLive, go_live
from rules.plan.outcome import Outcome, Result
from sync.reports.base import RunReport
from sync.run.context import Desk
from sync.store import Store
from sync.store.dry_run_log import Diary, beside, end
from sync.trackers.base import Scope


class Understudy:
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

    def apply(self, batch: Sequence[Change], _marks: Mapping[str, Marks]) -> tuple[Outcome, ...]:
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
def rehearsal(report: RunReport, desk: Desk) -> Iterator[tuple[Desk, Diary]]:
    """The desk at which a pass is played, and the diary it is noted in. Raises `StoreError`."""
    with (
        closing(Diary.open(desk.store.path, report.started)) as diary,
        structlog.contextvars.bound_contextvars(shadow=True),
    ):
        real = desk.store
        diary.answers.give(real.answers.given())
        laid = diary.lay_over(report.snapshot, real.journal.memory())
        played = replace(real, journal=diary.journal, answers=diary.answers, mails=diary.mails, activity=diary.activity)
        yield replace(desk, tracker=Understudy(laid), store=played, writes=True), diary


def card(report: RunReport, diary: Diary) -> GoLive:
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


def card_so_far(report: RunReport, store: Store) -> GoLive | None:
    """The card as earlier passes left it, `None` where there is no diary."""
    if not beside(store.path).exists():
        return None
    with closing(Diary.open(store.path, report.started)) as diary:
        return card(report, diary)


def end_diary(store: Store) -> None:
    """Put the diary away: from now on plans start from the tracker as it is."""
    if end(store.path):
        structlog.get_logger().info("diary.ended", kept=f"{beside(store.path)}.ended")
