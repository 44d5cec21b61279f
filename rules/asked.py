"""Which rules an issue is asked: by its team, kind and work, and by how far away it is.

A large backlog has a few kinds of issues at many distances. So the rules of each kind, and those that speak within each
limit of distance, are chosen once.
"""

from bisect import bisect_left
from collections.abc import Iterable

from rules.model import Kind
from rules.rule import ReadyRule, Severity

Asked = tuple[tuple[ReadyRule, bool], ...]
"""Rules, and whether each speaks already. One that does not is must: its finding is not due yet."""


class Questions:
    """The rules for one kind of issue, by distance."""

    def __init__(self, rules: Iterable[ReadyRule], kind: Kind) -> None:
        self.rules = tuple(rule for rule in rules if rule.severity is not Severity.OFF and kind in rule.kinds)
        self.limits = sorted({rule.within_sprints for rule in self.rules if rule.within_sprints is not None})
        # A rule of another package may say in another way where it speaks.
        self.limited = all(type(rule).speaks_at is ReadyRule.speaks_at for rule in self.rules)
        self.known: dict[int | None, Asked] = {}

    def at(self, distance: float | None) -> Asked:
        """What an issue so many sprints away is asked, in the order of the rules; `None` where that is not known."""
        if not self.limited:
            return self._asked(distance)
        zone = None if distance is None else bisect_left(self.limits, distance)
        if zone not in self.known:
            self.known[zone] = self._asked(distance)
        return self.known[zone]

    def _asked(self, distance: float | None) -> Asked:
        speaking = ((rule, rule.speaks_at(distance)) for rule in self.rules)
        return tuple((rule, near) for rule, near in speaking if near or rule.severity is Severity.MUST)
