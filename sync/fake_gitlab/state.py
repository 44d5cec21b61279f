"""The site, and people who use it: every change of an issue goes through here and leaves its events."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import Any

from sync.fake_gitlab.quick_actions import Reading, named_in, split
from sync.fake_gitlab.records import Account, Box, Event, Group, Note, Project, Record

WITHOUT_TRACE = {"position"}
"""What changes without an event, and leaves the date of the last change."""


class State:
    """All data of one site. `edition` is "ce", "free" or "premium".

    `read` is what GitLab found in notes. `mailed_outside` are the texts that went to requesters of the Service Desk.
    `before_page` is called before a further page of a list is answered, with its number.
    """

    def __init__(self, edition: str, clock: Callable[[], datetime]) -> None:
        self.edition, self.clock = edition, clock
        self.accounts: dict[str, Account] = {}
        self.groups: dict[int, Group] = {}
        self.projects: dict[int, Project] = {}
        self.boxes: dict[int, Box] = {}
        self.cadences: dict[int, str] = {}
        self.issues: dict[tuple[int, int], Record] = {}
        self.read = Reading()
        self.mailed_outside: list[str] = []
        self.before_page: Callable[[int], None] | None = None
        self.lock = threading.RLock()
        self._numbers = count(1)

    @property
    def is_premium(self) -> bool:
        """Whether there are weights, iterations and links that block."""
        return self.edition == "premium"

    def enrol(self, account: Account) -> Account:
        """Add an account."""
        self.accounts[account.username] = account
        return account

    def create(self, project: int, title: str, *, by: str, at: datetime | None = None, **values: Any) -> Record:
        """A new issue, at the end of the order."""
        place, number, moment = self.projects[project], next(self._numbers), at or self.clock()
        iid = max((known for owner, known in self.issues if owner == project), default=0) + 1
        author = self.accounts[by]
        record = Record(
            id=1000 + number,
            project=place,
            iid=iid,
            title=title,
            author=author,
            created=moment,
            updated=moment,
            position=float(number),
        )
        for name, value in values.items():
            setattr(record, name, value)
        place.labels += [label for label in record.labels if label not in place.labels]
        for label in record.labels:
            record.events.append(Event(kind="label", by=author, at=moment, says={"label": label, "action": "add"}))
        if record.milestone:
            says = {"milestone": record.milestone, "action": "add"}
            record.events.append(Event(kind="milestone", by=author, at=moment, says=says))
        self.issues[project, iid] = record
        return record

    def issue(self, key: str) -> Record:
        """The issue with this key. Raises `KeyError`."""
        return next(record for record in self.issues.values() if record.key == key)

    def edit(self, record: Record, *, by: str, at: datetime | None = None, **values: Any) -> None:
        """Change fields of an issue; what is as it was leaves no trace."""
        with self._changing(record, self.accounts[by], at or self.clock(), set(values)):
            for name, value in values.items():
                setattr(record, name, value)
        record.project.labels += [label for label in record.labels if label not in record.project.labels]

    def label(self, record: Record, *, by: str, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()) -> None:
        """Add and remove labels; one in both is removed, one that the project does not have is made."""
        added = [label for label in add if label not in record.labels and label not in remove]
        labels = [*(label for label in record.labels if label not in remove), *added]
        self.edit(record, by=by, labels=labels)

    def comment(
        self, record: Record, body: str, *, by: str, internal: bool = False, at: datetime | None = None
    ) -> tuple[Note | None, list[tuple[str, str]]]:
        """A new note and the commands in it, which are executed; without any other text there is no note."""
        text, commands = self._executed(record, body, by)
        if not text:
            return None, commands
        author, moment = self.accounts[by], at or self.clock()
        note = Note(id=next(self._numbers), author=author, body=text, at=moment, is_internal=internal)
        record.notes.append(note)
        record.updated = max(record.updated, moment)
        if record.is_from_outside and not internal:
            self.mailed_outside.append(text)
        return note, commands

    def edit_note(self, record: Record, note: Note, body: str, *, by: str) -> None:
        """Replace the text of a note; commands in it are executed as well."""
        note.body = self._executed(record, body, by)[0]

    def delete_note(self, record: Record, note: Note) -> None:
        """Delete a note."""
        record.notes.remove(note)

    def delete(self, record: Record) -> None:
        """Delete an issue."""
        del self.issues[record.project.id, record.iid]
        for other in self.issues.values():
            other.blocks = [one for one in other.blocks if one is not record]

    def _executed(self, record: Record, body: str, by: str) -> tuple[str, list[tuple[str, str]]]:
        """The text without commands, which are executed with the rights of the writer."""
        text, commands = split(body)
        self.read.commands += commands
        for verb, rest in commands:
            match verb:
                case "close":
                    self.edit(record, by=by, closed=self.clock())
                case "label":
                    self.label(record, by=by, add=(rest.strip('~"'),))
                case "title":
                    self.edit(record, by=by, title=rest)
                case _:
                    self._note(record, self.accounts[by], self.clock(), f"ran /{verb}")
        for kind, name in named_in(text):
            (self.read.mentions if kind == "mention" else self.read.references).append(name)
        return text, commands

    @contextmanager
    def _changing(self, record: Record, by: Account, at: datetime, names: set[str]) -> Iterator[None]:
        before = {name: _copied(getattr(record, name)) for name in names}
        yield
        changed = {name: was for name, was in before.items() if was != getattr(record, name)}
        for kind, says in _says(record, changed):
            record.events.append(Event(kind=kind, by=by, at=at, says=says))
        if "title" in changed:
            text = f"changed title from **{{-{changed['title']}-}}** to **{{+{record.title}+}}**"
            self._note(record, by, at, text)
        if "description" in changed:
            self._note(record, by, at, "changed the description")
        if changed.keys() - WITHOUT_TRACE:
            record.updated = max(record.updated, at)

    def _note(self, record: Record, by: Account, at: datetime, text: str) -> None:
        record.notes.append(Note(id=next(self._numbers), author=by, body=text, at=at, is_system=True))


def _copied(value: Any) -> Any:
    return list(value) if isinstance(value, list) else value


def _says(record: Record, changed: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The kinds of events that a change makes, and what each says."""
    if "labels" in changed:
        yield from (
            ("label", {"label": label, "action": "add"}) for label in record.labels if label not in changed["labels"]
        )
        yield from (
            ("label", {"label": one, "action": "remove"}) for one in changed["labels"] if one not in record.labels
        )
    for kind in ("milestone", "iteration"):
        if kind in changed:
            now = getattr(record, kind)
            yield kind, {kind: now or changed[kind], "action": "add" if now else "remove"}
    if "closed" in changed:
        yield "state", {"state": "closed" if record.closed else "reopened"}
    if "weight" in changed:
        yield "weight", {"weight": record.weight}
