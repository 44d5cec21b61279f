"""Channels for messages, one a file.

A new channel is a file with its settings and a class with `send`, and a line in the table. A channel of another package
is a `Channel` under the entry-point group `readyline.notifiers`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from sync.notifiers.apprise import Apprise, AppriseSettings
from sync.notifiers.base import Channel, ChannelSettings, HasRecipients, Notifier
from sync.notifiers.file import File, FileSettings
from sync.notifiers.mail import Mail, MailSettings
from sync.notifiers.slack import Slack, SlackSettings
from sync.notifiers.teams import Teams, TeamsSettings
from sync.notifiers.webhook import Webhook, WebhookSettings
from sync.plugins import with_installed

__all__ = [
    "GROUP",
    "NOTIFIERS",
    "Channel",
    "ChannelSettings",
    "HasRecipients",
    "Notifier",
    "known_notifiers",
    "open_notifier",
]

GROUP = "readyline.notifiers"

NOTIFIERS: Mapping[str, Channel] = MappingProxyType(
    {
        "webhook": Channel(WebhookSettings, Webhook),
        "slack": Channel(SlackSettings, Slack),
        "teams": Channel(TeamsSettings, Teams),
        "mail": Channel(MailSettings, Mail),
        "file": Channel(FileSettings, File),
        "apprise": Channel(AppriseSettings, Apprise),
    }
)


def known_notifiers() -> Mapping[str, Channel]:
    """The built-in channels and those of other packages. Raises `ConfigError` naming the package's entry."""
    return with_installed(NOTIFIERS, GROUP, "channel", Channel)


def open_notifier(kind: str, settings: ChannelSettings, environ: Mapping[str, str]) -> Notifier:
    """The channel of a kind, ready to use. Raises `ConfigError` where its secret is missing."""
    return known_notifiers()[kind].open(settings, environ)
