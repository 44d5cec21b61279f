"""DEEP: detailed appropriately, estimated, emergent, prioritised; one letter a file."""
