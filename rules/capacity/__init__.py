"""A team's capacity in its next sprint, from calendars and closed sprints (docs/capacity.md)."""
