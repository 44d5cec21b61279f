"""Commands in comments: `/ready accept [TEAM]`, `reject because ...`, `team TEAM`, `waive RULE until ...`, and others.

Three are the Product Owner's alone: `keep [until DATE]` and `release because ...`, about old issues, and `scope ok`,
about changes of a running sprint. One is the providing team's: `promise SPRINT`, about what another team needs.

Only a comment whose first line is such a command counts, and only from people whose account is in the configuration;
any other text is data. Each command is answered once, in our comment on the issue; a word that is not a command is
answered once an issue.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, timedelta

from rules.document import BlockKind, Document
from rules.lazy_regex import regex
from rules.model import Comment, Issue, Product, Snapshot, SprintState
from rules.promise import Promise
from rules.release import KEEP_DAYS, Stay
from rules.verdict import Waiver
from rules.wording import Wording

COMMAND = "/ready"
"""The first word of every command, in any case."""
_COMMAND = regex(COMMAND + r"\s+(?P<verb>\S+)(?:\s+(?P<rest>.*))?", re.IGNORECASE)
_HANDS = regex(COMMAND + r"\s+hands[\s\u2010-\u2015-]?(?P<way>off|on)\b.*", re.IGNORECASE)
_DOES: Mapping[str, str] = {
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
ASKED = "?"
OF_OWNER = frozenset({"keep", "release", "scope"})
"""The commands that only the Product Owner gives, who alone decides what the backlog holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """Evaluate the issue again, and answer."""

    comment: Comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """A team accepts the proposed sprint; with `team`, this team takes the issue."""

    comment: Comment
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A team does not take the issue into its next sprint; `team` is "" for the one that it is proposed for."""

    comment: Comment
    reason: str
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """A team takes an issue that several teams or none recognise."""

    comment: Comment
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waive:
    """A person accepts a finding until a date."""

    comment: Comment
    waiver: Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """A person wants nothing to be written to the issue any more (`off`), or again everything."""

    comment: Comment
    off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepOrRelease:
    """The Product Owner keeps or releases an old issue."""

    comment: Comment
    stay: Stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The Product Owner acknowledges that the issue was added to a running sprint, or removed from it."""

    comment: Comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A team promises to finish the issue in the sprint with this name."""

    comment: Comment
    sprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A word that is not a command."""

    comment: Comment
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A command that is refused; `why` goes on after the author's name."""

    comment: Comment
    why: str


Command = Recheck | Accept | Reject | Give | Waive | Hands | KeepOrRelease | Scope | Pledge | Unknown | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a command, and its effect. Answers are stored, so that nothing is answered twice.

    `comment` and `issue` are ids. `waiver` is the finding it accepts, `accepts` whether a team accepts the
    sprint with the id `sprint`, "" where it was not in the tracker yet. `hands_off` is whether nothing is written to
    the issue from now on, `None` where the command was about something else. `rejects` is whether `team` does not take
    the issue into that sprint; `text` then has the reason. With `team`, an acceptance is for this team; `team` alone
    says who takes the issue from now on. `reason` is that of a rejection, or the sprint of a promise, which is not in
    words yet; it is not stored. `stay` is whether the Product Owner keeps or releases the issue. `scope` names the
    change of a running sprint that the Product Owner acknowledges, `ASKED` before that is known. `promise` is the
    sprint that the issue's team promised.
    """

    comment: str
    issue: str
    text: str
    waiver: Waiver | None = None
    accepts: bool = False
    sprint: str = ""
    hands_off: bool | None = None
    team: str = ""
    rejects: bool = False
    reason: str = ""
    stay: Stay | None = None
    scope: str = ""
    promise: Promise | None = None


MOST_NAMES = 5  # more names do not fit into an answer
LINES = 3  # how many of the newest answers our comment shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """All answers so far, oldest first; `fresh` are those of this run.

    `released` are, by issue id, the releases that stand (`rules.plan.release_label`).
    """

    answers: tuple[Answer, ...] = ()
    fresh: tuple[Answer, ...] = ()
    released: Mapping[str, Stay] = field(default_factory=dict)

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """The waivers from comments."""
        return tuple(answer.waiver for answer in self.answers if answer.waiver is not None)

    @property
    def accepted(self) -> frozenset[str]:
        """The ids of issues whose proposal a team accepted, and rejected no more since."""
        return frozenset(issue for issue, last in self._last_decisions.items() if last.accepts)

    @property
    def takers(self) -> Mapping[str, str]:
        """By issue id, the team that takes it as people last said, where they named one."""
        last = self._last_decisions
        named = (answer for answer in self.answers if answer.team and not answer.rejects)
        return {one.issue: one.team for one in named if not one.accepts or one is last[one.issue]}

    @property
    def rejected(self) -> Mapping[str, Mapping[str, str]]:
        """By issue id and team, what people said when they rejected it for the team's next sprint."""
        rejected: dict[str, dict[str, str]] = {}
        for answer in self.answers:
            if answer.rejects:
                rejected.setdefault(answer.issue, {})[answer.team] = answer.text
            elif answer.accepts:
                rejected.pop(answer.issue, None)
        return rejected

    @property
    def _last_decisions(self) -> Mapping[str, Answer]:
        return {answer.issue: answer for answer in self.answers if answer.accepts or answer.rejects}

    @property
    def hands_off(self) -> Mapping[str, bool]:
        """By issue id, whether people last said that nothing is to be written there; others said nothing of it."""
        return {answer.issue: answer.hands_off for answer in self.answers if answer.hands_off is not None}

    @property
    def stays(self) -> Mapping[str, Stay]:
        """By issue id, the Product Owner's last answer to "keep or release?"."""
        return {answer.issue: answer.stay for answer in self.answers if answer.stay is not None}

    @property
    def promises(self) -> Mapping[str, Promise]:
        """By issue id, the sprint that its team promised last."""
        return {answer.issue: answer.promise for answer in self.answers if answer.promise is not None}

    def lines(self, issue: str) -> tuple[str, ...]:
        """The newest answers on an issue (its id), as our comment shows them."""
        return tuple(answer.text for answer in self.answers if answer.issue == issue)[-LINES:]

    def is_waiting(self, issue: str) -> bool:
        """Whether a person waits for an answer on this issue (its id)."""
        return any(answer.issue == issue for answer in self.fresh)


def read_commands(
    snapshot: Snapshot,
    *,
    allowed: frozenset[str],
    rules: Iterable[str],
    given: Iterable[Answer],
    keep_days: int = KEEP_DAYS,
) -> Commands:
    """Read the commands on all issues. `given` are the answers of earlier runs, oldest first.

    An acceptance ends once its sprint has started, and a waiver follows its issue to another key. Commands on issues of
    teams that are left out wait. A kept issue is silent for `keep_days` where no day is named.
    """
    given, paths = tuple(_up_to_date(answer, snapshot) for answer in given), tuple(rules)
    answered = frozenset(answer.comment for answer in given)
    names, today = _names_of(allowed, snapshot.product), snapshot.taken_at.date()
    teams = tuple(team.name for team in snapshot.product.teams)
    fresh: list[Answer] = []
    known = {(answer.issue, answer.text) for answer in given}
    for issue in snapshot.issues:
        commands = commands_of(
            issue,
            allowed=allowed,
            rules=paths,
            answered=answered,
            names=names,
            teams=teams,
            today=today,
            owner=snapshot.product,
            keep_days=keep_days,
        )
        for command in commands if not snapshot.why_stopped(issue) else ():
            answer = answer_to(command, issue)
            if isinstance(command, Unknown) and (answer.issue, answer.text) in known:
                continue  # our comment says so already
            known.add((answer.issue, answer.text))
            fresh.append(answer)
    return Commands(answers=(*given, *fresh), fresh=tuple(fresh))


def _up_to_date(answer: Answer, snapshot: Snapshot) -> Answer:
    issue = snapshot.by_id.get(answer.issue)
    answer = _until_its_sprint(answer, snapshot)
    if answer.waiver is None or issue is None or answer.waiver.issue == issue.key:
        return answer
    return replace(answer, waiver=replace(answer.waiver, issue=issue.key))


def _until_its_sprint(answer: Answer, snapshot: Snapshot) -> Answer:
    sprint = snapshot.sprint_by_id.get(answer.sprint)
    has_ended = bool(answer.sprint) and (sprint is None or sprint.state is not SprintState.FUTURE)
    return replace(answer, accepts=False, rejects=False, team="") if has_ended else answer


def answer_to(command: Command, issue: Issue) -> Answer:  # noqa: C901, PLR0911 - one for each command
    """The answer to a command; acceptances and rejections are put into words once the proposal is known."""
    who, comment = command.comment.author_name, command.comment.id
    match command:
        case Recheck():
            at = command.comment.created.astimezone(UTC)  # the tracker gives it in the zone of our account
            text = Wording("Checked again for {who}, asked {at} UTC.", who=who, at=f"{at:%Y-%m-%d %H:%M}")
            return Answer(comment=comment, issue=issue.id, text=text)
        case Accept():
            return Answer(comment=comment, issue=issue.id, text=who, accepts=True, team=command.team)
        case Reject(team=team, reason=reason):
            return Answer(comment=comment, issue=issue.id, text=who, rejects=True, team=team, reason=reason)
        case Give(team=team):
            text = Wording("{who} gave this issue to {team}.", who=who, team=team)
            return Answer(comment=comment, issue=issue.id, text=text, team=team)
        case Waive(waiver=waiver):
            text = Wording(
                "{who} waived {rule} until {until}: {reason}",
                who=who,
                rule=waiver.rule.removeprefix("ready."),
                until=f"{waiver.until}",
                reason=waiver.reason,
            )
            return Answer(comment=comment, issue=issue.id, text=text, waiver=waiver)
        case Hands(off=off):
            no = Wording("{who} wants nothing to be written here until /ready hands-on.", who=who)
            text = no if off else Wording("{who} lets readyline write here again.", who=who)
            return Answer(comment=comment, issue=issue.id, text=text, hands_off=off)
        case KeepOrRelease(stay=stay):
            return Answer(comment=comment, issue=issue.id, text=stay_text(who, stay), stay=stay)
        case Scope():
            return Answer(comment=comment, issue=issue.id, text=who, scope=ASKED)
        case Pledge(sprint=sprint):
            promise = Promise(at=command.comment.created)
            return Answer(comment=comment, issue=issue.id, text=who, promise=promise, reason=sprint)
        case Unknown() | Refusal():
            return Answer(comment=comment, issue=issue.id, text=_declined(who, command))


def _declined(who: str, command: Unknown | Refusal) -> Wording:
    if isinstance(command, Refusal):
        return Wording("{who}, {why}.", who=who, why=command.why)
    template = "{who}, there is no command {word!q}; the commands are {commands}."
    return Wording(template, who=who, word=command.word, commands=tuple(_DOES))


def stay_text(who: str, stay: Stay) -> str:
    """The answer to `keep` or `release`, after which `rules.plan.decisions` says what happens to the label."""
    if stay.released:
        return Wording("{who} released this issue: {reason}.", who=who, reason=stay.because.rstrip("."))
    return Wording("{who} keeps this issue. The question comes again after {day}.", who=who, day=f"{stay.until}")


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


def _names_of(allowed: frozenset[str], product: Product) -> tuple[str, ...]:
    """Names of the people who may use commands; an account of no team member is the Product Owner's."""
    members = {team.scrum_master_account: team.scrum_master for team in product.teams}
    members |= {person.account: person.name for team in product.teams for person in team.people}
    owner = (f"{product.owner} (Product Owner)",) if allowed - members.keys() else ()
    return (*owner, *(name for account, name in members.items() if account in allowed))


def only(names: tuple[str, ...], verb: str) -> Wording:
    """Who may use a command, after the name of a person who may not."""
    does = Wording(_DOES[verb])
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
            return Refusal(comment=comment, why=only(self.names, verb)) if verb in _DOES else None
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
