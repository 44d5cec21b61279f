"""Whether the estimate is one the team uses."""

from typing import ClassVar

from rules.model import Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.text.content import number

# Both common readings of the series: 20, 40, 100 on the cards, 21, 34 in the mathematics.
SERIES = (0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0, 21.0, 34.0, 40.0, 55.0, 89.0, 100.0)


class OnScale(ReadyRule):
    """The estimate is on the team's scale.

    Why: A 4 among 3s and 5s claims a precision nobody has, and often is a sum or a slip. Unless the configuration
    names a scale, it is learned from the estimates in use, and the usual series of planning cards always counts.

    Fails:
        Story: Pay with a saved card
        Points: 4

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card
        Points: 5

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "on_scale"
    kinds: ClassVar[frozenset[Kind]] = frozenset({Kind.STORY, Kind.BUG, Kind.TASK, Kind.SPIKE})
    effort: ClassVar[Effort] = Effort.FIELD
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.INFO
    scale: tuple[float, ...] = ()
    """The values an estimate may have; leave it empty to learn them."""

    def check(self, subject: Subject) -> Answer:
        """Look the estimate up, and name its neighbours if it is not there."""
        if subject.cannot_see("points"):
            return NotApplicable("the project has no estimates", unavailable="points")
        points = subject.issue.points
        if points is None:
            return NotApplicable("it has no estimate")
        scale = tuple(sorted(self.scale)) or tuple(sorted({*SERIES, *subject.backlog.scale}))
        if points in scale:
            return Passed()
        said = f"{number(points)} points are not on the team's scale."
        near = " or ".join(number(value) for value in _neighbours(points, scale))
        return Failed(said, f"Take {near}.", reason=number(points))


def _neighbours(points: float, scale: tuple[float, ...]) -> list[float]:
    below = [value for value in scale if value < points][-1:]
    return below + [value for value in scale if value > points][:1]
