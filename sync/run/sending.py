"""Sending messages: each to the channels that want it, and again to those that did not take it.

A message is noted before it goes out: a worker that dies while sending must not send it again. What a channel or a
recipient refused is noted after it, and a later run sends it there again, as it is true by then.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from rules.messages import (
    Mailboxes,
    Message,
    Target,
    Undelivered,
    as_one,
    in_one_mail,
    is_same,
    next_try,
    retries,
    sent,
    within_budget,
)
from rules.plan.mail_budget import MESSAGE, WEEK, Mail, MailCount
from sync.errors import NotifyError, PartlySent
from sync.logs import get_logger
from sync.notifiers import ChannelSettings, HasRecipients, Notifier
from sync.store.mail_log import MailLog
from sync.store.message_log import MessageLog

log = get_logger()


@dataclass(frozen=True, kw_only=True)
class Sending:
    """The channels by name, and the logs of what went out.

    `per_week` is the most messages a recipient or mailbox gets in seven days, `mails_per_week` the most mails of any
    kind (0: no limit). `accounts` joins mail addresses to accounts. A day begins by the clock of `zone`.
    """

    log: MessageLog
    mails: MailLog
    channels: Mapping[str, tuple[ChannelSettings, Notifier]]
    per_week: int
    mails_per_week: int = 0
    accounts: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo = UTC

    def send(self, candidates: Iterable[Message], now: datetime, run: str) -> None:
        """Send what was refused before, and what is new within the limits. Raises `StoreError` alone."""
        wanted = [message for message in candidates if self._targets(message)]
        self._send_again(wanted, now, run)
        due = within_budget(
            wanted,
            self.log.rows(),
            now=now,
            per_week=self.per_week,
            mailboxes=self._mailboxes(wanted, now),
            zone=self.zone,
        )
        for together in in_one_mail(due.send, self._readers(due.send)):
            self._send_new(together, now, run)
        if due.held:
            log.info("messages.held", count=len(due.held), why="the limit of the day or week is reached")

    def _send_new(self, together: Sequence[Message], now: datetime, run: str) -> None:
        """Send a message, or several to the same mailboxes in one mail; each has its own line in the log."""
        for late in self.log.undelivered():
            if any(is_same(late, message) for message in together):
                self.log.let_go(late)  # this message has what that one had
        numbers = [self.log.add(sent(message, now)) for message in together]
        targets = self._targets(together[0])
        missing = self._deliver(as_one(together), targets, now, f"{run} message {numbers[0]}")
        for number in numbers:
            if missing:
                self.log.tried(number, missing, tries=1, next_try=next_try(1, now))
            if len(missing) == len(targets):
                self.log.reached(number, None)

    def _send_again(self, wanted: Sequence[Message], now: datetime, run: str) -> None:
        due = retries(self.log.undelivered(), wanted, self.log.rows(), now)
        for late in due.over:
            self.log.let_go(late)
            log.warning("message.given_up", recipient=late.sent.recipient, missing=[str(one) for one in late.missing])
        for late, message in due.again:
            self._repeat(late, message, now, run)

    def _repeat(self, late: Undelivered, message: Message, now: datetime, run: str) -> None:
        """Send a message to those who miss it, but to no mailbox that is full, and to no channel that is gone."""
        count = self._count(now)
        known = [target for target in self._targets(message) if target in late.missing]
        full = [one for one in known if one.address and self._room(count, count.person(one.mailbox)) <= 0]
        targets = [target for target in known if target not in full]
        tries = late.tries + 1
        self.log.tried(late.number, {}, tries=tries, next_try=now)
        missing = self._deliver(message, targets, now, f"{run} message {late.number}")
        if len(missing) < len(targets) and not late.sent.is_reached:
            self.log.reached(late.number, now)
        waiting = missing | {target: late.missing[target] for target in full}
        self.log.tried(late.number, waiting, tries=tries, next_try=next_try(tries, now))

    def _deliver(self, message: Message, targets: Collection[Target], now: datetime, name: str) -> dict[Target, str]:
        """Send to these targets, and say who did not get it and why; only mails that went out are counted."""
        people = {target.mailbox for target in targets if target.address}
        self.mails.add(name, (Mail(issue="", about=MESSAGE, person=one) for one in sorted(people)), now)
        missing: dict[Target, str] = {}
        for channel, (_, notifier) in self.channels.items():
            asked = [target for target in targets if target.channel == channel]
            if asked:
                missing |= _missed(notifier, message, asked)
        for person in people - {target.mailbox for target in targets if target not in missing}:
            self.mails.drop_message(name, person)
        return missing

    def _targets(self, message: Message) -> list[Target]:
        return [
            Target(channel, address)
            for channel, (settings, _) in self.channels.items()
            if settings.wants(message)
            for address in settings.addresses or ("",)
        ]

    def _readers(self, messages: Iterable[Message]) -> Mapping[str, Collection[str]]:
        """The mailboxes that a recipient's messages go to, of those that go to nothing else."""
        targets = {message.recipient: self._targets(message) for message in messages}
        return {
            recipient: {target.mailbox for target in these}
            for recipient, these in targets.items()
            if all(target.address for target in these)
        }

    def _mailboxes(self, wanted: Iterable[Message], now: datetime) -> Mailboxes:
        """The people each message reaches: a person may have several roles, addresses and an account."""
        count = self._count(now)
        people = {
            message.recipient: frozenset(
                count.person(target.mailbox) for target in self._targets(message) if target.address
            )
            for message in wanted
        }
        return Mailboxes(people, {one: self._room(count, one) for reached in people.values() for one in reached})

    def _count(self, now: datetime) -> MailCount:
        return MailCount(self.mails.since(now - WEEK), {**self.mails.accounts(), **self.accounts})

    def _room(self, count: MailCount, person: str) -> int:
        ours = self.per_week - count.messages(person)
        return min(ours, self.mails_per_week - len(count.times(person))) if self.mails_per_week else ours


def named(channels: Iterable[tuple[ChannelSettings, Notifier]]) -> dict[str, tuple[ChannelSettings, Notifier]]:
    """The channels by a name for each: "slack READYLINE_SLACK", and "phone (2)" where two have the same."""
    by_name: dict[str, tuple[ChannelSettings, Notifier]] = {}
    for settings, notifier in channels:
        same = sum(other.name == settings.name for other, _ in by_name.values())
        by_name[f"{settings.name} ({same + 1})" if same else settings.name] = (settings, notifier)
    return by_name


def _missed(notifier: Notifier, message: Message, asked: Sequence[Target]) -> dict[Target, str]:
    """Which of these targets, all of one channel, did not get the message, each with the reason."""
    channel = asked[0].channel
    facts = {"channel": channel, "recipient": message.recipient}
    addresses = {target.address for target in asked if target.address}
    if isinstance(notifier, HasRecipients):
        notifier = notifier.only_to(addresses)
    try:
        notifier.send(message)
    except PartlySent as error:
        log.warning("message.partly_sent", **facts, why=str(error))
        can_repeat = isinstance(notifier, HasRecipients)
        return {Target(channel, one): why for one, why in error.refused.items()} if can_repeat else {}
    except NotifyError as error:
        log.warning("message.failed", **facts, why=str(error))
        return dict.fromkeys(asked, str(error))
    log.info("message.sent", **facts, occasions=list(message.occasions))
    return {}
