"""Which issues `check` shows, and in which order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.verdict import Verdict
from sync.reports.base import RunReport


class Order(StrEnum):
    """The order of the shown issues: the backlog's, the lowest score first, or the oldest first."""

    RANK = "rank"
    SCORE = "score"
    AGE = "age"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a person wants to see: an empty value limits nothing.

    `keys` are issues, `near` those in the ready horizon, `team` those that a team may take, `rules` (paths) those with
    an open finding of one of them. `limit` is the most issues.
    """

    keys: frozenset[str] = frozenset()
    not_ready: bool = False
    near: bool = False
    team: str = ""
    rules: frozenset[str] = field(default=frozenset())
    limit: int | None = None
    order: Order = Order.RANK

    @property
    def is_whole(self) -> bool:
        """Whether all issues are shown in the backlog's order."""
        return self == Selection()


@dataclass(frozen=True, slots=True)
class Selected:
    """The verdicts to show, and how many match in all: more than `verdicts` where the limit cut some off."""

    verdicts: tuple[Verdict, ...]
    matching: int


ALL = Selection()

# A verdict without a rule that counts has no score; it comes last.
_PLACES: Mapping[Order, Callable[[Verdict], object]] = {
    Order.RANK: lambda _: 0,
    Order.SCORE: lambda verdict: verdict.score,
    Order.AGE: lambda verdict: verdict.issue.created,
}


def select(report: RunReport, selection: Selection) -> Selected:
    """The verdicts that a selection wants; issues that are equal in the order stay in the backlog's."""
    wanted = [verdict for verdict in report.judgement.verdicts if _is_wanted(verdict, report, selection)]
    place = _PLACES[selection.order]
    ordered = sorted(wanted, key=place)  # type: ignore[arg-type]
    return Selected(tuple(ordered[: selection.limit]), len(wanted))


def _is_wanted(verdict: Verdict, report: RunReport, selection: Selection) -> bool:
    return (
        (not selection.keys or verdict.issue.key in selection.keys)
        and not (selection.not_ready and verdict.ready)
        and not (selection.near and not verdict.in_horizon)
        and (not selection.team or selection.team in {team.name for team in report.snapshot.teams_of(verdict.issue)})
        and (not selection.rules or any(finding.rule in selection.rules for finding in verdict.open_of_all))
    )
