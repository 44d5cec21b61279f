"""Which near issues show that stakeholders took part in their content. This is a figure, and no rule asks for it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rules.backlog.index import Backlog
from rules.inventory.options import Recognised
from rules.lazy_regex import regex
from rules.model import Issue
from rules.text import Reading

_DISCUSSED = regex(
    r"discussed with|talked to|consulted(?: with)?|agreed with|besprochen mit|abgestimmt mit|discuté avec|vu avec"
    r"|hablado con|consultado con|acordado con",
    re.IGNORECASE,
)
"""A heading, or the words before a colon, that say who the content was discussed with."""


@dataclass(frozen=True, slots=True)
class TakenPart:
    """Of `issues` in the ready horizon, `evident` show that stakeholders took part; `without` are the other keys."""

    issues: int
    evident: int
    without: tuple[str, ...]


def taken_part(
    near: Iterable[Issue], backlog: Backlog, stakeholder: Recognised, own: Iterable[Issue]
) -> TakenPart | None:
    """The near issues with a stakeholder's comment, or that say who they were discussed with, or that are among `own`.

    `own` are those that came from stakeholders. `None` where no issue shows any: then people may note it elsewhere.
    """
    issues, people = tuple(near), frozenset(name.casefold() for name in stakeholder.reporters)
    theirs = frozenset(issue.key for issue in own)
    without = tuple(
        issue.key
        for issue in issues
        if issue.key not in theirs and not _commented(issue, people) and not _names_people(backlog.readings[issue.key])
    )
    evident = len(issues) - len(without)
    return TakenPart(len(issues), evident, without) if evident else None


def _commented(issue: Issue, people: frozenset[str]) -> bool:
    return any(name.casefold() in people for one in issue.comments for name in (one.author, one.author_name))


def _names_people(reading: Reading) -> bool:
    """Whether a heading with text below it, or a line with text after a colon, says so."""
    for section in reading.sections:
        if section.heading is not None and section.blocks and _DISCUSSED.fullmatch(section.heading.text.strip(" *:")):
            return True
        lines = (block.text.strip(" *").partition(":") for block in section.blocks)
        if any(rest.strip() and _DISCUSSED.fullmatch(start.strip()) for start, _, rest in lines):
            return True
    return False
