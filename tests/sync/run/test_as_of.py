"""A day that is replayed says what the run of that day said, whatever happened since."""

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from rules.inventory.old_issues import Interest
from rules.model import Category, EditField, Issue, Snapshot, SprintState
from sync.config import Settings, load, product_of
from sync.errors import UsageError
from sync.reports import as_json
from sync.reports.base import RunReport
from sync.run.as_of import open_day
from sync.run.context import context_of
from sync.run.run import execute_run, with_learned
from sync.store import Store
from sync.trackers.memory import MemoryTracker
from tests.factories import NOW, comment, document, edit, finished, issue, snapshot, sprint
from tests.sync.run_contexts import Clock, bad
from tests.thorough import scaled

pytestmark = pytest.mark.slow

CONFIG = """
[tracker]
kind = "jira-cloud"
url = "https://shop.example.net"
email = "bot@shop.example"

[product]
name = "Shop"
owner = "Ana Alvarez"
account = "acc-ana"
backlog = "project = SHOP"

[[teams]]
name = "Payments"
board = 12
takes = { components = ["payments"] }
people = [{ name = "Bo" }, { name = "Cy" }]

[write_back]
enabled = true
sprints = "accepted"
mails_per_week = 2

[write_back.limits]
max_changes = 1000
max_share = 1.0
"""
MONDAY = NOW.date()
DOCUMENTS = (as_json.check_document, as_json.plan_document, as_json.capacity_document, as_json.report_document)
OF_THE_RUN_ALONE = ("as_of", "earlier_day")


class Shop:
    """A tracker that people change, and a store in which a run of every day is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, Clock()
        self.configure(CONFIG)
        sprints, done = finished(6)
        issues = [issue("SHOP-1"), issue("SHOP-2", title="Show the voucher"), bad("SHOP-3"), bad("SHOP-4", points=8.0)]
        issues = [replace(one, assignee="acc-bo", assignee_name="Bo") for one in issues]
        self.tracker = MemoryTracker(snapshot(*map(as_read, issues), history=tuple(map(as_read, done))))
        self.change(sprints=(*sprints, sprint("1", SprintState.ACTIVE), sprint("2")))

    def configure(self, text: str) -> None:
        (self.folder / "config.toml").write_text(text, encoding="utf-8")
        self.settings: Settings = load(self.folder / "config.toml", {}, today=MONDAY)

    def change(self, **values: Any) -> None:
        """Change what the tracker holds besides its issues."""
        self.tracker._snapshot = replace(self.tracker._snapshot, **values)

    def edit(self, issue_id: str, **values: Any) -> None:
        self.tracker.edit(issue_id, updated=self.clock.now, **values)
        self.tracker._issues[issue_id] = as_read(self.tracker._issues[issue_id])

    def rank(self, *issues: Issue) -> None:
        self.tracker._issues |= {one.id: as_read(one) for one in issues}
        self.change(issues=issues)

    @property
    def seen(self) -> Snapshot:
        return self.tracker._snapshot

    def run(self) -> RunReport:
        self.change(taken_at=self.clock.now)
        with closing(Store.open(self.settings.store.path)) as store:
            context = context_of(self.settings, store, self.tracker, product_of(self.settings))
            return execute_run(replace(context, clock=self.clock, publisher=lambda: lambda _: None))

    def replay(self, day: date) -> RunReport:
        with open_day(self.settings, day) as earlier:
            return with_learned(earlier.report(), earlier.context)


def as_read(one: Issue) -> Issue:
    """The issue as a tracker reads it: moments have the time zones of JSON."""
    adapter = TypeAdapter(Issue)
    return adapter.validate_json(adapter.dump_json(one))


def said(report: RunReport) -> list[dict[str, Any]]:
    """Everything that a report says, in the documents of all commands."""
    documents = [document(report).model_dump(mode="json") for document in DOCUMENTS]
    return [{name: value for name, value in one.items() if name not in OF_THE_RUN_ALONE} for one in documents]


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def rewrite_and_estimate(shop: Shop) -> None:
    shop.edit("3", document=document("As a shopper, I want receipts so that I can return things."), points=5.0)


def reorder_and_add(shop: Shop) -> None:
    first, *rest = shop.seen.issues
    shop.rank(*rest, first, issue("SHOP-9", title="A new one", created=shop.clock.now))


def waive_and_accept(shop: Shop) -> None:
    says = "/ready waive estimated because it is a spike", "/ready accept"
    remarks = tuple(comment(text, id=f"7{n}", created=shop.clock.now) for n, text in enumerate(says))
    shop.edit("3", comments=remarks)
    shop.edit("1", comments=(comment("/ready accept", id="80", created=shop.clock.now),))


def take_a_label_away(shop: Shop) -> None:
    marked = next(one for one in shop.tracker._issues.values() if one.labels)
    shop.edit(marked.id, labels=frozenset())


def start_a_sprint(shop: Shop) -> None:
    boxes = [replace(one, state=SprintState.ACTIVE) if one.id == "2" else one for one in shop.seen.sprints]
    boxes = [
        replace(one, state=SprintState.CLOSED, completed=shop.clock.now) if one.id == "1" else one for one in boxes
    ]
    shop.change(sprints=(*boxes, sprint("3", start=shop.clock.now + timedelta(days=20))))


def finish_and_delete(shop: Shop) -> None:
    shop.edit("2", category=Category.DONE, status="Done", resolved=shop.clock.now)
    shop.tracker.delete("4")
    past = edit(EditField.ESTIMATE, "1", at=shop.clock.now, before="3", after="5")
    shop.change(edits={"1": (past,)})


def leave_the_backlog(shop: Shop) -> None:
    """An issue with our label is still there, but the query does not find it any more."""
    marked = next(one for one in shop.seen.issues if shop.tracker._issues[one.id].labels)
    shop.change(issues=tuple(one for one in shop.seen.issues if one.id != marked.id))


def nothing(_: Shop) -> None:
    pass


CHANGES: tuple[Callable[[Shop], None], ...] = (
    nothing,
    rewrite_and_estimate,
    reorder_and_add,
    waive_and_accept,
    take_a_label_away,
    nothing,
    start_a_sprint,
    leave_the_backlog,
    finish_and_delete,
)


def test_a_day_replayed_equals_what_its_run_said(shop: Shop) -> None:
    """Two runs a day, with changes before each: the last run of each day is the one that is replayed."""
    spoken: dict[date, list[dict[str, Any]]] = {}
    for change in (*CHANGES, *reversed(CHANGES[:4])):
        shop.run()
        shop.clock.move(hours=5)
        change(shop)
        spoken[shop.clock.now.date()] = said(shop.run())
        shop.clock.move(hours=19)
    for day, words in spoken.items():
        assert said(shop.replay(day)) == words, day
    assert len({str(words) for words in spoken.values()}) == len(spoken), "the days differ"


@settings(max_examples=scaled(3, 100), deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(days=st.lists(st.lists(st.sampled_from(CHANGES), max_size=3), min_size=2, max_size=5))
def test_any_day_replayed_equals_what_its_run_said(days: list[list[Callable[[Shop], None]]]) -> None:
    """Whatever people changed on the days before and after, in any order, with a run before and after the changes."""
    with TemporaryDirectory() as folder:
        shop = Shop(Path(folder))
        spoken: dict[date, list[dict[str, Any]]] = {}
        for changes in days:
            shop.run()
            for change in changes:
                with suppress(KeyError, StopIteration):  # what is done or deleted cannot be changed again
                    change(shop)
            shop.clock.move(hours=1)
            spoken[shop.clock.now.date()] = said(shop.run())
            shop.clock.move(hours=23)
        for day, words in spoken.items():
            assert said(shop.replay(day)) == words, day


def test_a_dry_run_replayed_has_its_summary_of_that_day(shop: Shop) -> None:
    shop.configure(CONFIG.replace("enabled = true", "enabled = false"))
    spoken = {}
    for change in (nothing, rewrite_and_estimate, reorder_and_add):
        change(shop)
        report = shop.run()
        spoken[shop.clock.now.date()] = (report.go_live, said(report))
        shop.clock.move(hours=24)
    for day, (go_live, words) in spoken.items():
        again = shop.replay(day)
        assert (again.go_live, said(again)) == (go_live, words)
    assert None not in {go_live for go_live, _ in spoken.values()}
    assert len({str(go_live) for go_live, _ in spoken.values()}) == len(spoken), "the days differ"


def leave_out(shop: Shop, *teams: str) -> None:
    shop.change(stopped=dict.fromkeys(teams, "its board cannot be read"))


def test_a_run_with_a_team_left_out_is_replayed_as_it_was(shop: Shop) -> None:
    shop.run()
    shop.clock.move(hours=24)
    leave_out(shop, "Payments")
    reorder_and_add(shop)
    left_out = said(shop.run())
    shop.clock.move(hours=24)
    leave_out(shop)
    complete = said(shop.run())
    assert said(shop.replay(MONDAY + timedelta(days=1))) == left_out
    assert said(shop.replay(MONDAY + timedelta(days=2))) == complete
    assert "Payments is left out of this run" in str(left_out)


def test_of_a_day_the_last_run_with_every_team_is_kept(shop: Shop) -> None:
    complete = said(shop.run())
    shop.clock.move(hours=1)
    leave_out(shop, "Payments")
    shop.run()
    assert said(shop.replay(MONDAY)) == complete


def test_a_replay_follows_the_configuration_of_today(shop: Shop) -> None:
    """SHOP-1 has 3 points, and from now on at most 2 are small enough."""
    shop.run()
    then = shop.replay(MONDAY).judgement.by_key["SHOP-1"]
    shop.configure(CONFIG + "[rules.ready.small_enough]\nmax_points = 2\n")
    now = shop.replay(MONDAY).judgement.by_key["SHOP-1"]
    assert (then.ready, [finding.rule for finding in now.missing]) == (True, ["ready.small_enough"])


def test_a_replay_changes_no_file(shop: Shop) -> None:
    """SQLite itself makes empty files next to what it reads."""

    def files() -> dict[str, bytes]:
        ours = (path for path in shop.folder.iterdir() if not path.name.endswith(("-wal", "-shm")))
        return {path.name: path.read_bytes() for path in ours}

    shop.run()
    before = files()
    shop.replay(MONDAY)
    shop.replay(MONDAY - timedelta(days=3))
    assert files() == before


def test_only_the_owner_may_read_the_days(shop: Shop) -> None:
    shop.run()
    assert (shop.folder / "readyline.db.days").stat().st_mode & 0o777 == 0o600


def test_where_no_day_is_to_be_kept_none_is(shop: Shop) -> None:
    shop.configure(CONFIG + "[store]\nkeep_days = 0\n")
    shop.run()
    assert not (shop.folder / "readyline.db.days").exists()
    with pytest.raises(UsageError, match="no earlier day is stored"):
        shop.replay(MONDAY)


def test_a_damaged_file_of_days_does_not_fail_a_run(shop: Shop) -> None:
    (shop.folder / "readyline.db.days").write_bytes(b"no database " * 100)
    assert shop.run().outcomes
    assert (shop.folder / "readyline.db.days").read_bytes() == b"no database " * 100


@pytest.mark.parametrize(("asked", "near"), [(1, "days are 2026-03-02 and 2026-03-05"), (6, "day is 2026-03-05")])
def test_a_day_without_a_run_names_the_nearest_stored_ones(shop: Shop, asked: int, near: str) -> None:
    shop.run()
    shop.clock.move(days=3)
    shop.run()
    with pytest.raises(UsageError, match=near):
        shop.replay(MONDAY + timedelta(days=asked))


def test_a_day_before_the_first_run_is_rebuilt_and_says_what_is_not_known(shop: Shop) -> None:
    """SHOP-1 got its estimate yesterday, so the day before it had none."""
    estimated = edit(EditField.ESTIMATE, "1", days_ago=1, after="3")
    shop.change(edits={one.id: (estimated,) if one.id == "1" else () for one in shop.tracker._issues.values()})
    shop.run()
    report = shop.replay(MONDAY - timedelta(days=2))
    assert report.earlier is not None
    assert (report.earlier.day, report.earlier.run) == (MONDAY - timedelta(days=2), "")
    assert any("the order" in one for one in report.earlier.unknown)
    assert "ready.estimated" in {finding.rule for finding in report.judgement.by_key["SHOP-1"].missing}
    assert report.plan.changes == ()
    assert shop.replay(MONDAY).judgement.by_key["SHOP-1"].ready


@pytest.mark.parametrize(
    ("days", "hidden", "why"), [(500, False, "kept from 2025-01-27 on"), (2, True, "does not show")]
)
def test_a_day_of_which_nothing_is_known_says_why(shop: Shop, days: int, hidden: bool, why: str) -> None:  # noqa: FBT001
    shop.change(unavailable=frozenset({"changelog"}) if hidden else frozenset())
    shop.run()
    with pytest.raises(UsageError, match=f"{why}.*the first stored day is 2026-03-02"):
        shop.replay(MONDAY - timedelta(days=days))


def test_what_another_configuration_would_have_read_is_not_known(shop: Shop) -> None:
    shop.run()
    shop.configure(CONFIG.replace("project = SHOP", "project = WEB"))
    earlier = shop.replay(MONDAY).earlier
    assert earlier is not None
    assert [one.partition(" would")[0] for one in earlier.unknown] == ["what [product] backlog"]
    assert earlier.run


class Voted(MemoryTracker):
    """A tracker on which people vote for issues."""

    votes = 3

    def interest(self, issues: Sequence[str]) -> dict[str, Interest]:
        return {issue: Interest(votes=self.votes, watchers=2) for issue in issues}


def test_a_day_has_the_votes_and_watchers_that_its_run_read(tmp_path: Path) -> None:
    """They change no issue, so nothing else of the day holds them."""
    shop = Shop(tmp_path)
    shop.configure(f"{CONFIG}\n[rules]\nhorizon = 0.01\n")
    long_ago = NOW - timedelta(days=400)
    old = issue("SHOP-9", title="Nobody asked for it", created=long_ago, updated=long_ago)
    shop.tracker = tracker = Voted(shop.seen)
    shop.rank(*shop.seen.issues, old)
    words = said(report := shop.run())
    assert report.old_issues is not None
    (offer,) = report.old_issues.offers
    assert (offer.issue.key, offer.issue.votes, offer.issue.watchers) == ("SHOP-9", 3, 2)
    tracker.votes = 9
    assert said(shop.replay(MONDAY)) == words
