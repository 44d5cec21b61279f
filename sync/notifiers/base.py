"""The interface of a channel: its settings, and `send`."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, Self, runtime_checkable

from pydantic import ConfigDict, Field

from rules.audience import Audience
from rules.lazy_regex import regex
from rules.options import Options
from sync.errors import ConfigError

if TYPE_CHECKING:
    from rules.messages import Message

_LINK = regex(r"https?://[^\s<>|\"'`]+")


class Notifier(Protocol):
    """An open channel."""

    def send(self, message: "Message") -> None:
        """Send one message within the channel's time-out.

        Raises `NotifyError`, whose text never holds a secret; it does not fail the run. `PartlySent` has the
        recipients who did not get the message; they get it in a later run where the channel `HasRecipients`.
        """


@runtime_checkable
class HasRecipients(Protocol):
    """A channel to several recipients, which can repeat a message to those who did not get it."""

    def only_to(self, addresses: AbstractSet[str]) -> Notifier:
        """The same channel to some of its recipients."""


class ChannelSettings(Options):
    """The options that every `[[notify]]` table has. A subclass adds its `kind` and its own options."""

    model_config = ConfigDict(allow_inf_nan=False)

    audiences: frozenset[Audience] = frozenset(Audience)
    """Which messages it sends: those to po, sm, team."""
    teams: frozenset[str] = frozenset()
    """Only messages about these teams; leave out for all teams and the whole product."""
    timeout_seconds: float = Field(default=10.0, gt=0, le=60)
    """How long to wait for an answer, in seconds."""

    @property
    def place(self) -> str:
        """What distinguishes this channel from others of its kind, never a secret: a variable, a file, a server."""
        return ""

    @property
    def name(self) -> str:
        """How reports and the log of messages call the channel: "slack READYLINE_SLACK"."""
        return f"{vars(self).get('kind', '')} {self.place}".strip()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The mail addresses that its messages go to; none where it sends no mail."""
        return ()

    def without(self, addresses: AbstractSet[str]) -> Self | None:  # noqa: ARG002 - a channel without addresses has none
        """The channel without these mail addresses, which are in lower case; `None` where none is left."""
        return self

    def wants(self, message: "Message") -> bool:
        """Whether this channel sends the message."""
        return message.audience in self.audiences and (not self.teams or message.team in self.teams)


@dataclass(frozen=True, slots=True)
class Channel:
    """A kind of channel: the model of its settings, and the function that opens it.

    `open` takes the settings and the environment, and raises `ConfigError` where a secret is missing or unusable.
    """

    settings: type[ChannelSettings]
    open: Callable[[Any, Mapping[str, str]], Notifier]


def is_link(text: str) -> bool:
    """Whether a text is a plain web address, which may become a link."""
    return _LINK.fullmatch(text) is not None


def secret(environ: Mapping[str, str], name: str) -> str:
    """The value of an environment variable. Raises `ConfigError` with the variable's name where it is empty."""
    value = environ.get(name, "").strip()
    if not value:
        raise ConfigError(f"[[notify]]: the environment variable {name} is empty; put the channel's secret into it")
    return value
