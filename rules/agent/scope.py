"""Whether an issue says what is part of it, and what is not."""

import re
from typing import ClassVar

from rules.agent_rule import TITLE_ONLY, AgentRule, filled, lists_parts, plain_title, says, texts
from rules.lazy_regex import regex
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, Severity, Subject
from rules.wording import Wording

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
# Work that ends nowhere by itself: a title that begins with such a verb, in German one that ends with it.
OPEN_ENDED = regex(
    r"(?:refactor|restructure|rework|rewrite|redesign|improved?|enhanced?|optimi[sz]e|moderni[sz]e"
    r"|streamline|simplify|polish|harden|revamp|overhaul|tidy|misc(?:ellaneous)?|various"
    r"|améliorer|mejorar|optimizar)\b"
    r"|.*\b(?:überarbeiten|verbessern|optimieren|vereinfachen)$",
    re.IGNORECASE,
)
BOUND = regex(
    r"(?i:\b(?:to|by|with|using|from|so|because|when|if|document\w*|docs?|readme|wording|copy|typos?)\b)"
    r"|`|\w_\w|\w\(\)|[a-z][A-Z]"
)
"""In a title, the means or the end of the work, or one text."""
ENOUGH = 30
"""So many words of its own are a description of the work, and with it of its end."""


class Scope(AgentRule):
    """Work that ends nowhere by itself has a border.

    Why: A person stops where the rest is obviously somebody else's. An agent that has to improve or rework something
    goes on to the next similar place. Each change has to be reviewed. Such a title needs a border: criteria, a list of
    its parts, or a section "Out of scope". A sentence such as "the old export stays as it is" is enough, too. Other
    titles are not asked, and no bug: it is about one failure.

    Fails:
        Task: Improve the list of orders

        Support reads the list all day, and it has grown over the years.

    Fixed:
        Task: Improve the list of orders

        Support reads the list all day, and it has grown over the years.

        ## Out of scope
        The page of one order.
    """

    name: ClassVar[str] = "scope"
    title: ClassVar[str] = "scope and out of scope"
    failure: ClassVar[str] = "no scope"
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.INFO
    """How much a finding of this rule weighs: info, as too few of its complaints are right to decide about an issue."""

    def check(self, subject: Subject) -> Answer:
        """Look at the title first, then for anything that says where the work ends."""
        title = plain_title(subject)
        open_ended = OPEN_ENDED.match(title)
        if subject.reports_defect or open_ended is None or BOUND.search(title):
            return NotApplicable("the title names work that ends by itself")
        if not says(subject):
            return NotApplicable(TITLE_ONLY)
        for section in filled(subject, "scope"):
            if section.heading is None or _OUTSIDE_HEADING.search(section.heading.text):
                return Passed((section.heading,) if section.heading else ())
        border = next((text for text in texts(subject) if _OUTSIDE.search(text.text)), None)
        if border is not None:
            return Passed((border,))
        if subject.reading.criteria or lists_parts(subject) or says(subject, ENOUGH):
            return Passed()
        message = Wording("Nothing says where the work ends: {word!q} has no end of its own.", word=open_ended[0])
        hint = 'List the parts, or add a section "Out of scope": what must stay as it is.'
        return Failed(message, hint, reason="no border", phrase="nothing named as out of scope")
