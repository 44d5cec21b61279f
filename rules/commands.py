"""What people tell us in comments: `/ready recheck`, `/ready waive RULE until DATE because ...`, `/ready accept`.

Only a comment whose very first line is such a command counts, and only from people the configuration names;
any other text is data. Each command is answered once, inside our one comment.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date

from rules.document import BlockKind, Document
from rules.model import Comment, Issue, Snapshot
from rules.verdict import Waiver

COMMAND = "/ready"
"""How every command begins; it may be written in any case."""
_COMMAND = re.compile(COMMAND + r"\s+(?P<verb>recheck|accept|waive)(?:\s+(?P<rest>.*))?", re.IGNORECASE)
_WAIVE = re.compile(
    r"(?P<rule>[a-z_.]{1,60})\s+until\s+(?P<until>\d{4}-\d{2}-\d{2})\s+because\s+(?P<reason>\S.{0,400})", re.IGNORECASE
)
WAIVE = "/ready waive RULE until YYYY-MM-DD because REASON"
HOW = f"write: {WAIVE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """Somebody wants the issue judged again, and an answer."""

    comment: Comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """A team takes what was proposed to it."""

    comment: Comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Waive:
    """Somebody accepts a finding for a time."""

    comment: Comment
    waiver: Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A command that is not carried out, and why: said once."""

    comment: Comment
    why: str


Command = Recheck | Accept | Waive | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A command that was heard: what is said to it, and what follows. It is kept, so that nothing is answered twice.

    `comment` and `issue` are ids. `waiver` is the finding it accepts, `accepts` whether a team took what was proposed.
    """

    comment: str
    issue: str
    text: str
    waiver: Waiver | None = None
    accepts: bool = False


LINES = 3  # the newest answers our comment keeps showing


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """All answers so far, oldest first; `fresh` are those that were not given yet."""

    answers: tuple[Answer, ...] = ()
    fresh: tuple[Answer, ...] = ()

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """What people accepted in comments."""
        return tuple(answer.waiver for answer in self.answers if answer.waiver is not None)

    @property
    def accepted(self) -> frozenset[str]:
        """The ids of issues whose proposal a team accepted."""
        return frozenset(answer.issue for answer in self.answers if answer.accepts)

    def lines(self, issue: str) -> tuple[str, ...]:
        """The newest answers on an issue (its id), as our comment shows them."""
        return tuple(answer.text for answer in self.answers if answer.issue == issue)[-LINES:]

    def is_waiting(self, issue: str) -> bool:
        """Whether somebody on this issue (its id) waits for an answer."""
        return any(answer.issue == issue for answer in self.fresh)


def read_commands(
    snapshot: Snapshot, *, allowed: frozenset[str], rules: Iterable[str], given: Iterable[Answer]
) -> Commands:
    """Read the commands on all issues. `given` are the answers of earlier passes, oldest first."""
    given, paths = tuple(given), tuple(rules)
    known = frozenset(answer.comment for answer in given)
    fresh = tuple(
        answer_to(command, issue)
        for issue in snapshot.issues
        for command in commands_of(issue, allowed=allowed, rules=paths, known=known)
    )
    return Commands(answers=(*given, *fresh), fresh=fresh)


def answer_to(command: Command, issue: Issue) -> Answer:
    """Tell what becomes of a command."""
    who, comment = command.comment.author_name, command.comment.id
    match command:
        case Recheck():
            at = command.comment.created.astimezone(UTC)  # the tracker tells it in the zone of our account
            return Answer(
                comment=comment, issue=issue.id, text=f"Checked again for {who}, asked {at:%Y-%m-%d %H:%M} UTC."
            )
        case Accept():
            text = f"{who} accepted the sprint that was proposed."
            return Answer(comment=comment, issue=issue.id, text=text, accepts=True)
        case Waive(waiver=waiver):
            name = waiver.rule.removeprefix("ready.")
            text = f"{who} waived {name} until {waiver.until}: {waiver.reason}"
            return Answer(comment=comment, issue=issue.id, text=text, waiver=waiver)
        case Refusal(why=why):
            return Answer(comment=comment, issue=issue.id, text=f"The command of {who} was not carried out: {why}.")


def commands_of(
    issue: Issue, *, allowed: frozenset[str], rules: Iterable[str], known: frozenset[str]
) -> tuple[Command, ...]:
    """Read the commands on an issue that were not answered before, oldest first.

    `allowed` are the account ids that may command, `rules` the paths a waiver may name, `known` the ids of comments
    already answered.
    """
    fresh = (comment for comment in issue.comments if comment.id not in known)
    read = (_command(comment, issue, allowed, tuple(rules)) for comment in fresh)
    return tuple(command for command in read if command is not None)


def _command(comment: Comment, issue: Issue, allowed: frozenset[str], rules: tuple[str, ...]) -> Command | None:
    found = _COMMAND.fullmatch(_first_line(comment.document))
    if found is None:
        return None
    if comment.author not in allowed:
        return Refusal(comment=comment, why="this account is not among those who may command readyline here")
    match found["verb"].lower():
        case "recheck":
            return Recheck(comment=comment)
        case "accept":
            return Accept(comment=comment)
        case _:
            return _waive(comment, issue, found["rest"] or "", rules)


def _waive(comment: Comment, issue: Issue, words: str, rules: tuple[str, ...]) -> Command:
    found = _WAIVE.fullmatch(words.strip())
    if found is None:
        return Refusal(comment=comment, why=f"it could not be read; {HOW}")
    rule = found["rule"].lower()
    path = rule if rule.startswith("ready.") else f"ready.{rule}"
    if path not in rules:
        return Refusal(comment=comment, why=f"there is no rule of that name; {HOW}")
    try:
        until = date.fromisoformat(found["until"])
    except ValueError:
        return Refusal(comment=comment, why=f"there is no such day; {HOW}")
    waiver = Waiver(rule=path, issue=issue.key, reason=found["reason"].strip(), owner=comment.author_name, until=until)
    return Waive(comment=comment, waiver=waiver)


def _first_line(document: Document) -> str:
    first = next(iter(document.blocks), None)
    if first is None or first.kind is not BlockKind.PARAGRAPH:
        return ""
    return first.text.strip().splitlines()[0].strip() if first.text.strip() else ""
