"""P: the share of issues that are urgent."""

from operator import attrgetter

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.scoring import clip
from rules.deep.view import View, once_a_view
from rules.model import Priority
from rules.wording import agreeing, agreeing_of, many


class Urgent(ScoredMeasure):
    """How many issues are in the most urgent priority levels.

    Why: If most issues are urgent, the priority no longer says what comes first (Wiegers and Beatty, Software
        Requirements, 2013, chapter 16; the limits are conventions).

    Formula: The share of issues in the top levels among all issues with a priority, from fewest on. Where the site has
        three levels or fewer, only the top one counts. The sub-score is 1 up to good_until and falls to 0 at zero_at.

    Good: 1 of 5 issues is High, the others are Low: "1 of 5 issues is in the top priority levels (20 %): not more
        than 25 %." Sub-score 1.

    Bad: 4 of 5 issues are Highest: "4 of 5 issues are in the top priority levels (80 %): more than 25 %, so urgent
        means little." Sub-score 0.
    """

    name = "urgent"
    title = "urgent"
    letter = DeepLetter.PRIORITISED
    needs = frozenset({"priority"})
    rising = (("good_until", "zero_at"),)

    weight: float = weighing(0.10)
    levels: int = Field(default=2, ge=1, le=10)
    """The top levels that count as urgent."""
    fewest: int = Field(default=5, ge=1, le=1000)
    """Fewer issues with a priority than this are too few to compare."""
    good_until: float = Field(default=0.25, ge=0, le=1)
    """Up to this share the sub-score is 1."""
    zero_at: float = Field(default=0.75, gt=0, le=1)
    """From this share on the sub-score is 0."""

    def measure(self, view: View) -> Measured:
        """The share of urgent issues."""
        number, total = _urgent_among(view)
        if total < self.fewest:
            few = f"{many(total, 'issue')} with a priority {agreeing(total, 'is', 'are')} too few"
            text = f"{few} to compare; {self.fewest} {agreeing(self.fewest, 'is', 'are')} needed."
            return Measured((self.figure(None, "%", text),))
        part = number / total
        usual = f"{100 * self.good_until:.0f} %"
        verdict = f"more than {usual}, so urgent means little" if part > self.good_until else f"not more than {usual}"
        are = agreeing_of(number, total, "is", "are")
        top = f"{number} of {many(total, 'issue')} {are} in the top priority levels"
        text = f"{top} ({100 * part:.0f} %): {verdict}."
        score = 1.0 - clip((part - self.good_until) / (self.zero_at - self.good_until))
        return Measured((self.figure(100 * part, "%", text),), score)

    def is_urgent(self, priority: Priority) -> bool:
        """Whether a priority is among the top levels."""
        return priority.order < (self.levels if priority.levels > 3 else 1)


@once_a_view
def _urgent_among(view: View) -> tuple[int, int]:
    """The number of urgent issues, and of those with a priority; the former view's where no priority differs."""
    if view.former is not None and view.keeps(attrgetter("priority")):
        return _urgent_among(view.former)
    is_urgent = view.measures[Urgent].is_urgent
    priorities = [is_urgent(issue.priority) for issue in view.issues if issue.priority is not None]
    return sum(priorities), len(priorities)
