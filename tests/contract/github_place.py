"""The small product on a simulated GitHub, with a person who works there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from rules.model import Product, TeamFilter
from sync.fake_github.server import FakeGithub
from sync.fake_github.state import BOT, Home, Iteration, State
from sync.store.mirror import Mirror
from sync.trackers.base import Scope
from sync.trackers.dialect import Dialect
from sync.trackers.github.dialect import GithubDialect
from sync.trackers.github.settings import GithubSettings
from sync.trackers.github.tracker import GithubTracker
from sync.trackers.http import Transport
from tests import factories as make
from tests.contract.markdown_page import live_in
from tests.sync.trackers.http_stub import FakeClock

SHOP = "acme/shop"
PRODUCT: Product = make.product(
    make.team("Payments", board=7, takes=TeamFilter(components=frozenset({"payments"}))), name="Test", owner="Ana"
)
SCOPE = Scope(backlog="state=open", product=PRODUCT)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def settings(url: str, **values: Any) -> GithubSettings:
    """The settings of the small product."""
    fields = {"points": "Story points", "sprint": "Sprint", "component": "Component"}
    given = {"url": url, "project": "acme/7", "fields": fields, "flagged": "impeded"}
    return GithubSettings.model_validate({**given, **values})


def small_site(state: State, now: datetime) -> None:
    """Seven issues, a Project with four iterations: one of each thing that a pull must map."""
    state.people["ana"] = "Ana Alvarez"
    state.homes = {SHOP: Home(SHOP), "acme/attic": Home("acme/attic", archived=True)}
    board = state.board
    board.fields = {
        "Story points": "NUMBER",
        "Sprint": "ITERATION",
        "Component": "SINGLE_SELECT",
        "Status": "SINGLE_SELECT",
    }
    board.options = {"Component": ["payments"], "Status": ["Todo", "In progress", "Done"]}
    first = now.date() - timedelta(days=4)
    board.iterations = [
        Iteration(str(number), f"Sprint {number}", first + timedelta(days=14 * (number - 2))) for number in range(1, 5)
    ]
    old = now - timedelta(days=30)
    for title, values, fields in ISSUES:
        state.create(SHOP, title, by="ana", values=values, created=old, **fields)
    state.issues[f"{SHOP}#4"].closed = old
    state.issues[f"{SHOP}#7"].parent = f"{SHOP}#6"
    state.issues[f"{SHOP}#1"].blockers = [f"{SHOP}#5"]
    board.items.insert(0, board.items.pop(4))
    state.comment(f"{SHOP}#1", "Looks good to me", by="ana")


ISSUES: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("Pay by card", {"Story points": 3, "Component": "payments"}, {"type": "Story", "labels": ["Web", "ios,"]}),
    ("Wrong total", {"Story points": 2}, {"type": "Bug", "labels": ["impeded"]}),
    ("Tidy up", {"Sprint": "2"}, {"type": "Task"}),
    ("Done long ago", {"Story points": 5, "Sprint": "1"}, {"type": "Story"}),
    ("Comes first", {}, {"type": "Story"}),
    ("Everything about paying", {}, {"type": "Epic"}),
    ("Under the epic", {"Sprint": "3"}, {"type": "Story"}),
)


@dataclass
class GithubPlace:
    """A simulated GitHub and a tracker that looks at it, with a clock of its own for waits."""

    github: FakeGithub
    tracker: GithubTracker
    scope: Scope = SCOPE
    theirs: frozenset[str] = frozenset({"Web", "ios,"})
    dialect: Dialect = field(default_factory=GithubDialect)

    def worker(self, token: str = "", mirror: Mirror | None = None) -> GithubTracker:
        return tracker_for(self.github, mirror, token)

    def reader(self) -> GithubTracker:
        self.github.state.homes[SHOP].permission = "READ"
        self.github.state.board.may_update = False
        return self.worker()

    def key(self, key: str) -> str:
        return f"{SHOP}#{key.rpartition('-')[2]}"

    def id(self, key: str) -> str:
        return self.github.state.issues[self.key(key)].id

    def comments(self, key: str) -> list[str]:
        return [one.body for one in self.github.state.issues[self.key(key)].remarks if one.author == BOT]

    def labels(self, key: str) -> set[str]:
        return set(self.github.state.issues[self.key(key)].labels)

    def person_labels(self, key: str, label: str) -> None:
        self.github.state.label(self.key(key), label, by="ana")

    def person_deletes_our_comment(self, key: str) -> None:
        for remark in [one for one in self.github.state.issues[self.key(key)].remarks if one.author == BOT]:
            self.github.state.delete_comment(remark.id, by="ana")

    def person_edits_our_comment(self, key: str, text: str) -> None:
        for remark in [one for one in self.github.state.issues[self.key(key)].remarks if one.author == BOT]:
            remark.body = text

    def person_deletes(self, key: str) -> None:
        self.github.state.delete(self.key(key))

    def live(self, key: str) -> list[str]:
        return [sign for body in self.comments(key) for sign in live_in(body)]


def tracker_for(github: FakeGithub, mirror: Mirror | None = None, token: str = "", **values: Any) -> GithubTracker:
    """A tracker that waits on a clock of its own."""
    own = settings(github.url, **values)
    transport = Transport(GithubDialect(own.comments_an_hour), clock=FakeClock())
    return GithubTracker(own, token or github.token, mirror, transport)


@contextmanager
def github_place() -> Iterator[GithubPlace]:
    """The product on a simulated GitHub."""
    with FakeGithub(small_site, now=NOW, clock=lambda: NOW) as github:
        yield GithubPlace(github, tracker_for(github))
