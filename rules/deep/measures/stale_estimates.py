"""E: estimates that are older than they should be."""

from datetime import timedelta

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, sprints, weighing
from rules.deep.view import View
from rules.wording import agreeing, many


class StaleEstimates(ScoredMeasure):
    """How many near issues have an estimate that is certainly old.

    Why: Issues whose content changed after the estimate grew by 58 to 100 % (Pasuksmit, Thongtanunam and Karunasekera,
        Empirical Software Engineering 27, 2022), so old estimates hide work.

    Formula: An estimate is certainly old if nothing on the issue changed for more than `days` days. It also is if an
        earlier run saw the same points that long ago. The sub-score is 1 - the share of estimated near issues with an
        old estimate, each weighted by 2^(-distance / 2). Near issues are less than within_sprints away. Hidden work is
        growth times their points over the typical velocity.

    Good: 8 issues that changed 2 days ago: "No estimate within three sprints is known to be older than 90 days."
        Sub-score 1.

    Bad: 4 issues of 3 points that nobody changed for 91 days: "4 issues have estimates older than 90 days within
        three sprints. At the usual growth of 58 % that hides 0.6 sprints of work." Sub-score 0.
    """

    name = "stale_estimates"
    title = "stale estimates"
    letter = DeepLetter.ESTIMATED
    needs = frozenset({"points"})

    weight: float = weighing(0.20)
    days: int = Field(default=90, ge=1, le=1000)
    """An estimate older than this many days is old."""
    within_sprints: float = Field(default=3.0, gt=0, le=26)
    """Only issues less than this many sprints away count as old."""
    growth: float = Field(default=0.58, ge=0, le=10)
    """The share by which issues with an old estimate are assumed to grow."""

    def measure(self, view: View) -> Measured:
        """The weighted share, with the keys of the issues whose estimate is old."""
        sized = [(issue, away) for issue, away in view.placed if issue.points is not None]
        if not sized:
            return Measured((self.figure(None, "%", "No issue with a known distance has an estimate."),))
        age = timedelta(days=self.days)
        then = view.past.last_before(view.now - age)
        points_then = {key: points for key, points, _ in then.items} if then is not None else {}
        old = [
            issue
            for issue, away in sized
            if away < self.within_sprints
            and (view.now - issue.last_human_edit > age or points_then.get(issue.key) == issue.points)
        ]
        part = sum(view.weight[i.key] for i in old) / sum(view.weight[i.key] for i, _ in sized)
        keys = [issue.key for issue in old]
        return Measured((self.figure(100 * part, "%", self._text(view, keys), keys),), 1.0 - part)

    def _text(self, view: View, old: list[str]) -> str:
        where = f"within {sprints(self.within_sprints)}"
        if not old or view.velocity is None:
            return f"No estimate {where} is known to be older than {many(self.days, 'day')}."
        hidden = sum(self.growth * view.size[key].points for key in old) / view.velocity
        have = agreeing(len(old), "has an estimate", "have estimates")
        return (
            f"{many(len(old), 'issue')} {have} older than {many(self.days, 'day')} {where}. "
            f"At the usual growth of {100 * self.growth:.0f} % that hides {hidden:.1f} sprints of work."
        )
