"""Em: work that comes up just before planning."""

from datetime import datetime

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.model import BacklogState
from rules.deep.scoring import clip, share
from rules.deep.view import View
from rules.wording import agreeing, in_words
from rules.workdays import is_worked, working_days_before


class LateChurn(ScoredMeasure):
    """How much of the next sprint's work came up just before planning.

    Why: What comes up in the last days is planned without refinement. In a study, 10 % of the issues changed after
        planning and grew by 58 to 100 % (Pasuksmit, Thongtanunam and Karunasekera, Empirical Software Engineering 27,
        2022).

    Formula: The share of the points less than within_sprints away that were not there working_days before planning.
        Planning is at the start of the next sprint, and only working days count. The share is measured in those days
        only. If no run saw the backlog before them, issues that were created or moved since count as late. The
        sub-score is 1 at 0 and falls to 0 at zero_at.

    Good: The next sprint's work is the same as five days ago: "0 % of the next sprint's work came up in the last
        three working days before planning (limit 30 %)." Sub-score 1.

    Bad: 6 of 12 points came to the top the day before planning: "50 % of the next sprint's work came up in the last
        three working days before planning (limit 30 %)." Sub-score 0.
    """

    name = "late_churn"
    title = "late churn"
    letter = DeepLetter.EMERGENT

    weight: float = weighing(0.15)
    working_days: int = Field(default=3, ge=1, le=20)
    """In this many working days before planning, added work is late."""
    within_sprints: float = Field(default=1.0, gt=0, le=6)
    """Issues less than this many sprints away are the next sprint's work."""
    zero_at: float = Field(default=0.3, gt=0, le=1)
    """The share from which on the sub-score is 0."""

    def measure(self, view: View) -> Measured:
        """The share of points, with the keys of the issues that came up late."""
        part, late = self._late(view)
        days = f"the last {in_words(self.working_days)} {agreeing(self.working_days, 'working day', 'working days')}"
        days += " before planning"
        if part is None:
            text = f"Late changes are shown in {days}."
            return Measured((self.figure(None, "%", text),))
        limit = f"limit {100 * self.zero_at:.0f} %"
        text = f"{100 * part:.0f} % of {view.boxes.whose} work came up in {days} ({limit})."
        return Measured((self.figure(100 * part, "%", text, late),), 1.0 - clip(part / self.zero_at))

    def _late(self, view: View) -> tuple[float | None, list[str]]:
        cutoff = self._cutoff(view)
        if cutoff is None or cutoff >= view.now or view.velocity is None:
            return None, []
        before, moved_at = view.past.last_before(cutoff), view.past.moved_at
        zone = view.within(0.0, self.within_sprints)
        if before is not None:
            then = self._near_then(view, before, view.velocity)
            late = [issue.key for issue in zone if issue.key not in then]
        elif moved_at is not None:
            late = [issue.key for issue in zone if max(issue.created, moved_at.get(issue.key, issue.created)) > cutoff]
        else:
            return None, []
        points = sum(view.size[issue.key].points for issue in zone)
        return share(sum(view.size[key].points for key in late), points), late

    def _cutoff(self, view: View) -> datetime | None:
        """The moment of the earliest coming planning, so many working days of that team earlier."""
        planned = [
            (c.sprint.start, c.team) for c in view.capacities if c.sprint is not None and c.sprint.start is not None
        ]
        start, team = min(
            (one for one in planned if one[0] >= view.now), key=lambda one: (one[0], one[1].name), default=(None, None)
        )
        if start is None or team is None:
            return None
        day = working_days_before(start.date(), self.working_days, lambda day: is_worked(team, day, {}))
        return datetime.combine(day, start.timetz())

    def _near_then(self, view: View, state: BacklogState, velocity: float) -> set[str]:
        """Keys of what was the next sprint's work then, without what was worked off since."""
        zone: set[str] = set()
        above = 0.0
        for key, points, _ in state.items:
            if key in view.past.worked_off or (key not in view.size and key in view.snapshot.by_key):
                continue  # started, finished, or without a size of its own
            if above / velocity >= self.within_sprints:
                break
            zone.add(key)
            above += view.size[key].points if key in view.size else (view.usual_size if points is None else points)
        return zone
