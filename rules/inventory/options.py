"""The options of `[old_issues]` and `[new_issues]`, with their defaults (docs/planning.md)."""

from pydantic import BaseModel, ConfigDict, Field, field_validator

from rules.commands import KEEP_DAYS

TAKEN = frozenset({"ready", "not-ready", "hands-off"})
"""What follows the prefix in the other labels."""


class OldIssuesOptions(BaseModel):
    """Which issues the Product Owner is asked to keep or release, and how many at a time."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False)

    days: int = Field(default=180, ge=30, le=3650)
    """An issue is old where no person changed it for this many days."""
    at_once: int = Field(default=10, ge=0, le=50)
    """So many issues are asked about at a time; 0 asks about nothing."""
    keep_days: int = Field(default=KEEP_DAYS, ge=1, le=3650)
    """A kept issue is not asked about again for so many days, where its command names no day."""
    max_months: float = Field(default=12.0, gt=0, le=120)
    """Above so many months of work the Product Owner is informed that the backlog is too big."""
    label: str = Field(default="released", pattern=r"^[A-Za-z0-9._:-]{1,50}$")
    """What follows `label_prefix` in the label of released issues."""

    @field_validator("label")
    @classmethod
    def _own_meaning(cls, value: str) -> str:
        if value in TAKEN:
            raise ValueError("another label of readyline has this name; choose another one")
        return value


class NewIssuesOptions(BaseModel):
    """What is said of new issues."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    days: int = Field(default=90, ge=7, le=365)
    """Waits for a first rank and a first estimate are those of issues that were created in so many days."""
    unranked_days: int = Field(default=14, ge=1, le=365)
    """A new issue that nobody ranked for longer than this is named."""
