"""What `readyline epics` shows and writes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sync.cli.looking import planned, warn_if_empty
from sync.cli.pages import write_pages
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.reports import as_text
from sync.reports.epics import as_html, as_markdown
from sync.reports.epics import as_json as page_as_json
from sync.reports.epics import as_text as page_as_text
from sync.reports.epics.page import EpicsPage, epics_page
from sync.reports.json_models import dump


def show(terminal: Terminal, keys: Sequence[str], out: Path | None) -> None:
    """Print the page of epics, or write it to a folder. Raises `UsageError` for a key of no open epic."""
    wanted = tuple(key.upper() for key in keys)
    with terminal.look() as context:
        report = warn_if_empty(planned(context), context, terminal)
        page = epics_page(report, context.increment, wanted)
    terminal.warn_if_old(report)
    known = {epic.issue.key for epic in page.whole.epics}
    if missing := [key for key in wanted if key not in known]:
        raise UsageError(f"{', '.join(missing)}: not an open epic of the backlog of {page.product.name}")
    if out is not None:
        write_pages(terminal, texts(page), out)
        return
    terminal.answer(
        text=lambda: page_as_text.render(page),
        json=lambda: dump(page_as_json.document(page)),
        markdown=lambda: as_markdown.render(page),
    )


def texts(page: EpicsPage) -> Mapping[str, str]:
    """The page in every format, by file name."""
    return {
        "epics.html": as_html.render(page),
        "epics.md": as_markdown.render(page),
        "epics.json": dump(page_as_json.document(page)),
        "epics.txt": as_text.plain(page_as_text.render(page)),
    }
