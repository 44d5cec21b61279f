"""What `readyline review` shows and writes."""

from pathlib import Path

from sync.cli.looking import planned, warn_if_empty
from sync.cli.pages import Forms, show_page
from sync.cli.terminal import Terminal
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
    show_page(terminal, forms_of(page), out)


def forms_of(page: ReviewPage) -> Forms:
    """The page in each format."""
    return Forms(
        stem="review",
        html=lambda: as_html.render(page),
        markdown=lambda: as_markdown.render(page),
        json=lambda: dump(page_as_json.document(page)),
        text=lambda: page_as_text.render(page),
    )
