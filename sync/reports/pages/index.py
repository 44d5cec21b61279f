"""The overview: every page with the question it answers, and today's answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from sync.reports import address, as_html, overview, proposed
from sync.reports.base import RunReport
from sync.reports.format import many
from sync.reports.pages import admin, team


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its name and file, the question it answers, and the answer of this run."""

    name: str
    file: str
    question: str
    answer: str


def render(report: RunReport, navigation: tuple[address.Link, ...], planning: str = "") -> str:
    """The page; `planning` is the file of the planning page, "" where none is written."""
    values = {"entries": tuple(entries(report, planning))}
    return as_html.page("index.html.j2", as_html.SHEETS, as_html.frame(report, navigation) | values)


def entries(report: RunReport, planning: str) -> Iterator[Entry]:
    """The pages in the order of the navigation."""
    first = overview.first_page(report)
    yield Entry("Product Owner", address.FIRST, "Is there enough ready work, and what to do first?", _answer(first))
    teams, boxes = report.snapshot.product.teams, report.backlog.boxes
    for name, file in address.team_files(one.name for one in teams).items():
        yield Entry(
            name,
            file,
            f"Does the {boxes.box} fit the people who are here?",
            f"{team.state(team.capacity_of(report, name))}.",
        )
    if planning:
        yield Entry("Planning part one", planning, f"Who takes what in the {boxes.ahead()}?", _proposed(report))
    yield Entry("Admin", address.ADMIN, "What was written and why, and what was not?", f"{admin.state(report)}.")


def _proposed(report: RunReport) -> str:
    """How many issues the teams' next sprints hold, and how many more are proposed."""
    proposals = proposed.proposals(report)
    planned, more = sum(len(one.already) for one in proposals), sum(len(one.issues) for one in proposals)
    return f"{many(planned, 'issue')} already planned, {more} more proposed."


def _answer(first: overview.FirstPage) -> str:
    return f"{first.state}. {first.lasts}"
