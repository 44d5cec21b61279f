"""Turns an example issue of a rule's page, or a case of a case file, into a snapshot, and asks one rule about it.

A rule of another package is tested with the very same functions.
"""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from rules.model import (
    Category,
    Comment,
    Edit,
    EditField,
    Issue,
    Kind,
    Link,
    LinkKind,
    Priority,
    Snapshot,
    Sprint,
    SprintState,
    TeamFilter,
)
from rules.rule import Finding, ReadyRule, Severity
from rules.rule_page import Example
from rules.verdict import Judgement, Ruleset
from tests import factories

KEY = "SHOP-1"


def ask(rule: ReadyRule, snapshot: Snapshot, key: str = KEY) -> tuple[str, Finding | None]:
    """What one rule says about one issue: passed, failed (and the finding), awaited or silent.

    A rule that is off by default is asked all the same.
    """
    if rule.severity is Severity.OFF:
        rule = rule.model_copy(update={"severity": Severity.INFO})
    judgement = factories.judge(snapshot, Ruleset(product=(rule,)))
    assert not judgement.errors, judgement.errors
    return answer_of(judgement, rule, key)


def answer_of(judgement: Judgement, rule: ReadyRule, key: str = KEY) -> tuple[str, Finding | None]:
    """The rule's answer as it stands in a judgement."""
    verdict = judgement.by_key[key]
    found = next((finding for finding in verdict.findings if finding.rule == rule.path), None)
    if found is not None:
        return "failed", found
    if rule.path in verdict.passed:
        return "passed", None
    return ("awaited" if rule.path in [due.rule for due in verdict.due] else "silent"), None


def snapshot_of(example: Example) -> Snapshot:
    """The little world an example stands in: the issue first, then what its header lines tell of."""
    spec: dict[str, Any] = {"kind": example.kind.value, "title": example.title, "text": example.body, "points": None}
    for name, value in example.headers:
        _HEADERS[name](spec, value)
    return world(spec)


def _points(spec: dict[str, Any], value: str) -> None:
    spec["points"] = None if value == "none" else float(value)


def _pace(spec: dict[str, Any], value: str) -> None:
    spec["pace"] = float(value)


def _blocker(spec: dict[str, Any], value: str) -> None:
    key, _, state = value.partition(", ")
    spec.setdefault("links", []).append({"key": key, "kind": "blocked-by", "category": _STATES[state]})


def _other(place: str) -> Callable[[dict[str, Any], str], None]:
    """`SHOP-9 Title`, with `(component search)`, `(parent SHOP-1)` or `(blocked by SHOP-1)` after the key."""

    def keep(spec: dict[str, Any], value: str) -> None:
        match = re.fullmatch(r"(?P<key>\S+) (?:\((?P<note>.+) (?P<what>\S+)\) )?(?P<title>.+)", value)
        assert match is not None, value
        other: dict[str, Any] = {"key": match["key"], "title": match["title"], "text": f"{match['title']}."}
        match match["note"]:
            case "component":
                other["components"] = [match["what"]]
            case "parent":
                other["parent"] = match["what"]
            case "blocked by":
                other["links"] = [{"key": match["what"], "kind": "blocked-by"}]
        spec.setdefault(place, []).append(other)

    return keep


def _teams(spec: dict[str, Any], value: str) -> None:
    names = [name.strip() for name in value.split(",")]
    spec["teams"] = [{"name": name.title(), "components": [name], "board": 12 + i} for i, name in enumerate(names)]


def _away(spec: dict[str, Any], value: str) -> None:
    spec["pace"] = 20.0
    spec["above"] = [{"key": "SHOP-2", "points": 20.0 * float(value)}]


def _last_change(spec: dict[str, Any], value: str) -> None:
    spec["updated_days_ago"] = int(value.split(maxsplit=1)[0])


def _closed_sprints(spec: dict[str, Any], value: str) -> None:
    spec["sprints_before"] = [str(number) for number in range(int(value))]


def _words(name: str) -> Callable[[dict[str, Any], str], None]:
    def keep(spec: dict[str, Any], value: str) -> None:
        spec[name] = [word.strip() for word in value.split(",") if word.strip()]

    return keep


def _text(name: str) -> Callable[[dict[str, Any], str], None]:
    def keep(spec: dict[str, Any], value: str) -> None:
        spec[name] = None if value == "none" else value

    return keep


_STATES = {"open": "todo", "in progress": "doing", "done": "done"}

_HEADERS: Mapping[str, Callable[[dict[str, Any], str], None]] = {
    "Points": _points,
    "Team finishes": _pace,
    "Blocked by": _blocker,
    "Also in the backlog": _other("others"),
    "Also above in the backlog": _other("above"),
    "Teams": _teams,
    "Sprints away": _away,
    "Last change": _last_change,
    "Closed sprints before": _closed_sprints,
    "Components": _words("components"),
    "Labels": _words("labels"),
    "Sub-tasks": _words("subtasks"),
    "Attachments": _words("attachments"),
    "Versions": _words("versions"),
    "Environment": _text("environment"),
    "Parent": _text("parent"),
    "Priority": _text("priority"),
    "Assignee": _text("assignee"),
}


def world(spec: Mapping[str, Any]) -> Snapshot:
    """A snapshot from plain data, as a case file holds it.

    The table itself describes the issue (`text`, `kind`, `points`, ...); `above` and `others` list further issues
    ranked before and after it, `teams` and `sprints` what there is of those, `pace` what the team finishes in a sprint,
    `unavailable` what the tracker cannot tell. `past` says that the past of all issues is known: the `edits` of this
    one, each with its `field` and whether it was made `by_person`. `like_it` adds so many issues with its priority.
    """
    issues = [_issue(other, KEY) for other in spec.get("above", ())]
    issues += [_issue(spec, KEY)]
    issues += [_issue(other, KEY) for other in spec.get("others", ())]
    same = {"priority": spec.get("priority", "High")}
    issues += [_issue({"key": f"SHOP-{80 + n}", **same}, KEY) for n in range(spec.get("like_it", 0))]
    sprints = [_sprint(entry) for entry in spec.get("sprints", ())]
    history: list[Issue] = []
    if "pace" in spec:
        closed, history = factories.finished(6, [spec["pace"] / 4] * 4)
        sprints += closed
    teams = [_team(entry) for entry in spec.get("teams", ())]
    return factories.snapshot(
        *issues,
        product=factories.product(*teams),
        sprints=tuple(sprints),
        history=tuple(history),
        unavailable=frozenset(spec.get("blind", ())),
        edits={one.id: _past(spec) if one.key == KEY else () for one in issues} if spec.get("past") else {},
    )


def _past(spec: Mapping[str, Any]) -> tuple[Edit, ...]:
    edits = spec.get("edits", ())
    return tuple(factories.edit(EditField(one["field"]), by_person=one.get("by_person", True)) for one in edits)


_PLAIN = ("title", "points", "parent", "assignee", "reporter", "flagged", "sprint", "restricted", "watchers")
_TUPLES = ("components", "versions", "subtasks", "attachments")


def _issue(spec: Mapping[str, Any], fallback: str) -> Issue:
    kind = Kind(spec.get("kind", "story"))
    # TOML has no null: `false` says that the tracker holds nothing there.
    values: dict[str, Any] = {n: None if spec[n] is False and n != "flagged" else spec[n] for n in _PLAIN if n in spec}
    values |= {name: tuple(spec[name]) for name in _TUPLES if name in spec}
    values |= {name: spec[name] or "" for name in ("environment",) if name in spec}
    if "sprints_before" in spec:
        values["sprints"] = tuple(spec["sprints_before"])
    if "labels" in spec:
        values["labels"] = frozenset(spec["labels"])
    if "priority" in spec:
        values["priority"] = None if spec["priority"] in (None, "none") else Priority(spec["priority"], 1, 5)
    if "links" in spec:
        values["links"] = tuple(_link(entry) for entry in spec["links"])
    if "comments" in spec:
        values["comments"] = tuple(_comment(entry) for entry in spec["comments"])
    if "acceptance" in spec:
        values["acceptance"] = factories.document(spec["acceptance"])
    if "updated_days_ago" in spec:
        values["updated"] = factories.NOW - timedelta(days=spec["updated_days_ago"])
        values["created"] = values["updated"] - timedelta(days=10)
    if "category" in spec:
        values["category"] = Category(spec["category"])
    if "fields" in spec:
        values["fields"] = spec["fields"]
    return factories.issue(spec.get("key", fallback), spec.get("text"), kind=kind, **values)


def _link(spec: Mapping[str, Any]) -> Link:
    category = Category(spec["category"]) if "category" in spec else None
    return Link(key=spec["key"], kind=LinkKind(spec["kind"]), category=category)


def _comment(spec: Mapping[str, Any]) -> Comment:
    values = {"author": spec.get("author", "acc-ana"), "id": spec.get("id", "1")}
    return factories.comment(spec["text"], **values)


def _sprint(spec: Mapping[str, Any]) -> Sprint:
    start = factories.NOW + timedelta(days=spec["starts_in_days"]) if "starts_in_days" in spec else None
    board = spec.get("board", 12)
    return factories.sprint(spec["id"], SprintState(spec.get("state", "future")), start=start, board=board)


def _team(spec: Mapping[str, Any]) -> Any:
    takes = TeamFilter(components=frozenset(spec.get("components", ())), labels=frozenset(spec.get("labels", ())))
    return factories.team(spec["name"], board=spec.get("board", 12), takes=takes)
