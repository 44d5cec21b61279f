"""A small Jira of each kind, and trackers that look at it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from rules.model import Issue
from rules.plan.changes import PutComment
from rules.plan.comment import CommentBody, Fix
from sync.fake_jira.server import FakeJira
from sync.store.mirror import Mirror
from sync.trackers.http import Transport
from sync.trackers.jira.dialect import JIRA
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings, JiraSettings
from sync.trackers.jira.tracker import JiraCloud, JiraDatacenter, JiraTracker
from tests.contract.tracker_fixtures import NOW, small_site
from tests.sync.trackers.http_stub import HastyClock
from tests.thorough import in_turn

NOTE = CommentBody(headline="Not ready yet: one thing is missing.", fixes=(Fix("no criteria", "add two", must=True),))


@dataclass
class Jira:
    """A local Jira, and how to open a tracker on it."""

    jira: FakeJira
    clock: HastyClock

    @property
    def state(self) -> Any:
        return self.jira.state

    @property
    def is_cloud(self) -> bool:
        return self.jira.dialect == "cloud"

    def settings(self, **values: Any) -> JiraSettings:
        if self.is_cloud:
            return CloudSettings(url=self.jira.url, email=self.jira.email, **values)
        return DatacenterSettings(url=self.jira.url, **values)

    def open(self, mirror: Mirror | None = None, token: str | None = None, **values: Any) -> JiraTracker:
        """A tracker; its transport never really sleeps, and a busy machine does not meet its timeouts."""
        make: Any = JiraCloud if self.is_cloud else JiraDatacenter
        transport = Transport(JIRA, clock=self.clock, timeout=(30.0, 60.0))
        return make(self.settings(**values), token or self.jira.token, mirror, transport)  # type: ignore[no-any-return]

    def asked(self, method: str, tail: str) -> list[Any]:
        """The requests of a method whose path ends so."""
        return [each for each in self.jira.requests if each.method == method and each.path.endswith(tail)]


@pytest.fixture(params=in_turn("cloud", "datacenter"))
def jira(request: pytest.FixtureRequest) -> Iterator[Jira]:
    """A small site of each kind."""
    yield from opened(request.param)


@pytest.fixture
def cloud() -> Iterator[Jira]:
    """A small Jira Cloud."""
    yield from opened("cloud")


@pytest.fixture
def datacenter() -> Iterator[Jira]:
    """A small Jira Data Center."""
    yield from opened("datacenter")


@pytest.fixture
def put() -> Callable[..., PutComment]:
    """A change that writes our comment on an issue."""

    def make(issue: Issue, note: CommentBody = NOTE, comment: str | None = None) -> PutComment:
        return PutComment(issue=issue.id, key=issue.key, note=note, why="it is not ready", comment=comment)

    return make


def opened(dialect: str, company: Any = small_site) -> Iterator[Jira]:
    """Open a local Jira for a test."""
    with FakeJira(dialect, company, now=NOW) as jira:
        yield Jira(jira, HastyClock())
