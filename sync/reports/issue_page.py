"""The terminal page of one issue: the verdict, the data it is based on, and the smallest fix."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from rules.causes import SAME_CAUSE, causes_of, firsts
from rules.model import Unit
from rules.rule import Finding
from rules.verdict import State, Verdict
from sync.reports import format as wording
from sync.reports.base import Threshold
from sync.reports.blocks import QUIET, STATE_STYLES, heading, labelled, line, pairs, weight
from sync.reports.format import link_to
from sync.sanitize import clip

ALL_CHECKS = 2000  # characters; enough for the names of all checks


def why(  # noqa: PLR0913 - what is known of one issue
    verdict: Verdict,
    *,
    site: str = "",
    rank: int = 0,
    place: str = "",
    teams: Sequence[str] = (),
    thresholds: Sequence[Threshold] = (),
    left_alone: str = "",
    unit: Unit = Unit.POINTS,
) -> RenderableType:
    """The page of one issue: verdict, smallest fix, findings with evidence, what was read, thresholds and origins.

    `place` is the sprint it is expected in, `unit` what its size counts. `left_alone` is why it gets no label. Nothing
    is withheld, not even for a restricted issue: a person asked for exactly this one.
    """
    facts = ", ".join(_circumstances(verdict, rank, place, teams, unit))
    head = [heading(verdict.issue.key, clip(verdict.issue.title)), line(facts, QUIET)]
    if address := link_to(site, verdict.issue.key):
        head.append(line(address, QUIET))
    if left_alone:
        head.append(line(wording.sentence(left_alone), QUIET))
    return Group(
        *head, Text(), _judged(verdict), *_reasons(verdict, thresholds), *_read(verdict), *_passed(verdict, thresholds)
    )


def why_rule(verdict: Verdict, rule: str, thresholds: Sequence[Threshold] = ()) -> RenderableType:
    """What one rule (its path) says about an issue, and its thresholds with the origin of each value."""
    findings = tuple(finding for finding in verdict.findings if finding.rule == rule)
    due = tuple(one for one in verdict.due if one.rule == rule)
    head = [heading(verdict.issue.key, clip(verdict.issue.title)), Text(), _answer(verdict, rule)]
    body = [part for finding in findings for part in _finding(finding, thresholds)]
    if not findings:
        body = [
            *(line(wording.sentence(wording.due(one, verdict.distance))) for one in due),
            *(line(text, QUIET) for text in _options(rule, thresholds)),
        ]
    more = line(f"`readyline rules {rule.removeprefix('ready.')}` explains the check.", QUIET)
    return Group(*head, *body, Text(), more)


def _answer(verdict: Verdict, rule: str) -> Text:
    """The check in words, and its result."""
    if rule in verdict.passed:
        result, style = "passed", STATE_STYLES[State.READY]
    elif any(finding.rule == rule for finding in verdict.findings):
        result, style = "failed", STATE_STYLES[State.NOT_READY]
    elif any(one.rule == rule for one in verdict.due):
        result, style = "not due yet", QUIET
    else:
        result, style = "does not apply to this issue now", QUIET
    return Text.assemble((f"{wording.check(rule)}: ", "bold"), (result, style), (f"  rule {rule}", QUIET))


def _circumstances(verdict: Verdict, rank: int, place: str, teams: Sequence[str], unit: Unit) -> Iterable[str]:
    issue = verdict.issue
    yield issue.type
    yield issue.status
    yield wording.size(issue, unit)
    if rank:
        yield f"rank {rank}"
    if place:
        yield place
    yield " and ".join(teams) or "no team"


def _judged(verdict: Verdict) -> Text:
    state = wording.STATES[verdict.state]
    reasons = ", ".join(map(wording.phrase, firsts(verdict.missing)))
    word = (state[:1].upper() + state[1:], f"bold {STATE_STYLES[verdict.state]}")
    text = Text.assemble(word, f": {reasons}." if reasons else ".", _score(verdict))
    first = next(iter((*firsts(verdict.blocking), *firsts(verdict.open_findings))), None)
    return text.append(f" Smallest fix: {clip(first.hint)}") if first else text


def _score(verdict: Verdict) -> str:
    score = wording.score_of(verdict)
    return f" Score {score} of 100." if score else ""


def _reasons(verdict: Verdict, thresholds: Sequence[Threshold]) -> Iterable[RenderableType]:
    for cause in causes_of(verdict.findings):
        yield from _finding(cause.finding, thresholds)
        for part in cause.parts:
            yield Padding(Group(*_part(part, thresholds)), (0, 0, 0, 2))
    for rule in dict.fromkeys(due.rule for due in verdict.due):
        if options := _options(rule, thresholds):
            yield Text()
            yield line(f"rule {rule}, not due yet", QUIET)
            yield Padding(Group(*(line(text, QUIET) for text in options)), (0, 0, 0, 2))


def _finding(finding: Finding, thresholds: Sequence[Threshold]) -> Iterable[RenderableType]:
    yield Text()
    yield Text.assemble(weight(finding), "  ", (clip(finding.message), "bold"))
    lines = [line(finding.hint)]
    lines += [line(f"{_place(quote.line)}: “{clip(quote.text, 160)}”", QUIET) for quote in finding.evidence]
    if finding.waived:
        lines.append(line(wording.sentence(finding.waived), QUIET))
    lines.append(line(f"rule {finding.rule}, fingerprint {finding.fingerprint}", QUIET))
    lines += [line(text, QUIET) for text in _options(finding.rule, thresholds)]
    yield Padding(Group(*lines), (0, 0, 0, 2))


def _part(part: Finding, thresholds: Sequence[Threshold]) -> Iterable[RenderableType]:
    """A finding with the same cause: the words of its failure, and what names it in waivers."""
    yield line(f"{SAME_CAUSE}: {wording.phrase(part)} ({part.severity.value})")
    yield line(f"rule {part.rule}, fingerprint {part.fingerprint}", QUIET)
    yield from (line(text, QUIET) for text in _options(part.rule, thresholds))


def _place(line: int) -> str:
    return f"line {line}" if line else "title"


def _read(verdict: Verdict) -> Iterable[RenderableType]:
    facts = verdict.facts
    words = (
        ("story form", facts.story_form), ("benefit", facts.story_benefit), ("acceptance", facts.acceptance),
        ("steps", facts.steps), ("expected", facts.expected), ("actual", facts.actual),
        ("placeholder", facts.placeholder), ("open question", facts.open_question),
    )  # fmt: skip
    rows: list[tuple[str, RenderableType]] = [
        ("In the text", line(", ".join(f"{name} {value}" for name, value in words if value != "na"))),
        ("Passed", Text(clip(_checks(verdict.checked), ALL_CHECKS))),
    ]
    rows += labelled("Due later", (line(wording.due(one, verdict.distance)) for one in verdict.due))
    yield Text()
    yield pairs(rows)


def _checks(names: Sequence[str]) -> str:
    return f"{wording.many(len(names), 'check')}: {', '.join(names)}" if names else "no check"


def _passed(verdict: Verdict, thresholds: Sequence[Threshold]) -> Iterable[RenderableType]:
    """The thresholds of the rules without a finding, one line a rule."""
    failed = {*(finding.rule for finding in verdict.findings), *(due.rule for due in verdict.due)}
    rules = [rule for rule in dict.fromkeys(one.rule for one in thresholds) if rule not in failed]
    if rules:
        yield Text()
        yield heading("Thresholds of the other checks")
        lines = (line(f"{rule}: {', '.join(_options(rule, thresholds))}") for rule in rules)
        yield Padding(Group(*lines), (0, 0, 0, 2))


def _options(rule: str, thresholds: Sequence[Threshold]) -> tuple[str, ...]:
    """The options of a rule with their values, and where each value came from: `max_points = 8 (config.toml:41)`."""
    return tuple(f"{one.option} = {one.value} ({one.origin})" for one in thresholds if one.rule == rule)
