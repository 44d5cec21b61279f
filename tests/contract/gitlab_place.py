"""The small product on a local GitLab, and a person who uses it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from rules.model import Product, TeamFilter
from sync.fake_gitlab.quick_actions import Reading
from sync.fake_gitlab.records import GUEST, MAINTAINER, REPORTER, Account, Box, Group, Project, Record
from sync.fake_gitlab.server import BOT, FakeGitlab
from sync.fake_gitlab.state import State
from sync.store.mirror import Mirror
from sync.trackers.base import Scope
from sync.trackers.dialect import Dialect
from sync.trackers.gitlab.dialect import GITLAB
from sync.trackers.gitlab.settings import GitlabSettings
from sync.trackers.gitlab.tracker import GitlabTracker
from sync.trackers.http import Transport
from tests import factories as make
from tests.contract.markdown_page import live_in
from tests.sync.trackers.http_stub import HastyClock

ANA = Account(id=6, username="ana", name="Ana Alvarez", token="token-of-ana")
PROJECT, GROUP, CADENCE = 7, 3, 11
PATH = "acme/test"
PRODUCT: Product = make.product(
    make.team("Payments", board=PROJECT, takes=TeamFilter(labels=frozenset({"payments"}))), name="Test", owner="Ana"
)
SCOPE = Scope(backlog="issue_type=issue", product=PRODUCT)
TYPES = {"type::bug": "bug", "type::task": "task", "type::epic": "epic"}
OURS = "readyline-"


def settings(url: str, **values: Any) -> GitlabSettings:
    """The settings of the small product."""
    place = {} if "group" in values else {"project": PATH}
    return GitlabSettings.model_validate({"url": url, "types": TYPES, "flagged": "impeded", **place, **values})


def small_site(state: State, now: datetime) -> None:
    """The product of the contract: seven issues and four milestones, and an iteration of the same days for each."""
    state.enrol(ANA)
    state.groups[GROUP] = Group(id=GROUP, path="acme", name="Acme")
    state.projects[PROJECT] = Project(
        id=PROJECT, path=PATH, name="Test", group=GROUP, roles={BOT.id: REPORTER, ANA.id: MAINTAINER}
    )
    for number, box_state in ((1, "closed"), (2, "active"), (3, "active"), (4, "active")):
        start = (now + timedelta(days=14 * (number - 2) - 4)).date()
        sprint = Box(id=number, place="projects", owner=PROJECT, title=f"Sprint {number}", state=box_state, start=start)
        sprint.due = start + timedelta(days=13)
        known = {1: "closed", 2: "current"}.get(number, "upcoming")
        state.boxes[number] = sprint
        state.boxes[10 + number] = replace(
            sprint, id=10 + number, place="cadences", owner=CADENCE, title="", state=known
        )
    for title, values in issues(state):
        state.create(PROJECT, title, by="ana", at=now - timedelta(days=30), **values)
    pay, done, first = (state.issue(f"{PATH}#{number}") for number in (1, 4, 5))
    state.edit(done, by="ana", closed=now - timedelta(days=10), at=now - timedelta(days=10))
    first.blocks.append(pay)
    first.position = 0.5
    state.comment(pay, "Looks good to me", by="ana", at=now - timedelta(days=20))


def issues(state: State) -> list[tuple[str, dict[str, Any]]]:
    """The titles of the seven issues, with what each has."""
    sprint = {number: {"milestone": state.boxes[number], "iteration": state.boxes[10 + number]} for number in (1, 2, 3)}
    return [
        ("Pay by card", {"weight": 3, "labels": ["Web", "ios"]}),
        ("Wrong total", {"weight": 2, "labels": ["type::bug", "impeded"]}),
        ("Tidy up", {"labels": ["type::task"], **sprint[2]}),
        ("Done long ago", {"weight": 5, **sprint[1]}),
        ("Comes first", {"is_confidential": True}),
        ("Everything about paying", {"labels": ["type::epic"]}),
        ("Under the epic", sprint[3]),
    ]


@dataclass
class GitlabPlace:
    """A local GitLab and a tracker that looks at it."""

    gitlab: FakeGitlab
    tracker: GitlabTracker
    scope: Scope = SCOPE
    theirs: frozenset[str] = frozenset({"Web", "ios"})
    dialect: Dialect = GITLAB

    def worker(self, token: str = "", mirror: Mirror | None = None) -> GitlabTracker:
        return tracker_for(self.gitlab, mirror, token)

    def reader(self) -> GitlabTracker:
        self.gitlab.state.projects[PROJECT].roles[BOT.id] = GUEST
        return self.worker()

    def key(self, key: str) -> str:
        return f"{PATH}#{key.rpartition('-')[2]}"

    def id(self, key: str) -> str:
        return f"{PROJECT}:{key.rpartition('-')[2]}"

    def record(self, key: str) -> Record:
        return self.gitlab.state.issue(self.key(key))

    def comments(self, key: str) -> list[str]:
        return [note.body for note in self.record(key).notes if note.author == BOT and not note.is_system]

    def labels(self, key: str) -> set[str]:
        return set(self.record(key).labels)

    def person_labels(self, key: str, label: str) -> None:
        self.gitlab.state.label(self.record(key), by="ana", add=(label,))

    def person_deletes_our_comment(self, key: str) -> None:
        record = self.record(key)
        for note in [note for note in record.notes if note.author == BOT and not note.is_system]:
            self.gitlab.state.delete_note(record, note)

    def person_edits_our_comment(self, key: str, text: str) -> None:
        record = self.record(key)
        for note in [note for note in record.notes if note.author == BOT and not note.is_system]:
            self.gitlab.state.edit_note(record, note, text, by="ana")

    def person_deletes(self, key: str) -> None:
        self.gitlab.state.delete(self.record(key))

    def live(self, key: str) -> list[str]:
        read = self.gitlab.state.read
        shown = [sign for body in self.comments(key) for sign in live_in(body)]
        return shown if read == Reading() else [str(read), *shown]


def tracker_for(gitlab: FakeGitlab, mirror: Mirror | None = None, token: str = "", **values: Any) -> GitlabTracker:
    """A tracker that waits on a clock of its own."""
    transport = Transport(GITLAB, clock=HastyClock())
    return GitlabTracker(settings(gitlab.url, **values), token or gitlab.token, mirror, transport)


@contextmanager
def gitlab_place(edition: str = "premium", **values: Any) -> Iterator[GitlabPlace]:
    """The product on a local GitLab of this edition; `values` are settings of the tracker."""
    with FakeGitlab(small_site, edition=edition) as gitlab:
        yield GitlabPlace(gitlab, tracker_for(gitlab, **values))
