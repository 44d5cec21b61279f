"""The pages of Sprint Planning in Markdown; every text of the tracker is escaped."""

from collections.abc import Iterator

from sync.reports import format as wording
from sync.reports.as_markdown import escape
from sync.reports.format import link_to
from sync.reports.planning.as_text import remark
from sync.reports.planning.team import TeamPage


def team(page: TeamPage) -> str:
    """The page of one team, the goal first."""
    return "\n".join(_team(page)) + "\n"


def key(site: str, issue: str) -> str:
    """The key of an issue, as a link where the site has an address."""
    address = link_to(site, issue)
    return f"[{escape(issue)}]({address})" if address else escape(issue)


def _team(page: TeamPage) -> Iterator[str]:
    yield f"# Sprint Goal: {escape(page.goal_text)}"
    yield ""
    yield f"**{escape(page.team)}, {escape(page.sprint)}:** {page.answer}."
    yield ""
    if page.rows:
        yield "| Issue | Rank | Points | Tasks | Hours |"
        yield "|---|---:|---:|---:|---:|"
    for row in page.rows:
        note = f" ({escape(remark(row))})" if remark(row) else ""
        count = len(row.tasks.tasks) + len(row.tasks.unread)
        hours = wording.figure(row.tasks.hours if row.tasks.has_hours else None, "–")
        name = f"{key(page.site, row.issue.key)} {escape(row.issue.title)}{note}"
        yield f"| {name} | {row.rank} | {wording.figure(row.points, '–')} | {count} | {hours} |"
    if page.to_do:
        yield from ("", "## To do in this meeting", "")
        yield from (f"- {escape(text)}" for text in page.to_do)
    if page.note:
        yield from ("", escape(page.note))
