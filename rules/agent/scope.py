"""Whether an issue says what is part of it, and what is not."""

import re
from typing import ClassVar

from rules.agent_rule import AgentRule, filled, texts
from rules.lazy_regex import regex
from rules.ready.described import Described
from rules.rule import Answer, Effort, Failed, Passed, Subject

_OUTSIDE_HEADING = regex(
    r"\b(?:out|not|non|exclu\w*|nicht|abgrenzung|hors|fuera|fora|fuori|buiten|mimo|poza|uden|utenfor|utanför)\b|外|밖",
    re.IGNORECASE,
)
# A sentence that draws the border: in English, German, French and Spanish.
_OUTSIDE = regex(
    r"\b(?:out of scope|not in scope|beyond the scope|outside (?:of )?the scope|non-goals?|not part of|no changes? to"
    r"|(?:does|do|needs?|must|should|shall|will)(?: not|n['’]t) (?:be )?(?:chang|touch|includ|cover|affect|modif)\w*"
    r"|(?:stays?|remains?|keeps?|left) (?:as (?:it|they) (?:is|are)|unchanged|untouched)|unchanged|excluding|except for"
    r"|only (?:the|for|in|this|on|when)|nothing else|(?:separate|other|follow-?up) (?:issue|ticket|story|task)s?"
    r"|nicht (?:teil|bestandteil|enthalten|betroffen|geändert)|außerhalb|unverändert|nur (?:der|die|das|für|im|in)"
    r"|hors (?:du )?périmètre|ne fait pas partie|inchangée?s?|uniquement"
    r"|fuera de(?:l)? alcance|no forma parte|sin cambios|solamente)\b",
    re.IGNORECASE,
)


class Scope(AgentRule):
    """The text says what is part of the issue and what is not.

    Why: A person stops where the rest is obviously somebody else's. An agent that finds a similar place changes it,
    too, and each change has to be reviewed. One line is enough: a section "Out of scope", or a sentence such as "the
    old export stays as it is". A bug is about one failure: its expected result is its scope.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Out of scope
        Adding and deleting cards.
    """

    name: ClassVar[str] = "scope"
    title: ClassVar[str] = "scope and out of scope"
    failure: ClassVar[str] = "no scope"
    effort: ClassVar[Effort] = Effort.LINE

    def check(self, subject: Subject) -> Answer:
        """Look for a description first, then for a section or a sentence that says what is not part of it."""
        if isinstance(Described().check(subject), Failed):
            hint = "Describe what is to change, and what must stay as it is."
            return Failed("The scope is missing: nothing is described.", hint, reason="no description")
        if subject.reports_defect and subject.reading.facts.expected == "yes":
            return Passed()
        for section in filled(subject, "scope"):
            if section.heading is None or _OUTSIDE_HEADING.search(section.heading.text):
                return Passed((section.heading,) if section.heading else ())
        border = next((text for text in texts(subject) if _OUTSIDE.search(text.text)), None)
        if border is not None:
            return Passed((border,))
        hint = 'Add a section "Out of scope": what must stay as it is, or belongs to another issue.'
        phrase = "nothing named as out of scope"
        return Failed("It is not said what is out of scope.", hint, reason="no border", phrase=phrase)
