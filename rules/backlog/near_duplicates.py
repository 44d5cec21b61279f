"""Near duplicates in a backlog, found without comparing every issue with every other.

Two texts whose word sets overlap by the share t must share one of their rarest words. So only texts that share one of
those are compared (prefix filtering: Chaudhuri, Ganti and Kaushik, ICDE 2006). Template words, which many issues have,
are left out first. Each rare word leads to a limited number of issues. The time therefore grows with the backlog and
not with its square, even if all texts are the same.

Teams file the same text for several platforms, versions, parts or directions ("Android: ... fails", "iOS: ... fails").
Such issues differ in their titles. Near duplicates therefore have the same title, articles and the like left out, and a
text whose title is the only one of its kind is compared with none. The same title three times is a series: one task a
person, or one a month.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil

from rules.lazy_regex import regex

MIN_SIMILARITY = 0.75  # Jaccard index of the two word sets; higher than the usual 0.7, so that fewer pairs are reported
COMMON = 0.25  # a word that a quarter of the issues have is the template's
COUNTED = 5_000  # issues, first in rank order, in which words are counted: enough to know a template's words
SMALL = 20  # in a smaller backlog no word counts as common
LOOKED_AT = 40  # issues looked at per rare word
MOST_WORDS = 300  # of one text: the beginning is enough
COMPARED = (0, 2)  # issues with one title: three are a series; titles of articles alone are not counted
FEWEST_WORDS = 4  # shorter texts are alike by chance
SHORT = 2  # letters: articles and the like, which distinguish nothing; a number always does
_ARTICLE = regex(r"the|and|for|with|der|die|das|und|den|dem|les|des|une|los|las|una|het|een|van")


@dataclass(frozen=True, slots=True)
class Text:
    """What an issue says: its key, the words of its title, and how to read all its words; in lower case and in order.

    The words are read when they are needed: those of a whole backlog would take more room than its issues.
    """

    key: str
    title: Sequence[str]
    read: Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """The earlier issue that reads like this one, and how much of their words they share (0 to 1)."""

    key: str
    similarity: float


@dataclass(frozen=True, slots=True)
class _Words:
    title: tuple[str, ...]
    own: frozenset[str]  # without the template's


def find_near_duplicates(texts: Sequence[Text]) -> Mapping[str, NearDuplicate]:
    """For each text the most alike among those before it, where one is alike enough."""
    titles = {text.key: _distinguishing(text.title) for text in texts}
    named = Counter(title for title in titles.values() if title)
    compared = {key: title for key, title in titles.items() if named[title] in COMPARED}
    if len(compared) < 2:
        return {}
    sets, counts = _sets(texts, compared)
    seen: defaultdict[str, list[str]] = defaultdict(list)
    near_duplicates: dict[str, NearDuplicate] = {}
    for key, words in sets.items():
        if len(words.own) < FEWEST_WORDS:
            continue
        rare = _rarest(words.own, counts)
        if nearest := _best(words, _candidates(rare, seen), sets):
            near_duplicates[key] = nearest
        for word in rare:
            seen[word].append(key)
    return near_duplicates


def _sets(
    texts: Sequence[Text], compared: Mapping[str, tuple[str, ...]]
) -> tuple[Mapping[str, _Words], Mapping[str, int]]:
    """The words of the compared texts, and in how many texts each word is, of the first ones and of those compared."""
    whole: dict[str, frozenset[str]] = {}
    counts: Counter[str] = Counter()
    counted = [text for place, text in enumerate(texts) if place < COUNTED or text.key in compared]
    for text in counted:
        words = frozenset((*text.title, *islice(text.read(), MOST_WORDS)))
        counts.update(words)
        if text.key in compared:
            whole[text.key] = words
    limit = COMMON * len(counted) if len(counted) >= SMALL else len(counted)
    common = {word for word, count in counts.items() if count > limit}
    return {key: _Words(compared[key], words - common) for key, words in whole.items()}, counts


def _distinguishing(title: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in title if word.isdigit() or (len(word) > SHORT and not _ARTICLE.fullmatch(word)))


def _rarest(own: frozenset[str], counts: Mapping[str, int]) -> list[str]:
    """The words of which a text that is alike enough must share at least one."""
    length = len(own) - ceil(MIN_SIMILARITY * len(own)) + 1
    return sorted(own, key=lambda word: (counts[word], word))[:length]


def _candidates(rare: Sequence[str], seen: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield from dict.fromkeys(key for word in rare for key in seen.get(word, ())[:LOOKED_AT])


def _best(one: _Words, candidates: Iterator[str], sets: Mapping[str, _Words]) -> NearDuplicate | None:
    best: NearDuplicate | None = None
    for key in candidates:
        other = sets[key]
        if one.title != other.title:
            continue
        shared = len(one.own & other.own)
        similarity = shared / (len(one.own) + len(other.own) - shared)
        if similarity >= MIN_SIMILARITY and (best is None or similarity > best.similarity):
            best = NearDuplicate(key, similarity)
    return best
