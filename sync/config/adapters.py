"""Tables whose `kind` says who reads them: the tracker and the channels. Each adapter owns its settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from sync.notifiers import ChannelSettings, known_notifiers
from sync.trackers import tracker_kinds
from sync.trackers.jira.settings import JiraSettings


@dataclass(frozen=True, slots=True)
class ByKind:
    """Has pydantic read a table with the model that its `kind` names.

    The models are asked for late, because those of other packages may fail to load, and that is a `ConfigError`.
    """

    models: Callable[[], Mapping[str, type[BaseModel]]]

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """One choice a kind; the schema of editors follows from it."""
        choices = {kind: handler.generate_schema(model) for kind, model in self.models().items()}
        return core_schema.tagged_union_schema(choices, discriminator="kind")


def _trackers() -> Mapping[str, type[BaseModel]]:
    return {name: kind.settings for name, kind in tracker_kinds().items()}


def _channels() -> Mapping[str, type[BaseModel]]:
    return {name: channel.settings for name, channel in known_notifiers().items()}


TrackerTable = Annotated[JiraSettings, ByKind(_trackers)]
"""The `[tracker]` table; whatever its kind, it has the `url` that people open in their browser."""

ChannelTable = Annotated[ChannelSettings, ByKind(_channels)]
"""One `[[notify]]` table."""
