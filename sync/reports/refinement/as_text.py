"""The agenda of refinement on the terminal."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rules.capacity.time_boxes import of_product
from rules.refinement.shared import NAMES, SharedIssue
from sync.reports import format as wording
from sync.reports.blocks import BAD, QUIET, foot, grid_of, heading, line
from sync.reports.refinement.page import RefinementPage, owners, remark, results, sprint_line, topic_line
from sync.sanitize import clip

LEFT_OUT = 5
"""Issues without room that are shown."""


def render(page: RefinementPage) -> RenderableType:
    """The page, the goals first."""
    return Group(*_lines(page), *foot(page.coverage.sentences))


def _lines(page: RefinementPage) -> Iterator[RenderableType]:
    yield line(f"Product Goal: {page.product.goal or 'none'}", "bold")
    yield from (line(f"Sprint Goal of {team}: {text}") for team, text in page.goals)
    yield heading(page.title, page.answer)
    yield line(basis(page), QUIET)
    yield from (line(sentence, BAD) for sentence in page.left_out)
    if page.agenda.lines:
        yield Padding(_table(page), (1, 0, 0, 2))
    for title, rows in lists(page):
        yield from _list(title, rows)


def basis(page: RefinementPage) -> str:
    """When the session is, and what the agenda rests on."""
    session = f"{page.session[:1].upper()}{page.session[1:]}. " if page.session else ""
    return f"{session}{page.basis} Issues of the outlook by layer: {page.outlook}."


def _table(page: RefinementPage) -> Table:
    grid = grid_of(8, 4, 6, None)
    grid.add_row(*(Text(name, QUIET) for name in ("Issue", "Min", page.unit.capitalize(), "Title, wanted result")))
    for one in page.agenda.lines:
        issue = one.routed.issue
        title = line(issue.title).append(f"  {clip(_begun(results(one)))}. Asks: {clip(owners(one))}.")
        grid.add_row(
            Text(clip(issue.key, 40)),
            Text(f"{one.minutes:>4}"),
            Text(f"{wording.figure(one.candidate.size):>6}"),
            title.append(f" {clip(_begun(remark(one)))}." if remark(one) else "", QUIET),
        )
    return grid


def _begun(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def _list(title: str, rows: Iterable[str]) -> Iterator[RenderableType]:
    texts = [line(row) for row in rows]
    if texts:
        yield Text()
        yield Text(title, "bold")
        yield Padding(Group(*texts), (0, 0, 0, 2))


DISAGREE = "Stakeholders disagree"
ADVICE = "Tasks, before part two of Sprint Planning"


EXPERTS = "Who knows about it"
TECHNIQUES = "Techniques that help"


def lists(page: RefinementPage) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists after the agenda: each title with its lines."""
    yield "To discuss", tuple(map(topic_line, page.agenda.topics))
    yield "Asked for", tuple(filter(None, (page.asked,)))
    yield EXPERTS, tuple(one.text for one in page.experts)
    yield "Wait for a decision of all teams", page.waiting
    yield DISAGREE, page.disagreements
    yield "No room in this session", tuple(no_room(page))
    yield "Last session", page.last
    yield page.near_title, page.near
    yield "Shared by several teams", tuple(shared_line(one) for one in page.shared)
    yield "Checks", tuple(one.text for one in page.checks)
    box = of_product(page.product).box
    yield f"Who saw the next {box}s", page.seen
    yield ADVICE, page.advice
    yield TECHNIQUES, tuple(one.text for one in page.techniques)
    for team, sprints in page.ahead.items():
        yield f"Next {box}s of {team}", tuple(sprint_line(one, page.unit) for one in sprints)


def no_room(page: RefinementPage) -> Iterator[str]:
    """What is left out of the agenda, the first ones only; topics first."""
    yield from map(topic_line, page.agenda.topics_left)
    for one in page.agenda.left_out[:LEFT_OUT]:
        yield f"{one.routed.issue.key} ({wording.many(one.minutes, 'minute')}): {results(one)}"
    if (more := len(page.agenda.left_out) - LEFT_OUT) > 0:
        yield f"and {more} more, in the JSON output"


def shared_line(one: SharedIssue) -> str:
    """What is known of a shared issue, and what is missing."""
    known = [f"{NAMES[part]}: {text}" for part, text in one.parts.items() if text]
    missing = [NAMES[part] for part in one.missing]
    teams = [f"{team}: {', '.join(parts) or 'no part yet'}" for team, parts in one.by_team.items()]
    note = f"decision: {one.note}" if one.note else "no decision note"
    lacks = [f"missing: {', '.join(missing)}"] if missing else []
    return f"{one.issue.key} {one.issue.title}: {'; '.join((*teams, note, *known, *lacks))}"
