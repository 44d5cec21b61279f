"""Every text that a comment can hold is there in every language, with the same values in it."""

import re
from collections import Counter
from typing import Any

import pytest

from rules.plan.policy import CommentLanguage
from rules.ready import RULES
from rules.rule import ReadyRule
from rules.translations import TRANSLATIONS
from rules.wording import ENGLISH, FIELD, Translation, Wording, worded
from tests.rules.example import ask, world
from tests.rules.test_cases import FOLDER, cases_of
from tests.rules.texts_in_code import FILES, needs_translation, texts_of

LANGUAGES = [one for one in TRANSLATIONS.values() if one is not ENGLISH]
ENDS = re.compile(r"[.:]?$")

every_language = pytest.mark.parametrize("to", LANGUAGES, ids=lambda to: to.code)
every_part = pytest.mark.parametrize("part", FILES)


def all_texts(to: Translation) -> dict[str, str]:
    return {english: text for texts in to.parts.values() for english, text in texts.items()}


@every_language
@every_part
def test_no_text_of_a_comment_is_missing(to: Translation, part: str) -> None:
    """In the part of a rule, or in another one where two say the same."""
    assert texts_of(part) - all_texts(to).keys() == set()


@every_language
@every_part
def test_no_text_is_left_that_the_code_no_longer_has(to: Translation, part: str) -> None:
    assert to.parts[part].keys() - texts_of(part) == set()


@every_language
def test_a_text_is_translated_once(to: Translation) -> None:
    counts = Counter(english for texts in to.parts.values() for english in texts)
    assert [english for english, count in counts.items() if count > 1] == []
    assert to.parts.keys() == FILES.keys()


@every_language
@every_part
def test_a_translation_has_the_values_of_the_english_text(to: Translation, part: str) -> None:
    """No more and no fewer, quoted where they are quoted, and a figure with a unit where it has one."""
    wrong = {english: text for english, text in to.parts[part].items() if fields(english) != fields(text)}
    assert wrong == {}
    forms = [field["form"] or "" for text in to.parts[part].values() for field in FIELD.finditer(text)]
    assert [form for form in forms if "|" in form and not re.fullmatch(r"[^|]+\|[^|]+", form)] == []


def fields(template: str) -> set[tuple[str, bool]]:
    return {(field["name"], bool(field["quoted"])) for field in FIELD.finditer(template)}


@every_language
@every_part
def test_a_translation_ends_and_quotes_as_its_language_does(to: Translation, part: str) -> None:
    """A sentence stays a sentence, a phrase a phrase; no straight quotation marks and no braces are left."""
    texts = to.parts[part]
    ends = {english: text for english, text in texts.items() if ending(english) != ending(text)}
    assert ends == {}
    assert [text for text in texts.values() if re.search(r'["{}]', FIELD.sub("", text))] == []
    assert [text for text in texts.values() if text != " ".join(text.split())] == []


def ending(text: str) -> str:
    found = ENDS.search(text)
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("rule_class", "case"), [one for one in cases_of(FOLDER, RULES) if one.values[1]["it"] == "fails"]
)
def test_what_a_rule_finds_in_its_cases_is_translated(rule_class: type[ReadyRule], case: dict[str, Any]) -> None:
    """So no text of a rule escapes the look at its code."""
    _, finding = ask(rule_class(**case.get("options", {})), world(case))
    assert finding is not None
    for text in (finding.message, finding.hint, finding.phrase):
        needed = {template for template in templates_in(worded(text)) if needs_translation(template)}
        assert [to.code for to in LANGUAGES if not needed <= all_texts(to).keys()] == []


def templates_in(text: Wording) -> list[str]:
    values = [one for value in text.values.values() for one in (value if isinstance(value, tuple) else (value,))]
    return [text.template, *(one for value in values if isinstance(value, Wording) for one in templates_in(value))]


def test_every_language_can_be_configured() -> None:
    assert {language.value for language in CommentLanguage} == {*TRANSLATIONS, CommentLanguage.AUTO}


@pytest.mark.parametrize(("code", "singular"), [("de", [1]), ("fr", [0, 0.5, 1, 1.5]), ("es", [1]), ("en", [1])])
def test_the_singular_is_for_what_the_language_counts_as_one(code: str, singular: list[float]) -> None:
    assert [figure for figure in (0, 0.5, 1, 1.5, 2, 5) if TRANSLATIONS[code].is_one(figure)] == singular
