"""The `[tracker]` table for GitLab. The token is in the environment: `READYLINE_TOKEN`, or `token_env`."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from rules.model import Kind
from rules.options import Options
from sync.trackers.address import WebAddress
from sync.trackers.token import TOKEN, TokenVariable


class SprintSource(StrEnum):
    """What the sprints are; the board of a team is the number of the project, of the group, or of the cadence."""

    PROJECT_MILESTONES = "project-milestones"
    GROUP_MILESTONES = "group-milestones"
    ITERATIONS = "iterations"


class Estimate(StrEnum):
    """What holds the estimate."""

    WEIGHT = "weight"
    TIME = "time"
    LABEL = "label"


class Order(StrEnum):
    """What the backlog is sorted by."""

    BOARD = "relative_position"
    CREATED = "created_at"


class GitlabSettings(Options):
    """The settings of a GitLab. Times are in seconds."""

    kind: Literal["gitlab"] = "gitlab"
    """The tracker's name."""
    url: WebAddress = "https://gitlab.com"
    """The address of GitLab as in the browser."""
    token_env: TokenVariable = TOKEN
    """The environment variable with the token."""
    project: str = ""
    """The project whose issues are the backlog, its path or number: "acme/shop"."""
    group: str = ""
    """The group whose issues are the backlog, where it is not a project: "acme"."""
    sprints: SprintSource = SprintSource.PROJECT_MILESTONES
    """What the sprints are. Iterations need GitLab Premium and a group."""
    points: Estimate = Estimate.WEIGHT
    """The estimate: the weight (GitLab Premium), the time estimate in hours, or a label with a number."""
    points_label: str = ""
    """The beginning of labels that hold the estimate, where points are "label": "weight::" reads "weight::3"."""
    rank: Order = Order.BOARD
    """The order of the backlog: the manual order, or "created_at" where nobody keeps one."""
    types: Mapping[str, Kind] = Field(default_factory=dict)
    """The kind of work of labels, and of GitLab's own types: "type::bug" = "bug"."""
    priorities: tuple[str, ...] = ()
    """Labels that say how urgent an issue is, the most urgent one first."""
    doing: tuple[str, ...] = ()
    """Labels of started work: "workflow::in dev"."""
    flagged: str = ""
    """A label that marks an impediment."""
    label_names: Mapping[str, str] = Field(default_factory=dict)
    """The project's own names of labels that readyline writes: "readyline-ready" = "Ready"."""
    internal_notes: bool = False
    """Whether comments are internal notes, which only members see. On Service Desk issues they always are."""
    sprint_days: int = Field(default=14, ge=1, le=60)
    """Calendar days of a milestone without a first day of its own, before whose last day no other one ends."""
    connect_timeout: float = Field(default=5.0, gt=0, le=60)
    """Seconds to wait for a connection."""
    read_timeout: float = Field(default=60.0, gt=0, le=600)
    """Seconds to wait for a response."""
    patience: float = Field(default=7200.0, gt=0)
    """Longest total wait of one request, in seconds, before the run stops."""
    parallel: int = Field(default=3, ge=1, le=8)
    """How many requests for issues may run at once; fewer once the site complains."""
    last_comments: int = Field(default=20, ge=0, le=100)
    """How many of the newest comments by people are read with an issue."""

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if bool(self.project) is bool(self.group):
            raise ValueError('name either the project ("acme/shop") or the group ("acme") whose issues are read')
        if self.sprints is SprintSource.ITERATIONS and not self.group:
            raise ValueError('iterations belong to a group: name the group ("acme") instead of the project')
        if self.points is Estimate.LABEL and not self.points_label:
            raise ValueError('name the beginning of the labels in points_label, as in "weight::" for "weight::3"')
        return self

    @property
    def own_names(self) -> Mapping[str, str]:
        """The labels that readyline writes, by the project's own names."""
        return {theirs: ours for ours, theirs in self.label_names.items()}

    def spelled(self, label: str) -> str:
        """The project's own name of a label that readyline writes."""
        return self.label_names.get(label, label)
