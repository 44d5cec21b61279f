"""Commands in comments: `/ready recheck`, `/ready waive RULE until DATE because ...`, `/ready accept`.

Only a comment whose first line is such a command counts, and only from people whose account is in the configuration;
any other text is data. Each command is answered once, in our comment on the issue.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date

from rules.document import BlockKind, Document
from rules.model import Comment, Issue, Product, Snapshot, SprintState
from rules.verdict import Waiver
from rules.wording import Wording

COMMAND = "/ready"
"""The first word of every command, in any case."""
_COMMAND = re.compile(COMMAND + r"\s+(?P<verb>recheck|accept|waive)(?:\s+(?P<rest>.*))?", re.IGNORECASE)
_WAIVE = re.compile(
    r"(?P<rule>[a-z_.]{1,60})\s+until\s+(?P<until>\d{4}-\d{2}-\d{2})\s+because\s+(?P<reason>\S.{0,400})", re.IGNORECASE
)
WAIVE = "/ready waive RULE until YYYY-MM-DD because REASON"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """Evaluate the issue again, and answer."""

    comment: Comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """A team accepts the proposed sprint."""

    comment: Comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Waive:
    """A person accepts a finding until a date."""

    comment: Comment
    waiver: Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A command that is refused; `why` goes on after the author's name."""

    comment: Comment
    why: str


Command = Recheck | Accept | Waive | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a command, and its effect. Answers are stored, so that nothing is answered twice.

    `comment` and `issue` are ids. `waiver` is the finding it accepts, `accepts` whether a team accepts the
    sprint with the id `sprint`, "" where it was not in the tracker yet.
    """

    comment: str
    issue: str
    text: str
    waiver: Waiver | None = None
    accepts: bool = False
    sprint: str = ""


MOST_NAMES = 5  # more names do not fit into an answer
LINES = 3  # how many of the newest answers our comment shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """All answers so far, oldest first; `fresh` are those of this run."""

    answers: tuple[Answer, ...] = ()
    fresh: tuple[Answer, ...] = ()

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """The waivers from comments."""
        return tuple(answer.waiver for answer in self.answers if answer.waiver is not None)

    @property
    def accepted(self) -> frozenset[str]:
        """The ids of issues whose proposal a team accepted."""
        return frozenset(answer.issue for answer in self.answers if answer.accepts)

    def lines(self, issue: str) -> tuple[str, ...]:
        """The newest answers on an issue (its id), as our comment shows them."""
        return tuple(answer.text for answer in self.answers if answer.issue == issue)[-LINES:]

    def is_waiting(self, issue: str) -> bool:
        """Whether a person waits for an answer on this issue (its id)."""
        return any(answer.issue == issue for answer in self.fresh)


def read_commands(
    snapshot: Snapshot, *, allowed: frozenset[str], rules: Iterable[str], given: Iterable[Answer]
) -> Commands:
    """Read the commands on all issues. `given` are the answers of earlier runs, oldest first.

    An acceptance ends once its sprint has started.
    """
    given, paths = tuple(_until_its_sprint(answer, snapshot) for answer in given), tuple(rules)
    answered = frozenset(answer.comment for answer in given)
    names = _names_of(allowed, snapshot.product)
    fresh = tuple(
        answer_to(command, issue)
        for issue in snapshot.issues
        for command in commands_of(issue, allowed=allowed, rules=paths, answered=answered, names=names)
    )
    return Commands(answers=(*given, *fresh), fresh=fresh)


def _until_its_sprint(answer: Answer, snapshot: Snapshot) -> Answer:
    sprint = snapshot.sprint_by_id.get(answer.sprint)
    has_ended = bool(answer.sprint) and (sprint is None or sprint.state is not SprintState.FUTURE)
    return replace(answer, accepts=False) if has_ended else answer


def answer_to(command: Command, issue: Issue) -> Answer:
    """The answer to a command; that to an acceptance is put into words once the proposal is known (`decided`)."""
    who, comment = command.comment.author_name, command.comment.id
    match command:
        case Recheck():
            at = command.comment.created.astimezone(UTC)  # the tracker gives it in the zone of our account
            text = Wording("Checked again for {who}, asked {at} UTC.", who=who, at=f"{at:%Y-%m-%d %H:%M}")
            return Answer(comment=comment, issue=issue.id, text=text)
        case Accept():
            return Answer(comment=comment, issue=issue.id, text=who, accepts=True)
        case Waive(waiver=waiver):
            text = Wording(
                "{who} waived {rule} until {until}: {reason}",
                who=who,
                rule=waiver.rule.removeprefix("ready."),
                until=f"{waiver.until}",
                reason=waiver.reason,
            )
            return Answer(comment=comment, issue=issue.id, text=text, waiver=waiver)
        case Refusal(why=why):
            return Answer(comment=comment, issue=issue.id, text=Wording("{who}, {why}.", who=who, why=why))


def commands_of(
    issue: Issue,
    *,
    allowed: frozenset[str],
    rules: Iterable[str],
    answered: frozenset[str],
    names: tuple[str, ...] = (),
) -> tuple[Command, ...]:
    """The commands on an issue that are not answered yet, oldest first.

    `allowed` are the account ids that may use commands, and `names` the names of these people. `rules` are the paths
    that a waiver may name, and `answered` the ids of answered comments.
    """
    fresh = (comment for comment in issue.comments if comment.id not in answered)
    paths = tuple(rules)
    read = (_command(comment, issue, paths, allowed=allowed, names=names) for comment in fresh)
    return tuple(command for command in read if command is not None)


def _names_of(allowed: frozenset[str], product: Product) -> tuple[str, ...]:
    """Names of the people who may use commands; an account of no team member is the Product Owner's."""
    members = {person.account: person.name for team in product.teams for person in team.people}
    owner = (f"{product.owner} (Product Owner)",) if allowed - members.keys() else ()
    return (*owner, *(name for account, name in members.items() if account in allowed))


def _only(names: tuple[str, ...], verb: str) -> str:
    """Who may use a command, after the name of a person who may not."""
    if not names:
        return Wording("you cannot {verb} here", verb=verb)
    *most, last = names[:MOST_NAMES]
    if len(names) > MOST_NAMES:
        template = "only {people} and {count:other|others} can {verb} here"
        return Wording(template, people=(*most, last), count=len(names) - MOST_NAMES, verb=verb)
    if most:
        return Wording("only {people} and {last} can {verb} here", people=tuple(most), last=last, verb=verb)
    return Wording("only {person} can {verb} here", person=last, verb=verb)


def _command(
    comment: Comment, issue: Issue, rules: tuple[str, ...], *, allowed: frozenset[str], names: tuple[str, ...]
) -> Command | None:
    written = _COMMAND.fullmatch(_first_line(comment.document))
    if written is None:
        return None
    verb = written["verb"].lower()
    if comment.author not in allowed:
        return Refusal(comment=comment, why=_only(names, verb))
    match verb:
        case "recheck":
            return Recheck(comment=comment)
        case "accept":
            return Accept(comment=comment)
        case _:
            return _waive(comment, issue, written["rest"] or "", rules)


def _waive(comment: Comment, issue: Issue, words: str, rules: tuple[str, ...]) -> Command:
    read = _WAIVE.fullmatch(words.strip())
    if read is None:
        return Refusal(comment=comment, why=Wording("this waiver cannot be read; write: {how}", how=WAIVE))
    rule = read["rule"].lower()
    path = rule if rule.startswith("ready.") else f"ready.{rule}"
    if path not in rules:
        why = Wording("there is no rule '{rule}'; write: {how}", rule=rule, how=WAIVE)
        return Refusal(comment=comment, why=why)
    try:
        until = date.fromisoformat(read["until"])
    except ValueError:
        why = Wording("there is no day {day}; write: {how}", day=read["until"], how=WAIVE)
        return Refusal(comment=comment, why=why)
    waiver = Waiver(rule=path, issue=issue.key, reason=read["reason"].strip(), owner=comment.author_name, until=until)
    return Waive(comment=comment, waiver=waiver)


def _first_line(document: Document) -> str:
    first = next(iter(document.blocks), None)
    if first is None or first.kind is not BlockKind.PARAGRAPH:
        return ""
    return first.text.strip().splitlines()[0].strip() if first.text.strip() else ""
