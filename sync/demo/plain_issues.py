"""The invented shop's issues as any tracker can hold them: Markdown, and past changes as plain values.

Made from the local Jira with the shop. Trackers with other words for a status or a priority translate these.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sync.demo.markdown import as_markdown
from sync.fake_jira.records import Account, Entry, Item, Record
from sync.fake_jira.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What changes about an issue in its past; `sprint` is the id of the last one it was put into, "" for none."""

    status: str
    priority: str
    sprint: str
    points: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One past change: when, by which account, and the values after it."""

    at: datetime
    by: Account
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopIssue:
    """An issue of the shop: what it is, as it was created, and the steps since then."""

    record: Record
    first: Values
    steps: tuple[Step, ...]

    @property
    def last(self) -> Values:
        """The present values."""
        return self.steps[-1].values if self.steps else self.first


def shop_issues(state: State) -> Iterator[ShopIssue]:
    """All issues by their numbers, done or not."""
    for record in sorted(state.issues.values(), key=lambda one: one.number):
        changes = [(entry, item) for entry in _in_time(record) for item in entry.items if item.field_id in _READ]
        values = [_present(record)]
        for _, item in reversed(changes):
            values.append(_before(item, values[-1]))
        first, *later = reversed(values)
        steps = (
            Step(at=entry.created, by=entry.author, values=after)
            for (entry, _), after in zip(changes, later, strict=True)
        )
        yield ShopIssue(record=record, first=first, steps=tuple(steps))


def _in_time(record: Record) -> list[Entry]:
    return sorted(record.history, key=lambda entry: entry.created)


def _present(record: Record) -> Values:
    environment = f"\n\n### Environment\n{record.environment}" if record.environment else ""
    return Values(
        status=record.status.name,
        priority=record.priority.name if record.priority else "",
        sprint=str(record.sprints[-1]) if record.sprints else "",
        points=record.points,
        text=as_markdown(record.description.wiki) + environment,
    )


_READ = {"status", "priority", "sprint", "points", "description"}


def _before(item: Item, values: Values) -> Values:
    """The values before a change in Jira's history; of several sprints the last."""
    text = item.before_text or ""
    match item.field_id:
        case "sprint":
            return replace(values, sprint=(item.before or "").rpartition(", ")[2])
        case "points":
            return replace(values, points=float(text) if text else None)
        case "description":
            return replace(values, text=as_markdown(text))
        case "priority":
            return replace(values, priority=text)
        case _:
            return replace(values, status=text)


def blocked_by(record: Record, state: State) -> Iterator[Record]:
    """The issues that wait for this one."""
    for bond in record.bonds:
        if bond.type.name == "Blocks" and bond.outward and bond.other in state.issues:
            yield state.issues[bond.other]
