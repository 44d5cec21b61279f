"""Whether an issue says what should happen."""

import re
from typing import ClassVar

from rules.agent.scope import BOUND, OPEN_ENDED
from rules.agent_rule import AgentRule, filled, lists_parts, plain_title, says, texts
from rules.document import BlockKind
from rules.lazy_regex import regex
from rules.rule import Answer, Effort, Failed, Passed, Severity, Subject
from rules.text.title_mood import fails, orders, states

ROLES = ("expected", "acceptance", "requirements", "outcome", "story")
# What a text says that should be: in English, German, French and Spanish.
_SHOULD = regex(
    r"\b(?:should(?:n['’]t)?|must(?:n['’]t)?|shall|needs? to|has to|have to|want(?:s)? to|can(?:not)?|will|so that"
    r"|soll(?:te|ten|en)?|muss|müssen|darf|dürfen|kann|können"
    r"|doit|doivent|devrait|devraient|peut|peuvent"
    r"|debe|deben|debería|deberían|puede|pueden)\b",
    re.IGNORECASE,
)
# A title that names the change itself: a name in code, an option, a quoted text, a version.
_EXACT = regex(r"`[^`]+`|(?<!\w)--\w|\w_\w|\b[a-z]+[A-Z]\w|[\"“„«][^\"”“»]+[\"”“»]|\b\d+\.\d+")
SENTENCE = 5
"""A title of so many words says more than its subject."""
ENOUGH = 10
"""So many words of its own say what is wanted, though in no sentence that the patterns above know."""


class Behaviour(AgentRule):
    """The text says what should happen.

    Why: An agent builds what the text says, and cannot watch somebody who explains it. Where the text is no more than a
    title, it invents the rest. A sentence with "should" or "must", a story sentence, criteria, a list, or code is
    enough. So are ten words, or a title of five that says what to do. A bug is clear by what happens instead.

    Fails:
        Task: Refused payments

        See the mail of yesterday.

    Fixed:
        Task: Refused payments

        Each refused payment should leave one line in the log.
    """

    name: ClassVar[str] = "behaviour"
    title: ClassVar[str] = "expected behaviour"
    failure: ClassVar[str] = "no expected behaviour"
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.INFO
    """How much a finding of this rule weighs: info, as too few of its complaints are right to decide about an issue."""

    def check(self, subject: Subject) -> Answer:
        """Look for any sign of what is wanted: in the text as read, in its form, in its length, in the title."""
        reading = subject.reading
        if reading.facts.expected == "yes":
            return Passed((reading.expected,) if reading.expected else ())
        if wish := next((text for text in texts(subject) if _SHOULD.search(text.text)), None):
            return Passed((wish,))
        if self._is_read(subject) or lists_parts(subject) or says(subject, ENOUGH):
            return Passed()
        if any(block.kind is BlockKind.CODE for block in subject.issue.document.blocks):
            return Passed()
        if _EXACT.search(subject.issue.title) or self._says_it(plain_title(subject)):
            return Passed()
        message = "The expected behaviour is missing."
        return Failed(message, "Say what should happen, as somebody can observe it.", reason="absent")

    def _says_it(self, title: str) -> bool:
        """Whether the title alone says what to do, or what happens that should not."""
        is_sentence = orders(title) or states(title) or fails(title)
        return (
            is_sentence
            and len(title.split()) >= SENTENCE
            and (not OPEN_ENDED.match(title) or BOUND.search(title) is not None)
        )

    def _is_read(self, subject: Subject) -> bool:
        """Whether the text has a form that says what is wanted; for a defect, what happens is enough."""
        reading = subject.reading
        if subject.reports_defect:
            return "yes" in {reading.facts.actual, reading.facts.steps}
        return bool(reading.story or reading.criteria) or any(filled(subject, role) for role in ROLES)
