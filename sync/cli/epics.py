"""What `readyline epics` shows and writes. The page's own modules are loaded when a person sees that it reads."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sync.cli.keys import key_of
from sync.cli.looking import planned, warn_if_empty
from sync.cli.pages import Forms, show_page
from sync.cli.terminal import Terminal
from sync.errors import UsageError

if TYPE_CHECKING:
    from sync.reports.epics.page import EpicsPage


def show(terminal: Terminal, keys: Sequence[str], out: Path | None) -> None:
    """Print the page of epics, or write it to a folder. Raises `UsageError` for a key of no open epic."""
    with terminal.look() as context:
        report = warn_if_empty(planned(context), context, terminal)
        from sync.reports.epics.page import epics_page

        wanted = tuple(key_of(key, report.snapshot) for key in keys)
        page = epics_page(report, context.increment, wanted)
    terminal.warn_if_old(report)
    known = {epic.issue.key for epic in page.whole.epics}
    if missing := [key for key in wanted if key not in known]:
        raise UsageError(f"{', '.join(missing)}: not an open epic of the backlog of {page.product.name}")
    show_page(terminal, forms_of(page), out)


def forms_of(page: "EpicsPage") -> Forms:
    """The page in each format."""
    from sync.reports.epics import as_html, as_json, as_markdown, as_text
    from sync.reports.json_models import dump

    return Forms(
        stem="epics",
        html=lambda: as_html.render(page),
        markdown=lambda: as_markdown.render(page),
        json=lambda: dump(as_json.document(page)),
        text=lambda: as_text.render(page),
    )
