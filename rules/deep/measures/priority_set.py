"""P: the share of issues that have a priority."""

from collections.abc import Iterator

from pydantic import Field

from rules.deep.measure import DeepLetter, DeepMeasure, Measured
from rules.deep.model import Measure
from rules.deep.view import View
from rules.wording import agreeing, agreeing_of, many


class PrioritySet(DeepMeasure):
    """How many issues have a priority, and for how many of the near ones somebody chose it.

    Why: Where some issues have a priority and others do not, the order of those others cannot be checked (The Scrum
        Guide, 2020: the Product Backlog is ordered).

    Formula: Issues with a priority over all issues. A second figure shows the near issues, less than within_sprints
        away, whose priority somebody chose. A person changed it once, or it is not the one that new issues get. That
        one is what most issues have whose priority nobody changed, in each project. Shown and not scored.

    Good: 4 issues with a priority: "4 of 4 issues have a priority."

    Bad: 1 of 4 issues with a priority: "1 of 4 issues has a priority."
    """

    name = "priority_set"
    title = "priority set"
    letter = DeepLetter.PRIORITISED
    needs = frozenset({"priority"})

    within_sprints: float = Field(default=3.0, gt=0, le=26)
    """Issues less than this many sprints away should have a priority that somebody chose."""

    def measure(self, view: View) -> Measured:
        """Both shares, with the keys of the issues without a priority or with one that nobody chose."""
        if not view.issues:
            return Measured((self.figure(None, "%", "The backlog is empty."),))
        missing = [issue.key for issue in view.issues if issue.priority is None]
        with_priority = len(view.issues) - len(missing)
        have = agreeing_of(with_priority, len(view.issues), "has", "have")
        text = f"{with_priority} of {many(len(view.issues), 'issue')} {have} a priority."
        return Measured(
            (self.figure(100 * with_priority / len(view.issues), "%", text, missing), *self._chosen(view)),
        )

    def _chosen(self, view: View) -> Iterator[Measure]:
        """For the near issues whose past is known; nothing where the site does not show it."""
        edits = view.snapshot.edits
        near = [i for i in view.within(0.0, self.within_sprints) if i.priority is not None and i.id in edits]
        if not near:
            return
        unchosen = [issue.key for issue in near if issue.key in view.backlog.unchosen_priorities]
        have = agreeing(len(unchosen), "has", "have")
        where = f"within {view.boxes.words(self.within_sprints)}"
        text = (
            f"{len(unchosen)} of {many(len(near), 'issue')} {where} {have} the priority "
            "that new issues get, and nobody chose it."
        )
        yield self.figure(100 * (1 - len(unchosen) / len(near)), "%", text, unchosen, title="priority chosen")
