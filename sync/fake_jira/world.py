"""The simulated site: all its data, how to find it, and the one way to change it.

`World.changing` is that one way: it compares an issue before and after, writes the history and sets `updated`. It keeps
the old version for a search index that lags behind. A change without a difference leaves no trace. A new rank is in the
history and leaves `updated` as it is.
"""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sync.fake_jira.history import differences
from sync.fake_jira.records import Account, Board, Entry, IssueType, LinkType, Notice, Record, Sprint, Status, Urgency

RANK_STEP = 1 << 16
WITHOUT_TRACE = frozenset({"rank"})
"""Fields whose changes are in the history, but neither move the date of the last change nor cause mail."""

Named = TypeVar("Named", Status, IssueType, Urgency, LinkType)

RIGHTS = (
    "BROWSE_PROJECTS",
    "EDIT_ISSUES",
    "ADD_COMMENTS",
    "EDIT_OWN_COMMENTS",
    "DELETE_OWN_COMMENTS",
    "EDIT_ALL_COMMENTS",
    "SCHEDULE_ISSUES",
    "VIEW_VOTERS_AND_WATCHERS",
    "MANAGE_SPRINTS_PERMISSION",
    "BULK_CHANGE",
    "CREATE_ISSUES",
    "DELETE_ISSUES",
    "LINK_ISSUES",
    "ADMINISTER_PROJECTS",
    "ADMINISTER",
)

STATUSES = (
    Status("10000", "To Do", "new"),
    Status("10001", "Selected for Development", "new"),
    Status("3", "In Progress", "indeterminate"),
    Status("10003", "In Review", "indeterminate"),
    Status("10004", "Done", "done"),
    Status("10005", "Won't Do", "done"),
)
TYPES = (
    IssueType("10001", "Story"),
    IssueType("10004", "Bug"),
    IssueType("10002", "Task"),
    IssueType("10006", "Spike"),
    IssueType("10000", "Epic", 1),
    IssueType("10003", "Sub-task", -1),
)
PRIORITIES = tuple(
    Urgency(str(place + 1), name, place) for place, name in enumerate(("Highest", "High", "Medium", "Low", "Lowest"))
)
LINK_TYPES = (
    LinkType("10000", "Blocks", "is blocked by", "blocks"),
    LinkType("10001", "Cloners", "is cloned by", "clones"),
    LinkType("10002", "Duplicate", "is duplicated by", "duplicates"),
    LinkType("10003", "Relates", "relates to", "relates to"),
)


def utc_now() -> datetime:
    """The present time."""
    return datetime.now(UTC)


class World:
    """A Jira site in memory. Hold `lock` to read or change it."""

    def __init__(self, *, clock: Callable[[], datetime] = utc_now) -> None:
        self.lock = threading.RLock()
        self.clock = clock
        self.title = "Jira"
        self.projects: dict[str, str] = {}
        self.leads: dict[str, Account] = {}
        self.accounts: dict[str, Account] = {}
        self.issues: dict[str, Record] = {}
        self.keys: dict[str, str] = {}
        self.boards: dict[int, Board] = {}
        self.sprints: dict[int, Sprint] = {}
        self.statuses: dict[str, Status] = {status.id: status for status in STATUSES}
        self.types: dict[str, IssueType] = {kind.id: kind for kind in TYPES}
        self.priorities: dict[str, Urgency] = {priority.id: priority for priority in PRIORITIES}
        self.link_types: dict[str, LinkType] = {kind.id: kind for kind in LINK_TYPES}
        self.components: dict[str, set[str]] = defaultdict(set)
        self.children: dict[str, list[str]] = defaultdict(list)
        self.remark_owner: dict[str, str] = {}
        self.rights: set[str] = set(RIGHTS)
        self.acceptance_field = False
        self.lag = 0
        self.served = 0
        self.version = 0
        self.stale: OrderedDict[str, tuple[Record | None, int]] = OrderedDict()
        self.mails: list[Notice] = []
        self._last_id = 10_000
        self.me = self.enrol(Account(id="bot", name="readyline", display="readyline"))

    # Who and what is there

    def enrol(self, account: Account) -> Account:
        """Add an account, or return the one with that id."""
        return self.accounts.setdefault(account.id, account)

    def account(self, name: str) -> Account:
        """The account of an id, a user name, a display name, or a first name in any case; raises KeyError."""
        for account in self.accounts.values():
            if name in (account.id, account.name, account.display):
                return account
        for account in self.accounts.values():
            if name.casefold() == account.display.partition(" ")[0].casefold():
                return account
        raise KeyError(name)

    def issue(self, id_or_key: str) -> Record:
        """The issue of an id or of any key it ever had, in any case; raises KeyError."""
        record = self.issues.get(id_or_key) or self.issues.get(self.keys.get(id_or_key.upper(), ""))
        if record is None:
            raise KeyError(id_or_key)
        return record

    def status(self, name: str) -> Status:
        """The status of a name; raises KeyError."""
        return next_named(self.statuses.values(), name)

    def open_sprint(self, record: Record) -> Sprint | None:
        """The future or active sprint an issue is in."""
        sprints = (self.sprints[number] for number in record.sprints if number in self.sprints)
        return next((sprint for sprint in sprints if sprint.state != "closed"), None)

    def fresh_id(self) -> str:
        """A number that was not used before."""
        self._last_id += 1
        return str(self._last_id)

    def reserve(self, used: int) -> None:
        """Keep new numbers above one that is in use."""
        self._last_id = max(self._last_id, used)

    # Filling

    def add(self, record: Record) -> Record:
        """Put an issue on the site, at the end of the ranking when it has no rank yet."""
        with self.lock:
            if not record.rank:
                record.rank = max((one.rank for one in self.issues.values()), default=0) + RANK_STEP
            self.hold(record)
            self._shelve(record.id, None)
            self.version += 1
        return record

    def hold(self, record: Record) -> None:
        """Put an issue where it can be found; `add` and loading many at once share this."""
        self.issues[record.id] = record
        self.keys[record.key] = record.id
        self.projects.setdefault(record.project, record.project)
        self.components[record.project].update(record.components)
        for remark in record.remarks:
            self.remark_owner[remark.id] = record.id
        if record.parent:
            self.children[record.parent].append(record.id)
        if record.id.isdigit():
            self.reserve(int(record.id))

    def discard(self, record: Record) -> None:
        """Remove an issue for good; its ends of links are removed, and its key is not used again."""
        with self.lock:
            self._shelve(record.id, record.snapshot())
            del self.issues[record.id]
            for remark in record.remarks:
                del self.remark_owner[remark.id]
            for bond in record.bonds:
                if (other := self.issues.get(bond.other)) is not None:
                    other.bonds = [end for end in other.bonds if end.id != bond.id]
            self.version += 1

    # Changing

    @contextmanager
    def changing(self, record: Record, by: Account, *, silently: bool = False) -> Iterator[Record]:
        """Change an issue: the difference goes into the history, `updated` is set, the index may lag, people get mail.

        When the body raises, the issue is as it was.
        """
        with self.lock:
            before = record.snapshot()
            try:
                yield record
            except BaseException:
                restore(record, before)
                raise
            items = differences(self, before, record)
            comments = [(remark.id, remark.body, remark.visibility) for remark in record.remarks]
            commented = comments != [(remark.id, remark.body, remark.visibility) for remark in before.remarks]
            now = self.clock()
            if items or commented:
                self._shelve(record.id, before)
            if commented or any(item.field_id not in WITHOUT_TRACE for item in items):
                if not silently:
                    self._notify(before, record, by)
                now = record.updated = max(now, record.updated + timedelta(milliseconds=1))
            if items:
                record.history.append(Entry(self.fresh_id(), by, now, items))
            self.version += 1

    def _notify(self, before: Record, after: Record, by: Account) -> None:
        """Jira's default scheme: assignee, reporter and watchers get one mail each about an edit by somebody else."""
        named = (after.assignee, after.reporter, before.assignee)
        people = {account.id for account in named if account is not None} | after.watchers
        self.mails += [Notice(self.clock(), after.id, by.id, person) for person in sorted(people - {by.id})]

    def _shelve(self, issue_id: str, before: Record | None) -> None:
        if self.lag:
            earlier = self.stale.get(issue_id)
            self.stale[issue_id] = (earlier[0] if earlier else before, self.served + self.lag)

    def searchable(self, fresh: Iterable[str] = ()) -> list[Record]:
        """The issues as a search sees them: changes that are not indexed yet are missing.

        `fresh` are ids that are looked at directly (`reconcileIssues`).
        """
        for issue_id, (_, until) in list(self.stale.items()):
            if self.served > until:
                del self.stale[issue_id]
        if not self.stale:
            return list(self.issues.values())
        old = {key: record for key, (record, _) in self.stale.items() if key not in set(fresh)}
        unchanged = [record for key, record in self.issues.items() if key not in old]
        return unchanged + [record for record in old.values() if record is not None]


def restore(record: Record, before: Record) -> None:
    """Restore the former values of an issue."""
    for name in Record.__slots__:
        setattr(record, name, getattr(before, name))


def next_named(things: Iterable[Named], name: str) -> Named:
    """The item with that name or id, in any case; raises KeyError."""
    for thing in things:
        if name == thing.id or name.casefold() == thing.name.casefold():
            return thing
    raise KeyError(name)
