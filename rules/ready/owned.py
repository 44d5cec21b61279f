"""Whether a retrospective action has an assignee."""

from typing import ClassVar

from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, ReadyRule, Role, Severity, Subject


class Owned(ReadyRule):
    """A retrospective action has an assignee.

    Why: An improvement that belongs to the whole team often belongs to no one. One person should follow it up. The
    rule applies only to issues with one of the labels.

    Fails:
        Task: Pair on every review
        Labels: retro

        Reviews wait for days, so from now on two people do each of them together.

    Fixed:
        Task: Pair on every review
        Labels: retro
        Assignee: Bo

        Reviews wait for days, so from now on two people do each of them together.
    """

    name: ClassVar[str] = "owned"
    title: ClassVar[str] = "assignee"
    failure: ClassVar[str] = "no assignee"
    effort: ClassVar[Effort] = Effort.FIELD
    asks: ClassVar[Role] = Role.DEVELOPERS
    reads_text: ClassVar[bool] = False
    replayable: ClassVar[bool] = False

    severity: Severity = Severity.SHOULD
    labels: frozenset[str] = frozenset({"retro", "retrospective", "retro-action", "action-item"})
    """Labels, in lower case, that mark a retrospective action."""

    def check(self, subject: Subject) -> Answer:
        """Look at the labels, then at who is assigned."""
        if not self.labels & {label.lower() for label in subject.issue.labels}:
            return NotApplicable("the issue is not a retrospective action")
        if subject.issue.assignee is not None:
            return Passed()
        return Failed("The assignee of this retrospective action is missing.", "Assign one person.", reason="nobody")
