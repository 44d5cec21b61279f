"""The invented shop's texts: one file a team's backlog, one for what was finished, one for what is hostile."""
