"""The `[tracker]` table for Redmine. The token, the account's API key, is in the environment."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import Field

from rules.model import Kind
from rules.options import Options
from sync.trackers.address import WebAddress
from sync.trackers.token import TOKEN, TokenVariable

HOURS = "estimated_hours"
"""The name of Redmine's own estimate, in hours."""


class Markup(StrEnum):
    """What the site formats texts with; no part of its API says which."""

    TEXTILE = "textile"
    COMMON_MARK = "common_mark"
    MARKDOWN = "markdown"


class RedmineFields(Options):
    """The custom fields, by name or number; "" means that the site has none."""

    points: str = ""
    """The estimate: a numeric field, or "estimated_hours"."""
    rank: str = ""
    """The order of the backlog: a numeric field, the smallest number first."""
    flagged: str = ""
    """A yes/no field that marks an impediment."""
    acceptance: str = ""
    """The acceptance criteria, where they have a separate field."""
    version_start: str = ""
    """A date field of versions: the first day of the sprint."""
    mark: str = "readyline"
    """A long text field that only readyline's role sees: what readyline wrote, and the sign of its comments."""


class RedmineSettings(Options):
    """The settings of a Redmine. Times are in seconds."""

    kind: Literal["redmine"] = "redmine"
    """The tracker's name."""
    url: WebAddress
    """The address of Redmine as in the browser."""
    token_env: TokenVariable = TOKEN
    """The environment variable with the token."""
    markup: Markup = Markup.TEXTILE
    """The site's text formatting, as in its settings."""
    fields: RedmineFields = RedmineFields()
    """The custom fields."""
    label_fields: Mapping[str, str] = Field(default_factory=dict)
    """The yes/no field of each label that readyline writes: "readyline-ready" = "RL ready"."""
    read_labels: tuple[str, ...] = ()
    """Fields whose values are labels that people set."""
    types: Mapping[str, Kind] = Field(default_factory=dict)
    """The kind of work of the site's own trackers: "Change Request" = "story"."""
    doing: tuple[str, ...] = ()
    """Statuses of started work; empty means every open status but the first one of the tracker."""
    sprint_days: int = Field(default=14, ge=1, le=60)
    """Calendar days of a sprint without a first day of its own, before whose last day no other one ends."""
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

    @property
    def is_textile(self) -> bool:
        """Whether texts are Textile; the other two are kinds of Markdown."""
        return self.markup is Markup.TEXTILE
