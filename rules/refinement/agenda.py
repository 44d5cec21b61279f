"""The agenda of one session: what makes most points ready for each minute, up to the time box.

What earlier sessions left open comes first, in at most half of the time box. What waits for a decision of all teams has
the room that is left. Nothing that is left out would still fit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, fsum

from rules.refinement.layers import Layer, Routed
from rules.refinement.options import RefinementOptions
from rules.refinement.sessions import Carried, PlannedItem, Session, carried, learned_factor, sessions_of
from rules.refinement.topics import Topic, TopicLine, TopicMeeting, topics_of, with_room
from rules.refinement.wants import Candidate

CARRIED_SHARE = 0.5
"""The part of the time box that what was left open may take."""
TOPICS_SHARE = 0.5
"""The part of the time box that topics may take before the issues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One issue on an agenda, or left out of it, with its minutes.

    `carried` says which earlier sessions left it open, `None` for none. `escalate` is whether these are so many that
    the Product Owner decides how to go on.
    """

    candidate: Candidate
    minutes: int
    carried: Carried | None = None
    escalate: bool = False

    @property
    def routed(self) -> Routed:
        """The issue and its layer."""
        return self.candidate.routed

    @property
    def gain(self) -> float:
        """Points that are made ready for each minute."""
        return self.candidate.worth / self.minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The agenda of a layer, for one team or, where `team` is "", for all.

    `lines` are in the order of the session, `left_out` in rank order: what has no room. `waiting` wait for a decision
    of all teams, on the agenda or not. `factor` is what the minutes of findings were multiplied with, by `sessions`
    earlier sessions. `last` is the latest of these. `topics` are what people want to discuss besides, `topics_left`
    those without room.
    """

    layer: Layer
    team: str
    timebox: int
    lines: tuple[Line, ...]
    left_out: tuple[Line, ...] = ()
    waiting: tuple[Routed, ...] = ()
    factor: float = 1.0
    sessions: int = 0
    last: Session | None = None
    topics: tuple[TopicLine, ...] = ()
    topics_left: tuple[TopicLine, ...] = ()

    @property
    def minutes(self) -> int:
        """The minutes of all lines and topics."""
        return sum(line.minutes for line in self.lines) + sum(one.topic.minutes for one in self.topics)

    @property
    def points(self) -> float:
        """The points that the session makes ready."""
        return fsum(line.candidate.size for line in self.lines)

    def planned(self, at: datetime) -> tuple[PlannedItem, ...]:
        """What to keep of this agenda for a session at a moment."""
        return tuple(
            PlannedItem(
                at=at,
                layer=self.layer,
                team=self.team,
                issue=line.routed.issue.id,
                key=line.routed.issue.key,
                base=line.candidate.minutes,
                minutes=line.minutes,
                points=line.candidate.size,
            )
            for line in self.lines
        )


def agenda(  # noqa: PLR0913 - what is to settle, how long, and what earlier sessions left
    candidates: Sequence[Candidate],
    routes: Sequence[Routed],
    items: Sequence[PlannedItem],
    options: RefinementOptions,
    *,
    layer: Layer,
    team: str,
    timebox: int,
    now: datetime,
    topics: Sequence[Topic] = (),
) -> Agenda:
    """The agenda of a layer; with `team`, of this team. `items` are of earlier agendas, `topics` the open ones."""
    past = sessions_of(items, layer, team, now)
    factor, left = learned_factor(past), carried(past)
    mine = [one for one in candidates if _is_of(one.routed, layer, team)]
    lines = [_line(one, left, factor, options) for one in mine]
    asked = topics_of(topics, TopicMeeting(layer.value), team, past, options.escalate_after)
    first = with_room(asked, TOPICS_SHARE * timebox)
    chosen = packed(lines, timebox - _minutes(first))
    room = timebox - _minutes(first) - sum(line.minutes for line in chosen)
    discussed = (*first, *with_room([one for one in asked if one not in first], room))
    keys = {line.routed.issue.key for line in chosen}
    return Agenda(
        layer=layer,
        team=team,
        timebox=timebox,
        lines=chosen,
        left_out=tuple(line for line in lines if line.routed.issue.key not in keys),
        waiting=tuple(one for one in routes if one.waits_for and _is_of(one, layer, team)),
        factor=factor,
        sessions=len(past),
        last=past[-1] if past else None,
        topics=discussed,
        topics_left=tuple(one for one in asked if one not in discussed),
    )


def _minutes(topics: Sequence[TopicLine]) -> int:
    return sum(one.topic.minutes for one in topics)


def packed(lines: Sequence[Line], timebox: int) -> tuple[Line, ...]:
    """The lines of a session, what was left open first, then in rank order; `lines` are in rank order."""
    place = {line.routed.issue.key: number for number, line in enumerate(lines)}
    again = sorted((line for line in lines if line.carried), key=lambda line: _age(line, place))
    chosen = _fitting(again, CARRIED_SHARE * timebox)
    rest = [line for line in lines if line not in chosen]
    rest.sort(key=lambda line: (bool(line.routed.waits_for), -line.gain, place[line.routed.issue.key]))
    others = _fitting(rest, timebox - sum(line.minutes for line in chosen))
    return (*chosen, *sorted(others, key=lambda line: place[line.routed.issue.key]))


def _fitting(lines: Sequence[Line], room: float) -> list[Line]:
    """The lines that fit, each tried in turn; room only shrinks, so nothing that is left out would fit at the end."""
    chosen: list[Line] = []
    for line in lines:
        if line.minutes <= room:
            chosen.append(line)
            room -= line.minutes
    return chosen


def _line(candidate: Candidate, left: Mapping[str, Carried], factor: float, options: RefinementOptions) -> Line:
    before = left.get(candidate.routed.issue.id)
    return Line(
        candidate=candidate,
        minutes=max(1, ceil(candidate.minutes * factor)),
        carried=before,
        escalate=before is not None and before.sessions >= options.escalate_after,
    )


def _age(line: Line, place: Mapping[str, int]) -> tuple[int, int]:
    return (-(line.carried.sessions if line.carried else 0), place[line.routed.issue.key])


def _is_of(one: Routed, layer: Layer, team: str) -> bool:
    return one.layer is layer and (not team or team in one.teams)
