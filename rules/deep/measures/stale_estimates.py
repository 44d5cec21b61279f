"""E: estimates that are too old, or were given for another text."""

from datetime import timedelta

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.view import WEIGHTLESS, View, weight_at
from rules.model import Issue
from rules.wording import agreeing, many


class StaleEstimates(ScoredMeasure):
    """How many near issues have an estimate that is old, or given for another text.

    Why: Issues whose content changed after the estimate grew by 58 to 100 % (Pasuksmit, Thongtanunam and Karunasekera,
        Empirical Software Engineering 27, 2022), so such estimates hide work.

    Formula: An estimate is old if it was given more than `days` days ago. Without a known past, nothing on the issue
        changed for that long, or an earlier run saw the same points. It was given for another text if text_change of
        the words changed after it, or if criteria were added. What changed within settling_days belongs to it. The
        sub-score is 1 - the share of estimated near issues with such an estimate, each weighted by 2^(-distance / 2).
        Near issues are less than within_sprints away. Hidden work is growth times their points over the typical
        velocity.

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
    """The share by which issues with such an estimate are assumed to grow."""
    text_change: float = Field(default=0.15, gt=0, le=1)
    """From this share of changed words on the text is another one."""
    settling_days: float = Field(default=1.0, ge=0, le=30)
    """Changes up to this many days after an estimate belong to the same refinement."""

    def measure(self, view: View) -> Measured:
        """The weighted share, with the keys of the issues whose estimate is old."""
        if all(issue.points is None for issue, _ in view.placed):
            return Measured((self.figure(None, "%", "No issue with a known distance has an estimate."),))
        near = [issue for issue in view.within(0.0, self.within_sprints) if issue.points is not None]
        old = {issue.key for issue in near if self._is_old(view, issue)}
        rewritten = view.estimates.rewritten.intersection(issue.key for issue in near) - old
        keys = [issue.key for issue in near if issue.key in old or issue.key in rewritten]
        # Without an old one the share is 0; with one, what is far away changes no sum.
        weights = [weight_at(away) for issue, away in view.placed_before(WEIGHTLESS) if issue.points is not None]
        part = sum(view.weight(key) for key in keys) / sum(weights) if keys else 0.0
        text = self._text(view, len(old), len(rewritten), keys)
        return Measured((self.figure(100 * part, "%", text, keys),), 1.0 - part)

    def _is_old(self, view: View, issue: Issue) -> bool:
        age = timedelta(days=self.days)
        given = view.estimates.given_at.get(issue.key)
        if given is not None:
            return view.now - given > age
        then = view.past.last_before(view.now - age)
        return view.now - issue.last_human_edit > age or (
            then is not None and any(key == issue.key and points == issue.points for key, points, _ in then.items)
        )

    def _text(self, view: View, old: int, rewritten: int, keys: list[str]) -> str:
        where = f"within {view.boxes.words(self.within_sprints)}"
        if not keys or view.velocity is None:
            return f"No estimate {where} is known to be older than {many(self.days, 'day')}."
        hidden = sum(self.growth * view.size[key].points for key in keys) / view.velocity
        have, were = agreeing(old, "has an estimate", "have estimates"), agreeing(rewritten, "was", "were")
        parts = (
            (old, f"{many(old, 'issue')} {have} older than {many(self.days, 'day')}"),
            (rewritten, f"{many(rewritten, 'issue')} {were} rewritten after the estimate"),
        )
        doubtful = " and ".join(text for number, text in parts if number)
        length = f"{view.boxes.figure(hidden):.1f} {view.boxes.several}"
        return f"{doubtful} {where}. At the usual growth of {100 * self.growth:.0f} % that hides {length} of work."
