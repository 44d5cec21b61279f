"""Whether a spike asks something, and says what is decided then."""

import re
from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, Passed, ReadyRule, Severity, Subject

_ASKS = re.compile(
    r"\?|\b(?:find out|figure out|investigate|evaluate|compare|determine|decide|whether|which|research|explore|assess"
    r"|how (?:to|can|do|much|many|long)|prototype|proof of concept|poc|untersuchen|herausfinden|évaluer|investigar"
    r"|avaliar|onderzoeken)\b",
    re.IGNORECASE,
)


class SpikeQuestion(ReadyRule):
    """A spike asks a question.

    Why: Without a question nobody can tell when the spike has been answered, and it ends as a prototype that somebody
    ships. The question, and what is decided with the answer, are all a spike needs.

    Fails:
        Spike: Card storage

        Some work on card storage with the new provider. Timebox: 2 days.

    Mended:
        Spike: Card storage

        Can the new provider store cards for us, and what does it cost? Timebox: 2 days.
    """

    name: ClassVar[str] = "spike_question"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.SPIKE})
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look for a question mark or a verb of asking, in the title or the text."""
        issue = subject.issue
        if _ASKS.search(f"{issue.title}\n{issue.document.prose}"):
            return Passed()
        said = "It asks no question."
        return Failed(said, "Write the question, and what is decided with the answer.", reason="absent")
