"""What is read from absence files: the absences of each person, and what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from rules.model import Absence
from rules.wording import agreeing, many
from sync.absences.names import People
from sync.absences.options import AbsenceOptions
from sync.absences.titles import Titles


class Reason(StrEnum):
    """Why something in a file was left out; the values are part of the JSON outputs."""

    UNKNOWN_NAME = "unknown-name"
    NO_WORD = "no-absence-word"
    UNCLEAR = "unclear-person"
    INVITED = "only-invited"
    NO_PERSON = "no-known-person"
    FREE = "marked-free"
    SHORT = "too-short"
    CANCELLED = "cancelled"
    DECLINED = "declined"


MEANT = frozenset({Reason.FREE, Reason.SHORT, Reason.CANCELLED, Reason.DECLINED})
"""Reasons that the file itself gives, so that there is nothing to correct."""

_SENTENCES: Mapping[Reason, tuple[str, str, str]] = {
    Reason.NO_WORD: (
        "event names a person but has no word for being away",
        "events name a person but have no word for being away",
        "For an absence, correct the title or add its word to [capacity.absence_words].",
    ),
    Reason.UNCLEAR: (
        "event has a word for being away and a name, but does not say clearly who is away",
        "events have a word for being away and a name, but do not say clearly who is away",
        'For an absence, write a title such as "NAME - vacation".',
    ),
    Reason.INVITED: (
        "event with invited people looks like an absence, but its title says more than that",
        "events with invited people look like absences, but their titles say more than that",
        "For an absence, put the person's name into the title.",
    ),
    Reason.NO_PERSON: (
        "absence is of no person in [[teams]] people",
        "absences are of no person in [[teams]] people",
        "Check the names, unless these are people of other teams.",
    ),
    Reason.FREE: ("absence with times is marked as free", "absences with times are marked as free", ""),
    Reason.SHORT: (
        "absence is too short for half a working day",
        "absences are too short for half a working day",
        "",
    ),
    Reason.CANCELLED: ("absence is cancelled", "absences are cancelled", ""),
    Reason.DECLINED: ("absence was declined by everybody invited", "absences were declined by everybody invited", ""),
}


_SHORT: Mapping[Reason, str] = {
    Reason.UNKNOWN_NAME: "a name that is not in [[teams]] people",
    Reason.NO_WORD: "no word for being away",
    Reason.UNCLEAR: "not clear who is away",
    Reason.INVITED: "the title says more than being away",
    Reason.NO_PERSON: "nobody in [[teams]] people",
    Reason.FREE: "marked as free",
    Reason.SHORT: "too short for half a day",
    Reason.CANCELLED: "cancelled",
    Reason.DECLINED: "declined by everybody",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What a file has and no person's absences contain: how many entries, and why. Titles are never kept.

    `names` are the unknown names of a list; `guess` is the known name that is nearest to a single unknown one.
    """

    file: str
    reason: Reason
    count: int
    names: tuple[str, ...] = ()
    guess: str = ""

    @property
    def is_meant(self) -> bool:
        """Whether the file itself says that it is not an absence, so that there is nothing to correct."""
        return self.reason in MEANT

    @property
    def fact(self) -> str:
        """What is left out, in one sentence without its full stop."""
        if self.reason is not Reason.UNKNOWN_NAME:
            one, several, _ = _SENTENCES[self.reason]
            return f"{self.file}: {self.count} {one if self.count == 1 else several}"
        rows = f"{many(self.count, 'absence')} {agreeing(self.count, 'has', 'have')}"
        names = ", ".join(f'"{name}"' for name in self.names)
        kind = "a name" if len(self.names) == 1 else "names"
        return f"{self.file}: {rows} {kind} not in [[teams]] people: {names}"

    @property
    def todo(self) -> str:
        """What to do about it, "" for nothing."""
        if self.reason is not Reason.UNKNOWN_NAME:
            return _SENTENCES[self.reason][2]
        return f'Did you mean "{self.guess}"?' if self.guess else "Check the names, unless these are other people."

    @property
    def text(self) -> str:
        """The fact and what to do."""
        return f"{self.fact}. {self.todo}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event of a calendar, or one row of a list: its days, who is away, and why it does not count.

    `days` are the working days that each person is absent by it alone. Without people and `reason` it is an event that
    is not about an absence. `line` is the line of a list, 0 in calendars. Titles are never kept; `written` is the name
    that a list has.
    """

    file: str
    first: date
    last: date
    days: Mapping[str, float] = field(default_factory=dict)
    reason: Reason | None = None
    line: int = 0
    written: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is in somebody's days."""
        return self.reason is None and any(self.days.values())

    @property
    def why(self) -> str:
        """Why it counts or not, in a few words."""
        if self.reason is not None:
            return _SHORT[self.reason]
        if not self.days:
            return "not about an absence"
        return "counted" if self.counts else "no working day"


@dataclass(frozen=True, slots=True)
class Absences:
    """The absences of each person by name, what was left out, by file, and every entry of the files."""

    by_name: Mapping[str, tuple[Absence, ...]]
    left_out: tuple[LeftOut, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The text of one file, and what is needed to read it."""

    path: Path
    text: str
    people: People
    titles: Titles
    today: date
    zone: ZoneInfo
    options: AbsenceOptions
