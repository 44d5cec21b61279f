"""A run on the terminal: the first page, then what was read and written, and each team's capacity."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from rules.capacity.model import Level, TeamCapacity
from rules.causes import Cause
from rules.deep.model import Signal
from rules.model import Snapshot
from rules.plan.outcome import Outcome, Result
from sync.reports import coverage, go_live, horizon, overview
from sync.reports import format as wording
from sync.reports.base import RunReport
from sync.reports.blocks import (
    BAD,
    GOOD,
    QUIET,
    SOON,
    grid_of,
    heading,
    labelled,
    line,
    pairs,
)
from sync.reports.old_issues import asked
from sync.reports.redact import shared
from sync.sanitize import clip

LISTED = 50  # issues of one state on the first page
_SIGNAL = {
    Signal.RED: BAD,
    Signal.AMBER: SOON,
    Signal.GREEN: GOOD,
    Signal.OVER_REFINED: GOOD,
    Signal.UNKNOWN: QUIET,
}


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
    page = overview.first_page(report)
    goal = f" · Product Goal: {page.goal}" if page.goal else ""
    yield line(f"{clip(page.product, 60)} · {page.day}{goal}", QUIET)
    yield line(page.state.upper(), f"bold {_SIGNAL[page.signal]}")
    yield from map(line, filter(None, (page.lasts, page.teams, page.first_out, page.readiness, page.advice)))
    yield from notices(report)
    if page.actions:
        yield Text()
        yield line("What to do first:")
        grid = grid_of(2, None, None)
        for place, action in enumerate(page.actions, start=1):
            keys = "".join(piece for piece, _ in wording.segments(clip(action.text), action.keys))
            grid.add_row(Text(f"{place:>2}"), line(keys), line(page.gain(action), QUIET))
        yield grid
    unready = [(one.issue.key, _phrases((one.fix, *one.more))) for one in horizon.obstacles(report)]
    yield from _part_of_horizon(report, "Not ready", unready)
    not_due = [(v.issue.key, "; ".join(wording.due(one, v.distance) for one in v.due)) for v in horizon.not_due(report)]
    yield from _part_of_horizon(report, "Not due yet", not_due)


def notices(report: RunReport) -> Iterable[Text]:
    """Which earlier day this is of, and which teams are left out."""
    yield from map(line, coverage.earlier_day(report))
    yield from (line(sentence, BAD) for sentence in report.snapshot.left_out)


def _phrases(causes: Iterable[Cause]) -> str:
    """What keeps an issue from being ready, once for each cause."""
    findings = (cause.finding for cause in causes)
    return ", ".join(dict.fromkeys(f"{wording.phrase(one)}{' (accepted)' if one.waived else ''}" for one in findings))


def _part_of_horizon(report: RunReport, title: str, rows: Sequence[tuple[str, str]]) -> Iterable[RenderableType]:
    """The issues of one state, each with what is missing: with the ready ones they are the whole ready horizon."""
    if not rows:
        return
    yield Text()
    yield line(f"{title}: {horizon.of_all(len(rows), report)}")
    grid = grid_of(8, None)
    for key, missing in rows[:LISTED]:
        grid.add_row(Text(clip(key, 40)), line(missing, QUIET))
    yield Padding(grid, (0, 0, 0, 1))
    if len(rows) > LISTED:
        yield line(f"And {len(rows) - LISTED} more: `readyline check` shows them.", QUIET)


def _pulled(report: RunReport) -> str:
    snapshot = report.snapshot
    counts = (
        wording.many(len(snapshot.issues), "open issue"),
        wording.many(len(snapshot.history), "past issue"),
        wording.many(len(snapshot.product.teams), "team"),
        wording.many(len(snapshot.sprints), report.backlog.boxes.box),
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
