"""The pages of Sprint Planning in Markdown; every text of the tracker is escaped."""

from collections.abc import Iterable, Iterator

from rules.planning.team_part import TeamPart
from sync.reports import format as wording
from sync.reports.as_markdown import link
from sync.reports.markdown import escape, foot
from sync.reports.planning.as_text import lists, reason, remark, room, team_lists
from sync.reports.planning.part_one import SHOWN, PartOnePage, below
from sync.reports.planning.running import NO_GOAL, NO_SPRINT, SprintPage, answer, until
from sync.reports.planning.running import lists as running_lists
from sync.reports.planning.team import TeamPage


def team(page: TeamPage) -> str:
    """The page of one team, the goal first."""
    return "\n".join((*_team(page), "", *foot(page.coverage.sentences))) + "\n"


def part_one(page: PartOnePage) -> str:
    """The page of part one, the goal first."""
    return "\n".join((*_part_one(page), "", *foot(page.coverage.sentences))) + "\n"


def _part_one(page: PartOnePage) -> Iterator[str]:
    yield f"# Sprint Goal: {escape(page.goal_text)}"
    yield ""
    yield f"{escape(page.product.name)}, part one of Sprint Planning: {escape(page.sprint)}."
    yield ""
    yield f"{page.verb}: **{escape(page.answer)}**. {page.share}"
    yield from _list("Changed since the last planning", (*page.left_out, *page.changes))
    for part in page.whole.teams:
        yield from ("", f"## {escape(part.name)}", "", f"{escape(room(part))}.", "")
        yield from _team_part(page, part)
    for title, rows in lists(page):
        yield from _list(title, rows)


def _list(title: str, rows: Iterable[str]) -> Iterator[str]:
    lines = [f"- {escape(row)}" for row in rows]
    yield from ("", f"## {title}", "", *lines) if lines else ()


def _team_part(page: PartOnePage, part: TeamPart) -> Iterator[str]:
    yield f"| Rank | Issue | {part.capacity.unit.capitalize()} | Left |"
    yield "|---:|---|---:|---:|"
    for one in part.selected:
        name = f"{link(page.site, one.issue.key)} {escape(one.issue.title)} ({escape(reason(one))})"
        yield f"| {one.rank} | {name} | {wording.figure(one.points, '–')} | {wording.figure(one.left, '–')} |"
    yield from ("", "Below the cut line:", "") if part.below else ()
    for lower in part.below[:SHOWN]:
        yield f"- {link(page.site, lower.issue.key)} {escape(lower.issue.title)}: {escape(below(lower))}"
    if len(part.below) > SHOWN:
        yield f"- and {len(part.below) - SHOWN} more, in the JSON output"


def _team(page: TeamPage) -> Iterator[str]:
    yield f"# Sprint Goal: {escape(page.goal_text)}"
    yield ""
    yield f"**{escape(page.team)}, {escape(page.sprint)}:** {page.answer}."
    yield ""
    if page.rows:
        yield f"| Issue | Rank | {page.capacity.unit.capitalize()} | Tasks | Hours |"
        yield "|---|---:|---:|---:|---:|"
    for row in page.rows:
        one, note = row.selected, remark(row)
        name = f"{link(page.site, one.issue.key)} {escape(one.issue.title)}{f' ({escape(note)})' if note else ''}"
        hours = wording.figure(row.tasks.known_hours, "–")
        yield f"| {name} | {one.rank} | {wording.figure(one.points, '–')} | {row.tasks.count} | {hours} |"
    for title, lines in team_lists(page):
        yield from _list(title, lines)
    if page.note:
        yield from ("", escape(page.note))


def running(page: SprintPage) -> str:
    """The running sprint of each team, the goal first."""
    return "\n".join((*_running(page), "", *foot(page.coverage.sentences))) + "\n"


def _running(page: SprintPage) -> Iterator[str]:
    if not page.sprints:
        yield NO_SPRINT
    for one in page.sprints:
        yield from (f"# Sprint Goal: {escape(one.goal or NO_GOAL)}", "")
        yield from (f"**{escape(one.team)}, {escape(until(one))}:** {escape(answer(one, page))}.", "")
        yield from ("| Issue | Open |", "|---|---:|")
        for entry in one.open:
            yield f"| {link(page.site, entry.issue.key)} {escape(entry.issue.title)} | {wording.figure(entry.points)} |"
        for title, lines in running_lists(one, page):
            yield from _list(title, lines)
        yield ""
