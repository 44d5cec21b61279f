"""What `readyline init` says: what was found, where the file is, and what to do next."""

from shlex import quote

from pydantic import Field
from rich.console import Group, RenderableType
from rich.text import Text

from sync.init import Placed
from sync.reports.json_models import Part
from sync.reports.json_models import Text as Sound
from sync.reports.sanitize import visible


class InitDocument(Part):
    """What `init --format json` prints."""

    schema_: str = Field(default="readyline/init/1", alias="schema")
    path: Sound
    kind: Sound
    projects: tuple[Sound, ...]
    boards: tuple[int, ...]


def as_document(placed: Placed) -> InitDocument:
    """The file, and what it was written from."""
    found = placed.found
    return InitDocument(
        path=str(placed.path),
        kind=found.server.kind,
        projects=tuple(project.key for project in found.projects),
        boards=tuple(team.board.id for team in found.teams),
    )


def as_text(placed: Placed) -> RenderableType:
    """Two sentences, and the commands that come next."""
    found, path, shown = placed.found, placed.path, quote(visible(str(placed.path)))
    boards = ", ".join(f'"{team.board.name}"' for team in found.teams)
    noun = "team" if len(found.teams) == 1 else "teams"
    return Group(
        Text(visible(f"{found.server.title} is {found.server.product}; {len(found.teams)} {noun}, from {boards}.")),
        Text(visible(f"Wrote {path}. Look through the lines marked CHECK, then:")),
        Text(f"  readyline doctor -c {shown}    what is missing, and who can grant it"),
        Text(f"  readyline check -c {shown}     the first report; nothing is written to the tracker"),
    )
