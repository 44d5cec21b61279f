"""What the past teaches a team, one thought a file: figures of teams, never of persons, and no ranking of teams."""
