"""Fill the simulator from raw Jira JSON, one issue per line, as in an archive of a real Jira.

The archive has no custom fields and no boards: sprints come from the agile objects on each issue, boards from their
`originBoardId`, the rank is the order of the lines. Descriptions stay unchanged.
"""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sync.errors import UsageError
from sync.fake_jira.records import (
    Account,
    Board,
    Body,
    Bond,
    IssueType,
    LinkType,
    Record,
    Remark,
    Sprint,
    Status,
    Urgency,
)
from sync.fake_jira.state import State
from sync.fake_jira.world import RANK_STEP

Raw = Mapping[str, Any]

NEEDED = ("project", "issuetype", "status", "created")
URGENCY = ("Blocker", "Critical", "Highest", "High", "Major", "Medium", "None", "Minor", "Low", "Lowest", "Trivial")


def loader(path: Path) -> Callable[[State, datetime], None]:
    """A `company` for `FakeJira` that reads this file."""
    return lambda state, _: load_raw(state, path)


def load_raw(state: State, path: Path) -> None:
    """Put all issues of a .jsonl or .jsonl.gz file on an empty site. Raises `UsageError`."""
    _Reading(state).read(path)


def _lines(path: Path) -> Iterator[Raw]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _parsed(path, number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}); --load takes a .jsonl or .jsonl.gz file") from error


def _parsed(path: Path, number: int, line: str) -> Raw:
    try:
        raw: Raw = json.loads(line)
        lacks = next((key for key in NEEDED if key not in raw["fields"]), None)
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} line {number} is not an issue: each line must have one as Jira's JSON") from error
    if lacks:
        raise UsageError(f"{path} line {number} is not an issue: field {lacks!r} is missing")
    return raw


class _Reading:
    """Loads one file into one site; short-lived."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.types: dict[str, IssueType] = {}
        self.statuses: dict[str, Status] = {}
        self.urgencies: dict[str, str] = {}
        self.epics: dict[str, str] = {}

    def read(self, path: Path) -> None:
        state = self.state
        with state.lock:
            for place, raw in enumerate(_lines(path), start=1):
                record = self.issue(raw)
                record.rank = place * RANK_STEP
                state.hold(record)
            for child, epic in self.epics.items():
                self._adopt(child, epic)
            for record in state.issues.values():
                for remark in record.remarks:
                    state.reserve(int(remark.id))
            self._settle()

    def issue(self, raw: Raw) -> Record:
        fields = raw["fields"]
        described = fields.get("description") or ""
        reporter = self.account(fields.get("reporter"))
        created = _moment(fields["created"])
        self.state.projects.setdefault(fields["project"]["key"], fields["project"]["name"])
        if fields.get("epic"):
            self.epics[str(raw["id"])] = str(fields["epic"]["id"])
        return Record(
            id=str(raw["id"]),
            key=raw["key"],
            project=fields["project"]["key"],
            type=self.kind(fields["issuetype"]),
            status=self.status(fields["status"]),
            summary=fields.get("summary") or "",
            created=created,
            updated=_moment(fields.get("updated") or fields["created"]),
            reporter=reporter,
            creator=self.account(fields.get("creator")),
            assignee=self.account(fields.get("assignee")),
            priority=self.urgency(fields.get("priority")),
            description=Body(described),
            environment=fields.get("environment") or "",
            resolution=(fields.get("resolution") or {}).get("name"),
            resolved=_moment(fields["resolutiondate"]) if fields.get("resolutiondate") else None,
            labels=list(fields.get("labels") or ()),
            components=[component["name"] for component in fields.get("components") or ()],
            versions=[version["name"] for version in fields.get("versions") or ()],
            fix_versions=[version["name"] for version in fields.get("fixVersions") or ()],
            points=fields.get("storyPoints"),
            original_seconds=fields.get("timeoriginalestimate"),
            remaining_seconds=fields.get("timeestimate"),
            spent_seconds=fields.get("timespent"),
            sprints=[self.sprint(value, fields["project"]["key"]) for value in _sprints(fields)],
            flagged=bool(fields.get("flagged")),
            parent=str(fields["parent"]["id"]) if fields.get("parent") else None,
            bonds=[self.bond(link) for link in fields.get("issuelinks") or ()],
            remarks=[self.remark(comment) for comment in (fields.get("comment") or {}).get("comments", ())],
            attachments=list(fields.get("attachment") or ()),
        )

    def account(self, raw: Raw | None) -> Account | None:
        if not raw:
            return None
        name = raw.get("name") or raw.get("accountId") or raw.get("key") or "unknown"
        existing = self.state.accounts.get(name)
        if existing is not None:
            return existing
        zone = raw.get("timeZone") or "UTC"
        display, active = raw.get("displayName") or name, bool(raw.get("active", True))
        return self.state.enrol(Account(id=name, name=name, display=display, zone=zone, active=active))

    def kind(self, raw: Raw) -> IssueType:
        if raw["id"] not in self.types:
            level = -1 if raw.get("subtask") else 1 if raw["name"] == "Epic" else 0
            self.types[raw["id"]] = IssueType(raw["id"], raw["name"], level)
        return self.types[raw["id"]]

    def status(self, raw: Raw) -> Status:
        if raw["id"] not in self.statuses:
            self.statuses[raw["id"]] = Status(raw["id"], raw["name"], raw["statusCategory"]["key"])
        return self.statuses[raw["id"]]

    def urgency(self, raw: Raw | None) -> Urgency | None:
        if not raw:
            return None
        self.urgencies.setdefault(raw["id"], raw["name"])
        place = URGENCY.index(raw["name"]) if raw["name"] in URGENCY else URGENCY.index("Medium")
        return Urgency(raw["id"], raw["name"], place)

    def sprint(self, raw: Raw, project: str) -> int:
        number = int(raw["id"])
        if number not in self.state.sprints:
            board = raw.get("originBoardId")
            if board is not None and board not in self.state.boards:
                self.state.add_board(Board(id=board, name=f"Board {board}", project=project))
            start, end, completed = (
                _moment(raw[key]) if raw.get(key) else None for key in ("startDate", "endDate", "completeDate")
            )
            self.state.add_sprint(
                Sprint(
                    id=number,
                    board=board,
                    name=raw["name"],
                    state=raw["state"],
                    start=start,
                    end=end,
                    completed=completed,
                    goal=raw.get("goal") or "",
                )
            )
        return number

    def bond(self, raw: Raw) -> Bond:
        kind = raw["type"]
        link_type = LinkType(kind["id"], kind["name"], kind["inward"], kind["outward"])
        self.state.link_types[link_type.id] = link_type
        other = raw.get("outwardIssue") or raw["inwardIssue"]
        return Bond(raw["id"], link_type, outward="outwardIssue" in raw, other=str(other["id"]), stub=other)

    def remark(self, raw: Raw) -> Remark:
        author = self.account(raw.get("author")) or self.state.me
        return Remark(
            id=str(raw["id"]),
            author=author,
            editor=self.account(raw.get("updateAuthor")) or author,
            body=Body(raw.get("body") or ""),
            created=_moment(raw["created"]),
            updated=_moment(raw.get("updated") or raw["created"]),
            visibility=raw.get("visibility"),
        )

    def _adopt(self, child: str, epic: str) -> None:
        record = self.state.issues[child]
        if record.parent is None and epic in self.state.issues:
            record.parent = epic
            self.state.children[epic].append(child)

    def _settle(self) -> None:
        """The site's own lists are those of the file."""
        state = self.state
        state.types, state.statuses = self.types or state.types, self.statuses or state.statuses
        rows = sorted(self.urgencies.items(), key=lambda row: URGENCY.index(row[1]) if row[1] in URGENCY else 5)
        order = {number: place for place, (number, _) in enumerate(rows)}
        state.priorities = {number: Urgency(number, name, order[number]) for number, name in rows} or state.priorities
        for record in state.issues.values():
            if record.priority is not None:
                record.priority = state.priorities[record.priority.id]
        state.version += 1


def _sprints(fields: Raw) -> list[Raw]:
    current = fields.get("sprint")
    return [*(fields.get("closedSprints") or ()), *([current] if current else ())]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
