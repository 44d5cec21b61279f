"""Whether somebody has taken an action from a retrospective on."""

from typing import ClassVar

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject


class Owned(ReadyRule):
    """An action from a retrospective has somebody who cares for it.

    Why: What the whole team wants to improve, nobody does, unless one person has the thread in hand. Asked only of
    issues that carry one of the labels.

    Fails:
        Task: Pair on every review
        Labels: retro

        Reviews wait for days, so from now on two people do each of them together.

    Mended:
        Task: Pair on every review
        Labels: retro
        Assignee: Bo

        Reviews wait for days, so from now on two people do each of them together.
    """

    name: ClassVar[str] = "owned"
    effort: ClassVar[Effort] = Effort.FIELD
    asks: ClassVar[Role] = Role.DEVELOPERS

    severity: Severity = Severity.SHOULD
    labels: frozenset[str] = frozenset({"retro", "retrospective", "retro-action", "action-item"})
    """Labels, in lower case, that an action from a retrospective carries."""

    def check(self, subject: Subject) -> Answer:
        """Look at the labels, then at who is assigned."""
        if not self.labels & {label.lower() for label in subject.issue.labels}:
            return NotApplicable("it is no action from a retrospective")
        if subject.issue.assignee is not None:
            return Passed()
        return Failed("Nobody has taken it on.", "Assign somebody who wants it done.", reason="nobody")
