"""E: estimates that were given before there were acceptance criteria."""

from pydantic import Field

from rules.deep.measure import DeepLetter, DeepMeasure, Measured
from rules.deep.view import View
from rules.wording import agreeing, agreeing_of, many


class BlindEstimates(DeepMeasure):
    """How many near estimates were given before there were acceptance criteria.

    Why: An estimate without criteria is a guess. Estimates change together with the information about an issue
        (Pasuksmit, Thongtanunam and Karunasekera, Empirical Software Engineering 27, 2022).

    Formula: The share of estimated issues less than within_sprints away that had no acceptance criteria then. Criteria
        within the settling time of deep.stale_estimates count. Issues that need no criteria, such as bugs, are never
        blind. Shown and not scored. The measure needs the past of the issues.

    Good: 4 issues that had their criteria before: "No estimate within three sprints was given before there were
        criteria."

    Bad: 2 of 4 issues got their criteria 5 days after the estimate: "2 of 4 estimates within three sprints were given
        before there were criteria: estimate them again."
    """

    name = "blind_estimates"
    title = "blind estimates"
    letter = DeepLetter.ESTIMATED
    needs = frozenset({"points", "changelog"})

    within_sprints: float = Field(default=3.0, gt=0, le=26)
    """Only issues less than this many sprints away count."""

    def measure(self, view: View) -> Measured:
        """The share, with the keys of those issues."""
        near = view.within(0.0, self.within_sprints)
        known = [issue.key for issue in near if issue.key in view.estimates.given_at]
        where = f"within {view.boxes.words(self.within_sprints)}"
        if not known:
            text = f"When the estimates {where} were given is not known."
            return Measured((self.figure(None, "%", text),))
        blind = [key for key in known if key in view.estimates.blind]
        if not blind:
            text = f"No estimate {where} was given before there were criteria."
        else:
            were = agreeing_of(len(blind), len(known), "was", "were")
            again = agreeing(len(blind), "it", "them")
            text = (
                f"{len(blind)} of {many(len(known), 'estimate')} {where} {were} given before there were criteria: "
                f"estimate {again} again."
            )
        return Measured((self.figure(100 * len(blind) / len(known), "%", text, blind),))
