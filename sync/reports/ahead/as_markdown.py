"""`readyline forecast` as Markdown."""

from collections.abc import Iterator

from rules.planning.when_done import WhenDone
from sync.reports.ahead.page import AheadPage, TeamAhead, days_of, sentences, what_it_is
from sync.reports.format import day, figure, keys, many
from sync.reports.markdown import escape, foot, table_head, table_row


def ahead(page: AheadPage) -> str:
    """When the issues that were asked for are done; else what each team finishes in several sprints."""
    lines = _when(page.when) if page.when else _teams(page)
    return "\n".join((*lines, "", *foot(page.coverage.sentences))) + "\n"


def _when(when: WhenDone) -> Iterator[str]:
    yield f"# {escape(keys(when.asked))}: {what_it_is(when)}"
    yield ""
    yield from table_head("Probability", "Done by")
    yield from (table_row(chance, last) for chance, last in days_of(when))
    yield ""
    yield from (f"- {escape(sentence)}" for sentence in sentences(when))


def _teams(page: AheadPage) -> Iterator[str]:
    yield f"# Several {page.boxes.several} ahead"
    for team in page.teams:
        boxes = team.capacity.boxes
        yield from ("", f"## {escape(team.team)}", "", f"{team.basis[:1].upper()}{team.basis[1:]}.")
        if team.stretches:
            yield ""
            yield from table_head(boxes.several.capitalize(), "Until", "If slow", "Usual", "If fast")
            yield from _stretches(team)
        if team.past:
            yield ""
            yield from table_head(boxes.box.capitalize(), "Expected", "Came")
            yield from (table_row(escape(name), expected, came) for name, expected, came in team.past)
            yield from ("", team.kept)


def _stretches(team: TeamAhead) -> Iterator[str]:
    for one in team.stretches:
        usual = many(one.points.p50, team.capacity.unit.one)
        yield table_row(
            figure(team.capacity.boxes.figure(one.sprints)),
            day(one.until),
            figure(one.points.p15),
            usual,
            figure(one.points.p85),
        )
