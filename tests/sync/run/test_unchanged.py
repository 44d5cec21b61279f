"""A run that would find what the last one found only looks; whatever changes, the next one judges again."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from shutil import copytree, rmtree
from typing import Any

import pytest

from rules.commands.answers import Answer
from rules.messages import Sent, Target
from rules.model import SprintState
from rules.plan.changes import AddLabel
from rules.plan.mail_budget import MESSAGE, Mail
from rules.plan.pauses import Pause
from rules.plan.quiet_hours import QuietTime
from sync.config import product_of
from sync.errors import Unreachable
from sync.reports import as_json, as_text
from sync.reports.base import CutRun, RunReport
from sync.reports.blocks import plain
from sync.run import inputs as given
from sync.run import unchanged
from sync.run.context import RunContext, context_of, product_with_absences
from sync.run.history import past_runs
from sync.run.inputs import canonical, digest_of
from sync.run.run import execute_run
from sync.run.unchanged import Unchanged, inputs, run_if_changed
from sync.store import Store
from sync.store.mirror import Mirror
from sync.trackers.base import Scope
from sync.trackers.memory import MemoryTracker
from tests.factories import NOW, finding, sprint
from tests.sync.run.test_as_of import CONFIG, Shop

ABSENT = 'backlog = "project = SHOP"\n\n[capacity]\nabsences = ["absences.csv"]\n'


class Looking(MemoryTracker):
    """A tracker in memory that names its state; `stood` counts the pulls that ended there."""

    state, stood = "as it is", 0
    fault: Unreachable | None = None

    def look(self, _scope: Scope) -> str:
        if self.fault is not None:
            raise self.fault
        return self.state

    def stand(self) -> None:
        self.stood += 1


@dataclass
class Place:
    """A shop whose runs are those of the program."""

    shop: Shop
    tracker: Looking
    published: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def context(self) -> Iterator[RunContext]:
        settings, here = self.shop.settings, self.shop.folder
        product, left_out = product_with_absences(settings, NOW.date())
        with closing(Store.open(settings.store.path)) as store, closing(Mirror.open(here / "mirror")) as mirror:
            made = context_of(settings, store, self.tracker, product_of(settings))
            yield replace(
                made,
                clock=self.shop.clock,
                publisher=lambda: lambda report: self.published.append(report.run),
                mirror=mirror,
                inputs=lambda: digest_of(settings, product, left_out),
                **self.values,
            )

    def run(self, **values: Any) -> RunReport | Unchanged:
        self.shop.change(taken_at=self.shop.clock.now)
        with self.context() as context:
            return run_if_changed(context, **values)

    def stands(self) -> bool:
        return isinstance(self.run(), Unchanged)


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A shop where all is written, and a copy of its files: the next run finds nothing to do."""
    here = tmp_path_factory.mktemp("shop") / "files"
    here.mkdir()
    (here / "absences.csv").write_text("name,from,to\n", encoding="utf-8")
    shop = Shop(here)
    shop.configure(CONFIG.replace('backlog = "project = SHOP"\n', ABSENT))
    shop.tracker.__class__ = Looking
    assert isinstance(shop.tracker, Looking)
    shop.clock.now = NOW.replace(hour=9)
    made = Place(shop, shop.tracker)
    assert not made.stands()
    assert not made.stands()
    copytree(here, here.parent / "kept")
    return made


@pytest.fixture
def place(settled: Place) -> Place:
    """The shop of this module as it was; its files are where they were, because their paths are inputs, too."""
    here = settled.shop.folder
    rmtree(here)
    copytree(here.parent / "kept", here)
    return deepcopy(settled)


def test_a_run_after_one_that_had_nothing_to_do_only_looks(place: Place) -> None:
    published, pulls = len(place.published), place.tracker.requests
    place.shop.clock.move(minutes=15)
    run = place.run()
    assert isinstance(run, Unchanged)
    assert place.tracker.stood == 1
    assert place.tracker.requests == pulls
    assert len(place.published) == published


def test_it_is_in_the_history_the_trend_and_the_health_file(place: Place) -> None:
    with place.context() as context:
        trend, runs = context.store.history.trend(), past_runs(context.store, 9)
    place.shop.clock.move(minutes=15)
    run = place.run()
    with place.context() as context:
        later, [newest, *others] = context.store.history.trend(), past_runs(context.store, 9)
        health = json.loads(context.health.read_text(encoding="utf-8"))
    assert others == list(runs)
    assert (newest.run, newest.not_written) == (run.run, runs[0].not_written)
    assert later == (*trend, replace(trend[-1], at=place.shop.clock.now))
    assert (health["run"], health["last_success"]) == (run.run, place.shop.clock.now.isoformat())
    assert health["issues"] == len(place.shop.seen.issues)


def test_it_says_whose_result_stands(place: Place) -> None:
    run = place.run()
    assert isinstance(run, Unchanged)
    former = run.standing.run
    assert f"since run {former} of " in plain(as_text.unchanged(former, run.standing.at)).replace("\n", " ")
    document = as_json.unchanged_document(run.standing.document, run.run)
    assert (document.run, document.unchanged_since, document.changes) == (run.run, former, ())


def accept(store: Store) -> None:
    store.baseline.accept([finding()], "known", NOW)


def mark(store: Store) -> None:
    marks = store.journal.memory()
    store.journal.remember({"1": next(iter(marks.values()))} if "1" not in marks else {"9": marks["1"]})


def mail(store: Store) -> None:
    store.mails.add("r message 1", [Mail(issue="", about=MESSAGE, person="ana@shop.example")], NOW)


DECISIONS: dict[str, Callable[[Store], object]] = {
    "an accepted finding": accept,
    "an answer": lambda store: store.commands.add([Answer(comment="c1", issue="3", text="Accepted.", accepts=True)]),
    "what is known to be ours": mark,
    "a pause": lambda store: store.pauses.add([Pause(subject="3", mark="label", run="r", until=None)]),
    "a message": lambda store: store.messages.add(Sent(at=NOW, recipient="owner", occasions=("runway",))),
    "a mail": mail,
}


@pytest.mark.parametrize("what", DECISIONS)
def test_what_the_store_learns_makes_the_next_run_judge_again(place: Place, what: str) -> None:
    with place.context() as context:
        before = inputs(context, "as it is")
        DECISIONS[what](context.store)
        assert inputs(context, "as it is") != before
    assert not place.stands()


def configure(place: Place, old: str, new: str) -> None:
    text = (place.shop.folder / "config.toml").read_text(encoding="utf-8")
    assert old in text
    place.shop.configure(text.replace(old, new))


def take_off(place: Place) -> None:
    (place.shop.folder / "absences.csv").write_text("name,from,to\nBo,2026-03-02,2026-03-06\n", encoding="utf-8")


def add(place: Place, table: str) -> None:
    text = (place.shop.folder / "config.toml").read_text(encoding="utf-8")
    place.shop.configure(f"{text}\n{table}\n")


WAIVER = """[[waivers]]
rule = "ready.described"
issue = "SHOP-3"
owner = "Ana"
reason = "known"
until = 2026-06-30"""


CONFIGURED: dict[str, Callable[[Place], object]] = {
    "a threshold": lambda place: add(place, "[rules.ready.small_enough]\nmax_points = 2"),
    "the query": lambda place: configure(place, "project = SHOP", "project = SHOP AND priority = High"),
    "the people": lambda place: configure(place, '{ name = "Cy" }', '{ name = "Cy", share = 0.5 }'),
    "a limit": lambda place: configure(place, "max_changes = 1000", "max_changes = 999"),
    "an absence": take_off,
    "a waiver": lambda place: add(place, WAIVER),
    "the tracker": lambda place: setattr(place.tracker, "state", "another"),
}


@pytest.mark.parametrize("what", CONFIGURED)
def test_what_a_run_is_given_makes_the_next_one_judge_again(place: Place, what: str) -> None:
    assert place.stands()
    CONFIGURED[what](place)
    assert not place.stands()


def test_another_program_judges_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "program_key", lambda _groups: "of the next release")
    assert not place.stands()


def test_a_page_that_somebody_deleted_is_written_again(place: Place) -> None:
    settings, product = place.shop.settings, product_of(place.shop.settings)
    page = place.shop.folder / "pages" / "readyline.html"
    page.parent.mkdir()
    table = {"kind": "html", "path": str(page.parent)}
    reports = settings.model_validate({**settings.model_dump(), "reports": [table]})
    without = digest_of(reports, product, ())
    page.touch()
    assert digest_of(reports, product, ()) != without


def test_after_an_hour_the_backlog_is_judged_again(place: Place) -> None:
    place.shop.clock.move(minutes=59)
    assert place.stands()
    place.shop.clock.move(minutes=1)
    assert not place.stands()


def moment(place: Place, **values: Any) -> datetime:
    """Until when a result of nine o'clock stands in such a place."""
    place.shop.change(**values)
    place.shop.clock.move(hours=2)
    with place.context() as context:
        report = run_if_changed(context)
        assert isinstance(report, RunReport)
        return unchanged.lasts_until(report, context)


def test_it_stands_no_longer_than_the_day_of_the_time_zone(place: Place) -> None:
    place.shop.clock.now = place.shop.clock.now.replace(hour=20, minute=45)
    add(place, '[schedule]\ntimezone = "Europe/Berlin"')
    assert moment(place) == datetime.combine(NOW.date(), time(23), UTC)


@pytest.mark.parametrize("end", ["start", "end"])
def test_it_stands_no_longer_than_a_sprint(place: Place, end: str) -> None:
    soon = place.shop.clock.now + timedelta(hours=2, minutes=20)
    begun = sprint("1", SprintState.ACTIVE)
    sprints = {"start": (begun, sprint("2", start=soon)), "end": (replace(begun, end=soon), sprint("2"))}[end]
    assert moment(place, sprints=sprints) == soon


def test_it_stands_no_longer_than_a_pause(place: Place) -> None:
    soon = place.shop.clock.now + timedelta(hours=2, minutes=20)
    with place.context() as context:
        context.store.pauses.add([Pause(subject="99", mark="label", run="r", until=soon)])
    assert moment(place) == soon


def test_it_stands_no_longer_than_until_a_message_is_tried_again(place: Place) -> None:
    soon = place.shop.clock.now + timedelta(hours=2, minutes=20)
    with place.context() as context:
        number = context.store.messages.add(Sent(at=NOW, recipient="owner", occasions=("runway",)))
        context.store.messages.tried(number, {Target("mail"): "the server is down"}, tries=1, next_try=soon)
    assert moment(place) == soon


def test_nothing_stands_in_quiet_hours(place: Place) -> None:
    place.values["quiet"] = QuietTime(begin=time(8), end=time(10))
    assert not place.stands()
    assert not place.stands()


def test_with_a_living_page_every_run_judges(place: Place) -> None:
    """Its boxes are ticked on an issue that need not be in the backlog."""
    assert place.stands()
    place.values["page"] = "SHOP-1"
    assert not place.stands()


def test_a_run_that_expects_a_plan_judges(place: Place) -> None:
    first = place.run()
    assert isinstance(first, Unchanged)
    assert isinstance(place.run(expect=first.standing.digest), RunReport)


def test_a_run_after_one_with_another_configuration_judges_although_the_former_is_back(place: Place) -> None:
    """The pages are of the run in between, which may not have left a result of its own."""
    configure(place, "max_changes = 1000", "max_changes = 999")
    with place.context() as context:
        execute_run(replace(context, mirror=None))
    configure(place, "max_changes = 999", "max_changes = 1000")
    assert not place.stands()
    assert place.stands()


def test_a_run_after_one_that_was_cut_off_judges(place: Place) -> None:
    with place.context() as context:
        change = AddLabel(issue="3", key="SHOP-3", label="readyline-ready", why="it is ready")
        context.store.journal.open_run("r", started=NOW, digest="d")
        context.store.journal.intend("r", [change], {}, NOW)
        assert context.store.journal.unsettled()
    assert not place.stands()


def test_while_writing_is_off_every_run_judges(place: Place) -> None:
    configure(place, "enabled = true", "enabled = false")
    assert not place.stands()
    assert not place.stands()


def test_a_tracker_that_does_not_say_what_it_holds_is_read_in_every_run(place: Place) -> None:
    place.tracker.state = ""
    assert not place.stands()
    assert not place.stands()


def test_an_answer_of_another_version_is_not_used(place: Place) -> None:
    with place.context() as context:
        assert context.mirror is not None
        context.mirror.note(unchanged.NOTE, '{"run": "r"}')
    assert not place.stands()


def test_a_site_that_cannot_be_reached_cuts_the_run_short(place: Place) -> None:
    place.tracker.fault = Unreachable("the site is down")
    said: list[CutRun] = []
    with pytest.raises(Unreachable):
        place.run(on_cut=said.append)
    assert [one.why for one in said] == ["the site is down"]


def test_the_same_settings_read_alike_in_every_process() -> None:
    assert canonical({"b": {"y", "x"}, "a": (1, [None])}) == canonical({"a": (1, [None]), "b": {"x", "y"}})
    assert canonical(frozenset({"a"})) != canonical(("a", "b"))
    assert canonical(sprint("1")) == canonical(sprint("1")) != canonical(sprint("2"))
