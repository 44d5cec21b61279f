"""The options of `[planning]`, with their defaults (docs/planning.md)."""

from enum import StrEnum

from pydantic import Field, field_validator

from rules.options import Options


class GoalLink(StrEnum):
    """A way in which an issue is linked to a Sprint Goal."""

    NAMED = "named"
    LABEL = "label"
    EPIC = "epic"


class PlanningOptions(Options):
    """How issues are linked to the Sprint Goal, which need an approach note, and how far ahead is planned."""

    goal_links: frozenset[GoalLink] = frozenset(GoalLink)
    """named: the goal has its key. label: it has one of `goal_labels`. epic: its epic is named, by key or title."""
    goal_labels: frozenset[str] = frozenset({"sprint-goal"})
    """Issues with one of these labels serve the Sprint Goal of their team."""
    key_labels: frozenset[str] = frozenset({"key-issue"})
    """The issue with one of these labels is the key issue; without any, the first issue that the goal names."""
    approach_share: float = Field(default=0.25, ge=0, le=1)
    """An issue of more than this part of a team's usual points needs an approach note in part two; 0: none does."""
    sprints_ahead: int = Field(default=3, ge=1, le=6)
    """So many sprints are planned, the next one included; the later ones are a look-ahead and are never written."""
    half_life: float = Field(default=1.0, gt=0, le=10)
    """In later sprints, an issue is worth half as much for every so many sprints of work that are ranked above it."""
    planner: str = "exact"
    """How later sprints are planned. exact: near the best possible plan; needs scipy. greedy: by rank alone."""

    @field_validator("planner")
    @classmethod
    def _known(cls, value: str) -> str:
        from rules.planning.planners.table import PLANNERS

        if value not in PLANNERS:
            raise ValueError(f"there is no planner {value!r}; use one of {', '.join(PLANNERS)}")
        return value
