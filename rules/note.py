"""What our one comment on an issue says, free of any markup; trackers render it in their own dialect.

Texts taken from the issue appear in a note only as plain strings; a renderer must keep them inert.
"""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fix:
    """One line of the checklist: what is missing, the smallest fix, and whether ready hangs on it."""

    message: str
    hint: str
    must: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Two lines, a short checklist, what passed (folded), how to waive.

    `headline` says the verdict, `summary` the smallest next step. A healed note has no fixes: one line.
    """

    headline: str
    summary: str = ""
    fixes: tuple[Fix, ...] = ()
    passed: tuple[str, ...] = ()
    footer: str = ""

    @property
    def digest(self) -> str:
        """A short name for what is said; equal notes have equal digests."""
        parts = (self.headline, self.summary, *(repr(fix) for fix in self.fixes), *self.passed, self.footer)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
