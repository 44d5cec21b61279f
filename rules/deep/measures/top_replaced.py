"""Em: how much of the top of the backlog was replaced."""

from pydantic import Field

from rules.deep.churn import USUAL
from rules.deep.measure import DeepLetter, DeepMeasure, Measured
from rules.deep.view import View
from rules.wording import many


class TopReplaced(DeepMeasure):
    """How much of the top of the backlog was replaced in a week.

    Why: Work that was refined for the next planning and is pushed down again was refined for nothing (The Scrum Guide,
        2020: the backlog is emergent and ordered; the limit is a convention).

    Formula: The share of the top issues of `days` days ago that are no longer among the top. Finished and started work
        is left out. If no run saw that top, it is the share of the present top that was created or moved since. It is
        shown and not scored.

    Good: 5 of last week's top 20 were pushed down: "25 % of the top 20 were replaced in 7 days: steady enough
        (limit 40 %)."

    Bad: 12 of last week's top 20 were pushed down: "60 % of the top 20 were replaced in 7 days: the backlog is
        churning (limit 40 %)."
    """

    name = "top_replaced"
    title = "top replaced"
    letter = DeepLetter.EMERGENT
    needs = frozenset({"rank"})

    top: int = Field(default=USUAL.top, ge=1, le=1000)
    """Issues at the top that are compared."""
    days: int = Field(default=USUAL.top_days, ge=1, le=366)
    """Days between the two tops."""
    most: float = Field(default=0.40, ge=0, le=1)
    """A larger share than this is said to be too much."""

    def measure(self, view: View) -> Measured:
        """The share that was replaced."""
        part = view.past.top_replaced
        if part is None:
            text = f"The first run is less than {many(self.days, 'day')} ago, so changes at the top are not known."
            return Measured((self.figure(None, "%", text),))
        verdict = "the backlog is churning" if part > self.most else "steady enough"
        text = (
            f"{100 * part:.0f} % of the top {self.top} were replaced in {many(self.days, 'day')}: {verdict} "
            f"(limit {100 * self.most:.0f} %)."
        )
        return Measured((self.figure(100 * part, "%", text),))
