"""How the invented shop reacted to findings in the months before: one rule is fixed, another one mostly overridden."""

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from rules.learning.reactions import Reaction, ShownFinding
from sync.store import Store

FIXED_RULE, OVERRIDDEN_RULE = "ready.acceptance", "ready.testable"
_PAST = {
    FIXED_RULE: (*[Reaction.FIXED] * 11, Reaction.WAIVED),
    OVERRIDDEN_RULE: (
        *[Reaction.FIXED] * 3,
        *[Reaction.WAIVED] * 4,
        *[Reaction.LABEL_REMOVED] * 3,
        *[Reaction.IGNORED] * 2,
    ),
}
_FIRST_ISSUE = 20_001  # the finished issues have the first ids of the site


def past_reactions(now: datetime) -> tuple[ShownFinding, ...]:
    """Twelve findings of each of the two rules, one a week, and what people did a few days later."""
    return tuple(
        ShownFinding(
            issue=str(_FIRST_ISSUE + number),
            rule=rule,
            first=now - timedelta(weeks=number + 2),
            reaction=reaction,
            at=now - timedelta(weeks=number + 2) + timedelta(days=2 + number % 4),
        )
        for rule, reacted in _PAST.items()
        for number, reaction in enumerate(reacted)
    )


def plant(store: Path, now: datetime) -> None:
    """Make the store with these reactions in it."""
    with closing(Store.open(store)) as opened:
        opened.reactions.keep(past_reactions(now), now)
