"""What a pass works with, put together once from the settings: the lock, the store, the tracker, the rules.

Whoever starts a pass (a command, the worker) opens a context, and closes it when done.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from rules.capacity import CapacityOptions
from rules.model import Product, Snapshot
from rules.plan.policy import Policy
from rules.plan.quiet_hours import QuietTime
from rules.planning.lead_time import PlanningLeadTime, lead_times
from rules.ruleset import Ruleset
from sync.absences import read_absences
from sync.config import Settings, commanders_of, policy_of, product_of, ruleset_of, schedule_of
from sync.errors import Locked, StoreError
from sync.run import health
from sync.run.publish import Publisher, Tell, open_channels
from sync.store import Store
from sync.store.mirror import Mirror
from sync.trackers import open_tracker
from sync.trackers.base import Scope, Tracker


def now() -> datetime:
    """Tell the time, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class RunContext:
    """Everything one pass needs.

    `publisher` opens what sends reports and messages out: asked for before the first write, so that a channel without
    its secret is a `ConfigError` then. `lead_time` is when a planning gets an extra run (`None`: never).
    Nothing is written in the `quiet` hours. `stopping` says whether to end early.
    """

    tracker: Tracker
    store: Store
    scope: Scope
    ruleset: Ruleset
    capacity: CapacityOptions
    policy: Policy
    site: str
    writes: bool
    commanders: frozenset[str] = frozenset()
    clock: Callable[[], datetime] = field(default=now)
    lead_time: PlanningLeadTime | None = None
    quiet: QuietTime | None = None
    publisher: Callable[[], Tell] = field(default=lambda: lambda _: None)
    stopping: Callable[[], bool] = field(default=lambda: False)

    def extra_passes(self, snapshot: Snapshot) -> tuple[datetime, ...]:
        """The moments to come at which a planning wants a pass of its own."""
        return lead_times(snapshot, self.lead_time) if self.lead_time is not None else ()


@contextmanager
def open_context(
    settings: Settings,
    *,
    reshape: Callable[[Product], Product] = lambda product: product,
    stopping: Callable[[], bool] = lambda: False,
    environ: Mapping[str, str] = os.environ,
) -> Iterator[RunContext]:
    """Put together what a pass needs, and hold the lock meanwhile.

    `reshape` may change the product for a what-if; `environ` holds the channels' secrets.
    Raises `Locked`, `StoreError` and `ConfigError`.
    """
    path = settings.store.path
    copy = path.with_name(f"{path.name}.mirror")  # apart, so that it can be deleted without losing what we remember
    with _locked(path), closing(Store.open(path)) as store, closing(Mirror(copy)) as mirror:
        product = reshape(_product(settings))
        yield RunContext(
            tracker=open_tracker(settings.tracker, settings.token.get_secret_value(), mirror),
            store=store,
            scope=Scope(backlog=settings.product.backlog, product=product, closed_sprints=settings.capacity.history),
            ruleset=ruleset_of(settings),
            capacity=settings.capacity,
            policy=policy_of(settings),
            site=settings.tracker.url,
            writes=settings.write_back.enabled,
            commanders=commanders_of(settings),
            lead_time=_eve(settings) if settings.schedule.before_planning else None,
            quiet=_quiet(settings),
            publisher=lambda: _teller(settings, store, environ),
            stopping=stopping,
        )


def _eve(settings: Settings) -> PlanningLeadTime:
    """When plannings are prepared; without a word about it, two working days before, at nine."""
    return schedule_of(settings).lead_time(settings.capacity.holidays)


def _teller(settings: Settings, store: Store, environ: Mapping[str, str]) -> Publisher:
    return Publisher(
        log=store.sent,
        clock=now,
        reports=tuple((report.kind, report.path) for report in settings.reports),
        channels=open_channels(settings.notify, environ),
        per_week=settings.messages.per_week,
        lead_time=_eve(settings),
        quiet=_quiet(settings),
        health=health.beside(settings.store.path),
    )


def _quiet(settings: Settings) -> QuietTime | None:
    hours = settings.write_back.quiet_hours
    zone = schedule_of(settings).zone
    return QuietTime(begin=hours.begin, end=hours.end, zone=zone) if hours else None


def _product(settings: Settings) -> Product:
    """The product with the absences of its people, which are known by the names in the configuration."""
    product = product_of(settings)
    if not settings.capacity.absences:
        return product
    zone = settings.schedule.timezone
    absences = read_absences(settings.capacity.absences, product, today=now().date(), timezone=zone)
    return product_of(settings, absences)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise Locked(
            f'another pass works with the store "{path}"; wait for it, or name another file in [store] path'
        ) from error
    except OSError as error:
        raise StoreError(
            f'the lock "{path}.lock" cannot be made ({error.strerror}); check that the folder exists and is writable, '
            "or name another file in [store] path"
        ) from error
    try:
        yield
    finally:
        lock.release()
