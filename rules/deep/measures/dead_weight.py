"""Em: stale issues so far away that they may never be done."""

from pydantic import Field

from rules.deep.measure import DeepLetter, DeepMeasure, Measured
from rules.deep.measures.stale import Stale
from rules.deep.view import View
from rules.model import Issue
from rules.wording import agreeing, many


class DeadWeight(DeepMeasure):
    """How many stale issues are so far away that they may never be done.

    Why: Such issues cost reading and searching time at each refinement; keep or close them (Reinertsen, The Principles
        of Product Development Flow, 2009, on queues; the limit is a convention).

    Formula: The number of issues that are stale (deep.stale) and more than beyond_sprints away. Shown and not scored.

    Good: 20 issues of 12 points that changed 2 days ago: "No stale issue is more than twelve sprints away."

    Bad: 2 of them nobody changed for 500 days: "2 stale issues are more than twelve sprints away: keep or close?
        Longest without a change is SHOP-19, since 18 October 2024, with 0 watchers and 0 links."
    """

    name = "dead_weight"
    title = "dead weight"
    letter = DeepLetter.EMERGENT

    beyond_sprints: float = Field(default=12.0, gt=0, le=520)
    """Stale issues more than this many sprints away are counted."""

    def measure(self, view: View) -> Measured:
        """The number of such issues, with their keys."""
        if view.velocity is None:
            text = "No velocity is known, so it is open how far away the stale issues are."
            return Measured((self.figure(None, "issues", text),))
        dead = self.issues(view)
        where = f"more than {view.boxes.words(self.beyond_sprints)} away"
        if not dead:
            return Measured((self.figure(0.0, "issues", f"No stale issue is {where}."),))
        oldest = dead[0]
        number = f"{many(len(dead), 'stale issue')} {agreeing(len(dead), 'is', 'are')}"
        since = f"{oldest.last_human_edit.day} {oldest.last_human_edit:%B %Y}"
        text = (
            f"{number} {where}: keep or close? Longest without a change is {oldest.key}, since {since}, "
            f"with {many(oldest.watchers, 'watcher')} and {many(len(oldest.links), 'link')}."
        )
        return Measured((self.figure(float(len(dead)), "issues", text, [issue.key for issue in dead]),))

    def issues(self, view: View) -> list[Issue]:
        """Those issues, the longest without a change first."""
        far = (i for i in view.measures[Stale].issues(view) if view.away.get(i.key, 0.0) > self.beyond_sprints)
        return sorted(far, key=lambda issue: (issue.last_human_edit, issue.key))
