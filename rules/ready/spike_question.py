"""Whether a spike asks a question."""

import re
from typing import ClassVar

from pydantic import Field

from rules.lazy_regex import regex
from rules.model import Kind
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject

_ASKS = regex(
    r"\?|\b(?:find out|figure out|investigate|evaluate|compare|determine|decide|whether|which|research|explore|assess"
    r"|how (?:to|can|do|much|many|long)|prototype|proof of concept|poc|untersuchen|herausfinden|évaluer|investigar"
    r"|avaliar|onderzoeken)\b",
    re.IGNORECASE,
)


class SpikeQuestion(ReadyRule):
    """A spike asks a question.

    Why: Without a question, nobody can say when a spike is done, and its prototype may end up in production. A spike
    needs only the question and the decision that depends on it.

    Fails:
        Spike: Card storage

        Some work on card storage with the new provider. Timebox: 2 days.

    Fixed:
        Spike: Card storage

        Can the new provider store cards for us, and what does it cost? Timebox: 2 days.
    """

    name: ClassVar[str] = "spike_question"
    title: ClassVar[str] = "question of the spike"
    failure: ClassVar[str] = "no question to answer"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.SPIKE})
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look for a question mark or a verb of asking, in the title or the text."""
        issue = subject.issue
        if _ASKS.search(f"{issue.title}\n{issue.document.prose}"):
            return Passed()
        message = "The question to answer is missing."
        return Failed(message, "Write the question and the decision that depends on it.", reason="absent")
