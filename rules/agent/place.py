"""Whether an issue says where in the code it belongs."""

import re
from typing import ClassVar

from rules.agent_rule import TITLE_ONLY, AgentRule, says, texts
from rules.document import BlockKind
from rules.lazy_regex import regex
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, Role, Severity, Subject
from rules.text import Quote

# A repository's address or heading, a path, a file with the ending of a programming language.
_PLACE = regex(
    r"\b(?:github|gitlab|bitbucket|codeberg|dev\.azure)\.(?:com|org)/[\w.-]+/[\w.-]+|\bgit@[\w.-]+:[\w./-]+|\.git\b"
    r"|\b(?:repo(?:sitory)?|module|package|service|component|codebase)\s*[:=]\s*\S|`[\w.-]+/[\w./-]+`"
    r"|\b[\w.-]+/(?:[\w.-]+/)*[\w-]+\.\w{1,5}\b"
    r"|\b[\w-]+\.(?:py|js|jsx|ts|tsx|java|kt|go|rs|rb|php|cs|cpp|hpp|swift|scala|vue|sql|ya?ml|tf|sh|css|scss|html)\b",
    re.IGNORECASE,
)
# A name from the code, or a title that begins with what it is about: "Checkout: ...", "[API] ...".
_NAME = regex(
    r"`[^`\n]+`|\b[a-z]+[A-Z]\w+|\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b|\b\w+_\w+|\w\(\)|\b\w+::\w+|\b[A-Z]\w*\.[a-z]\w+"
)
_AREA = regex(r"^\s*(?:\[[^]]{2,30}\]|[\w/. -]{2,30}:\s)")
_IN_REPOSITORY = regex(r"^[\w.-]+/[\w./-]+[#!&]\d+$|^[\w.-]+#\d+$")


class Place(AgentRule):
    """A component, a repository or a file is named where the others of the backlog have a component.

    Why: A team knows which of its repositories is meant. An agent is started in one, and searches it for words of the
    issue; in the wrong one it invents what is not there. A component, an address, a file or a name from the code is
    enough. An issue of GitHub or GitLab is in its repository already. A backlog without components has one place.

    Fails:
        Story: Pay with a saved card
        Components:

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Components: checkout

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "place"
    title: ClassVar[str] = "component or repository"
    failure: ClassVar[str] = "no component or repository"
    effort: ClassVar[Effort] = Effort.FIELD
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.INFO
    """How much a finding of this rule weighs: info, as too few of its complaints are right to decide about an issue."""
    labels: frozenset[str] = frozenset()
    """Labels that name a repository of yours, for teams that mark it so."""

    def check(self, subject: Subject) -> Answer:
        """Look at the components, the key, the labels, then at the title, the text and its code."""
        issue = subject.issue
        if issue.components or _IN_REPOSITORY.match(issue.key) or self.labels & issue.labels:
            return Passed()
        if not says(subject):
            return NotApplicable(TITLE_ONLY)
        if not subject.backlog.components_are_usual:
            return NotApplicable("few issues of the backlog have a component: it is one place")
        code = (Quote(block.text, block.line) for block in issue.document.blocks if block.kind is BlockKind.CODE)
        place = next((text for text in (*texts(subject), *code) if self._names_one(text.text[:20_000])), None)
        if place is not None or _AREA.match(issue.title):
            return Passed((place,) if place else ())
        hint = "Set the component, or name the repository or a file."
        return Failed("Neither a component nor a repository is named.", hint, reason="absent")

    def _names_one(self, text: str) -> bool:
        return bool(_PLACE.search(text) or _NAME.search(text))
