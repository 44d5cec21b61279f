"""Where messages go, one channel a file.

A new channel is a file with its settings and one verb, and a line in the table; one that lives in another package is a
`Channel` named under the entry-point group `readyline.notifiers`.
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
    found = dict(NOTIFIERS)
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        if entry.name in found:
            raise ConfigError(f'the channel "{entry.name}" of {entry.value} has the name of another; rename it')
        found[entry.name] = _load(entry)
    return found


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
        raise ConfigError(f'the channel "{entry.name}" of {entry.value} is no sync.notifiers.base.Channel')
    return channel
