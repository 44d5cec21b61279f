"""What the comparison of one issue gives, collected step by step before it becomes part of the frozen plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rules.commands.grammar import COMMAND
from rules.model import Issue, OwnMarks
from rules.plan.changes import Change, LeftAsIs, RemoveLabel
from rules.plan.grounds import Ground
from rules.plan.left_alone import Wish, wish_of
from rules.plan.marks import HANDS_OFF, marks_of, without
from rules.plan.policy import Policy


@dataclass(slots=True)
class Comparison:
    """One issue with its changes, and what is left as it is.

    `marks` are those we left on it, without what people removed since. `wish` is why people want nothing to be written
    to it. `is_held` is whether its verdict is still the one of the baseline: then it gets no label.
    """

    issue: Issue
    marks: OwnMarks
    wish: Wish | None = None
    is_held: bool = False
    changes: list[Change] = field(default_factory=list)
    left_as_is: list[LeftAsIs] = field(default_factory=list)

    def remove_label(self, label: str, why: str, grounds: tuple[Ground, ...]) -> None:
        """Add the change that removes a label."""
        issue = self.issue
        self.changes.append(RemoveLabel(issue=issue.id, key=issue.key, label=label, why=why, grounds=grounds))

    def leave(self, what: str, why: str) -> None:
        """Note that a mark stays as people left it."""
        self.left_as_is.append(LeftAsIs(key=self.issue.key, what=what, why=why))


def begin(issue: Issue, policy: Policy, memory: Mapping[str, OwnMarks], hands_off: Mapping[str, bool]) -> Comparison:
    """The comparison of an issue before anything is compared.

    `memory` holds, by issue id, what we last wrote, `hands_off` what people last said about it in comments.
    """
    marks = marks_of(issue, memory)
    return Comparison(issue, _remembering(marks, issue.id, hands_off), wish_of(issue, policy, hands_off, marks))


def _remembering(marks: OwnMarks, issue: str, hands_off: Mapping[str, bool]) -> OwnMarks:
    """The marks with what people last said in a comment: without our store the mark on the issue remembers it."""
    if issue not in hands_off:
        return marks
    entry = ((HANDS_OFF, COMMAND),) if hands_off[issue] else ()
    return replace(marks, refused=(*without(marks.refused, HANDS_OFF), *entry))
