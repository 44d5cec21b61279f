from dataclasses import replace

import pytest

from rules.backlog.what_if import with_issues
from rules.text import Quote
from rules.verdict import Due, RuleError
from sync.reports import RENDERERS
from sync.reports.redact import WITHHELD, shared
from tests.sync.reports.page import made
from tests.sync.reports.sample import HIDDEN, SECRET, sample


def test_nothing_restricted() -> None:
    """A report without restricted issues is the very same."""
    base = sample()
    issues = tuple(replace(issue, restricted=False) for issue in base.snapshot.issues)
    report = replace(base, backlog=with_issues(base.backlog, issues))
    assert shared(report) is report


def test_digest_stays() -> None:
    """The plan keeps the digest it was reviewed under."""
    assert shared(sample()).plan.digest == sample().plan.digest


@pytest.mark.parametrize("kind", RENDERERS)
def test_quoted_by_another(kind: str) -> None:
    """A finding on another issue that quotes a restricted title is withheld; the finding itself stays."""
    base = sample()
    first, *rest = base.judgement.verdicts
    quoting = replace(rest[2].findings[0], message=f'Similar to {HIDDEN} "{SECRET}".', evidence=(Quote(SECRET, 0),))
    duplicate = replace(first, findings=(quoting,))
    report = replace(base, judgement=replace(base.judgement, verdicts=(duplicate, *rest)))
    assert SECRET not in made(kind, report)
    assert shared(report).judgement.verdicts[0].findings[0].fingerprint == quoting.fingerprint
    assert shared(report).judgement.verdicts[0].issue.title == first.issue.title


@pytest.mark.parametrize("kind", RENDERERS)
def test_errors_too(kind: str) -> None:
    """The error of a rule on a restricted issue is withheld."""
    base = sample()
    failed = RuleError(rule="ready.testable", subject=HIDDEN, error=f"ValueError: {SECRET}")
    report = replace(base, judgement=replace(base.judgement, errors=(failed,)))
    assert SECRET not in made(kind, report)
    assert shared(report).judgement.errors[0].error == WITHHELD


@pytest.mark.parametrize("kind", RENDERERS)
def test_what_is_due_later_too(kind: str) -> None:
    """What a restricted issue lacks is withheld also where it is not due yet."""
    base = sample()
    verdict = base.judgement.by_key[HIDDEN]
    due = Due(finding=replace(verdict.findings[0], message=f"Unclear: {SECRET}"), within=2.0)
    report = replace(base, judgement=replace(base.judgement, verdicts=(replace(verdict, findings=(), due=(due,)),)))
    assert SECRET not in made(kind, report)
    assert shared(report).judgement.verdicts[0].due[0].finding.message == WITHHELD


@pytest.mark.parametrize("kind", RENDERERS)
def test_an_old_issue_that_is_restricted_has_neither_title_nor_reason(kind: str) -> None:
    old = sample().old_issues
    assert old is not None
    hidden = replace(old.offers[0].issue, restricted=True, title=SECRET)
    offers = (replace(old.offers[0], issue=hidden),)
    released = (replace(old.released[0], issue=hidden, because=SECRET),)
    everything = sample(old_issues=replace(old, offers=offers, released=released))
    assert SECRET not in made(kind, everything)
