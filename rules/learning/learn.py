"""Everything that the past teaches a team, put together from one run and from what earlier ones kept."""

from dataclasses import dataclass, replace

from rules.backlog.index import Backlog
from rules.capacity.options import CapacityOptions
from rules.learning.estimates import TeamEstimates, estimates
from rules.learning.late_debate import TeamDebate, late_debates
from rules.learning.options import LearningOptions
from rules.learning.reactions import RuleReactions, ShownFinding, reactions
from rules.learning.reader import PastReader
from rules.learning.readiness import Readiness, readiness
from rules.learning.trends import SprintStart, TeamTrend, trends
from rules.learning.waits import TeamWait, Wait, waits, waits_before_work
from rules.verdict import Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What was learned from the past of the issues, by team in the order of the configuration.

    `known` is false where the tracker does not show past changes: only the reactions can be learned then, and the
    trends without late changes.
    """

    known: bool = True
    debates: tuple[TeamDebate, ...] = ()
    readiness: tuple[Readiness, ...] = ()
    estimates: tuple[TeamEstimates, ...] = ()
    waits: tuple[Wait, ...] = ()
    waits_before_work: tuple[TeamWait, ...] = ()
    reactions: tuple[RuleReactions, ...] = ()
    trends: tuple[TeamTrend, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What earlier runs kept: the findings that people were shown, and what was known before each sprint."""

    shown: tuple[ShownFinding, ...] = ()
    starts: tuple[SprintStart, ...] = ()


def learn(
    backlog: Backlog,
    ruleset: Ruleset,
    capacity: CapacityOptions,
    kept: Kept = Kept(),
    options: LearningOptions = LearningOptions(),  # noqa: B008 - frozen
) -> Learned:
    """Everything that is learned from one run and from what earlier ones kept.

    Teams without sprints are left out: nobody plans their periods, so there is nothing to learn from a start.
    """
    backlog = _of_teams_with_sprints(backlog)
    snapshot, reacted = backlog.snapshot, reactions(kept.shown, ruleset, options)
    sizes = estimates(snapshot, capacity)
    if "changelog" in snapshot.unavailable:
        return Learned(known=False, reactions=reacted, trends=trends(backlog, kept.starts, sizes, ()))
    reader = PastReader(backlog.vocabulary)
    debates = late_debates(snapshot, capacity, reader)
    return Learned(
        debates=debates,
        trends=trends(backlog, kept.starts, sizes, debates),
        readiness=readiness(backlog, ruleset, reader),
        estimates=sizes,
        waits=waits(snapshot),
        waits_before_work=waits_before_work(snapshot),
        reactions=reacted,
    )


def _of_teams_with_sprints(backlog: Backlog) -> Backlog:
    product = backlog.snapshot.product
    teams = tuple(team for team in product.teams if team.has_sprints)
    if teams == product.teams:
        return backlog
    return replace(backlog, snapshot=replace(backlog.snapshot, product=replace(product, teams=teams)))
