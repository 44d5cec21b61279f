"""Tables whose `kind` says who reads them: the tracker, reports, channels. Each adapter owns its settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from sync.config.values import LocalPath, Name, Section
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings, JiraSettings


@dataclass(frozen=True, slots=True)
class ByKind:
    """Has pydantic read a table with the model that its `kind` names."""

    models: Mapping[str, type[BaseModel]]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        choices = {kind: handler.generate_schema(model) for kind, model in self.models.items()}
        return core_schema.tagged_union_schema(choices, discriminator="kind")


class ReportSettings(Section):
    """A report that every pass writes."""

    kind: Literal["html", "markdown", "csv", "json"]
    """How it is written: html, markdown, csv or json."""
    path: LocalPath
    """The folder it is written to."""


class WebhookSettings(Section):
    """A message to a web address."""

    kind: Literal["webhook"] = "webhook"
    """Which channel."""
    url_env: Name
    """The environment variable that holds the address; the address itself is a secret."""


TRACKERS: Mapping[str, type[JiraSettings]] = {"jira-cloud": CloudSettings, "jira-datacenter": DatacenterSettings}
CHANNELS: Mapping[str, type[BaseModel]] = {"webhook": WebhookSettings}

TrackerTable = Annotated[JiraSettings, ByKind(TRACKERS)]
ChannelTable = Annotated[BaseModel, ByKind(CHANNELS)]
