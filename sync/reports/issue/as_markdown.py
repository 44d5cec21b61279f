"""The page of one issue in Markdown; every text of the tracker is escaped."""

from collections.abc import Iterable, Iterator

from rules.causes import causes_of
from rules.rule import Finding
from sync.reports import format as wording
from sync.reports.as_markdown import link
from sync.reports.issue.page import IssuePage, explained_by
from sync.reports.markdown import escape


def why(page: IssuePage) -> str:
    """Verdict, smallest fix, findings with evidence, what was read, thresholds and origins."""
    return "\n".join(_lines(page)) + "\n"


def why_rule(page: IssuePage, rule: str) -> str:
    """What one rule (its path) says about an issue, and its thresholds with the origin of each value."""
    findings = page.findings_of(rule)
    body = [text for finding in findings for text in _finding(page, finding)]
    return "\n".join(
        (
            _title(page),
            "",
            f"**{escape(wording.check(rule))}: {page.answer(rule)}** (rule {escape(rule)})",
            *(body or _list(page.about_rule(rule))),
            "",
            escape(explained_by(rule)),
            "",
        )
    )


def _title(page: IssuePage) -> str:
    issue = page.verdict.issue
    return f"# {link(page.site, issue.key)} {escape(issue.title)}"


def _lines(page: IssuePage) -> Iterator[str]:
    yield _title(page)
    yield from ("", escape(page.circumstances))
    if page.left_alone:
        yield from ("", escape(wording.sentence(page.left_alone)))
    yield from ("", f"**{page.state}**{escape(page.reasons)}")
    for cause in causes_of(page.verdict.findings):
        yield from _finding(page, cause.finding)
        for part in cause.parts:
            yield from _list(page.about_part(part))
    for rule in page.not_due:
        if options := page.options(rule):
            yield from ("", f"## Not due yet: rule {escape(rule)}", *_list(options))
    if page.agent:
        yield from ("", f"**{escape(page.agent)}**")
    for finding in page.agent_findings:
        yield from _finding(page, finding)
    yield from ("", "## What was read", *_list((f"In the text: {page.facts}", f"Passed: {page.passed}")))
    yield from (f"- Due later: {escape(text)}" for text in page.due_later)
    if lines := page.other_thresholds:
        yield from ("", "## Thresholds of the other checks", *_list(lines))


def _finding(page: IssuePage, finding: Finding) -> Iterator[str]:
    weight = "waived" if finding.waived else finding.severity.value
    yield from ("", f"## {weight}: {escape(finding.message)}", *_list((finding.hint, *page.about(finding))))


def _list(texts: Iterable[str]) -> Iterator[str]:
    """The texts as a list, with an empty line before it."""
    items = [f"- {escape(text)}" for text in texts]
    yield from ("", *items) if items else ()
