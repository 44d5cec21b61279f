"""What `readyline planning` shows and writes."""

from dataclasses import replace
from pathlib import Path

from sync.cli.pages import write_pages
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.reports import as_text
from sync.reports.address import slugs
from sync.reports.base import RunReport
from sync.reports.json_models import dump
from sync.reports.planning import as_html as page_as_html
from sync.reports.planning import as_json as page_as_json
from sync.reports.planning import as_markdown as page_as_markdown
from sync.reports.planning import as_text as page_as_text
from sync.reports.planning.part_one import PartOnePage, part_one_page
from sync.reports.planning.running import sprint_page
from sync.reports.planning.team import TeamPage, team_page


def show_team(terminal: Terminal, report: RunReport, team: str, out: Path | None) -> None:
    """Print the page of one team, or write it as `show_part_one` does. Raises `UsageError` for a team left out."""
    page = team_page(report, team)
    if page is None:
        raise UsageError(" ".join(report.snapshot.left_out))
    if out is not None:
        write_pages(terminal, team_texts(page, _slug(report, team)), out)
        return
    terminal.answer(
        text=lambda: page_as_text.team(page),
        json=lambda: dump(page_as_json.team(page)),
        markdown=lambda: page_as_markdown.team(page),
    )


def show_part_one(terminal: Terminal, report: RunReport, out: Path | None) -> None:
    """Print the page of part one, or write it and the pages of all teams to a folder and print the paths."""
    page = part_one_page(report)
    if out is not None:
        pages = texts(page)
        for team in report.snapshot.product.teams:
            if (of_team := team_page(report, team.name)) is not None:
                pages |= team_texts(of_team, _slug(report, team.name))
        write_pages(terminal, pages, out)
        return
    terminal.answer(
        text=lambda: page_as_text.part_one(page),
        json=lambda: dump(page_as_json.part_one(page)),
        markdown=lambda: page_as_markdown.part_one(page),
    )


def show_sprint(terminal: Terminal, report: RunReport, team: str | None) -> None:
    """Print the running sprints, with `team` that of one team only."""
    page = sprint_page(report)
    if team is not None:
        page = replace(page, sprints=tuple(one for one in page.sprints if one.team == team))
    terminal.answer(
        text=lambda: page_as_text.running(page),
        json=lambda: dump(page_as_json.running(page)),
        markdown=lambda: page_as_markdown.running(page),
    )


def _slug(report: RunReport, team: str) -> str:
    """The name of a team in the names of its files, which no other team has."""
    return slugs(one.name for one in report.snapshot.product.teams)[team]


def team_texts(page: TeamPage, slug: str) -> dict[str, str]:
    """The page of a team in every format, by file name."""
    stem = f"planning-{slug}"
    return {
        f"{stem}.html": page_as_html.team(page),
        f"{stem}.md": page_as_markdown.team(page),
        f"{stem}.json": dump(page_as_json.team(page)),
        f"{stem}.txt": as_text.plain(page_as_text.team(page)),
    }


def texts(page: PartOnePage) -> dict[str, str]:
    """The page in every format, by file name."""
    return {
        "planning.html": page_as_html.part_one(page),
        "planning.md": page_as_markdown.part_one(page),
        "planning.json": dump(page_as_json.part_one(page)),
        "planning.txt": as_text.plain(page_as_text.part_one(page)),
    }
