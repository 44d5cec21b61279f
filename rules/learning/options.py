"""The options of `[learning]`, with their defaults (docs/learning.md)."""

from pydantic import Field

from rules.options import Options


class LearningOptions(Options):
    """When people's reactions to findings speak against a rule."""

    fixed_within_days: float = Field(default=14, gt=0)
    """A finding that is fixed within so many days counts as fixed in time."""
    least_reactions: int = Field(default=10, ge=1)
    """With fewer reactions, nothing is proposed about a rule."""
    least_fixed: float = Field(default=0.5, ge=0, le=1)
    """Below this share of fixed findings, the report proposes to make the rule info."""
