"""Patterns that ignore case find what Python's own way to ignore case finds."""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Sequence
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules.text
from rules.lazy_regex import CaselessPattern, caseless, holds_one

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
_MORE = 12  # letters or digits that a set is spelled out for


def without_parts(written: str, parts: Sequence[str]) -> set[str]:
    """Texts of ASCII signs that a pattern may match and that hold none of the parts, with gaps for what is not fixed.

    One text for each way to go on: of texts with the same end, the first is kept. Empty where every match holds a part.
    """
    return set(_go_on([""], _parser.parse(written), parts))


def _go_on(texts: Iterable[str], pieces: Iterable[tuple[Any, Any]], parts: Sequence[str]) -> list[str]:
    kept = max(map(len, parts))
    for kind, value in pieces:
        longer = [text for text in _with(list(texts), str(kind), value, parts) if not holds_one(text, parts)]
        texts = {text[-kept:]: text for text in reversed(longer)}.values()
    return list(texts)


def _with(texts: list[str], kind: str, value: Any, parts: Sequence[str]) -> Iterable[str]:
    longer: Iterable[str] = [text + GAP for text in texts]
    match kind:
        case "LITERAL":
            longer = [text + chr(value) for text in texts] if value < 128 else ()
        case "IN" if (letters := _letters(value)) is not None:
            longer = [text + letter for text in texts for letter in letters]
        case "BRANCH":
            longer = [text for branch in value[1] for text in _go_on(texts, branch, parts)]
        case "SUBPATTERN":
            longer = _go_on(texts, value[-1], parts)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, inside = value
            once = _go_on(texts, inside, parts)
            more = [*once, *(text + GAP for text in once)] if most > 1 else once
            longer = more if least else [*texts, *more]
        case "ASSERT_NOT" if not value[1]:
            longer = ()
        case "AT" | "ASSERT" | "ASSERT_NOT":
            longer = texts
    return longer


def _letters(members: Iterable[tuple[Any, Any]]) -> list[str] | None:
    """The few ASCII signs of a set; `None` for one with more or with other signs than these."""
    letters: list[str] = []
    for kind, value in members:
        match str(kind):
            case "LITERAL":
                letters += [chr(value)] if value < 128 else []
            case "RANGE" if value[0] >= 128 or value[1] - value[0] < _MORE:
                letters += [chr(code) for code in range(value[0], value[1] + 1) if code < 128]
            case "CATEGORY" if str(value) == "CATEGORY_DIGIT":
                letters += "0123456789"
            case _:
                return None
    return letters if len(letters) <= _MORE else None


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

    assert without_parts(pattern.in_ascii.pattern, pattern.parts) == set()


@pytest.mark.parametrize(
    ("written", "parts", "texts"),
    [
        (r"(?<!\w)(?:(?:to )?signs? in\b|a.{0,9}\?)", ["sign in"], {"signs in", f"a{GAP}?", f"a{GAP}{GAP}?", "a?"}),
        (r"[eé]t|é|(?!)|\bab(?=c)", ["abc"], {"et", "ab"}),
        (r"(?:ab|c)+de", ["cd"], {"abde"}),
        (r"v\d|\w\.", ["v1", "v2", "v3"], {"v0", *(f"v{digit}" for digit in range(4, 10)), f"{GAP}."}),
        (r"x[^y]|x[a-z]y|xy*+z", ["xz"], {f"x{GAP}", f"x{GAP}y", "xyz", f"xy{GAP}z"}),
        (r"(?:not )?(?:work|fail)(?:s|ed)?", ["fail", "work"], set()),
    ],
)
def test_what_a_pattern_can_match_without_a_part_is_spelled_out_with_gaps(
    written: str, parts: list[str], texts: set[str]
) -> None:
    assert without_parts(written, parts) == texts
