"""The backlog with other issues, for asking "what if": only what differs from the real one is worked out again.

The gain of an action is asked dozens of times a run, each time about a few issues of what may be a hundred thousand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from rules.backlog.distance import Size
from rules.backlog.index import Backlog
from rules.model import Issue, Team


def with_issues(backlog: Backlog, issues: Sequence[Issue]) -> Backlog:
    """The backlog with other issues or another order; texts are not read again, so a new key has no reading.

    Near duplicates, the teams of an issue, and whether somebody chose its priority stay as they are.
    """
    return _WhatIf(
        snapshot=replace(backlog.snapshot, issues=tuple(issues)),
        capacities=backlog.capacities,
        readings=backlog.readings,
        same_texts=backlog.near_duplicates,
        vocabulary=backlog.vocabulary,
        usual=backlog.usual,
        real=backlog,
    )


@dataclass(frozen=True, kw_only=True)
class _WhatIf(Backlog):
    """A backlog that takes from the `real` one, which may ask "what if" itself, what is the same in both."""

    real: Backlog = field(repr=False, compare=False)

    @cached_property
    def sizes(self) -> Mapping[str, Size]:
        """Key to size: only issues that differ are sized, unless the median points or the parents differ."""
        if (self.typical, self.parents) != (self.real.typical, self.real.parents):
            return super().sizes
        issues, real = self.snapshot.by_key, self.real.snapshot.by_key
        known = dict(self.real.sizes)
        for key in known.keys() - issues.keys():
            del known[key]
        differing = [issue for key, issue in issues.items() if real.get(key) is not issue]
        return known | self.sizes_of(differing) if differing else known

    @cached_property
    def teams(self) -> Mapping[str, tuple[Team, ...]]:
        """Key to the teams that may take an issue: those of the real backlog, for new issues what the snapshot says."""
        issues, known = self.snapshot.by_key, self.real.teams
        if issues.keys() == known.keys():
            return known
        return {key: known[key] if key in known else self.snapshot.teams_of(issue) for key, issue in issues.items()}

    @cached_property
    def usual_priorities(self) -> Mapping[str, str]:
        """The priority that new issues get, by project: that of the real backlog."""
        return self.real.usual_priorities

    @cached_property
    def unchosen_priorities(self) -> frozenset[str]:
        """Keys of issues with the priority that new issues get: those of the real backlog, and of the new issues."""
        new = [issue for issue in self.snapshot.issues if issue.key not in self.real.rank]
        return self.real.unchosen_priorities | self.unchosen_among(new)

    @cached_property
    def is_ordered_by_people(self) -> bool:
        """Whether people gave issues their place: as in the real backlog, where both have the same issues."""
        same = self.rank.keys() == self.real.rank.keys()
        return self.real.is_ordered_by_people if same else super().is_ordered_by_people
