"""Whether it is clear which team takes an issue."""

from typing import ClassVar

from pydantic import Field

from rules.model import Category, Kind
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Severity, Subject
from rules.wording import Wording


class HasTeam(ReadyRule):
    """It is clear which team takes a near issue.

    Why: An issue that no team takes is not planned. Where two teams claim an issue, each may wait for the other to
    refine it. The configuration says which components, labels or field mark an issue as a team's. Teams without any of
    these may take what no team claims, and the only team takes everything. Several teams may share an epic. It
    needs no team of its own where each of its open issues has one. Neither does an issue that somebody works on.

    Fails:
        Story: Pay with a saved card
        Components: printing
        Teams: payments, search

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Components: payments
        Teams: payments, search

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "has_team"
    title: ClassVar[str] = "team"
    failure: ClassVar[str] = "no team"
    effort: ClassVar[Effort] = Effort.FIELD
    reads_text: ClassVar[bool] = False
    replayable: ClassVar[bool] = False

    severity: Severity = Severity.SHOULD
    within_sprints: float | None = Field(default=2.0, ge=0)

    def check(self, subject: Subject) -> Answer:
        """Count the teams that may take the issue, and of several those whose filter matches it."""
        if (silent := _not_asked(subject)) is not None:
            return silent
        takers = subject.backlog.teams[subject.issue.key]
        claimed = [team.name for team in takers if team.recognises(subject.issue)]
        shared = subject.issue.kind is Kind.EPIC and (len(claimed) > 1 or _teams_take_its_issues(subject))
        if len(takers) == 1 or (takers and not claimed) or shared:
            return Passed()
        if (taken := _taken_otherwise(subject)) is not None:
            return taken
        if claimed:
            message = Wording("More than one team matches: {teams}.", teams=tuple(claimed))
            hint, reason = "Keep the component or label of one of them.", ",".join(sorted(claimed))
            return Failed(message, hint, reason=reason, phrase="more than one team")
        return Failed("The team is missing.", _hint(subject), reason="none")


def _not_asked(subject: Subject) -> NotApplicable | None:
    """Why no issue needs a team; `None` where they do."""
    if subject.cannot_see("teams"):
        return NotApplicable("no teams are known", unavailable="teams")
    teams = subject.snapshot.product.teams
    if not any(team.takes.components or team.takes.labels or team.takes.field for team in teams):
        return NotApplicable("every team may take every issue")
    return None


def _taken_otherwise(subject: Subject) -> NotApplicable | None:
    """Why this issue needs no team although none is named; `None` where it does."""
    issue = subject.issue
    if issue.category is Category.DOING and issue.assignee:
        return NotApplicable("somebody works on it")
    if issue.kind is Kind.EPIC and subject.cannot_see("parent"):
        return NotApplicable("the issues of the epic are not known")
    return None


def _teams_take_its_issues(subject: Subject) -> bool:
    """Whether each open issue of the epic has the one team that takes it."""
    below = [one for one in subject.backlog.children.get(subject.issue.key, ()) if one.category is not Category.DONE]
    return bool(below) and all(subject.backlog.team(one.key) for one in below)


def _hint(subject: Subject) -> str:
    takes = [team.takes for team in subject.snapshot.product.teams]
    words = sorted({*(c for t in takes for c in t.components), *(label for t in takes for label in t.labels)})
    if not words:
        return "Set the component or label of the team that takes it."
    template = "Set the component or label of the team that takes it, for example {examples: or }."
    return Wording(template, examples=tuple(words[:3]))
