"""The proposal: every open issue is placed once, or left out with a reason (docs/planning.md)."""

from collections.abc import Mapping, Sequence
from functools import partial

from rules.backlog.index import Backlog
from rules.model import Issue
from rules.planning.model import NO_CHOICES, Choices, LeftOut, LeftOutCode, SprintProposal
from rules.planning.next_sprint import Candidate, Filled, fill
from rules.planning.plan_warnings import balanced
from rules.planning.reasons import accepted_though, blocked, excluded, lacking, placed, rejections, released
from rules.planning.slots import Slot, slots_of, was_refused
from rules.verdict import Judgement


def propose(backlog: Backlog, judgement: Judgement, choices: Choices = NO_CHOICES) -> SprintProposal:
    """Which ready issues go into which next sprint, in rank order, up to the points finished with 50 % probability.

    What people planned stays and counts as load. An issue goes to one team; where several take it, to the least
    loaded, and not before its blockers. No issue that is left out would fit. `choices` are what people decided: issues
    that a team accepted are placed though not ready, without an estimate by their assumed size.
    """
    slots = {slot.team: slot for slot in slots_of(backlog.capacities)}
    issues = [issue for issue in backlog.snapshot.issues if issue.is_open]
    considered = [_considered(issue, slots, backlog, judgement, choices) for issue in issues]
    candidates = [one for one in considered if isinstance(one, Candidate)]
    out = {one.issue.key: one for one in considered if isinstance(one, LeftOut)}
    filled = fill(candidates, backlog)
    reasons = _unplaced(candidates, filled, out)
    seated = [(c, filled.seats[c.issue.key]) for c in candidates if c.issue.key in filled.seats]
    placements = tuple(placed(candidate, seat, filled) for candidate, seat in seated)
    left_out = tuple(reasons[issue.key] for issue in issues if issue.key in reasons)
    return SprintProposal(
        placements=placements,
        left_out=left_out,
        capacities=tuple(balanced(capacity, backlog, placements, left_out) for capacity in backlog.capacities),
    )


def _considered(
    issue: Issue, slots: Mapping[str, Slot], backlog: Backlog, judgement: Judgement, choices: Choices
) -> Candidate | LeftOut:
    """An issue with the slots that it may go to, or the reason why it may go to none; `slots` are by team."""
    verdict = judgement.by_key.get(issue.key)
    takers = sorted(team.name for team in backlog.teams[issue.key])
    eligible = tuple(slots[name] for name in takers if name in slots)
    though = accepted_though(verdict) if verdict is not None and issue.id in choices.accepted else ""
    if issue.id in choices.released:
        return LeftOut(issue=issue, code=LeftOutCode.RELEASED, say=partial(released, choices.released[issue.id]))
    if (reason := excluded(issue, verdict, backlog, eligible, accepted=bool(though))) is not None:
        return reason
    against = choices.rejected.get(issue.id, {})
    willing = tuple(slot for slot in eligible if not was_refused(issue, slot) and slot.team not in against)
    if not willing:
        return LeftOut(issue=issue, code=LeftOutCode.REJECTED, say=partial(rejections, against))
    points = backlog.sizes[issue.key].points if though and issue.points is None else issue.points or 0.0
    return Candidate(issue, points, willing, though)


def _unplaced(candidates: Sequence[Candidate], filled: Filled, out: Mapping[str, LeftOut]) -> Mapping[str, LeftOut]:
    """A reason for each candidate that is not placed; blocked ones last, because they quote their blockers' reasons."""
    above = {slot.team: 0.0 for candidate in candidates for slot in candidate.slots}
    reasons = dict(out)
    waiting: list[Candidate] = []
    for candidate in candidates:
        if candidate.issue.key not in filled.seats:
            reason = lacking(candidate, filled, above)
            if reason is None:
                waiting.append(candidate)
            else:
                reasons[candidate.issue.key] = reason
        for slot in candidate.slots:
            above[slot.team] += candidate.points / len(candidate.slots)
    return reasons | {candidate.issue.key: blocked(candidate, filled, reasons) for candidate in waiting}
