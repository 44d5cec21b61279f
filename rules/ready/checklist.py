"""Whether people have gone through the checklist they put into the issue."""

from typing import ClassVar

from pydantic import Field

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.text import Quote
from rules.text.content import shorten
from rules.text.ticks import human_boxes

SHOWN = 3


class Checklist(ReadyRule):
    """Every box of a readiness checklist that only a person can answer is ticked.

    Why: "UX reviewed" is true when somebody says so, and no machine can. Boxes about facts the tracker knows are left
    out: there the fact counts. Many teams never tick, so an open box is only a remark.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Definition of Ready checklist
        - [ ] UX reviewed
        - [ ] Estimated

    Mended:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Definition of Ready checklist
        - [x] UX reviewed
        - [ ] Estimated
    """

    name: ClassVar[str] = "checklist"
    effort: ClassVar[Effort] = Effort.TALK

    severity: Severity = Severity.INFO
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look for open boxes among those of the checklist that are no facts."""
        boxes = list(human_boxes(subject))
        if not boxes:
            return NotApplicable("there is no checklist for people")
        left = [box for box in boxes if not box.ticked]
        if not left:
            return Passed()
        named = ", ".join(f'"{shorten(box.text, 40)}"' for box in left[:SHOWN])
        more = f" and {len(left) - SHOWN} more" if len(left) > SHOWN else ""
        places = tuple(Quote(box.text, box.line) for box in left[:SHOWN])
        hint = "Tick what is done, delete what does not apply."
        return Failed(f"The checklist is open at {named}{more}.", hint, places, reason="open")
