"""A small site, the worker on it, and a memory of what people chose: what random journeys are held against.

`Workplace` is the site with a store and passes over it, cut off or disturbed where a journey wants it. `Witness` reads
the site's own change history after every step, tells by its author who did what, and complains when our account acted
against somebody's last choice. It knows nothing of the program's marks and plans.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from requests import PreparedRequest, Response

from sync.config import load
from sync.config.store_place import store_of
from sync.fake_http import server
from sync.fake_jira.records import Account, Board, Body, Item, Record, Sprint
from sync.fake_jira.server import FakeJira
from sync.fake_jira.state import State
from sync.fake_jira.world import utc_now
from sync.reports.base import RunReport
from sync.run import run as cycle
from sync.run.context import RunContext, open_context, open_look
from sync.run.look import look
from sync.run.undo import UndoResult, undo_run
from sync.store.postgresql import PostgresqlPlace
from sync.trackers.jira.tracker import JiraTracker
from tests.postgresql import DATABASE, drop, in_database

PREFIX = "readyline-"
READY, NOT_READY, HANDS_OFF = f"{PREFIX}ready", f"{PREFIX}not-ready", f"{PREFIX}hands-off"
OURS = (READY, NOT_READY)
PROJECT, BOARD, COMPONENT = "SHOP", 12, "payments"
CLOSED, ACTIVE, FUTURE = (101, 102, 103), 104, (105, 106, 107)
ANA = Account(id="712020:ana", name="ana", display="Ana Alvarez")
BO = Account(id="712020:bo", name="bo", display="Bo Berg")
STRANGER = Account(id="712020:sam", name="sam", display="Sam Stone")
ROBOT = Account(id="712020:robot", name="robot", display="Other Robot")
BOT = Account(id="712020:readyline", name="readyline", display="readyline")

STORY = "As a returning shopper, I want to pay with saved card {0} so that checkout takes seconds."
CRITERIA = """
h3. Acceptance criteria
* A saved card {0} is offered with its last four digits at checkout
* Paying with card {0} takes one click and shows the order number
* An expired card {0} is refused with the message "This card {0} has expired"
"""
TEXTS: Mapping[str, str] = {
    "ready": STORY + "\n" + CRITERIA,
    "no criteria": STORY,
    "no story": CRITERIA,
    "nothing": "",
}
BACKLOG = 4


def tiny_site(state: State, now: datetime) -> None:
    """A board with three closed sprints, a running one, three to come, and a handful of open issues."""
    state.projects[PROJECT] = "Shop"
    state.log_in_as(BOT)
    for account in (ANA, BO, STRANGER, ROBOT):
        state.enrol(account)
    state.add_board(Board(id=BOARD, name="Payments board", project=PROJECT))
    for place, number in enumerate((*CLOSED, ACTIVE, *FUTURE)):
        start = now + timedelta(days=14 * (place - len(CLOSED)) - 3)
        phase: Any = "closed" if number in CLOSED else "active" if number == ACTIVE else "future"
        end = start + timedelta(days=14)
        done = end if phase == "closed" else None
        state.add_sprint(
            Sprint(id=number, board=BOARD, name=f"Sprint {number}", state=phase, start=start, end=end, completed=done)
        )
        for _ in range(2 if phase == "closed" else 0):
            _finished(state, number, start)
    for number in range(BACKLOG):
        new_issue(state, now, number, "ready" if number % 2 else "no criteria")


def new_issue(state: State, now: datetime, number: int, text: str) -> Record:
    """Somebody writes an issue; everything but its text is as it should be."""
    return state.create(
        PROJECT,
        "Story",
        f"Pay with saved card {chr(65 + number % 26)}{number} at checkout",
        by=ANA.id,
        priority=state.priorities["2"],
        points=3.0,
        components=[COMPONENT],
        description=body(text, number),
        created=now - timedelta(days=3),
        updated=now - timedelta(days=1),
    )


def body(text: str, number: int) -> Body:
    """One of `TEXTS`, told apart from other issues by a number."""
    return Body(TEXTS[text].format(f"{chr(65 + number % 26)}{number}"))


def answer(dialect: str) -> Body:
    """A comment that addresses our account."""
    if dialect == "datacenter":
        return Body(f"[~{BOT.name}] I disagree.")
    person = {"type": "mention", "attrs": {"id": BOT.id}}
    text = {"type": "paragraph", "content": [person, {"type": "text", "text": " I disagree."}]}
    return Body(adf={"type": "doc", "version": 1, "content": [text]})


def _finished(state: State, sprint: int, start: datetime) -> None:
    at = start + timedelta(days=5)
    record = state.create(
        PROJECT, "Story", "Done long ago", by=ANA.id, points=4.0, components=[COMPONENT], sprints=[sprint]
    )
    record.status, record.resolution, record.resolved = state.status("Done"), "Done", at
    record.created, record.updated = start - timedelta(days=10), at


def config_toml(jira: FakeJira) -> str:
    """Everything that writes is switched on, and limits are out of the way."""
    login = f'email = "{jira.email}"\n' if jira.dialect == "cloud" else ""
    people = ", ".join(f'{{ name = "{who.display}", account = "{_id(jira, who)}" }}' for who in (ANA, BO))
    return f"""\
[tracker]
kind = "jira-{jira.dialect}"
url = "{jira.url}"
{login}
[product]
name = "Shop"
owner = "Ana Alvarez"
backlog = "project = {PROJECT} AND statusCategory != Done"

[[teams]]
name = "Payments"
board = {BOARD}
takes = {{ components = ["{COMPONENT}"] }}
people = [{people}]

[write_back]
enabled = true
comments = "near"
mails_per_week = 0
sprints = "assign"
[write_back.limits]
max_changes = 1000
max_share = 1.0

[store]
path = "readyline.db"
"""


def _id(jira: FakeJira, who: Account) -> str:
    return who.id if jira.dialect == "cloud" else who.name


def _memory_disk() -> Path | None:
    """Where files cost no waiting for a disk, if the machine has such a place: most of a run would be that."""
    place = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    return place if os.access(place, os.W_OK) else None


class Died(BaseException):
    """The worker is gone: nothing catches this, as nothing catches a kill."""


class Workplace:
    """A site of one dialect, a store next to it or in a database, and the worker."""

    def __init__(self, dialect: str, database: str = "") -> None:
        self.later = timedelta()
        self.jira = FakeJira(dialect, tiny_site, clock=self.now)
        self.state = self.jira.state
        self.witness = Witness(self.state, notes_come_along=dialect == "cloud")
        self._open = ExitStack()
        self._open.enter_context(self.jira)
        self._open.enter_context(mock.patch.object(server.Handler, "date_time_string", self._date))
        self.folder = Path(self._open.enter_context(TemporaryDirectory(dir=_memory_disk())))
        config = self.folder / "config.toml"
        store = in_database(database) if database else ""
        config.write_text(config_toml(self.jira) + store, encoding="utf-8")
        self._open.enter_context(mock.patch.dict(os.environ, {DATABASE: database}))
        self.settings = load(config, {"READYLINE_TOKEN": self.jira.token})
        self.witness.look_around()

    def close(self) -> None:
        """Close the site and throw the store away."""
        self._open.close()

    def now(self) -> datetime:
        """The time here: the machine's, and what a journey let pass."""
        return utc_now() + self.later

    def _date(self, _timestamp: object = None) -> str:
        return format_datetime(self.now(), usegmt=True)

    @contextmanager
    def context(self) -> Iterator[RunContext]:
        """A context by the clock of this place; what it sees the witness sees too."""
        with open_context(self.settings) as opened, mock.patch.object(cycle, "look", self._look):
            yield replace(opened, clock=self.now)

    def _look(self, context: RunContext, run: str, started: datetime) -> RunReport:
        report = look(context, run, started)
        self.witness.saw(report)
        return report

    def run(self, meddle: "Meddle | None" = None, *, disturbed: bool = False) -> RunReport:
        """One run; `meddle` or something else disturbs it."""
        with self.context() as context:
            if meddle is not None:
                meddle.sit_on(context)
            try:
                return cycle.execute_run(context)
            finally:
                self.witness.look_around(disturbed=disturbed or meddle is not None)

    def plan(self) -> RunReport:
        """What a run would do now; nobody remembers that it was asked."""
        with open_look(self.settings) as opened:
            return cycle.plan_run(replace(opened, clock=self.now))

    def undo(self, run: str) -> UndoResult:
        """A person takes a run back."""
        with self.context() as context:
            self.witness.look_around()
            try:
                return undo_run(context, run)
            finally:
                self.witness.look_around(undoing=True)

    def resume(self) -> int:
        """A person ends the pauses that undos left; returns how many."""
        with self.context() as context:
            ended = context.store.pauses.end(self.now())
        self.witness.resumed()
        return ended

    def lose_store(self) -> None:
        """The disk with the store is replaced by an empty one."""
        for path in self.folder.glob("readyline.db*"):
            path.unlink()
        store = store_of(self.settings)
        if isinstance(store, PostgresqlPlace):
            drop(store)
        self.witness.forget()


@dataclass
class Meddle:
    """Something that happens within a run: at its nth request of a kind, `act` is called before it or after it."""

    nth: int
    act: Callable[[], None]
    is_meant: Callable[[PreparedRequest], bool]
    after: bool = False
    happened: bool = False

    def sit_on(self, context: RunContext) -> None:
        """Listen to all requests of the context."""
        assert isinstance(context.tracker, JiraTracker)
        transport = context.tracker.api.transport
        send, left = transport.send, iter(range(self.nth, -1, -1))

        def sent(request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
            now = self.is_meant(request) and next(left, -1) == 0
            if now and not self.after:
                self._act()
            answer = send(request, *args, **kwargs)
            if now and self.after:
                self._act()
            return answer

        transport.send = sent  # type: ignore[method-assign]

    def _act(self) -> None:
        self.happened = True
        self.act()


def is_write(request: PreparedRequest) -> bool:
    """Whether a request changes something on the site."""
    path = (request.url or "").partition("?")[0]
    looks = path.endswith(("/search", "/search/jql", "/bulkfetch", "/comment/list"))
    return request.method != "GET" and not looks


def is_fresh_read(request: PreparedRequest) -> bool:
    """Whether a request reads one issue, as is done just before it is written."""
    path = (request.url or "").partition("?")[0]
    return request.method == "GET" and path.rpartition("/")[0].endswith("/issue")


Mark = tuple[str, str]  # an issue's id and a label or a sprint


@dataclass
class Witness:
    """Who did what, and what was whose last choice, as far as anybody who looks now and then can tell.

    What happens and is undone between two looks of the worker leaves no choice: `saw` takes over what a look saw.
    """

    state: State
    notes_come_along: bool
    """Whether a pull brings our notes beside the issues: Data Center's search does not, so that a worker which lost its
    store reads one only where it writes or sees a label of ours."""
    labels: dict[Mark, str] = field(default_factory=dict)
    """Labels that stand, as last seen, with who put them there: "us", "people", or since a loss or an undo "either"."""
    kept_off: dict[Mark, object] = field(default_factory=dict)
    """Labels that a person took away, with what they had stood for."""
    sprint: dict[str, int | None] = field(default_factory=dict)
    taken_out: set[tuple[str, int]] = field(default_factory=set)
    comments: dict[str, set[str]] = field(default_factory=dict)
    """Our comments by issue, as last seen."""
    deleted: set[str] = field(default_factory=set)
    """Comments of ours that a person deleted."""
    given_up: dict[str, Body] = field(default_factory=dict)
    """Comments of ours that a person edited or answered, as they read now."""
    deed_on: dict[str, str] = field(default_factory=dict)
    """The issue of each of these."""
    silenced: set[str] = field(default_factory=set)
    undone: set[tuple[str, str | int]] = field(default_factory=set)
    """What an undo took away, by issue and label, sprint or "comment": kept away until somebody resumes."""
    causes: dict[Mark, object] = field(default_factory=dict)
    """What a label stood for, or would have, at the last look."""
    edited: set[str] = field(default_factory=set)
    """Issues whose text was changed within the pass that runs: what was seen of them is out of date."""
    remarks: dict[str, dict[str, Body]] = field(default_factory=dict)
    """What others wrote in comments."""
    page: str = ""
    """The issue that people named for the living page: its description is the only one that we may write."""
    noted: dict[Mark, object] = field(default_factory=dict)
    """What our note beside an issue tells: labels we put, and what they stood for then."""
    noted_sprint: dict[str, int] = field(default_factory=dict)
    noted_comment: set[str] = field(default_factory=set)
    lost: set[Mark] = field(default_factory=set)
    """Labels in our notes that a worker without its store may not have read yet."""
    cut: set[str] = field(default_factory=set)
    """Issues on which a disturbed pass moved or commented: whether it knows of that is not certain before it looks."""
    _read: dict[str, int] = field(default_factory=dict)

    def heard(self, record: Record) -> None:
        """A person edited or answered our comments on an issue: they are the person's from now on."""
        for remark in record.remarks:
            if remark.author.id == BOT.id:
                self.given_up[remark.id], self.deed_on[remark.id] = remark.body, record.id

    def resumed(self) -> None:
        """Nobody minds any more what undos took away."""
        for issue, mark in self.undone:
            if isinstance(mark, int):
                self.taken_out.discard((issue, mark))
            elif mark == "comment":
                self.silenced.discard(issue)
            else:
                self.kept_off.pop((issue, mark), None)
        self.undone.clear()

    # what the worker saw

    def saw(self, report: RunReport) -> None:
        """Take over what people have chosen since the last look."""
        self.edited.clear()
        snapshot = report.snapshot
        for issue in (*snapshot.history, *snapshot.issues):
            for label in OURS:
                self._saw_label((issue.id, label), there=label in issue.labels)
            self._saw_sprint(issue.id, int(issue.sprint) if issue.sprint else None)
        for verdict in report.judgement.verdicts:
            issue, prints = verdict.issue, frozenset(finding.fingerprint for finding in verdict.blocking)
            self.causes[issue.id, NOT_READY] = prints or None
            self.causes[issue.id, READY] = "ready" if verdict.ready else None
            # What was taken away may come back once the issue was not ready, or ready, in between.
            self.kept_off.pop((issue.id, NOT_READY if verdict.ready else READY), None)
            gone = self.comments.get(issue.id, set()) & (self.deleted | self.given_up.keys())
            if gone and issue.id not in self.cut:
                self.silenced.add(issue.id)
                self.undone.discard((issue.id, "comment"))
            self.comments[issue.id] = self.comments.get(issue.id, set()) - gone
            if not prints or report.commands.is_waiting(issue.id):
                self.silenced.discard(issue.id)
        self.cut.clear()
        if self.notes_come_along:
            self.lost.clear()

    def _saw_label(self, mark: Mark, *, there: bool) -> None:
        if there and mark not in self.labels:
            self.labels[mark] = "either" if mark in self.lost else "people"
            self.kept_off.pop(mark, None)
        elif not there and mark in self.labels:
            del self.labels[mark]
            self.kept_off[mark] = self.causes.get(mark)
            self.undone.discard(mark)

    def _saw_sprint(self, issue: str, now: int | None) -> None:
        before = self.sprint.get(issue)
        if before is not None and before != now and self._phase(before) == "future" and issue not in self.cut:
            self.taken_out.add((issue, before))
            self.undone.discard((issue, before))
        if now is not None:
            self.taken_out.discard((issue, now))
        self.sprint[issue] = now

    def forget(self) -> None:
        """The store is lost: what our properties of the issues say must still be kept, what they do not cannot be."""
        self.kept_off = {mark: cause for mark, cause in self.kept_off.items() if self.noted.get(mark, self) == cause}
        self.causes = {mark: cause for mark, cause in self.causes.items() if self.noted.get(mark, self) == cause}
        self.labels = {mark: "either" if mark in self.noted else who for mark, who in self.labels.items()}
        self.lost = set(self.noted)
        self.taken_out = {(issue, at) for issue, at in self.taken_out if self.noted_sprint.get(issue) == at}
        self.sprint = {issue: at for issue, at in self.sprint.items() if self.noted_sprint.get(issue) == at}
        asked = {record.id for record in self.state.issues.values() if _asks(record)}
        self.silenced = (self.silenced & self.noted_comment) - asked
        for issue in self.comments.keys() - self.noted_comment:
            self.comments[issue] -= self.deleted | self.given_up.keys()

    # what was done on the site

    def look_around(self, *, undoing: bool = False, disturbed: bool = False) -> None:
        """Read what is new in the site's history and hold our account's part of it against what people chose.

        `disturbed` says that the run which did it was, so that properties of issues may be missing.
        """
        with self.state.lock:
            comments, sprints = dict(self.comments), dict(self.sprint)
            for record in list(self.state.issues.values()):
                for entry in record.history[self._read.get(record.id, 0) :]:
                    for item in entry.items:
                        if entry.author.id == BOT.id:
                            self._we_did(record, item, undoing=undoing)
                        else:
                            self._they_did(record, item)
                self._read[record.id] = len(record.history)
                self._comments(record, undoing=undoing)
            told = {issue for issue, found in self.comments.items() if found - comments.get(issue, set())}
            moved = {issue: at for issue, at in self.sprint.items() if at is not None and at != sprints.get(issue)}
            if disturbed:
                self.cut |= told | moved.keys()
                self.noted_comment -= told
                self.noted_sprint = {i: at for i, at in self.noted_sprint.items() if i not in moved}
            else:
                self.noted_comment |= told
                self.noted_sprint |= moved

    def _they_did(self, record: Record, item: Item) -> None:
        """A label that a person took off and set again is theirs, even if the worker did not look in between."""
        if item.field == "labels":
            before, after = set((item.before_text or "").split()), set((item.after_text or "").split())
            for mark in ((record.id, label) for label in after - before):
                if mark in self.labels:
                    self.labels[mark] = "people"

    def _we_did(self, record: Record, item: Item, *, undoing: bool) -> None:
        match item.field:
            case "labels":
                before, after = set((item.before_text or "").split()), set((item.after_text or "").split())
                for label in after - before:
                    self._we_added(record, label, undoing=undoing)
                for label in before - after:
                    self._we_removed(record, label, undoing=undoing)
            case "Sprint":
                self._we_moved(record, _numbers(item.before), _numbers(item.after), undoing=undoing)
            case "description" if record.id == self.page:
                pass
            case _:
                raise AssertionError(f"our account changed {item.field} of {record.key}")

    def _we_added(self, record: Record, label: str, *, undoing: bool) -> None:
        mark = (record.id, label)
        assert label in OURS, f"our account put {label} on {record.key}"
        if not undoing and record.id not in self.edited and mark in self.kept_off:
            stood_for = self.kept_off[mark]
            assert stood_for is None or stood_for != self.causes.get(mark), (
                f"{label} is back on {record.key} though a person took it away and nothing changed"
            )
        self.labels[mark] = "either" if undoing else "us"  # as it was before we took it off, where that is known
        self.lost.discard(mark)
        self.kept_off.pop(mark, None)
        self.noted.pop(mark, None)
        if not undoing and record.id not in self.edited:
            self.noted[mark] = self.causes.get(mark)

    def _we_removed(self, record: Record, label: str, *, undoing: bool) -> None:
        mark = (record.id, label)
        assert label in OURS, f"our account took {label} off {record.key}"
        assert undoing or self.labels.get(mark) in ("us", "either"), (
            f"our account took {label} off {record.key}, a person's label"
        )
        self.labels.pop(mark, None)
        self.lost.discard(mark)
        self.noted.pop(mark, None)
        if undoing:
            self.kept_off[mark] = self.causes.get(mark)
            self.undone.add(mark)

    def _we_moved(self, record: Record, before: set[int], after: set[int], *, undoing: bool) -> None:
        for sprint in before - after:
            assert undoing, f"our account took {record.key} out of sprint {sprint}"
            assert self._phase(sprint) == "future", f"our account changed sprint {sprint}, which is no future one"
            self.taken_out.add((record.id, sprint))
            self.undone.add((record.id, sprint))
            self.sprint[record.id] = None
        for sprint in after - before:
            assert self._phase(sprint) == "future", f"our account changed sprint {sprint}, which is no future one"
            assert not any(self._phase(one) != "closed" for one in before), f"{record.key} was in a sprint already"
            assert undoing or (record.id, sprint) not in self.taken_out, (
                f"{record.key} is back in {sprint}: a person took it out"
            )
            self.taken_out.discard((record.id, sprint))
            self.sprint[record.id] = sprint

    def _comments(self, record: Record, *, undoing: bool) -> None:
        for remark in record.remarks:
            if remark.id in self.given_up:
                assert remark.body == self.given_up[remark.id], f"a person's words on {record.key} were changed"
        here = {remark.id for remark in record.remarks}
        lost = [one for one in self.given_up if self.deed_on[one] == record.id and one not in here | self.deleted]
        assert not lost, f"a person's words on {record.key} were deleted"
        ours = {remark.id for remark in record.remarks if remark.author.id == BOT.id} - self.given_up.keys()
        known = self.comments.get(record.id, set())
        assert len(ours) <= 1, f"{record.key} bears {len(ours)} comments of ours"
        theirs = self.deleted | self.given_up.keys()
        new, gone = ours - known, known - ours - theirs
        if undoing and new:
            self.silenced.discard(record.id)
        assert not (new and record.id in self.silenced), f"we comment on {record.key} again: a person deleted it"
        if gone and undoing:
            self.silenced.add(record.id)
            self.undone.add((record.id, "comment"))
        self.comments[record.id] = ours | (known & theirs)
        others = {remark.id: remark.body for remark in record.remarks if remark.author.id != BOT.id}
        before = self.remarks.get(record.id, {})
        assert before.items() <= others.items(), f"a comment of somebody on {record.key} was changed"
        self.remarks[record.id] = others

    def _phase(self, sprint: int) -> str:
        return self.state.sprints[sprint].state if sprint in self.state.sprints else "gone"


def _asks(record: Record) -> bool:
    return any("/ready" in remark.body.wiki for remark in record.remarks if remark.author.id != BOT.id)


def _numbers(text: str | None) -> set[int]:
    return {int(each) for each in (text or "").split(", ") if each}
