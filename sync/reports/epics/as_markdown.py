"""The page of epics in Markdown; every text of the tracker is escaped."""

from collections.abc import Iterator

from sync.reports.as_markdown import link
from sync.reports.epics.page import EpicsPage, child_line, progress, team_line
from sync.reports.markdown import escape, foot


def render(page: EpicsPage) -> str:
    """The page, the goal first."""
    return "\n".join((*_lines(page), "", *foot(page.coverage.sentences))) + "\n"


def _lines(page: EpicsPage) -> Iterator[str]:
    yield f"# {escape(page.title)}"
    yield from ("", f"Product Goal: {escape(page.product.goal or 'none')}", "", f"**{page.answer}.**")
    yield from (f"\n{escape(sentence)}" for sentence in page.left_out)
    for name, epics in page.groups:
        yield from ("", f"## {escape(name)}")
        for epic in epics:
            yield from ("", f"### {link(page.site, epic.issue.key)} {escape(epic.issue.title)}", "")
            yield f"{escape(progress(epic, page.unit))}."
            yield from ("",) if epic.children else ()
            for child in epic.children:
                yield f"- {link(page.site, child.issue.key)} {escape(child_line(child, page.unit))}"
    yield from ("", "## Capacity", "")
    yield from (f"- {escape(one.team)}: {escape(team_line(one, page.unit))}" for one in page.whole.teams)
    if page.whole.findings:
        yield from ("", "## To correct", "", *(f"- {escape(one.text)}" for one in page.whole.findings))
