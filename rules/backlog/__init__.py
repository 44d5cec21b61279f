"""The derived facts of a backlog, each worked out once."""
