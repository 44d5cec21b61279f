"""What a DEEP measure is and what it returns.

A measure is a frozen record of its options, with one figure to compute. A ready rule is built alike, with one question.
Its table in the configuration *is* the model, so a misspelt option fails at start. Its class docstring is the page
users read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, TypeVar, cast

from pydantic import Field, model_validator

from rules.deep.model import Measure
from rules.options import Options

if TYPE_CHECKING:
    from rules.deep.view import View

NAMED = 10
"""Issue keys that a figure names at most."""


class DeepLetter(StrEnum):
    """The letters of DEEP, in their order."""

    DETAILED = "D"
    ESTIMATED = "E"
    EMERGENT = "Em"
    PRIORITISED = "P"


LETTER_NAMES = {
    DeepLetter.DETAILED: "Detailed appropriately",
    DeepLetter.ESTIMATED: "Estimated",
    DeepLetter.EMERGENT: "Emergent",
    DeepLetter.PRIORITISED: "Prioritised",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure found: its figures, and its sub-score from 0 to 1, `None` where there is none."""

    figures: tuple[Measure, ...]
    score: float | None = None


class DeepMeasure(Options):
    """One thing that is measured about the whole backlog. Subclasses add their options as fields.

    `name` is the measure's name in the configuration, `title` the one reports show. `needs` names what the tracker must
    be able to show ("points", "links", "priority", "rank"), `rising` groups of options whose values must rise in this
    order.
    The class docstring is the page users read; `rules.deep.measure_page` says which parts it has.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    letter: ClassVar[DeepLetter]
    needs: ClassVar[frozenset[str]] = frozenset()
    rising: ClassVar[tuple[tuple[str, ...], ...]] = ()

    severity: Literal["info", "off"] = "info"
    """Whether it is measured: info, or off."""

    @property
    def path(self) -> str:
        """The measure's one name, everywhere."""
        return f"deep.{self.name}"

    def measure(self, view: "View") -> Measured:
        """Measure a backlog. Pure: the same view gives the same figures."""
        raise NotImplementedError

    def figure(
        self,
        value: float | None,
        unit: str,
        text: str,
        keys: Sequence[str] = (),
        *,
        title: str = "",
        most: int = NAMED,
    ) -> Measure:
        """A figure of this measure, under its own title unless another is given; `most` keys are kept."""
        return Measure(title or self.title, value, unit, text, tuple(keys[:most]), self.path)

    @model_validator(mode="after")
    def _values_rise(self) -> Self:
        for low, high in chain.from_iterable(map(pairwise, self.rising)):
            if getattr(self, low) >= getattr(self, high):
                raise ValueError(f"{low} must be less than {high}, which is {getattr(self, high):g}")
        return self


def weighing(default: float) -> Any:
    """The field of a measure's weight with its own default."""
    meaning = "Its part of the letter's score; 0 shows the measure without scoring it."
    return Field(default=default, ge=0, le=1, description=meaning)


class ScoredMeasure(DeepMeasure):
    """A measure whose sub-score is part of its letter's score, by its weight."""

    weight: float = weighing(0.0)

    def scored(self, view: "View") -> float | None:
        """The sub-score alone, for asking "what if": measures whose figures take long give it without them."""
        return self.measure(view).score


M = TypeVar("M", bound=DeepMeasure)


@dataclass(frozen=True)
class Measures:
    """All measures with their options, in the order in which reports show them."""

    all: tuple[DeepMeasure, ...]

    @cached_property
    def _by_class(self) -> Mapping[type[DeepMeasure], DeepMeasure]:
        return {type(measure): measure for measure in self.all}

    def __getitem__(self, kind: type[M]) -> M:
        """The measure of a class, for the options that other measures and actions read."""
        return cast("M", self._by_class[kind])

    def of(self, letter: DeepLetter) -> Iterator[DeepMeasure]:
        """The measures of a letter that are not off."""
        return (measure for measure in self.all if measure.letter is letter and measure.severity != "off")
