"""DEEP: detailed appropriately, estimated, emergent, prioritised; one measure a file, put together in `score`."""
