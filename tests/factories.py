"""Values for tests: valid by default, and a test overrides only what it is about.

`issue()` is a story that a team would take into its next sprint without a question, so that a test which takes one
thing away sees that one thing told.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from rules.backlog.index import Backlog
from rules.capacity.compute import capacities
from rules.capacity.options import CapacityOptions
from rules.capacity.unit import in_unit
from rules.document import Block, BlockKind, Document
from rules.evaluate import evaluate
from rules.model import (
    Absence,
    Category,
    Comment,
    Edit,
    EditField,
    Issue,
    Kind,
    Link,
    LinkKind,
    Person,
    Priority,
    Product,
    Snapshot,
    Sprint,
    SprintState,
    Team,
    TeamFilter,
)
from rules.rule import Finding, Severity
from rules.text import Facts
from rules.verdict import Judgement, Ruleset

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""The moment every snapshot of the tests is taken: a Monday morning."""

TITLE = "Pay with a saved card at checkout"

STORY = """\
As a returning shopper, I want to pay with a saved card so that checkout takes seconds.

## Acceptance criteria
- A saved card is offered with its last four digits at checkout
- Paying with it takes one click and shows the order number
- An expired card is refused with the message "This card has expired"
"""

BUG = """\
The receipt shows the wrong total since version 2.1 on Chrome 120.

## Steps to reproduce
1. Open the shop and put two books into the cart
2. Enter the voucher BOOK10 and pay

## Expected result
The receipt shows the total with the voucher taken off.

## Actual result
The receipt shows the total without the voucher.
"""

_LINES: tuple[tuple[BlockKind, re.Pattern[str]], ...] = (
    (BlockKind.HEADING, re.compile(r"^(?P<mark>#{1,6})\s+(?P<text>.+?)\s*$")),
    (BlockKind.HEADING, re.compile(r"^\*\*(?P<text>[^*]+)\*\*:?\s*$")),
    (BlockKind.TICK, re.compile(r"^(?P<indent>\s*)[-*]\s+\[(?P<tick>[ xX])\]\s*(?P<text>.*)$")),
    (BlockKind.ITEM, re.compile(r"^(?P<indent>\s*)(?:[-*]|(?P<number>\d+)[.)])\s+(?P<text>.*)$")),
    (BlockKind.QUOTE, re.compile(r"^>\s?(?P<text>.*)$")),
    (BlockKind.ROW, re.compile(r"^\|(?P<text>.+)\|\s*$")),
)


def document(*lines: str) -> Document:
    """A Document from Markdown-like lines: headings (bold lines too), items, ticks, quotes, rows, fences, prose."""
    text = "\n".join(lines)
    blocks: list[Block] = []
    run: list[str] = []
    fenced = False
    for number, line in enumerate((*text.split("\n"), ""), start=1):
        fence = line.startswith("```")
        block = None if fenced or fence else _block(line, number)
        if run and (fence or (not fenced and (block is not None or not line.strip()))):
            kind = BlockKind.CODE if fenced else BlockKind.PARAGRAPH
            blocks.append(Block(kind=kind, text="\n".join(run), line=number - len(run)))
            run = []
        if block is not None:
            blocks.append(block)
        elif not fence and (fenced or line.strip()):
            run.append(line)
        fenced = fenced != fence
    return Document(tuple(blocks))


def _block(line: str, number: int) -> Block | None:
    for kind, pattern in _LINES:
        if (match := pattern.match(line)) is not None:
            found = match.groupdict()
            level = _level(kind, found)
            tick = found.get("tick")
            ticked = tick.lower() == "x" if tick else None
            ordered = bool(found.get("number"))
            return Block(
                kind=kind, text=found["text"].strip(), level=level, ordered=ordered, ticked=ticked, line=number
            )
    return None


def _level(kind: BlockKind, found: dict[str, str | None]) -> int:
    if kind is BlockKind.HEADING:
        return len(found.get("mark") or "") or 7
    if kind in {BlockKind.ITEM, BlockKind.TICK}:
        return 1 + len(found.get("indent") or "") // 2
    return 0


def issue(key: str = "SHOP-1", body: str | None = None, **overrides: Any) -> Issue:
    """An issue that is ready; `body` is its description in Markdown-like lines, "" for none at all."""
    kind = overrides.get("kind", Kind.STORY)
    values: dict[str, Any] = {
        "id": key.rpartition("-")[2],
        "type": kind.value.title(),
        "kind": kind,
        "title": TITLE,
        "status": "To Do",
        "category": Category.TODO,
        "created": NOW - timedelta(days=30),
        "updated": NOW - timedelta(days=2),
        "document": document(_body_of(kind) if body is None else body),
        "priority": Priority("High", 1, 5),
        "points": 3.0,
        "components": ("payments",),
        "parent": "SHOP-100",
    }
    return Issue(key=key, **(values | overrides))


def _body_of(kind: Kind) -> str:
    return BUG if kind is Kind.BUG else STORY


def facts(**overrides: Any) -> Facts:
    """What reading a good story yields."""
    values: dict[str, Any] = {"story_form": "yes", "story_benefit": "yes", "acceptance": "present"}
    values |= {"steps": "na", "expected": "na", "actual": "na", "placeholder": "no", "open_question": "no"}
    return Facts(**(values | overrides))


def link(key: str = "SHOP-9", kind: LinkKind = LinkKind.BLOCKED_BY, **overrides: Any) -> Link:
    """A link to another issue that is still open."""
    return Link(key=key, kind=kind, **({"category": Category.TODO} | overrides))


def comment(text: str = "Fine by me.", **overrides: Any) -> Comment:
    """A comment a person wrote."""
    values: dict[str, Any] = {
        "id": "1",
        "author": "acc-ana",
        "author_name": "Ana Alvarez",
        "created": NOW - timedelta(days=1),
        "document": document(text),
    }
    return Comment(**(values | overrides))


def edit(field: EditField, issue_id: str = "1", *, days_ago: float = 1, **overrides: Any) -> Edit:
    """A change that Bo made to an issue."""
    values: dict[str, Any] = {"at": NOW - timedelta(days=days_ago), "account": "acc-bo", "name": "Bo"}
    return Edit(issue=issue_id, field=field, **(values | overrides))


def sprint(sprint_id: str = "1", state: SprintState = SprintState.FUTURE, **overrides: Any) -> Sprint:
    """A sprint of two weeks on board 12: the next one, the running one, or the one before it."""
    offset = {SprintState.FUTURE: 7, SprintState.ACTIVE: -7, SprintState.CLOSED: -21}[state]
    start = overrides.pop("start", NOW + timedelta(days=offset))
    values: dict[str, Any] = {
        "name": f"Sprint {sprint_id}",
        "board": 12,
        "start": start,
        "end": None if start is None else start + timedelta(days=14),
    }
    if state is SprintState.CLOSED:
        values["completed"] = values["end"]
    return Sprint(id=sprint_id, state=state, **(values | overrides))


def absence(first: date = date(2026, 3, 9), last: date | None = None, fraction: float = 1.0) -> Absence:
    """Days off, one day unless told otherwise."""
    return Absence(first=first, last=last or first, fraction=fraction)


def person(name: str = "Bo", **overrides: Any) -> Person:
    """Somebody who works full time for one team and has no holidays."""
    return Person(name=name, **overrides)


def team(name: str = "Payments", **overrides: Any) -> Team:
    """A team of two on board 12 that takes the component named after it."""
    values: dict[str, Any] = {
        "board": 12,
        "takes": TeamFilter(components=frozenset({name.lower()})),
        "people": (person("Bo"), person("Cy")),
    }
    return Team(name=name, **(values | overrides))


def product(*teams: Team, **overrides: Any) -> Product:
    """A product with one team unless others are given."""
    values: dict[str, Any] = {"name": "Shop", "owner": "Ana Alvarez", "goal": "Guests check out without an account"}
    return Product(teams=teams or (team(),), **(values | overrides))


def snapshot(*issues: Issue, **overrides: Any) -> Snapshot:
    """A snapshot of these issues in this rank order; without any, of one ready story."""
    values: dict[str, Any] = {"taken_at": NOW, "product": product()}
    return Snapshot(issues=issues or (issue(),), **(values | overrides))


def finished(number: int, points: Sequence[float] = (3, 5, 5, 8), board: int = 12) -> tuple[list[Sprint], list[Issue]]:
    """`number` closed sprints of a board, and the issues finished in them: enough history for a pace."""
    sprints, done = [], []
    for back in range(1, number + 1):
        box = sprint(str(900 + back), SprintState.CLOSED, board=board, start=NOW - timedelta(days=7 + 14 * back))
        sprints.append(box)
        for place, size in enumerate(points):
            assert box.start is not None
            resolved = box.start + timedelta(days=3 + place)
            key = f"DONE-{back}{place:02d}"
            done.append(
                issue(
                    key,
                    points=float(size),
                    status="Done",
                    category=Category.DONE,
                    resolved=resolved,
                    sprints=(box.id,),
                    created=box.start - timedelta(days=20),
                    updated=resolved,
                )
            )
    return sprints, done


def backlog(of: Snapshot, options: CapacityOptions | None = None) -> Backlog:
    """The backlog of a snapshot with the capacities that its closed sprints give."""
    options = options or CapacityOptions()
    counted = in_unit(of, options.unit)
    return Backlog.of(counted, capacities(counted, options))


def judge(of: Snapshot, ruleset: Ruleset) -> Judgement:
    """The verdicts on a snapshot."""
    return evaluate(backlog(of), ruleset)


def finding(fingerprint: str = "aaa", subject: str = "SHOP-1", **values: Any) -> Finding:
    """A missing estimate."""
    defaults: dict[str, Any] = {
        "rule": "ready.estimated",
        "severity": Severity.MUST,
        "message": "The estimate is missing.",
        "hint": "Estimate it with the Developers.",
        "phrase": "no estimate",
    }
    return Finding(subject=subject, fingerprint=fingerprint, **defaults | values)
