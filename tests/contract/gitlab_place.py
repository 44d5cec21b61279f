"""The small product on a local GitLab, and a person who uses it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from rules.model import Product, TeamFilter
from sync.fake_gitlab.records import MAINTAINER, REPORTER, Account, Box, Group, Project, Record
from sync.fake_gitlab.server import BOT, FakeGitlab
from sync.fake_gitlab.state import State
from sync.trackers.base import Scope
from sync.trackers.gitlab.settings import GitlabSettings
from sync.trackers.gitlab.tracker import GitlabTracker
from tests import factories as make

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

    def key(self, key: str) -> str:
        return f"{PATH}#{key.rpartition('-')[2]}"

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

    def person_empties_our_comment(self, key: str) -> None:
        record = self.record(key)
        for note in [note for note in record.notes if note.author == BOT and not note.is_system]:
            self.gitlab.state.edit_note(record, note, "", by="ana")

    def person_deletes(self, key: str) -> None:
        self.gitlab.state.delete(self.record(key))


@contextmanager
def gitlab_place(edition: str = "premium", **values: Any) -> Iterator[GitlabPlace]:
    """The product on a local GitLab of this edition; `values` are settings of the tracker."""
    with FakeGitlab(small_site, edition=edition) as gitlab:
        yield GitlabPlace(gitlab, GitlabTracker(settings(gitlab.url, **values), gitlab.token))
