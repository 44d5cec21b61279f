"""The `[tracker]` table for Jira. The token is in the environment: `READYLINE_TOKEN`, or `token_env`."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from rules.model import Kind
from rules.options import Options
from sync.trackers.address import WebAddress
from sync.trackers.token import TOKEN, TokenVariable

GATEWAY = "https://api.atlassian.com/ex/jira"


class FieldNames(Options):
    """The custom fields, by id ("customfield_10016") or name; "" means automatic."""

    points: str = ""
    """The estimate."""
    sprint: str = ""
    """The sprints an issue is or was in."""
    rank: str = ""
    """The rank in the backlog."""
    epic: str = ""
    """The epic an issue belongs to."""
    team: str = ""
    """The team an issue belongs to."""
    flagged: str = ""
    """Whether an issue is flagged as an impediment."""
    acceptance: str = ""
    """The acceptance criteria, where they have a separate field."""


class LinkPhrases(Options):
    """What the phrases of the site's own link types mean, as they are shown on the issue that holds the link."""

    blocked_by: tuple[str, ...] = ()
    """Phrases on the issue that waits for the other one."""
    blocks: tuple[str, ...] = ()
    """Phrases on the issue that the other one waits for."""
    relates: tuple[str, ...] = ()
    """Phrases that say nothing of an order."""


class JiraSettings(Options):
    """The settings of both kinds of Jira. Times are in seconds."""

    url: WebAddress
    """The address of Jira as in the browser."""
    token_env: TokenVariable = TOKEN
    """The environment variable with the token."""
    fields: FieldNames = FieldNames()
    """Custom fields, where the automatic choice is wrong."""
    types: Mapping[str, Kind] = Field(default_factory=dict)
    """The kind of work of the site's own issue types: "Change Request" = "story"."""
    links: LinkPhrases = LinkPhrases()
    """What the site's own link types mean, where readyline does not know them."""
    connect_timeout: float = Field(default=5.0, gt=0, le=60)
    """Seconds to wait for a connection."""
    read_timeout: float = Field(default=60.0, gt=0, le=600)
    """Seconds to wait for a response."""
    patience: float = Field(default=7200.0, gt=0)
    """Longest total wait of one request for rate limits, in seconds, before the run stops."""
    parallel: int = Field(default=4, ge=1, le=8)
    """How many requests for issues may run at once; fewer once the site complains."""
    silent: bool = True
    """Ask Jira not to send mail about our label changes, where this account may do so."""
    last_comments: int = Field(default=20, ge=0, le=100)
    """How many of the newest comments by people are read with an issue."""

    @property
    def base(self) -> str:
        """The address of requests."""
        return self.url


class CloudSettings(JiraSettings):
    """A Jira Cloud site; with `cloud_id` requests go through the gateway, which scoped tokens need."""

    kind: Literal["jira-cloud"] = "jira-cloud"
    """The tracker's name."""
    email: str = Field(pattern=r"^[^@\s:]+@[^@\s]+$")
    """The e-mail address of the token's account."""
    cloud_id: str = Field(default="", pattern=r"^[0-9a-fA-F-]*$")
    """Only for scoped tokens: the site's id, from https://SITE/_edge/tenant_info."""

    @property
    def base(self) -> str:
        """The address of requests: the site, or the gateway."""
        return f"{GATEWAY}/{self.cloud_id}" if self.cloud_id else self.url


class DatacenterSettings(JiraSettings):
    """A Jira Data Center site; the token is a personal access token."""

    kind: Literal["jira-datacenter"] = "jira-datacenter"
    """The tracker's name."""
