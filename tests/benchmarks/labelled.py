"""Labelled issues, and shares of them with their weights and intervals.

Two sets: the one that READYLINE_SHARED holds (`gold/dev.jsonl`, with its texts), and ours (`tests/labels`, whose texts
are looked up by id). tests/labels/README.md says how ours was drawn and labelled.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod, sqrt
from pathlib import Path
from typing import Any

from tests.benchmarks.material import Text, texts_by_id
from tests.external_data import SHARED

GOLD = SHARED / "gold" / "dev.jsonl"
FOLDER = Path(__file__).parents[1] / "labels"
OURS = FOLDER / "issues.jsonl"
LATER = FOLDER / "later.jsonl"
FRESH = FOLDER / "fresh.jsonl"
POPULATION = FOLDER / "population.json"

Z = 1.96
"""A share's interval holds 95 of 100 times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An issue with its labels. `weight` makes up for how it was drawn; the weights of a project average 1."""

    text: Text
    labels: Mapping[str, str]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Share:
    """A weighted share of `count` things, with the interval of Wilson.

    `size` is the number of equally weighted things that would show as much: (sum of weights)² / (sum of squares).
    """

    value: float
    count: int
    size: float

    @property
    def interval(self) -> tuple[float, float]:
        """The bounds of the share; 0 to 1 where nothing was counted."""
        if not self.size:
            return 0.0, 1.0
        spread = Z * Z / self.size
        middle = (self.value + spread / 2) / (1 + spread)
        half = Z * sqrt(self.value * (1 - self.value) / self.size + spread / self.size / 4) / (1 + spread)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.3f} [{low:.2f}, {high:.2f}]"


def share_of(claims: Iterable[tuple[bool, float]]) -> Share:
    """The share of weighted things for which the claim holds; 1 where there are none."""
    listed = list(claims)
    whole = sum(weight for _, weight in listed)
    if not whole:
        return Share(1.0, 0, 0.0)
    held = sum(weight for holds, weight in listed if holds)
    return Share(held / whole, len(listed), whole**2 / sum(weight**2 for _, weight in listed))


def handed() -> tuple[Labelled, ...]:
    """The issues of the handed set; FileNotFoundError where it is absent. How they were drawn is not known."""
    return tuple(_handed(json.loads(line)) for line in GOLD.read_text(encoding="utf-8").splitlines())


def _handed(row: Mapping[str, Any]) -> Labelled:
    source, _, rest = row["id"].partition("/")
    place = rest.split("/")[0] if source == "gl" else rest.partition("-")[0]
    text = Text(id=row["id"], project=f"{source}/{place}", type=row["type"], title=row["title"], text=row["text"])
    return Labelled(text=text, labels=row["labels"])


def rows() -> list[dict[str, Any]]:
    """Our labels as the repository holds them, those of the projects set aside included."""
    return _rows_of(OURS)


def ours(*, held: bool = False) -> tuple[Labelled, ...]:
    """Our labelled issues with their texts: those of the projects used in development, or of those set aside."""
    chosen = [row for row in rows() if row["held"] is held]
    weights = weights_of(chosen, json.loads(POPULATION.read_text(encoding="utf-8")))
    texts = texts_by_id((row["project"], row["id"]) for row in chosen)
    return tuple(Labelled(text=texts[row["id"]], labels=row["labels"], weight=weights[row["id"]]) for row in chosen)


def later(*, read: bool) -> tuple[Labelled, ...]:
    """The issues labelled later, with their texts: of the three projects that were read then, or of the others."""
    return _with_texts([row for row in _rows_of(LATER) if row["read"] is read])


def fresh() -> tuple[Labelled, ...]:
    """The defect reports that nobody had read before they were labelled, with their texts."""
    return _with_texts(_rows_of(FRESH))


def _with_texts(chosen: Sequence[Mapping[str, Any]]) -> tuple[Labelled, ...]:
    texts = texts_by_id((row["project"], row["id"]) for row in chosen)
    return tuple(Labelled(text=texts[row["id"]], labels=row["labels"]) for row in chosen)


def _rows_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def weights_of(chosen: Sequence[Mapping[str, Any]], population: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """Each issue's weight by id: one divided by its chance of being drawn, then scaled to average 1 in its project."""
    by_project: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in chosen:
        by_project[row["project"]].append(row)
    weights: dict[str, float] = {}
    for project, issues in by_project.items():
        drawn = Counter(issue["drawn"] for issue in issues)
        raw = {issue["id"]: 1 / chance(issue["complaints"], drawn, population[project]) for issue in issues}
        scale = len(raw) / sum(raw.values())
        weights |= {key: weight * scale for key, weight in raw.items()}
    return weights


def chance(complaints: Sequence[str], drawn: Mapping[str, int], sizes: Mapping[str, int]) -> float:
    """How likely an issue with these complaints was drawn: at random from all, or from those of a complaint."""
    by_complaint = prod(1 - drawn.get(kind, 0) / sizes[kind] for kind in complaints)
    return 1 - (1 - drawn.get("random", 0) / sizes["items"]) * max(0.0, by_complaint)


def agreement(chosen: Iterable[Mapping[str, Any]], label: str) -> tuple[float, float]:
    """How often two labellers gave the same value, and Cohen's kappa: the same without what chance explains."""
    pairs = [tuple(row.get("differ", {}).get(label, (row["labels"][label],) * 2)) for row in chosen]
    same = sum(one == other for one, other in pairs) / len(pairs)
    first, second = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    by_chance = sum(first[value] * second[value] for value in first) / len(pairs) ** 2
    return same, (same - by_chance) / (1 - by_chance) if by_chance < 1 else 1.0
