"""The command `init`: ask what only a person knows, write the configuration, and make the first report."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sync.cli.formats import Form
from sync.cli.terminal import TOKEN, Terminal
from sync.errors import UsageError
from sync.init.wanted import Wanted, refuse_existing
from sync.sanitize import clip

if TYPE_CHECKING:
    from sync.init.discover import Findings, TeamFound
    from sync.init.place import Placed

ELSEWHERE = {"gitlab", "github", "redmine"}
"""The kinds whose sites are read in a way of their own."""
CLOUD = ".atlassian.net"
"""The end of the usual hosts of Jira Cloud."""


def init(terminal: Terminal, wanted: Wanted, out: Path, *, yes: bool, first_report: bool) -> None:
    """Write a configuration for a site, make the first report, and print both. Raises `UsageError`.

    On a terminal it asks for what is missing, unless `yes`; Enter takes what is proposed.
    """
    refuse_existing(out)
    asks = is_asked(terminal) and not yes
    wanted = _complete(wanted, terminal.secrets) if asks else wanted
    if not wanted.url:
        raise UsageError("name the site: add --url with its address, as in a browser")
    is_elsewhere = wanted.kind in ELSEWHERE
    placed = _elsewhere(terminal, wanted, out) if is_elsewhere else _of_jira(terminal, wanted, out, asks=asks)
    from sync.init import output
    from sync.reports.json_models import dump

    if first_report:
        placed = _with_report(replace(terminal, config=out), placed)
    terminal.answer(
        text=lambda: output.as_text(placed),
        json=lambda: dump(output.as_document(placed)),
        markdown=lambda: output.as_markdown(placed),
    )


def _of_jira(terminal: Terminal, wanted: Wanted, out: Path, *, asks: bool) -> "Placed":
    with terminal.busy("Reading the site"):
        from sync.init.discover import discover_site
        from sync.init.place import place

        findings = discover_site(wanted, os.environ.get(TOKEN, ""))
    return place(_answered(findings) if asks else findings, out)


def _elsewhere(terminal: Terminal, wanted: Wanted, out: Path) -> "Placed":
    """A tracker is imported only where it is asked for: its library may be in an extra."""
    token = os.environ.get(TOKEN, "")
    with terminal.busy("Reading the site"):
        from sync.init.place import place_elsewhere

        if wanted.kind == "github":
            from sync.init.github_site import discover_github

            return place_elsewhere(discover_github(wanted, token), out)
        if wanted.kind == "redmine":
            from sync.init.redmine_site import discover_redmine

            return place_elsewhere(discover_redmine(wanted, token), out)
        from sync.init.gitlab_site import discover_gitlab

        return place_elsewhere(discover_gitlab(wanted, token), out)


def is_asked(terminal: Terminal) -> bool:
    """Whether a person is there who can answer."""
    return terminal.form is Form.TEXT and sys.stdin.isatty()


def _complete(wanted: Wanted, secrets: set[str]) -> Wanted:
    """The options with answers for those that are missing. The token stays in this process, as one of its secrets."""
    url = wanted.url or typer.prompt("Address of the site, as in a browser").strip()
    needs_email = not wanted.email and wanted.kind not in ELSEWHERE and _is_cloud(replace(wanted, url=url))
    email = typer.prompt("E-mail address of the token's account").strip() if needs_email else wanted.email
    if not os.environ.get(TOKEN):
        os.environ[TOKEN] = token = typer.prompt(f"Token (not shown or kept; put it into {TOKEN})", hide_input=True)
        secrets.update({token, token.strip()})
    return replace(wanted, url=url, email=email)


def _is_cloud(wanted: Wanted) -> bool:
    """Whether a log-in needs an e-mail address, too: a site of Jira Cloud may have a domain of its own."""
    if wanted.url.rstrip("/").endswith(CLOUD):
        return True
    from sync.init.discover import identify
    from sync.trackers.jira.site_info import KINDS

    return identify(wanted).kind == KINDS[True]


def _answered(findings: "Findings") -> "Findings":
    """The findings with a person's choice of teams and Product Owner."""
    teams = findings.teams
    if len(teams) > 1:
        for number, team in enumerate(teams, start=1):
            typer.echo(f"  {number}  {clip(team.board.name)}")
        teams = _chosen(findings, typer.prompt("Teams of the product, by their numbers", default="all"))
    owner = typer.prompt("Product Owner", default=findings.lead or None).strip()
    return replace(findings, teams=teams, owner=owner)


def _chosen(findings: "Findings", answer: str) -> "tuple[TeamFound, ...]":
    words = answer.replace(",", " ").split()
    if words == ["all"]:
        return findings.teams
    known = {str(number): team for number, team in enumerate(findings.teams, start=1)}
    if not words or any(word not in known for word in words):
        raise UsageError(f'"{answer}" names no teams; write numbers of the list, such as 1,2')
    return tuple(known[word] for word in dict.fromkeys(words))


def _with_report(terminal: Terminal, placed: "Placed") -> "Placed":
    """The same with the first report. Its errors are those of the tracker; the configuration is there by then."""
    from sync.cli.looking import look
    from sync.reports import write
    from sync.reports.overview import first_page

    kinds = {report.path: report.kind for report in terminal.settings().reports}
    report = look(terminal)
    pages = [path for folder, kind in kinds.items() for path in write(report, (kind,), folder)]
    return replace(placed, pages=tuple(pages), state=first_page(report).state)
