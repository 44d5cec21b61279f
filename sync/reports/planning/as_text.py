"""The pages of Sprint Planning on the terminal."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rules.capacity.time_boxes import of_product
from rules.model import Issue
from rules.planning.between_teams import Dependency, SeveralTeams
from rules.planning.part_one import Decision
from rules.planning.part_two import Planned
from rules.planning.passed_over import PassedOver
from rules.planning.questions import Question, waiting
from rules.planning.running import RunningSprint
from rules.planning.side_work import SideWork
from rules.planning.tasks import IssueTasks
from rules.planning.team_part import Selected, TeamPart
from sync.reports import format as wording
from sync.reports import look_ahead
from sync.reports.blocks import BAD, QUIET, foot, grid_of, heading, line, paragraph
from sync.reports.planning.part_one import SHOWN, PartOnePage, below, people
from sync.reports.planning.running import NO_GOAL, NO_SPRINT, SprintPage, answer, until
from sync.reports.planning.running import lists as running_lists
from sync.reports.planning.team import TeamPage
from sync.sanitize import clip

DATES = 5
"""Due dates outside any sprint that are shown."""
PASSED_OVER = 5
"""Ready issues ranked above what is taken that are shown."""


def team(page: TeamPage) -> RenderableType:
    """The page of one team, the goal first."""
    return Group(*_team(page), *foot(page.coverage.sentences))


def _team(page: TeamPage) -> Iterator[RenderableType]:
    yield line(f"Sprint Goal: {page.goal_text}", "bold")
    yield heading(f"{page.team}, {page.sprint}", page.answer)
    yield Padding(_rows(page) if page.rows else Text("no issue is planned", QUIET), (1, 0, 1, 2))
    for title, lines in team_lists(page):
        yield from _list(title, lines)
    if page.note:
        yield from (Text(), line(page.note, QUIET))


def team_lists(page: TeamPage) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists after the sprint of a team: each title with its lines."""
    yield "To do in this meeting", page.to_do
    yield "Tasks", tuple(f"{row.selected.issue.key}: {tasks_line(row.tasks)}" for row in page.rows if row.tasks.count)
    yield "Approach", tuple(f"{row.selected.issue.key}: {row.approach}" for row in page.rows if row.approach)
    yield "Open questions", tuple(questions(page.two.questions))
    yield "Between teams", page.dependencies
    yield "Estimates changed since part one", page.changes
    yield "Who is here", page.absences
    yield look_ahead.title(of_product(page.product)), tuple(map(look_ahead.sprint_line, page.sprints_after))


def tasks_line(tasks: IssueTasks) -> str:
    """The tasks of an issue with their hours, and what is known of those that were not read."""
    known = [f"{one.issue.title} ({_hours(one.hours)})" for one in tasks.tasks]
    unread = [f"{', '.join(tasks.unread)} ({_hours(tasks.unread_hours)})"] if tasks.unread else []
    return ", ".join((*known, *unread))


def _hours(hours: float | None) -> str:
    return "no hours" if hours is None else f"{wording.figure(hours)} h"


def part_one(page: PartOnePage) -> RenderableType:
    """The page of part one, the goal first."""
    return Group(*_part_one(page), *foot(page.coverage.sentences))


def _part_one(page: PartOnePage) -> Iterator[RenderableType]:
    yield line(f"Sprint Goal: {page.goal_text}", "bold")
    yield line(f"{page.product.name}, part one of Sprint Planning: {page.sprint}")
    yield line(f"{page.verb}: {page.answer}. {page.share}")
    yield from (line(sentence, BAD) for sentence in page.left_out)
    yield from _list(f"Changed since {_since(page)}", page.changes)
    for part in page.whole.teams:
        yield Text()
        yield heading(part.name, room(part))
        yield Padding(_team_part(part), (0, 0, 0, 2))
    for title, rows in lists(page):
        yield from _list(title, rows)


def _since(page: PartOnePage) -> str:
    return wording.day(page.since.at) if page.since.at else "the last planning"


def _list(title: str, rows: Iterable[str]) -> Iterator[RenderableType]:
    lines = [paragraph(row) for row in rows]
    if lines:
        yield Text()
        yield Text(title, "bold")
        yield Padding(Group(*lines), (0, 0, 0, 2))


def room(part: TeamPart) -> str:
    """What a team takes of its points, how much of it serves the goal, who represents it."""
    limit = f" of {wording.figure(part.limit)}" if part.limit is not None else ""
    carried = f", {wording.figure(part.capacity.carry_over)} kept for carry-over" if part.capacity.carry_over else ""
    serving = f"{wording.figure(part.for_goal)} for the goal"
    taken = f"{wording.figure(part.points)}{limit} {part.capacity.unit}"
    return f"{taken}, {serving}{carried}; representatives: {people(part)}"


def _team_part(part: TeamPart) -> RenderableType:
    grid = grid_of(8, 4, 6, 5, None)
    grid.add_row(*(Text(name, QUIET) for name in ("Issue", "Rank", part.capacity.unit.capitalize(), "Left", "Title")))
    for one in part.selected:
        grid.add_row(
            Text(clip(one.issue.key, 40)),
            Text(f"{one.rank:>4}"),
            Text(f"{wording.figure(one.points, '–'):>6}"),
            Text(f"{wording.figure(one.left, '–'):>5}"),
            line(one.issue.title).append(f"  {clip(reason(one))}", QUIET),
        )
    under = grid_of(8, 4, None)
    for lower in part.below[:SHOWN]:
        title = line(lower.issue.title).append(f"  {clip(below(lower))}", QUIET)
        under.add_row(Text(clip(lower.issue.key, 40)), Text(f"{lower.rank:>4}"), title)
    more = len(part.below) - SHOWN
    rest = [Text(f"and {more} more, in the JSON output", QUIET)] if more > 0 else []
    taken = grid if part.selected else Text("no issue", QUIET)
    return Group(taken, *([Text("Cut line", QUIET), under, *rest] if part.below else ()))


def reason(one: Selected) -> str:
    """Why an issue is selected, and how it serves the goal."""
    return ", ".join(filter(None, ("key issue" if one.is_key else "", one.serves, one.why)))


def lists(page: PartOnePage) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists after the teams: each title with its lines, in the order of the meeting."""
    whole = page.whole
    yield "Ready, ranked higher, and not taken", tuple(_passed_over(whole.passed_over))
    yield "Several teams", tuple(map(_several, whole.several))
    if whole.undistributed:
        keys = ", ".join(one.issue.key for one in whole.undistributed)
        points = wording.many(whole.undistributed_points, whole.unit.one)
        yield "Not distributed", (f"{keys} ({points}): ready, but without a team.",)
    yield "Open questions", tuple(questions(whole.questions, with_team=True))
    yield "Dependencies between teams", tuple(map(_dependency, whole.dependencies))
    yield "Side work: in a running sprint, not in the backlog", tuple(map(_side_work, whole.side_work))
    yield "Due dates outside any sprint", tuple(dates(whole.dated))
    yield "Aligned, committed, realistic, understood", tuple(one.text for one in page.checks)
    yield "Decisions", tuple(map(_decision, whole.decisions))
    yield look_ahead.title(of_product(page.product)), look_ahead.lines(page.ahead)
    yield "How it goes on", (page.flow,)


def questions(some: Sequence[Question], *, with_team: bool = False) -> Iterator[str]:
    """How many open questions wait for each person or team, then each, with its team where that is not clear."""
    if counts := waiting(some):
        yield counts
    for one in some:
        team = f" ({one.team})" if with_team else ""
        yield f"{one.issue}{team}: {one.text} ({one.state})"


def _passed_over(some: Sequence[PassedOver]) -> Iterator[str]:
    for one in some[:PASSED_OVER]:
        yield f"{one.issue.key} ({one.team}, rank {one.rank}), above {', '.join(one.lower)}: {one.why}"
    if len(some) > PASSED_OVER:
        yield f"and {len(some) - PASSED_OVER} more, in the JSON output"


def _several(one: SeveralTeams) -> str:
    parts = "".join(f", {team}: {key}" for team, key in one.parts)
    return (
        f"{one.issue.key} {one.issue.title}: {', '.join(one.teams) or 'no team'}{parts}; leads: {one.leads or 'open'}"
    )


def _dependency(one: Dependency) -> str:
    provider = one.blocker_team or "team unknown"
    return f"{one.needs.key} ({one.needs_team}) needs {one.blocker} ({provider}): {one.state}"


def _side_work(one: SideWork) -> str:
    return f"{one.issue.key} {one.issue.title} ({one.team}, {one.sprint})"


def dates(issues: Sequence[Issue]) -> Iterator[str]:
    """The due date of each issue, the first ones only."""
    yield from (f"{one.key}: {wording.day(one.due)}" for one in issues[:DATES] if one.due is not None)
    if len(issues) > DATES:
        yield f"and {len(issues) - DATES} more, in the JSON output"


def _decision(one: Decision) -> str:
    answers = " / ".join(filter(None, one.answers))
    return f"{one.text} [{answers}]" if answers else one.text


def _rows(page: TeamPage) -> Table:
    grid = grid_of(8, 4, 6, 5, 5, None)
    grid.add_row(
        *(Text(name, QUIET) for name in ("Issue", "Rank", page.capacity.unit.capitalize(), "Tasks", "Hours", "Title"))
    )
    for row in page.rows:
        one, note = row.selected, remark(row)
        title = line(one.issue.title)
        grid.add_row(
            Text(clip(one.issue.key, 40)),
            Text(f"{one.rank:>4}"),
            Text(f"{wording.figure(one.points, '–'):>6}"),
            Text(f"{row.tasks.count:>5}"),
            Text(f"{wording.figure(row.tasks.known_hours, '–'):>5}"),
            title.append(f"  {clip(note)}", QUIET) if note else title,
        )
    return grid


def remark(row: Planned) -> str:
    """What is special about a planned issue: the key issue, how it serves the goal, only proposed."""
    one = row.selected
    parts = ("key issue" if one.is_key else "", one.serves, "proposed" if one.proposed else "")
    return ", ".join(filter(None, parts))


def running(page: SprintPage) -> RenderableType:
    """The running sprint of each team, the goal first."""
    return Group(*_running(page), *foot(page.coverage.sentences))


def _running(page: SprintPage) -> Iterator[RenderableType]:
    if not page.sprints:
        yield line(NO_SPRINT, QUIET)
    for one in page.sprints:
        yield line(f"Sprint Goal: {one.goal or NO_GOAL}", "bold")
        yield heading(f"{one.team}, {until(one)}", answer(one, page))
        yield Padding(_open_issues(one), (1, 0, 0, 2))
        for title, lines in running_lists(one, page):
            yield from _list(title, lines)
        yield Text()


def _open_issues(one: RunningSprint) -> Table:
    grid = grid_of(8, 6, None)
    grid.add_row(*(Text(name, QUIET) for name in ("Issue", "Open", "Title")))
    for entry in one.open:
        note = ", ".join(filter(None, ("key issue" if entry.is_key else "", entry.serves)))
        title = line(entry.issue.title)
        size = Text(f"{wording.figure(entry.points):>6}")
        grid.add_row(Text(clip(entry.issue.key, 40)), size, title.append(f"  {clip(note)}", QUIET) if note else title)
    return grid
