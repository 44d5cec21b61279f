"""Whether work that another team must do first has been agreed with it."""

from typing import ClassVar

from pydantic import Field

from rules.model import Issue
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject


class CrossTeam(ReadyRule):
    """What another team must do first has a sprint or somebody who does it.

    Why: Work that waits for another team is the surest way to carry over. It is agreed once the other team has taken
    it into a sprint, or somebody there has it in hand.

    Fails:
        Story: Pay with a saved card
        Components: payments
        Blocked by: SHOP-9, open
        Also in the backlog: SHOP-9 (component search) Keep the cards of a shopper
        Teams: payments, search

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card
        Components: payments
        Blocked by: SHOP-9, open
        Also in the backlog: SHOP-9 (component payments) Keep the cards of a shopper
        Teams: payments, search

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "cross_team"
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look at every open blocker that another team would do."""
        if subject.cannot_see("links"):
            return NotApplicable("the project has no links", unavailable="links")
        if len(subject.snapshot.product.teams) < 2:
            return NotApplicable("there is only one team")
        if subject.team is None:
            return NotApplicable("no single team has it")
        ahead = (blocker.issue for blocker in subject.open_blockers if blocker.issue is not None)
        loose = [(blocker.key, other) for blocker in ahead if (other := _other_team(blocker, subject))]
        if not loose:
            return Passed()
        names = ", ".join(f"{key} ({team})" for key, team in loose)
        said = f"It waits for {names}, where nothing is agreed yet."
        keys = ",".join(key for key, _ in loose)
        return Failed(said, f"Agree with {loose[0][1]} on a sprint for {loose[0][0]}.", reason=keys)


def _other_team(blocker: Issue, subject: Subject) -> str:
    """The other team whose work it is while nobody has it in hand, "" if it is ours or agreed."""
    if blocker.sprint is not None or blocker.assignee is not None:
        return ""
    teams = [team.name for team in subject.backlog.teams[blocker.key]]
    ours = subject.team.name if subject.team else ""
    return "" if ours in teams else next(iter(teams), "")
