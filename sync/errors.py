"""The errors of `sync`. Each carries one sentence that names the thing, the value and what to do.

    ReadylineError                exit code
    ├── ConfigError               2   a setting is missing, misspelt or wrong
    ├── UsageError                2   a command got an argument that does not exist
    ├── DigestMismatch            3   the plan is not the one that was reviewed
    ├── TrackerError              4   the tracker refused, or its answer was not understood
    │   ├── Unreachable           4   no answer, or the site is down for too long
    │   ├── LoggedOut             4   the token is wrong or expired, or the site asks for a log-in
    │   ├── NotJson               4   the site's answer is not JSON, or only a part of it
    │   │   ├── WebPage           4   a web page, probably to log in: a `LoggedOut`, too
    │   │   └── CutAnswer         4   JSON that ends too early, every time: an `Unreachable`, too
    │   ├── NotFound              4   a board, sprint, field or issue does not exist or is hidden
    │   ├── Forbidden             4   the account lacks a permission
    │   ├── BadQuery              4   the tracker does not understand the query
    │   ├── Rejected              4   the tracker refused one request as wrong
    │   ├── Uncertain             4   whether a request that creates something succeeded is unknown
    │   └── Conflict              4   somebody else wrote at the same moment
    ├── StoreError                2   the local store cannot be read or written
    │   └── DamagedStore          2   its file is not a database, cut, or of a newer version
    ├── NotifyError               1   a channel did not accept a message; logged, never ends a run
    │   └── PartlySent            1   a channel reached some recipients only; logged, and sent again to the others
    ├── PageError                 1   the page in Confluence was not written; logged, never ends a run
    ├── Stopped                   5   the run was asked to stop before it had done everything
    ├── Locked                    6   another run holds the lock
    └── QueueLost                 7   the worker of a cluster ended by itself

`rules.plan.guard.UnsafePlan` (exit code 3) is the core's own.
"""

from collections.abc import Mapping
from types import MappingProxyType


class ReadylineError(Exception):
    """Every expected failure; `str(error)` is the sentence that is shown."""

    exit_code = 1


class ConfigError(ReadylineError):
    """A setting is missing, misspelt or wrong; `faults` holds one sentence per fault."""

    exit_code = 2

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class UsageError(ReadylineError):
    """A command got an argument that does not exist."""

    exit_code = 2


class DigestMismatch(ReadylineError):
    """The plan is not the one that was reviewed."""

    exit_code = 3


class TrackerError(ReadylineError):
    """The tracker refused, or its answer was not understood; `status` is the HTTP status of that answer, if any."""

    exit_code = 4
    status: int | None = None


class Unreachable(TrackerError):
    """No answer, or the site was down for longer than a run may wait."""


class LoggedOut(TrackerError):
    """The token is wrong or expired, or the site asks for a log-in. The run stops at once."""


class NotJson(TrackerError):
    """The site's answer is not JSON, or only a part of it; often a proxy in front of the site, and soon over."""


class WebPage(NotJson, LoggedOut):
    """A web page instead of data, probably to log in. The run stops at once."""


class CutAnswer(NotJson, Unreachable):
    """Every answer to a request ended too early."""


class NotFound(TrackerError):
    """A board, sprint, field or issue does not exist, or this account may not see it."""


class Forbidden(TrackerError):
    """The account lacks a permission."""


class BadQuery(TrackerError):
    """The tracker does not understand the query."""


class Rejected(TrackerError):
    """The tracker refused one request as wrong: a field that is not on the screen, a text that is too long.

    `status` is that of the answer (HTTP), `reason` the tracker's own words; 0 and "" where they are unknown.
    """

    def __init__(self, message: str, *, status: int = 0, reason: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason


class Uncertain(TrackerError):
    """The answer to a request that creates something was lost; read the site before sending it again."""


class Conflict(TrackerError):
    """Somebody else wrote the same thing at the same moment."""


class StoreError(ReadylineError):
    """The local store cannot be read or written; nothing is sent to a tracker without it."""

    exit_code = 2


class DamagedStore(StoreError):
    """A file of the store is not a database, is cut, or has a newer version. It is left as it is."""


class NotifyError(ReadylineError):
    """A channel did not accept a message. The run goes on: the report says the same."""


class PartlySent(NotifyError):
    """A channel reached some recipients only, who must not get the message twice.

    `refused` has each address that did not get it, with the reason; it is sent to these again.
    """

    def __init__(self, message: str, refused: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(message)
        self.refused = refused


class PageError(ReadylineError):
    """The page in Confluence was not written. The run goes on, and the next one tries again."""


class Stopped(ReadylineError):
    """The run was asked to stop before it had done everything; the next run goes on."""

    exit_code = 5


class Locked(ReadylineError):
    """Another run holds the lock."""

    exit_code = 6


class QueueLost(ReadylineError):
    """The worker of a cluster ended without being asked to; its supervisor starts it again."""

    exit_code = 7


CUTS = (LoggedOut, NotJson, Unreachable, Stopped)
"""What cuts a run short: everything after it would fail as well, or is not wanted."""


def is_refused_login(error: BaseException) -> bool:
    """Whether the site itself refused the log-in; a web page may come from a proxy, and be gone at the next try."""
    return isinstance(error, LoggedOut) and not isinstance(error, NotJson)
