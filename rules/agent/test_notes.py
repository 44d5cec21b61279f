"""Whether an issue says how it is tested."""

import re
from typing import ClassVar

from rules.agent_rule import TITLE_ONLY, AgentRule, filled, says, texts
from rules.lazy_regex import regex
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, Severity, Subject
from rules.wording import Wording

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
# What no test shows by itself, in a title: chance, time and load; in the same languages.
_HARD = regex(
    r"\b(?:race conditions?|deadlocks?|intermittent\w*|sporadic\w*|flak(?:y|iness)|memory leaks?|leaks? memory"
    r"|(?:too|very|extremely) slow|slow(?:er|ly|ness)|slows? down|is slow"
    r"|sporadisch\w*|gelegentlich|nebenläufig\w*|langsam\w*|par intermittence|lenteurs?|aleatoriamente|lentitud)\b",
    re.IGNORECASE,
)
_OF_TESTS = regex(r"\b[Tt]ests?\b|Tests?\b")
"""Work on a test: it shows itself."""
_LIMIT = regex(
    r"\b\d+(?:[.,]\d+)?\s?(?:ms|milliseconds?|s|secs?|seconds?|min(?:utes?)?|%|percent|[kmg]i?b|requests?|rps)\b",
    re.IGNORECASE,
)


class TestNotes(AgentRule):
    """What is hard to test comes with a note how.

    Why: An agent writes a test from criteria or steps. It cannot where the failure comes by chance, or is about speed:
    then it leaves the test out, or writes one that shows nothing. Such a word in the title asks for a note. A section
    about tests, a named test, a scenario, a measured limit, criteria or steps are enough.

    Fails:
        Bug: Two shoppers get the same voucher sporadically

        Support heard of it twice this week.

    Fixed:
        Bug: Two shoppers get the same voucher sporadically

        Support heard of it twice this week.

        ## Test notes
        Extend tests/checkout/test_vouchers.py: two threads that wait for each other before they ask.
    """

    __test__: ClassVar[bool] = False  # no class of tests, whatever its name says

    name: ClassVar[str] = "test_notes"
    title: ClassVar[str] = "test notes"
    failure: ClassVar[str] = "no test notes"
    effort: ClassVar[Effort] = Effort.LINE

    severity: Severity = Severity.INFO
    """How much a finding of this rule weighs: info, as too few of its complaints are right to decide about an issue."""

    def check(self, subject: Subject) -> Answer:
        """Look at the title, then for steps, criteria, a section, a limit, and words about tests."""
        hard = _HARD.search(subject.issue.title)
        if hard is None or _OF_TESTS.search(subject.issue.title):
            return NotApplicable("nothing in it is hard to test")
        if not says(subject):
            return NotApplicable(TITLE_ONLY)
        reading = subject.reading
        if reading.facts.steps == "yes" or reading.criteria:
            return Passed((*reading.steps, *(one.quote for one in reading.criteria))[:1])
        if sections := filled(subject, "check"):
            return Passed(tuple(section.heading for section in sections[:1] if section.heading))
        note = next((one for one in texts(subject) if _TEST.search(one.text) or _LIMIT.search(one.text)), None)
        if note is not None:
            return Passed((note,))
        hint = 'Add a section "Test notes": how a test shows it, and which tests to extend.'
        message = Wording("Nothing says how a test shows this: {word!q} is hard to test.", word=hard[0])
        return Failed(message, hint, reason="absent")
