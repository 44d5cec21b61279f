"""The words of headings are sorted by the characters that they begin with."""

from collections.abc import Iterable
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from rules.text.headings import alternatives, beginnings_of


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


def test_a_heading_is_looked_for_among_those_that_begin_as_it_does() -> None:
    known = [(pattern, beginnings) for _, pattern, beginnings in alternatives() if beginnings]
    missed = [
        pattern
        for pattern, beginnings in known
        # A simplified heading begins with neither a space nor a slash.
        if not beginnings_by_parser(_parser.parse(pattern))[0] - {" ", "/"} <= beginnings
    ]

    assert missed == []
    assert len(known) > 0.9 * len(alternatives())


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
    ],
)
def test_what_a_pattern_begins_with_is_seen_in_simple_ones(pattern: str, beginnings: str) -> None:
    assert beginnings_of(pattern) == set(beginnings)
