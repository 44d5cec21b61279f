"""The page of the Sprint Review in Markdown; every text of the tracker is escaped."""

from collections.abc import Iterator

from sync.reports import format as wording
from sync.reports.as_markdown import link
from sync.reports.markdown import escape, foot
from sync.reports.review.as_text import lists, team_lines
from sync.reports.review.page import ReviewPage, done_line, outcome_title, state


def render(page: ReviewPage) -> str:
    """The page, the goals first."""
    return "\n".join((*_lines(page), "", *foot(page.coverage.sentences))) + "\n"


def _lines(page: ReviewPage) -> Iterator[str]:
    yield f"# Sprint Review: {escape(page.product.name)}"
    yield from ("", f"Product Goal: {escape(page.product.goal or 'none')}")
    yield from ("", f"**{page.answer}.** {page.value}")
    yield from (f"\n{escape(sentence)}" for sentence in page.left_out)
    for team in page.whole.teams:
        yield from ("", f"## {escape(team.team)}: {escape(state(team))}", "")
        yield from (f"- {escape(text)}" for text in team_lines(page, team))
    for one in page.whole.outcomes:
        yield from ("", f"## {escape(outcome_title(one))} ({wording.many(one.points, page.unit.one)})", "")
        for done in one.done:
            serves = f"; {escape(done.serves)}" if done.serves else ""
            size = wording.figure(done.issue.points, "no estimate")
            yield f"- {link(page.site, done.issue.key)} {escape(done_line(done))}, {size}{serves}"
    for title, rows in lists(page):
        if rows:
            yield from ("", f"## {title}", "", *(f"- {escape(row)}" for row in rows))
