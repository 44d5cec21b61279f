"""The plan on the terminal: the proposal of each team, the exact changes, what people decided, the digest."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rules.planning.goals import TeamGoal
from sync.reports import format as wording
from sync.reports import look_ahead, planned_writes, proposed
from sync.reports.base import RunReport
from sync.reports.blocks import (
    BAD,
    QUIET,
    grid_of,
    heading,
    line,
    paragraph,
    with_reason,
)
from sync.reports.proposed import TeamProposal
from sync.reports.redact import shared
from sync.sanitize import clip

WHOLE = 5000  # characters; no line of a comment is longer
FIRST_BELOW = 3  # issues named that are not proposed, of each team


def page(report: RunReport) -> RenderableType:
    """Proposals, changes, decisions and digest."""
    report = shared(report)
    return Group(
        *_proposals(report),
        *_later_sprints(report),
        *_changes(report),
        *_left_as_is(report),
        *_left_alone(report),
        *_answers(report),
        *_wiki(report),
        *_refusal_and_digest(report),
    )


def _wiki(report: RunReport) -> Iterable[RenderableType]:
    """What our part of the page in Confluence will say."""
    if (wiki := report.wiki) is not None:
        yield Text()
        yield heading(f"Page {wiki.page} in Confluence", f"{wiki.url}, {wiki.when}")
        yield Padding(Group(*map(line, wiki.text.splitlines())), (0, 0, 0, 2))


def _proposals(report: RunReport) -> Iterable[RenderableType]:
    for proposal in proposed.proposals(report):
        yield heading(f"{proposal.team}, {proposal.sprint}", _room(proposal))
        if proposal.goal is not None:
            yield Padding(_goal(proposal.goal), (0, 0, 1, 2))
        yield Padding(_proposed(proposal) if proposal.issues else Text("no ready issue fits", QUIET), (0, 0, 1, 2))
        if proposal.below:
            yield Padding(_not_proposed(proposal), (0, 0, 1, 2))


def _later_sprints(report: RunReport) -> Iterable[RenderableType]:
    if lines := look_ahead.lines(report.look_ahead):
        yield heading(look_ahead.title(report.backlog.boxes), "nothing of this is written")
        yield Padding(Group(*map(paragraph, lines)), (0, 0, 1, 2))


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
            with_reason(one.issue.title, one.note),
        )
    return grid


def _not_proposed(proposal: TeamProposal) -> RenderableType:
    grid = grid_of(8, None)
    for left in proposal.below[:FIRST_BELOW]:
        grid.add_row(Text(clip(left.issue.key, 40)), with_reason(left.issue.title, left.why))
    more = len(proposal.below) - FIRST_BELOW
    rest = [Text(f"and {more} more, in the JSON output", QUIET)] if more > 0 else []
    return Group(Text("Not proposed, the highest in rank:", QUIET), grid, *rest)


def _room(proposal: TeamProposal) -> str:
    proposed = f"{wording.many(proposal.points, proposal.unit.one)} proposed"
    if proposal.capacity is None or proposal.capacity.points is None:
        return proposed
    load, points = proposal.capacity.load, proposal.capacity.points
    return f"{proposed} + {wording.figure(load)} planned, of {wording.figure(points.p50)} ({wording.ends(points)})"


def _changes(report: RunReport) -> Iterable[RenderableType]:
    plan = report.plan
    if not plan.changes:
        yield line(f"{wording.idle(report)}.")
        return
    yield heading("Changes", f"{len(plan.changes)} on {len(plan.touched)} of {wording.many(plan.in_scope, 'issue')}")
    grid, texts = grid_of(8, 14, None), planned_writes.written_texts(report)
    for change in plan.changes:
        grid.add_row(
            Text(clip(change.key, 40)),
            Text(wording.verb(change)),
            with_reason(wording.what(change, report.snapshot), wording.reason(change)),
        )
        for row in texts.get(change, "").splitlines()[1:]:  # the headline is in the row above
            grid.add_row("", "", Text(clip(row, WHOLE), QUIET))
    for key, marks in planned_writes.properties(report).items():
        grid.add_row(Text(clip(key, 40)), Text("set property"), line(wording.marks(marks, report.snapshot), QUIET))
    yield Padding(grid, (0, 0, 0, 2))


def _left_as_is(report: RunReport) -> Iterable[RenderableType]:
    if not report.plan.left_as_is:
        return
    yield Text()
    yield heading("Kept as people set it")
    grid = grid_of(8, None)
    for one in report.plan.left_as_is:
        grid.add_row(Text(clip(one.key, 40)), with_reason(one.what, one.why))
    yield Padding(grid, (0, 0, 0, 2))


def _left_alone(report: RunReport) -> Iterable[RenderableType]:
    if groups := planned_writes.left_alone(report):
        yield Text()
        yield heading("Left alone", "nothing is written to these issues")
        rows = (line(f"{wording.keys(keys)}: {why}") for why, keys in groups)
        yield Padding(Group(*rows), (0, 0, 0, 2))


def _answers(report: RunReport) -> Iterable[RenderableType]:
    answers = planned_writes.answers(report)
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
