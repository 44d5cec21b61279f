"""Every number of a capacity answers "why": a sentence of the explanation has it, and says where it comes from."""

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from sync.reports.as_json import capacity_document
from tests.sync.reports.sample import sample

NUMBER = re.compile(r"(?<![\w.-])-?\d+(?:\.\d+)?")
ELSEWHERE = {"warnings", "explanation", "what_if", "take_out", "forecasts"}
"""Sentences themselves, and what has a reason of its own: what to take out, and the record of earlier forecasts."""


def numbers_of(value: object, path: str) -> Iterator[tuple[str, float]]:
    """Each number of a document, with its place there."""
    match value:
        case BaseModel():
            for name in type(value).model_fields:
                if name not in ELSEWHERE:
                    yield from numbers_of(getattr(value, name), f"{path}.{name}")
        case tuple():
            for inside in value:
                yield from numbers_of(inside, path)
        case int() | float():
            yield path, float(value)


@pytest.mark.parametrize("name", ["Payments", "Storefront", "Search"])
def test_every_number_of_a_capacity_is_in_its_explanation(name: str) -> None:
    team = next(one for one in capacity_document(sample()).teams if one.name == name)
    said = [float(number) for number in NUMBER.findall(" ".join(team.explanation))]
    numbers = dict(numbers_of(team, name))
    # Shares are percentages in sentences.
    unexplained = {
        path
        for path, number in numbers.items()
        if not any(abs(one - number * by) < 0.06 * by for one in said for by in (1, 100))
    }

    assert len(numbers) > 10
    assert unexplained == set()
