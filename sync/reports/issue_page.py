"""The terminal page of one issue: the verdict, the data it is based on, and the smallest fix."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from rules.verdict import Verdict
from sync.reports import format as wording
from sync.reports.base import Threshold
from sync.reports.blocks import QUIET, STATE_STYLES, heading, labelled, line, pairs, weight
from sync.reports.format import link_to
from sync.sanitize import clip

ALL_CHECKS = 2000  # characters; enough for the names of all checks


def why(
    verdict: Verdict, *, site: str = "", rank: int = 0, teams: Sequence[str] = (), thresholds: Sequence[Threshold] = ()
) -> RenderableType:
    """The page of one issue: verdict, smallest fix, findings with evidence, what was read, thresholds and origins.

    Nothing is withheld, not even for a restricted issue: a person asked for exactly this one.
    """
    facts = ", ".join(_circumstances(verdict, rank, teams))
    head = [heading(verdict.issue.key, clip(verdict.issue.title)), line(facts, QUIET)]
    if address := link_to(site, verdict.issue.key):
        head.append(line(address, QUIET))
    return Group(
        *head, Text(), _judged(verdict), *_reasons(verdict, thresholds), *_read(verdict), *_passed(verdict, thresholds)
    )


def _circumstances(verdict: Verdict, rank: int, teams: Sequence[str]) -> Iterable[str]:
    issue = verdict.issue
    yield issue.type
    yield issue.status
    yield "no estimate" if issue.points is None else wording.many(issue.points, "point")
    if rank:
        yield f"rank {rank}"
    if verdict.distance is not None:
        yield wording.place(verdict.distance)
    yield " and ".join(teams) or "no team"


def _judged(verdict: Verdict) -> Text:
    state = wording.STATES[verdict.state]
    reasons = ", ".join(map(wording.phrase, verdict.missing))
    word = (state[:1].upper() + state[1:], f"bold {STATE_STYLES[verdict.state]}")
    text = Text.assemble(word, f": {reasons}." if reasons else ".", f" Score {verdict.score} of 100.")
    first = next(iter((*verdict.blocking, *verdict.open_findings)), None)
    return text.append(f" Smallest fix: {clip(first.hint)}") if first else text


def _reasons(verdict: Verdict, thresholds: Sequence[Threshold]) -> Iterable[RenderableType]:
    for finding in verdict.findings:
        yield Text()
        yield Text.assemble(weight(finding), "  ", (clip(finding.message), "bold"))
        lines = [line(finding.hint)]
        lines += [line(f"{_place(quote.line)}: “{clip(quote.text, 160)}”", QUIET) for quote in finding.evidence]
        if finding.waived:
            lines.append(line(wording.sentence(finding.waived), QUIET))
        lines.append(line(f"rule {finding.rule}, fingerprint {finding.fingerprint}", QUIET))
        if options := _options(finding.rule, thresholds):
            lines.append(line(options, QUIET))
        yield Padding(Group(*lines), (0, 0, 0, 2))


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
    failed = {finding.rule for finding in verdict.findings}
    rules = [rule for rule in dict.fromkeys(one.rule for one in thresholds) if rule not in failed]
    if rules:
        yield Text()
        yield heading("Thresholds of the other checks", "defaults, unless a source is named")
        lines = (line(f"{rule}: {_options(rule, thresholds)}") for rule in rules)
        yield Padding(Group(*lines), (0, 0, 0, 2))


def _options(rule: str, thresholds: Sequence[Threshold]) -> str:
    """The options of a rule with their values, and the source of each value that is not a default."""
    mine = (one for one in thresholds if one.rule == rule)
    return ", ".join(f"{one.option} = {one.value}{_source(one.origin)}" for one in mine)


def _source(origin: str) -> str:
    return "" if origin == "default" else f" ({origin})"
