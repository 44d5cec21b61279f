"""From calendars and closed sprints to what a team can take on."""
