"""A table of the configuration explains its fields; the regular expressions of the core are all right."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from pydantic import Field

from rules.lazy_regex import LazyRegex, regex
from rules.options import Options, meaning

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    ".".join(file.relative_to(ROOT).with_suffix("").parts)
    for file in (*ROOT.glob("rules/**/*.py"), *ROOT.glob("sync/**/*.py"))
    if "import regex" in file.read_text(encoding="utf-8")
)


class Table(Options):
    """A table."""

    days: int = 3
    """How long it lasts,
    in days."""
    word: str = Field(default="a", description="Its word.")
    bare: bool = True

    class Inner(Options):
        """A table in it."""

        depth: int = Field(default=1, alias="deep")
        """How deep it is."""


class Longer(Table):
    """The same with another default."""

    days: int = 30


def test_the_text_below_a_field_is_its_meaning() -> None:
    assert meaning(Table, "days") == "How long it lasts,\nin days."
    assert meaning(Longer, "days") == meaning(Table, "days")
    assert meaning(Table, "word") == "Its word."
    assert not meaning(Table, "bare")
    assert meaning(Table.Inner, "depth") == "How deep it is."


def test_a_schema_has_the_meaning_as_the_description() -> None:
    shown = Longer.model_json_schema()["properties"]
    assert shown["days"]["description"].startswith("How long")
    assert shown["word"]["description"] == "Its word."
    assert "description" not in shown["bare"]
    assert Table.Inner.model_json_schema()["properties"]["deep"]["description"] == "How deep it is."


def test_a_class_in_a_function_has_its_meanings_too() -> None:
    class Local(Options):
        size: int = 1
        """How big it is."""

    assert meaning(Local, "size") == "How big it is."


def test_a_model_without_its_source_has_no_meanings() -> None:
    made = type("Made", (Options,), {"__module__": "nowhere", "__annotations__": {"size": int}, "size": 1})
    assert not meaning(made, "size")


def test_a_regular_expression_is_compiled_at_its_first_use() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.search("(")
    assert [match[0] for match in regex("[ab]", re.IGNORECASE).finditer("xaB")] == ["a", "B"]


@pytest.mark.parametrize("name", MODULES)
def test_every_regular_expression_of_a_module_can_be_compiled(name: str) -> None:
    patterns = [one for one in vars(import_module(name)).values() if isinstance(one, LazyRegex)]
    assert all(one.pattern is not None for one in patterns)
