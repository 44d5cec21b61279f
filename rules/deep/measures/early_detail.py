"""D: the detail that far issues have too early."""

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.measures.missing_detail import MissingDetail, details_of
from rules.deep.scoring import clip
from rules.deep.view import View
from rules.wording import agreeing_of, many


class EarlyDetail(ScoredMeasure):
    """How much more detail far issues have than they need yet.

    Why: What is refined months ahead is often refined again or never built (Pichler, Agile Product Management with
        Scrum, 2010: detailed appropriately).

    Formula: The mean of max(0, detail - target - slack) over the issues from_sprints away or more, with detail and
        target of deep.missing_detail. The sub-score is 1 at 0 and falls to 0 at zero_at. The time is minutes for each
        unit of surplus detail.

    Good: 4 far stories with a title only: "0 of 4 issues four sprints or more away were refined too early."
        Sub-score 1.

    Bad: 12 far stories with every detail: "12 of 12 issues four sprints or more away were refined too early (about
        3 hours)." Sub-score 0.025.
    """

    name = "early_detail"
    title = "early detail"
    letter = DeepLetter.DETAILED

    weight: float = weighing(0.10)
    from_sprints: float = Field(default=4.0, gt=0, le=52)
    """From this many sprints away detail can be too early."""
    slack: float = Field(default=0.15, ge=0, le=1)
    """Detail above the target that is not counted."""
    zero_at: float = Field(default=0.5, gt=0, le=1)
    """The mean surplus at which the sub-score is 0."""
    minutes: int = Field(default=20, ge=1, le=480)
    """Minutes that bringing an issue to full detail usually takes."""

    def measure(self, view: View) -> Measured:
        """The mean surplus, with the keys of the issues that have most."""
        target, levels = view.measures[MissingDetail].target, details_of(view)
        far = view.within(self.from_sprints)
        where = f"{view.boxes.words(self.from_sprints)} or more away"
        surplus = {
            issue.key: more
            for issue in far
            if (more := levels[issue.key] - target(view.away[issue.key]) - self.slack) > 0
        }
        if not far:
            text = f"No issue is known to be {where}, so no detail is too early."
            return Measured((self.figure(None, "%", text),))
        over = sum(surplus.values()) / len(far)
        early = sorted(surplus, key=lambda key: -surplus[key])
        spent = sum(self.minutes * (levels[key] - target(view.away[key])) for key in early)
        time = f" ({_duration(spent)})" if early else ""
        were = agreeing_of(len(early), len(far), "was", "were")
        text = f"{len(early)} of {many(len(far), 'issue')} {where} {were} refined too early{time}."
        return Measured((self.figure(100.0 * over, "%", text, early),), 1.0 - clip(over / self.zero_at))


def _duration(minutes: float) -> str:
    shown = many(f"{minutes / 60:.0f}", "hour") if minutes >= 90 else many(f"{minutes:.0f}", "minute")
    return f"about {shown}"
