"""A small Redmine in this process: as much of its REST interface as the tracker uses, as the real one behaves.

What a role may not do is ignored with a 204. A note is put onto a journal without mail. A journal that shows nothing to
somebody is not there for them. Queries ignore what they do not know.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import responses
from requests import PreparedRequest

Json = dict[str, Any]
URL = "https://redmine.example"
BOT, ANA, READER, ADMIN = 5, 6, 7, 1
KEYS = {"key-of-bot": BOT, "key-of-ana": ANA, "key-of-reader": READER, "key-of-admin": ADMIN}
NAMES = {BOT: "Bot Readyline", ANA: "Ana Alvarez", READER: "Rea Der", ADMIN: "Redmine Admin"}
SEEN = ["view_private_notes", "view_issue_watchers"]
RIGHTS = {
    6: ["view_issues", "edit_issues", "edit_own_issue_notes", *SEEN],
    7: ["view_issues", "edit_issues", "delete_issues", "edit_own_issue_notes", "edit_issue_notes", *SEEN],
    8: ["view_issues"],
}
ROLES = {BOT: 6, ANA: 7, READER: 8}
POINTS, RANK, TAGS, FLAGGED, READY, NOT_READY, MARK, START = range(1, 9)
FIELDS = {
    POINTS: "Story points",
    RANK: "Rank",
    TAGS: "Tags",
    FLAGGED: "Impeded",
    READY: "RL ready",
    NOT_READY: "RL not-ready",
    MARK: "readyline",
}
TYPES = {1: "Bug", 4: "Story", 5: "Task", 6: "Epic"}
STATUSES = {1: "New", 2: "In Progress", 5: "Closed"}
Answer = tuple[int, dict[str, str], str]


@dataclass
class Record:
    """An issue."""

    id: int
    type: int
    subject: str
    values: dict[int, Any]
    version: int | None = None
    status: int = 1
    is_private: bool = False
    parent: int | None = None
    category: str = ""
    updated: datetime = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class Note:
    """A journal."""

    id: int
    issue: int
    user: int
    notes: str
    details: list[Json]
    created: datetime


@dataclass
class SmallRedmine:
    """The site: issues, journals, relations, versions, and how many mails it sent.

    `ignored` are the fields that the role of our account may not edit. `hook` may answer a request instead of the site,
    or raise; it is asked before each request, and after it with the answer.
    """

    now: datetime
    issues: dict[int, Record] = field(default_factory=dict)
    journals: list[Note] = field(default_factory=list)
    relations: list[Json] = field(default_factory=list)
    versions: dict[int, Json] = field(default_factory=dict)
    mails: int = 0
    ignored: set[int] = field(default_factory=set)
    writes: list[str] = field(default_factory=list)
    hook: Callable[[PreparedRequest, Answer | None], Answer | None] = lambda _request, _answer: None

    def answer(self, request: PreparedRequest) -> Answer:
        """The answer to any request."""
        if (instead := self.hook(request, None)) is not None:
            return instead
        given = self._answer(request)
        return self.hook(request, given) or given

    def _answer(self, request: PreparedRequest) -> Answer:
        user = KEYS.get(str(request.headers.get("X-Redmine-API-Key")))
        path = str(request.path_url).partition("?")[0].removesuffix(".json").strip("/")
        if user is None:
            return 401, {}, ""
        if request.method != "GET":
            self.writes.append(f"{request.method} {path}")
            self.now += timedelta(seconds=1)
            status, body = self._write(str(request.method), path, json.loads(request.body or "{}"), user)
        else:
            status, body = self._read(path, dict(getattr(request, "params", {})), user)
        return status, {"Content-Type": "application/json"}, json.dumps(body) if body is not None else ""

    def _read(self, path: str, asked: dict[str, str], user: int) -> tuple[int, Json | None]:
        name, _, number = path.partition("/")
        if path == "issues":
            return 200, self._page(asked, user)
        if name == "issues":
            found = self.issues.get(int(number))
            return (200, {"issue": self._whole(found, user)}) if found else (404, None)
        if name == "versions":
            found_version = self.versions.get(int(number))
            return (200, {"version": found_version}) if found_version else (404, None)
        if name == "roles":
            return 200, {"role": {"id": int(number), "name": "Role", "permissions": RIGHTS[int(number)]}}
        if name == "projects":
            return self._project(number)
        return self._site(path, user)

    def _project(self, number: str) -> tuple[int, Json | None]:
        project, _, part = number.partition("/")
        if project not in {"1", "test"}:
            return 403 if project == "2" else 404, None
        if part == "versions":
            return 200, {"versions": list(self.versions.values())}
        return 200, {"project": {"id": 1, "name": "Test", "identifier": "test", "status": 1}}

    def _site(self, path: str, user: int) -> tuple[int, Json | None]:
        first, _, last = NAMES[user].partition(" ")
        member = {"project": {"id": 1, "name": "Test"}, "roles": [{"id": ROLES.get(user, 8), "name": "Role"}]}
        me = {"id": user, "firstname": first, "lastname": last, "admin": user == ADMIN, "memberships": [member]}
        statuses = [{"id": number, "name": name, "is_closed": number == 5} for number, name in STATUSES.items()]
        types = [{"id": number, "name": name, "default_status": {"id": 1}} for number, name in TYPES.items()]
        levels = [{"id": number, "name": name, "active": True} for number, name in ((1, "Low"), (2, "Normal"))]
        bodies: dict[str, Json] = {
            "users/current": {"user": me},
            "issue_statuses": {"issue_statuses": statuses},
            "trackers": {"trackers": types},
            "enumerations/issue_priorities": {"issue_priorities": levels},
        }
        return (200, bodies[path]) if path in bodies else (404, None)

    def _page(self, asked: dict[str, str], user: int) -> Json:
        found = [one for one in self.issues.values() if self._matches(one, asked)]
        start = int(asked.get("offset", 0))
        page = found[start : start + int(asked.get("limit", 25))]
        return {"issues": [self._listed(one, user) for one in page], "total_count": len(found)}

    def _matches(self, one: Record, asked: dict[str, str]) -> bool:
        if asked.get("status_id", "open") == "open" and one.status == 5:
            return False
        if "issue_id" in asked and str(one.id) not in asked["issue_id"].split(","):
            return False
        return "fixed_version_id" not in asked or str(one.version) in asked["fixed_version_id"].split("|")

    def _listed(self, one: Record, user: int) -> Json:
        visible = {number: name for number, name in FIELDS.items() if number != MARK or user == BOT}
        raw: Json = {
            "id": one.id,
            "project": {"id": 1, "name": "Test"},
            "tracker": {"id": one.type, "name": TYPES[one.type]},
            "status": {"id": one.status, "name": STATUSES[one.status]},
            "priority": {"id": 2, "name": "Normal"},
            "author": {"id": ANA, "name": NAMES[ANA]},
            "subject": one.subject,
            "description": "",
            "is_private": one.is_private,
            "created_on": "2026-11-01T00:00:00Z",
            "updated_on": _shown(one.updated),
            "custom_fields": [
                {"id": number, "name": name, "value": one.values.get(number)} for number, name in visible.items()
            ],
            "relations": [rel for rel in self.relations if one.id in {rel["issue_id"], rel["issue_to_id"]}],
            "attachments": [],
        }
        if one.version:
            raw["fixed_version"] = {"id": one.version, "name": f"Sprint {one.version}"}
        if one.parent:
            raw["parent"] = {"id": one.parent}
        if one.category:
            raw["category"] = {"id": 1, "name": one.category}
        return raw

    def _whole(self, one: Record, user: int) -> Json:
        journals = [self._journal(note, user) for note in self.journals if note.issue == one.id]
        children = [{"id": other.id} for other in self.issues.values() if other.parent == one.id]
        seen = [journal for journal in journals if journal["notes"] or journal["details"]]
        return {**self._listed(one, user), "journals": seen, "children": children, "watchers": []}

    def _journal(self, note: Note, user: int) -> Json:
        details = [one for one in note.details if user == BOT or one["name"] != str(MARK)]
        author = {"id": note.user, "name": NAMES[note.user]}
        shown = _shown(note.created)
        return {"id": note.id, "user": author, "notes": note.notes, "created_on": shown, "details": details}

    def _write(self, method: str, path: str, body: Json, user: int) -> tuple[int, Json | None]:
        name, _, number = path.partition("/")
        rights = RIGHTS[ROLES.get(user, 8)]
        if name == "journals":
            return self._edit_note(int(number), body["journal"]["notes"], user, rights), None
        if int(number) not in self.issues:
            return 404, None
        if "edit_issues" not in rights:
            return 403, None
        if method == "DELETE":
            del self.issues[int(number)]
            return 204, None
        return self._edit(self.issues[int(number)], body["issue"], user)

    def _edit_note(self, number: int, text: str, user: int, rights: list[str]) -> int:
        note = next((one for one in self.journals if one.id == number), None)
        if note is None:
            return 404
        if "edit_issue_notes" not in rights and not (note.user == user and "edit_own_issue_notes" in rights):
            return 403
        note.notes = text
        if not text and not note.details:
            self.journals.remove(note)
        return 204

    def _edit(self, one: Record, changes: Json, user: int) -> tuple[int, Json | None]:
        one.updated = self.now
        details: list[Json] = []
        for changed in changes.get("custom_fields", ()):
            number = changed["id"]
            if number in self.ignored or (number == MARK and user != BOT) or number not in FIELDS:
                continue
            details += _details(number, one.values.get(number), changed["value"])
            one.values[number] = changed["value"]
        if "fixed_version_id" in changes:
            wanted = int(changes["fixed_version_id"] or 0) or None
            if wanted and self.versions.get(wanted, {}).get("status") != "open":
                return 422, {"errors": ["Target version is not included in the list"]}
            if wanted != one.version:
                details.append(_detail("attr", "fixed_version_id", one.version, wanted))
                one.version = wanted
        notes = changes.get("notes", "")
        if details or notes:
            number = max((note.id for note in self.journals), default=0) + 1
            self.journals.append(Note(number, one.id, user, notes, details, self.now))
            self.mails += bool(notes) or any(detail["name"] != str(MARK) for detail in details)
        return 204, None


def _details(number: int, old: Any, new: Any) -> list[Json]:
    if not isinstance(new, list):
        return [] if (old or "") == (new or "") else [_detail("cf", str(number), old, new)]
    added = [_detail("cf", str(number), None, value) for value in new if value not in (old or [])]
    return added + [_detail("cf", str(number), value, None) for value in old or [] if value not in new]


def _detail(kind: str, name: str, old: object, new: object) -> Json:
    texts = {"old_value": old, "new_value": new}
    return {"property": kind, "name": name, **{key: str(value) for key, value in texts.items() if value is not None}}


def _shown(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def small_site(now: datetime) -> SmallRedmine:
    """The product of the contract: seven issues and four versions."""
    site = SmallRedmine(now)
    for number, status in ((1, "closed"), (2, "locked"), (3, "open"), (4, "open")):
        start = now + timedelta(days=14 * (number - 2) - 4)
        dates = {"due_date": f"{start + timedelta(days=13):%Y-%m-%d}"}
        first = {"id": START, "name": "Start", "value": f"{start:%Y-%m-%d}"}
        version = {"id": number, "name": f"Sprint {number}", "status": status, "custom_fields": [first]}
        site.versions[number] = {**version, **dates, "description": "", "project": {"id": 1, "name": "Test"}}
    site.issues = {
        1: Record(1, 4, "Pay by card", {POINTS: "3.0", TAGS: ["Web", "ios,"], RANK: "2.0"}, category="payments"),
        2: Record(2, 1, "Wrong total", {POINTS: "2.0", FLAGGED: "1", RANK: "3.0"}),
        3: Record(3, 5, "Tidy up", {RANK: "4.0"}, version=2),
        4: Record(4, 4, "Done long ago", {POINTS: "5.0"}, version=1, status=5),
        5: Record(5, 4, "Comes first", {RANK: "1.0"}, is_private=True),
        6: Record(6, 6, "Everything about paying", {RANK: "5.0"}),
        7: Record(7, 4, "Under the epic", {RANK: "6.0"}, version=3, parent=6),
    }
    site.relations = [{"id": 1, "issue_id": 5, "issue_to_id": 1, "relation_type": "blocks"}]
    site.journals = [Note(1, 1, ANA, "Looks good to me", [], datetime(2026, 11, 2, tzinfo=UTC))]
    return site


@contextmanager
def served(site: SmallRedmine) -> Iterator[str]:
    """Its address, while every request to it is answered in this process."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for method in (responses.GET, responses.PUT, responses.DELETE):
            mock.add_callback(method, re.compile(f"{URL}/.*"), callback=site.answer)
        yield URL
