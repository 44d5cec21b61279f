"""What `readyline planning` shows and writes."""

from pathlib import Path

from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.reports import as_json, as_text, make_room, write_texts
from sync.reports.base import RunReport
from sync.reports.planning import as_html as page_as_html
from sync.reports.planning import as_json as page_as_json
from sync.reports.planning import as_markdown as page_as_markdown
from sync.reports.planning import as_text as page_as_text
from sync.reports.planning.part_one import PartOnePage, part_one_page
from sync.reports.planning.team import team_page


def show_team(terminal: Terminal, report: RunReport, team: str) -> None:
    """Print the page of one team. Raises `UsageError` for a team that is left out."""
    page = team_page(report, team)
    if page is None:
        raise UsageError(" ".join(report.snapshot.left_out))
    terminal.answer(
        text=lambda: page_as_text.team(page),
        json=lambda: as_json.dump(page_as_json.team(page)),
        markdown=lambda: page_as_markdown.team(page),
    )


def show_part_one(terminal: Terminal, report: RunReport, out: Path | None) -> None:
    """Print the page of part one, or write it to a folder in every format and print the paths."""
    page = part_one_page(report)
    if out is not None:
        make_room(out)
        files = [str(path) for path in write_texts(texts(page), out)]
        terminal.print_result("\n".join(files), "files", files=files)
        return
    terminal.answer(
        text=lambda: page_as_text.part_one(page),
        json=lambda: as_json.dump(page_as_json.part_one(page)),
        markdown=lambda: page_as_markdown.part_one(page),
    )


def texts(page: PartOnePage) -> dict[str, str]:
    """The page in every format, by file name."""
    return {
        "planning.html": page_as_html.part_one(page),
        "planning.md": page_as_markdown.part_one(page),
        "planning.json": as_json.dump(page_as_json.part_one(page)),
        "planning.txt": as_text.plain(page_as_text.part_one(page)),
    }
