"""The answers that depend on more than the comment: what was accepted or waived, and what really happens now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rules.backlog.index import Backlog
from rules.commands.answers import Answer, Commands
from rules.commands.grammar import COMMAND
from rules.model import Issue, Snapshot, Sprint
from rules.plan.policy import Policy, SprintMode
from rules.planning.model import Choices, LeftOut, Placement, SprintProposal
from rules.planning.running import RunningSprint
from rules.planning.scope import ScopeKind, scope_mark
from rules.release import Stay
from rules.verdict import Verdict, Waiver
from rules.wording import Wording, sentences

_THEN: Mapping[SprintMode | None, str] = {
    None: "Nothing is moved, because [write_back] enabled is false.",
    SprintMode.OFF: 'Nothing is moved, because [write_back] sprints is "off".',
    SprintMode.PROPOSE: 'Nothing is moved, because [write_back] sprints is "propose".',
    SprintMode.ACCEPTED: "The issue moves there.",
    SprintMode.ASSIGN: "The issue moves there.",
}

_ACKNOWLEDGED: Mapping[ScopeKind, str] = {
    ScopeKind.ADDED: "{who} acknowledged that this issue was added to {sprint!q}.",
    ScopeKind.REMOVED: "{who} acknowledged that this issue was removed from {sprint!q}.",
}


def choices_of(commands: Commands) -> Choices:
    """What people decided about the proposal."""
    return Choices(accepted=commands.accepted, rejected=commands.rejected, released=commands.released)


def with_rejections(commands: Commands, backlog: Backlog, propose: Callable[[Choices], SprintProposal]) -> Commands:
    """The commands in which each fresh rejection has its team and that team's next sprint, and its answer in words.

    A rejection without a team is by the one that the issue is proposed for; `propose` makes that proposal. Where there
    is nothing to reject, the answer says so.
    """
    if not any(answer.rejects for answer in commands.fresh):
        return commands
    before = [replace(answer, rejects=False, team="") if answer.rejects else answer for answer in commands.fresh]
    proposal = propose(choices_of(with_fresh(commands, tuple(before))))
    settled = (_rejection_of(answer, backlog, proposal) if answer.rejects else answer for answer in commands.fresh)
    return with_fresh(commands, tuple(settled))


def _rejection_of(answer: Answer, backlog: Backlog, proposal: SprintProposal) -> Answer:
    who, issue = answer.text, backlog.snapshot.by_id[answer.issue]
    team = answer.team or team_asked(issue, backlog, proposal)
    sprint = next_sprint(team, proposal)
    if sprint is not None:
        text = rejection(who, sprint.name, team, answer.reason)
        return replace(answer, text=text, team=team, sprint=sprint.id)
    unclear = "{who}, this issue is not proposed for one team, so nothing was rejected; write: {how}"
    missing = "{who}, {team} has no future sprint, so nothing was rejected."
    how = "/ready reject TEAM because REASON"
    text = Wording(missing, who=who, team=team) if team else Wording(unclear, who=who, how=how)
    return replace(answer, text=text, rejects=False, team="")


def with_acknowledgements(commands: Commands, running: Sequence[RunningSprint]) -> Commands:
    """The commands in which each fresh acknowledgement names its change of scope, and its answer in words.

    Where the issue changed the scope of no running sprint, the answer says so.
    """
    changes = {change.id: (change, one) for one in running for change in one.changes}

    def settled(answer: Answer) -> Answer:
        if not answer.scope:
            return answer
        if answer.issue not in changes:
            template = "{who}, this issue changed the scope of no running sprint, so nothing was acknowledged."
            return replace(answer, text=Wording(template, who=answer.text), scope="")
        change, one = changes[answer.issue]
        text = Wording(_ACKNOWLEDGED[change.kind], who=answer.text, sprint=one.sprint.name)
        return replace(answer, text=text, scope=scope_mark(change.kind, one.sprint.id))

    return with_fresh(commands, tuple(map(settled, commands.fresh)))


def acknowledged(running: Sequence[RunningSprint], commands: Commands) -> tuple[RunningSprint, ...]:
    """The running sprints in which each change of scope says whether the Product Owner acknowledged it."""
    texts = {(answer.issue, answer.scope): str(answer.text) for answer in commands.answers if answer.scope}
    return tuple(
        replace(
            one,
            changes=tuple(
                replace(change, acknowledged=texts.get((change.id, scope_mark(change.kind, one.sprint.id)), ""))
                for change in one.changes
            ),
        )
        for one in running
    )


def team_asked(issue: Issue, backlog: Backlog, proposal: SprintProposal) -> str:
    """The team an issue is proposed for, else the only one that may take it; "" where that is open."""
    placed = (one.team for one in proposal.placements if one.issue.id == issue.id)
    single = backlog.team(issue.key)
    return next(placed, single.name if single else "")


def next_sprint(team: str, proposal: SprintProposal) -> Sprint | None:
    """The next sprint of a team, `None` where its board has none."""
    return next((one.sprint for one in proposal.capacities if one.team.name == team), None)


def without_idle_waivers(commands: Commands, snapshot: Snapshot, judge: Callable[[Issue], Verdict]) -> Commands:
    """The commands without fresh waivers of rules that do not fail; their answers say so.

    `judge` gives the verdict on an issue without the fresh waivers.
    """

    def checked(answer: Answer) -> Answer:
        issue = snapshot.by_id.get(answer.issue)
        if answer.waiver is None or issue is None or _fails(answer.waiver, judge(issue)):
            return answer
        name = answer.waiver.rule.removeprefix("ready.")
        template = "{who}, {rule} does not fail on this issue, so nothing was waived."
        text = Wording(template, who=answer.waiver.owner, rule=name)
        return replace(answer, text=text, waiver=None)

    return with_fresh(commands, tuple(map(checked, commands.fresh)))


def _fails(waiver: Waiver, verdict: Verdict) -> bool:
    return any(waiver.covers(finding) for finding in (*verdict.findings, *(due.finding for due in verdict.due)))


def decided(commands: Commands, snapshot: Snapshot, proposal: SprintProposal, policy: Policy) -> Commands:
    """The commands with this run's answers in words; what is not proposed is not accepted.

    An earlier acceptance without a sprint is for the one that the issue is proposed for now.
    """
    placed = {placement.issue.id: placement for placement in proposal.placements}
    left_out = {left.issue.id: left for left in proposal.left_out}

    def worded(answer: Answer) -> Answer:
        if answer.hands_off is False:
            return replace(answer, text=sentences(answer.text, _label_stays(snapshot.by_id.get(answer.issue), policy)))
        if answer.stay is not None:
            return replace(answer, text=sentences(answer.text, _label_of(answer.stay, policy)))
        if not answer.accepts:
            return answer
        placement = placed.get(answer.issue)
        if placement is None or answer.team not in {"", placement.team}:
            text = _not_proposed(answer.text, left_out.get(answer.issue))
            return replace(answer, text=text, accepts=False, team="")
        text = acceptance(answer.text, placement, snapshot, policy.sprints)
        return replace(answer, text=text, sprint=placement.sprint or "")

    def bound(answer: Answer) -> Answer:
        placement = placed.get(answer.issue)
        is_open = answer.accepts and not answer.sprint and placement is not None
        return replace(answer, sprint=placement.sprint or "") if is_open and placement else answer

    earlier = commands.answers[: len(commands.answers) - len(commands.fresh)]
    known = replace(commands, answers=(*map(bound, earlier), *commands.fresh))
    return with_fresh(known, tuple(map(worded, commands.fresh)))


def with_fresh(commands: Commands, fresh: tuple[Answer, ...]) -> Commands:
    """The commands with other answers of this run."""
    earlier = commands.answers[: len(commands.answers) - len(fresh)]
    return replace(commands, answers=(*earlier, *fresh), fresh=fresh)


def _label_stays(issue: Issue | None, policy: Policy) -> str:
    """What keeps readyline away although a person lets it write again, as a sentence."""
    if issue is None or policy.hands_off not in issue.labels:
        return ""
    return Wording("The label {label} is still there: remove it, too.", label=policy.hands_off)


def _label_of(stay: Stay, policy: Policy) -> str:
    """What shows that an issue is released, as a sentence, "" for a kept one."""
    if not stay.released:
        return ""
    if not policy.labels:
        return "It stays open until a person closes it; [write_back] labels is false, so it gets no label."
    template = "It stays open, with the label {label}, until a person closes it; {how} takes the label away."
    return Wording(template, label=policy.released, how=f"{COMMAND} keep")


def rejection(who: str, sprint: str, team: str, reason: str) -> str:
    """The answer to a rejection: who, which sprint (its name), which team, and why."""
    template = "{who} rejected {sprint!q} for {team}: {reason}."
    return Wording(template, who=who, sprint=sprint, team=team, reason=reason.rstrip("."))


def acceptance(who: str, placement: Placement, snapshot: Snapshot, mode: SprintMode | None) -> str:
    """The answer to an acceptance: who, which sprint, what is missing, and what happens now.

    `mode` is `None` where writing is off.
    """
    sprint = snapshot.sprint_by_id.get(placement.sprint or "")
    if sprint:
        text, then = Wording("{who} accepted {sprint!q}.", who=who, sprint=sprint.name), _THEN[mode]
    else:
        template = "{who} accepted the next sprint of {team}, which is not in the tracker yet."
        text = Wording(template, who=who, team=placement.team)
        then = _THEN[None] if mode is None else "The issue is moved once the sprint is there."
    though = Wording("{though}.", though=placement.though) if placement.though else ""
    return sentences(text, though, then)


def _not_proposed(who: str, left: LeftOut | None) -> str:
    text = Wording("{who}, this issue is not proposed for a sprint, so nothing was accepted.", who=who)
    return sentences(text, left.why if left else "")
