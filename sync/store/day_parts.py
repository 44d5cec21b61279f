"""An earlier day as a value, and as the parts that `Days` keeps."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from rules.deep.model import BacklogState
from rules.inventory.old_issues import Interest
from rules.model import Edit, Issue, Product, Snapshot, Sprint
from rules.plan.changes import Change, identity_of, kind_of
from rules.plan.dry_run import GoLive
from rules.plan.mail_budget import NO_AUDIENCE, Audience
from rules.plan.preview import PastVerdict
from rules.verdict import State
from sync.store.days import Days, PartName
from sync.store.history import KEEP_BACKLOGS
from sync.store.journal import Write
from sync.store.serialization import change_from_json, change_to_json

ISSUE, PAST, READ, EDITS = "issue", "past-issue", "read-issue", "edits"
FACTS, ORDER, SPRINTS, RENAMED, AUDIENCE = "facts", "order", "sprints", "renamed", "audience"
INTERESTS = "interests"
VERDICT, CHANGE, ROW = "verdict", "change", "row:"

_ISSUE: TypeAdapter[Issue | None] = TypeAdapter(Issue | None)
_EDITS = TypeAdapter(tuple[Edit, ...])
_SPRINTS = TypeAdapter(tuple[Sprint, ...])
_INTERESTS = TypeAdapter(dict[str, Interest])
_GO_LIVE: TypeAdapter[GoLive | None] = TypeAdapter(GoLive | None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the tracker answered while a run looked.

    `reads` are the issues that were read again, by id (`None`: gone or hidden), `interests` the votes and watchers that
    were counted apart, by issue id.
    """

    snapshot: Snapshot
    reads: Mapping[str, Issue | None] = field(default_factory=dict)
    audience: Audience = NO_AUDIENCE
    interests: Mapping[str, Interest] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDay:
    """The last run of a day: what it was given, and what it found.

    `looked` is when it had planned, `finished` when it ended; `requests` counts both. `rows` are the rows that the
    store held when the run began, by table and name. `verdicts` are by issue id. `changes` are those it planned or held
    back. `go_live` is its summary of the dry-run log, `None` where writing was on. `written` is what the journal, which
    is not part of a day, knows of the run.
    """

    run: str
    started: datetime
    looked: datetime
    finished: datetime
    requests: int
    answers: Answers
    rows: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    verdicts: Mapping[str, PastVerdict] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    order: tuple[tuple[str, float | None], ...] = ()
    reading: Mapping[str, str] = field(default_factory=dict)
    go_live: GoLive | None = None
    written: tuple[Write, ...] = ()


def parts_of(day: StoredDay) -> dict[PartName, bytes]:
    """The parts that a day is kept in. The configuration has no part: it is read again."""
    answers, snapshot = day.answers, day.answers.snapshot
    parts: dict[PartName, bytes] = {(ISSUE, issue.id): _issue(issue) for issue in snapshot.issues}
    backlog = {issue.id: issue for issue in snapshot.issues}
    parts |= {(PAST, issue.id): _issue(issue) for issue in snapshot.history if issue != backlog.get(issue.id)}
    parts |= {(READ, name): _issue(issue) for name, issue in answers.reads.items()}
    parts |= {(EDITS, name): _EDITS.dump_json(past, exclude_defaults=True) for name, past in snapshot.edits.items()}
    parts |= {(VERDICT, name): _json(list(_verdict_row(one))) for name, one in day.verdicts.items()}
    parts |= {(CHANGE, "/".join(identity_of(one))): _json([kind_of(one), change_to_json(one)]) for one in day.changes}
    parts |= {(f"{ROW}{table}", name): row for (table, name), row in day.rows.items()}
    parts[SPRINTS, ""] = _SPRINTS.dump_json(snapshot.sprints, exclude_defaults=True)
    parts[ORDER, ""] = _json(day.order)
    parts[RENAMED, ""] = _json(dict(snapshot.renamed))
    parts[AUDIENCE, ""] = _json(_audience(answers.audience))
    if answers.interests:
        parts[INTERESTS, ""] = _INTERESTS.dump_json(dict(answers.interests))
    parts[FACTS, ""] = _json(_facts(day))
    return parts


def day_of(parts: Mapping[PartName, bytes], product: Product) -> StoredDay:
    """The day that was kept in these parts, of this product."""
    by_kind: dict[str, dict[str, bytes]] = {}
    for (kind, name), content in parts.items():
        by_kind.setdefault(kind, {})[name] = content
    facts = json.loads(parts[FACTS, ""])
    return StoredDay(
        run=facts["run"],
        started=datetime.fromisoformat(facts["started"]),
        looked=datetime.fromisoformat(facts["looked"]),
        finished=datetime.fromisoformat(facts["finished"]),
        requests=facts["requests"],
        reading=facts["reading"],
        answers=Answers(
            snapshot=_snapshot(by_kind, facts, product),
            reads={name: _ISSUE.validate_json(content) for name, content in by_kind.get(READ, {}).items()},
            audience=_audience_from(json.loads(parts[AUDIENCE, ""])),
            interests=_INTERESTS.validate_json(parts.get((INTERESTS, ""), b"{}")),
        ),
        rows={(kind.removeprefix(ROW), name): row for kind, name, row in _rows(by_kind)},
        verdicts={name: _verdict_from(json.loads(row)) for name, row in by_kind.get(VERDICT, {}).items()},
        changes=tuple(change_from_json(*json.loads(content)) for content in by_kind.get(CHANGE, {}).values()),
        order=tuple((key, points) for key, points in json.loads(parts[ORDER, ""])),
        go_live=_GO_LIVE.validate_python(facts.get("go_live")),
    )


def is_complete(days: Days, day: date) -> bool:
    """Whether a run of this day is stored that left no team out."""
    stored = dict(days.versions(FACTS, "", before=day + timedelta(days=1)))
    return day in stored and not json.loads(stored[day]).get("stopped")


def orders_before(days: Days, at: datetime) -> Iterator[BacklogState]:
    """The order of the backlog on each stored day before that of this moment, as far back as a run looks.

    Runs with a team left out are not compared with others.
    """
    facts = {day: json.loads(content) for day, content in days.versions(FACTS, "", before=at.date())}
    for day, content in days.versions(ORDER, "", before=at.date()):
        taken = datetime.fromisoformat(facts[day]["taken_at"])
        if taken >= at - KEEP_BACKLOGS and not facts[day].get("stopped"):
            order = enumerate(json.loads(content))
            yield BacklogState(taken, tuple((key, points, place) for place, (key, points) in order))


def _rows(by_kind: Mapping[str, Mapping[str, bytes]]) -> Iterator[tuple[str, str, bytes]]:
    tables = ((kind, rows) for kind, rows in by_kind.items() if kind.startswith(ROW))
    return ((kind, name, row) for kind, rows in tables for name, row in rows.items())


def _snapshot(by_kind: Mapping[str, Mapping[str, bytes]], facts: Mapping[str, Any], product: Product) -> Snapshot:
    backlog = {name: _issue_from(content) for name, content in by_kind.get(ISSUE, {}).items()}
    issues = {issue.key: issue for issue in backlog.values()}
    past = backlog | {name: _issue_from(content) for name, content in by_kind.get(PAST, {}).items()}
    return Snapshot(
        taken_at=datetime.fromisoformat(facts["taken_at"]),
        product=product,
        issues=tuple(issues[key] for key, _ in json.loads(by_kind[ORDER][""])),
        history=tuple(past[name] for name in facts["past"]),
        sprints=_SPRINTS.validate_json(by_kind[SPRINTS][""]),
        unavailable=frozenset(facts["unavailable"]),
        edits={name: _EDITS.validate_json(content) for name, content in by_kind.get(EDITS, {}).items()},
        renamed=json.loads(by_kind[RENAMED][""]),
        stopped=facts.get("stopped", {}),
    )


def _facts(day: StoredDay) -> dict[str, Any]:
    snapshot = day.answers.snapshot
    return {
        "run": day.run,
        "taken_at": snapshot.taken_at.isoformat(),
        "started": day.started.isoformat(),
        "looked": day.looked.isoformat(),
        "finished": day.finished.isoformat(),
        "requests": day.requests,
        "unavailable": sorted(snapshot.unavailable),
        "reading": dict(day.reading),
        "past": [issue.id for issue in snapshot.history],
        "stopped": dict(snapshot.stopped),
        "go_live": _GO_LIVE.dump_python(day.go_live, mode="json"),
    }


def _issue(issue: Issue | None) -> bytes:
    return _ISSUE.dump_json(issue, exclude_defaults=True)


def _issue_from(content: bytes) -> Issue:
    issue = _ISSUE.validate_json(content)
    assert issue is not None, "only an issue that was read again may be gone"
    return issue


def _verdict_row(verdict: PastVerdict) -> tuple[Any, ...]:
    return verdict.key, verdict.state.value, verdict.score, verdict.rules


def _verdict_from(row: list[Any]) -> PastVerdict:
    key, state, score, rules = row
    return PastVerdict(key, State(state), score, tuple(rules))


def _audience(audience: Audience) -> dict[str, Any]:
    return {
        "silent": sorted(audience.silent),
        "watchers": {issue: sorted(people) for issue, people in audience.watchers.items()},
        "addresses": dict(audience.addresses),
        "names": dict(audience.names),
    }


def _audience_from(data: Mapping[str, Any]) -> Audience:
    return Audience(
        silent=frozenset(data["silent"]),
        watchers={issue: frozenset(people) for issue, people in data["watchers"].items()},
        addresses=data["addresses"],
        names=data["names"],
    )


def _json(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
