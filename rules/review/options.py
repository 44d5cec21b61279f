"""The options of `[increment]`: the interval that several sprints make together, and its objectives."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from rules.options import Options


class ObjectiveOptions(Options):
    """One objective of the increment, and the features that serve it."""

    name: str = Field(min_length=1)
    """The objective, as an outcome for users."""
    features: tuple[str, ...] = ()
    """The keys of the features that serve it."""
    labels: frozenset[str] = frozenset()
    """Features with one of these labels serve it, too."""


class IncrementOptions(Options):
    """An increment of several sprints, such as a planning interval of SAFe."""

    name: str = ""
    """The name of the increment."""
    first: date | None = None
    """Its first day; without one, the next five sprints of each team are the increment."""
    last: date | None = None
    """Its last day."""
    objectives: tuple[ObjectiveOptions, ...] = ()
    """What the increment is to reach."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if (self.first is None) is not (self.last is None):
            raise ValueError("needs both first and last, or neither")
        if self.first is not None and self.last is not None and self.first > self.last:
            raise ValueError("first must not be after last")
        return self
