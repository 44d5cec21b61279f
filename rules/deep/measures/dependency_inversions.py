"""P: whether blockers are ranked before what they block."""

from rules.backlog.blockers import Blocker, Timing
from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.scoring import share
from rules.deep.view import View
from rules.wording import agreeing_of, many


class DependencyInversions(ScoredMeasure):
    """How many dependencies are ranked in the wrong order.

    Why: An issue ranked above its blocker cannot be started when its turn comes. Dependencies are among the largest
        causes of delay (Kula and others, IEEE Transactions on Software Engineering 48, 2022).

    Formula: The share of dependencies whose blocker comes later, or is in another backlog and not done. Each is
        weighted by 2^(-distance / 2) of the blocked issue. The sub-score is 1 - the share.

    Good: SHOP-2 depends on SHOP-1, which is ranked above it: "0 of 1 dependency is ranked in the wrong order."
        Sub-score 1.

    Bad: SHOP-1 depends on SHOP-2, which is ranked below it: "1 of 1 dependency is ranked in the wrong order:
        SHOP-1 is blocked by SHOP-2, which comes later." Sub-score 0.
    """

    name = "dependency_inversions"
    title = "dependency inversions"
    letter = DeepLetter.PRIORITISED
    needs = frozenset({"links", "rank"})

    weight: float = weighing(0.30)

    def measure(self, view: View) -> Measured:
        """The weighted share, with the keys of blocked issues and their blockers."""
        edges = view.dependencies
        wrong = [(blocked, blocker) for blocked, blocker in edges if not blocker.in_time]
        part = share(sum(view.weight(key) for key, _ in wrong), sum(view.weight(key) for key, _ in edges))
        if part is None:
            return Measured((self.figure(None, "%", "No open issue is blocked by another."),))
        keys = tuple(dict.fromkeys(key for blocked, blocker in wrong for key in (blocked, blocker.key)))
        examples = "; ".join(_dependency(blocked, blocker) for blocked, blocker in wrong[:3])
        order = f"{agreeing_of(len(wrong), len(edges), 'is', 'are')} ranked in the wrong order"
        text = f"{len(wrong)} of {many(len(edges), 'dependency', 'dependencies')} {order}"
        text += f": {examples}." if wrong else "."
        return Measured((self.figure(100 * part, "%", text, keys, most=20),), 1.0 - part)


def _dependency(blocked: str, blocker: Blocker) -> str:
    where = "which is in another backlog and not done" if blocker.timing is Timing.OUTSIDE else "which comes later"
    return f"{blocked} is blocked by {blocker.key}, {where}"
