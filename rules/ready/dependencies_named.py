"""Whether dependencies are linked or ruled out."""

import re
from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.model import Kind, LinkKind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject

_NAMED = regex(
    r"\b(?:(?:no|without|any|known|external)\s+dependenc(?:y|ies)|dependenc(?:y|ies)\b|depends on|independent of"
    r"|keine abhängigkeiten|abhängigkeiten|dépendances?|dependencias?|dependências?|afhankelijkheden)\b",
    re.IGNORECASE,
)


class DependenciesNamed(ReadyRule):
    """Dependencies are linked, or the text says that there are none.

    Why: An issue without links may have no dependencies, or nobody may have looked. The words "no dependencies" make
    the difference clear.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before. No dependencies.
    """

    name: ClassVar[str] = "dependencies_named"
    title: ClassVar[str] = "dependencies stated"
    failure: ClassVar[str] = "dependencies not stated"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.LINE
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.OFF
    within_sprints: float | None = Field(default=1.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look for a blocking link, then for a word about dependencies in the text."""
        if subject.cannot_see("links"):
            return NotApplicable("the project has no links", unavailable="links")
        kinds = {link.kind for link in subject.issue.links}
        if kinds & {LinkKind.BLOCKED_BY, LinkKind.BLOCKS} or subject.open_blockers:
            return Passed()
        if _NAMED.search("\n".join(block.text for block in subject.issue.document.blocks)):
            return Passed()
        message = "Dependencies are neither linked nor mentioned in the text."
        return Failed(message, 'Link what it depends on, or write "no dependencies".', reason="absent")
