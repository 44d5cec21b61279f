"""Issues about which stakeholders disagree: their text has priorities of several groups that are far apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rules.backlog.index import Backlog
from rules.model import Issue
from rules.refinement.layers import Routed
from rules.refinement.options import RefinementOptions
from rules.refinement.shared import decision_note, short
from rules.text import Reading

HEADINGS = frozenset(
    {
        "stakeholder priorities",
        "priorities of stakeholders",
        "stakeholder-prioritäten",
        "priorités des parties prenantes",
        "prioridades de los interesados",
    }
)
"""Headings above the priorities, in lower case."""
LEVELS: Mapping[str, int] = {"highest": 0, "high": 1, "medium": 2, "low": 3, "lowest": 4}
"""Levels that are known in every tracker; its own priorities come on top."""
APART = 2
"""Priorities so many levels apart are a conflict."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An issue with the priority that each group of stakeholders wants, in the order of the text."""

    issue: Issue
    wishes: tuple[tuple[str, str], ...]


def conflicts(routes: Iterable[Routed], backlog: Backlog, options: RefinementOptions) -> tuple[Conflict, ...]:
    """The issues in rank order; those with a decision note are settled, and restricted ones are never quoted."""
    known = (issue.priority for issue in backlog.snapshot.issues if issue.priority is not None)
    levels = dict(LEVELS) | {one.name.casefold(): one.order for one in known}
    disputed = []
    for issue in (one.issue for one in routes if not one.issue.restricted):
        wishes = tuple(_wishes(backlog.readings[issue.key], levels))
        if _are_apart(wishes, levels) and not decision_note(issue, backlog, options):
            disputed.append(Conflict(issue, wishes))
    return tuple(disputed)


def _wishes(reading: Reading, levels: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Group and priority of each line such as "Sales: High" below the heading."""
    for section in reading.sections:
        if section.heading is not None and section.heading.text.strip(" :*").casefold() in HEADINGS:
            for block in section.blocks:
                group, _, level = (part.strip(" *") for part in block.text.partition(":"))
                if group and level.casefold() in levels:
                    yield short(group), level


def _are_apart(wishes: Iterable[tuple[str, str]], levels: Mapping[str, int]) -> bool:
    orders = [levels[level.casefold()] for _, level in wishes]
    return bool(orders) and max(orders) - min(orders) >= APART
