"""Whether an issue says what should happen."""

import re
from typing import ClassVar

from rules.agent_rule import AgentRule, filled, texts
from rules.lazy_regex import regex
from rules.rule import Answer, Effort, Failed, Passed, Subject

ROLES = ("expected", "acceptance", "requirements", "outcome", "story")
# What a text says that should be: in English, German, French and Spanish.
_SHOULD = regex(
    r"\b(?:should(?:n['’]t)?|must(?:n['’]t)?|shall|needs? to|has to|have to|want(?:s)? to|can(?:not)?|will|so that"
    r"|soll(?:te|ten|en)?|muss|müssen|darf|dürfen|kann|können"
    r"|doit|doivent|devrait|devraient|peut|peuvent"
    r"|debe|deben|debería|deberían|puede|pueden)\b",
    re.IGNORECASE,
)


class Behaviour(AgentRule):
    """The text says what should happen.

    Why: An agent builds what the text says, and cannot watch somebody who explains it. A bug says what should happen
    instead of the failure. In a story or a task, a sentence with "should", "must" or "so that" is enough. So is a
    section for requirements, the outcome or the criteria.

    Fails:
        Bug: The receipt shows the wrong total

        ## Actual result
        The receipt shows 20.00 and the order 18.00.

    Fixed:
        Bug: The receipt shows the wrong total

        ## Actual result
        The receipt shows 20.00 and the order 18.00.

        ## Expected result
        The receipt shows the same total as the order.
    """

    name: ClassVar[str] = "behaviour"
    title: ClassVar[str] = "expected behaviour"
    failure: ClassVar[str] = "no expected behaviour"
    effort: ClassVar[Effort] = Effort.LINE

    def check(self, subject: Subject) -> Answer:
        """A bug's expected result; else the story sentence, a section, or a sentence that says what should be."""
        reading = subject.reading
        if reading.facts.expected == "yes":
            return Passed((reading.expected,) if reading.expected else ())
        if not subject.reports_defect:
            if reading.story or reading.criteria or any(filled(subject, role) for role in ROLES):
                return Passed()
            wish = next((text for text in texts(subject) if _SHOULD.search(text.text)), None)
            if wish is not None:
                return Passed((wish,))
        message = "The expected behaviour is missing."
        return Failed(message, "Say what should happen, as somebody can observe it.", reason="absent")
