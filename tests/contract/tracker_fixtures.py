"""The same small product on every tracker there is: what the contract is tried on.

A `Place` lets a test act as a person and look at what a tracker has, whatever the tracker is.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import pytest

from rules.model import Category, LinkKind, Product, SprintState, TeamFilter
from sync.fake_jira.records import Account, Board, Remark, Sprint
from sync.fake_jira.server import FakeJira
from sync.fake_jira.state import State
from sync.store.mirror import Mirror
from sync.trackers.base import Scope, Tracker
from sync.trackers.dialect import Dialect
from sync.trackers.http import Transport
from sync.trackers.jira.dialect import JIRA
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings
from sync.trackers.jira.tracker import JiraCloud, JiraDatacenter, JiraTracker
from sync.trackers.memory import MemoryTracker
from tests import factories as make
from tests.contract.github_place import github_place
from tests.contract.gitlab_place import gitlab_place
from tests.contract.redmine_place import real_place, redmine_place
from tests.hostile import detectors as signs
from tests.sync.trackers.http_stub import HastyClock

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
BACKLOG = "project = T AND statusCategory != Done"
PRODUCT: Product = make.product(
    make.team("Payments", board=1, takes=TeamFilter(components=frozenset({"payments"}))), name="Test", owner="Ana"
)
SCOPE = Scope(backlog=BACKLOG, product=PRODUCT)
THEIRS = frozenset({"Web", "ios,"})


class Place(Protocol):
    """A tracker with the small product on it, and a person at its keyboard."""

    tracker: Tracker
    scope: Scope
    theirs: frozenset[str]
    """The labels that people gave T-1."""
    dialect: Dialect

    def worker(self, token: str = "", mirror: Mirror | None = None) -> Tracker:
        """Another worker with the same account, or with another token."""
        ...

    def reader(self) -> Tracker:
        """A worker whose account may read issues and not change them."""
        ...

    def key(self, key: str) -> str:
        """The key on this tracker of the issue that the contract calls T-1, T-2 and so on."""
        ...

    def id(self, key: str) -> str:
        """The id of that issue."""
        ...

    def comments(self, key: str) -> list[str]:
        """The comments on an issue that are ours, as text."""
        ...

    def labels(self, key: str) -> set[str]:
        """The labels an issue has."""
        ...

    def person_labels(self, key: str, label: str) -> None:
        """A person adds a label."""
        ...

    def person_deletes_our_comment(self, key: str) -> None:
        """A person deletes what we wrote."""
        ...

    def person_edits_our_comment(self, key: str, text: str) -> None:
        """A person writes this in place of what we wrote."""
        ...

    def person_deletes(self, key: str) -> None:
        """A person deletes an issue."""
        ...

    def live(self, key: str) -> list[str]:
        """What the tracker makes of our comments on an issue other than text and our own marks."""
        ...


@dataclass
class JiraPlace:
    """A local Jira and a tracker that looks at it."""

    jira: FakeJira
    tracker: Tracker = field(init=False)
    scope: Scope = SCOPE
    theirs: frozenset[str] = THEIRS
    dialect: Dialect = JIRA

    def __post_init__(self) -> None:
        self.tracker = self.worker()

    def worker(self, token: str = "", mirror: Mirror | None = None) -> JiraTracker:
        token, transport = token or self.jira.token, Transport(JIRA, clock=HastyClock())
        if self.jira.dialect == "cloud":
            settings = CloudSettings(url=self.jira.url, email=self.jira.email)
            return JiraCloud(settings, token, mirror, transport)
        return JiraDatacenter(DatacenterSettings(url=self.jira.url), token, mirror, transport)

    def reader(self) -> JiraTracker:
        self.jira.state.rights = {"BROWSE_PROJECTS"}
        return self.worker()

    def key(self, key: str) -> str:
        return key

    def id(self, key: str) -> str:
        return self.jira.state.issue(key).id

    def comments(self, key: str) -> list[str]:
        return [remark.body.wiki or json.dumps(remark.body.adf) for remark in self._ours(key)]

    def _ours(self, key: str) -> list[Remark]:
        state = self.jira.state
        return [remark for remark in state.issue(key).remarks if remark.author.id == state.me.id]

    def labels(self, key: str) -> set[str]:
        return set(self.jira.state.issue(key).labels)

    def person_labels(self, key: str, label: str) -> None:
        self.jira.state.add_label(key, label, by="ana")

    def person_deletes_our_comment(self, key: str) -> None:
        for remark in self._ours(key):
            self.jira.state.delete_comment(remark.id, by="ana")

    def person_edits_our_comment(self, key: str, text: str) -> None:
        for remark in self._ours(key):
            self.jira.state.edit_comment(remark.id, text, by="ana")

    def person_deletes(self, key: str) -> None:
        self.jira.state.delete(key)

    def live(self, key: str) -> list[str]:
        bodies = [remark.body for remark in self._ours(key)]
        return [sign for one in bodies for sign in (signs.in_adf(one.adf) if one.adf else signs.in_wiki(one.wiki))]


@dataclass
class MemoryPlace:
    """The tracker made of a dict."""

    tracker: MemoryTracker
    scope: Scope = SCOPE
    theirs: frozenset[str] = THEIRS

    def key(self, key: str) -> str:
        return key

    def id(self, key: str) -> str:
        return next(issue.id for issue in self.tracker.pull(SCOPE).issues if issue.key == key)

    def comments(self, key: str) -> list[str]:
        return [said for issue, said in self.tracker.comments.values() if issue == self.id(key)]

    def labels(self, key: str) -> set[str]:
        return set(next(issue.labels for issue in self.tracker.pull(SCOPE).issues if issue.key == key))

    def person_labels(self, key: str, label: str) -> None:
        self.tracker.edit(self.id(key), labels=frozenset({*self.labels(key), label}))

    def person_deletes_our_comment(self, key: str) -> None:
        for comment in [c for c, (issue, _) in self.tracker.comments.items() if issue == self.id(key)]:
            self.tracker.delete_comment(comment)

    def person_deletes(self, key: str) -> None:
        self.tracker.delete(self.id(key))


def small_site(state: State, now: datetime) -> None:
    """Seven issues, a board, four sprints: one of each thing that a pull must map."""
    state.projects["T"] = "Test"
    state.log_in_as(Account(id="712020:bot", name="bot", display="Bot", email="bot@x.example", zone="America/Chicago"))
    state.enrol(Account(id="712020:ana", name="ana", display="Ana", zone="Europe/Berlin"))
    state.add_board(Board(id=1, name="Test board", project="T"))
    for number, phase in ((1, "closed"), (2, "active"), (3, "future"), (4, "future")):
        start = now + timedelta(days=14 * (number - 2) - 4)
        end = start + timedelta(days=14)
        completed = end if phase == "closed" else None
        state.add_sprint(
            Sprint(id=number, board=1, name=f"Sprint {number}", state=phase, start=start, end=end, completed=completed)  # type: ignore[arg-type]
        )
    for kind, summary, values in ISSUES:
        state.create("T", kind, summary, by="ana", **deepcopy(values))
    state.edit("T-7", parent=state.issue("T-6").id, by="ana")
    state.transition("T-4", "Done", by="ana")
    state.rank(["T-5"], before="T-1")
    state.link("T-5", "Blocks", "T-1", by="ana")
    state.comment("T-1", "Looks good to me", by="ana")


ISSUES: Sequence[tuple[str, str, dict[str, Any]]] = (
    ("Story", "Pay by card", {"points": 3.0, "components": ["payments"], "labels": ["Web", "ios,"]}),
    ("Bug", "Wrong total", {"points": 2.0, "flagged": True}),
    ("Task", "Tidy up", {"sprints": [2]}),
    ("Story", "Done long ago", {"points": 5.0, "sprints": [1]}),
    ("Story", "Comes first", {"security": "Internal"}),
    ("Epic", "Everything about paying", {}),
    ("Story", "Under the epic", {"sprints": [1, 3]}),
)


@contextmanager
def cloud_place() -> Iterator[JiraPlace]:
    """The product on a Jira Cloud."""
    with FakeJira("cloud", small_site, now=NOW) as jira:
        yield JiraPlace(jira)


@contextmanager
def datacenter_place() -> Iterator[JiraPlace]:
    """The product on a Jira Data Center."""
    with FakeJira("datacenter", small_site, now=NOW) as jira:
        yield JiraPlace(jira)


@contextmanager
def memory_place() -> Iterator[MemoryPlace]:
    """The product in memory."""
    sprints = [
        make.sprint(str(number), state, board=1, name=f"Sprint {number}")
        for number, state in ((1, SprintState.CLOSED), (2, SprintState.ACTIVE), (3, SprintState.FUTURE))
    ]
    blocked = make.link("T-5", LinkKind.BLOCKED_BY)
    issues = [
        make.issue("T-5"),
        make.issue("T-1", links=(blocked,), labels=frozenset({"Web", "ios,"})),
        make.issue("T-2", points=2.0, flagged=True),
        make.issue("T-3", sprint="2", sprints=("2",)),
        make.issue("T-6"),
        make.issue("T-7", sprint="3", sprints=("1", "3")),
    ]
    done = make.issue("T-4", category=Category.DONE, sprints=("1",))
    yield MemoryPlace(MemoryTracker(make.snapshot(*issues, history=(done,), sprints=tuple(sprints), product=PRODUCT)))


PLACES: dict[str, Callable[[], Any]] = {
    "memory": memory_place,
    "cloud": cloud_place,
    "datacenter": datacenter_place,
    "github": github_place,
    "gitlab": gitlab_place,
    "redmine": redmine_place,
    "real-redmine": real_place,
}
IN_DATABASE = "cloud-in-postgresql"
"""A Jira Cloud again, by a worker that keeps what it pulled in PostgreSQL."""


def trackers(reasons: Mapping[str, str]) -> list[Any]:
    """All trackers as parameters of a test; one with a reason is skipped for it."""
    whys = {**reasons, IN_DATABASE: reasons.get("cloud", "")}
    return [pytest.param(name, marks=_marks(name, whys.get(name, ""))) for name in (*PLACES, IN_DATABASE)]


def _marks(name: str, reason: str) -> list[pytest.MarkDecorator]:
    # There is one real server: its tests run one after the other.
    marks = [pytest.mark.xdist_group("real-redmine")] if name == "real-redmine" else []
    marks += [pytest.mark.ci] if name == IN_DATABASE else []
    return [*marks, pytest.mark.skip(reason=f"{name}: {reason}")] if reason else marks


def cannot(reasons: Mapping[str, str]) -> pytest.MarkDecorator:
    """Which trackers cannot show what a test says, each with the reason; it runs on all others."""
    return pytest.mark.parametrize("place", trackers(reasons), indirect=True)
