"""The commands of a whole backlog, each answered once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC

from rules.commands.answers import ASKED, Answer, Commands
from rules.commands.grammar import DOES, commands_of
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
from rules.model import Issue, Product, Snapshot, SprintState
from rules.promise import Promise
from rules.release import KEEP_DAYS, Stay
from rules.wording import Wording


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


def _names_of(allowed: frozenset[str], product: Product) -> tuple[str, ...]:
    """Names of the people who may use commands; an account of no team member is the Product Owner's."""
    members = {team.scrum_master_account: team.scrum_master for team in product.teams}
    members |= {person.account: person.name for team in product.teams for person in team.people}
    owner = (f"{product.owner} (Product Owner)",) if allowed - members.keys() else ()
    return (*owner, *(name for account, name in members.items() if account in allowed))


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
    return Wording(template, who=who, word=command.word, commands=tuple(DOES))


def stay_text(who: str, stay: Stay) -> str:
    """The answer to `keep` or `release`, after which `rules.plan.decisions` says what happens to the label."""
    if stay.released:
        return Wording("{who} released this issue: {reason}.", who=who, reason=stay.because.rstrip("."))
    return Wording("{who} keeps this issue. The question comes again after {day}.", who=who, day=f"{stay.until}")
