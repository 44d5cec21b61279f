"""What lies around an issue, worked out once for a whole pass and only if a rule asks.

A rule that compares an issue with the backlog (a twin, a loop of dependencies, the scale the team really uses) would
otherwise walk all issues for each issue.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rules.backlog.cycles import find_cycles
from rules.backlog.near_duplicates import NearDuplicate, Text, find_near_duplicates
from rules.model import Issue, LinkKind, Snapshot
from rules.text import Reading

SCALE_SHARE = 0.02  # a value that 2 % of the estimates have belongs to the scale (planning domain, EST-02)
SCALE_SAMPLE = 30  # fewer estimates than this teach nothing

_WORD = re.compile(r"[^\W_]{2,}")
TWIN_CHARS = 4_000  # of one description: the beginning tells enough


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """The snapshot and the reading of every backlog issue's text, by key."""

    snapshot: Snapshot
    readings: Mapping[str, Reading] = field(default_factory=dict)

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Each backlog issue's place, 0 for the most important."""
        return {issue.key: place for place, issue in enumerate(self.snapshot.issues)}

    @cached_property
    def scale(self) -> tuple[float, ...]:
        """The estimates in use, smallest first; empty where too few are known to tell."""
        counts = Counter(issue.points for issue in self.snapshot.by_key.values() if issue.points is not None)
        if counts.total() < SCALE_SAMPLE:
            return ()
        return tuple(sorted(value for value, count in counts.items() if count >= SCALE_SHARE * counts.total()))

    @cached_property
    def blockers(self) -> Mapping[str, tuple[str, ...]]:
        """The open issues each open issue waits for, whichever of the two holds the link."""
        found: dict[str, dict[str, None]] = {}
        for issue in self.snapshot.issues:
            for link in issue.links:
                if link.kind is LinkKind.BLOCKED_BY:
                    found.setdefault(issue.key, {})[link.key] = None
                elif link.kind is LinkKind.BLOCKS:
                    found.setdefault(link.key, {})[issue.key] = None
        return {key: tuple(ahead) for key, ahead in found.items()}

    @cached_property
    def cycles(self) -> Mapping[str, tuple[str, ...]]:
        """Every issue that waits for itself, with the shortest way round, starting with itself."""
        return find_cycles(self.blockers)

    @cached_property
    def near_duplicates(self) -> Mapping[str, NearDuplicate]:
        """For each issue the one above it that reads the same, where there is one."""
        return find_near_duplicates([_text(issue) for issue in self.snapshot.issues])

    @cached_property
    def children(self) -> Mapping[str, tuple[Issue, ...]]:
        """Each parent's key with the known issues below it, done ones among them."""
        below: dict[str, list[Issue]] = {}
        for issue in self.snapshot.by_key.values():
            if issue.parent:
                below.setdefault(issue.parent, []).append(issue)
        return {key: tuple(issues) for key, issues in below.items()}


def _text(issue: Issue) -> Text:
    words = _WORD.findall(issue.document.prose[:TWIN_CHARS].lower())
    return Text(issue.key, _WORD.findall(issue.title.lower()), words)
