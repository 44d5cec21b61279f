"""The `[tracker]` table for GitHub. The token is in the environment: `READYLINE_TOKEN`, or `token_env`."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints, model_validator

from rules.model import Kind
from rules.options import Options
from sync.trackers.address import WebAddress
from sync.trackers.token import TOKEN, TokenVariable

Repository = Annotated[str, StringConstraints(pattern=r"^[\w.-]+/[\w.-]+$")]
ProjectName = Annotated[str, StringConstraints(pattern=r"^([\w.-]+/[1-9]\d*)?$")]


class GithubFields(Options):
    """The fields of the Project, by name; "" means that there is none."""

    points: str = ""
    """The estimate: a number field."""
    sprint: str = ""
    """The sprints: an iteration field; without one milestones are the sprints."""
    status: str = "Status"
    """The status: a single select field."""
    priority: str = ""
    """The priority: a single select field whose first option is the most urgent."""
    component: str = ""
    """The component: a single select or text field."""
    acceptance: str = ""
    """The acceptance criteria: a text field."""


class GithubSettings(Options):
    """The settings of a GitHub. Times are in seconds."""

    kind: Literal["github"] = "github"
    """The tracker's name."""
    url: WebAddress = "https://github.com"
    """The address as in the browser: github.com, or that of an Enterprise Server."""
    token_env: TokenVariable = TOKEN
    """The environment variable with the token."""
    repositories: tuple[Repository, ...] = ()
    """Repositories whose issues are the backlog, where it is not a Project; else those that archived items are in."""
    project: ProjectName = ""
    """The Project whose items are the backlog, its owner and number: "acme/7"."""
    fields: GithubFields = GithubFields()
    """The fields of the Project."""
    points_label: str = ""
    """The beginning of labels that hold the estimate, where no field does: "size: " reads "size: 3"."""
    flagged: str = ""
    """A label that marks an impediment."""
    types: Mapping[str, Kind] = Field(default_factory=dict)
    """The kind of work of issue types and, for issues without a type, of labels: "enhancement" = "story"."""
    doing: tuple[str, ...] = ("In progress", "In review")
    """Options of the status field that mean started work, in any case."""
    sprint_days: int = Field(default=14, ge=1, le=60)
    """Calendar days of a milestone, which has no first day, before whose last day no other one ends."""
    pause: float = Field(default=1.0, ge=0, le=1)
    """Seconds between two writes; GitHub asks for one. An Enterprise Server may need none."""
    comments_an_hour: int = Field(default=400, ge=1, le=500)
    """How many comments are written in an hour at most; GitHub takes 500 from an account, by all its programs."""
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
    def _has_issues(self) -> Self:
        if not self.project and not self.repositories:
            raise ValueError('name the Project ("acme/7") or the repositories (["acme/shop"]) whose issues are read')
        return self

    @property
    def owner_and_number(self) -> tuple[str, int]:
        """The owner and the number of the Project."""
        owner, _, number = self.project.partition("/")
        return owner, int(number)

    @property
    def has_iterations(self) -> bool:
        """Whether iterations of the Project are the sprints, and not milestones."""
        return bool(self.project and self.fields.sprint)

    @property
    def rest(self) -> str:
        """The address of the REST interface: a host of its own in the cloud, a path on an Enterprise Server."""
        host = urlsplit(self.url).netloc
        return f"https://api.{host}" if _is_cloud(host) else f"{self.url}/api/v3"

    @property
    def graphql(self) -> str:
        """The address of the GraphQL interface."""
        return f"{self.rest}/graphql" if _is_cloud(urlsplit(self.url).netloc) else f"{self.url}/api/graphql"


def _is_cloud(host: str) -> bool:
    return host == "github.com" or host.endswith(".ghe.com")
