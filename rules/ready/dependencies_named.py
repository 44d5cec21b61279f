"""Whether somebody has thought about what it depends on."""

import re
from typing import ClassVar

from pydantic import Field

from rules.model import Kind, LinkKind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject

_NAMED = re.compile(
    r"\b(?:(?:no|without|any|known|external)\s+dependenc(?:y|ies)|dependenc(?:y|ies)\b|depends on|independent of"
    r"|keine abhängigkeiten|abhängigkeiten|dépendances?|dependencias?|dependências?|afhankelijkheden)\b",
    re.IGNORECASE,
)


class DependenciesNamed(ReadyRule):
    """Its dependencies are linked, or it says that there are none.

    Why: An issue without a link may be free of dependencies, or nobody has looked. "No dependencies" in the text takes
    two words and tells the difference.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before. No dependencies.
    """

    name: ClassVar[str] = "dependencies_named"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.LINE
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.INFO
    within_sprints: float | None = Field(default=1.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look for a link of that kind, then for a word about it."""
        if subject.cannot_see("links"):
            return NotApplicable("the project has no links", unavailable="links")
        kinds = {link.kind for link in subject.issue.links}
        if kinds & {LinkKind.BLOCKED_BY, LinkKind.BLOCKS} or subject.open_blockers:
            return Passed()
        if _NAMED.search("\n".join(block.text for block in subject.issue.document.blocks)):
            return Passed()
        said = "Neither a link nor the text says what it depends on."
        return Failed(said, 'Link what it waits for, or write "no dependencies".', reason="absent")
