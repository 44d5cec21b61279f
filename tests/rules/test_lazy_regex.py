"""Patterns that ignore case find what Python's own way to ignore case finds."""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from itertools import product
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules.text
from rules.lazy_regex import CaselessPattern, caseless

_LITERAL_CAPITAL = re.compile(r"(?<!\\)[A-Z]")
_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
_ESCAPED = re.compile(r"\\.")


def patterns() -> Iterator[tuple[str, CaselessPattern]]:
    """The patterns of the text reader that ignore case, with their names."""
    for module in pkgutil.iter_modules(rules.text.__path__):
        for name, value in vars(importlib.import_module(f"rules.text.{module.name}")).items():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, CaselessPattern):
                    yield f"{module.name}.{name}", one


PATTERNS = dict(patterns())
GAP = "\0"


def shortest_matches(written: str) -> set[str]:
    """Every text of ASCII signs that a pattern can match, with gaps for what has no fixed letters.

    What is optional is there and is not; it is a gap where it is more than a letter.
    """
    return set(_spelled(_parser.parse(written)))


def _spelled(pieces: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    return ("".join(choice) for choice in product(*(tuple(_choices(str(kind), value)) for kind, value in pieces)))


def _choices(kind: str, value: Any) -> Iterable[str]:
    choices: Iterable[str] = ()  # of a letter outside ASCII, and of "(?!)"
    match kind:
        case "LITERAL" if value < 128:
            choices = (chr(value),)
        case "IN" if all(str(one) == "LITERAL" for one, _ in value):
            choices = [chr(code) for _, code in value if code < 128]
        case "BRANCH":
            choices = [text for branch in value[1] for text in _spelled(branch)]
        case "SUBPATTERN":
            choices = _spelled(value[-1])
        case "MAX_REPEAT" if value[:2] == (0, 1):
            choices = ("", *(_spelled(value[2]) if len(value[2]) == 1 and str(value[2][0][0]) == "LITERAL" else (GAP,)))
        case "ASSERT_NOT" if value[1]:
            choices = ("",)
        case "AT" | "ASSERT":
            choices = ("",)
        case "LITERAL" | "ASSERT_NOT":
            pass
        case _:
            choices = (GAP,)
    return choices


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_that_ignores_case_is_written_in_lower_case(name: str) -> None:
    # Texts of ASCII signs are compared in lower case, where a capital would never be found.
    written = PATTERNS[name].in_ascii.pattern

    assert not _LITERAL_CAPITAL.search(_ESCAPED.sub("", _NAMED_GROUP.sub("(", written)))


@pytest.mark.parametrize("text", ["Say NO", "say Nö and no", "nothing", ""])
def test_places_are_those_of_the_text_whatever_its_letters(text: str) -> None:
    plain = re.compile(r"\bn[oö]\b", re.IGNORECASE)
    ours = caseless(r"\bn[oö]\b")

    assert [match.span() for match in ours.finditer(text)] == [match.span() for match in plain.finditer(text)]
    for found, expected in (
        (ours.search(text, 1), plain.search(text, 1)),
        (ours.match(text, 4), plain.match(text, 4)),
        (ours.fullmatch(text[4:6]), plain.fullmatch(text[4:6])),
    ):
        assert (found and found.span()) == (expected and expected.span())


@given(text=st.text(st.sampled_from("iıIİ kKfailFAIL tbdTBD'n't .\n"), max_size=40))
def test_case_is_ignored_as_python_ignores_it(text: str) -> None:
    for written in (r"k[ıi]l|fa[iı]l", r"(?<!\w)tbd\b", r"\w+n't"):
        found, expected = caseless(written).search(text), re.search(written, text, re.IGNORECASE)

        assert (found and found.span()) == (expected and expected.span())


WITH_PARTS = tuple(name for name, pattern in PATTERNS.items() if pattern.parts)


@pytest.mark.parametrize("name", WITH_PARTS)
def test_every_match_holds_one_of_the_parts_that_are_looked_for_first(name: str) -> None:
    pattern = PATTERNS[name]
    shortest = shortest_matches(pattern.in_ascii.pattern)

    assert [text for text in shortest if not any(part in text for part in pattern.parts)] == []


def test_the_texts_that_a_pattern_can_match_are_spelled_out_with_gaps() -> None:
    assert shortest_matches(r"(?<!\w)(?:(?:to )?signs? in\b|a.{0,9}\?|[eé]t|é|(?!))") == {
        *("sign in", "signs in", f"{GAP}sign in", f"{GAP}signs in"),
        *(f"a{GAP}?", "et"),
    }
