"""The verdicts on the terminal: counts, findings of each issue, DEEP, old issues, what was not checked."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rules.causes import Cause, causes_of, firsts
from rules.verdict import Verdict
from sync.reports import format as wording
from sync.reports.base import RunReport
from sync.reports.blocks import (
    BAD,
    QUIET,
    STATE_STYLES,
    grid_of,
    heading,
    labelled,
    line,
    pairs,
    weight,
    with_reason,
)
from sync.reports.old_issues import section_of
from sync.reports.redact import shared
from sync.reports.selection import ALL, Selected, Selection, select
from sync.sanitize import clip

FREQUENT = 6  # kinds of finding named below the list of issues


def page(report: RunReport, selection: Selection = ALL) -> RenderableType:
    """Counts, grade, verdicts with findings, DEEP; with a selection, only its issues."""
    report = shared(report)
    selected = select(report, selection)
    left_alone = report.plan.left_alone
    if selection.keys:
        return _verdicts(selected.verdicts, _in_full, left_alone)
    everything = report.judgement.verdicts
    more = line("`readyline why KEY` shows the findings of one issue in full.", QUIET)
    top = (
        Text(wording.counts(everything)),
        *_frequent(everything),
        *map(line, filter(None, [wording.for_agents(everything)])),
        _grade(report),
        *_shown(selected, everything, selection),
        more,
    )
    issues = (Text(), _verdicts(selected.verdicts, _in_short, left_alone)) if selected.verdicts else ()
    if not selection.is_whole:
        return Group(*top, *issues)
    return Group(
        *top, *issues, Text(), _deep(report), *_old_issues(report), *_silences(report), *_unknown_links(report)
    )


def _shown(selected: Selected, everything: Sequence[Verdict], selection: Selection) -> Iterable[Text]:
    """How many of the issues are shown, where not all are."""
    if selection.is_whole:
        return
    yield line(f"{selected.matching} of {wording.many(len(everything), 'issue')} match the options.")
    shown = len(selected.verdicts)
    if cut := selected.matching - shown:
        first = "The first is shown" if shown == 1 else f"The first {shown} are shown"
        yield line(f"{first}; --limit leaves {cut} out.")


def _grade(report: RunReport) -> Text:
    deep = report.deep
    letters = ", ".join(f"{letter.name.lower()} {wording.score(letter.score)}" for letter in deep.letters)
    return line(f"DEEP: {wording.graded(deep)}{f' ({letters})' if letters else ''}.")


def _unknown_links(report: RunReport) -> Iterable[Text]:
    """The links whose meaning is not known, and what to do."""
    if phrases := report.snapshot.unknown_links:
        named = ", ".join(f'"{clip(phrase, 40)}"' for phrase in phrases)
        yield line(f"Links of unknown meaning, which count as no dependency: {named}. Set it in [tracker.links].")


def _verdicts(
    verdicts: Iterable[Verdict],
    shown: Callable[[Verdict], Iterable[tuple[Text, Text]]],
    left_alone: Mapping[str, str] | None = None,
) -> Table:
    grid = grid_of(8, 9, 5, None)
    grid.add_row(*(Text(name, QUIET) for name in ("Issue", "Verdict", "Score", "Title and findings")))
    left_alone = left_alone or {}
    for verdict in verdicts:
        word = Text(wording.STATES[verdict.state].removesuffix(" yet"), STATE_STYLES[verdict.state])
        grid.add_row(
            Text(clip(verdict.issue.key, 40)),
            word,
            Text(f"{wording.score_of(verdict) or '–':>5}"),
            line(verdict.issue.title),
        )
        for severity, text in shown(verdict):
            grid.add_row("", "", severity, text)
        if why_not := left_alone.get(verdict.issue.key):
            grid.add_row("", "", Text("note", QUIET), line(wording.sentence(why_not), QUIET))
    return grid


def _in_full(verdict: Verdict) -> Iterable[tuple[Text, Text]]:
    """Every finding with its message and its hint."""
    yield from ((weight(cause.finding), _message(cause)) for cause in causes_of(verdict.findings))
    yield from ((Text("later", QUIET), line(wording.due(one, verdict.distance), QUIET)) for one in verdict.due)


def _in_short(verdict: Verdict) -> Iterable[tuple[Text, Text]]:
    """The blocking findings with message and hint, then all others in one line a severity."""
    causes = causes_of(verdict.findings)
    yield from ((weight(cause.finding), _message(cause)) for cause in causes if cause.finding in verdict.blocking)
    others = [cause.finding for cause in causes if cause.finding not in verdict.blocking]
    for _, group in groupby(others, key=lambda finding: (bool(finding.waived), finding.severity)):
        findings = tuple(group)
        phrases = (f"{wording.phrase(finding)} ({wording.rule_name(finding)})" for finding in findings)
        yield weight(findings[0]), line("; ".join(dict.fromkeys(phrases)), QUIET)
    yield from _due_later(verdict)


def _due_later(verdict: Verdict) -> Iterable[tuple[Text, Text]]:
    """What is missing and not due yet, because the issue is far away."""
    if verdict.due:
        yield Text("later", QUIET), line(_dues(verdict), QUIET)


def _dues(verdict: Verdict) -> str:
    return "; ".join(wording.due(one, verdict.distance) for one in verdict.due)


def _message(cause: Cause) -> Text:
    message, *rest = (*wording.sentences_of(cause), f"({wording.rule_name(cause.finding)})")
    if cause.finding.waived:
        return line(" ".join((message, *rest)), QUIET)
    return line(message).append("".join(f" {clip(text)}" for text in rest), QUIET)


def _frequent(verdicts: Sequence[Verdict]) -> Iterable[RenderableType]:
    """The findings that occur most often; those of restricted issues are withheld."""
    shown = (verdict for verdict in verdicts if not verdict.issue.restricted)
    numbers = Counter(wording.phrase(finding) for verdict in shown for finding in firsts(verdict.open_findings))
    if numbers:
        yield line(
            "Most frequent: " + ", ".join(f"{words} ({count})" for words, count in numbers.most_common(FREQUENT))
        )


def _deep(report: RunReport) -> Table:
    deep = report.deep
    grid = grid_of(9, 5, None)
    confidence = "" if deep.confidence == "good" else f", confidence {deep.confidence}"
    grid.add_row(
        Text("DEEP", "bold"),
        Text(f"{wording.score(deep.score):>5}", "bold"),
        line(f"{f'grade {deep.grade}' if deep.grade else 'not measured'}{confidence}"),
    )
    for letter in deep.letters:
        grid.add_row("", Text(f"{wording.score(letter.score):>5}"), Text(clip(letter.name)))
        for measure in letter.measures:
            grid.add_row("", "", line(measure.text, QUIET))
    return grid


def _old_issues(report: RunReport) -> Iterable[RenderableType]:
    """What the Product Owner is asked to keep or release, and what is answered."""
    section = section_of(report)
    if section is None:
        return
    yield Text()
    yield heading(section.title)
    yield from (line(sentence, QUIET) for sentence in section.lead)
    grid = grid_of(8, None)
    for row in section.offers:
        grid.add_row(Text(clip(row.issue.key, 40)), with_reason(row.issue.title, row.text))
    yield Padding(grid, (0, 0, 0, 2))
    yield from (line(sentence) for sentence in (section.answer, section.kept) if sentence)
    if section.released:
        yield line("Released, until a person closes them:")
        rows = grid_of(8, None)
        for row in section.released:
            rows.add_row(Text(clip(row.issue.key, 40)), with_reason(row.issue.title, row.text))
        yield Padding(rows, (0, 0, 0, 2))
    if section.more_released:
        yield line(f"And {section.more_released} more, in the JSON output.", QUIET)


def _silences(report: RunReport) -> Iterable[RenderableType]:
    judgement = report.judgement
    rows: list[tuple[str, RenderableType]] = [
        *labelled(
            "Unchecked",
            (line(wording.unchecked(*item, report.snapshot)) for item in sorted(judgement.unavailable.items())),
        ),
        *labelled("Waivers", map(line, judgement.unused_waivers)),
        *labelled("Errors", (line(wording.rule_error(error), BAD) for error in judgement.errors)),
    ]
    if rows:
        yield Text()
        yield pairs(rows)
