"""What `readyline review` shows and writes. The page's own modules are loaded when a person sees that it reads."""

from pathlib import Path
from typing import TYPE_CHECKING

from sync.cli.looking import planned, warn_if_empty
from sync.cli.pages import Forms, show_page
from sync.cli.terminal import Terminal

if TYPE_CHECKING:
    from sync.reports.review.page import ReviewPage


def show(terminal: Terminal, out: Path | None) -> None:
    """Print the page of the Sprint Review, or write it to a folder in every format and print the paths."""
    with terminal.look() as context:
        report = warn_if_empty(planned(context), context, terminal)
        from sync.reports.review.page import review_page

        page = review_page(report, context.store.sprint_scopes.all(), context.channels)
    terminal.warn_if_old(report)
    show_page(terminal, forms_of(page), out)


def forms_of(page: "ReviewPage") -> Forms:
    """The page in each format."""
    from sync.reports.json_models import dump
    from sync.reports.review import as_html, as_json, as_markdown, as_text

    return Forms(
        stem="review",
        html=lambda: as_html.render(page),
        markdown=lambda: as_markdown.render(page),
        json=lambda: dump(as_json.document(page)),
        text=lambda: as_text.render(page),
    )
