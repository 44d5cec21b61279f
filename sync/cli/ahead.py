"""What `readyline forecast` shows."""

from collections.abc import Sequence

from sync.cli.keys import key_of
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.reports.ahead import as_json as page_as_json
from sync.reports.ahead import as_markdown as page_as_markdown
from sync.reports.ahead import as_text as page_as_text
from sync.reports.ahead.page import ahead_page
from sync.reports.base import RunReport
from sync.reports.json_models import dump


def show(terminal: Terminal, report: RunReport, keys: Sequence[str], *, filtered: bool) -> None:
    """Print what is ahead, or when the issues of these keys are done. Raises `UsageError` for an unknown key.

    `filtered` where the report is of one team.
    """
    wanted = [key_of(key, report.snapshot) for key in keys]
    if unknown := [key for key in wanted if key not in report.snapshot.by_key]:
        raise UsageError(f"{', '.join(unknown)} is not in the backlog; name open issues, or epics with open issues")
    page = ahead_page(report, wanted, filtered=filtered)
    terminal.answer(
        text=lambda: page_as_text.ahead(page),
        json=lambda: dump(page_as_json.ahead(page)),
        markdown=lambda: page_as_markdown.ahead(page),
    )
