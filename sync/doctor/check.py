"""One check, and the result of all checks."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sync.errors import BadQuery, ConfigError, LoggedOut, NotFound, TrackerError, Unreachable

NOT_ASKED = "not checked, because the site did not answer before"
WRONG = ConfigError.exit_code
AWAY = TrackerError.exit_code
PARTLY = 5
"""As of `run`, which leaves out the team of a wrong board and goes on."""
_PRECEDENCE = (AWAY, WRONG, PARTLY)
_MISNAMED = (BadQuery, NotFound)  # the configuration names something that does not exist


class State(StrEnum):
    """The state of a check."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    UNKNOWN = "unknown"


class NotAsked(TrackerError):
    """Not asked, because an earlier question had no answer."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name and state, what was found, what to do and who can.

    `code` is the exit code of a failed check, the one that `run` ends with for the same reason: 4 where the tracker is
    unreachable, refuses or does not know what the configuration names, 5 where that stops one team only, and 2 for what
    is wrong without a tracker.
    """

    name: str
    state: State
    sentence: str
    todo: str = ""
    code: int = 0


@dataclass(frozen=True, slots=True)
class Examination:
    """All checks, in the order of the output, and the account and name that the token belongs to, "" if unknown."""

    checks: tuple[Check, ...]
    account: str = ""
    name: str = ""

    @property
    def exit_code(self) -> int:
        """0 without failures; a tracker that cannot be used (4) comes first, what stops one team only (5) last."""
        codes = {check.code for check in self.checks if check.state is State.FAILED}
        return next((code for code in _PRECEDENCE if code in codes), 0)

    def count(self, state: State) -> int:
        """How many checks have this state."""
        return sum(check.state is state for check in self.checks)


def fine(name: str, sentence: str, todo: str = "") -> Check:
    """A passed check; `todo` is what to do before another feature is switched on."""
    return Check(name, State.OK, sentence, todo)


def warning(name: str, sentence: str, todo: str = "") -> Check:
    """A check with something to look at soon."""
    return Check(name, State.WARNING, sentence, todo)


def unanswered(name: str, error: TrackerError, todo: str = "") -> Check:
    """A check whose question failed; `todo` is used for a wrong name, other errors say what to do themselves."""
    if isinstance(error, NotAsked):
        return unasked(name)
    return Check(name, State.FAILED, str(error), todo if isinstance(error, _MISNAMED) else "", AWAY)


def unasked(name: str) -> Check:
    """A check that an earlier answer made impossible."""
    return Check(name, State.UNKNOWN, NOT_ASKED)


def ends_all(error: TrackerError) -> bool:
    """Whether nothing else can be asked after this error."""
    return isinstance(error, Unreachable | LoggedOut)


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence: "a", "a and b", "a, b and c"."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last
