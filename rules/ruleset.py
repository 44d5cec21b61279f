"""Which rules speak about which issue, what is waived, and how far the ready horizon reaches."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.model import Kind
from rules.rule import ReadyRule
from rules.verdict import Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """The rules of one product with their options, and what people have decided about their findings.

    `narrowed` holds whole rule tuples for a team, a kind or both, keyed (team name or "", kind value or "").
    `horizon` is how many sprints ahead issues should be ready. `baseline` holds the fingerprints accepted on day one.
    """

    product: tuple[ReadyRule, ...] = ()
    narrowed: Mapping[tuple[str, str], tuple[ReadyRule, ...]] = field(default_factory=dict)
    horizon: float = 3.0
    waivers: tuple[Waiver, ...] = ()
    baseline: frozenset[str] = frozenset()

    def for_issue(self, team: str, kind: Kind) -> tuple[ReadyRule, ...]:
        """The rules for an issue of this kind that this team ("" for none) would do; the most specific tuple wins."""
        for key in ((team, kind.value), (team, ""), ("", kind.value)):
            if key in self.narrowed:
                return self.narrowed[key]
        return self.product
