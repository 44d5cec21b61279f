"""E: whether estimated issues are small enough for their distance."""

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.scoring import share
from rules.deep.view import View
from rules.model import Issue
from rules.wording import agreeing_of, many


class SmallEnough(ScoredMeasure):
    """How many estimated issues are small enough for their distance.

    Why: An issue that fills most of a sprint is often not finished in it; several small ones spread the risk (Rubin,
        Essential Scrum, 2012: small enough to complete comfortably in one sprint).

    Formula: A near issue may take the typical velocity of its team over near_parts; without one team, that of the
        median team. An issue up to far_sprints away may take that velocity over mid_parts. Far issues have no limit.
        The sub-score is the share of estimated issues within their limit, each weighted by 2^(-distance / 2).

    Good: 8 near issues of 3 points at 12 points a sprint: "8 of 8 estimated issues within six sprints are small
        enough: at most 4 points within two sprints, 12 points after that." Sub-score 1.

    Bad: 4 near issues of 5 points: "0 of 4 estimated issues within six sprints are small enough: at most 4 points
        within two sprints, 12 points after that." Sub-score 0.
    """

    name = "small_enough"
    title = "small enough"
    letter = DeepLetter.ESTIMATED
    needs = frozenset({"points"})
    rising = (("near_sprints", "far_sprints"),)

    weight: float = weighing(0.25)
    near_sprints: float = Field(default=2.0, gt=0, le=26)
    """Issues less than this many sprints away are near."""
    far_sprints: float = Field(default=6.0, gt=0, le=52)
    """Issues at least this many sprints away have no limit."""
    near_parts: float = Field(default=3.0, ge=1, le=20)
    """At least so many near issues should fit into a sprint of the team."""
    mid_parts: float = Field(default=1.0, ge=0.1, le=20)
    """The same for issues that are neither near nor far."""

    def measure(self, view: View) -> Measured:
        """The weighted share, with the keys of the issues that are too big."""
        limited = [
            (issue, issue.points <= limit)
            for issue, away in view.placed_before(self.far_sprints)
            if issue.points is not None and (limit := self.limit(view, issue, away)) is not None
        ]
        fitting = sum(view.weight(issue.key) for issue, fits in limited if fits)
        part = share(fitting, sum(view.weight(issue.key) for issue, _ in limited))
        if part is None:
            text = f"No estimated issue is known to be within {view.boxes.words(self.far_sprints)}."
            return Measured((self.figure(None, "%", text),))
        too_big = [issue.key for issue, fits in limited if not fits]
        small = len(limited) - len(too_big)
        text = (
            f"{small} of {many(len(limited), 'estimated issue')} within {view.boxes.words(self.far_sprints)} "
            f"{agreeing_of(small, len(limited), 'is', 'are')} small enough: {self._limits(view)}."
        )
        return Measured((self.figure(100 * part, "%", text, too_big),), part)

    def limit(self, view: View, issue: Issue, away: float) -> float | None:
        """The largest size in points that suits a distance in sprints; `None` where there is no limit."""
        velocity = view.backlog.velocity_for(issue.key)
        if velocity is None or away >= self.far_sprints:
            return None
        return velocity / (self.near_parts if away < self.near_sprints else self.mid_parts)

    def fits(self, view: View, issue: Issue, away: float) -> bool:
        """Whether an issue's estimate is within its limit; without an estimate only where there is no limit."""
        limit = self.limit(view, issue, away)
        return limit is None or (issue.points is not None and issue.points <= limit)

    def oversized(self, view: View) -> list[str]:
        """Keys of the estimated issues above their limit, in rank order."""
        near = view.placed_before(self.far_sprints)
        return [i.key for i, away in near if i.points is not None and not self.fits(view, i, away)]

    def _limits(self, view: View) -> str:
        velocities, unit = view.backlog.velocities.values(), view.snapshot.unit
        least, most = min(velocities), max(velocities)
        first, then = (
            many(f"{most / parts:.3g}", unit.one)
            if least == most
            else f"{least / parts:.3g} to {most / parts:.3g} {unit}"
            for parts in (self.near_parts, self.mid_parts)
        )
        by_team = "" if least == most else ", by team"
        return f"at most {first} within {view.boxes.words(self.near_sprints)}, {then} after that{by_team}"
