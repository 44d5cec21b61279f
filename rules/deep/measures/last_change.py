"""Em: how long ago the backlog changed at all."""

from pydantic import Field

from rules.deep.churn import USUAL
from rules.deep.measure import DeepLetter, DeepMeasure, Measured
from rules.deep.view import View
from rules.wording import many


class LastChange(DeepMeasure):
    """How many days ago anybody changed an issue.

    Why: A backlog without any change for a month is not used any more (The Scrum Guide, 2020: refinement is an ongoing
        activity).

    Formula: Days since the latest edit of any issue, our own edits not counted. Above frozen_days the backlog is called
        frozen, unless an earlier run saw that issues were moved. Shown and not scored.

    Good: 40 issues, the latest change 2 days ago: "The last change to any issue was 2 days ago (limit 30 days)."

    Bad: 40 issues that nobody changed for 31 days: "The backlog is frozen: no issue was added, changed or moved for
        31 days."
    """

    name = "last_change"
    title = "last change"
    letter = DeepLetter.EMERGENT

    frozen_days: int = Field(default=USUAL.frozen_days, ge=1, le=1000)
    """More days without a change than this mean that the backlog is frozen."""

    def measure(self, view: View) -> Measured:
        """Days since the last change."""
        if not view.issues:
            return Measured((self.figure(None, "days", "The backlog is empty."),))
        edited, created = [one.last_human_edit for one in view.issues], [one.created for one in view.issues]
        last = max(*edited, *created).date()
        days = max(0, (view.now.date() - last).days)
        if days <= self.frozen_days:
            ago = f"{many(days, 'day')} ago" if days else "today"
            text = f"The last change to any issue was {ago} (limit {many(self.frozen_days, 'day')})."
        elif view.past.moved_lately:
            text = f"No issue was added or changed for {many(days, 'day')}, but issues were moved."
        else:
            text = f"The backlog is frozen: no issue was added, changed or moved for {many(days, 'day')}."
        return Measured((self.figure(float(days), "days", text),))
