"""Small problems for the tests of planners, from few words."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from rules.planning.planners.model import Box, BoxName, Item, Problem, with_worths

MONDAY = date(2026, 3, 9)


def box_name(text: str) -> BoxName:
    """`A2` is the second sprint of team A."""
    return BoxName(text[0], int(text[1:]) - 1)


def boxes(
    rooms: Mapping[str, Sequence[float]],
    floors: Mapping[str, float] | None = None,
    shift: Mapping[str, int] | None = None,
) -> tuple[Box, ...]:
    """The sprints of each team, of 12 days and every 14 days."""
    return tuple(
        Box(
            team=team,
            depth=depth,
            limit=room,
            room=room,
            first=MONDAY + timedelta(14 * depth + (shift or {}).get(team, 0)),
            last=MONDAY + timedelta(14 * depth + 11 + (shift or {}).get(team, 0)),
            floors=floors or {},
        )
        for team, points in rooms.items()
        for depth, room in enumerate(points)
    )


def item(every: Sequence[Box], key: str, size: float, **words: Any) -> Item:
    """An issue that may go to every sprint of every team, unless `teams` or `boxes` name some."""
    teams = words.pop("teams", {box.team for box in every})
    allowed = [box_name(one) for one in words.pop("boxes", ())] or [box.name for box in every if box.team in teams]
    pin, prior = (box_name(words.pop(name)) if name in words else None for name in ("pin", "prior"))
    return Item(
        key=key,
        size=size,
        boxes=() if pin else tuple(allowed),
        needs=tuple(words.pop("needs", ())),
        pin=pin,
        prior=prior,
        **words,
    )


def problem(case: Mapping[str, Any]) -> Problem:
    """The problem of a case of `tests/rules/cases/planners.toml`."""
    every = boxes(case["rooms"], case.get("floors"), case.get("shift"))
    return with_worths(Problem(boxes=every, items=tuple(item(every, **issue) for issue in case["issues"])))
