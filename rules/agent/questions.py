"""Whether an issue leaves something open."""

import re
from typing import ClassVar

from rules.agent_rule import AgentRule
from rules.lazy_regex import regex
from rules.ready.open_questions import OpenQuestions
from rules.ready.placeholders import Placeholders
from rules.rule import Answer, Effort, Failed, Passed, Subject

_OPEN = regex(
    r"\?|\b(?:tb[acd]|todo|fixme|xxx+|to be (?:added|confirmed|decided|defined|determined|discussed))\b", re.IGNORECASE
)


class Questions(AgentRule):
    """No question is open, and nothing is marked as to be decided.

    Why: A person asks before the work or in the middle of it. An agent answers the question itself, and nobody sees
    which answer it took. "TBD" is a question as well; other text of a template is not.

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
        """The answer of the rule about questions, then of the one about placeholders as far as they are decisions."""
        answer = OpenQuestions(labels=self.labels).check(subject)
        if isinstance(answer, Failed):
            return answer
        left = Placeholders().check(subject)
        is_open = isinstance(left, Failed) and any(_OPEN.search(quote.text) for quote in left.evidence)
        return left if is_open else Passed()
