"""The Product Owner's answer to "keep or release?" about an old issue, and how long it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rules.model import Edit, EditField, Issue

RELEASE = "release"
"""The beginning of the reason of a released issue's label."""
KEEP_DAYS = 180
"""How long a kept issue is silent where its command names no day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """An answer, given at a moment: the issue is released where `because` has a reason, else it is kept.

    The question is not asked again up to the day `until`; for a released issue this counts once a person takes the
    release back.
    """

    at: datetime
    until: date
    because: str = ""

    @property
    def released(self) -> bool:
        """Whether the issue is released."""
        return bool(self.because)

    @property
    def reason(self) -> str:
        """The reason of the label: another release has another one."""
        return f"{RELEASE}:{self.at.isoformat()}"

    def holds(self, issue: Issue, edits: Sequence[Edit]) -> bool:
        """Whether the issue is still released: nobody planned it or changed its status since. `edits` are its past."""
        moved = any(edit.field is EditField.STATUS and edit.by_person and edit.at > self.at for edit in edits)
        return self.released and issue.is_open and issue.sprint is None and not moved
