"""The same small product on every tracker there is: what the contract is tried on.

A `Place` lets a test act as a person and look at what a tracker has, whatever the tracker is.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from rules.model import Category, LinkKind, Product, SprintState, TeamFilter
from sync.fake_jira.records import Account, Board, Sprint
from sync.fake_jira.server import FakeJira
from sync.fake_jira.state import State
from sync.trackers import open_tracker
from sync.trackers.base import Scope, Tracker
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings
from sync.trackers.memory import MemoryTracker
from tests import factories as make
from tests.contract.github_place import github_place
from tests.contract.gitlab_place import gitlab_place
from tests.contract.redmine_place import real_place, redmine_place

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

    def key(self, key: str) -> str:
        """The key on this tracker of the issue that the contract calls T-1, T-2 and so on."""
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

    def person_empties_our_comment(self, key: str) -> None:
        """A person takes all text out of what we wrote."""
        ...

    def person_deletes(self, key: str) -> None:
        """A person deletes an issue."""
        ...


@dataclass
class JiraPlace:
    """A local Jira and a tracker that looks at it."""

    jira: FakeJira
    tracker: Tracker
    scope: Scope = SCOPE
    theirs: frozenset[str] = THEIRS

    def key(self, key: str) -> str:
        return key

    def comments(self, key: str) -> list[str]:
        record, ours = self.jira.state.issue(key), self.jira.state.me.id
        return [r.body.wiki or json.dumps(r.body.adf) for r in record.remarks if r.author.id == ours]

    def labels(self, key: str) -> set[str]:
        return set(self.jira.state.issue(key).labels)

    def person_labels(self, key: str, label: str) -> None:
        self.jira.state.add_label(key, label, by="ana")

    def person_deletes_our_comment(self, key: str) -> None:
        record, ours = self.jira.state.issue(key), self.jira.state.me.id
        for remark in [r for r in record.remarks if r.author.id == ours]:
            self.jira.state.delete_comment(remark.id, by="ana")

    def person_empties_our_comment(self, key: str) -> None:
        record, ours = self.jira.state.issue(key), self.jira.state.me.id
        for remark in [r for r in record.remarks if r.author.id == ours]:
            self.jira.state.edit_comment(remark.id, "", by="ana")

    def person_deletes(self, key: str) -> None:
        self.jira.state.delete(key)


@dataclass
class MemoryPlace:
    """The tracker made of a dict."""

    tracker: MemoryTracker
    scope: Scope = SCOPE
    theirs: frozenset[str] = THEIRS

    def key(self, key: str) -> str:
        return key

    def _id(self, key: str) -> str:
        return next(issue.id for issue in self.tracker.pull(SCOPE).issues if issue.key == key)

    def comments(self, key: str) -> list[str]:
        return [said for issue, said in self.tracker.comments.values() if issue == self._id(key)]

    def labels(self, key: str) -> set[str]:
        return set(next(issue.labels for issue in self.tracker.pull(SCOPE).issues if issue.key == key))

    def person_labels(self, key: str, label: str) -> None:
        self.tracker.edit(self._id(key), labels=frozenset({*self.labels(key), label}))

    def person_deletes_our_comment(self, key: str) -> None:
        for comment in [c for c, (issue, _) in self.tracker.comments.items() if issue == self._id(key)]:
            self.tracker.delete_comment(comment)

    def person_empties_our_comment(self, key: str) -> None:
        self.person_deletes_our_comment(key)

    def person_deletes(self, key: str) -> None:
        self.tracker.delete(self._id(key))


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
        settings = CloudSettings(url=jira.url, email=jira.email)
        yield JiraPlace(jira, open_tracker(settings, jira.token))


@contextmanager
def datacenter_place() -> Iterator[JiraPlace]:
    """The product on a Jira Data Center."""
    with FakeJira("datacenter", small_site, now=NOW) as jira:
        yield JiraPlace(jira, open_tracker(DatacenterSettings(url=jira.url), jira.token))


@contextmanager
def memory_place() -> Iterator[MemoryPlace]:
    """The product in memory."""
    sprints = [
        make.sprint(str(number), state, board=1, name=f"Sprint {number}")
        for number, state in ((1, SprintState.CLOSED), (2, SprintState.ACTIVE), (3, SprintState.FUTURE))
    ]
    blocked = make.link("T-5", LinkKind.BLOCKED_BY)
    issues = [
        make.issue("T-1", links=(blocked,), labels=frozenset({"Web", "ios,"})),
        make.issue("T-2", points=2.0, flagged=True),
        make.issue("T-3", sprint="2", sprints=("2",)),
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
WITHOUT_PROPERTY = {"github", "gitlab"}
"""Trackers that have no place for our marks but the comment: only the store knows them."""
