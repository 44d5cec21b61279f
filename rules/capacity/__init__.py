"""A team's capacity in its next sprint, from calendars and closed sprints (docs/capacity.md)."""

from rules.capacity.compute import capacities
from rules.capacity.days import with_absence, with_absences, with_person
from rules.capacity.options import CapacityOptions

__all__ = ["CapacityOptions", "capacities", "with_absence", "with_absences", "with_person"]
