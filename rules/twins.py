"""Near duplicates in a backlog, found without comparing every issue with every other.

Two texts whose word sets overlap by the share t must share one of their rarest words, so only texts that share one
of those are compared (prefix filtering: Chaudhuri, Ganti and Kaushik, ICDE 2006). Template words, which many issues
have, are left out first, and each rare word looks at a bounded number of issues, so the time grows with the backlog and
not with its square, even if all texts are the same.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

LIKENESS = 0.75  # Jaccard of the words, as in the planning domain's QUS-09 (0.7), rounded to the careful side
COMMON = 0.25  # a word that a quarter of the issues have is the template's
SMALL = 20  # in a smaller backlog no word counts as common
LOOKED_AT = 40  # issues looked at per rare word
MOST_WORDS = 300  # of one text: the beginning tells enough
FEWEST_WORDS = 4  # shorter texts are alike by chance


@dataclass(frozen=True, slots=True)
class Twin:
    """The earlier issue that reads like this one, and how much of their words they share (0 to 1)."""

    key: str
    likeness: float


def twins_of(texts: Sequence[tuple[str, Sequence[str]]]) -> Mapping[str, Twin]:
    """For each text (key, words) the most alike among those before it, where one is alike enough."""
    words = {key: frozenset(sequence[:MOST_WORDS]) for key, sequence in texts}
    counts = Counter(word for found in words.values() for word in found)
    limit = COMMON * len(words) if len(words) >= SMALL else len(words)
    seen: defaultdict[str, list[str]] = defaultdict(list)
    twins: dict[str, Twin] = {}
    for key, _ in texts:
        own = frozenset(word for word in words[key] if counts[word] <= limit)
        words[key] = own
        if len(own) < FEWEST_WORDS:
            continue
        rare = _rarest(own, counts)
        if found := _best(own, _candidates(rare, seen), words):
            twins[key] = found
        for word in rare:
            seen[word].append(key)
    return twins


def _rarest(own: frozenset[str], counts: Mapping[str, int]) -> list[str]:
    """The words of which a text that is alike enough must share at least one."""
    length = len(own) - ceil(LIKENESS * len(own)) + 1
    return sorted(own, key=lambda word: (counts[word], word))[:length]


def _candidates(rare: Sequence[str], seen: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield from dict.fromkeys(key for word in rare for key in seen.get(word, ())[:LOOKED_AT])


def _best(own: frozenset[str], candidates: Iterator[str], words: Mapping[str, frozenset[str]]) -> Twin | None:
    best: Twin | None = None
    for key in candidates:
        shared = len(own & words[key])
        likeness = shared / (len(own) + len(words[key]) - shared)
        if likeness >= LIKENESS and (best is None or likeness > best.likeness):
            best = Twin(key, likeness)
    return best
