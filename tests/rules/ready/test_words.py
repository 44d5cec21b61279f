"""How findings speak: subject first, short sentences, and a phrase that fits into a sentence."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.ready import RULES
from rules.rule import Finding, ReadyRule
from rules.rule_page import page_of
from tests.rules.example import ask, snapshot_of, world

CASES = Path(__file__).parents[1] / "cases" / "ready"
KEY = re.compile(r"[A-Z][A-Z0-9]*-\d+")
MOST_WORDS = 20
MOST_WORDS_OF_A_PHRASE = 6
MOST_WORDS_OF_A_TITLE = 4

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def findings_of(rule: type[ReadyRule]) -> Iterator[Finding]:
    """What the rule says about the failing example of its page and about each case that fails."""
    cases = tomllib.loads((CASES / f"{rule.name}.toml").read_text(encoding="utf-8"))["case"]
    answers = [ask(rule(), snapshot_of(page_of(rule).fails))]
    answers += [ask(rule(**case.get("options", {})), world(case)) for case in cases if case["it"] == "fails"]
    yield from (finding for _, finding in answers if finding is not None)


def sentences(text: str) -> list[str]:
    """The sentences of a text; what is quoted counts as one word."""
    return re.split(r"(?<=[.!?:])\s+", re.sub(r'"[^"]*"', "QUOTE", text))


@every_rule
def test_a_message_begins_with_its_subject(rule: type[ReadyRule]) -> None:
    """A reader need not guess what "it" is."""
    for finding in findings_of(rule):
        assert not re.match(r"(?:It|There|Neither|Nobody)\b", finding.message), finding.message
        assert finding.message[0] == '"' or finding.message[0].isupper(), finding.message


@every_rule
def test_messages_hints_and_pages_have_short_sentences(rule: type[ReadyRule]) -> None:
    """At most twenty words, for readers with English as a second language."""
    page = page_of(rule)
    texts = [page.summary, page.why, *(option.meaning for option in page.options)]
    texts += [text for finding in findings_of(rule) for text in (finding.message, finding.hint)]

    for sentence in (sentence for text in texts for sentence in sentences(text)):
        assert len(sentence.split()) <= MOST_WORDS, sentence


@every_rule
def test_a_phrase_fits_into_a_sentence(rule: type[ReadyRule]) -> None:
    """A few words in lower case, but for keys; never the rule's bare name, which would say the opposite."""
    phrases = {rule.failure, *(finding.phrase for finding in findings_of(rule))}

    for phrase in phrases:
        assert 1 <= len(phrase.split()) <= MOST_WORDS_OF_A_PHRASE, phrase
        assert KEY.sub("", phrase) == KEY.sub("", phrase).lower(), phrase
        assert not phrase.startswith("it "), phrase
        assert not phrase.endswith((".", "?")), phrase
        assert phrase not in {rule.name, rule.name.replace("_", " "), rule.title}, phrase


@every_rule
def test_a_check_has_a_short_name(rule: type[ReadyRule]) -> None:
    """For lists such as "15 checks passed: description, title, no cycles"."""
    assert 1 <= len(rule.title.split()) <= MOST_WORDS_OF_A_TITLE
    assert rule.title == rule.title.lower()


def test_no_two_checks_share_a_name_or_a_failure() -> None:
    """A reader can tell them apart without the rules' own names."""
    titles, failures = [rule.title for rule in RULES], [rule.failure for rule in RULES]
    shared = {failure for failure in failures if failures.count(failure) > 1}

    assert len(set(titles)) == len(titles)
    assert shared == set()


def test_a_rule_without_words_of_its_own_is_named_by_its_name() -> None:
    """A rule of another package may lack them."""

    class CalmTitle(ReadyRule):
        """Says nothing about itself."""

        name = "calm_title"

    assert (CalmTitle().label, CalmTitle().phrase) == ("calm title", "failed check: calm title")
