"""Whether a question is open."""

from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject
from rules.text.content import shorten
from rules.wording import Wording

SHOWN = 3
_ASKED = regex(r"[^.!?\n]*\?")


class OpenQuestions(ReadyRule):
    """No question is open.

    Why: A question that comes up during the sprint stops the work until somebody can answer it. A week earlier, an
    answer costs little. A question that needs research is a spike of its own, where it is not open.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Open questions
        - Should a card that expires this month still be offered?

    Fixed:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before. A card is offered until the last day of its month.
    """

    name: ClassVar[str] = "open_questions"
    title: ClassVar[str] = "no open questions"
    failure: ClassVar[str] = "open question"
    effort: ClassVar[Effort] = Effort.TALK

    severity: Severity = Severity.INFO
    within_sprints: float | None = Field(default=3.0, ge=0)
    labels: frozenset[str] = frozenset({"needs-info", "question"})
    """Labels that mean the same as an open question in the text."""

    def check(self, subject: Subject) -> Answer:
        """Look for an open question in what was read in the text, then look at the labels."""
        reading = subject.reading
        # "TBD" leaves something open too, but the rule about placeholders reports that.
        slots = {place.line for place in (*reading.placeholders, *reading.empty_slots)}
        asked = tuple(question for question in reading.questions if question.line not in slots)
        answers = subject.issue.kind is Kind.SPIKE  # its question is its subject
        if reading.facts.open_question == "yes" and not answers and (asked or not reading.questions):
            message = "A question is open."
            if asked:
                message = Wording("A question is open: {question!q}.", question=shorten(_question_in(asked[0].text)))
            hint = "Answer the question in the text, or make it a spike."
            return Failed(message, hint, asked[:SHOWN], reason="asked")
        if marked := sorted(self.labels & subject.issue.labels):
            message = Wording("The label {label!q} marks the issue as unclear.", label=marked[0])
            hint = "Clear up what is unclear, then remove the label."
            return Failed(message, hint, reason="label", phrase="marked as unclear")
        return Passed()


def _question_in(text: str) -> str:
    """The sentence of a paragraph that asks the question."""
    return next((match.group() for match in _ASKED.finditer(text[:2000]) if match.group().strip(" ?")), text)
