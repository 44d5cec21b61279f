"""What `readyline planning` shows and writes."""

from dataclasses import replace
from pathlib import Path

from sync.cli.pages import Forms, show_page
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.reports.address import slugs
from sync.reports.base import RunReport
from sync.reports.json_models import dump
from sync.reports.planning import as_html as page_as_html
from sync.reports.planning import as_json as page_as_json
from sync.reports.planning import as_markdown as page_as_markdown
from sync.reports.planning import as_text as page_as_text
from sync.reports.planning import running_as_json, team_as_json
from sync.reports.planning.part_one import PartOnePage, part_one_page
from sync.reports.planning.running import sprint_page
from sync.reports.planning.team import TeamPage, team_page


def show_team(terminal: Terminal, report: RunReport, team: str, out: Path | None) -> None:
    """Print the page of one team, or write it as `show_part_one` does. Raises `UsageError` for a team left out."""
    page = team_page(report, team)
    if page is None:
        raise UsageError(" ".join(report.snapshot.left_out))
    show_page(terminal, team_forms(page, _slug(report, team)), out)


def show_part_one(terminal: Terminal, report: RunReport, out: Path | None) -> None:
    """Print the page of part one, or write it and the pages of all teams to a folder and print the paths."""
    of_teams: dict[str, str] = {}
    if out is not None:
        for team in report.snapshot.product.teams:
            if (of_team := team_page(report, team.name)) is not None:
                of_teams |= team_forms(of_team, _slug(report, team.name)).files()
    show_page(terminal, replace(part_one_forms(part_one_page(report)), more=of_teams), out)


def show_sprint(terminal: Terminal, report: RunReport, team: str | None) -> None:
    """Print the running sprints, with `team` that of one team only."""
    page = sprint_page(report, team or "")
    terminal.answer(
        text=lambda: page_as_text.running(page),
        json=lambda: dump(running_as_json.running(page)),
        markdown=lambda: page_as_markdown.running(page),
    )


def _slug(report: RunReport, team: str) -> str:
    """The name of a team in the names of its files, which no other team has."""
    return slugs(one.name for one in report.snapshot.product.teams)[team]


def team_forms(page: TeamPage, slug: str) -> Forms:
    """The page of a team in each format."""
    return Forms(
        stem=f"planning-{slug}",
        html=lambda: page_as_html.team(page),
        markdown=lambda: page_as_markdown.team(page),
        json=lambda: dump(team_as_json.team(page)),
        text=lambda: page_as_text.team(page),
    )


def part_one_forms(page: PartOnePage) -> Forms:
    """The page of part one in each format."""
    return Forms(
        stem="planning",
        html=lambda: page_as_html.part_one(page),
        markdown=lambda: page_as_markdown.part_one(page),
        json=lambda: dump(page_as_json.part_one(page)),
        text=lambda: page_as_text.part_one(page),
    )
