"""Em: near issues that were changed lately."""

from datetime import timedelta

from pydantic import Field

from rules.deep.measure import DeepLetter, DeepMeasure, Measured
from rules.deep.view import View
from rules.wording import agreeing_of, many


class Fresh(DeepMeasure):
    """How many of the near issues were changed lately.

    Why: Issues for the next plannings are what the latest refinements were about (The Scrum Guide, 2020: refinement is
        an ongoing activity; the limit is a convention).

    Formula: The share of issues less than within_sprints away that somebody edited in the last `days` days; our own
        edits do not count. Shown and not scored.

    Good: 12 near issues that changed 2 days ago: "12 of 12 issues of the next three sprints were changed in the last
        45 days."

    Bad: 9 of 12 near issues that nobody changed for 60 days: "3 of 12 issues of the next three sprints were changed
        in the last 45 days."
    """

    name = "fresh"
    title = "fresh"
    letter = DeepLetter.EMERGENT

    within_sprints: float = Field(default=3.0, gt=0, le=26)
    """Issues less than this many sprints away are counted."""
    days: int = Field(default=45, ge=1, le=3650)
    """An issue edited in the last so many days is fresh."""

    def measure(self, view: View) -> Measured:
        """The share of fresh issues."""
        near = view.within(0.0, self.within_sprints)
        if not near:
            text = f"No issue is known to be within {view.boxes.words(self.within_sprints)}."
            return Measured((self.figure(None, "%", text),))
        fresh = sum(view.now - issue.last_human_edit <= timedelta(days=self.days) for issue in near)
        where = f"of the {view.boxes.ahead(self.within_sprints)}"
        were = agreeing_of(fresh, len(near), "was", "were")
        days = many(self.days, "day")
        text = f"{fresh} of {many(len(near), 'issue')} {where} {were} changed in the last {days}."
        return Measured((self.figure(100 * fresh / len(near), "%", text),))
