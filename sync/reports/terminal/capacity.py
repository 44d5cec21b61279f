"""Each team's capacity on the terminal, its warnings, and where the figures come from."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from rules.capacity.model import Level, TeamCapacity
from sync.reports import format as wording
from sync.reports.base import RunReport
from sync.reports.blocks import (
    BAD,
    QUIET,
    SOON,
    heading,
    labelled,
    line,
    pairs,
)
from sync.sanitize import clip

_LEVEL = {Level.RED: BAD, Level.AMBER: SOON, Level.INFO: QUIET}


def page(report: RunReport) -> RenderableType:
    """Each team in the order of the configuration, then what absence files hold that is not counted."""
    if not report.snapshot.product.teams:
        return line("No team is configured, so there is no capacity.")
    before = {one.team.name: one for one in report.before}
    teams = (part for one in report.capacities for part in _team(one, before.get(one.team.name)))
    return Group(*teams, *_left_out(report))


def _team(one: TeamCapacity, before: TeamCapacity | None) -> Iterable[RenderableType]:
    yield heading(one.team.name, one.sprint.name if one.sprint else "no future sprint yet")
    shares = ", ".join(f"{share.name} {wording.figure(share.amount)}" for share in one.split.shares)
    hours = f", {wording.many(one.hours, 'hour')} that can be planned" if one.team.people else ""
    warnings = (
        Text.assemble((f"{level.value} ", _LEVEL[level]), clip(text)) for level, text in wording.warnings([one])
    )
    rows: list[tuple[str, RenderableType]] = [
        (one.unit.capitalize(), line(_points(one))),
        ("Days", line(wording.days(one) + hours)),
        ("Split", line(f"{shares} of {wording.figure(one.split.total)} {one.split.unit}")),
        ("Planned", line(_planned(one))),
        *([("What if", line(wording.what_if(before, one)))] if before else ()),
        *labelled("Warnings", warnings),
        *labelled("Based on", (line(sentence, QUIET) for sentence in one.explanation)),
    ]
    yield Padding(pairs(rows), (0, 0, 1, 2))


def _left_out(report: RunReport) -> Iterable[RenderableType]:
    """What absence files hold that no person's days contain; what the files leave out themselves comes last."""
    if report.absences_left_out:
        yield heading("Absence files", "what is not counted")
        in_order = sorted(report.absences_left_out, key=lambda one: one.is_meant)
        rows = (line(one.text, QUIET if one.is_meant else SOON) for one in in_order)
        yield Padding(Group(*rows), (0, 0, 1, 2))


def _planned(one: TeamCapacity) -> str:
    carried = f", {wording.figure(one.carry_over)} of them probably carried over" if one.carry_over else ""
    return f"{wording.many(one.load, one.unit.one)}{carried}"


def _points(one: TeamCapacity) -> str:
    if one.points is None:
        return f"{wording.spread(one)}; plan by hours"
    sprints = wording.many(one.used_sprints, f"closed {one.boxes.box}")
    return f"{wording.spread(one)}, from {sprints}, confidence: {one.confidence}"
