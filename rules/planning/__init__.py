"""Planning: a proposal of ready issues for each team's next sprint, with reasons (docs/planning.md)."""
