"""Em: issues that nobody has changed for a long time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.scoring import share
from rules.deep.view import View, once_a_view
from rules.model import Issue
from rules.wording import agreeing_of, many


class Stale(ScoredMeasure):
    """How many issues nobody has changed for longer than their distance allows.

    Why: An issue that nobody has changed for a long time may be out of date; near ones should have been looked at in
        the last refinements (Pichler, Agile Product Management with Scrum, 2010: emergent; the limits are conventions).

    Formula: The share of issues without an edit for more than near_days (less than near_sprints away), mid_days (up to
        far_sprints away, or at an unknown distance) or far_days (beyond). Our own edits do not count. The sub-score is
        1 - the share.

    Good: 4 near issues that changed 2 days ago: "0 of 4 issues were not changed for longer than allowed (45 days
        near, 120 in the middle, 365 far away)." Sub-score 1.

    Bad: 2 of 4 near issues that nobody changed for 46 days: "2 of 4 issues were not changed for longer than allowed
        (45 days near, 120 in the middle, 365 far away)." Sub-score 0.5.
    """

    name = "stale"
    title = "stale"
    letter = DeepLetter.EMERGENT
    rising = (("near_sprints", "far_sprints"),)

    weight: float = weighing(0.30)
    near_sprints: float = Field(default=2.0, gt=0, le=26)
    """Issues less than this many sprints away are near."""
    far_sprints: float = Field(default=6.0, gt=0, le=52)
    """Issues at least this many sprints away are far."""
    near_days: int = Field(default=45, ge=1, le=3650)
    """Days without a change after which a near issue is stale."""
    mid_days: int = Field(default=120, ge=1, le=3650)
    """The same for issues in the middle, and where no velocity is known."""
    far_days: int = Field(default=365, ge=1, le=3650)
    """The same for far issues."""

    def measure(self, view: View) -> Measured:
        """The share of stale issues, with their keys."""
        old = self.issues(view)
        part = share(len(old), len(view.issues))
        if part is None:
            return Measured((self.figure(None, "%", "The backlog is empty."),))
        allowed = f"{many(self.near_days, 'day')} near, {self.mid_days} in the middle, {self.far_days} far away"
        were = agreeing_of(len(old), len(view.issues), "was", "were")
        issues = many(len(view.issues), "issue")
        text = f"{len(old)} of {issues} {were} not changed for longer than allowed ({allowed})."
        figure = self.figure(100 * part, "%", text, [issue.key for issue in old])
        return Measured((figure,), 1.0 - part)

    def scored(self, view: View) -> float | None:
        """The sub-score of the share."""
        part = share(len(_stale_in(view)), len(view.issues))
        return None if part is None else 1.0 - part

    def issues(self, view: View) -> list[Issue]:
        """The stale issues, in rank order."""
        stale = _stale_in(view)
        return [issue for issue in view.issues if issue.key in stale]

    def keys(self, view: View) -> frozenset[str]:
        """Their keys; what the former view says of an issue that neither changed nor moved nearby is still so."""
        if view.former is None:
            return self._stale_among(view, view.issues)
        changed = view.may_differ(self.far_sprints)
        again = [view.by_key[key] for key in changed if key in view.by_key]
        same = frozenset(key for key in _stale_in(view.former) - changed if key in view.by_key)
        return same | self._stale_among(view, again)

    def _stale_among(self, view: View, issues: Iterable[Issue]) -> frozenset[str]:
        near, mid, far = (view.now - timedelta(days=days) for days in (self.near_days, self.mid_days, self.far_days))

        def since(away: float | None) -> datetime:
            if away is None or self.near_sprints <= away < self.far_sprints:
                return mid
            return near if away < self.near_sprints else far

        away = view.away
        return frozenset([issue.key for issue in issues if issue.last_human_edit < since(away.get(issue.key))])


@once_a_view
def _stale_in(view: View) -> frozenset[str]:
    return view.measures[Stale].keys(view)
