"""What work is counted in: points, hours, or issues where a team does not estimate.

It is decided here once, and every size of the snapshot is then in that unit. All later code adds up sizes without
asking what they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from rules.capacity.scales import with_points, with_scales
from rules.model import Edit, EditField, Issue, Snapshot, Unit
from rules.wording import many

FEWEST_SIZED = 0.05
"""Where a smaller part of the finished issues has an estimate, the team does not estimate: one in twenty."""
SAMPLE = 20
"""With fewer finished issues than this, the open ones are looked at too."""


def in_unit(snapshot: Snapshot, chosen: Literal["auto", "points", "hours", "issues"] = "auto") -> Snapshot:
    """The snapshot with every size in one unit: the `chosen` one, or what the finished issues show.

    In issues each issue counts one. Projections by counts are about as good as those by points (Little and Verhoef, A
    Survey of the Use and Effectiveness of Story Points, 2006). In hours it is the original estimate with that of the
    sub-tasks. The past of the estimates is left out then: it is about points.
    """
    snapshot = with_scales(snapshot)
    unit, why = _found(snapshot) if chosen == "auto" else (Unit(chosen), _configured(Unit(chosen)))
    if unit is Unit.POINTS:
        return snapshot
    without = snapshot.unavailable | {"points"} if unit is Unit.ISSUES else snapshot.unavailable - {"points"}
    return replace(
        snapshot,
        issues=tuple(_in(unit, issue) for issue in snapshot.issues),
        history=tuple(_in(unit, issue) for issue in snapshot.history),
        left=tuple(_in(unit, issue) for issue in snapshot.left),
        edits=_without_estimates(snapshot.edits),
        unavailable=without,
        unit=unit,
        unit_why=why,
    )


def sized(issue: Issue, snapshot: Snapshot) -> Issue:
    """An issue as the tracker has it, with its size in the unit of the snapshot; `None` where it has none."""
    return _in(snapshot.unit, with_points(issue, snapshot))


def _in(unit: Unit, issue: Issue) -> Issue:
    match unit:
        case Unit.ISSUES:
            return replace(issue, points=1.0)
        case Unit.HOURS:
            hours = issue.hours.total_original or issue.hours.original
            return replace(issue, points=hours or None)
    return issue


def _found(snapshot: Snapshot) -> tuple[Unit, str]:
    finished = [issue for issue in snapshot.history if not issue.is_open and issue.is_counted]
    known = finished if len(finished) >= SAMPLE else [*finished, *_open(snapshot)]
    estimated = sum(issue.points is not None for issue in known)
    if estimated >= FEWEST_SIZED * len(known) or (not finished and len(known) < SAMPLE):
        return Unit.POINTS, ""
    of = many(len(known), "finished issue" if known is finished else "issue")
    why = f"Work is counted in issues: {estimated} of {of} {'has' if estimated == 1 else 'have'} an estimate."
    return Unit.ISSUES, why


def _open(snapshot: Snapshot) -> Iterable[Issue]:
    return (issue for issue in snapshot.issues if issue.is_open and issue.is_counted)


def _configured(unit: Unit) -> str:
    return f"Work is counted in {unit}: [capacity] unit says so."


def _without_estimates(edits: Mapping[str, tuple[Edit, ...]]) -> Mapping[str, tuple[Edit, ...]]:
    return {
        issue: tuple(edit for edit in past if edit.field is not EditField.ESTIMATE) for issue, past in edits.items()
    }
