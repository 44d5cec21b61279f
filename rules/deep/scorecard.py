"""The four letters put together: one score, and the runways they rest on."""

from dataclasses import dataclass
from math import prod

from rules.deep.detailed import detailed
from rules.deep.emergent import emergent
from rules.deep.estimated import estimated
from rules.deep.model import Letter, Runway
from rules.deep.prioritised import prioritised
from rules.deep.runway import TARGET, runways
from rules.deep.view import View

GRADES = ((85.0, "A"), (70.0, "B"), (55.0, "C"), (40.0, "D"))  # B.5 of the planning note


@dataclass(frozen=True, slots=True)
class Picture:
    """A view with its letters, runways and score: what actions are compared by."""

    view: View
    letters: tuple[Letter, ...]
    runways: tuple[Runway, ...]
    score: float | None

    @property
    def runway(self) -> float | None:
        """The product's ready runway in sprints."""
        return self.runways[0].sprints


def picture(view: View, target: float = TARGET) -> Picture:
    """Score the view; `target` is the ready horizon in sprints, beyond which work is refined too early."""
    fed = runways(view, target)
    letters = (detailed(view, fed), estimated(view), emergent(view), prioritised(view)) if view.issues else ()
    return Picture(view, letters, fed, overall(letters))


def overall(letters: tuple[Letter, ...]) -> float | None:
    """The geometric mean of the letters that have a score, so that one broken side cannot hide (B.5)."""
    scores = [letter.score for letter in letters if letter.score is not None]
    return float(prod(scores) ** (1 / len(scores))) if scores else None


def grade(score: float | None) -> str:
    """A from 85, B from 70, C from 55, D from 40, else E; "" without a score."""
    if score is None:
        return ""
    return next((name for least, name in GRADES if score >= least), "E")
