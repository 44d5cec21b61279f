"""One day of one person: what of it is left for the work of the team, and what takes the rest (docs/capacity.md)."""

from dataclasses import dataclass
from datetime import date

from rules.model import Person, Team
from rules.workdays import Holidays, is_free

MENTORED = 0.5
"""Up to this part of the usual work, somebody new has the help of the mentor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayParts:
    """One day in person-days, by the share: `gross` - `holiday` - `away` - `ramp_up` - `mentoring` = `net`.

    All are 0 on a day that the person does not work. `ramp_up` is what somebody new does not do yet, or somebody who
    leaves does no more; `mentoring` is what helping others takes. Both count on the present part of the day only.
    """

    gross: float = 0.0
    holiday: float = 0.0
    away: float = 0.0
    ramp_up: float = 0.0
    mentoring: float = 0.0

    @property
    def net(self) -> float:
        """What is left of the day."""
        return max(0.0, round(self.gross - self.holiday - self.away - self.ramp_up - self.mentoring, 6))


NOTHING = DayParts()


def parts_of_day(person: Person, team: Team, day: date, changes: Holidays) -> DayParts:
    """What a day of a person consists of; holidays follow the person's country and region."""
    if not person.works_on(day):
        return NOTHING
    if is_free(person, team, day, changes):
        return DayParts(gross=person.share, holiday=person.share)
    away = away_on(person, day)
    here = person.share * (1 - away)
    work = here * person.strength_on(day)
    return DayParts(
        gross=person.share,
        away=person.share * away,
        ramp_up=here - work,
        mentoring=work * min(1.0, _mentoring(person, team, day, changes)),
    )


def away_on(person: Person, day: date) -> float:
    """Absent part of a day, 0 to 1. Of overlapping absences the longest counts; they do not add up."""
    return max((a.fraction for a in person.absences if a.first <= day <= a.last), default=0.0)


def _mentoring(mentor: Person, team: Team, day: date, changes: Holidays) -> float:
    """The part of the mentor's day that new people take who are here on that day."""
    return sum(
        new.mentoring * (1 - away_on(new, day))
        for new in [one for one in team.people if one.mentor == mentor.name]
        if new.ramp_on(day) <= MENTORED and new.works_on(day) and not is_free(new, team, day, changes)
    )
