"""The output of `readyline init`: what was found, where the file is, and what to do next."""

from shlex import quote

from pydantic import Field
from rich.console import Group, RenderableType
from rich.text import Text

from sync.init import Placed
from sync.reports.json_models import Part
from sync.reports.json_models import Text as Sound
from sync.sanitize import visible


class InitDocument(Part):
    """The output of `init --format json`."""

    schema_: str = Field(default="readyline/init/1", alias="schema")
    path: Sound
    kind: Sound
    projects: tuple[Sound, ...]
    boards: tuple[int, ...]
    template: Sound = ""
    """The file with the lines that many issues share; "" for none."""
    absences: Sound = ""
    """The empty list for absences; "" where one was already there."""


def as_document(placed: Placed) -> InitDocument:
    """The file, and what was found."""
    findings = placed.findings
    return InitDocument(
        path=str(placed.path),
        kind=findings.server.kind,
        projects=tuple(project.key for project in findings.projects),
        boards=tuple(team.board.id for team in findings.teams),
        template=str(placed.template or ""),
        absences=str(placed.absences or ""),
    )


def as_text(placed: Placed) -> RenderableType:
    """Two sentences, and the next commands."""
    findings, path, shown = placed.findings, placed.path, quote(visible(str(placed.path)))
    site = findings.server
    boards = ", ".join(f'"{team.board.name}"' for team in findings.teams)
    noun = "team" if len(findings.teams) == 1 else "teams"
    shared = f"Wrote {placed.template}: lines that many issues share. It may be your template; see [reading]."
    return Group(
        Text(visible(f"{site.title} is {site.product}; {len(findings.teams)} {noun}, from {boards}.")),
        *([Text(visible(shared))] if placed.template else []),
        *([Text(visible(f"Wrote {placed.absences}: enter who is away."))] if placed.absences else []),
        Text(visible(f"Wrote {path}. Review the lines marked CHECK, then run:")),
        Text(f"  readyline doctor -c {shown}    check connection, permissions, fields and boards"),
        Text(f"  readyline check -c {shown}     print the first report; nothing is written to the tracker"),
    )
