"""Alternatives for a whole text are chosen by the sign that the text begins with."""

import re
from collections.abc import Iterable
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from rules.text.by_beginning import ByBeginning, beginnings_of
from rules.text.languages import LANGUAGES


def beginnings_by_parser(pieces: Iterable[tuple[Any, Any]]) -> tuple[set[str], bool]:
    """The characters that a match of a parsed pattern may begin with, and whether it may be empty."""
    characters: set[str] = set()
    for kind, value in pieces:
        own, may_be_left_out = _beginnings_of_piece(str(kind), value)
        characters |= own
        if not may_be_left_out:
            return characters, False
    return characters, True


def _beginnings_of_piece(kind: str, value: Any) -> tuple[set[str], bool]:
    match kind:
        case "LITERAL":
            return {chr(value)}, False
        case "IN":
            return {chr(code) for member, code in value if str(member) == "LITERAL"}, False
        case "SUBPATTERN":
            return beginnings_by_parser(value[-1])
        case "BRANCH":
            branches = [beginnings_by_parser(branch) for branch in value[1]]
            return set().union(*(own for own, _ in branches)), any(empty for _, empty in branches)
        case "MAX_REPEAT":
            own, empty = beginnings_by_parser(value[2])
            return own, empty or value[0] == 0
    raise AssertionError(kind)


@pytest.mark.parametrize(
    "patterns",
    [
        [pattern for language in LANGUAGES for pattern in language.roles.values()],
        [language.fillers for language in LANGUAGES],
        [language.nothing for language in LANGUAGES],
        [language.pointers for language in LANGUAGES],
    ],
    ids=["headings", "fillers", "nothing", "pointers"],
)
def test_a_text_is_compared_with_all_that_may_begin_as_it_does(patterns: list[str]) -> None:
    alternatives = ByBeginning(patterns).alternatives
    easy = [(pattern, beginnings) for pattern, beginnings in alternatives if beginnings]
    missed = [
        pattern for pattern, beginnings in easy if not beginnings_by_parser(_parser.parse(pattern))[0] <= beginnings
    ]

    assert missed == []
    assert len(easy) > 0.8 * len(alternatives)
    assert "|".join(pattern for pattern, _ in alternatives) == "|".join(patterns)


@pytest.mark.parametrize(
    ("pattern", "beginnings"),
    [
        ("steps?", "s"),
        ("(?:my |the )?(?:big )*steps", "mtbs"),
        ("(?:old|new) steps(?: taken)?", "on"),
        ("[eé]tapes", "eé"),
        ("(?:e?mail |chat )?threads", "emct"),
        ("e?mail", ""),
        ("(?:the (?:best|worst) )?steps", ""),
        (r"(?:\w+ )?steps", ""),
        ("(?:all)?", ""),
        ("(?:#|no )?steps", "#ns"),
    ],
)
def test_what_a_pattern_begins_with_is_seen_in_simple_ones(pattern: str, beginnings: str) -> None:
    assert beginnings_of(pattern) == set(beginnings)


@pytest.mark.parametrize("text", ["steps", "the steps", "---", "", "?", "this"])
def test_a_text_matches_as_one_long_pattern_would(text: str) -> None:
    patterns = ["(?:the )?steps|tests", "-+"]

    assert (ByBeginning(patterns).fullmatch(text) is None) is (re.fullmatch("|".join(patterns), text) is None)
