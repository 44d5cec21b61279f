"""Whether an issue says how it is tested."""

import re
from typing import ClassVar

from rules.agent_rule import AgentRule, filled, texts
from rules.lazy_regex import regex
from rules.rule import Answer, Effort, Failed, Passed, Subject

# A kind of test, a test that is named or run, a file of tests: in English, German, French and Spanish.
_TEST = regex(
    r"\b(?:unit|integration|regression|smoke|e2e|end-to-end|acceptance|contract|snapshot|component|load|performance"
    r"|manual|automated)[ -]tests?\b|\btest (?:cases?|plan|suite|data|file|steps?|notes?)\b"
    r"|\btests? (?:for|that|with|of|in|should|must)\b"
    r"|\b(?:add|write|extend|update|run|cover\w*|pass(?:es|ing)?|failing|existing) (?:\w+ ){0,3}tests?\b"
    r"|\btested (?:by|with|in|on)\b|\bhow to (?:test|verify)\b|\bverif(?:y|ied) (?:by|with|that)\b"
    r"|\b(?:pytest|jest|junit|cypress|playwright|rspec|phpunit|vitest|mocha|testng)\b"
    r"|\b(?:make|npm|cargo|go|mvn|gradle) test\b"
    r"|\btest_\w+|\w+[._-](?:test|spec)s?\.\w+|\btests?/\w|\b(?:unit|integrations|akzeptanz|regressions)tests?\b"
    r"|\btestf[aä]lle?\b|\bzu testen\b|\btests? (?:unitaires?|d['’]intégration)\b|\bpruebas? (?:unitarias?|de)\b",
    re.IGNORECASE,
)


class TestNotes(AgentRule):
    """The text says how the change is tested.

    Why: An agent that knows where the tests are and what they must show writes them first, and can run them. Without a
    note it often leaves out tests, or changes old ones until they pass. A section about tests, a named test or a
    scenario with Given, When and Then is enough; the steps of a bug are a test already.

    Fails:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - A saved card is offered with its last four digits

    Fixed:
        Story: Pay with a saved card

        Returning shoppers choose a card they used before.

        ## Acceptance criteria
        - A saved card is offered with its last four digits

        ## Test notes
        Extend tests/checkout/test_cards.py with an expired card.
    """

    __test__: ClassVar[bool] = False  # no class of tests, whatever its name says

    name: ClassVar[str] = "test_notes"
    title: ClassVar[str] = "test notes"
    failure: ClassVar[str] = "no test notes"
    effort: ClassVar[Effort] = Effort.LINE

    def check(self, subject: Subject) -> Answer:
        """Look for steps, a section about tests, scenarios, and words about tests."""
        reading = subject.reading
        if reading.facts.steps == "yes":
            return Passed(reading.steps[:1])
        if sections := filled(subject, "check"):
            return Passed(tuple(section.heading for section in sections[:1] if section.heading))
        if scenarios := tuple(one.quote for one in reading.criteria if one.form == "scenario"):
            return Passed(scenarios[:1])
        note = next((text for text in texts(subject) if _TEST.search(text.text)), None)
        if note is not None:
            return Passed((note,))
        hint = 'Add a section "Test notes": which tests to extend, and what they must show.'
        return Failed("It is not said how the change is tested.", hint, reason="absent")
