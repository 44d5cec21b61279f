"""The sections about writing: what may be written, where not, and what our texts link to."""

from typing import Annotated, Literal, Self

from pydantic import (
    Field,
    field_validator,
    model_validator,
)

from rules.plan.policy import CommentLanguage, CommentZone, SprintMode
from sync.config.values import ISSUE_KEY, LABEL_PREFIX, Address, Name, ProjectKey, Quiet, Section
from sync.trackers.address import WebAddress


class LimitSettings(Section):
    """A plan beyond either limit is refused as a whole, before its first write."""

    max_changes: int = Field(default=50, ge=1)
    """The most changes of one run."""
    max_share: float = Field(default=0.10, gt=0, le=1)
    """The largest part of the issues in scope that one run may change, above 0 and at most 1."""


class WriteBackSettings(Section):
    """What may be written to the tracker."""

    enabled: bool = False
    """Nothing is written to the tracker unless this is true."""
    label_prefix: str = "readyline-"
    """Only labels with this prefix are ever changed."""
    labels: bool = True
    """Write the verdict as a label on issues in the ready horizon."""
    comments: CommentZone = CommentZone.NEAR
    """Which issues may get the one comment: off, near (the ready horizon only) or all."""
    language: CommentLanguage = CommentLanguage.EN
    """The language of comments: en, de, fr, es, or auto (that of an issue's own text where 40 words or more decide)."""
    sprints: SprintMode = SprintMode.PROPOSE
    """What happens with a sprint proposal: off, propose (report only), accepted (after a team's yes) or assign."""
    quiet_hours: Quiet = None
    """Hours without messages, and without writes but those of an undo: "20:00-07:00", in the schedule's time zone."""
    mails_per_week: int = Field(default=20, ge=0, le=1000)
    """The most mails one person gets because of readyline in seven days, messages too; the rest waits; 0: no limit."""
    limits: LimitSettings = LimitSettings()
    """A plan beyond either limit is refused as a whole, before its first write."""

    @field_validator("label_prefix")
    @classmethod
    def _label(cls, value: str) -> str:
        if not LABEL_PREFIX.fullmatch(value):
            raise ValueError("must be 1 to 100 letters, digits or the characters . _ : -, without spaces")
        return value


class OptOutSettings(Section):
    """Where readyline writes nothing, and who gets no mail because of it."""

    projects: frozenset[ProjectKey] = frozenset()
    """Keys of projects: nothing is written to their issues, and what is ours there is removed."""
    people: frozenset[Name] = frozenset()
    """Names of people of this file, or accounts: nothing is written to their issues, and they get no mail."""


class LinkSettings(Section):
    """Addresses that our own texts link to."""

    docs: Address = ""
    """The address of the folder with the rules' pages (docs/rules), linked from comments and messages; "" for none."""
    pages: Address = ""
    """The address at which the folder of `[[reports]]` is published; messages link to the page of their role."""

    @model_validator(mode="before")
    @classmethod
    def _former_name(cls, values: object) -> object:
        """`pages` was called `reports` at first."""
        if isinstance(values, dict) and "reports" in values and "pages" not in values:
            return {"pages" if key == "reports" else key: value for key, value in values.items()}
        return values


class ConfluenceSettings(Section):
    """A page in Confluence that has the same part as the issue of the living page."""

    kind: Literal["cloud", "datacenter"] = "cloud"
    """Which Confluence."""
    url: WebAddress
    """Its address: "https://example.atlassian.net/wiki"."""
    page: int = Field(gt=0)
    """The id of a page that people made: the number in its address."""
    email: str = ""
    """The account's e-mail; Cloud only."""
    token_env: Annotated[str, Field(min_length=1, pattern=r"\S")] = "READYLINE_CONFLUENCE_TOKEN"  # noqa: S105 - a name
    """The environment variable with the token."""

    @model_validator(mode="after")
    def _has_login(self) -> Self:
        if (self.kind == "cloud") != bool(self.email):
            raise ValueError("email is needed on Cloud, and only there")
        return self


class LivingPageSettings(Section):
    """The living page: an issue that people made for it, and whose description readyline keeps up to date."""

    issue: str = ""
    """The key of the issue; people write above and below readyline's part of its description; "" for none."""
    confluence: ConfluenceSettings | None = None
    """A page in Confluence with the same content."""

    @field_validator("issue")
    @classmethod
    def _key(cls, value: str) -> str:
        if value and not ISSUE_KEY.fullmatch(value):
            raise ValueError('must be the key of an issue, such as "SHOP-1", or "" for none')
        return value.upper()
