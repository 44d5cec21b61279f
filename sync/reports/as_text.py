"""Terminal output: quiet, aligned, and safe to look at.

Each command has a function that returns something rich can print. All words are `Text` values, made visible first:
rich never reads them as markup, and no control character reaches the terminal. Colours are rich's to leave away where
there is no terminal.
"""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rules.capacity.model import Level, TeamCapacity
from rules.model import Snapshot
from rules.plan.changes import ChangePlan
from rules.plan.outcome import Outcome, Result
from rules.rule import Finding
from rules.verdict import Verdict
from sync.reports import format as wording
from sync.reports import go_live as golive
from sync.reports import view_model as refinement
from sync.reports.base import RunReport
from sync.reports.blocks import BAD, GOOD, QUIET, SOON, WIDTH, grid_of, heading, labelled, pairs, plain, said, weight
from sync.reports.issue_page import why
from sync.reports.redact import shared, shared_verdict
from sync.reports.view_model import TeamProposal
from sync.sanitize import clip

__all__ = [
    "WIDTH",
    "Setting",
    "capacity",
    "check",
    "lint",
    "plain",
    "plan",
    "render",
    "settings",
    "summary",
    "undo",
    "why",
]

_LEVEL = {Level.RED: BAD, Level.AMBER: SOON, Level.INFO: QUIET}


def render(report: RunReport) -> str:
    """The whole pass as plain text."""
    parts = (summary(report), check(report), capacity(report), plan(report))
    return plain(Group(*(Padding(part, (0, 0, 1, 0)) for part in parts))).rstrip() + "\n"


def lint(verdicts: Sequence[Verdict]) -> RenderableType:
    """Each judged text with what is missing, then the count."""
    verdicts = tuple(map(shared_verdict, verdicts))
    return Group(_verdicts(verdicts), Text(), _counts(verdicts))


def check(report: RunReport, keys: Collection[str] = ()) -> RenderableType:
    """Verdict and findings per issue in rank order, then the DEEP picture; with `keys`, only these issues."""
    report = shared(report)
    verdicts = [verdict for verdict in report.judgement.verdicts if not keys or verdict.issue.key in keys]
    if keys:
        return _verdicts(verdicts)
    return Group(_verdicts(verdicts), Text(), _counts(verdicts), Text(), _deep(report), *_silences(report))


def plan(report: RunReport) -> RenderableType:
    """The proposal per team, the exact changes, what people decided, and the digest."""
    report = shared(report)
    return Group(
        *_proposals(report), *_changes(report), *_standing(report), *_answers(report), *_verdict_on_plan(report)
    )


def capacity(report: RunReport) -> RenderableType:
    """What each team can take on, its warnings, and how the figure came about."""
    if not report.capacities:
        return said("No team is configured, so there is no capacity to tell.")
    return Group(*(part for one in report.capacities for part in _team(one)))


def summary(report: RunReport, reports: Iterable[Path] = ()) -> RenderableType:
    """A whole pass at a glance: pulled, ready, written, each team's capacity, where the reports are."""
    report = shared(report)
    seconds = (report.finished - report.started).total_seconds()
    title = f"{clip(report.snapshot.product.name, 60)}, run {report.run}"
    facts = f"{wording.many(seconds, 'second')}, {wording.many(report.requests, 'request')}"
    rows: list[tuple[str, RenderableType]] = [
        ("Pulled", said(_pulled(report))),
        ("Ready", _ready(report)),
        ("Runway", said(refinement.feeding(report))),
        *_written(report),
        *_waiting(report),
        *labelled("Shadow", (said(sentence) for sentence in _shadow(report))),
        *labelled("Capacity", (line for one in report.capacities for line in _capacity_lines(one))),
        *labelled("Reports", (said(str(path)) for path in reports)),
    ]
    return Group(heading(title, facts), Text(), pairs(rows))


class Setting(Protocol):
    """One effective value of the configuration."""

    @property
    def path(self) -> str:
        """Where it stands in the file."""
        ...

    @property
    def text(self) -> str:
        """The value as the file would write it."""
        ...

    @property
    def origin(self) -> str:
        """What set it."""
        ...


def settings(rows: Iterable[Setting]) -> RenderableType:
    """Every effective value and where it came from."""
    grid = grid_of(20, None, None)
    for row in rows:
        grid.add_row(Text(clip(row.path)), said(row.text), said(row.origin, QUIET))
    return grid


def undo(undoes: str, plan: ChangePlan, outcomes: Sequence[Outcome]) -> RenderableType:
    """What of a run was taken back, and what stands because somebody touched it since."""
    title = heading(f"Run {undoes}", wording.ended(outcomes) if outcomes else "there is nothing to take back")
    grid = grid_of(8, 14, None)
    for one in outcomes:
        told = _with_reason(one.result.value.replace("-", " "), one.reason)
        grid.add_row(Text(clip(one.change.key, 40)), Text(wording.verb(one.change)), told)
    for conflict in plan.standing:
        grid.add_row(Text(clip(conflict.key, 40)), Text("stands"), _with_reason(conflict.what, conflict.why))
    return Group(title, Padding(grid, (0, 0, 0, 2)))


# Verdicts


def _verdicts(verdicts: Iterable[Verdict]) -> Table:
    grid = grid_of(8, 9, 5, None)
    grid.add_row(*(Text(name, QUIET) for name in ("Issue", "Verdict", "Score", "")))
    for verdict in verdicts:
        word = Text("ready", GOOD) if verdict.ready else Text("not ready", BAD)
        grid.add_row(Text(clip(verdict.issue.key, 40)), word, Text(f"{verdict.score:>5}"), said(verdict.issue.title))
        for finding in verdict.findings:
            grid.add_row("", "", weight(finding), _missing(finding))
    return grid


def _missing(finding: Finding) -> Text:
    if finding.waived:
        return said(f"{finding.message} {finding.waived}", QUIET)
    line = said(finding.message)
    return line.append(f" {clip(finding.hint)}", QUIET) if finding.hint else line


def _counts(verdicts: Sequence[Verdict]) -> Text:
    ready = sum(verdict.ready for verdict in verdicts)
    share = wording.percent(ready, len(verdicts))
    return Text(f"{wording.many(len(verdicts), 'issue')}: {ready} ready ({share}), {len(verdicts) - ready} not ready")


def _deep(report: RunReport) -> Table:
    deep = report.deep
    grid = grid_of(9, 5, None)
    confidence = "" if deep.confidence == "good" else f", confidence {deep.confidence}"
    grid.add_row(
        Text("DEEP", "bold"), Text(f"{wording.score(deep.score):>5}", "bold"), said(f"grade {deep.grade}{confidence}")
    )
    for letter in deep.letters:
        grid.add_row("", Text(f"{wording.score(letter.score):>5}"), Text(clip(letter.name)))
        for measure in letter.measures:
            grid.add_row("", "", said(measure.text, QUIET))
    grid.add_row(Text("Runway", "bold"), "", said(refinement.feeding(report)))
    for runway in refinement.team_runways(report):
        grid.add_row(
            "", Text(f"{wording.figure(runway.sprints, '–'):>5}"), said(f"{runway.team}: {wording.runway(runway)}")
        )
    return grid


def _silences(report: RunReport) -> Iterable[RenderableType]:
    judgement = report.judgement
    rows: list[tuple[str, RenderableType]] = [
        *labelled(
            "Blind",
            (said(f"{name}: {', '.join(rules)} cannot tell") for name, rules in sorted(judgement.unavailable.items())),
        ),
        *labelled("Waivers", (said(f"{name} matched nothing") for name in judgement.unused_waivers)),
        *labelled("Errors", (said(f"{e.rule} failed on {e.subject}: {e.error}", BAD) for e in judgement.errors)),
    ]
    if rows:
        yield Text()
        yield pairs(rows)


# The plan


def _proposals(report: RunReport) -> Iterable[RenderableType]:
    for proposal in refinement.proposals(report):
        yield heading(f"{proposal.team}, {proposal.sprint}", _room(proposal))
        grid = grid_of(8, 4, None)
        for placed in proposal.placements:
            grid.add_row(
                Text(clip(placed.issue.key, 40)),
                Text(f"{wording.figure(placed.points):>4}"),
                _with_reason(placed.issue.title, placed.why),
            )
        yield Padding(grid if proposal.placements else Text("nothing fits", QUIET), (0, 0, 1, 2))


def _room(proposal: TeamProposal) -> str:
    proposed = f"{wording.many(proposal.points, 'point')} proposed"
    if proposal.capacity is None or proposal.capacity.points is None:
        return proposed
    load, points = proposal.capacity.load, proposal.capacity.points
    return f"{proposed}, {wording.many(load, 'point')} already in, capacity {wording.spread(points)}"


def _with_reason(text: str, reason: str) -> Text:
    return said(text).append(f"  {clip(reason)}" if text else clip(reason), QUIET)


def _changes(report: RunReport) -> Iterable[RenderableType]:
    plan = report.plan
    if not plan.changes:
        yield said(f"No changes: {wording.idle(plan).removeprefix('nothing: ')}.")
        return
    yield heading("Changes", f"{len(plan.changes)} on {wording.many(len(plan.touched), 'issue')} of {plan.in_scope}")
    grid = grid_of(8, 14, None)
    for change in plan.changes:
        grid.add_row(
            Text(clip(change.key, 40)),
            Text(wording.verb(change)),
            _with_reason(wording.what(change, report.snapshot), change.why),
        )
    yield Padding(grid, (0, 0, 0, 2))


def _standing(report: RunReport) -> Iterable[RenderableType]:
    if not report.plan.standing:
        return
    yield Text()
    yield heading("Left as it is")
    grid = grid_of(8, None)
    for one in report.plan.standing:
        grid.add_row(Text(clip(one.key, 40)), _with_reason(one.what, one.why))
    yield Padding(grid, (0, 0, 0, 2))


def _answers(report: RunReport) -> Iterable[RenderableType]:
    found = refinement.answers(report)
    if not found:
        return
    yield Text()
    yield heading("Answered in comments")
    grid = grid_of(8, None)
    for key, text in found:
        grid.add_row(Text(clip(key, 40)), said(text))
    yield Padding(grid, (0, 0, 0, 2))


def _verdict_on_plan(report: RunReport) -> Iterable[RenderableType]:
    yield Text()
    if report.refused:
        yield Text.assemble(("Refused: ", f"bold {BAD}"), clip(report.refused))
    yield Text.assemble(("Digest ", QUIET), report.plan.digest)


# Capacity


def _team(one: TeamCapacity) -> Iterable[RenderableType]:
    yield heading(one.team.name, one.sprint.name if one.sprint else "no future sprint yet")
    shares = ", ".join(f"{share.name} {wording.figure(share.amount)}" for share in one.split.shares)
    days = f"{wording.figure(one.net_days)} of {wording.figure(one.gross_days)} person-days"
    warnings = (Text.assemble((f"{w.level.value} ", _LEVEL[w.level]), clip(w.text)) for w in one.warnings)
    rows: list[tuple[str, RenderableType]] = [
        ("Points", said(_points(one))),
        ("Days", said(f"{days}, {wording.figure(one.hours)} plannable hours")),
        ("Split", said(f"{shares} of {wording.figure(one.split.total)} {one.split.unit}")),
        ("Load", said(wording.many(one.load, "point"))),
        *labelled("Warnings", warnings),
        *labelled("Because", (said(sentence, QUIET) for sentence in one.explanation)),
    ]
    yield Padding(pairs(rows), (0, 0, 1, 2))


def _points(one: TeamCapacity) -> str:
    if one.points is None:
        return f"{wording.spread(None)}; hours are told instead"
    rests = wording.many(one.used_sprints, "closed sprint")
    return f"{wording.spread(one.points)}, from {rests}, confidence {one.confidence}"


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


def _ready(report: RunReport) -> Text:
    total = len(report.judgement.verdicts)
    ready = len(report.judgement.ready)
    gauge = refinement.gauge(report)
    line = Text.assemble((f"{ready} ready", GOOD), ", ", (f"{total - ready} not ready", BAD), f" of {total}")
    return line.append(
        f"; in the ready horizon {gauge.ready} of {gauge.total} ({wording.percent(gauge.ready, gauge.total)})"
    )


def _written(report: RunReport) -> Iterable[tuple[str, RenderableType]]:
    if report.refused:
        yield ("Refused", said(report.refused, BAD))
    elif not report.plan.changes:
        yield ("Waiting" if report.plan.held else "Written", said(wording.idle(report.plan)))
    elif not report.outcomes:
        yield ("Planned", said(wording.intended(report.plan.changes) + wording.unwritten(report)))
    else:
        yield from _ended(report)


def _waiting(report: RunReport) -> Iterable[tuple[str, RenderableType]]:
    """What was held back of a plan that holds more than that."""
    if report.plan.held and report.plan.changes:
        yield ("Waiting", said(wording.idle(report.plan)))


def _shadow(report: RunReport) -> Iterable[str]:
    return golive.sentences(report.shadow) if report.shadow else ()


def _ended(report: RunReport) -> Iterable[tuple[str, RenderableType]]:
    done = wording.done(one.change for one in report.outcomes if one.result is Result.DONE)
    already = sum(one.result is Result.ALREADY_SO for one in report.outcomes)
    yield ("Written", said((done or "nothing") + (f", {already} already so" if already else "")))
    for result, name, style in ((Result.SKIPPED, "Skipped", SOON), (Result.FAILED, "Failed", BAD)):
        ended = [one for one in report.outcomes if one.result is result]
        yield from labelled(name, (said(_sentence(one, report.snapshot), style) for one in ended))


def _sentence(outcome: Outcome, snapshot: Snapshot) -> str:
    change = outcome.change
    return f"{change.key} {wording.verb(change)} {wording.what(change, snapshot)}: {outcome.reason}"


def _capacity_lines(one: TeamCapacity) -> Iterable[Text]:
    line = said(f"{one.team.name}: {wording.spread(one.points)}")
    line.append(f", {wording.figure(one.net_days)} of {wording.figure(one.gross_days)} person-days")
    yield line.append(f", {wording.many(one.load, 'point')} already in") if one.load else line
    yield from (said(warning.text, BAD) for warning in one.warnings if warning.level is Level.RED)
