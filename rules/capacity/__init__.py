"""From calendars and closed sprints to what a team can take on."""

from rules.capacity.compute import capacities
from rules.capacity.days import with_absence, with_absences
from rules.capacity.options import CapacityOptions

__all__ = ["CapacityOptions", "capacities", "with_absence", "with_absences"]
