"""The `[tracker]` table for Jira. The token is never in it: it comes from the environment, as `READYLINE_TOKEN`."""

from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from rules.model import Kind

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
GATEWAY = "https://api.atlassian.com/ex/jira"


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f'"{url}" is not a web address; write it like "https://example.atlassian.net"')
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError(f'"{url}" would send the token in the open; write https')
    if parts.username or parts.password:
        raise ValueError("the address must hold no user name or password")
    return url.rstrip("/")


WebAddress = Annotated[str, AfterValidator(_web_address)]


class FieldNames(BaseModel):
    """Which field holds what, by id ("customfield_10016") or name; "" leaves it to discovery."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    points: str = ""
    """The estimate."""
    sprint: str = ""
    """The sprints an issue is or was in."""
    rank: str = ""
    """The place in the backlog."""
    epic: str = ""
    """The epic an issue belongs to."""
    team: str = ""
    """The team an issue belongs to."""
    flagged: str = ""
    """Whether an issue is stuck."""
    acceptance: str = ""
    """The acceptance criteria, where they have a field of their own."""


class JiraSettings(BaseModel):
    """What both kinds of Jira need. Times are seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    url: WebAddress
    """The address people open in their browser."""
    fields: FieldNames = FieldNames()
    """Which field holds what, where discovery finds the wrong one."""
    types: Mapping[str, Kind] = Field(default_factory=dict)
    """This site's own type names and the kind of work each is: "Change Request" = "story"."""
    connect_timeout: float = Field(default=5.0, gt=0, le=60)
    """Seconds to wait for a connection."""
    read_timeout: float = Field(default=60.0, gt=0, le=600)
    """Seconds to wait for an answer."""
    patience: float = Field(default=7200.0, gt=0)
    """Seconds one request may wait in all for a limit to lift before the pass is given up."""
    parallel: int = Field(default=4, ge=1, le=8)
    """How many requests for issues may be under way at once; fewer once the site complains."""
    silent: bool = True
    """Ask Jira not to send mail about our label changes, where it lets this account ask."""
    last_comments: int = Field(default=20, ge=0, le=100)
    """How many of the newest comments by people are read with an issue."""

    @property
    def base(self) -> str:
        """The address requests go to."""
        return self.url


class CloudSettings(JiraSettings):
    """A Jira Cloud site; with `cloud_id` requests go through the gateway, as scoped tokens demand."""

    kind: Literal["jira-cloud"] = "jira-cloud"
    """The tracker's name."""
    email: str = Field(pattern=r"^[^@\s:]+@[^@\s]+$")
    """The account that the token belongs to."""
    cloud_id: str = Field(default="", pattern=r"^[0-9a-fA-F-]*$")
    """Only for scoped tokens: the site's id, as https://SITE/_edge/tenant_info tells it."""

    @property
    def base(self) -> str:
        """The address requests go to: the site, or the gateway."""
        return f"{GATEWAY}/{self.cloud_id}" if self.cloud_id else self.url


class DatacenterSettings(JiraSettings):
    """A Jira Data Center site, entered with a personal access token."""

    kind: Literal["jira-datacenter"] = "jira-datacenter"
    """The tracker's name."""
