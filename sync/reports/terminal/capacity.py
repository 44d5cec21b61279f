"""Each team's capacity on the terminal, its warnings, and where the figures come from."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from rules.capacity.model import Level, TeamCapacity
from rules.model import Unit
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
    times = Counter(warning.text for one in report.capacities for warning in one.warnings)
    common = frozenset(text for text, count in times.items() if count > 1)
    teams = (part for one in report.capacities for part in _team(one, before.get(one.team.name), common))
    return Group(*teams, *_common(report.capacities, common), *_left_out(report))


def _team(one: TeamCapacity, before: TeamCapacity | None, common: Collection[str]) -> Iterable[RenderableType]:
    yield heading(one.team.name, one.sprint.name if one.sprint else "no future sprint yet")
    shares = ", ".join(f"{share.name} {wording.figure(share.amount)}" for share in one.split.shares)
    hours = f", {wording.many(one.hours, 'hour')} that can be planned" if one.team.people else ""
    own = replace(one, warnings=tuple(warning for warning in one.warnings if warning.text not in common))
    rows: list[tuple[str, RenderableType]] = [
        (one.unit.capitalize(), line(_points(one))),
        ("Days", line(wording.days(one) + hours)),
        ("Split", line(f"{shares} of {wording.figure(one.split.total)} {one.split.unit}")),
        ("Planned", line(_planned(one))),
        *([("What if", line(wording.what_if(before, one)))] if before else ()),
        *labelled("Warnings", _warnings([own])),
        *labelled("Based on", (line(sentence, QUIET) for sentence in one.explanation)),
    ]
    yield Padding(pairs(rows), (0, 0, 1, 2))


def _common(capacities: Iterable[TeamCapacity], common: Collection[str]) -> Iterable[RenderableType]:
    """The warnings that several teams have, each once."""
    if common:
        yield heading("Several teams", "what they have in common")
        shared = (
            replace(one, warnings=tuple(warning for warning in one.warnings if warning.text in common))
            for one in capacities
        )
        yield Padding(Group(*_warnings(shared)), (0, 0, 1, 2))


def _warnings(capacities: Iterable[TeamCapacity]) -> Iterable[Text]:
    warnings = wording.warnings(capacities)
    return (Text.assemble((f"{level.value} ", _LEVEL[level]), clip(text)) for level, text in warnings)


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
        return wording.spread(one) if one.unit is Unit.HOURS else f"{wording.spread(one)}; plan by hours"
    sprints = wording.many(one.used_sprints, f"closed {one.boxes.box}")
    return f"{wording.spread(one)}, from {sprints}, confidence: {one.confidence}"
