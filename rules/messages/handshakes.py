"""Dependencies between teams that are not agreed on, to the Scrum Masters of both teams."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from rules.audience import Audience
from rules.backlog.handshakes import Agreement, Handshake
from rules.backlog.index import Backlog
from rules.capacity.model import Level
from rules.commands.grammar import PROMISE
from rules.messages.model import Message
from rules.verdict import Judgement
from rules.wording import agreeing, many

MOST = 10
"""Dependencies in one list of a message."""


def handshake_messages(
    backlog: Backlog, judgement: Judgement, *, links: Mapping[str, str] = MappingProxyType({}), link: str = ""
) -> tuple[Message, ...]:
    """One message a team: what it is asked for by others, and what it waits for that was moved or is late.

    Only work of the ready horizon and of future sprints counts. Each dependency is an occasion once for each agreement
    that it lacks, and once more when less than one sprint of notice is left. They name issues by their keys only.
    `links` are the addresses of the teams' pages, `link` is that for a team without one.
    """
    now = backlog.snapshot.taken_at
    near = [
        one
        for dependencies in backlog.handshakes.values()
        for one in dependencies
        if not one.is_agreed and _is_near(one, judgement)
    ]
    teams = (team.name for team in backlog.snapshot.product.teams)
    made = (_for_team(team, near, now, links.get(team, link)) for team in teams)
    return tuple(message for message in made if message is not None)


def _is_near(one: Handshake, judgement: Judgement) -> bool:
    verdict = judgement.by_key.get(one.needs.key)
    return one.agree_by is not None or (verdict is not None and verdict.in_horizon)


def _for_team(team: str, near: list[Handshake], now: datetime, link: str) -> Message | None:
    asked = [one for one in near if one.provider == team]
    waits = [one for one in near if one.needs_team == team and (_is_broken(one) or one.is_short_notice(now))]
    if not asked and not waits:
        return None
    urgent = any(one.is_short_notice(now) or _is_broken(one) for one in (*asked, *waits))
    return Message(
        audience=Audience.SM,
        team=team,
        title=f"{team}: {_title(len(asked), len(waits))}",
        lines=tuple(_lines(asked, waits, now)),
        occasions=(*(_occasion(one, "asked", now) for one in asked), *(_occasion(one, "waits", now) for one in waits)),
        at=now,
        level=Level.AMBER if urgent else Level.INFO,
        link=link,
    )


def _is_broken(one: Handshake) -> bool:
    """Whether an agreement was moved or comes too late."""
    return one.agreement in {Agreement.MOVED, Agreement.LATE}


def _title(asked: int, waits: int) -> str:
    parts = []
    if asked:
        parts.append(f"{many(asked, 'promise')} {agreeing(asked, 'is', 'are')} asked for")
    if waits:
        parts.append(f"{many(waits, 'issue')} {agreeing(waits, 'waits', 'wait')} for another team")
    return ", ".join(parts)


def _lines(asked: list[Handshake], waits: list[Handshake], now: datetime) -> Iterator[str]:
    if asked:
        yield "Other teams need:"
        yield from (
            f"- {one.blocker.key} for {one.needs.key} ({one.needs_team}): {one.state_and_notice(now)}."
            for one in asked[:MOST]
        )
        yield from _more(asked)
        yield f'Comment "{PROMISE}" on it, or put it into a sprint that ends before.'
    if waits:
        yield "Your team waits for:"
        provider = "team open"
        yield from (
            f"- {one.blocker.key} ({one.provider or provider}) for {one.needs.key}: {one.state_and_notice(now)}."
            for one in waits[:MOST]
        )
        yield from _more(waits)


def _more(some: list[Handshake]) -> Iterator[str]:
    if len(some) > MOST:
        yield f"- and {len(some) - MOST} more, on the page"


def _occasion(one: Handshake, side: str, now: datetime) -> str:
    notice = " short" if one.is_short_notice(now) else ""
    return f"handshake {side} {one.needs.id} {one.blocker.id} {one.agreement.value}{notice}"
