"""The output of `readyline init`: what was found, where the file is, and what to do next."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote
from typing import Literal

from pydantic import Field
from rich.console import Group, RenderableType
from rich.text import Text

from rules.wording import many
from sync.init.discover import Findings
from sync.init.place import Placed
from sync.init.template import ABSENCES_FILE, TEMPLATE_FILE
from sync.reports.json_models import Part
from sync.reports.json_models import Text as Sound
from sync.reports.markdown import sentences
from sync.sanitize import visible

NEXT = {
    "doctor": "check connection, permissions, fields and boards",
    "check --near": "print what is missing in the issues of the next sprints",
    "plan": "print the exact changes a run would write",
}
"""The next commands, and what each does."""
AFTER = "Next, and nothing is written to the tracker:"
USUAL = "config.toml"
"""The file that commands read where none is named."""


class InitDocument(Part):
    """The output of `init --format json`."""

    schema_: Literal["readyline/init/1"] = Field(default="readyline/init/1", alias="schema")
    path: Sound
    kind: Sound
    projects: tuple[Sound, ...]
    boards: tuple[int, ...]
    template: Sound = ""
    """The file with the lines that many issues share; "" for none."""
    absences: Sound = ""
    """The list of absences to fill in; "" where a file of this name was already there."""
    people: int = 0
    """How many people are proposed for the teams."""
    state: Sound = ""
    """The answer of the first report; "" where none was made."""
    pages: tuple[Sound, ...] = ()
    """The files of the first report, the one to open first."""


def as_document(placed: Placed) -> InitDocument:
    """The file, and what was found."""
    findings = placed.findings
    if not isinstance(findings, Findings):
        return InitDocument(
            path=str(placed.path),
            kind=findings.settings.kind,
            projects=(findings.place,),
            boards=tuple(dict.fromkeys(team.board for team in findings.teams)),
            absences=_file(placed, ABSENCES_FILE),
            state=placed.state,
            pages=tuple(map(str, placed.pages)),
        )
    return InitDocument(
        path=str(placed.path),
        kind=findings.server.kind,
        projects=tuple(project.key for project in findings.projects),
        boards=tuple(team.board.id for team in findings.teams),
        template=_file(placed, TEMPLATE_FILE),
        absences=_file(placed, ABSENCES_FILE),
        people=sum(len(team.people) for team in findings.teams),
        state=placed.state,
        pages=tuple(map(str, placed.pages)),
    )


def _file(placed: Placed, name: str) -> str:
    return next((str(path) for path in placed.files if path.name == name), "")


def as_text(placed: Placed) -> RenderableType:
    """What was found, what was written, and the next three commands."""
    lines = (Text(visible(line)) for line in (*_found_at(placed), *_written(placed)))
    return Group(*lines, Text(AFTER), *(Text(f"  {command}") for command in _next(placed)))


def as_markdown(placed: Placed) -> str:
    """The same as Markdown."""
    site = sentences((*_found_at(placed), *_written(placed)))
    return "\n".join((site, "", AFTER, "", "```", *_next(placed), "```", ""))


def _found_at(placed: Placed) -> Iterable[str]:
    findings = placed.findings
    return _found(findings) if isinstance(findings, Findings) else (findings.sentence,)


def _found(findings: Findings) -> Iterator[str]:
    teams, site = findings.teams, findings.server
    boards = ", ".join(f'"{team.board.name}"' for team in teams)
    yield f"{site.title} is {site.product}; {many(len(teams), 'team')}, from {boards}."
    people = sum(len(team.people) for team in teams)
    if people:
        yield f"{many(people, 'person', 'people')} proposed, from the issues of the latest sprints."
    if findings.types:
        yield f"{many(len(findings.types), 'unknown type')} of issue: {', '.join(findings.types)}."
    if findings.links:
        yield f"{many(len(findings.links), 'unknown type')} of link: {', '.join(findings.links)}."


def _written(placed: Placed) -> Iterator[str]:
    if absences := _file(placed, ABSENCES_FILE):
        yield f"Wrote {absences}: enter who is away."
    if template := _file(placed, TEMPLATE_FILE):
        yield f"Wrote {template}: lines that many issues share. It may be your template; see [reading]."
    yield f"Wrote {placed.path}. Review the lines marked CHECK."
    if placed.pages:
        yield f"First report: {placed.state}. Open {placed.pages[0]}"


def _next(placed: Placed) -> Iterator[str]:
    named = "" if placed.path == Path(USUAL) else f" -c {quote(visible(str(placed.path)))}"
    width = max(map(len, NEXT))
    for command, what in NEXT.items():
        yield f"readyline {command:{width}}{named}    {what}"
