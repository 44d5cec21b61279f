"""All of refinement in one value: where each issue of the outlook belongs, and what is to settle about it."""

from dataclasses import dataclass

from rules.backlog.index import Backlog
from rules.refinement.layers import Layer, Routed, routed
from rules.refinement.options import RefinementOptions
from rules.refinement.wants import Candidate, candidates
from rules.verdict import Judgement, Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class Refinement:
    """The issues of the outlook with their layers, and those with something to settle, both in rank order."""

    routes: tuple[Routed, ...]
    candidates: tuple[Candidate, ...]

    @property
    def unsettled(self) -> frozenset[tuple[Layer, str]]:
        """Layer and id of every issue about which its layer has something to settle."""
        return frozenset((one.routed.layer, one.routed.issue.id) for one in self.candidates)


def refine(backlog: Backlog, judgement: Judgement, ruleset: Ruleset, options: RefinementOptions) -> Refinement:
    """The refinement of a backlog; the rules say how much effort each finding takes."""
    routes = routed(backlog, options)
    efforts = {rule.path: rule.effort for rule in ruleset.product}
    asked = candidates(routes, backlog, judgement, options, efforts=efforts, horizon=ruleset.horizon)
    return Refinement(routes=routes, candidates=asked)
