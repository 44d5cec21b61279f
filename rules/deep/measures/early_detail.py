"""D: the detail that far issues have too early."""

from collections.abc import Iterable, Iterator, Mapping
from math import fsum

from pydantic import Field

from rules.deep.measure import DeepLetter, Measured, ScoredMeasure, weighing
from rules.deep.measures.missing_detail import MissingDetail, detailed_again, details_of
from rules.deep.scoring import clip
from rules.deep.view import View, once_a_view
from rules.model import Issue
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
        where = f"{view.boxes.words(self.from_sprints)} or more away"
        far, surplus = self._surplus(view)
        if not far:
            text = f"No issue is known to be {where}, so no detail is too early."
            return Measured((self.figure(None, "%", text),))
        over = fsum(surplus.values()) / far
        early = sorted(surplus, key=lambda key: (-surplus[key], view.rank[key]))
        spent = sum(self.minutes * (levels[key] - target(view.away[key])) for key in early)
        time = f" ({_duration(spent)})" if early else ""
        were = agreeing_of(len(early), far, "was", "were")
        text = f"{len(early)} of {many(far, 'issue')} {where} {were} refined too early{time}."
        return Measured((self.figure(100.0 * over, "%", text, early),), 1.0 - clip(over / self.zero_at))

    def scored(self, view: View) -> float | None:
        """The sub-score of the mean surplus."""
        far, surplus = self._surplus(view)
        return 1.0 - clip(fsum(surplus.values()) / far / self.zero_at) if far else None

    def _surplus(self, view: View) -> tuple[int, Mapping[str, float]]:
        """The number of far issues, and by key how much detail they have too early."""
        return len(view.placed) - len(view.placed_before(self.from_sprints)), _surplus_in(view)

    def surplus(self, view: View) -> Mapping[str, float]:
        """By key how much detail far issues have too early; what a former view gives is not worked out again.

        From `light_from` on the same detail is enough for all: most of a long backlog.
        """
        levels, zones = details_of(view), max(self.from_sprints, view.measures[MissingDetail].light_from)
        if view.former is None:
            return dict(self._too_early(view, levels, view.placed))
        known, changed = dict(_surplus_in(view.former)), view.may_differ(zones) | detailed_again(view)
        for key in (changed & known.keys()) | (known.keys() - view.away.keys()):
            del known[key]
        again = [(view.by_key[key], view.away[key]) for key in changed if key in view.away]
        known.update(self._too_early(view, levels, again))
        return known

    def _too_early(
        self, view: View, levels: Mapping[str, float], placed: Iterable[tuple[Issue, float]]
    ) -> Iterator[tuple[str, float]]:
        missing = view.measures[MissingDetail]
        enough = missing.target(missing.light_from)
        for issue, away in placed:
            if away >= self.from_sprints:
                needed = enough if away >= missing.light_from else missing.target(away)
                if (more := levels[issue.key] - needed - self.slack) > 0:
                    yield issue.key, more


@once_a_view
def _surplus_in(view: View) -> Mapping[str, float]:
    return view.measures[EarlyDetail].surplus(view)


def _duration(minutes: float) -> str:
    shown = many(f"{minutes / 60:.0f}", "hour") if minutes >= 90 else many(f"{minutes:.0f}", "minute")
    return f"about {shown}"
