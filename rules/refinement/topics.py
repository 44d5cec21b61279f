"""What people want to discuss besides the issues: a topic is on each agenda of its meeting until somebody closes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rules.refinement.layers import Layer
from rules.refinement.sessions import Session


class TopicMeeting(StrEnum):
    """The meeting of a topic; the values are part of the command line and the JSON outputs."""

    OVERALL = Layer.OVERALL.value
    MULTI_TEAM = Layer.MULTI_TEAM.value
    TEAM = Layer.TEAM.value
    PLANNING = "planning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic with its number, the meeting and, for that of one team, the team; "" for all.

    `closed` is when somebody (`closed_by`) closed it, with the `result`; `None` and "" while it is open.
    """

    number: int
    at: datetime
    meeting: TopicMeeting
    team: str
    text: str
    minutes: int
    by: str
    closed: datetime | None = None
    closed_by: str = ""
    result: str = ""

    def is_open(self, now: datetime) -> bool:
        """Whether it waits for a result at a moment."""
        return self.at <= now and (self.closed is None or self.closed > now)


@dataclass(frozen=True, slots=True)
class TopicLine:
    """An open topic on an agenda, and how many sessions were held since it was asked for.

    `escalate` is whether these are so many that the Product Owner decides how to go on.
    """

    topic: Topic
    sessions: int
    escalate: bool

    @property
    def since(self) -> date:
        """The day on which it was asked for."""
        return self.topic.at.date()


def topics_of(
    topics: Iterable[Topic], meeting: TopicMeeting, team: str, past: Sequence[Session], escalate_after: int
) -> tuple[TopicLine, ...]:
    """The topics of a meeting, the oldest first; `past` are its sessions until now."""
    mine = (one for one in topics if one.meeting is meeting and one.team == team)
    lines = []
    for topic in sorted(mine, key=lambda one: (one.at, one.number)):
        sessions = sum(session.at >= topic.at for session in past)
        lines.append(TopicLine(topic, sessions, sessions >= escalate_after))
    return tuple(lines)


def with_room(lines: Sequence[TopicLine], room: float) -> tuple[TopicLine, ...]:
    """The topics that have room in so many minutes, each tried in turn."""
    chosen: list[TopicLine] = []
    for line in lines:
        if line.topic.minutes <= room:
            chosen.append(line)
            room -= line.topic.minutes
    return tuple(chosen)
