"""The answers to `/ready accept`: which sprint was accepted, what happens now, and what is still missing."""

from collections.abc import Mapping
from dataclasses import replace

from rules.commands import Answer, Commands
from rules.model import Snapshot
from rules.plan.policy import SprintMode
from rules.planning.model import LeftOut, Placement, SprintProposal
from rules.wording import Wording, sentences

_THEN: Mapping[SprintMode, str] = {
    SprintMode.OFF: 'Nothing is moved, because [write_back] sprints is "off".',
    SprintMode.PROPOSE: 'Nothing is moved, because [write_back] sprints is "propose".',
    SprintMode.ACCEPTED: "The issue moves there.",
    SprintMode.ASSIGN: "The issue moves there.",
}


def decided(commands: Commands, snapshot: Snapshot, proposal: SprintProposal, mode: SprintMode) -> Commands:
    """The commands with this run's answers to acceptances in words; what is not proposed is not accepted."""
    placed = {placement.issue.id: placement for placement in proposal.placements}
    left_out = {left.issue.id: left for left in proposal.left_out}

    def worded(answer: Answer) -> Answer:
        if not answer.accepts:
            return answer
        placement = placed.get(answer.issue)
        if placement is None:
            text = _not_proposed(answer.text, left_out.get(answer.issue))
            return replace(answer, text=text, accepts=False)
        text = _accepted(answer.text, placement, snapshot, mode)
        return replace(answer, text=text, sprint=placement.sprint or "")

    fresh = tuple(map(worded, commands.fresh))
    earlier = commands.answers[: len(commands.answers) - len(fresh)]
    return Commands(answers=(*earlier, *fresh), fresh=fresh)


def _accepted(who: str, placement: Placement, snapshot: Snapshot, mode: SprintMode) -> str:
    sprint = snapshot.sprint_by_id.get(placement.sprint or "")
    if sprint:
        text, then = Wording("{who} accepted {sprint!q}.", who=who, sprint=sprint.name), _THEN[mode]
    else:
        template = "{who} accepted the next sprint of {team}, which is not in the tracker yet."
        text = Wording(template, who=who, team=placement.team)
        then = "The issue is moved once the sprint is there."
    though = Wording("{though}.", though=placement.though) if placement.though else ""
    return sentences(text, though, then)


def _not_proposed(who: str, left: LeftOut | None) -> str:
    text = Wording("{who}, this issue is not proposed for a sprint, so nothing was accepted.", who=who)
    return sentences(text, left.why if left else "")
