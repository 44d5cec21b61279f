"""One check and what it says, and all of them together."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sync.errors import BadQuery, ConfigError, LoggedOut, NotFound, TrackerError, Unreachable

NOT_ASKED = "not asked, because the site gave no answer before"
WRONG = ConfigError.exit_code
AWAY = TrackerError.exit_code
_MISNAMED = (BadQuery, NotFound)  # the configuration names something that is not there


class State(StrEnum):
    """How it stands."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    UNKNOWN = "unknown"


class NotAsked(TrackerError):
    """Nothing was asked, because an earlier question had no answer."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked, how it stands, and what to do about it and who can.

    `code` is what a failed check makes of the program's exit code: 2 where the configuration names something that does
    not exist, 4 where the tracker cannot be reached or refuses.
    """

    name: str
    state: State
    sentence: str
    todo: str = ""
    code: int = 0


@dataclass(frozen=True, slots=True)
class Examination:
    """All checks, in the order they are to be told."""

    checks: tuple[Check, ...]

    @property
    def exit_code(self) -> int:
        """0 where nothing failed; a tracker that cannot be used comes before a wrong name."""
        return max((check.code for check in self.checks if check.state is State.FAILED), default=0)

    def count(self, state: State) -> int:
        """How many checks stand like this."""
        return sum(check.state is state for check in self.checks)


def fine(name: str, sentence: str, todo: str = "") -> Check:
    """A check that found all well; `todo` is what to know before something else is switched on."""
    return Check(name, State.OK, sentence, todo)


def warning(name: str, sentence: str, todo: str = "") -> Check:
    """A check that found something to look at soon."""
    return Check(name, State.WARNING, sentence, todo)


def unanswered(name: str, error: TrackerError, todo: str = "") -> Check:
    """The check whose question was answered by an error; `todo` is for something misnamed, else the error says it."""
    if isinstance(error, NotAsked):
        return unasked(name)
    if isinstance(error, _MISNAMED):
        return Check(name, State.FAILED, str(error), todo, WRONG)
    return Check(name, State.FAILED, str(error), "", AWAY)


def unasked(name: str) -> Check:
    """A check that an earlier answer made pointless."""
    return Check(name, State.UNKNOWN, NOT_ASKED)


def ends_all(error: TrackerError) -> bool:
    """Whether it makes no sense to ask anything else after this error."""
    return isinstance(error, Unreachable | LoggedOut)


def listed(words: Iterable[str]) -> str:
    """Join words as people do: a, a and b, a, b and c."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last
