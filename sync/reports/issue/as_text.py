"""The page of one issue on the terminal."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from rules.causes import causes_of
from rules.rule import Finding
from rules.verdict import State
from sync.reports import format as wording
from sync.reports.blocks import QUIET, STATE_STYLES, heading, labelled, line, pairs, weight
from sync.reports.format import link_to
from sync.reports.issue.page import IssuePage, explained_by
from sync.sanitize import clip

ALL_CHECKS = 2000  # characters; enough for the names of all checks
_ANSWERS = {"passed": STATE_STYLES[State.READY], "failed": STATE_STYLES[State.NOT_READY]}


def why(page: IssuePage) -> RenderableType:
    """Verdict, smallest fix, findings with evidence, what was read, thresholds and origins."""
    issue = page.verdict.issue
    head = [heading(issue.key, clip(issue.title)), line(page.circumstances, QUIET)]
    if address := link_to(page.site, issue.key):
        head.append(line(address, QUIET))
    if page.left_alone:
        head.append(line(wording.sentence(page.left_alone), QUIET))
    return Group(*head, Text(), _judged(page), *_reasons(page), *_for_agent(page), *_read(page), *_passed(page))


def why_rule(page: IssuePage, rule: str) -> RenderableType:
    """What one rule (its path) says about an issue, and its thresholds with the origin of each value."""
    findings = page.findings_of(rule)
    issue = page.verdict.issue
    head = [heading(issue.key, clip(issue.title)), Text(), _answer(page, rule)]
    body = [part for finding in findings for part in _finding(page, finding)]
    if not findings:
        body = [line(text, QUIET) for text in page.about_rule(rule)]
    return Group(*head, *body, Text(), line(explained_by(rule), QUIET))


def _answer(page: IssuePage, rule: str) -> Text:
    """The check in words, and its result."""
    result = page.answer(rule)
    style = _ANSWERS.get(result, QUIET)
    return Text.assemble((f"{wording.check(rule)}: ", "bold"), (result, style), (f"  rule {rule}", QUIET))


def _judged(page: IssuePage) -> Text:
    return Text.assemble((page.state, f"bold {STATE_STYLES[page.verdict.state]}"), page.reasons)


def _reasons(page: IssuePage) -> Iterable[RenderableType]:
    for cause in causes_of(page.verdict.findings):
        yield from _finding(page, cause.finding)
        for part in cause.parts:
            first, *rest = page.about_part(part)
            yield Padding(Group(line(first), *(line(text, QUIET) for text in rest)), (0, 0, 0, 2))
    for rule in page.not_due:
        if options := page.options(rule):
            yield Text()
            yield line(f"rule {rule}, not due yet", QUIET)
            yield Padding(Group(*(line(text, QUIET) for text in options)), (0, 0, 0, 2))


def _for_agent(page: IssuePage) -> Iterable[RenderableType]:
    """The verdict for coding agents with its findings."""
    if page.agent:
        yield Text()
        yield line(page.agent, "bold")
        for finding in page.agent_findings:
            yield from _finding(page, finding)


def _finding(page: IssuePage, finding: Finding) -> Iterable[RenderableType]:
    yield Text()
    yield Text.assemble(weight(finding), "  ", (clip(finding.message), "bold"))
    lines = [line(finding.hint), *(line(text, QUIET) for text in page.about(finding))]
    yield Padding(Group(*lines), (0, 0, 0, 2))


def _read(page: IssuePage) -> Iterable[RenderableType]:
    rows: list[tuple[str, RenderableType]] = [
        ("In the text", line(page.facts)),
        ("Passed", Text(clip(page.passed, ALL_CHECKS))),
    ]
    rows += labelled("Due later", map(line, page.due_later))
    yield Text()
    yield pairs(rows)


def _passed(page: IssuePage) -> Iterable[RenderableType]:
    """The thresholds of the rules without a finding."""
    if lines := page.other_thresholds:
        yield Text()
        yield heading("Thresholds of the other checks")
        yield Padding(Group(*map(line, lines)), (0, 0, 0, 2))
