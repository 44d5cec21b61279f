"""Channels for messages, one a file.

A new channel is a file with its settings and a class with `send`, and a line in the table. A channel of another package
is a `Channel` under the entry-point group `readyline.notifiers`.
"""

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

from sync.errors import ConfigError
from sync.notifiers.base import Channel, ChannelSettings, Notifier
from sync.notifiers.file import File, FileSettings
from sync.notifiers.mail import Mail, MailSettings
from sync.notifiers.slack import Slack, SlackSettings
from sync.notifiers.webhook import Webhook, WebhookSettings

__all__ = ["GROUP", "NOTIFIERS", "Channel", "ChannelSettings", "Notifier", "known_notifiers", "open_notifier"]

GROUP = "readyline.notifiers"

NOTIFIERS: Mapping[str, Channel] = MappingProxyType(
    {
        "webhook": Channel(WebhookSettings, Webhook),
        "slack": Channel(SlackSettings, Slack),
        "mail": Channel(MailSettings, Mail),
        "file": Channel(FileSettings, File),
    }
)


def known_notifiers() -> Mapping[str, Channel]:
    """The built-in channels and those of other packages. Raises `ConfigError` naming the package's entry."""
    channels = dict(NOTIFIERS)
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        if entry.name in channels:
            raise ConfigError(
                f'the channel "{entry.name}" of {entry.value} has the same name as another one; rename it'
            )
        channels[entry.name] = _load(entry)
    return channels


def open_notifier(kind: str, settings: ChannelSettings, environ: Mapping[str, str]) -> Notifier:
    """The channel of a kind, ready to use. Raises `ConfigError` where its secret is missing."""
    return known_notifiers()[kind].open(settings, environ)


def _load(entry: EntryPoint) -> Channel:
    try:
        channel = entry.load()
    except Exception as error:
        why = type(error).__name__
        raise ConfigError(f'the channel "{entry.name}" of {entry.value} cannot be loaded ({why}: {error})') from error
    if not isinstance(channel, Channel):
        raise ConfigError(f'the channel "{entry.name}" of {entry.value} is not a sync.notifiers.base.Channel')
    return channel
