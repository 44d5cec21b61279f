"""What the past changes of issues show: one thought a file, each worked out from `Snapshot.edits`."""
