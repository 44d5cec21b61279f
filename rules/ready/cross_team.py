"""Whether work needed from another team is planned."""

from typing import ClassVar

from pydantic import Field

from rules.model import Issue
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject
from rules.wording import Wording

NOT_AGREED = "Depends on {issues}, which {issues:is|are} neither planned nor promised in time."


class CrossTeam(ReadyRule):
    """Work needed from another team has a sprint or an assignee.

    Why: Issues that depend on another team are carried over most often. The dependency is planned once the other team
    has put the blocker into a sprint or assigned it. A promise with /ready promise counts, too. With agreed = true
    only a sprint counts that ends before this issue's sprint begins.

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
    agreed: bool = False
    """Only what the other team planned or promised in time counts, not an assignee."""

    def check(self, subject: Subject) -> Answer:
        """Look at every open blocker that belongs to another team."""
        if subject.cannot_see("links"):
            return NotApplicable("the project has no links", unavailable="links")
        if len(subject.snapshot.product.teams) < 2:
            return NotApplicable("there is only one team")
        if subject.team is None:
            return NotApplicable("the issue has no single team")
        loose = _not_agreed(subject) if self.agreed else _unplanned(subject)
        if not loose:
            return Passed()
        names = tuple(f"{key} ({team})" for key, team in loose)
        template = NOT_AGREED if self.agreed else "Depends on {issues}, which {issues:is|are} not planned yet."
        message = Wording(template, issues=names)
        keys = ",".join(key for key, _ in loose)
        first, other = loose[0]
        hint = Wording("Agree with {team} on a sprint for {issue}.", team=other, issue=first)
        phrase = Wording("unplanned dependency on {issue}", issue=first)
        return Failed(message, hint, reason=keys, phrase=phrase)


def _not_agreed(subject: Subject) -> list[tuple[str, str]]:
    """The blockers whose team neither planned nor promised them in time, each with that team."""
    teams = subject.backlog.teams
    open_ = (one for one in subject.backlog.handshakes_of(subject.issue) if not one.is_agreed)
    return [(one.blocker.key, one.provider or teams[one.blocker.key][0].name) for one in open_]


def _unplanned(subject: Subject) -> list[tuple[str, str]]:
    """The blockers of other teams that have neither sprint nor assignee nor promise, each with that team."""
    agreed = {one.blocker.key for one in subject.backlog.handshakes_of(subject.issue) if one.is_agreed}
    ahead = (blocker.issue for blocker in subject.open_blockers if blocker.issue is not None)
    others = ((one.key, _other_team(one, subject)) for one in ahead if one.key not in agreed)
    return [(key, team) for key, team in others if team]


def _other_team(blocker: Issue, subject: Subject) -> str:
    """The other team that an unplanned blocker belongs to; "" if it is ours, in a sprint or assigned."""
    if blocker.sprint is not None or blocker.assignee is not None:
        return ""
    teams = [team.name for team in subject.backlog.teams[blocker.key]]
    ours = subject.team.name if subject.team else ""
    return "" if ours in teams else next(iter(teams), "")
