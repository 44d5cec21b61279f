"""What refinement did not settle in several sessions, to the Product Owner: how to go on."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from rules.audience import Audience
from rules.capacity.model import Level
from rules.deep.runway import day_in_words
from rules.messages.model import Message
from rules.refinement.escalated import Escalated
from rules.wording import many

MOST = 10
"""Issues and topics in one message."""


def escalated_messages(
    decisions: Sequence[Escalated], now: datetime, *, product: str, link: str = ""
) -> tuple[Message, ...]:
    """One message about everything to decide; each issue and topic is an occasion once. Issues are there by key."""
    if not decisions:
        return ()
    return (
        Message(
            audience=Audience.PO,
            team="",
            title=f"{product}: {many(len(decisions), 'decision')} wanted after refinement",
            lines=tuple(_lines(decisions, now.date())),
            occasions=tuple(f"escalated {one.name}" for one in decisions),
            at=now,
            level=Level.AMBER,
            link=link,
        ),
    )


def _lines(decisions: Sequence[Escalated], today: date) -> Iterator[str]:
    yield "Refinement did not settle:"
    for one in decisions[:MOST]:
        sessions = f"{many(one.sessions, 'session')} of {one.team or 'several teams'}"
        yield f"- {one.what}: open after {sessions}, since {day_in_words(one.since, today)}."
    if len(decisions) > MOST:
        yield f"- and {len(decisions) - MOST} more, on the agendas"
    yield "Split it, change it, hand it to somebody, or take it out."
