"""E: the share of issues that have an estimate, by distance."""

from collections.abc import Sequence

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.measures.commonest_size import sizes_in
from rules.deep.model import Measure
from rules.deep.scoring import share, weighted
from rules.deep.view import View
from rules.model import Issue
from rules.wording import agreeing_of, many


class EstimateCoverage(ScoredMeasure):
    """How many issues have an estimate: near ones, those in the middle, and far ones.

    Why: A planning and a forecast need the size of near issues; a rough size is enough for some of the far ones
        (Cohn, Agile Estimating and Planning, 2005; Pichler 2010: estimated).

    Formula: The share of issues with an estimate, for issues less than near_sprints away, from there to far_sprints,
        and beyond. The sub-score is the weighted mean of each share over the share that is wanted, at most 1 each;
        a zone without issues is left out.

    Good: All of 30 issues have an estimate: "30 of 30 issues have an estimate." Sub-score 1.

    Bad: 4 near issues of 30 have an estimate: "4 of 30 issues have an estimate." Sub-score 0.3.
    """

    name = "estimated"
    title = "estimated"
    letter = DeepLetter.ESTIMATED
    needs = frozenset({"points"})
    rising = (("near_sprints", "far_sprints"),)

    weight: float = weighing(0.45)
    near_sprints: float = Field(default=2.0, gt=0, le=26)
    """Issues less than this many sprints away are near."""
    far_sprints: float = Field(default=6.0, gt=0, le=52)
    """Issues at least this many sprints away are far."""
    near_wanted: float = Field(default=1.0, gt=0, le=1)
    """The share of near issues that should have an estimate."""
    mid_wanted: float = Field(default=0.7, gt=0, le=1)
    """The share wanted of the issues in the middle."""
    far_wanted: float = Field(default=0.3, gt=0, le=1)
    """The share wanted of far issues."""
    near_weight: float = Field(default=0.60, ge=0, le=1)
    """The part of near issues in the sub-score."""
    mid_weight: float = Field(default=0.25, ge=0, le=1)
    """The part of the issues in the middle."""
    far_weight: float = Field(default=0.15, ge=0, le=1)
    """The part of far issues."""

    def measure(self, view: View) -> Measured:
        """The share of the whole backlog and of each zone, with the keys of the issues without an estimate."""
        near, mid = (
            f"within {view.boxes.words(self.near_sprints)}",
            f"{view.boxes.between(self.near_sprints, self.far_sprints)} away",
        )
        far = f"{view.boxes.words(self.far_sprints)} or more away"
        zones = (
            ("near", near, view.within(0.0, self.near_sprints), self.near_wanted),
            ("mid", mid, view.within(self.near_sprints, self.far_sprints), self.mid_wanted),
            ("far", far, view.within(self.far_sprints), self.far_wanted),
        )
        figures = (self._zone(name, where, issues, wanted) for name, where, issues, wanted in zones)
        return Measured((self._whole(view), *figures), self.scored(view))

    def scored(self, view: View) -> float | None:
        """The sub-score of the three shares, without the issues that lack an estimate."""
        if not view.placed:
            return None
        near, mid = view.within(0.0, self.near_sprints), view.within(self.near_sprints, self.far_sprints)
        sized = [len(zone) - len(_unestimated(zone)) for zone in (near, mid)]
        far = len(view.placed) - len(near) - len(mid)
        zones = (
            (share(sized[0], len(near)), self.near_wanted, self.near_weight),
            (share(sized[1], len(mid)), self.mid_wanted, self.mid_weight),
            (share(sizes_in(view).total() - sum(sized), far), self.far_wanted, self.far_weight),
        )
        return weighted([(weight, None if part is None else part / wanted) for part, wanted, weight in zones])

    def _whole(self, view: View) -> Measure:
        if not view.issues:
            return self.figure(None, "%", "The backlog is empty.")
        missing = _unestimated(view.issues)
        sized = len(view.issues) - len(missing)
        have = agreeing_of(sized, len(view.issues), "has", "have")
        text = f"{sized} of {many(len(view.issues), 'issue')} {have} an estimate."
        return self.figure(100 * sized / len(view.issues), "%", text, missing)

    def _zone(self, name: str, where: str, issues: Sequence[Issue], wanted: float) -> Measure:
        title = f"estimated {name}"
        if not issues:
            return self.figure(None, "%", f"No issue is known to be {where}.", title=title)
        missing = _unestimated(issues)
        sized = len(issues) - len(missing)
        part = 100 * sized / len(issues)
        have = f"{agreeing_of(sized, len(issues), 'has', 'have')} an estimate"
        text = f"{sized} of {many(len(issues), 'issue')} {where} {have}: {part:.0f} %, wanted {100 * wanted:.0f} %."
        return self.figure(part, "%", text, missing, title=title)


def _unestimated(issues: Sequence[Issue]) -> list[str]:
    return [issue.key for issue in issues if issue.points is None]
