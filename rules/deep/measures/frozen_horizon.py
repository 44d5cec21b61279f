"""Em: how long ago anybody changed the next sprints' work."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from rules.deep.measure import DeepLetter, DeepMeasure, Measured
from rules.deep.view import View
from rules.model import EditField, Issue
from rules.wording import many


class FrozenHorizon(DeepMeasure):
    """How many days ago anybody added, moved or changed an issue of the next sprints' work.

    Why: The order and the content of the next sprints' work follow what is learned in each sprint. Where nobody
        touches it for a month, nobody looks (The Scrum Guide, 2020: refinement is an ongoing activity).

    Formula: Days since a person last added, moved, estimated or edited one of the issues less than within_sprints away.
        Apps and our own changes do not count. Above frozen_days that work is called frozen, and so is the part of a
        team. Shown and not scored. The measure needs the past of the issues.

    Good: 12 issues, one of them moved 2 days ago: "The work of the next three sprints was last changed 2 days ago
        (limit 28 days)."

    Bad: 12 issues that nobody changed for 35 days: "The work of the next three sprints is frozen: no issue of it was
        added, moved or changed for 35 days."
    """

    name = "frozen_horizon"
    title = "frozen horizon"
    letter = DeepLetter.EMERGENT
    needs = frozenset({"changelog"})

    within_sprints: float = Field(default=3.0, gt=0, le=26)
    """Issues less than this many sprints away are the next sprints' work."""
    frozen_days: int = Field(default=28, ge=1, le=1000)
    """More days without a change than this mean that the work is frozen."""

    def measure(self, view: View) -> Measured:
        """Days since the last change."""
        near = view.within(0.0, self.within_sprints)
        work = f"the {view.boxes.ahead(self.within_sprints)}"
        if not near or any(issue.id not in view.snapshot.edits for issue in near):
            return Measured((self.figure(None, "days", f"When the work of {work} last changed is not known."),))
        days = _days(view, near)
        if days > self.frozen_days:
            text = f"The work of {work} is frozen: no issue of it was added, moved or changed for {many(days, 'day')}."
            return Measured((self.figure(float(days), "days", text),))
        ago = f"{many(days, 'day')} ago" if days else "today"
        text = f"The work of {work} was last changed {ago} (limit {many(self.frozen_days, 'day')})."
        frozen = self._frozen_teams(view, near)
        if frozen:
            parts = ", ".join(f"{name} ({many(_days(view, issues), 'day')})" for name, issues in frozen.items())
            text = f"{text} Frozen parts: {parts}."
        keys = [issue.key for issues in frozen.values() for issue in issues]
        return Measured((self.figure(float(days), "days", text, keys),))

    def _frozen_teams(self, view: View, near: Sequence[Issue]) -> dict[str, list[Issue]]:
        """The teams whose own part of that work nobody changed for too long, with that part."""
        parts: dict[str, list[Issue]] = {}
        for issue in near:
            if (team := view.backlog.team(issue.key)) is not None:
                parts.setdefault(team.name, []).append(issue)
        return {name: issues for name, issues in parts.items() if _days(view, issues) > self.frozen_days}


def _days(view: View, issues: Sequence[Issue]) -> int:
    """Days since a person last changed one of them."""
    last = max(_changed(view, issue) for issue in issues).date()
    return max(0, (view.now.date() - last).days)


def _changed(view: View, issue: Issue) -> datetime:
    """When a person last changed it, or created it."""
    edits = view.snapshot.edits[issue.id]
    by_people = (edit.at for edit in edits if edit.by_person and edit.field is not EditField.OTHER)
    return max(by_people, default=issue.created)
