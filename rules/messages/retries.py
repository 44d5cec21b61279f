"""Messages that a channel or a recipient did not take: what is sent again, and when."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from rules.messages.budget import as_one, is_new
from rules.messages.model import Message, Sent

FIRST_GAP, LONGEST_GAP = timedelta(minutes=15), timedelta(hours=6)


class Target(NamedTuple):
    """Where a message goes: a channel by its name, and the mail address, "" where the channel has none."""

    channel: str
    address: str = ""

    @property
    def mailbox(self) -> str:
        """The address in the case in which mails are counted."""
        return self.address.casefold()

    def __str__(self) -> str:
        """As reports show it."""
        return f"{self.channel}: {self.address}" if self.address else self.channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A message of the log that some targets did not take, with what each of them answered.

    `number` is its number in the log. `tries` counts the attempts so far.
    """

    number: int
    sent: Sent
    missing: Mapping[Target, str]
    tries: int
    next_try: datetime


def next_try(tries: int, now: datetime) -> datetime:
    """When to try again after so many attempts: first in the next run, then with gaps that double, up to six hours."""
    if tries < 2:
        return now
    gap = FIRST_GAP
    for _ in range(tries - 2):
        gap = min(2 * gap, LONGEST_GAP)
    return now + gap


def is_same(late: Undelivered, message: Message) -> bool:
    """Whether a message is about something that the undelivered one was about."""
    return message.recipient == late.sent.recipient and not set(message.occasions).isdisjoint(late.sent.occasions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """What to do with undelivered messages: send these again as they are true by now, and let the others go."""

    again: Sequence[tuple[Undelivered, Message]] = ()
    over: Collection[Undelivered] = ()


def retries(late: Iterable[Undelivered], candidates: Sequence[Message], log: Sequence[Sent], now: datetime) -> Retries:
    """What becomes of each undelivered message.

    It is made again from what is still true, so that nobody gets old figures. Where nothing of it is true any more, it
    is let go. Where a part of it is news that was not sent yet, that message takes its place, and it waits.
    """
    again: list[tuple[Undelivered, Message]] = []
    over: list[Undelivered] = []
    for one in late:
        current = [message for message in candidates if is_same(one, message)]
        if not current:
            over.append(one)
        elif one.next_try <= now and not any(is_new(message, log) for message in current):
            again.append((one, as_one(current)))
    return Retries(again=again, over=over)
