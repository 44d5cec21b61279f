"""A message to a person or a team, and the log of what was sent."""

from dataclasses import dataclass
from datetime import datetime

from rules.audience import Audience
from rules.capacity.model import Level

URGENCY = tuple(Level)  # red first


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to one person or team; `team` is "" where it is about the whole product.

    `lines` are plain strings, one statement each. `occasions` identify what it is about, so that it is sent once; a
    digest has the occasions of all messages in it. `link` is the address of a report, `docs` that of the rules' pages,
    "" for none.
    """

    audience: Audience
    team: str
    title: str
    lines: tuple[str, ...]
    occasions: tuple[str, ...]
    at: datetime
    level: Level = Level.INFO
    link: str = ""
    docs: str = ""

    @property
    def recipient(self) -> str:
        """Who gets it; the weekly limit counts by this."""
        return f"{self.audience.value}:{self.team}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The log's entry of a sent message. `is_reached` is whether anybody got it so far."""

    at: datetime
    recipient: str
    occasions: tuple[str, ...]
    is_reached: bool = True


def sent(message: Message, at: datetime) -> Sent:
    """The log's entry for a message sent at this time."""
    return Sent(at=at, recipient=message.recipient, occasions=message.occasions)
