"""Whether the boxes of a readiness checklist are ticked."""

from typing import ClassVar

from pydantic import Field

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text import Quote
from rules.text.content import shorten
from rules.text.ticks import human_boxes
from rules.wording import Wording

SHOWN = 3


class Checklist(ReadyRule):
    """Every box of a readiness checklist that only a person can answer is ticked.

    Why: "UX reviewed" is true when a person says so; readyline cannot check it. Boxes about data in the tracker, such
    as the estimate, are left out. There the data counts. A checklist without any tick is the template's: many teams
    never tick boxes. The rule applies where somebody has begun to tick them.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Definition of Ready checklist
        - [ ] UX reviewed
        - [x] Personas named

    Fixed:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Definition of Ready checklist
        - [x] UX reviewed
        - [x] Personas named
    """

    name: ClassVar[str] = "checklist"
    title: ClassVar[str] = "readiness checklist"
    failure: ClassVar[str] = "open boxes in the checklist"
    effort: ClassVar[Effort] = Effort.TALK

    severity: Severity = Severity.INFO
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look for open boxes about something that the tracker cannot know."""
        boxes = list(human_boxes(subject.reading))
        if not boxes:
            return NotApplicable("the issue has no checklist for people")
        if not any(box.ticked for box in boxes):
            return NotApplicable("nobody has begun to tick the checklist")
        left = [box for box in boxes if not box.ticked]
        if not left:
            return Passed()
        named = tuple(shorten(box.text, 40) for box in left[:SHOWN])
        places = tuple(Quote(box.text, box.line) for box in left[:SHOWN])
        if len(left) > SHOWN:
            template = "The readiness checklist has open boxes: {boxes!q} and {more} more."
            message = Wording(template, boxes=named, more=len(left) - SHOWN)
        else:
            message = Wording("The readiness checklist has open boxes: {boxes!q}.", boxes=named)
        return Failed(message, "Tick what is done, and delete what does not apply.", places, reason="open")
