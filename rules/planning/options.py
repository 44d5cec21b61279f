"""The options of `[planning]`, with their defaults (docs/planning.md)."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class GoalLink(StrEnum):
    """A way in which an issue is linked to a Sprint Goal."""

    NAMED = "named"
    LABEL = "label"
    EPIC = "epic"


class PlanningOptions(BaseModel):
    """How issues are linked to the Sprint Goal."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    goal_links: frozenset[GoalLink] = frozenset(GoalLink)
    """named: the goal has its key. label: it has one of `goal_labels`. epic: its epic is named, by key or title."""
    goal_labels: frozenset[str] = frozenset({"sprint-goal"})
    """Issues with one of these labels serve the Sprint Goal of their team."""
    key_labels: frozenset[str] = frozenset({"key-issue"})
    """The issue with one of these labels is the key issue; without any, the first issue that the goal names."""
