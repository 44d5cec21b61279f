"""Build the invented shop on an empty site: people, boards, sprints, finished work, the backlog, its links.

Called from `company.py`; the texts are in `shop/*.toml`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any, Literal

from sync.demo.finished import texts_of
from sync.demo.past import QUIET, QUIET_DAYS, Past
from sync.demo.people import BOT, CREWS, OWNER, Crew
from sync.fake_jira.records import Account, Board, Body, IssueType, Record, Remark, Sprint, Status
from sync.fake_jira.state import State
from sync.fake_jira.world import next_named

PROJECT = "SHOP"
CLOSED_SPRINTS, FUTURE_SPRINTS = 6, 3
SPRINT_DAYS = 14
NEWEST_NUMBER = 42  # the active sprint's number in every team


def sprint_start(now: datetime) -> datetime:
    """Start of the active sprint: a Monday, at most eleven days ago; on weekends the Monday of this week."""
    monday = now.replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=now.weekday())
    return monday if now.weekday() >= 5 else monday - timedelta(days=7)


@cache
def texts(name: str) -> Mapping[str, Any]:
    """One of the shop's files."""
    return tomllib.loads(resources.files("sync.demo.shop").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


class SiteBuilder:
    """Fills one site; short-lived. The same `now` gives the same site, with the same ids."""

    def __init__(self, state: State, now: datetime) -> None:
        self.state, self.now = state, now
        self.start = sprint_start(now)
        self.by_slug: dict[str, Record] = {}
        self.number = 0
        self.people: dict[str, Account] = {}
        self.past = Past(state, self.people, now, self.start, texts("past")["step"])

    def build(self) -> None:
        """Fill the site."""
        self._enrol()
        self._open_boards()
        self._finish_work()
        backlog = list(self._backlog())
        for place, (crew, entry) in enumerate(backlog, start=1):
            self._write(entry, crew, rank=place)
        for _, entry in backlog:
            self._connect(entry)

    def _enrol(self) -> None:
        state = self.state
        state.title, state.projects[PROJECT] = "Shop", "Web shop"
        state.log_in_as(BOT)
        for member in (OWNER, *chain.from_iterable(crew.members for crew in CREWS)):
            self.people[member.nick] = state.enrol(member.account)
        state.leads[PROJECT] = self.people[OWNER.nick]

    def _open_boards(self) -> None:
        for crew in CREWS:
            self.state.add_board(
                Board(id=crew.board, name=f"{crew.name} board", project=PROJECT, components=(crew.component,))
            )
            for offset in range(-CLOSED_SPRINTS, FUTURE_SPRINTS + 1):
                self.state.add_sprint(self._sprint(crew, offset))

    def _sprint(self, crew: Crew, offset: int) -> Sprint:
        start = self.start + timedelta(days=SPRINT_DAYS * offset)
        end = start + timedelta(days=11, hours=8)
        phase: Literal["closed", "active", "future"] = "closed" if offset < 0 else "active" if offset == 0 else "future"
        return Sprint(
            id=sprint_id(crew, offset),
            board=crew.board,
            name=f"{crew.name} {NEWEST_NUMBER + offset}",
            state=phase,
            start=start,
            end=end,
            completed=end + timedelta(minutes=7 * (crew.board - 9)) if offset < 0 else None,
            goal=crew.goals[offset % len(crew.goals)] if offset <= 1 else "",
        )

    def _finish_work(self) -> None:
        """The issues of closed sprints, from which velocity is computed."""
        history = texts("history")
        for crew in CREWS:
            for offset, rows in zip(range(-CLOSED_SPRINTS, 0), history[crew.component], strict=True):
                for place, row in enumerate(rows):
                    self._finished(crew, offset, place, row)

    def _finished(self, crew: Crew, offset: int, place: int, row: Mapping[str, Any]) -> None:
        sprint = self.state.sprints[sprint_id(crew, offset)]
        assert sprint.start is not None
        done = sprint.start + timedelta(days=1 + place * 2 % 10, hours=3 + place)
        text, former = texts_of(self.number, row)
        entry = {"text": text} | dict(row)
        record = self._record(entry, crew, created=sprint.start - timedelta(days=20 + place * 3), updated=done)
        record.status, record.resolution, record.resolved = self.state.status("Done"), "Done", done
        before = [sprint_id(crew, offset - 1)] if row.get("carried") and offset > -CLOSED_SPRINTS else []
        record.sprints = [*before, sprint.id]
        member = crew.members[(place + offset) % len(crew.members)]
        record.assignee = self.people[member.nick]
        sprints = [self.state.sprints[number] for number in record.sprints]
        self.past.finished(record, sprints, row, record.assignee, former)
        self.state.add(record)

    def _backlog(self) -> Iterator[tuple[Crew | None, Mapping[str, Any]]]:
        """All open issues in rank order: the issues of each file are spread evenly over the whole backlog."""
        files: list[tuple[Crew | None, list[dict[str, Any]]]] = [
            (crew, texts(crew.component)["issue"]) for crew in CREWS
        ]
        files += [(None, texts(name)["issue"]) for name in ("shared", "hostile")]
        rows = [
            (entry.get("place", (number + 0.5) / len(issues)), side, crew, entry)
            for side, (crew, issues) in enumerate(files)
            for number, entry in enumerate(issues)
        ]
        for _, _, crew, entry in sorted(rows, key=lambda row: row[:2]):
            yield crew, entry

    def _write(self, entry: Mapping[str, Any], crew: Crew | None, *, rank: int) -> None:
        components = entry.get("components", [crew.component] if crew else [])
        is_quiet = components == [QUIET] and 0 not in entry.get("sprint", ())
        age = entry.get("age", 10 + rank * 3 % 140 + (QUIET_DAYS if is_quiet else 0))
        touched = min(age, entry.get("touched", 1 + rank * 7 % 25 + (QUIET_DAYS if is_quiet else 0)))
        record = self._record(
            entry, crew, created=self._ago(age, rank), updated=self._ago(touched, rank) if touched else self.now
        )
        owner = next((candidate for candidate in CREWS if candidate.name == entry.get("team")), crew)
        if owner is not None and "sprint" in entry:
            record.sprints = [sprint_id(owner, offset) for offset in entry["sprint"]]
        self.past.waiting(record, entry, owner, rank)
        self.state.add(record)
        if "slug" in entry:
            self.by_slug[entry["slug"]] = record

    def _ago(self, days: float, salt: int) -> datetime:
        return self.now - timedelta(days=days, minutes=salt * 17 % 600)

    def _record(self, entry: Mapping[str, Any], crew: Crew | None, *, created: datetime, updated: datetime) -> Record:
        self.number += 1
        state = self.state
        kind: IssueType = next_named(state.types.values(), entry.get("type", "Story"))
        named = entry.get("priority", "Medium")
        priority = next_named(state.priorities.values(), named) if named else None
        status: Status = state.status(entry.get("status", "To Do"))
        done = status.category == "done"
        reporter = self.people[entry.get("by", "ana")]
        return Record(
            id=str(20_000 + self.number),
            key=f"{PROJECT}-{self.number}",
            project=PROJECT,
            type=kind,
            status=status,
            priority=priority,
            summary=entry["title"],
            description=Body(_text(entry)),
            environment=entry.get("environment", ""),
            created=created,
            updated=updated,
            resolution="Done" if done else None,
            resolved=updated if done else None,
            reporter=reporter,
            creator=reporter,
            assignee=self.people[entry["assignee"]] if "assignee" in entry else None,
            labels=list(entry.get("labels", ())),
            components=list(entry.get("components", [crew.component] if crew else [])),
            points=entry.get("points"),
            original_seconds=hours * 3600 if (hours := entry.get("hours")) else None,
            remaining_seconds=hours * 3600 if hours and not done else None,
            team=crew.name if crew else None,
            flagged=entry.get("flagged", False),
            security=entry.get("security"),
            watchers={self.people[nick].id for nick in ("ana", *entry.get("watching", ()))},
            voters={self.people[nick].id for nick in entry.get("votes", ())},
            remarks=[self._remark(comment) for comment in entry.get("comments", ())],
        )

    def _remark(self, entry: Mapping[str, Any]) -> Remark:
        author, at = self.people[entry["by"]], self._ago(entry.get("ago", 5), 3)
        body = Body(entry["text"].strip("\n"))
        return Remark(id=self.state.fresh_id(), author=author, editor=author, body=body, created=at, updated=at)

    def _connect(self, entry: Mapping[str, Any]) -> None:
        """Links and parents, once every issue is there."""
        for kind, key in (("Blocks", "blocks"), ("Duplicate", "duplicates"), ("Relates", "relates")):
            for other in entry.get(key, ()):
                self._link(self.by_slug[entry["slug"]], kind, self.by_slug[other])
        if "parent" in entry:
            child, parent = self.by_slug[entry["slug"]], self.by_slug[entry["parent"]]
            child.parent = parent.id
            self.state.children[parent.id].append(child.id)

    def _link(self, source: Record, kind: str, target: Record) -> None:
        seen = {record.id: (record.updated, list(record.history)) for record in (source, target)}
        self.state.link(source.id, kind, target.id)
        for record in (source, target):  # links were created with the issues: they are not an edit of today
            record.updated, record.history = seen[record.id]


def _text(entry: Mapping[str, Any]) -> str:
    """The description, followed by `log_lines` lines of a pasted log."""
    text = str(entry.get("text", "")).strip("\n")
    if (lines := entry.get("log_lines", 0)) == 0:
        return text
    log = (
        f"2026-01-05 02:{n // 60 % 60:02d}:{n % 60:02d} WARN export row {n} skipped: no tax rate" for n in range(lines)
    )
    return "\n".join([text, "{noformat}", *log, "{noformat}"])


def sprint_id(crew: Crew, offset: int) -> int:
    """The id of a team's sprint; offset 0 is the active one, 1 the next."""
    return crew.board * 100 + 10 + offset
