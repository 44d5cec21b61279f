"""The plan of changes: how it is computed from verdicts and the proposal, limited, and undone."""
