"""The planners, one file each (docs/planning.md)."""
