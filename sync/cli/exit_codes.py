"""What the exit code of a command means, where its error does not say it (`sync.errors`)."""

FINDINGS = 1
"""A finding has at least the severity of --fail-on, or more verdicts change than --max-flips allows."""
REFUSED = 3
"""The plan is beyond a limit."""
PARTLY_FAILED = 5
"""Some changes failed, or a team was left out."""
FAULT = 70
"""An internal error; EX_SOFTWARE of sysexits.h."""
