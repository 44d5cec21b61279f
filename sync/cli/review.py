"""What `readyline review` shows and writes."""

from collections.abc import Mapping
from pathlib import Path

from sync.cli.looking import planned, warn_if_empty
from sync.cli.pages import write_pages
from sync.cli.terminal import Terminal
from sync.reports import as_text
from sync.reports.json_models import dump
from sync.reports.review import as_html, as_markdown
from sync.reports.review import as_json as page_as_json
from sync.reports.review import as_text as page_as_text
from sync.reports.review.page import ReviewPage, review_page


def show(terminal: Terminal, out: Path | None) -> None:
    """Print the page of the Sprint Review, or write it to a folder in every format and print the paths."""
    with terminal.look() as context:
        report = warn_if_empty(planned(context), context, terminal)
        page = review_page(report, context.store.sprint_scopes.all(), context.channels)
    terminal.warn_if_old(report)
    if out is not None:
        write_pages(terminal, texts(page), out)
        return
    terminal.answer(
        text=lambda: page_as_text.render(page),
        json=lambda: dump(page_as_json.document(page)),
        markdown=lambda: as_markdown.render(page),
    )


def texts(page: ReviewPage) -> Mapping[str, str]:
    """The page in every format, by file name."""
    return {
        "review.html": as_html.render(page),
        "review.md": as_markdown.render(page),
        "review.json": dump(page_as_json.document(page)),
        "review.txt": as_text.plain(page_as_text.render(page)),
    }
