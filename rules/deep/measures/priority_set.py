"""P: the share of issues that have a priority."""

from rules.deep.measure import DeepLetter, DeepMeasure, Measured
from rules.deep.view import View
from rules.wording import agreeing_of, many


class PrioritySet(DeepMeasure):
    """How many issues have a priority.

    Why: Where some issues have a priority and others do not, the order of those others cannot be checked (The Scrum
        Guide, 2020: the Product Backlog is ordered).

    Formula: Issues with a priority over all issues. Shown and not scored.

    Good: 4 issues with a priority: "4 of 4 issues have a priority."

    Bad: 1 of 4 issues with a priority: "1 of 4 issues has a priority."
    """

    name = "priority_set"
    title = "priority set"
    letter = DeepLetter.PRIORITISED
    needs = frozenset({"priority"})

    def measure(self, view: View) -> Measured:
        """The share, with the keys of the issues without a priority."""
        if not view.issues:
            return Measured((self.figure(None, "%", "The backlog is empty."),))
        missing = [issue.key for issue in view.issues if issue.priority is None]
        with_priority = len(view.issues) - len(missing)
        have = agreeing_of(with_priority, len(view.issues), "has", "have")
        text = f"{with_priority} of {many(len(view.issues), 'issue')} {have} a priority."
        return Measured((self.figure(100 * with_priority / len(view.issues), "%", text, missing),))
