"""Whether dependencies named in the text are links."""

from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.text import Quote
from rules.wording import Wording

_WAITS = regex(
    r"\b(?:blocked (?:by|on)|depend(?:s|ent|ing)? (?:up)?on|wait(?:s|ing)? (?:for|on)|requires|needs|only after|once"
    r"|hängt (?:ab )?von|blockiert (?:durch|von)|wartet auf|dépend de|bloqué par|depende de|bloqueado por"
    r"|geblokkeerd door|hangt af van|wacht op)\s+(?:\w+\s+){0,5}?(?P<key>[A-Z][A-Z0-9_]+-\d+)\b",
)


class DependenciesLinked(ReadyRule):
    """A dependency named in the text is also a link.

    Why: Boards, plans and this check use links. During sprint planning, few people read such a sentence in a
    description.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before. This is blocked by CORE-12.

    Fixed:
        Story: Pay with a saved card
        Blocked by: CORE-12, done

        Returning shoppers choose a card they used before. This is blocked by CORE-12.
    """

    name: ClassVar[str] = "dependencies_linked"
    title: ClassVar[str] = "dependencies linked"
    failure: ClassVar[str] = "dependency without a link"
    effort: ClassVar[Effort] = Effort.FIELD
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Compare the keys that the text names as dependencies with the links."""
        if subject.cannot_see("links"):
            return NotApplicable("the project has no links", unavailable="links")
        linked = {link.key for link in subject.issue.links} | {subject.issue.key, subject.issue.parent}
        for block in subject.issue.document.blocks:
            keys = (match["key"] for match in _WAITS.finditer(block.text))
            for key in keys:
                if key not in linked:
                    message = Wording("The text names a dependency on {issue}, but the link is missing.", issue=key)
                    hint = Wording('Link {issue} as "is blocked by".', issue=key)
                    place = Quote(block.text, block.line)
                    return Failed(message, hint, (place,), reason=key)
        return Passed()
