"""The whole run as text, and what the commands print of it: each function returns something that rich can print.

All texts are `Text` values without control characters: rich never reads them as markup. Where there is no terminal,
rich leaves colours out.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sync.reports import contents, learned
from sync.reports import format as wording
from sync.reports import what_if as comparison
from sync.reports.base import RunReport
from sync.reports.blocks import QUIET, WIDTH, heading, line, plain
from sync.reports.issue.as_text import why, why_rule
from sync.reports.learned import Chapter
from sync.reports.selection import ALL, Selection
from sync.reports.terminal import capacity as teams
from sync.reports.terminal import plan as changes
from sync.reports.terminal import verdicts
from sync.reports.terminal.summary import notices, summary

__all__ = [
    "WIDTH",
    "capacity",
    "check",
    "plain",
    "plan",
    "render",
    "summary",
    "unchanged",
    "why",
    "why_rule",
]


def render(report: RunReport) -> str:
    """The whole run as plain text."""
    texts = {contents.TITLE: contents.chapters(report), learned.TITLE: learned.chapters(report)}
    chapters = (Group(*_chapters(title, several)) for title, several in texts.items() if several)
    parts = (summary(report), verdicts.page(report), *chapters, teams.page(report), changes.page(report))
    return plain(Group(*(Padding(part, (0, 0, 1, 0)) for part in parts))).rstrip() + "\n"


def check(report: RunReport, selection: Selection = ALL) -> RenderableType:
    """The counts and DEEP's grade, verdict and findings per issue, then the DEEP measures.

    With a selection, only its issues. Findings of named issues are in full; of others, what blocks.
    """
    return Group(*notices(report), verdicts.page(report, selection))


def plan(report: RunReport) -> RenderableType:
    """The proposal per team, the exact changes, what people decided, and the digest."""
    return Group(*notices(report), changes.page(report))


def capacity(report: RunReport) -> RenderableType:
    """What each team can take on, its warnings, and where the figures come from."""
    assumed = [comparison.as_text(report, report.what_if)] if report.what_if else []
    return Group(*notices(report), *assumed, teams.page(report))


def unchanged(run: str, at: datetime) -> RenderableType:
    """That an earlier run, which judged the backlog at this moment, is still right."""
    return Text(
        f"Nothing has changed since run {run} of {wording.moment(at)}. "
        "Its verdicts and reports still hold, and there is nothing to write."
    )


def _chapters(title: str, chapters: Sequence[Chapter]) -> Iterable[RenderableType]:
    """What is new, or what the past teaches the teams."""
    if chapters:
        yield heading(title)
        for chapter in chapters:
            sentences = (*chapter.all_sentences, *chapter.patch)
            rows = (line(chapter.title, "bold"), line(chapter.about, QUIET), *map(line, sentences))
            yield Padding(Group(*rows), (1, 0, 0, 2))
