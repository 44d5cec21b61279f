"""What a comment must say to be a command, and who may give it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rules.commands.values import (
    Accept,
    Command,
    Give,
    Hands,
    KeepOrRelease,
    Pledge,
    Recheck,
    Refusal,
    Reject,
    Scope,
    Unknown,
    Waive,
)
from rules.document import BlockKind, Document
from rules.lazy_regex import regex
from rules.model import Comment, Issue, Product
from rules.release import KEEP_DAYS, Stay
from rules.verdict import Waiver
from rules.wording import Wording

COMMAND = "/ready"
"""The first word of every command, in any case."""
_COMMAND = regex(COMMAND + r"\s+(?P<verb>\S+)(?:\s+(?P<rest>.*))?", re.IGNORECASE)
_HANDS = regex(COMMAND + r"\s+hands[\s\u2010-\u2015-]?(?P<way>off|on)\b.*", re.IGNORECASE)
DOES: Mapping[str, str] = {
    "recheck": "recheck",
    "accept": "accept",
    "reject": "reject",
    "team": "choose the team",
    "waive": "waive",
    "hands-off": "keep readyline away",
    "hands-on": "let readyline write",
    "keep": "keep",
    "release": "release",
    "scope": "acknowledge changes of scope",
    "promise": "promise a sprint",
}
"""The commands, and each as something that a person can do."""
LONGEST_WORD = 30  # characters of an unknown word that an answer repeats
_WAIVE = regex(
    r"(?P<rule>[a-z_.]{1,60})\s+until\s+(?P<until>\d{4}-\d{2}-\d{2})\s+because\s+(?P<reason>\S.{0,400})", re.IGNORECASE
)
WAIVE = "/ready waive RULE until YYYY-MM-DD because REASON"
LONGEST_REASON = 400  # characters of the reason of a rejection
_REJECT = regex(r"(?:(?P<team>.*?)\s)?because\s+(?P<reason>\S.*)", re.IGNORECASE)
REJECT = "/ready reject because REASON"
_KEEP = regex(r"(?:until\s+(?P<until>\d{4}-\d{2}-\d{2}))?[\s.]*", re.IGNORECASE)
_RELEASE = regex(r"because\s+(?P<reason>\S.{0,400})", re.IGNORECASE)
KEEP = "/ready keep until YYYY-MM-DD"
RELEASE = "/ready release because REASON"
SCOPE = "/ready scope ok"
PROMISE = "/ready promise SPRINT"
OF_OWNER = frozenset({"keep", "release", "scope"})
"""The commands that only the Product Owner gives, who alone decides what the backlog holds."""

MOST_NAMES = 5  # more names do not fit into an answer


def commands_of(  # noqa: PLR0913 - who may say what, and what is known of the issue
    issue: Issue,
    *,
    allowed: frozenset[str],
    rules: Iterable[str],
    answered: frozenset[str],
    names: tuple[str, ...] = (),
    teams: tuple[str, ...] = (),
    today: date = date.min,
    owner: Product | None = None,
    keep_days: int = KEEP_DAYS,
) -> tuple[Command, ...]:
    """The commands on an issue that are not answered yet, oldest first.

    `allowed` are the account ids that may use commands, and `names` the names of these people. `rules` are the paths
    that a waiver may name, `teams` the names of the product's teams, and `answered` the ids of answered comments. What
    ends before `today` is refused. `owner` is the product whose owner keeps and releases, for `keep_days` where
    no day is named.
    """
    fresh = [comment for comment in issue.comments if comment.id not in answered]
    reader = _Reader(issue, tuple(rules), allowed, names, teams, today, owner, keep_days)
    read = (reader.command(comment) for comment in fresh)
    return tuple(command for command in read if command is not None)


def only(names: tuple[str, ...], verb: str) -> Wording:
    """Who may use a command, after the name of a person who may not."""
    does = Wording(DOES[verb])
    if not names:
        return Wording("you cannot {verb} here", verb=does)
    *most, last = names[:MOST_NAMES]
    if len(names) > MOST_NAMES:
        template = "only {people} and {count:other|others} can {verb} here"
        return Wording(template, people=(*most, last), count=len(names) - MOST_NAMES, verb=does)
    if most:
        return Wording("only {people} and {last} can {verb} here", people=tuple(most), last=last, verb=does)
    return Wording("only {person} can {verb} here", person=last, verb=does)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the commands on one issue."""

    issue: Issue
    rules: tuple[str, ...]
    allowed: frozenset[str]
    names: tuple[str, ...]
    teams: tuple[str, ...]
    today: date
    product: Product | None
    keep_days: int

    def command(self, comment: Comment) -> Command | None:
        """The command in a comment, `None` for any other text."""
        line = _first_line(comment.document)
        written = _COMMAND.fullmatch(line)
        if written is None:
            return None
        verb, rest = _verb(line, written["verb"]), " ".join((written["rest"] or "").split())
        if comment.author not in self.allowed:
            return Refusal(comment=comment, why=only(self.names, verb)) if verb in DOES else None
        if verb in OF_OWNER and (self.product is None or comment.author != self.product.account):
            owner = (f"{self.product.owner} (Product Owner)",) if self.product else ()
            return Refusal(comment=comment, why=only(owner, verb))
        read: Mapping[str, Callable[[], Command]] = {
            "recheck": lambda: Recheck(comment=comment),
            "accept": lambda: _accept(comment, rest, self.teams),
            "reject": lambda: _reject(comment, rest, self.teams),
            "team": lambda: _give(comment, rest, self.teams),
            "waive": lambda: _waive(comment, self.issue, rest, self.rules, self.today),
            "hands-off": lambda: Hands(comment=comment, off=True),
            "hands-on": lambda: Hands(comment=comment, off=False),
            "keep": lambda: self._keep(comment, rest),
            "release": lambda: self._release(comment, rest),
            "scope": lambda: _scope(comment, rest),
            "promise": lambda: _promise(comment, rest),
        }
        return read[verb]() if verb in read else Unknown(comment=comment, word=short(written["verb"]))

    def _keep(self, comment: Comment, words: str) -> Command:
        read = _KEEP.fullmatch(words)
        if read is None:
            return Refusal(comment=comment, why=Wording("this command cannot be read; write: {how}", how=KEEP))
        until = _day(comment, read["until"], self.today, KEEP) if read["until"] else self._silent_until(comment)
        return until if isinstance(until, Refusal) else _kept(comment, until)

    def _silent_until(self, comment: Comment) -> date:
        """Counted from the comment, so that a command that is read again means the same."""
        return comment.created.date() + timedelta(days=self.keep_days)

    def _release(self, comment: Comment, words: str) -> Command:
        read = _RELEASE.fullmatch(words)
        if read is None:
            return Refusal(comment=comment, why=Wording("a release needs a reason; write: {how}", how=RELEASE))
        if self.issue.sprint is not None:
            return Refusal(comment=comment, why=Wording("this issue is in a sprint; move it to the backlog first"))
        stay = Stay(at=comment.created, until=self._silent_until(comment), because=read["reason"].strip())
        return KeepOrRelease(comment=comment, stay=stay)


def _kept(comment: Comment, until: date) -> KeepOrRelease:
    return KeepOrRelease(comment=comment, stay=Stay(at=comment.created, until=until))


def _day(comment: Comment, written: str, today: date, how: str) -> date | Refusal:
    """The last day that a command names; today or later."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return Refusal(comment=comment, why=Wording("there is no day {day}; write: {how}", day=written, how=how))
    if day < today:
        return Refusal(comment=comment, why=Wording("{day} is over; write: {how}", day=f"{day}", how=how))
    return day


def _verb(line: str, word: str) -> str:
    """The command as it is spelt here: `hands off` in two words, and a full stop after a word, are fine."""
    hands = _HANDS.fullmatch(line)
    return f"hands-{hands['way'].lower()}" if hands else word.lower().rstrip(".,;:!")


def short(word: str) -> str:
    """What an answer repeats of a word or name that is not known."""
    return word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}…"


def _accept(comment: Comment, words: str, teams: tuple[str, ...]) -> Command:
    if not words:
        return Accept(comment=comment)
    team = named(words, teams)
    return Accept(comment=comment, team=team) if team else _no_team(comment, words, teams)


def _give(comment: Comment, words: str, teams: tuple[str, ...]) -> Command:
    team = named(words, teams)
    return Give(comment=comment, team=team) if team else _no_team(comment, words, teams)


def _reject(comment: Comment, words: str, teams: tuple[str, ...]) -> Command:
    read = _REJECT.fullmatch(words)
    if read is None:
        return Refusal(comment=comment, why=Wording("a rejection needs a reason; write: {how}", how=REJECT))
    reason, name = read["reason"][:LONGEST_REASON], read["team"] or ""
    team = named(name, teams)
    return Reject(comment=comment, reason=reason, team=team) if team or not name else _no_team(comment, name, teams)


def _scope(comment: Comment, words: str) -> Command:
    if words.casefold().rstrip(".!") == "ok":
        return Scope(comment=comment)
    return Refusal(comment=comment, why=Wording("this command cannot be read; write: {how}", how=SCOPE))


def _promise(comment: Comment, words: str) -> Command:
    if words:
        return Pledge(comment=comment, sprint=words)
    return Refusal(comment=comment, why=Wording("this command cannot be read; write: {how}", how=PROMISE))


def named(words: str, names: Iterable[str]) -> str:
    """The one of the names that is meant, in any case and in quotation marks or not; "" for none."""
    name = words.strip(" .,;:!\"'“”„").casefold()
    return next((one for one in names if one.casefold() == name), "")


def _no_team(comment: Comment, words: str, teams: tuple[str, ...]) -> Refusal:
    template = "there is no team {name!q}; the teams are {teams}"
    return Refusal(comment=comment, why=Wording(template, name=short(words), teams=teams))


def _waive(comment: Comment, issue: Issue, words: str, rules: tuple[str, ...], today: date) -> Command:
    read = _WAIVE.fullmatch(words)
    if read is None:
        return Refusal(comment=comment, why=Wording("this waiver cannot be read; write: {how}", how=WAIVE))
    rule = read["rule"].lower()
    path = rule if rule.startswith("ready.") else f"ready.{rule}"
    if path not in rules:
        why = Wording("there is no rule '{rule}'; write: {how}", rule=rule, how=WAIVE)
        return Refusal(comment=comment, why=why)
    until = _day(comment, read["until"], today, WAIVE)
    if isinstance(until, Refusal):
        return until
    waiver = Waiver(rule=path, issue=issue.key, reason=read["reason"].strip(), owner=comment.author_name, until=until)
    return Waive(comment=comment, waiver=waiver)


def _first_line(document: Document) -> str:
    first = next(iter(document.blocks), None)
    if first is None or first.kind is not BlockKind.PARAGRAPH:
        return ""
    return first.text.strip().splitlines()[0].strip() if first.text.strip() else ""
