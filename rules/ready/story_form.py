"""Whether a story says who wants what.

The criterion is from the Quality User Story framework (Lucassen et al., Requirements Engineering 21, 2016).
"""

from typing import ClassVar

from pydantic import Field

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject


class StoryForm(ReadyRule):
    """A story says who wants what.

    Why: The user decides what is good enough: administrators and guests need different things of the same page. "As a
    ..., I want ..." is one form. Any wording that names a role and its wish counts. A text that reports a defect needs
    no such sentence. The rule is silent where fewer than 5 % of 10 or more stories have one: teams there say it in
    other ways.

    Fails:
        Story: Saved cards

        The checkout offers cards that were used before.

    Fixed:
        Story: Saved cards

        As a returning shopper, I want to pay with a card I used before so that checkout takes seconds.
    """

    name: ClassVar[str] = "story_form"
    title: ClassVar[str] = "story sentence"
    failure: ClassVar[str] = "no story sentence"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY})
    effort: ClassVar[Effort] = Effort.LINE

    # Many teams write good stories in other words, so the rule only suggests the sentence.
    severity: Severity = Severity.INFO
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look for the story sentence in what was read in the text."""
        if subject.reports_defect:
            return NotApplicable("the text reports a defect")
        if subject.reading.facts.story_form == "yes":
            return Passed((subject.reading.story.quote,) if subject.reading.story else ())
        if subject.may_be_no_wish:
            return NotApplicable("the text may report a defect")
        if not subject.backlog.has_story_sentences:
            return NotApplicable("hardly any story of the backlog has such a sentence")
        hint = 'Add a sentence such as "As a ..., I want ... so that ...".'
        return Failed("A sentence that says who wants what is missing.", hint, reason="absent")
