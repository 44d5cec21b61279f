"""What `readyline epics` shows and writes."""

from collections.abc import Sequence
from pathlib import Path

from sync.cli.keys import key_of
from sync.cli.looking import planned, warn_if_empty
from sync.cli.pages import Forms, show_page
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.reports.epics import as_html, as_markdown
from sync.reports.epics import as_json as page_as_json
from sync.reports.epics import as_text as page_as_text
from sync.reports.epics.page import EpicsPage, epics_page
from sync.reports.json_models import dump


def show(terminal: Terminal, keys: Sequence[str], out: Path | None) -> None:
    """Print the page of epics, or write it to a folder. Raises `UsageError` for a key of no open epic."""
    with terminal.look() as context:
        report = warn_if_empty(planned(context), context, terminal)
        wanted = tuple(key_of(key, report.snapshot) for key in keys)
        page = epics_page(report, context.increment, wanted)
    terminal.warn_if_old(report)
    known = {epic.issue.key for epic in page.whole.epics}
    if missing := [key for key in wanted if key not in known]:
        raise UsageError(f"{', '.join(missing)}: not an open epic of the backlog of {page.product.name}")
    show_page(terminal, forms_of(page), out)


def forms_of(page: EpicsPage) -> Forms:
    """The page in each format."""
    return Forms(
        stem="epics",
        html=lambda: as_html.render(page),
        markdown=lambda: as_markdown.render(page),
        json=lambda: dump(page_as_json.document(page)),
        text=lambda: page_as_text.render(page),
    )
