"""The messages after a run: to the Product Owner, Scrum Masters and representatives, at most so many a week each.

Pure: messages follow from the run's values, and the log of sent messages is an argument. Channels send them, so a
message holds plain strings without markup.
"""

from rules.audience import Audience
from rules.messages.budget import Budgeted, Mailboxes, as_one, in_one_mail, within_budget
from rules.messages.escalated import escalated_messages
from rules.messages.handshakes import handshake_messages
from rules.messages.model import Message, Sent, sent
from rules.messages.planning import planning_messages
from rules.messages.retries import Target, Undelivered, is_same, next_try, retries
from rules.messages.sprint import sprint_messages
from rules.messages.weekly import messages, owner_lines, owner_title

__all__ = [
    "Audience",
    "Budgeted",
    "Mailboxes",
    "Message",
    "Sent",
    "Target",
    "Undelivered",
    "as_one",
    "escalated_messages",
    "handshake_messages",
    "in_one_mail",
    "is_same",
    "messages",
    "next_try",
    "owner_lines",
    "owner_title",
    "planning_messages",
    "retries",
    "sent",
    "sprint_messages",
    "within_budget",
]
