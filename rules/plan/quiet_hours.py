"""The hours in which nobody is disturbed: nothing is written to a tracker, and no message is sent."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietTime:
    """A span of the local day; past midnight where it ends before it begins. The begin is quiet, the end is not."""

    begin: time
    end: time
    zone: tzinfo = UTC

    def until(self, now: datetime) -> datetime | None:
        """When the quiet that holds at this moment is over, in the zone; `None` where it is not quiet.

        On the day clocks change the local time of day counts, as people read it.
        """
        local = now.astimezone(self.zone)
        clock = local.time()
        begun, over = clock >= self.begin, clock >= self.end
        if (begun and not over) if self.begin < self.end else (begun or not over):
            day = local.date() + timedelta(days=over)
            return datetime.combine(day, self.end, self.zone)
        return None
