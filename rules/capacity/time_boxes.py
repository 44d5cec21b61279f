"""How texts count time: in sprints, or in weeks where no team has sprints (docs/capacity.md).

Figures are in sprints everywhere, and a team without sprints has periods of whole weeks in their place. Only what
people read is in weeks, because such teams plan no sprints.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from rules.model import Product, Team
from rules.wording import agreeing, in_words


@dataclass(frozen=True, slots=True)
class TimeBoxes:
    """The words for sprints; `weeks` is how many weeks take the place of one, 0 where there are sprints."""

    weeks: float = 0.0

    @property
    def one(self) -> str:
        """The unit that is counted: "sprint", or "week"."""
        return "week" if self.weeks else "sprint"

    @property
    def several(self) -> str:
        """More than one of it: "sprints", or "weeks"."""
        return f"{self.one}s"

    @property
    def box(self) -> str:
        """The name of one as a whole: "sprint", "week", or "period" where it is several weeks."""
        return self.one if self.figure(1.0) == 1 else "period"

    @property
    def length(self) -> str:
        """How long one is: "a sprint", "a week", "two weeks"."""
        return f"a {self.one}" if self.figure(1.0) == 1 else self.words(1.0)

    @property
    def whose(self) -> str:
        """Of what comes next: "the next sprint's", "the next week's", "the next two weeks'"."""
        name = self.ahead()
        return f"the {name}'" if name.endswith("s") else f"the {name}'s"

    def ahead(self, sprints: float = 1.0) -> str:
        """What comes next: "next sprint", "next two sprints", "next week", "next two weeks"."""
        return f"next {self.one}" if self.figure(sprints) == 1 else f"next {self.words(sprints)}"

    def figure(self, sprints: float) -> float:
        """A number of sprints in what is counted."""
        return sprints * (self.weeks or 1.0)

    def words(self, sprints: float) -> str:
        """A number of sprints in words: "two sprints", or "four weeks"."""
        number = self.figure(sprints)
        return f"{in_words(number)} {agreeing(number, self.one, self.several)}"

    def between(self, first: float, last: float) -> str:
        """Two numbers of sprints in words: "two to six sprints", or "four to twelve weeks"."""
        return f"{in_words(self.figure(first))} to {self.words(last)}"

    def rate(self, amount: float) -> float:
        """What is finished in one sprint, for each that is counted."""
        return amount / (self.weeks or 1.0)


SPRINTS = TimeBoxes()
"""The words where there are sprints."""


def weeks_of(team: Team) -> int:
    """The weeks of the period of a team without sprints: `sprint_days` of five days each."""
    return max(1, team.sprint_days // 5)


def of_team(team: Team) -> TimeBoxes:
    """The words for one team."""
    return _of([team])


def of_product(product: Product) -> TimeBoxes:
    """The words for a whole product: weeks only where no team has sprints; of different periods the middle one."""
    return _of(product.teams)


def _of(teams: Iterable[Team]) -> TimeBoxes:
    teams = tuple(teams)
    if not teams or any(team.has_sprints for team in teams):
        return SPRINTS
    return TimeBoxes(float(median(weeks_of(team) for team in teams)))
