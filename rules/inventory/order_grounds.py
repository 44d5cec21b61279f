"""What the order of the near issues rests on: a value, a goal, and stakeholders who took part."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rules.backlog.index import Backlog
from rules.model import Issue, Kind
from rules.text import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderGrounds:
    """Of `issues` in the ready horizon, how many have a stated value, a goal, and a sign of stakeholders.

    Defects are left out: they need no reason. `without` are the keys of the issues that have none of the three.
    """

    issues: int
    value: int
    goal: int
    stakeholders: int
    without: tuple[str, ...]


def order_grounds(
    near: Iterable[Issue], backlog: Backlog, served: Collection[str], unevident: Collection[str]
) -> OrderGrounds:
    """The grounds of the near issues. `served` are keys of issues that serve a Sprint Goal.

    `unevident` are the keys of those that do not show that stakeholders took part.
    """
    issues, field = [issue for issue in near if issue.kind is not Kind.BUG], backlog.snapshot.product.value_field
    value = {issue.key for issue in issues if _has_value(issue, backlog.readings[issue.key], field)}
    goal = {issue.key for issue in issues if issue.parent or issue.key in served}
    people = {issue.key for issue in issues} - frozenset(unevident)
    return OrderGrounds(
        issues=len(issues),
        value=len(value),
        goal=len(goal),
        stakeholders=len(people),
        without=tuple(issue.key for issue in issues if issue.key not in value | goal | people),
    )


def _has_value(issue: Issue, reading: Reading, field: str) -> bool:
    """Whether the field, the story sentence or a section says what the issue is good for."""
    section = reading.section("value")
    return (
        issue.is_filled(field) or reading.facts.story_benefit == "yes" or (section is not None and bool(section.blocks))
    )
