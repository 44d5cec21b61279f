"""Em: whether more work comes in than goes out."""

from datetime import datetime, timedelta
from math import fsum

from pydantic import Field

from rules.deep.churn import USUAL, sprint_length
from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.scoring import clip
from rules.deep.view import View, once_a_view
from rules.model import Kind, SprintState


class Growth(ScoredMeasure):
    """By how much the backlog grows in a sprint.

    Why: If more comes in than goes out, the backlog and the lead time grow without end (Little, Operations Research
        9, 1961: L = lambda W).

    Formula: Points created (inflow) minus points finished or removed (outflow), for each sprint, over the typical
        velocity; over up to `sprints` sprints, from the first closed sprint that is known. The sub-score is 1 up to
        steady, whether it grows or shrinks, and falls to 0 at zero_at.

    Good: 105 points were created and 105 finished in six sprints of 21 points: "The backlog grows by 0.00 sprints
        of work in each sprint: steady (limit 0.25)." Sub-score 1.

    Bad: 210 points were created and 105 finished in six sprints of 21 points: "The backlog grows by 0.83 sprints of
        work in each sprint: it grows without end (limit 0.25)." Sub-score 0.22.
    """

    name = "growth"
    title = "growth"
    letter = DeepLetter.EMERGENT
    rising = (("steady", "zero_at"),)

    weight: float = weighing(0.10)
    sprints: int = Field(default=USUAL.growth_sprints, ge=1, le=52)
    """Growth is measured over at most this many sprints."""
    steady: float = Field(default=0.25, ge=0, le=10)
    """Up to this many sprints of work for each sprint the backlog is steady."""
    zero_at: float = Field(default=1.0, gt=0, le=20)
    """From this growth on the sub-score is 0."""
    endless: float = Field(default=0.5, gt=0, le=20)
    """Above this growth the backlog is said to grow without end."""

    def measure(self, view: View) -> Measured:
        """The growth in sprints of work for each sprint, and the two flows it is the difference of."""
        flows = self._flows(view)
        if flows is None:
            text = f"No velocity or no closed {view.boxes.box} is known, so growth is not measured."
            return Measured((self.figure(None, "sprints", text),))
        inflow, outflow = flows
        growth = inflow - outflow
        if abs(growth) <= self.steady:
            verdict = f"steady (limit {self.steady:g})"
        elif growth > self.endless:
            verdict = f"it grows without end (limit {self.steady:g})"
        else:
            verdict = f"not steady (limit {self.steady:g})"
        change = "grows" if growth >= 0 else "shrinks"
        pace = f"{view.boxes.several} of work", f"in each {view.boxes.one}"
        text = f"The backlog {change} by {abs(growth):.2f} {pace[0]} {pace[1]}: {verdict}."
        score = 1.0 - clip((abs(growth) - self.steady) / (self.zero_at - self.steady))
        done = "are finished or removed"
        figures = (
            self.figure(growth, "sprints", text),
            self.figure(inflow, "sprints", f"{inflow:.2f} {pace[0]} are created {pace[1]}.", title="inflow"),
            self.figure(outflow, "sprints", f"{outflow:.2f} {pace[0]} {done} {pace[1]}.", title="outflow"),
        )
        return Measured(figures, score)

    def _flows(self, view: View) -> tuple[float, float] | None:
        """Sprints of work created, and finished or removed, in each sprint."""
        since = self._since(view)
        if since is None or view.velocity is None:
            return None
        created, closed = (fsum(view.backlog.sizes[key].points for key in keys) for keys in _flowing(view))
        work = view.velocity * ((view.now - since) / _length(view))
        return created / work, (closed + _removed(view, since)) / work

    def _since(self, view: View) -> datetime | None:
        """Since when growth is measured; `None` where less than a sprint is known."""
        starts = [s.start for s in view.snapshot.sprints if s.state is SprintState.CLOSED and s.start is not None]
        if view.velocity is None or not starts or not view.backlog.finished:
            return None
        since = max(min(starts), view.now - self.sprints * _length(view))
        return since if view.now - since >= _length(view) else None

    def flowing(self, view: View) -> tuple[frozenset[str], frozenset[str]]:
        """The keys of the issues created since then, and of those finished; epics are apart.

        What the former view says of an issue that did not change is still so.
        """
        since, issues = self._since(view), view.snapshot.by_key
        if since is None:
            return frozenset(), frozenset()
        known = _flowing(view.former) if view.former is not None else (frozenset[str](), frozenset[str]())
        again = issues.keys() if view.former is None else view.touched & issues.keys()
        asked = [issue for key in again if (issue := issues[key]).kind is not Kind.EPIC]
        created = [issue.key for issue in asked if issue.created >= since]
        closed = [issue.key for issue in asked if not issue.is_open and issue.finished_at >= since]
        left = [[key for key in keys if key in issues and key not in view.touched] for keys in known]
        return frozenset([*left[0], *created]), frozenset([*left[1], *closed])


@once_a_view
def _flowing(view: View) -> tuple[frozenset[str], frozenset[str]]:
    return view.measures[Growth].flowing(view)


def _length(view: View) -> timedelta:
    return timedelta(days=sprint_length(view.snapshot.product.teams))


def _removed(view: View, since: datetime) -> float:
    """Points of the issues that a run since then saw and that are gone now."""
    gone = view.past.gone.values()
    return sum(view.usual_size if points is None else points for at, points in gone if at >= since)
