"""Reports of an earlier day: from what its last run kept, or of a day before the first one from the changelog.

The configuration is the one of today. Nothing is written, and no tracker is asked.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from rules.history.kept import WINDOW
from rules.history.rebuild import rebuilt
from rules.plan.changes import ChangePlan, identity_of
from rules.plan.outcome import Outcome
from sync.config import Settings, product_of
from sync.config.store_place import store_of
from sync.errors import UsageError
from sync.reports.base import EarlierDay, RunReport
from sync.run.context import RunContext, context_of, product_with_absences
from sync.run.recorded import ReplayTracker, reading_of
from sync.run.run import replay_run
from sync.store import Store
from sync.store.day_parts import Answers, StoredDay, day_of, orders_before
from sync.store.day_rows import go_back
from sync.store.days import Days, place_of
from sync.store.journal import Write

REBUILT = "rebuilt"
"""In place of the id of a run that there never was."""


@dataclass(frozen=True, slots=True)
class OpenDay:
    """An earlier day, ready to be looked at. `unknown` is what is not known of it."""

    context: RunContext
    stored: StoredDay
    unknown: tuple[str, ...] = ()

    @property
    def is_rebuilt(self) -> bool:
        """Whether no run of that day is stored."""
        return self.stored.run == REBUILT

    def report(self) -> RunReport:
        """The report of the day; with the configuration of that day, what its run said, and how its changes ended."""
        report, taken_at = replay_run(self.context, self.stored), self.stored.answers.snapshot.taken_at
        run = "" if self.is_rebuilt else self.stored.run
        earlier = EarlierDay(day=taken_at.date(), taken_at=taken_at, run=run, unknown=self.unknown)
        if self.is_rebuilt:  # what was written is not known, so nothing can be said of what was to be written
            report = replace(report, plan=ChangePlan(in_scope=report.plan.in_scope), refused="")
        return replace(report, outcomes=_outcomes(report, self.stored.written), as_of=taken_at, earlier=earlier)


@contextmanager
def open_day(settings: Settings, day: date | None = None) -> Iterator[OpenDay]:
    """Put together what the last run of an earlier day was given; without a day, of the newest stored one.

    Raises `UsageError` for a day of which nothing is known, `StoreError` and `ConfigError`.
    """
    with closing(Days.read_only(store_of(settings))) as days:
        stored, unknown = _day(days, day, settings)
        orders = tuple(orders_before(days, stored.answers.snapshot.taken_at))
    taken_at = stored.answers.snapshot.taken_at
    rows = [(table, row) for (table, _), row in stored.rows.items()]
    product, left_out = product_with_absences(settings, taken_at.date())
    with closing(Store.copy_of(store_of(settings))) as store:
        stored = replace(stored, written=store.journal.writes_of(stored.run))
        go_back(store.database, rows, orders, started=stored.started, taken_at=taken_at)
        answers = replace(stored.answers, snapshot=replace(stored.answers.snapshot, product=product))
        context = context_of(settings, store, ReplayTracker(answers), product)
        context = replace(context, clock=lambda: stored.looked, absences_left_out=left_out)
        yield OpenDay(context, stored, (*unknown, *_unread(stored, context)))


def _day(days: Days, day: date | None, settings: Settings) -> tuple[StoredDay, tuple[str, ...]]:
    """A stored day, or one before the first one rebuilt, with what is not known of that."""
    known, product = days.known(), product_of(settings)
    if not known:
        place = place_of(store_of(settings))
        raise UsageError(f'no earlier day is stored in "{place}" yet; each run stores its day ([store] keep_days)')
    day = day or known[-1]
    if day < known[0]:
        first = days.parts(known[0])
        assert first is not None, "it is one of the known days"
        return _rebuilt(day_of(first, product), day)
    parts = days.parts(day)
    if parts is None:
        raise UsageError(f"no run of {day} is stored; the nearest stored {_nearest(known, day)}")
    return day_of(parts, product), ()


def _rebuilt(first: StoredDay, day: date) -> tuple[StoredDay, tuple[str, ...]]:
    later = first.answers.snapshot
    begins = (later.taken_at - WINDOW).date() + timedelta(days=1)
    if "changelog" in later.unavailable or day < begins:
        why = (
            "the site does not show its changelog"
            if "changelog" in later.unavailable
            else f"the changelog is kept from {begins} on"
        )
        raise UsageError(f"nothing is known of {day}: {why}, and the first stored day is {later.taken_at.date()}")
    moment = datetime.combine(day, time.max, UTC).replace(microsecond=0)
    then = rebuilt(later, moment)
    answers = Answers(snapshot=then.snapshot)
    stored = StoredDay(run=REBUILT, started=moment, looked=moment, finished=moment, requests=0, answers=answers)
    order, *others = then.unknown
    return stored, (f"{order}; the others are as on {later.taken_at.date()}", *others)


def _unread(stored: StoredDay, context: RunContext) -> Iterator[str]:
    """What another configuration would have read that day."""
    today = reading_of(context.scope)
    for option, value in stored.reading.items():
        if today.get(option, "") != value:
            yield f"what {option} would have read that day, because it has another value now"


def _nearest(known: Sequence[date], day: date) -> str:
    before = max((one for one in known if one < day), default=None)
    after = min((one for one in known if one > day), default=None)
    near = [one.isoformat() for one in (before, after) if one is not None]
    return f"days are {' and '.join(near)}" if len(near) > 1 else f"day is {near[0]}"


def _outcomes(report: RunReport, written: Sequence[Write]) -> tuple[Outcome, ...]:
    """How the changes of the plan ended, as far as they were tried."""
    by_change = {identity_of(write.change): write for write in written}
    tried = ((change, by_change.get(identity_of(change))) for change in report.plan.changes)
    return tuple(
        Outcome(change=change, result=write.result, reason=write.reason, status=write.status)
        for change, write in tried
        if write is not None and write.result is not None
    )
