"""The sprints after the next one, for the pages of planning and the command `plan`."""

from collections.abc import Iterable, Iterator

from rules.capacity.days import day_text
from rules.capacity.time_boxes import TimeBoxes
from rules.planning.ahead_reasons import AS_BEFORE, label
from rules.planning.look_ahead import AheadIssue, AheadSprint, LookAhead
from sync.extras import installing
from sync.reports.format import figure, many
from sync.reports.json_models import contract as doc

SHOWN = 8
"""Issues that are in no sprint; the others are in the JSON output."""


def title(boxes: TimeBoxes) -> str:
    """The title of what follows the next sprint."""
    return f"{boxes.box.capitalize()}s after that"


def lines(ahead: LookAhead | None) -> tuple[str, ...]:
    """One line a sprint, then one for each higher-ranked issue that is in none of them."""
    return tuple(_lines(ahead)) if ahead is not None and ahead.sprints else ()


def _lines(ahead: LookAhead) -> Iterator[str]:
    yield from map(sprint_line, ahead.sprints)
    yield how(ahead)
    yield from (f"{left.issue.key} is in none of them. {left.why}" for left in ahead.left_out[:SHOWN])
    if len(ahead.left_out) > SHOWN:
        yield f"{len(ahead.left_out) - SHOWN} more are in none of them: see the JSON output."


def how(ahead: LookAhead) -> str:
    """The planner, and how good its plan is."""
    if ahead.planner != ahead.asked:
        return f'Planned by "{ahead.planner}", because scipy is missing; {installing("planner")}'
    if ahead.gap is None:
        return f'Planned by "{ahead.planner}".'
    if ahead.gap <= 1e-9:
        return f'Planned by "{ahead.planner}": no other plan is better by rank.'
    return f'Planned by "{ahead.planner}": at most {max(0.1, 100 * ahead.gap):.1f} % below the best plan by rank.'


def of_team(ahead: LookAhead | None, team: str) -> tuple[AheadSprint, ...]:
    """The later sprints of one team, in order."""
    return tuple(one for one in ahead.sprints if one.slot.team == team) if ahead is not None else ()


def keys(sprints: Iterable[AheadSprint]) -> tuple[str, ...]:
    """The keys of all issues that are planned in these sprints."""
    return tuple(inside.issue.key for one in sprints for inside in one.issues)


def name(one: AheadSprint) -> str:
    """The sprint's name, with the team where the name does not begin with it."""
    title = label(one.slot)
    return title if title.startswith(one.slot.team) else f"{one.slot.team}: {title}"


def sprint_line(one: AheadSprint) -> str:
    """One sprint: its days, what is planned in it of what the team usually finishes, and its issues."""
    return f"{head(one)}: {', '.join(map(_issue, one.issues)) or 'no issue'}."


def head(one: AheadSprint) -> str:
    """One sprint without its issues."""
    slot = one.slot
    days = f" ({day_text(slot.first)} to {day_text(slot.last)})" if slot.first and slot.last else ""
    there = f" + {figure(slot.load)} planned" if slot.load else ""
    taken = f"{figure(one.points)}{there} of {many(slot.limit, slot.capacity.unit.one)}"
    return f"{name(one)}{days}: {taken}"


def _issue(one: AheadIssue) -> str:
    about = note(one)
    return f"{one.issue.key} {figure(one.points)}" + (f" ({about})" if about else "")


def note(one: AheadIssue) -> str:
    """What to know about an issue in a later sprint, "" where that is nothing."""
    return ", ".join(
        filter(None, ("" if one.is_ready else "not ready yet", "size assumed" if one.assumed else "", why(one)))
    )


def why(one: AheadIssue) -> str:
    """Why it is there, as people need it: what stays where it was needs no reason."""
    return "" if one.why == AS_BEFORE else one.why


def as_json(ahead: LookAhead | None) -> doc.LookAheadPart | None:
    """All of it, `None` where nothing was planned ahead."""
    if ahead is None:
        return None
    return doc.LookAheadPart(
        sprints_ahead=ahead.count,
        planner=ahead.planner,
        gap=ahead.gap,
        how=how(ahead),
        sprints=tuple(map(sprint_part, ahead.sprints)),
        left_out=tuple(map(doc.LeftOutPart.model_validate, ahead.left_out)),
    )


def sprint_part(one: AheadSprint) -> doc.AheadSprintPart:
    """One of the later sprints of a team."""
    slot = one.slot
    return doc.AheadSprintPart(
        team=slot.team,
        number=slot.depth + 1,
        sprint=slot.sprint.id if slot.sprint else None,
        name=label(slot),
        first=slot.first,
        last=slot.last,
        capacity_points=slot.limit,
        planned_points=slot.load,
        left=one.left,
        issues=tuple(
            doc.AheadIssuePart(
                issue=inside.issue.key,
                points=inside.points,
                assumed=inside.assumed,
                ready=inside.is_ready,
                why=inside.why,
            )
            for inside in one.issues
        ),
    )
