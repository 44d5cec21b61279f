"""From verdicts and the proposal to a plan of changes: what it holds, how it is limited, how it is undone."""
