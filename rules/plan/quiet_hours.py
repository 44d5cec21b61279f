"""Quiet hours: nothing is written to a tracker, and no message is sent."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietTime:
    """A part of the local day, over midnight where it ends before it begins; `begin` is included, `end` is not."""

    begin: time
    end: time
    zone: tzinfo = UTC

    def until(self, now: datetime) -> datetime | None:
        """When the quiet hours around `now` end, in the zone; `None` outside them.

        On the day of a change to summer time, the local time of day counts.
        """
        local = now.astimezone(self.zone)
        clock = local.time()
        begun, over = clock >= self.begin, clock >= self.end
        if (begun and not over) if self.begin < self.end else (begun or not over):
            day = local.date() + timedelta(days=over)
            return datetime.combine(day, self.end, self.zone)
        return None
