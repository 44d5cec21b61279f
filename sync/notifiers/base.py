"""What a channel is: settings that say whom it serves, and one verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, Field

from rules.messages import Audience, Message
from sync.errors import ConfigError


class Notifier(Protocol):
    """A channel that is ready to use."""

    def send(self, message: Message) -> None:
        """Send one message within the channel's time-out.

        Raises `NotifyError`, whose sentence never holds a secret; it never fails a pass.
        """


class ChannelSettings(BaseModel):
    """What every channel's `[[notify]]` table may say. A subclass adds its `kind` and its own options."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False)

    audiences: frozenset[Audience] = frozenset(Audience)
    """Whose messages it carries: po, sm, team."""
    teams: frozenset[str] = frozenset()
    """Only messages about these teams; leave out for all of them and for the whole product."""
    timeout_seconds: float = Field(default=10.0, gt=0, le=60)
    """How long it may take to answer."""

    def wants(self, message: Message) -> bool:
        """Whether a message belongs into this channel."""
        return message.audience in self.audiences and (not self.teams or message.team in self.teams)


@dataclass(frozen=True, slots=True)
class Channel:
    """A kind of channel: the model its table is read with, and how it is opened.

    `open` takes the settings and the environment, and raises `ConfigError` where a secret is missing or unusable.
    """

    settings: type[ChannelSettings]
    open: Callable[[Any, Mapping[str, str]], Notifier]


def secret(environ: Mapping[str, str], name: str) -> str:
    """What an environment variable holds. Raises `ConfigError`, naming the variable and never its value."""
    value = environ.get(name, "").strip()
    if not value:
        raise ConfigError(f"[[notify]]: the environment variable {name} is empty; put the channel's secret into it")
    return value
