"""Whether work needed from another team is planned."""

from typing import ClassVar

from pydantic import Field

from rules.model import Issue
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.wording import Wording


class CrossTeam(ReadyRule):
    """Work needed from another team has a sprint or an assignee.

    Why: Issues that depend on another team are carried over most often. The dependency is planned once the other team
    has put the blocker into a sprint or assigned it.

    Fails:
        Story: Pay with a saved card
        Components: payments
        Blocked by: SHOP-9, open
        Also in the backlog: SHOP-9 (component search) Keep the cards of a shopper
        Teams: payments, search

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Components: payments
        Blocked by: SHOP-9, open
        Also in the backlog: SHOP-9 (component payments) Keep the cards of a shopper
        Teams: payments, search

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "cross_team"
    title: ClassVar[str] = "dependencies on other teams"
    failure: ClassVar[str] = "unplanned dependency on another team"
    effort: ClassVar[Effort] = Effort.TALK
    asks: ClassVar[Role] = Role.DEVELOPERS
    reads_text: ClassVar[bool] = False
    replayable: ClassVar[bool] = False

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=3.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Look at every open blocker that belongs to another team."""
        if subject.cannot_see("links"):
            return NotApplicable("the project has no links", unavailable="links")
        if len(subject.snapshot.product.teams) < 2:
            return NotApplicable("there is only one team")
        if subject.team is None:
            return NotApplicable("the issue has no single team")
        ahead = (blocker.issue for blocker in subject.open_blockers if blocker.issue is not None)
        loose = [(blocker.key, other) for blocker in ahead if (other := _other_team(blocker, subject))]
        if not loose:
            return Passed()
        names = tuple(f"{key} ({team})" for key, team in loose)
        message = Wording("Depends on {issues}, which {issues:is|are} not planned yet.", issues=names)
        keys = ",".join(key for key, _ in loose)
        first, other = loose[0]
        hint = Wording("Agree with {team} on a sprint for {issue}.", team=other, issue=first)
        phrase = Wording("unplanned dependency on {issue}", issue=first)
        return Failed(message, hint, reason=keys, phrase=phrase)


def _other_team(blocker: Issue, subject: Subject) -> str:
    """The other team that an unplanned blocker belongs to; "" if it is ours, in a sprint or assigned."""
    if blocker.sprint is not None or blocker.assignee is not None:
        return ""
    teams = [team.name for team in subject.backlog.teams[blocker.key]]
    ours = subject.team.name if subject.team else ""
    return "" if ours in teams else next(iter(teams), "")
