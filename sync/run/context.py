"""What a run works with, put together once from the settings: the store, the mirror, the tracker, the rules.

Whoever starts a run (a command, the worker) opens a context and closes it when done. A run that may write holds the
lock of the store. One that only looks works on a copy of the store in memory: it never writes to the file and never
waits for a run.
"""

import os
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import structlog

from rules.capacity.options import CapacityOptions
from rules.deep.measure import Measures
from rules.deep.measures import DEFAULTS
from rules.inventory.options import ChannelOptions, ContentsOptions, NewIssuesOptions, OldIssuesOptions
from rules.learning.options import LearningOptions
from rules.model import Product, Snapshot
from rules.plan.policy import Policy
from rules.plan.quiet_hours import QuietTime
from rules.planning.lead_time import PlanningLeadTime, lead_times
from rules.planning.options import PlanningOptions
from rules.refinement.options import RefinementOptions
from rules.review.options import IncrementOptions
from rules.text import STANDARD, Vocabulary
from rules.verdict import Ruleset
from sync.absences.model import LeftOut
from sync.config import (
    Settings,
    absences_of,
    accounts_of,
    commanders_of,
    measures_of,
    meetings_of,
    opt_out_of,
    policy_of,
    product_of,
    ruleset_of,
    schedule_of,
    vocabulary_of,
)
from sync.config.store_place import local_name, store_of
from sync.errors import Locked
from sync.logs import get_logger
from sync.reports.address import HTML
from sync.run import health
from sync.run.confluence_page import Wiki, open_wiki
from sync.run.inputs import digest_of
from sync.run.publish import Publish, Publisher, open_channels, report_address
from sync.stopping import LOOK_EVERY, raise_if_overdue
from sync.store import Store
from sync.store.database import Place
from sync.store.mirror import Mirror, place_of
from sync.trackers import open_tracker
from sync.trackers.base import Scope, Tracker

log = get_logger()

PATIENCE = 30.0
"""Seconds a run waits for a command that fills the mirror, before it reads everything from the site instead."""


def now() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


def run_id(moment: datetime) -> str:
    """A new id of a run that begins at a moment."""
    return f"{moment:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"


def begin(clock: Callable[[], datetime]) -> tuple[str, datetime]:
    """The id of a new run, which is bound to every log line from here on, and its start."""
    started = clock()
    run = run_id(started)
    structlog.contextvars.bind_contextvars(run=run)
    return run, started


@dataclass(frozen=True, kw_only=True)
class RunContext:
    """Everything one run needs.

    `publisher` opens what sends reports and messages out: asked for before the first write, so that a channel without
    its secret is a `ConfigError` then. `lead_time` is when a planning is prepared, and `prepares` whether it gets an
    extra run then. Nothing is written in the `quiet` hours. `stopping` says whether to end early. `mirror_as_of` is
    when the mirror was last filled, where it can only be read because another process writes to it. `absences_left_out`
    is what the absence files have and no person's absences contain. `vocabulary` is what the site taught the reader of
    texts. What runs were given is kept for `keep_days` days (0: not at all). `page` is the key of the issue of the
    living page, `page_link` the address of the reports, "" for none. `mirror` is what a run fills, and `inputs` gives a
    digest of what it is given besides the tracker and the store. `health` is the health file. `wiki` opens the page in
    Confluence, `None` where none is configured, and raises `ConfigError` without a token.
    """

    tracker: Tracker
    store: Store
    scope: Scope
    ruleset: Ruleset
    capacity: CapacityOptions
    policy: Policy
    site: str
    writes: bool
    health: Path
    measures: Measures = DEFAULTS
    planning: PlanningOptions = field(default_factory=PlanningOptions)
    refinement: RefinementOptions = field(default_factory=RefinementOptions)
    increment: IncrementOptions = field(default_factory=IncrementOptions)
    learning: LearningOptions = field(default_factory=LearningOptions)
    old_issues: OldIssuesOptions = field(default_factory=OldIssuesOptions)
    new_issues: NewIssuesOptions = field(default_factory=NewIssuesOptions)
    contents: ContentsOptions = field(default_factory=ContentsOptions)
    channels: ChannelOptions = field(default_factory=ChannelOptions)
    vocabulary: Vocabulary = STANDARD
    commanders: frozenset[str] = frozenset()
    clock: Callable[[], datetime] = field(default=now)
    lead_time: PlanningLeadTime = field(default_factory=PlanningLeadTime)
    prepares: bool = False
    quiet: QuietTime | None = None
    page: str = ""
    page_link: str = ""
    publisher: Callable[[], Publish] = field(default=lambda: lambda _: None)
    wiki: Callable[[], Wiki | None] = field(default=lambda: None)
    stopping: Callable[[], bool] = field(default=lambda: False)
    mirror_as_of: datetime | None = None
    absences_left_out: tuple[LeftOut, ...] = ()
    keep_days: int = 0
    mirror: Mirror | None = None
    inputs: Callable[[], str] = field(default=lambda: "")

    def extra_runs(self, snapshot: Snapshot) -> tuple[datetime, ...]:
        """The moments to come at which a planning wants a run of its own."""
        return lead_times(snapshot, self.lead_time) if self.prepares else ()


@contextmanager
def open_context(
    settings: Settings, *, stopping: Callable[[], bool] = lambda: False, environ: Mapping[str, str] = os.environ
) -> Iterator[RunContext]:
    """Put together what a run needs, and hold the lock meanwhile.

    `environ` holds the channels' secrets. Raises `Locked`, `StoreError` and `ConfigError`.
    """
    place = store_of(settings, environ)
    with Store.held(place) as store, _mirror_to_fill(place) as mirror:
        product, left_out = product_with_absences(settings, now().date())
        tracker = _tracker(settings, mirror)
        context = context_of(settings, store, tracker, product, stopping=stopping, environ=environ)
        inputs = partial(digest_of, settings, product, left_out)
        yield replace(context, absences_left_out=left_out, mirror=mirror, inputs=inputs)


@contextmanager
def open_look(settings: Settings) -> Iterator[RunContext]:
    """Put together what a command needs that only looks. It takes no lock of the store and changes nothing in it.

    Raises `StoreError` and `ConfigError`.
    """
    place = store_of(settings)
    with closing(Store.copy_of(place)) as store, _mirror_to_look_into(place) as mirror:
        product, left_out = product_with_absences(settings, now().date())
        context = context_of(settings, store, _tracker(settings, mirror), product)
        inputs = partial(digest_of, settings, product, left_out)
        yield replace(context, absences_left_out=left_out, mirror=mirror, mirror_as_of=mirror.as_of, inputs=inputs)


def context_of(
    settings: Settings,
    store: Store,
    tracker: Tracker,
    product: Product,
    *,
    stopping: Callable[[], bool] = lambda: False,
    environ: Mapping[str, str] = os.environ,
) -> RunContext:
    """What the settings say, over a store, a tracker and a product. Raises `ConfigError`."""
    return RunContext(
        tracker=tracker,
        store=store,
        scope=Scope(backlog=settings.product.backlog, product=product, closed_sprints=settings.capacity.history),
        ruleset=ruleset_of(settings),
        measures=measures_of(settings),
        vocabulary=vocabulary_of(settings),
        capacity=settings.capacity,
        planning=settings.planning,
        refinement=settings.refinement,
        increment=settings.increment,
        learning=settings.learning,
        old_issues=settings.old_issues,
        new_issues=settings.new_issues,
        contents=settings.contents,
        channels=settings.channels,
        policy=policy_of(settings),
        site=settings.tracker.url,
        writes=settings.write_back.enabled,
        commanders=commanders_of(settings),
        lead_time=_lead_time(settings),
        prepares=settings.schedule.before_planning is not None,
        quiet=_quiet(settings),
        page=settings.living_page.issue,
        page_link=page_link(settings),
        publisher=lambda: _publisher(settings, store, environ),
        wiki=lambda: _wiki(settings, store, environ),
        stopping=stopping,
        keep_days=settings.store.keep_days,
        health=health.path_of(local_name(settings)),
    )


def _lead_time(settings: Settings) -> PlanningLeadTime:
    """When plannings are prepared; where nothing is configured, two working days before, at nine."""
    return schedule_of(settings).lead_time(settings.capacity.holidays)


def _publisher(settings: Settings, store: Store, environ: Mapping[str, str]) -> Publisher:
    wiki = _wiki(settings, store, environ) if settings.write_back.enabled else None
    opt_out = opt_out_of(settings)
    learned = {address for address, account in store.mails.accounts().items() if account in opt_out.people}
    channels = (channel.without(opt_out.addresses | learned) for channel in settings.notify)
    return Publisher(
        log=store.messages,
        mails=store.mails,
        clock=now,
        reports=tuple((report.kind, report.path) for report in settings.reports),
        channels=open_channels(filter(None, channels), environ),
        per_week=settings.messages.per_week,
        mails_per_week=settings.write_back.mails_per_week,
        accounts=accounts_of(settings),
        lead_time=_lead_time(settings),
        quiet=_quiet(settings),
        health=health.path_of(local_name(settings)),
        address=settings.links.pages,
        docs=settings.links.docs,
        wiki=wiki.write if wiki else None,
    )


def page_link(settings: Settings) -> str:
    """The address of the Product Owner's page, "" where it is not published."""
    return report_address(HTML, {report.kind for report in settings.reports}, settings.links.pages)


def _wiki(settings: Settings, store: Store, environ: Mapping[str, str]) -> Wiki | None:
    """The page in Confluence, where one is configured. Raises `ConfigError`."""
    page = settings.living_page.confluence
    if page is None:
        return None
    return open_wiki(page, policy_of(settings), page_link(settings), environ, store=store, clock=now)


def _quiet(settings: Settings) -> QuietTime | None:
    hours = settings.write_back.quiet_hours
    zone = schedule_of(settings).zone
    return QuietTime(begin=hours.begin, end=hours.end, zone=zone) if hours else None


def _tracker(settings: Settings, mirror: Mirror | None) -> Tracker:
    return open_tracker(settings.tracker, settings.token.get_secret_value(), mirror)


def product_with_absences(settings: Settings, today: date) -> tuple[Product, tuple[LeftOut, ...]]:
    """The product with the absences of its people, known by their names in the configuration, and with its meetings."""
    absences, meetings = absences_of(settings, today), meetings_of(settings, today)
    product = product_of(settings, absences.by_name)
    teams = tuple(replace(team, meetings=meetings.get(team.name)) for team in product.teams)
    return replace(product, teams=teams), absences.left_out


@contextmanager
def _mirror_to_fill(store: Place) -> Iterator[Mirror | None]:
    """The mirror, held alone; `None` where a command goes on filling it for longer than a run may wait."""
    with ExitStack() as held:
        try:
            mirror = _waited_for(held, store)
        except Locked:
            log.warning("mirror.busy", why="another command fills it; this run reads everything from the site")
            yield None
        else:
            yield mirror


@contextmanager
def _mirror_to_look_into(store: Place) -> Iterator[Mirror]:
    """The mirror, to be brought up to date, or where another process does so a copy of it as it is."""
    with ExitStack() as held:
        try:
            mirror = held.enter_context(Mirror.held(store))
        except Locked:
            mirror = held.enter_context(closing(Mirror.copy_of(place_of(store))))
        yield mirror


def _waited_for(held: ExitStack, store: Place) -> Mirror:
    """The mirror as soon as it is free, or stop where that is asked meanwhile. Raises `Locked` and `Stopped`."""
    patience = PATIENCE
    while patience > LOOK_EVERY:
        try:
            return held.enter_context(Mirror.held(store, patience=LOOK_EVERY))
        except Locked:
            raise_if_overdue()
            patience -= LOOK_EVERY
    return held.enter_context(Mirror.held(store, patience=patience))
