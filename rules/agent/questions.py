"""Whether an issue leaves something open."""

from typing import ClassVar

from rules.agent_rule import AgentRule
from rules.ready.open_questions import OpenQuestions
from rules.ready.placeholders import Placeholders
from rules.rule import Answer, Effort, Failed, Subject


class Questions(AgentRule):
    """No question is open, and no template text is left.

    Why: A person asks before the work or in the middle of it. An agent answers the question itself, and nobody sees
    which answer it took. "TBD" is a question as well.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before. Should an expired card be offered?

    Fixed:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before. An expired card is not offered.
    """

    name: ClassVar[str] = "questions"
    title: ClassVar[str] = "no open question"
    failure: ClassVar[str] = "open question"
    effort: ClassVar[Effort] = Effort.TALK

    labels: frozenset[str] = frozenset({"needs-info", "question"})
    """Labels that mean the same as an open question in the text."""

    def check(self, subject: Subject) -> Answer:
        """The answer of the rule about questions, then of the one about placeholders."""
        answer = OpenQuestions(labels=self.labels).check(subject)
        return answer if isinstance(answer, Failed) else Placeholders().check(subject)
