"""Terminal output: one function a command, each returning something that rich can print.

All texts are `Text` values without control characters: rich never reads them as markup. Where there is no terminal,
rich leaves colours out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Protocol

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rules.capacity.model import Level, TeamCapacity
from rules.causes import Cause, causes_of, firsts
from rules.deep.model import Signal
from rules.model import Snapshot
from rules.plan.changes import ChangePlan
from rules.plan.outcome import Outcome, Result
from rules.planning.goals import TeamGoal
from rules.verdict import Verdict
from sync.reports import contents, go_live, learned, look_ahead, view_model
from sync.reports import format as wording
from sync.reports import what_if as comparison
from sync.reports.base import CutRun, RunReport
from sync.reports.blocks import (
    BAD,
    GOOD,
    QUIET,
    SOON,
    STATE_STYLES,
    WIDTH,
    grid_of,
    heading,
    labelled,
    line,
    pairs,
    plain,
    weight,
)
from sync.reports.issue_page import why, why_rule
from sync.reports.learned import Chapter
from sync.reports.old_issues import asked, section_of
from sync.reports.redact import shared
from sync.reports.selection import ALL, Selected, Selection, select
from sync.reports.view_model import TeamProposal
from sync.sanitize import clip

__all__ = [
    "WIDTH",
    "capacity",
    "check",
    "cut_run",
    "plain",
    "plan",
    "render",
    "summary",
    "unchanged",
    "undo",
    "why",
    "why_rule",
]

WHOLE = 5000  # characters; no line of a comment is longer
FIRST_BELOW = 3  # issues named that are not proposed, of each team
LISTED = 50  # issues of one state on the first page
FREQUENT = 6  # kinds of finding named below the list of issues
_SIGNAL = {
    Signal.RED: BAD,
    Signal.AMBER: SOON,
    Signal.GREEN: GOOD,
    Signal.OVER_REFINED: GOOD,
    Signal.UNKNOWN: QUIET,
}
_LEVEL = {Level.RED: BAD, Level.AMBER: SOON, Level.INFO: QUIET}


def render(report: RunReport) -> str:
    """The whole run as plain text."""
    texts = {contents.TITLE: contents.chapters(report), learned.TITLE: learned.chapters(report)}
    chapters = (Group(*_chapters(title, several)) for title, several in texts.items() if several)
    parts = (summary(report), _check(report), *chapters, _capacity(report), _plan(report))
    return plain(Group(*(Padding(part, (0, 0, 1, 0)) for part in parts))).rstrip() + "\n"


def check(report: RunReport, selection: Selection = ALL) -> RenderableType:
    """The counts and DEEP's grade, verdict and findings per issue, then the DEEP measures.

    With a selection, only its issues. Findings of named issues are in full; of others, what blocks.
    """
    return Group(*_notices(report), _check(report, selection))


def _check(report: RunReport, selection: Selection = ALL) -> RenderableType:
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
    if cut := selected.matching - len(selected.verdicts):
        yield line(f"The first {len(selected.verdicts)} are shown; --limit leaves {cut} out.")


def _grade(report: RunReport) -> Text:
    deep = report.deep
    letters = ", ".join(f"{letter.name.lower()} {wording.score(letter.score)}" for letter in deep.letters)
    return line(f"DEEP: grade {deep.grade}, {wording.score(deep.score)} of 100 ({letters}).")


def _unknown_links(report: RunReport) -> Iterable[Text]:
    """The links whose meaning is not known, and what to do."""
    if phrases := report.snapshot.unknown_links:
        named = ", ".join(f'"{clip(phrase, 40)}"' for phrase in phrases)
        yield line(f"Links of unknown meaning, which count as no dependency: {named}. Set it in [tracker.links].")


def plan(report: RunReport) -> RenderableType:
    """The proposal per team, the exact changes, what people decided, and the digest."""
    return Group(*_notices(report), _plan(report))


def _plan(report: RunReport) -> RenderableType:
    report = shared(report)
    return Group(
        *_proposals(report),
        *_later_sprints(report),
        *_changes(report),
        *_left_as_is(report),
        *_left_alone(report),
        *_answers(report),
        *_refusal_and_digest(report),
    )


def capacity(report: RunReport) -> RenderableType:
    """What each team can take on, its warnings, and where the figures come from."""
    changes = [comparison.as_text(report, report.what_if)] if report.what_if else []
    return Group(*_notices(report), *changes, _capacity(report))


def _chapters(title: str, chapters: Sequence[Chapter]) -> Iterable[RenderableType]:
    """What is new, or what the past teaches the teams."""
    if chapters:
        yield heading(title)
        for chapter in chapters:
            sentences = (*chapter.sentences, *chapter.patch)
            rows = (line(chapter.title, "bold"), line(chapter.about, QUIET), *map(line, sentences))
            yield Padding(Group(*rows), (1, 0, 0, 2))


def _notices(report: RunReport) -> Iterable[Text]:
    """Which earlier day this is of, and which teams are left out."""
    yield from map(line, view_model.earlier_day(report))
    yield from (line(sentence, BAD) for sentence in report.snapshot.left_out)


def _capacity(report: RunReport) -> RenderableType:
    if not report.snapshot.product.teams:
        return line("No team is configured, so there is no capacity.")
    before = {one.team.name: one for one in report.before}
    teams = (part for one in report.capacities for part in _team(one, before.get(one.team.name)))
    return Group(*teams, *_left_out(report))


def summary(report: RunReport, reports: Iterable[Path] = ()) -> RenderableType:
    """The first page of a run, then what was read and written, each team's capacity, where the reports are."""
    report = shared(report)
    seconds = (report.finished - report.started).total_seconds()
    facts = f"{wording.many(seconds, 'second')}, {wording.many(report.requests, 'request')}"
    rows: list[tuple[str, RenderableType]] = [
        ("Read", line(_pulled(report))),
        *_written(report),
        *_waiting(report),
        *labelled("Old", map(line, asked(report))),
        *labelled("Dry run", (line(sentence) for sentence in _dry_run(report))),
        *labelled("Capacity", (row for one in report.capacities for row in _capacity_lines(one))),
        *labelled("Reports", (line(str(path)) for path in reports)),
    ]
    return Group(*_first_page(report), Text(), heading(f"Run {report.run}", facts), Text(), pairs(rows))


def _first_page(report: RunReport) -> Iterable[RenderableType]:
    page = view_model.first_page(report)
    goal = f" · Product Goal: {page.goal}" if page.goal else ""
    yield line(f"{clip(page.product, 60)} · {page.day}{goal}", QUIET)
    yield line(page.state.upper(), f"bold {_SIGNAL[page.signal]}")
    yield from map(line, filter(None, (page.lasts, page.teams, page.first_out, page.readiness)))
    yield from _notices(report)
    if page.actions:
        yield Text()
        yield line("What to do first:")
        grid = grid_of(2, None, None)
        for place, action in enumerate(page.actions, start=1):
            keys = "".join(piece for piece, _ in view_model.segments(clip(action.text), action.keys))
            grid.add_row(Text(f"{place:>2}"), line(keys), line(wording.gain(action.gain, action.runway_gain), QUIET))
        yield grid
    unready = [(one.issue.key, _phrases((one.fix, *one.more))) for one in view_model.obstacles(report)]
    yield from _part_of_horizon(report, "Not ready", unready)
    not_due = [
        (v.issue.key, "; ".join(wording.due(one, v.distance) for one in v.due)) for v in view_model.not_due(report)
    ]
    yield from _part_of_horizon(report, "Not due yet", not_due)


def _phrases(causes: Iterable[Cause]) -> str:
    findings = (one for cause in causes for one in (cause.finding, *cause.parts))
    return ", ".join(dict.fromkeys(f"{wording.phrase(one)}{' (accepted)' if one.waived else ''}" for one in findings))


def _dues(verdict: Verdict) -> str:
    return "; ".join(wording.due(one, verdict.distance) for one in verdict.due)


def _part_of_horizon(report: RunReport, title: str, rows: Sequence[tuple[str, str]]) -> Iterable[RenderableType]:
    """The issues of one state, each with what is missing: with the ready ones they are the whole ready horizon."""
    if not rows:
        return
    yield Text()
    yield line(f"{title}: {view_model.of_all(len(rows), report)}")
    grid = grid_of(8, None)
    for key, missing in rows[:LISTED]:
        grid.add_row(Text(clip(key, 40)), line(missing, QUIET))
    yield Padding(grid, (0, 0, 0, 1))
    if len(rows) > LISTED:
        yield line(f"And {len(rows) - LISTED} more: `readyline check` shows them.", QUIET)


def unchanged(run: str, at: datetime) -> RenderableType:
    """That an earlier run, which judged the backlog at this moment, is still right."""
    return Text(
        f"Nothing has changed since run {run} of {wording.moment(at)}. "
        "Its verdicts and reports still hold, and there is nothing to write."
    )


def cut_run(cut: CutRun) -> RenderableType:
    """What a run that was cut short had done until then, and how to go on."""
    outcomes = shared(cut.report).outcomes if cut.report is not None else ()
    grid = grid_of(8, 14, None)
    for one in outcomes:
        result = _with_reason(wording.RESULTS[one.result], one.reason)
        grid.add_row(Text(clip(one.change.key, 40)), Text(wording.verb(one.change)), result)
    return Group(
        heading(f"Run {cut.run} was cut short", wording.ended(outcomes) if outcomes else "nothing was written"),
        *([Padding(grid, (0, 0, 0, 2))] if outcomes else []),
        *map(line, cut.how_to_go_on),
    )


class Accepted(Protocol):
    """One finding of a baseline; `because` and `at` are "" where it is not accepted yet."""

    @property
    def key(self) -> str:
        """The key of its issue."""
        ...

    @property
    def rule(self) -> str:
        """The path of its rule."""
        ...

    @property
    def phrase(self) -> str:
        """What is missing."""
        ...

    @property
    def because(self) -> str:
        """Why it is accepted."""
        ...

    @property
    def at(self) -> str:
        """When it was accepted, in ISO 8601."""
        ...


def baseline(rows: Sequence[Accepted], state: str) -> RenderableType:
    """The findings of a baseline by issue, and how many there are."""
    grid = grid_of(8, None)
    for key, group in groupby(rows, key=lambda one: one.key):
        findings = tuple(group)
        missing = "; ".join(dict.fromkeys(one.phrase or wording.check(one.rule) for one in findings if one.rule))
        origins = dict.fromkeys(f"{one.at[:10]}: {one.because}" for one in findings if one.because and one.at)
        unnamed = f"{wording.many(len(findings), 'finding')} of an earlier version"
        grid.add_row(Text(clip(key or "–", 40)), _with_reason(missing or unnamed, "; ".join(origins)))
    issues = wording.many(len({one.key for one in rows}), "issue")
    return Group(grid, line(f"{wording.many(len(rows), 'finding')} on {issues} {state}."))


def undo(undoes: str, plan: ChangePlan, outcomes: Sequence[Outcome]) -> RenderableType:
    """What of a run was undone, and what was kept because somebody changed it since."""
    title = heading(f"Undo of run {undoes}", wording.ended(outcomes) if outcomes else "nothing to undo")
    grid = grid_of(8, 14, None)
    for one in outcomes:
        result = _with_reason(wording.RESULTS[one.result], one.reason)
        grid.add_row(Text(clip(one.change.key, 40)), Text(wording.verb(one.change)), result)
    for conflict in plan.left_as_is:
        grid.add_row(Text(clip(conflict.key, 40)), Text("kept"), _with_reason(conflict.what, conflict.why))
    return Group(title, Padding(grid, (0, 0, 0, 2)))


# Verdicts


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


def _message(cause: Cause) -> Text:
    message, *rest = (*wording.sentences_of(cause), f"({wording.rule_name(cause.finding)})")
    if cause.finding.waived:
        return line(" ".join((message, *rest)), QUIET)
    return line(message).append("".join(f" {clip(text)}" for text in rest), QUIET)


def _frequent(verdicts: Sequence[Verdict]) -> Iterable[RenderableType]:
    """The findings that occur most often."""
    numbers = Counter(wording.phrase(finding) for verdict in verdicts for finding in firsts(verdict.open_findings))
    if numbers:
        yield line(
            "Most frequent: " + ", ".join(f"{words} ({count})" for words, count in numbers.most_common(FREQUENT))
        )


def _deep(report: RunReport) -> Table:
    deep = report.deep
    grid = grid_of(9, 5, None)
    confidence = "" if deep.confidence == "good" else f", confidence {deep.confidence}"
    grid.add_row(
        Text("DEEP", "bold"), Text(f"{wording.score(deep.score):>5}", "bold"), line(f"grade {deep.grade}{confidence}")
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
        grid.add_row(Text(clip(row.issue.key, 40)), _with_reason(row.issue.title, row.text))
    yield Padding(grid, (0, 0, 0, 2))
    yield from (line(sentence) for sentence in (section.answer, section.kept) if sentence)
    if section.released:
        yield line("Released, until a person closes them:")
        rows = grid_of(8, None)
        for row in section.released:
            rows.add_row(Text(clip(row.issue.key, 40)), _with_reason(row.issue.title, row.text))
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


# The plan


def _proposals(report: RunReport) -> Iterable[RenderableType]:
    for proposal in view_model.proposals(report):
        yield heading(f"{proposal.team}, {proposal.sprint}", _room(proposal))
        if proposal.goal is not None:
            yield Padding(_goal(proposal.goal), (0, 0, 1, 2))
        yield Padding(_proposed(proposal) if proposal.issues else Text("no ready issue fits", QUIET), (0, 0, 1, 2))
        if proposal.below:
            yield Padding(_not_proposed(proposal), (0, 0, 1, 2))


def _later_sprints(report: RunReport) -> Iterable[RenderableType]:
    if lines := look_ahead.lines(report.look_ahead):
        yield heading(look_ahead.TITLE, "nothing of this is written")
        yield Padding(Group(*map(line, lines)), (0, 0, 1, 2))


def _goal(goal: TeamGoal) -> Text:
    """The Sprint Goal, then what the Product Owner should correct about it."""
    return Text("\n").join([line(f"Sprint Goal: {goal.text}"), *(line(one.text, QUIET) for one in goal.findings)])


def _proposed(proposal: TeamProposal) -> Table:
    grid = grid_of(8, 6, 5, 4, None)
    grid.add_row(*(Text(name, QUIET) for name in ("Issue", proposal.unit.capitalize(), "Total", "Left", "Title")))
    for one in proposal.issues:
        grid.add_row(
            Text(clip(one.issue.key, 40)),
            Text(f"{wording.figure(one.points):>6}"),
            Text(f"{wording.figure(one.total):>5}"),
            Text(f"{wording.figure(one.left, '–'):>4}"),
            _with_reason(one.issue.title, one.note),
        )
    return grid


def _not_proposed(proposal: TeamProposal) -> RenderableType:
    grid = grid_of(8, None)
    for left in proposal.below[:FIRST_BELOW]:
        grid.add_row(Text(clip(left.issue.key, 40)), _with_reason(left.issue.title, left.why))
    more = len(proposal.below) - FIRST_BELOW
    rest = [Text(f"and {more} more, in the JSON output", QUIET)] if more > 0 else []
    return Group(Text("Not proposed, the highest in rank:", QUIET), grid, *rest)


def _room(proposal: TeamProposal) -> str:
    proposed = f"{wording.many(proposal.points, proposal.unit.one)} proposed"
    if proposal.capacity is None or proposal.capacity.points is None:
        return proposed
    load, points = proposal.capacity.load, proposal.capacity.points
    return f"{proposed} + {wording.figure(load)} planned, of {wording.figure(points.p50)} ({wording.ends(points)})"


def _with_reason(text: str, reason: str) -> Text:
    return line(text).append(f"  {clip(reason)}" if text else clip(reason), QUIET)


def _changes(report: RunReport) -> Iterable[RenderableType]:
    plan = report.plan
    if not plan.changes:
        yield line(f"{wording.idle(report)}.")
        return
    yield heading("Changes", f"{len(plan.changes)} on {len(plan.touched)} of {wording.many(plan.in_scope, 'issue')}")
    grid, texts = grid_of(8, 14, None), view_model.written_texts(report)
    for change in plan.changes:
        grid.add_row(
            Text(clip(change.key, 40)),
            Text(wording.verb(change)),
            _with_reason(wording.what(change, report.snapshot), wording.reason(change)),
        )
        for row in texts.get(change, "").splitlines()[1:]:  # the headline is in the row above
            grid.add_row("", "", Text(clip(row, WHOLE), QUIET))
    for key, marks in view_model.properties(report).items():
        grid.add_row(Text(clip(key, 40)), Text("set property"), line(wording.marks(marks, report.snapshot), QUIET))
    yield Padding(grid, (0, 0, 0, 2))


def _left_as_is(report: RunReport) -> Iterable[RenderableType]:
    if not report.plan.left_as_is:
        return
    yield Text()
    yield heading("Kept as people set it")
    grid = grid_of(8, None)
    for one in report.plan.left_as_is:
        grid.add_row(Text(clip(one.key, 40)), _with_reason(one.what, one.why))
    yield Padding(grid, (0, 0, 0, 2))


def _left_alone(report: RunReport) -> Iterable[RenderableType]:
    if groups := view_model.left_alone(report):
        yield Text()
        yield heading("Left alone", "nothing is written to these issues")
        rows = (line(f"{wording.keys(keys)}: {why}") for why, keys in groups)
        yield Padding(Group(*rows), (0, 0, 0, 2))


def _answers(report: RunReport) -> Iterable[RenderableType]:
    answers = view_model.answers(report)
    if not answers:
        return
    yield Text()
    yield heading("Answers to commands")
    grid = grid_of(8, None)
    for key, text in answers:
        grid.add_row(Text(clip(key, 40)), line(text))
    yield Padding(grid, (0, 0, 0, 2))


def _refusal_and_digest(report: RunReport) -> Iterable[RenderableType]:
    yield Text()
    if report.refused:
        yield Text.assemble(("Refused: ", f"bold {BAD}"), clip(report.refused))
    yield Text.assemble(("Plan digest ", QUIET), report.plan.digest)


# Capacity


def _team(one: TeamCapacity, before: TeamCapacity | None) -> Iterable[RenderableType]:
    yield heading(one.team.name, one.sprint.name if one.sprint else "no future sprint yet")
    shares = ", ".join(f"{share.name} {wording.figure(share.amount)}" for share in one.split.shares)
    hours = f", {wording.many(one.hours, 'hour')} that can be planned" if one.team.people else ""
    warnings = (
        Text.assemble((f"{level.value} ", _LEVEL[level]), clip(text)) for level, text in wording.warnings([one])
    )
    rows: list[tuple[str, RenderableType]] = [
        (one.unit.capitalize(), line(_points(one))),
        ("Days", line(wording.days(one) + hours)),
        ("Split", line(f"{shares} of {wording.figure(one.split.total)} {one.split.unit}")),
        ("Planned", line(_planned(one))),
        *([("What if", line(wording.what_if(before, one)))] if before else ()),
        *labelled("Warnings", warnings),
        *labelled("Based on", (line(sentence, QUIET) for sentence in one.explanation)),
    ]
    yield Padding(pairs(rows), (0, 0, 1, 2))


def _left_out(report: RunReport) -> Iterable[RenderableType]:
    """What absence files hold that no person's days contain; what the files leave out themselves comes last."""
    if report.absences_left_out:
        yield heading("Absence files", "what is not counted")
        in_order = sorted(report.absences_left_out, key=lambda one: one.is_meant)
        rows = (line(one.text, QUIET if one.is_meant else SOON) for one in in_order)
        yield Padding(Group(*rows), (0, 0, 1, 2))


def _planned(one: TeamCapacity) -> str:
    carried = f", {wording.figure(one.carry_over)} of them probably carried over" if one.carry_over else ""
    return f"{wording.many(one.load, one.unit.one)}{carried}"


def _points(one: TeamCapacity) -> str:
    if one.points is None:
        return f"{wording.spread(one)}; plan by hours"
    sprints = wording.many(one.used_sprints, "closed sprint")
    return f"{wording.spread(one)}, from {sprints}, confidence: {one.confidence}"


# The summary


def _pulled(report: RunReport) -> str:
    snapshot = report.snapshot
    counts = (
        wording.many(len(snapshot.issues), "open issue"),
        wording.many(len(snapshot.history), "past issue"),
        wording.many(len(snapshot.product.teams), "team"),
        wording.many(len(snapshot.sprints), "sprint"),
    )
    return ", ".join(counts)


def _written(report: RunReport) -> Iterable[tuple[str, RenderableType]]:
    if report.refused:
        yield ("Refused", line(report.refused, BAD))
    elif not report.plan.changes:
        yield ("Waiting" if report.plan.held else "Changes", line(wording.idle(report)))
    elif not report.outcomes:
        yield ("Planned", line(wording.intended(report.plan.changes) + wording.unwritten(report)))
    else:
        yield from _ended(report)


def _waiting(report: RunReport) -> Iterable[tuple[str, RenderableType]]:
    """The changes held back for a later run, where the plan has others too."""
    if report.plan.held and report.plan.changes:
        yield ("Waiting", line(wording.idle(report)))


def _dry_run(report: RunReport) -> Iterable[str]:
    return go_live.sentences(report.go_live) if report.go_live else ()


def _ended(report: RunReport) -> Iterable[tuple[str, RenderableType]]:
    done = wording.done(one.change for one in report.outcomes if one.result is Result.DONE)
    already = sum(one.result is Result.ALREADY_SO for one in report.outcomes)
    current = f", {already} {wording.RESULTS[Result.ALREADY_SO]}" if already else ""
    yield ("Written", line((done or "nothing") + current))
    for result, name, style in ((Result.SKIPPED, "Skipped", SOON), (Result.FAILED, "Failed", BAD)):
        ended = [one for one in report.outcomes if one.result is result]
        yield from labelled(name, (line(_sentence(one, report.snapshot), style) for one in ended))


def _sentence(outcome: Outcome, snapshot: Snapshot) -> str:
    change = outcome.change
    return f"{change.key} {wording.verb(change)} {wording.what(change, snapshot)}: {outcome.reason}"


def _capacity_lines(one: TeamCapacity) -> Iterable[Text]:
    planned = f", {wording.figure(one.load)} planned" if one.load else ""
    yield line(f"{one.team.name}: {wording.spread(one)}{planned}; {wording.days(one)}")
    yield from (line(warning.text, BAD) for warning in one.warnings if warning.level is Level.RED)
