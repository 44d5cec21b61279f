"""E: far issues that were split too early."""

from pydantic import Field

from rules.deep.measure import DeepLetter, DeepMeasure, Measured
from rules.deep.view import View
from rules.wording import agreeing_of, many


class FarAndSmall(DeepMeasure):
    """How many far issues have one of the smallest sizes.

    Why: Splitting far work into small issues is refinement too early: the parts change before their turn comes
        (Pichler, Agile Product Management with Scrum, 2010).

    Formula: The share of far estimated issues with a size in the smallest third of those in use. Far is from_sprints
        away or more. At least three sizes must be in use. Shown and not scored.

    Good: 7 far issues, two of them of 1 point on a scale of 1, 3, 8: "2 of 7 estimated issues six sprints or more
        away have 1 point or less (29 %): not split too early (limit 50 %)."

    Bad: 12 far issues, ten of them of 1 point: "10 of 12 estimated issues six sprints or more away have 1 point or
        less (83 %): split too early (limit 50 %)."
    """

    name = "far_and_small"
    title = "far and small"
    letter = DeepLetter.ESTIMATED
    needs = frozenset({"points"})

    from_sprints: float = Field(default=6.0, gt=0, le=52)
    """Issues at least this many sprints away are far."""
    most: float = Field(default=0.5, ge=0, le=1)
    """A larger share than this is said to be too much."""

    def measure(self, view: View) -> Measured:
        """The share of estimated far issues of the smallest sizes."""
        scale = sorted({issue.points for issue in view.issues if issue.points is not None})
        sizes = [issue.points for issue in view.within(self.from_sprints) if issue.points is not None]
        if len(scale) < 3 or not sizes:
            text = "Too few different estimates among far issues to see whether they were split too early."
            return Measured((self.figure(None, "%", text),))
        small = scale[(len(scale) - 1) // 3]
        number = sum(size <= small for size in sizes)
        part = number / len(sizes)
        where = f"{view.boxes.words(self.from_sprints)} or more away"
        verdict = "split too early" if part > self.most else "not split too early"
        have = f"{agreeing_of(number, len(sizes), 'has', 'have')} {many(small, view.snapshot.unit.one)} or less"
        text = (
            f"{number} of {many(len(sizes), 'estimated issue')} {where} {have} ({100 * part:.0f} %): "
            f"{verdict} (limit {100 * self.most:.0f} %)."
        )
        return Measured((self.figure(100 * part, "%", text),))
