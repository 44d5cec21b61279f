"""Messages during a sprint: scope and what to renegotiate to the Product Owner, obstacles to Scrum Masters."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from rules.audience import Audience
from rules.capacity.model import Level
from rules.deep.runway import day_in_words
from rules.messages.model import Message
from rules.planning.running import OpenIssue, RunningSprint
from rules.planning.scope import ScopeChange
from rules.wording import agreeing, many

MOST = 10
"""Lines about issues in one message."""


def sprint_messages(
    running: Sequence[RunningSprint], now: datetime, *, unit: str, link: str = ""
) -> tuple[Message, ...]:
    """What is new about the running sprints; each fact is an occasion of its own, so that it is sent once.

    They name issues by their keys only. `unit` is what sizes count: "point".
    """
    return tuple(message for one in running for message in _about(one, now, unit, link))


def _about(one: RunningSprint, now: datetime, unit: str, link: str) -> Iterator[Message]:
    name = f"{one.team}: {one.sprint.name}"
    to_owner = Message(
        audience=Audience.PO, team="", title=name, lines=(), occasions=(), at=now, level=Level.AMBER, link=link
    )
    if one.unacknowledged:
        yield replace(
            to_owner,
            title=f"{name}, {many(len(one.unacknowledged), 'change')} of scope to acknowledge",
            lines=tuple(_scope(one, now.date(), unit)),
            occasions=tuple(f"scope {one.sprint.id} {change.kind} {change.id}" for change in one.unacknowledged),
        )
    if one.is_behind:
        yield replace(
            to_owner, title=f"{name} is behind", lines=tuple(_behind(one, unit)), occasions=(f"behind {one.sprint.id}",)
        )
    if one.is_goal_out_of_reach:
        yield replace(
            to_owner,
            title=f"{name}: the goal is no longer within reach",
            lines=tuple(_out_of_reach(one, unit)),
            occasions=(f"out of reach {one.sprint.id}",),
            level=Level.RED,
        )
    if one.obstacles:
        count = len(one.obstacles)
        verb = agreeing(count, "is", "are")
        yield replace(
            to_owner,
            audience=Audience.SM,
            team=one.team,
            title=f"{name}, {many(count, 'issue')} {verb} blocked or flagged",
            lines=tuple(f"{obstacle.issue.key}: {obstacle.why}." for obstacle in one.obstacles[:MOST]),
            occasions=tuple(f"obstacle {one.sprint.id} {entry.issue.id} {entry.why}" for entry in one.obstacles),
        )


def _scope(one: RunningSprint, today: date, unit: str) -> Iterator[str]:
    yield from (f"{change_text(change, today, unit)}." for change in one.unacknowledged[:MOST])
    if len(one.unacknowledged) > MOST:
        yield f"And {len(one.unacknowledged) - MOST} more."
    yield "Acknowledge each with the comment /ready scope ok on the issue."


def change_text(change: ScopeChange, today: date, unit: str) -> str:
    """One change of scope: "SHOP-9 was added by Di on 3 March (3 points)"."""
    who = f" by {change.who}" if change.who else ""
    when = f" on {day_in_words(change.at.date(), today)}" if change.at else ""
    size = many(change.points, unit) if change.points is not None else "no estimate"
    return f"{change.issue} was {change.kind.value}{who}{when} ({size})"


def _behind(one: RunningSprint, unit: str) -> Iterator[str]:
    yield f"{balance(one, unit)}."
    if one.goal:
        yield f"Sprint Goal: {one.goal}."
    if one.renegotiate:
        yield "Renegotiate with the team, what serves the goal last:"
        yield from (f"- {leaving(entry, unit)}" for entry in one.renegotiate[:MOST])


def balance(one: RunningSprint, unit: str) -> str:
    """What is open against what the team finishes in the rest of the sprint."""
    left = one.capacity.left
    if left is None:
        return f"Open: {many(one.remaining, unit)}; what the team finishes in the rest is not known"
    slow, usual, fast = (round(points, 1) for points in (left.p15, left.p50, left.p85))
    ends = f"{slow:g} if slow, {fast:g} if fast"
    return f"Open: {many(one.remaining, unit)}; usual in the rest: {many(usual, unit)} ({ends})"


def leaving(one: OpenIssue, unit: str) -> str:
    """An issue to renegotiate, and whether it serves the goal."""
    return f"{one.issue.key} ({many(one.points, unit)}, {one.serves or 'does not serve the goal'})"


def _out_of_reach(one: RunningSprint, unit: str) -> Iterator[str]:
    yield f"Sprint Goal: {one.goal}."
    keys = [entry.issue.key for entry in one.open if entry.serves or entry.is_key]
    yield f"Open for it: {', '.join(keys)}."
    yield f"{balance(one, unit)}."
