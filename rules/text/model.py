"""The values that reading an issue yields."""

from dataclasses import dataclass
from typing import Literal

from rules.document import Block

YesNo = Literal["yes", "no"]
YesNoNa = Literal["yes", "no", "na"]
Presence = Literal["present", "empty", "absent", "na"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of the issue's own text and its line (0 for the title)."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading or lead-in with the blocks under it.

    `role` is the meaning of the heading ("acceptance", "steps", "expected", "actual", "environment",
    "value", "questions", "ready-checklist", ...), "" where it means none of them. `heading` is `None` for the
    text before the first. `blocks` are those up to the next heading, whatever its level; `level` is 1 to 6 for a real
    heading, 7 for a bold line, 8 for a lead-in ("Expected: ..."), 0 for the text before the first.
    """

    role: str
    heading: Quote | None
    blocks: tuple[Block, ...]
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One acceptance criterion; `form` is how it was written."""

    quote: Quote
    form: Literal["item", "tick", "scenario", "prose"]
    ticked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The user-story sentence: who, what, and why ("" where the sentence does not say)."""

    role: str
    want: str
    benefit: str
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts that were read in the text; part of the JSON outputs. `criteria` is their number, 0 for a bug."""

    story_form: YesNo
    story_benefit: YesNoNa
    acceptance: Presence
    steps: YesNoNa
    expected: YesNoNa
    actual: YesNoNa
    placeholder: YesNo
    open_question: YesNo
    criteria: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that the rules use of one issue's text.

    `may_be_defect` says whether more speaks for the report of a defect than against it. `words` are those of all prose,
    `content` those that are not of a template, and `repeats_title` says whether these are only words of the title.
    What reads as a defect may be a wish after all (`is_wish`), or `fails_plainly`: then what should happen is clear.
    A wish without criteria may say in a sentence in which case what should be (`says_case`).
    """

    facts: Facts
    sections: tuple[Section, ...] = ()
    story: Story | None = None
    criteria: tuple[Criterion, ...] = ()
    empty_slots: tuple[Quote, ...] = ()
    placeholders: tuple[Quote, ...] = ()
    questions: tuple[Quote, ...] = ()
    steps: tuple[Quote, ...] = ()
    expected: Quote | None = None
    actual: Quote | None = None
    may_be_defect: bool = False
    words: int = 0
    content: int = 0
    repeats_title: bool = False
    is_wish: bool = False
    fails_plainly: bool = False
    says_case: bool = False

    def section(self, role: str) -> Section | None:
        """The first section with this role."""
        return next((section for section in self.sections if section.role == role), None)
