"""The command `discuss`: topics for a meeting, kept until somebody closes them."""

from rules.refinement.layers import Layer
from rules.refinement.topics import Topic, TopicMeeting
from sync.cli.looking import planned, team_named
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.reports.base import RunReport
from sync.reports.format import day, many
from sync.reports.json_models.results import TopicPart, TopicsDocument

LONGEST = 300
"""Characters of a topic and of a result that are kept."""


def add(terminal: Terminal, text: str, meeting: TopicMeeting, *, team: str, minutes: int, by: str) -> None:
    """Record a topic for the next agenda of a meeting. Raises `UsageError`."""
    with terminal.context() as context:
        report = planned(context)
        topic = context.store.topics.add(
            report.started, meeting, _team(report, meeting, team), _short(text), minutes=minutes, by=by
        )
    terminal.print_result(f"recorded as number {topic.number}: {topic_text(topic)}", lambda: document([topic]))


def close(terminal: Terminal, number: int, *, result: str, by: str) -> None:
    """Record that a topic is closed. Raises `UsageError` for one that is not open."""
    with terminal.context() as context:
        now = context.clock()
        topics = {one.number: one for one in context.store.topics.all() if one.is_open(now)}
        if number not in topics:
            known = ", ".join(map(str, topics)) or "none"
            raise UsageError(f"there is no open topic {number}; nothing was recorded; the open ones are: {known}")
        context.store.topics.close(number, now, by=by, result=_short(result))
        (closed,) = (one for one in context.store.topics.all() if one.number == number)
    terminal.print_result(f"closed: {topic_text(closed)}", lambda: document([closed]))


def show(terminal: Terminal) -> None:
    """Print the open topics."""
    with terminal.look() as context:
        topics = [one for one in context.store.topics.all() if one.is_open(context.clock())]
    lines = [f"{one.number}  {topic_text(one)}" for one in topics]
    terminal.print_result("\n".join(lines) or "nothing to discuss", lambda: document(topics))


def topic_text(topic: Topic) -> str:
    """A topic in a line: where it belongs, what it is, who asked for it and when, and its result."""
    where = topic.team or topic.meeting.value
    result = f"; closed by {topic.closed_by}{f': {topic.result}' if topic.result else ''}" if topic.closed else ""
    return f"{where}, {topic.minutes} min: {topic.text} ({topic.by}, {day(topic.at)}){result}"


def document(topics: list[Topic]) -> TopicsDocument:
    """The topics as a document."""
    return TopicsDocument(topics=tuple(TopicPart.model_validate(one) for one in topics))


def _team(report: RunReport, meeting: TopicMeeting, team: str) -> str:
    """The name of the team of a topic, "" for all. Raises `UsageError`."""
    if meeting.value != Layer.TEAM.value:
        if team:
            raise UsageError(f"a topic for {meeting.value} is for all teams; leave --team out")
        return ""
    teams = report.snapshot.product.teams
    if not team and len(teams) != 1:
        raise UsageError(f"name the team with --team; the teams are {', '.join(one.name for one in teams)}")
    return team_named(report, team).name if team else teams[0].name


def _short(text: str) -> str:
    short = " ".join(text.split())
    if len(short) > LONGEST:
        raise UsageError(f"the text has {many(len(short), 'character')}; at most {LONGEST} are kept")
    return short
