"""What so many sessions of refinement left without a result that the Product Owner decides how to go on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rules.refinement.layers import Layer
from rules.refinement.sessions import PlannedItem, carried, sessions_of
from rules.refinement.topics import Topic, TopicMeeting, topics_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated:
    """An issue or a topic: the key, or the number and the text, and how many sessions left it open since a day.

    `team` is "" for the sessions of several teams. `name` stays the same while it is open.
    """

    name: str
    what: str
    layer: Layer
    team: str
    sessions: int
    since: date


def escalated(
    items: Sequence[PlannedItem], topics: Iterable[Topic], escalate_after: int, now: datetime
) -> tuple[Escalated, ...]:
    """The issues on past agendas and the open topics that at least so many sessions left without a result."""
    open_topics = [topic for topic in topics if topic.is_open(now) and topic.meeting is not TopicMeeting.PLANNING]
    meetings = {(item.layer, item.team) for item in items}
    meetings |= {(Layer(topic.meeting.value), topic.team) for topic in open_topics}
    return tuple(
        one
        for layer, team in sorted(meetings)
        for one in (
            *_issues(items, layer, team, now),
            *_topics(open_topics, items, layer, team, now, escalate_after),
        )
        if one.sessions >= escalate_after
    )


def _issues(items: Sequence[PlannedItem], layer: Layer, team: str, now: datetime) -> Iterator[Escalated]:
    keys = {item.issue: item.key for item in items}
    for issue, before in carried(sessions_of(items, layer, team, now)).items():
        yield Escalated(
            name=f"issue {layer} {team} {issue}",
            what=keys[issue],
            layer=layer,
            team=team,
            sessions=before.sessions,
            since=before.since,
        )


def _topics(
    topics: Sequence[Topic], items: Sequence[PlannedItem], layer: Layer, team: str, now: datetime, escalate_after: int
) -> Iterator[Escalated]:
    past = sessions_of(items, layer, team, now)
    for line in topics_of(topics, TopicMeeting(layer.value), team, past, escalate_after):
        yield Escalated(
            name=f"topic {line.topic.number}",
            what=f'topic {line.topic.number}, "{line.topic.text}"',
            layer=layer,
            team=team,
            sessions=line.sessions,
            since=line.since,
        )
