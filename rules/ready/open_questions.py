"""Whether something must still be decided before work can start."""

import re
from typing import ClassVar

from pydantic import Field

from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject
from rules.text.content import shorten

SHOWN = 3
_ASKED = re.compile(r"[^.!?\n]*\?")


class OpenQuestions(ReadyRule):
    """No question is left open.

    Why: A question found during the sprint stops the work until somebody who can answer it has time. Asked a week
    before, it costs nobody anything; what cannot be answered is a spike of its own.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Open questions
        - Should a card that expires this month still be offered?

    Mended:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before. A card is offered until the last day of its month.
    """

    name: ClassVar[str] = "open_questions"
    effort: ClassVar[Effort] = Effort.TALK

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)
    labels: frozenset[str] = frozenset({"needs-info", "question"})
    """Labels that say the same as an open question in the text."""

    def check(self, subject: Subject) -> Answer:
        """Take the reader's word, then look at the labels."""
        reading = subject.reading
        # "TBD" leaves something open too, but that it stands there is the rule about placeholders' to tell.
        slots = {place.line for place in (*reading.placeholders, *reading.empty_slots)}
        asked = tuple(question for question in reading.questions if question.line not in slots)
        if reading.facts.open_question == "yes" and (asked or not reading.questions):
            named = f': "{shorten(_question_in(asked[0].text))}"' if asked else ""
            said = f"A question is open{named}."
            return Failed(said, "Answer it in the text, or make it a spike.", asked[:SHOWN], reason="asked")
        if marked := sorted(self.labels & subject.issue.labels):
            said = f'The label "{marked[0]}" says that something is unclear.'
            return Failed(said, "Clear it up, then take the label off.", reason="label")
        return Passed()


def _question_in(text: str) -> str:
    """The sentence that asks, of a paragraph that says other things before."""
    return next((match.group() for match in _ASKED.finditer(text[:2000]) if match.group().strip(" ?")), text)
