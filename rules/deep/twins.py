"""Issues whose titles say the same: candidates for merging, never merged by us."""

import re
from collections import defaultdict
from collections.abc import Sequence

from rules.model import Issue, LinkKind

WORD = re.compile(r"\w+")
STOP = frozenset(
    WORD.findall(
        "a an and are as at be by can for from has have i in is it its of on or our should so that the their this "
        "to we when with you your"
    )
)


def twins(issues: Sequence[Issue]) -> list[tuple[str, str]]:
    """Pairs of keys, the higher ranked first, whose titles differ only by case, punctuation and stop words.

    Each further twin is paired with the first. A pair linked as duplicate is known to people, and not told. O(n).
    """
    alike: defaultdict[tuple[str, ...], list[Issue]] = defaultdict(list)
    for issue in issues:
        if words := _words(issue.title):
            alike[words].append(issue)
    pairs = ((group[0], other) for group in alike.values() for other in group[1:])
    return [(first.key, other.key) for first, other in pairs if not _linked(first, other)]


def _words(title: str) -> tuple[str, ...]:
    return tuple(word for word in WORD.findall(title.casefold()) if word not in STOP)


def _linked(first: Issue, other: Issue) -> bool:
    return first.key == other.key or any(
        link.kind is LinkKind.DUPLICATE and link.key == there.key
        for here, there in ((first, other), (other, first))
        for link in here.links
    )
