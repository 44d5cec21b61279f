"""Whether a sentence says how a defect is reproduced: the signs of a scenario and their weights.

"When I save the card, the page stays empty" is a scenario: somebody does something, and something happens. "If the
cache is cold, the request fails because of a race" is an analysis. No single word separates them, so each sign has a
weight. The signs look at words, not at letters: each sentence is split only once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from itertools import pairwise

from rules.lazy_regex import caseless, regex
from rules.text import scenario_words as words
from rules.text.bug_patterns import FAULT, SYMPTOMS


class ScenarioSign(StrEnum):
    """A sign that a sentence says how a defect shows, or that it does not."""

    CIRCUMSTANCE = "circumstance"  # "when", "if", "after" and the like
    OPENS_WITH_CIRCUMSTANCE = "opens_with_circumstance"  # the sentence begins so
    SOMEBODY_THEN = "somebody_then"  # "when I ...", "if a user ..."
    ACTION_THEN = "action_then"  # "when saving ...", "after closing ...", "by clicking ..."
    RESULT_BEHIND_COMMA = "result_behind_comma"  # "when ..., the page ..."
    ACTION_AS_SUBJECT = "action_as_subject"  # "clicking on the total opens ..."
    SOMEBODY_ACTS = "somebody_acts"  # "I created a ...", "you click ..."
    TRIES = "tries"  # begins with what somebody does who wants to see the defect: "run", "open", "go to"
    BEGINS_WITH_ACTION = "begins_with_action"  # begins with any action of a user
    GOES_ON_WITH_ACTION = "goes_on_with_action"  # "..., then press the button"
    SHOWS_EXAMPLE = "shows_example"  # "with the following code:"
    SPEAKS_OF_EXAMPLE = "speaks_of_example"  # "for example", "test case"
    SPEAKS_OF_REPRODUCTION = "speaks_of_reproduction"  # "reproduce", "can be seen"
    NAMES_CONTROL = "names_control"  # a button, a tab, a page
    ENDS_WITH_COLON = "ends_with_colon"
    FAILS = "fails"  # the sentence names a fault
    CIRCUMSTANCE_AND_FAULT = "circumstance_and_fault"
    ACTION_AND_FAULT = "action_and_fault"
    PLANNED = "planned"  # "we should", "needs to be", "to fix this"
    WISHED = "wished"  # "should", "would", "could"
    WE = "we"
    EXPLAINS = "explains"  # "because", "I think", "probably"
    SPEAKS_OF_WORK = "speaks_of_work"  # a merge request, a method, the implementation
    POINTS_BACK = "points_back"  # begins with "this", "it", "there"


# Weights of a logistic model in rounded quarters, fitted by `tests.benchmarks.scenario` on labelled sentences of seven
# public Jira projects and tested on each project left out.
WEIGHTS: Mapping[ScenarioSign, int] = {
    ScenarioSign.CIRCUMSTANCE: -1,
    ScenarioSign.OPENS_WITH_CIRCUMSTANCE: 4,
    ScenarioSign.SOMEBODY_THEN: 4,
    ScenarioSign.ACTION_THEN: 3,
    ScenarioSign.RESULT_BEHIND_COMMA: 1,
    ScenarioSign.ACTION_AS_SUBJECT: 3,
    ScenarioSign.SOMEBODY_ACTS: 3,
    ScenarioSign.TRIES: 4,
    ScenarioSign.BEGINS_WITH_ACTION: 5,
    ScenarioSign.GOES_ON_WITH_ACTION: 5,
    ScenarioSign.SHOWS_EXAMPLE: 2,
    ScenarioSign.SPEAKS_OF_EXAMPLE: 2,
    ScenarioSign.SPEAKS_OF_REPRODUCTION: 1,
    ScenarioSign.NAMES_CONTROL: 2,
    ScenarioSign.ENDS_WITH_COLON: 2,
    ScenarioSign.FAILS: -2,
    ScenarioSign.CIRCUMSTANCE_AND_FAULT: 2,
    ScenarioSign.ACTION_AND_FAULT: 3,
    ScenarioSign.PLANNED: -2,
    ScenarioSign.WISHED: -3,
    ScenarioSign.WE: -3,
    ScenarioSign.EXPLAINS: -2,
    ScenarioSign.SPEAKS_OF_WORK: -2,
    ScenarioSign.POINTS_BACK: -1,
}
ENOUGH, SURELY = 4, 10
_CHARS = 3000

# "In this case, when ...": a circumstance that opens its sentence may have two words before it.
_OPENING_WORDS = 3
_SHORT = 10  # words of a line that ends with an action
_JOINS = frozenset((",", ";", ":", "and", "then", "that", "but", "like"))

_SENTENCE = regex(r"(?:[^.!?\n]++|[.!?](?=\S)|\n(?!\n))+[.!?]?")
_TOKEN = caseless(r"[^\W\d_][\w'’-]*|[,;:>→?]")
_FIRST_WORDS = caseless(
    r"\W{0,10}(?:(?:then|and|now|first|next|just|please|so|also|but|or|\w{3,12}ly)\W+){0,2}([^\W\d_][\w-]*)(?:\W+([\w']+))?"
)
_REPRODUCES = caseless(
    r"\bre-?pro(?:duc|\b)|\breplicate|\b(?:can|could) be seen\b|\bconfirmed (?:this|it)\b",
    parts="pro|replicate|be seen|confirmed",
)
# "It can be reproduced by pressing both": a text that says so says how.
_TELLS_HOW = caseless(
    r"\b(?:reproduc|replicat|recreat|demonstrat)\w* (?:\w+ ){0,3}by (?:\w+ )?\w+ing\b"
    r"|\b(?:can be seen|is seen|be (?:shown|observed|triggered)|happens?|occurs?) (?:\w+ ){0,2}"
    r"(?:by|when|while) (?:\w+ )?\w+ing\b",
    parts="reproduc|replicat|recreat|demonstrat|seen|shown|observed|triggered|happen|occur",
)
_REMEDY = caseless(
    r"\bwork-?around\b|\b(?:as|possible) (?:an? |the )?solution\b", parts="work-around|workaround|solution"
)
_PLANS = caseless(
    r"\b(?:we|i) (?:should|could|can|will|may|might|need|want|plan|propose|suggest|would)\b(?!'t| not)"
    r"|\bneeds? to be\b|\bto fix this\b|\blet's\b"
    r"|^\W*(?:fix|needs?|make sure|ensure|please (?!try|run|use|see|find))\b",
    parts="should|could|can|will|may|might|need|want|plan|propose|suggest|would|fix|let's|make sure|ensure|please",
)


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text, each on one line."""
    return (" ".join(sentence.split()) for sentence in _SENTENCE.findall(text))


def is_scenario(sentence: str) -> bool:
    """Whether enough speaks for a scenario in a sentence."""
    if sentence.endswith("?") or _REMEDY.search(sentence):
        return False
    if _TELLS_HOW.search(sentence):
        return True
    signs = _signs_of_form(sentence)
    without, with_fault = _weight(signs), _weight(signs | _signs_of_fault(signs))
    if (without >= ENOUGH) is (with_fault >= ENOUGH):
        return without >= ENOUGH  # whether it names a fault decides nothing, and is slow to find out
    return (with_fault if _names_fault(sentence) else without) >= ENOUGH


def is_surely_scenario(text: str) -> bool:
    """Whether a sentence of a text is a scenario beyond doubt."""
    return any(_weight(signs_of(sentence)) >= SURELY for sentence in sentences_of(text[:_CHARS]))


def _weight(signs: Iterable[ScenarioSign]) -> int:
    return sum(WEIGHTS[sign] for sign in signs)


def begins_with_action(line: str) -> bool:
    """Whether a line begins with an action of a user, as a step of a list does."""
    match = _FIRST_WORDS.match(line)
    return match is not None and match[1].lower() in words.STEPS and (match[2] or "").lower() not in words.AFTER_NOUN


def ends_with_action(line: str) -> bool:
    """Whether a short line ends with an action of a user, as in German: "Buch hinzufügen"."""
    tokens = line.lower().rstrip(" .;,)").split()
    return 2 <= len(tokens) <= _SHORT and tokens[-1] in words.AT_THE_END and words.NO_STEP.isdisjoint(tokens)


def tries(line: str) -> bool:
    """Whether a line begins with what somebody does who wants to see the defect."""
    match = _FIRST_WORDS.match(line)
    return match is not None and match[1].lower() in words.TRIES and (match[2] or "").lower() not in words.AFTER_NOUN


def signs_of(sentence: str) -> set[ScenarioSign]:
    """The signs in a sentence."""
    signs = _signs_of_form(sentence)
    return signs | _signs_of_fault(signs) if _names_fault(sentence) else signs


def _signs_of_form(sentence: str) -> set[ScenarioSign]:
    """The signs in a sentence but those of a fault."""
    tokens = _TOKEN.findall(sentence.lower())
    return {*_signs_of_circumstances(tokens), *_signs_of_actions(tokens), *_signs_of_words(sentence, tokens)}


def _signs_of_fault(others: AbstractSet[ScenarioSign]) -> set[ScenarioSign]:
    """The signs that a fault adds to the others."""
    signs = {ScenarioSign.FAILS}
    if ScenarioSign.CIRCUMSTANCE in others:
        signs.add(ScenarioSign.CIRCUMSTANCE_AND_FAULT)
    if not _ACTS.isdisjoint(others):
        signs.add(ScenarioSign.ACTION_AND_FAULT)
    return signs


def _names_fault(sentence: str) -> bool:
    return SYMPTOMS.search(sentence) is not None or FAULT.search(sentence) is not None


_ACTS = frozenset(
    (
        ScenarioSign.SOMEBODY_THEN,
        ScenarioSign.ACTION_THEN,
        ScenarioSign.ACTION_AS_SUBJECT,
        ScenarioSign.SOMEBODY_ACTS,
        ScenarioSign.TRIES,
        ScenarioSign.BEGINS_WITH_ACTION,
        ScenarioSign.GOES_ON_WITH_ACTION,
    )
)


def _signs_of_circumstances(tokens: Sequence[str]) -> Iterator[ScenarioSign]:
    for index, word in enumerate(tokens[:-1]):
        if word not in words.WITH_ACTION:
            continue
        following, second = tokens[index + 1], tokens[index + 2] if index + 2 < len(tokens) else ""
        if _is_action(following) or (following.endswith("ly") and _is_action(second)):
            yield ScenarioSign.ACTION_THEN
        if word == "on" and not words.EVENTS.isdisjoint(tokens[index + 1 : index + 4]):
            yield ScenarioSign.ACTION_THEN
        if word not in words.WHEN:
            continue
        if _is_done(tokens[index + 2 : index + 9]):
            yield ScenarioSign.ACTION_THEN
        yield ScenarioSign.CIRCUMSTANCE
        if index < _OPENING_WORDS:
            yield ScenarioSign.OPENS_WITH_CIRCUMSTANCE
        if "," in tokens[index + 3 :]:
            yield ScenarioSign.RESULT_BEHIND_COMMA
        person = not words.PERSONS.isdisjoint(tokens[index + 1 : index + 5])  # "if a logged in user ..."
        if person or (following in words.SOMEBODY and second not in words.STATES):
            yield ScenarioSign.SOMEBODY_THEN


def _is_done(tokens: Sequence[str]) -> bool:
    """Whether something is done: "a card is added", "the orders are opened"."""
    return any(is_ in words.PASSIVE and done in words.DONE for is_, done in pairwise(tokens))


def _is_action(word: str) -> bool:
    """Whether a word is a verb such as "saving"."""
    return word.endswith("ing") and len(word) > len("king") and word not in words.NO_ACTION


def _signs_of_actions(tokens: Sequence[str]) -> Iterator[ScenarioSign]:
    first = _first_word(tokens)
    yield from _signs_of_first_word(*(*tokens[first : first + 2], "", "")[:2])
    for index, word in enumerate(tokens[:-1]):
        if word in words.I_OR_YOU:
            if not words.ACTIONS.isdisjoint(tokens[index + 1 : index + 4]):
                yield ScenarioSign.SOMEBODY_ACTS
        elif word in _JOINS:
            following = tokens[index + 1]
            if following in words.STEPS and not words.DETERMINERS.isdisjoint(tokens[index + 2 : index + 3]):
                yield ScenarioSign.GOES_ON_WITH_ACTION
            if _is_action(following):
                yield ScenarioSign.ACTION_AS_SUBJECT


def _first_word(tokens: Sequence[str]) -> int:
    """Where a sentence begins: behind "then", "repeatedly" and the like, or behind "to reproduce this, ..."."""
    if tokens[:1] == ["to"] and not words.REPRODUCE.isdisjoint(tokens[1:2]):
        return next((index for index in range(2, min(len(tokens), 7)) if tokens[index] in words.STEPS), 0)
    begins = (
        index
        for index, word in enumerate(tokens)
        if word[0].isalpha() and word not in words.OPENERS and not (word.endswith("ly") and len(word) > len("reply"))
    )
    return next(begins, 0)


def _signs_of_first_word(word: str, second: str) -> Iterator[ScenarioSign]:
    if second not in words.AFTER_NOUN:
        if word in words.TRIES or word.endswith("-click"):
            yield ScenarioSign.TRIES
        if word in words.STEPS:
            yield ScenarioSign.BEGINS_WITH_ACTION
    if _is_action(word) or (word == "including" and second in words.ARTICLES):
        yield ScenarioSign.ACTION_AS_SUBJECT


def _signs_of_words(sentence: str, tokens: Sequence[str]) -> Iterator[ScenarioSign]:
    all_words = frozenset(tokens)
    for sign, some in _WORDS:
        if not all_words.isdisjoint(some):
            yield sign
    if _REPRODUCES.search(sentence):
        yield ScenarioSign.SPEAKS_OF_REPRODUCTION
    if tokens[:1] and tokens[0] in words.BACK:
        yield ScenarioSign.POINTS_BACK
    if sentence.endswith(":"):
        yield ScenarioSign.ENDS_WITH_COLON
        if not all_words.isdisjoint(words.SAMPLES) and all_words.isdisjoint(words.OUTPUTS):
            yield ScenarioSign.SHOWS_EXAMPLE
    elif "following" in all_words and all_words.isdisjoint(words.OUTPUTS):
        yield ScenarioSign.SHOWS_EXAMPLE
    if _PLANS.search(sentence):
        yield ScenarioSign.PLANNED


_WORDS = (
    (ScenarioSign.NAMES_CONTROL, words.CONTROLS),
    (ScenarioSign.SPEAKS_OF_EXAMPLE, words.EXAMPLES),
    (ScenarioSign.WISHED, words.WISHES),
    (ScenarioSign.EXPLAINS, words.EXPLANATIONS),
    (ScenarioSign.SPEAKS_OF_WORK, words.WORK),
    (ScenarioSign.WE, words.WE),
)
