"""What a run wrote and what it did not write, each with its grounds: read from the store, without the tracker."""

from collections.abc import Mapping
from dataclasses import replace

from rules.model import OwnMarks
from rules.plan.changes import COMMENT, PAGE, SPRINT, kind_of, mark_of, value_of
from rules.plan.not_written import NotWritten
from sync.errors import UsageError
from sync.reports.base import HistoryEntry, PastRun, RunHistory
from sync.reports.planned_writes import comment_text, page_text
from sync.reports.redact import WITHHELD
from sync.store import Store
from sync.store.journal import DOUBLES, Write

UNKNOWN = "unknown"
"""The decision of a write whose outcome is not known yet: the run was cut off, and no run looked at the issue since."""
TEXT_NOT_STORED = "a comment whose text is not stored"
TEXTS = (COMMENT, PAGE)
"""The marks that are texts: the journal has them by their digests."""


def past_runs(store: Store, most: int) -> tuple[PastRun, ...]:
    """The latest runs, the newest first: all in the log, and those of earlier versions that wrote."""
    writing = {one.run: one for one in store.journal.runs()}
    logged = {one.run: one for one in store.run_log.runs(most)}
    starts = {run: one.started for run, one in writing.items()} | {run: one.at for run, one in logged.items()}
    results = store.journal.results()
    return tuple(
        PastRun(
            run=run,
            at=starts[run],
            undoes=writing[run].undoes if run in writing else None,
            results=results.get(run, {}),
            not_written=logged[run].not_written if run in logged else None,
        )
        for run in sorted(starts, key=lambda run: (starts[run], run), reverse=True)[:most]
    )


def history_of(store: Store, run: str) -> RunHistory:
    """What one run wrote and did not write, in order. Raises `UsageError` for an unknown run."""
    writing = next((one for one in store.journal.runs() if one.run == run), None)
    logged, unwritten = store.run_log.run(run), store.run_log.not_written(run)
    started = writing.started if writing else logged.at if logged else None
    if started is None:
        last = ", ".join(one.run for one in past_runs(store, 3)) or "none"
        raise UsageError(f'no run "{run}" is known; the last ones were: {last}')
    texts = {digest: comment_text(body) for digest, body in store.journal.comment_bodies().items()}
    texts |= {digest: page_text(body) for digest, body in store.journal.page_bodies().items()}
    writes = (*store.journal.writes_of(run + DOUBLES), *store.journal.writes_of(run))
    return RunHistory(
        run=run,
        started=started,
        finished=writing.finished if writing else None,
        digest=logged.digest if logged else writing.digest if writing else "",
        undoes=writing.undoes if writing else None,
        written=tuple(_written(write, texts) for write in writes),
        not_written=None if unwritten is None else tuple(_unwritten(one, texts) for one in unwritten),
    )


def _written(write: Write, texts: Mapping[str, str]) -> HistoryEntry:
    change, mark = write.change, mark_of(write.change)
    entry = HistoryEntry(
        at=write.at,
        issue=change.key,
        mark=mark,
        kind=kind_of(change),
        value=value_of(change),
        why=change.why,
        grounds=change.grounds,
        before=_shown(mark, _held(write.before, mark), texts),
        after=None if write.after is None else _shown(mark, _held(write.after, mark), texts),
        status=write.status,
        decision=write.result.value if write.result else UNKNOWN,
        reason=write.reason,
    )
    return _withheld(entry) if write.restricted else entry


def _unwritten(one: NotWritten, texts: Mapping[str, str]) -> HistoryEntry:
    there = _shown(one.mark, one.there, texts)
    entry = HistoryEntry(
        at=None,
        issue=one.key,
        mark=one.mark,
        kind=one.kind,
        value=one.value,
        why=one.why,
        grounds=one.grounds,
        before=there,
        after=there,
        status=None,
        decision=one.decision.value,
        reason=one.reason,
    )
    return _withheld(entry) if one.restricted else entry


def _held(marks: OwnMarks, mark: str) -> str:
    """What of ours is at a mark: the label, the digest of our comment, the sprint; "" for nothing."""
    if mark == COMMENT:
        return marks.comment_digest
    if mark == SPRINT:
        return marks.sprint or ""
    if mark == PAGE:
        return marks.page
    return mark if mark in marks.labels else ""


def _shown(mark: str, held: str, texts: Mapping[str, str]) -> str:
    """The same with the text of a comment or page instead of its digest."""
    if mark not in TEXTS or not held:
        return held
    return texts.get(held, TEXT_NOT_STORED)


def _withheld(entry: HistoryEntry) -> HistoryEntry:
    """An entry about a restricted issue: its texts are left out, and what was done stays."""
    is_text = entry.mark in TEXTS
    return replace(
        entry,
        why=entry.why and WITHHELD,
        grounds=tuple(replace(one, says="", evidence=()) for one in entry.grounds),
        before=WITHHELD if is_text and entry.before else entry.before,
        after=WITHHELD if is_text and entry.after else entry.after,
        reason=entry.reason and WITHHELD,
    )
