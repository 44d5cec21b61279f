"""Whether it is clear who would do it."""

from typing import ClassVar

from pydantic import Field

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject


class HasTeam(ReadyRule):
    """Exactly one team recognises a near issue as its own.

    Why: What no team recognises is planned by nobody; what two teams recognise is planned twice. Teams are recognised
    by component, label or field, as the configuration says.

    Fails:
        Story: Pay with a saved card
        Components: printing
        Teams: payments, search

        Returning shoppers choose a card they used before.

    Mended:
        Story: Pay with a saved card
        Components: payments
        Teams: payments, search

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "has_team"
    effort: ClassVar[Effort] = Effort.FIELD

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=2.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Count the teams that recognise it."""
        if subject.cannot_see("teams"):
            return NotApplicable("no teams are known", unavailable="teams")
        teams = subject.snapshot.product.teams
        if not any(team.takes.components or team.takes.labels or team.takes.field for team in teams):
            return NotApplicable("no team says how its issues are recognised", unavailable="teams")
        claimed = [team.name for team in subject.backlog.teams[subject.issue.key]]
        if len(claimed) == 1:
            return Passed()
        if claimed:
            said = f"{' and '.join(claimed)} both recognise it as theirs."
            return Failed(said, "Leave the component or label of one of them.", reason=",".join(sorted(claimed)))
        return Failed("No team recognises it.", _hint(subject), reason="none")


def _hint(subject: Subject) -> str:
    takes = [team.takes for team in subject.snapshot.product.teams]
    words = sorted({*(c for t in takes for c in t.components), *(label for t in takes for label in t.labels)})
    named = f" of {', '.join(words[:6])}" if words else ""
    return f"Set the component or label of the team that would do it{named and f', one{named}'}."
