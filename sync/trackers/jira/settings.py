"""The `[tracker]` table for Jira. The token is never in it: it comes from the environment, as `READYLINE_TOKEN`."""

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

    model_config = ConfigDict(frozen=True, extra="forbid")

    points: str = ""
    sprint: str = ""
    rank: str = ""
    epic: str = ""
    team: str = ""
    flagged: str = ""
    acceptance: str = ""


class JiraSettings(BaseModel):
    """What both kinds of Jira need. Times are seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: WebAddress = Field(description="the address people open in their browser")
    fields: FieldNames = Field(default_factory=FieldNames, description="overrides of what discovery finds")
    types: dict[str, Kind] = Field(default_factory=dict, description="type names this site uses, and their kinds")
    connect_timeout: float = Field(default=5.0, gt=0, le=60)
    read_timeout: float = Field(default=60.0, gt=0, le=600)
    patience: float = Field(default=7200.0, gt=0, description="how long one request may wait for a limit to lift")
    silent: bool = Field(default=True, description="ask Jira not to mail about label changes, where it lets us")
    last_comments: int = Field(default=20, ge=0, le=100, description="how many comments of people are read an issue")

    @property
    def base(self) -> str:
        """The address requests go to."""
        return self.url


class CloudSettings(JiraSettings):
    """A Jira Cloud site; with `cloud_id` requests go through the gateway, as scoped tokens demand."""

    kind: Literal["jira-cloud"] = "jira-cloud"
    email: str = Field(min_length=3, description="the account the token belongs to")
    cloud_id: str = Field(
        default="",
        pattern=r"^[0-9a-fA-F-]*$",
        description="only for scoped tokens; https://SITE/_edge/tenant_info tells it",
    )

    @property
    def base(self) -> str:
        """The address requests go to: the site, or the gateway."""
        return f"{GATEWAY}/{self.cloud_id}" if self.cloud_id else self.url


class DatacenterSettings(JiraSettings):
    """A Jira Data Center site, entered with a personal access token."""

    kind: Literal["jira-datacenter"] = "jira-datacenter"
