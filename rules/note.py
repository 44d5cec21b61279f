"""What our one comment on an issue says, free of any markup; trackers render it in their own dialect.

Texts taken from the issue appear in a note only as plain strings; a renderer must keep them inert.
"""

import hashlib
from dataclasses import dataclass

from rules.rule import Severity
from rules.verdict import Verdict

MOST_FIXES = 5  # a longer list is not read


@dataclass(frozen=True, slots=True)
class Fix:
    """One line of the checklist: what is missing, the smallest fix, and whether ready hangs on it."""

    message: str
    hint: str
    must: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Two lines, a short checklist, what passed (folded), how to waive.

    `headline` says the verdict, `summary` the smallest next step. A healed note has no fixes: one line. `answers` are
    what was said to commands on this issue.
    """

    headline: str
    summary: str = ""
    fixes: tuple[Fix, ...] = ()
    passed: tuple[str, ...] = ()
    footer: str = ""
    answers: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """A short name for what is said.

        What passed and the footer do not count: every edit may send mail, so only a new finding is worth one.
        """
        parts = (self.headline, self.summary, *(repr(fix) for fix in self.fixes), *self.answers)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def note_for(verdict: Verdict, *, hands_off: str, answers: tuple[str, ...] = ()) -> Note:
    """Say why an issue is not ready, the smallest fix first; `hands_off` is the label that stops us."""
    findings = [f for f in verdict.open_findings if f.severity in (Severity.MUST, Severity.SHOULD)]
    fixes = tuple(Fix(f.message, f.hint, f.severity is Severity.MUST) for f in findings)
    blocking = len(verdict.blocking)
    things = "one thing is" if blocking == 1 else f"{blocking} things are"
    return Note(
        headline=f"Not ready yet: {things} missing.",
        summary=f"Smallest step: {fixes[0].hint}",
        fixes=fixes[:MOST_FIXES],
        passed=tuple(path.removeprefix("ready.").replace("_", " ") for path in verdict.passed),
        footer=f"This comment changes when the issue does. To be left alone here, add the label {hands_off}.",
        answers=answers,
    )


def healed_note(verdict: Verdict, answers: tuple[str, ...] = ()) -> Note:
    """Say in one line that nothing is missing, and what will be asked for only when the sprint is nearer."""
    if verdict.ready:
        return Note(headline="Ready: nothing that keeps it from being planned is missing.", answers=answers)
    later = ", ".join(path.removeprefix("ready.").replace("_", " ") for path in verdict.awaited)
    return Note(
        headline=f"Nothing is missing for now; when its sprint is nearer, this will be: {later}.", answers=answers
    )
