"""What so many sessions of refinement left without a result that the Product Owner decides how to go on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rules.refinement.layers import Layer
from rules.refinement.sessions import PlannedItem, Session, carried, sessions_of
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
    keys = {item.issue: item.key for item in items}
    left: list[Escalated] = []
    for layer, team in sorted(meetings):
        past = sessions_of(items, layer, team, now)
        left += [*_issues(keys, past, layer, team), *_topics(open_topics, past, layer, team, escalate_after)]
    return tuple(one for one in left if one.sessions >= escalate_after)


def _issues(keys: Mapping[str, str], past: Sequence[Session], layer: Layer, team: str) -> Iterator[Escalated]:
    for issue, before in carried(past).items():
        yield Escalated(
            name=f"issue {layer} {team} {issue}",
            what=keys[issue],
            layer=layer,
            team=team,
            sessions=before.sessions,
            since=before.since,
        )


def _topics(
    topics: Sequence[Topic], past: Sequence[Session], layer: Layer, team: str, escalate_after: int
) -> Iterator[Escalated]:
    for line in topics_of(topics, TopicMeeting(layer.value), team, past, escalate_after):
        yield Escalated(
            name=f"topic {line.topic.number}",
            what=f'topic {line.topic.number}, "{line.topic.text}"',
            layer=layer,
            team=team,
            sessions=line.sessions,
            since=line.since,
        )
