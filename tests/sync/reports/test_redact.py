from dataclasses import replace

import pytest

from rules.text import Quote
from rules.verdict import RuleError
from sync.reports import RENDERERS
from sync.reports.redact import WITHHELD, shared
from tests.sync.reports.sample import SECRET, sample


def test_nothing_restricted() -> None:
    """A report without restricted issues is the very same."""
    base = sample()
    issues = tuple(replace(issue, restricted=False) for issue in base.snapshot.issues)
    report = replace(base, snapshot=replace(base.snapshot, issues=issues))
    assert shared(report) is report


def test_digest_stays() -> None:
    """The plan keeps the digest it was reviewed under."""
    assert shared(sample()).plan.digest == sample().plan.digest


@pytest.mark.parametrize("kind", RENDERERS)
def test_quoted_by_another(kind: str) -> None:
    """A finding on another issue that quotes a restricted title is withheld; the finding itself stays."""
    base = sample()
    first, *rest = base.judgement.verdicts
    told = replace(rest[4].findings[0], message=f'It reads like SHOP-99 "{SECRET}".', evidence=(Quote(SECRET, 0),))
    duplicate = replace(first, findings=(told,))
    report = replace(base, judgement=replace(base.judgement, verdicts=(duplicate, *rest)))
    assert SECRET not in RENDERERS[kind].render(report)
    assert shared(report).judgement.verdicts[0].findings[0].fingerprint == told.fingerprint
    assert shared(report).judgement.verdicts[0].issue.title == first.issue.title


@pytest.mark.parametrize("kind", RENDERERS)
def test_errors_too(kind: str) -> None:
    """What a rule said when it failed on a restricted issue is withheld."""
    base = sample()
    failed = RuleError(rule="ready.testable", subject="SHOP-99", error=f"ValueError: {SECRET}")
    report = replace(base, judgement=replace(base.judgement, errors=(failed,)))
    assert SECRET not in RENDERERS[kind].render(report)
    assert shared(report).judgement.errors[0].error == WITHHELD
