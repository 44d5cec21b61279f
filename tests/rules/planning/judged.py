"""Judgements for the tests of planning: what is ready is said by the test, not by the rules."""

from collections.abc import Collection, Sequence

from rules.model import Issue
from rules.rule import Finding, Severity
from rules.verdict import Judgement, Verdict
from tests.factories import facts

FACTS = facts()


def judged(issues: Sequence[Issue], unready: Collection[str] = ()) -> Judgement:
    """A judgement in which every issue is ready but those whose keys are named, which lack acceptance criteria."""
    return Judgement(verdicts=tuple(_verdict(issue, ready=issue.key not in unready) for issue in issues))


def _verdict(issue: Issue, *, ready: bool) -> Verdict:
    missing = Finding(
        rule="ready.acceptance",
        severity=Severity.MUST,
        subject=issue.key,
        message="Acceptance criteria are missing.",
        hint="Add a list of what must be true.",
        phrase="no acceptance criteria",
    )
    return Verdict(
        issue=issue,
        score=100 if ready else 60,
        findings=() if ready else (missing,),
        passed=(),
        facts=FACTS,
    )
