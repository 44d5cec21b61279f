"""What our one comment on an issue says, free of any markup; trackers render it in their own dialect.

Texts taken from the issue appear in a note only as plain strings; a renderer must keep them inert.
"""

import hashlib
from dataclasses import dataclass, replace

from rules.commands import WAIVE
from rules.rule import Finding, Severity
from rules.verdict import Verdict

MOST_FIXES = 5  # a longer list is not read
MORE = "More comes once these are settled."


@dataclass(frozen=True, slots=True)
class Fix:
    """One line of the checklist: what is missing, the smallest fix, and whether ready hangs on it.

    `name` is the word by which a command speaks of it, "" where nobody may command.
    """

    message: str
    hint: str
    must: bool
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentBody:
    """Two lines, a short checklist, what passed (folded), how to waive.

    `headline` says the verdict, `summary` the smallest next step, which the checklist does not repeat. A healed note
    has no fixes: one line. `answers` are what was said to commands on this issue.
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

        What passed, the names and the footer do not count: every edit may send mail, so only a new finding is worth
        one.
        """
        fixes = (repr((fix.message, fix.hint, fix.must)) for fix in self.fixes)
        parts = (self.headline, self.summary, *fixes, *self.answers)
        return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def comment_for(
    verdict: Verdict, *, hands_off: str, commands: bool = False, answers: tuple[str, ...] = ()
) -> CommentBody:
    """Say why an issue is not ready, the smallest fix first.

    `hands_off` is the label that stops us, `commands` whether anybody may command in comments.
    """
    findings = [f for f in verdict.open_findings if f.severity in (Severity.MUST, Severity.SHOULD)]
    first, *rest = (_fix(finding, named=commands) for finding in findings)
    blocking = len(verdict.blocking)
    things = "one thing is" if blocking == 1 else f"{blocking} things are"
    return CommentBody(
        headline=f"Not ready yet: {things} missing.",
        summary=f"Smallest step: {first.hint}",
        fixes=_short((replace(first, hint=""), *rest)),
        passed=tuple(map(_plain_name, verdict.passed)),
        footer=_footer(hands_off, commands=commands),
        answers=answers,
    )


def resolved_comment(verdict: Verdict, answers: tuple[str, ...] = ()) -> CommentBody:
    """Say in one line that nothing is missing, and what will be asked for only when the sprint is nearer."""
    if verdict.ready:
        return CommentBody(headline="Ready to be planned: nothing that it must have is missing.", answers=answers)
    if verdict.missing:
        accepted = ", ".join(_plain_name(finding.rule) for finding in verdict.missing)
        return CommentBody(headline=f"Not ready, and accepted as it is: {accepted}.", answers=answers)
    later = ", ".join(_plain_name(due.rule) for due in verdict.due)
    return CommentBody(
        headline=f"Fine for now; once its sprint is nearer, this is asked for too: {later}.", answers=answers
    )


def _fix(finding: Finding, *, named: bool) -> Fix:
    name = finding.rule.removeprefix("ready.") if named else ""
    return Fix(finding.message, finding.hint, finding.severity is Severity.MUST, name)


def _short(fixes: tuple[Fix, ...]) -> tuple[Fix, ...]:
    """The first fixes, and a word about the others where there are more: without their number, which may change."""
    return fixes if len(fixes) <= MOST_FIXES else (*fixes[:MOST_FIXES], Fix(MORE, "", must=False))


def _footer(hands_off: str, *, commands: bool) -> str:
    waive = f"To accept a point for a time, comment: {WAIVE} (RULE is the word in brackets). " if commands else ""
    return f"This comment changes when the issue does. {waive}To be left alone here, add the label {hands_off}."


def _plain_name(path: str) -> str:
    return path.removeprefix("ready.").replace("_", " ")
