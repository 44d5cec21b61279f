"""Whether an estimate is on the team's scale."""

from typing import ClassVar

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.wording import Wording, number

# Both common readings of the series: 20, 40, 100 on the cards, 21, 34 in the mathematics.
SERIES = (0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0, 21.0, 34.0, 40.0, 55.0, 89.0, 100.0)


class OnScale(ReadyRule):
    """The estimate is on the team's scale.

    Why: A 4 among 3s and 5s claims a precision that estimates do not have. Often it is a sum or a typing error.
    Without a configured scale, the estimates in use and the usual planning cards form the scale.

    Fails:
        Story: Pay with a saved card
        Points: 4

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Points: 5

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "on_scale"
    title: ClassVar[str] = "estimate on the scale"
    failure: ClassVar[str] = "estimate off the scale"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.BUG, Kind.TASK, Kind.SPIKE})
    effort: ClassVar[Effort] = Effort.FIELD
    asks: ClassVar[Role] = Role.DEVELOPERS
    reads_text: ClassVar[bool] = False

    severity: Severity = Severity.INFO
    scale: tuple[float, ...] = ()
    """The values an estimate may have; empty for those in use and on the usual planning cards."""

    def check(self, subject: Subject) -> Answer:
        """Look the estimate up, and name its neighbours on the scale if it is not there."""
        if subject.cannot_see("points"):
            return NotApplicable("the project has no estimates", unavailable="points")
        points = subject.issue.points
        if points is None:
            return NotApplicable("the issue has no estimate")
        values = self.scale or (*SERIES, *subject.backlog.scale)
        if points in values:
            return Passed()
        scale = tuple(sorted(set(values)))
        message = Wording("The estimate of {points:point|points} is not on the team's scale.", points=points)
        hint = Wording("Change the estimate to {values: or }.", values=tuple(_neighbours(points, scale)))
        return Failed(message, hint, reason=number(points))


def _neighbours(points: float, scale: tuple[float, ...]) -> list[float]:
    below = [value for value in scale if value < points][-1:]
    return below + [value for value in scale if value > points][:1]
