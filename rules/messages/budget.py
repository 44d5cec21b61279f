"""Which messages are sent now: what is new, one a day and so many a week for each recipient, the most urgent first."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from rules.messages.model import URGENCY, Message, Sent
from rules.wording import many

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgeted:
    """The messages to send now, and those held back by a limit."""

    send: tuple[Message, ...] = ()
    held: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """The people that messages reach by mail, by recipient, and how many more each of them may get this week."""

    people: Mapping[str, Collection[str]] = field(default_factory=dict)
    room: Mapping[str, int] = field(default_factory=dict)


def within_budget(
    candidates: Iterable[Message],
    log: Collection[Sent],
    *,
    now: datetime,
    per_week: int,
    mailboxes: Mailboxes = Mailboxes(),
    zone: tzinfo = UTC,
) -> Budgeted:
    """The messages that are new: one a recipient and day, at most `per_week` in any seven days, as a mailbox has room.

    Several to one recipient are one digest, the most urgent first. What is held back, a later run makes again if it is
    still true. `zone` says when a day begins.
    """
    spent = Counter(row.recipient for row in log if now - row.at < WEEK)
    had_today = {row.recipient for row in log if row.is_reached and _day(row.at, zone) == _day(now, zone)}
    fresh: defaultdict[str, list[Message]] = defaultdict(list)
    for message in candidates:
        if is_new(message, log):
            fresh[message.recipient].append(message)
    fitting: dict[str, Sequence[Message]] = {}
    left = dict(mailboxes.room)
    for waiting in fresh.values():
        waiting.sort(key=lambda message: URGENCY.index(message.level))
    for recipient, waiting in sorted(fresh.items(), key=lambda item: URGENCY.index(item[1][0].level)):
        people = mailboxes.people.get(recipient, ())
        room = min((per_week - spent[recipient], *(left[person] for person in people)))
        fitting[recipient] = (as_one(waiting),) if room > 0 and recipient not in had_today else ()
        left |= {person: left[person] - len(fitting[recipient]) for person in people}
    send = tuple(message for recipient in fresh for message in fitting[recipient])
    held = tuple(message for recipient, waiting in fresh.items() if not fitting[recipient] for message in waiting)
    return Budgeted(send=send, held=held)


def in_one_mail(due: Iterable[Message], readers: Mapping[str, Collection[str]]) -> tuple[tuple[Message, ...], ...]:
    """The messages of a run, together where a mail of each would reach the same people; the most urgent first.

    `readers` are the people that a recipient's messages reach, where that is by mail alone.
    """
    together: defaultdict[object, list[Message]] = defaultdict(list)
    for message in due:
        people = frozenset(readers.get(message.recipient, ()))
        together[people or message.recipient].append(message)
    return tuple(tuple(sorted(group, key=lambda message: URGENCY.index(message.level))) for group in together.values())


def is_new(message: Message, log: Iterable[Sent]) -> bool:
    """Whether the recipient was not yet sent everything that the message is about."""
    before = {occasion for row in log if row.recipient == message.recipient for occasion in row.occasions}
    return not before.issuperset(message.occasions)


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def as_one(rest: Sequence[Message]) -> Message:
    """A digest of several messages to one recipient; a single one as it is."""
    if len(rest) == 1:
        return rest[0]
    first = rest[0]
    lines = [line for message in rest for line in (f"{message.title}:", *(f"- {line}" for line in message.lines))]
    return Message(
        audience=first.audience,
        team=first.team,
        title=f"{first.title}, and {many(len(rest) - 1, 'more message')}",
        lines=tuple(lines),
        occasions=tuple(occasion for message in rest for occasion in message.occasions),
        at=first.at,
        level=first.level,
        link=first.link,
        docs=first.docs,
    )
