"""Whether a story about the user interface has a design."""

import re
from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject

_TOOL = regex(
    r"\b(?:figma\.com|zeplin\.io|invis\.io|invisionapp\.com|sketch\.(?:com|cloud)|balsamiq\.cloud|miro\.com|whimsical\.com"
    r"|xd\.adobe\.com|penpot\.app|framer\.com|axshare\.com|marvelapp\.com)",
    re.IGNORECASE,
)
_SHOWN = regex(
    r"\b(?:mock-?ups?|wireframes?|figma|design (?:is|attached|see|spec\w*)|screen[ _-]?(?:shot|recording)s?"
    r"|prototypes?)(?:\b|_)|^image$|\.(?:png|jpe?g|gif|svg|webp)\b",
    re.IGNORECASE | re.MULTILINE,
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf", ".sketch", ".fig", ".xd", ".webp")


class DesignLinked(ReadyRule):
    """A near story about the user interface has a design.

    Why: Words about a screen leave most of it open. A link to the design, or a photo of a sketch, saves a round of
    rework. The rule applies only where a label or component marks the story as user interface.

    Fails:
        Story: Pay with a saved card
        Labels: ui

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Labels: ui
        Attachments: checkout.png

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "design_linked"
    title: ClassVar[str] = "design"
    failure: ClassVar[str] = "no design"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.FIELD
    replayable: ClassVar[bool] = False

    severity: Severity = Severity.OFF
    within_sprints: float | None = Field(default=2.0, ge=0)
    marks: frozenset[str] = frozenset({"ui", "ux", "gui", "design"})
    """Labels and components, in lower case, that mark a story as user interface."""

    def check(self, subject: Subject) -> Answer:
        """Look for an attached picture, a link to a design tool, or a word about a sketch."""
        issue = subject.issue
        if subject.reports_defect:
            return NotApplicable("the text reports a defect")
        if not self.marks & {mark.lower() for mark in (*issue.labels, *issue.components)}:
            return NotApplicable("no label or component marks the issue as user interface")
        if any(name.lower().endswith(_PICTURES) for name in issue.attachments):
            return Passed()
        text = "\n".join(block.text for block in issue.document.blocks)
        if _TOOL.search(text) or _SHOWN.search(text):
            return Passed()
        message = "The design of the user interface is missing."
        return Failed(message, "Link the design, or attach a sketch.", reason="absent")
