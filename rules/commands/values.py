"""The commands that a comment can hold, each with the comment."""

from dataclasses import dataclass

from rules.model import Comment
from rules.release import Stay
from rules.verdict import Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """Evaluate the issue again, and answer."""

    comment: Comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """A team accepts the proposed sprint; with `team`, this team takes the issue."""

    comment: Comment
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A team does not take the issue into its next sprint; `team` is "" for the one that it is proposed for."""

    comment: Comment
    reason: str
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """A team takes an issue that several teams or none recognise."""

    comment: Comment
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waive:
    """A person accepts a finding until a date."""

    comment: Comment
    waiver: Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """A person wants nothing to be written to the issue any more (`off`), or again everything."""

    comment: Comment
    off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepOrRelease:
    """The Product Owner keeps or releases an old issue."""

    comment: Comment
    stay: Stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The Product Owner acknowledges that the issue was added to a running sprint, or removed from it."""

    comment: Comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A team promises to finish the issue in the sprint with this name."""

    comment: Comment
    sprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A word that is not a command."""

    comment: Comment
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A command that is refused; `why` goes on after the author's name."""

    comment: Comment
    why: str


Command = Recheck | Accept | Reject | Give | Waive | Hands | KeepOrRelease | Scope | Pledge | Unknown | Refusal
