"""The agenda of refinement in Markdown; every text of the tracker is escaped."""

from collections.abc import Iterator

from sync.reports import format as wording
from sync.reports.as_markdown import link
from sync.reports.markdown import escape, foot
from sync.reports.refinement.as_text import basis, lists
from sync.reports.refinement.page import RefinementPage, owners, remark, results


def render(page: RefinementPage) -> str:
    """The page, the goals first."""
    return "\n".join((*_lines(page), "", *foot(page.coverage.sentences))) + "\n"


def _lines(page: RefinementPage) -> Iterator[str]:
    yield f"# {escape(page.title)}"
    yield from ("", f"Product Goal: {escape(page.product.goal or 'none')}", "")
    yield from (f"- Sprint Goal of {escape(team)}: {escape(text)}" for team, text in page.goals)
    yield from ("", f"**{escape(page.answer)}.** {escape(basis(page))}")
    yield from (f"\n{escape(sentence)}" for sentence in page.left_out)
    if page.agenda.lines:
        yield from (
            "",
            f"| Issue | Minutes | {page.unit.capitalize()} | Wanted result | Asks |",
            "|---|---:|---:|---|---|",
        )
    for one in page.agenda.lines:
        issue = one.routed.issue
        name = f"{link(page.site, issue.key)} {escape(issue.title)} ({escape(remark(one))})"
        size = wording.figure(one.candidate.size)
        yield f"| {name} | {one.minutes} | {size} | {escape(results(one))} | {escape(owners(one))} |"
    for title, rows in lists(page):
        if rows:
            yield from ("", f"## {escape(title)}", "", *(f"- {escape(row)}" for row in rows))
