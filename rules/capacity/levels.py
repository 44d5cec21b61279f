"""The probabilities at which the ends of a range are computed, and how they follow what came of earlier ranges.

Adaptive conformal inference (Gibbs and Candès, Adaptive Conformal Inference Under Distribution Shift, 2021): after
every closed sprint of any team, a level moves against its error. One team closes too few sprints to learn from alone.
"""

from dataclasses import dataclass

LOW, HIGH = 0.15, 0.85
"""The levels meant: 15 of 100 sprints end below the low end, 15 reach the high end."""
STEP = 0.03
"""How far a level moves after one sprint, times the difference of what came and what was meant.

On public sprints every step from 0.02 to 0.06 holds the percentages (`python -m tests.benchmarks.forecast`). It was
fixed after a look at these, which therefore do not test it."""
OUTERMOST, INNERMOST = 0.02, 0.40
"""A low level stays between these two, a high one between their complements."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The probabilities, 0 to 1, of a sprint below the low end and below the high end."""

    low: float = LOW
    high: float = HIGH

    def after(self, *, below: bool, reached: bool, step: float = STEP) -> "Levels":
        """The levels after one more sprint, which ended `below` the low end, or `reached` the high one."""
        low = self.low + step * (LOW - below)
        high = self.high + step * (reached - (1 - HIGH))
        return Levels(min(max(low, OUTERMOST), INNERMOST), min(max(high, 1 - INNERMOST), 1 - OUTERMOST))


MEANT = Levels()
