"""Which layer of refinement each issue of the outlook belongs to, by one rule for all.

1. It touches several teams, and there is no decision note: overall.
2. No team takes it: overall.
3. Several teams may take it, because none of them says what it takes: multi-team.
4. It needs work of another team that is not agreed on: multi-team.
5. All else: the team, or each of the teams after the decision.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from rules.backlog.handshakes import Handshake
from rules.backlog.index import Backlog
from rules.model import Issue, Kind, Snapshot
from rules.refinement.options import RefinementOptions
from rules.refinement.shared import decision_note, touched

WEEK = 5  # working days
_Decision = tuple[str, str]


class Layer(StrEnum):
    """A layer of refinement; the values are part of the command line and the JSON outputs."""

    OVERALL = "overall"
    MULTI_TEAM = "multi-team"
    TEAM = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """An issue of the outlook with its one layer, the teams it touches, and why.

    `handshakes` are its dependencies on other teams that are not agreed on. `waits_for` is the key of the shared issue
    whose decision it waits for, `note` the decision note of the issue or of that shared one; "" for none.
    """

    issue: Issue
    layer: Layer
    teams: tuple[str, ...]
    why: str
    handshakes: tuple[Handshake, ...] = ()
    waits_for: str = ""
    note: str = ""


def routed(backlog: Backlog, options: RefinementOptions) -> tuple[Routed, ...]:
    """Every issue of the outlook, in rank order, each once."""
    issues = tuple(_outlook(backlog, options))
    above = {key: _decision_about(key, backlog, options) for key in {issue.parent or "" for issue in issues}}
    return tuple(_route(issue, above[issue.parent or ""], backlog, options) for issue in issues)


def outlook_sprints(snapshot: Snapshot, options: RefinementOptions) -> float:
    """How many sprints the weeks of the outlook are, by the mean length of the teams' sprints."""
    lengths = [team.sprint_days for team in snapshot.product.teams]
    return options.outlook_weeks * WEEK * len(lengths) / fsum(lengths) if lengths else 0.0


def _outlook(backlog: Backlog, options: RefinementOptions) -> Iterator[Issue]:
    """The open issues within the outlook that are in no running sprint; an epic counts with the issues below it."""
    within = outlook_sprints(backlog.snapshot, options)
    near = {issue.key for issue in backlog.open if backlog.is_within(issue.key, within)}
    parents = {issue.parent for issue in backlog.open if issue.key in near}
    for issue in backlog.open:
        is_near = issue.key in near or (issue.kind is Kind.EPIC and issue.key in parents)
        if is_near and issue.kind is not Kind.SUBTASK:
            yield issue


def _route(issue: Issue, above: _Decision, backlog: Backlog, options: RefinementOptions) -> Routed:
    teams, takers = touched(issue, backlog), tuple(team.name for team in backlog.teams[issue.key])
    note = decision_note(issue, backlog, options)
    handshakes = tuple(one for one in backlog.handshakes_of(issue) if not one.is_agreed)
    if len(teams) > 1 and not note:
        return Routed(issue=issue, layer=Layer.OVERALL, teams=teams, why=f"touches {' and '.join(teams)}")
    if not (teams or takers):
        return Routed(issue=issue, layer=Layer.OVERALL, teams=(), why="no team takes it")
    if not teams and len(takers) > 1:
        why = f"{' or '.join(takers)} may take it"
        return Routed(issue=issue, layer=Layer.MULTI_TEAM, teams=takers, why=why, handshakes=handshakes)
    own = teams or takers
    if handshakes:
        both = tuple(dict.fromkeys((*own, *(one.provider for one in handshakes if one.provider))))
        why = f"needs {', '.join(one.blocker.key for one in handshakes)} of another team"
        return Routed(issue=issue, layer=Layer.MULTI_TEAM, teams=both, why=why, handshakes=handshakes, note=note)
    waits_for, note_above = above
    why = "decided by the teams together" if len(own) > 1 else f"only {own[0]} takes it"
    return Routed(issue=issue, layer=Layer.TEAM, teams=own, why=why, waits_for=waits_for, note=note or note_above)


def _decision_about(key: str, backlog: Backlog, options: RefinementOptions) -> _Decision:
    """The key of a shared issue if its decision is still missing, and its note if that is there; "" for none."""
    above = backlog.snapshot.by_key.get(key)
    if above is None or not above.is_open or len(touched(above, backlog)) < 2:
        return "", ""
    note = decision_note(above, backlog, options)
    return ("", f"{above.key}: {note}") if note else (above.key, "")
