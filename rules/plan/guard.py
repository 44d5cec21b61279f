"""The guard: a plan above a limit is refused as a whole, before its first write."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.wording import many

if TYPE_CHECKING:
    from rules.plan.changes import ChangePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A plan above either limit is refused as a whole.

    `changes` is a number of writes; `share` is issues written to, divided by issues in scope (0 to 1).
    """

    changes: int = 50
    share: float = 0.10


class UnsafePlan(Exception):
    """A plan too large to apply without a review; the message has the number, the limit and the option."""


def guard(plan: "ChangePlan", limits: Limits) -> None:
    """Refuse a plan above a limit, before its first write.

    Raises `UnsafePlan`. A plan exactly at a limit is allowed.
    """
    count, touched = len(plan.changes), len(plan.touched)
    if count > limits.changes:
        raise UnsafePlan(
            f"the plan has {many(count, 'change')}, [write_back.limits] max_changes allows {limits.changes}: "
            "nothing was written; check the plan, then raise the limit for this run if it is right"
        )
    if touched and touched > limits.share * plan.in_scope:
        share = f"({100 * touched / max(plan.in_scope, 1):.0f} %)"
        raise UnsafePlan(
            f"the plan changes {touched} of {many(plan.in_scope, 'issue')} {share}, "
            f"[write_back.limits] max_share allows {100 * limits.share:.0f} %: nothing was written; check the plan, "
            "then raise the limit for this run if it is right"
        )
