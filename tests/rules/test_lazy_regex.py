"""Patterns that ignore case find what Python's own way to ignore case finds."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

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
