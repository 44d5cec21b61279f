"""The text of our one comment on an issue, free of any markup; trackers render it in their own dialect.

Texts taken from the issue are plain strings here; a writer must keep them inert.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote

from rules.causes import Cause, causes_of, firsts
from rules.commands.grammar import COMMAND, WAIVE
from rules.rule import Finding, Severity
from rules.translations import TRANSLATIONS
from rules.verdict import Verdict
from rules.wording import ENGLISH, Wording, sentences, translated, worded

MOST_FIXES = 5  # nobody reads a longer list
MOST_REASONS = 3
MORE = "More findings follow once these are fixed."


@dataclass(frozen=True, slots=True)
class Fix:
    """One line of the checklist: what is missing, the smallest fix, and whether it must be fixed before ready.

    `name` is the rule's name for commands, "" where commands are off. `link` is the address of the rule's page, made
    from the configuration only, "" for none.
    """

    message: str
    hint: str
    must: bool
    name: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentBody:
    """Two lines, a short checklist, the passed checks (folded), and how to accept a finding or opt out.

    `headline` is the verdict with its reasons, `summary` the smallest fix, which the checklist does not repeat. The
    comment of an issue without findings has one line and no fixes. `answers` are our answers to commands on this issue.
    `language` is the code of its language. A translated comment has the digest of the English one, `english_digest`.
    """

    headline: str
    summary: str = ""
    fixes: tuple[Fix, ...] = ()
    passed: tuple[str, ...] = ()
    footer: str = ""
    answers: tuple[str, ...] = ()
    language: str = ENGLISH.code
    english_digest: str = ""

    @property
    def digest(self) -> str:
        """A short name for the content.

        Passed checks, names, links, the footer and the language do not count: an edit may send mail, and only a new
        finding is worth one.
        """
        if self.english_digest:
            return self.english_digest
        fixes = (repr((fix.message, fix.hint, fix.must)) for fix in self.fixes)
        parts = (self.headline, self.summary, *fixes, *self.answers)
        return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def comment_for(
    verdict: Verdict, *, hands_off: str, commands: bool = False, docs: str = "", answers: tuple[str, ...] = ()
) -> CommentBody:
    """The comment of an issue that is not ready, the smallest fix first.

    `hands_off` is the opt-out label, `commands` whether anybody may command in comments, `docs` the address of the
    folder with the rules' pages, "" for no links.
    """
    findings = [f for f in verdict.open_findings if f.severity in (Severity.MUST, Severity.SHOULD)]
    first, *rest = (_fix(cause, named=commands, docs=docs) for cause in causes_of(findings))
    return CommentBody(
        headline=Wording("Not ready: {reasons}.", reasons=_listed(verdict.blocking)),
        summary=Wording("Smallest fix: {hint}", hint=worded(first.hint)),
        fixes=_short((replace(first, hint=""), *rest)),
        passed=verdict.checked,
        footer=_footer(hands_off, commands=commands),
        answers=answers,
    )


def resolved_comment(verdict: Verdict, answers: tuple[str, ...] = ()) -> CommentBody:
    """The one line for an issue without blocking findings: ready, accepted as it is, or not due yet."""
    if verdict.ready:
        return CommentBody(headline="Ready: everything required is there.", answers=answers)
    if verdict.missing:
        accepted = Wording("Not ready, but accepted: {reasons}.", reasons=_listed(verdict.missing))
        return CommentBody(headline=accepted, answers=answers)
    later = _listed(due.finding for due in verdict.due)
    headline = Wording("Nothing to fix yet. To fix before its sprint: {reasons}.", reasons=later)
    return CommentBody(headline=headline, answers=answers)


def released_comment(answers: tuple[str, ...] = ()) -> CommentBody:
    """The comment of an issue that the Product Owner released; the answers say why."""
    return CommentBody(headline="Released by the Product Owner: nothing needs to be prepared here.", answers=answers)


def in_language(note: CommentBody, language: str) -> CommentBody:
    """The comment in the language with this code, without the templates and values it was made from."""
    to = TRANSLATIONS[language]
    return CommentBody(
        headline=translated(note.headline, to),
        summary=translated(note.summary, to),
        fixes=tuple(
            replace(fix, message=translated(fix.message, to), hint=translated(fix.hint, to)) for fix in note.fixes
        ),
        passed=tuple(translated(check, to) for check in note.passed),
        footer=translated(note.footer, to),
        answers=tuple(translated(answer, to) for answer in note.answers),
        language=language,
        english_digest="" if to is ENGLISH else note.digest,
    )


def passed_title(note: CommentBody) -> str:
    """The title of the list of passed checks, in the comment's language: their number."""
    return translated(Wording("{count:check|checks} passed", count=len(note.passed)), TRANSLATIONS[note.language])


def more_line(note: CommentBody, left_out: int) -> str:
    """The line for fixes that do not fit into the comment, in its language, "" where all do."""
    return translated(Wording("… and {count} more.", count=left_out), TRANSLATIONS[note.language]) if left_out else ""


def link_text(note: CommentBody) -> str:
    """The text of the links to the pages of rules, in the comment's language."""
    return translated("Details", TRANSLATIONS[note.language])


def _listed(findings: Iterable[Finding]) -> tuple[Wording, ...]:
    phrases = tuple(dict.fromkeys(worded(finding.phrase) for finding in firsts(findings)))
    left_out = len(phrases) - MOST_REASONS
    more = (Wording("{count} more", count=left_out),) if left_out > 0 else ()
    return (*phrases[:MOST_REASONS], *more)


def _fix(cause: Cause, *, named: bool, docs: str) -> Fix:
    finding, name = cause.finding, _name(cause.finding)
    link = f"{docs.rstrip('/')}/{quote(name, safe='')}.md" if docs else ""
    message = sentences(finding.message, _same_cause(cause.parts, named=named)) if cause.parts else finding.message
    return Fix(message, finding.hint, finding.severity is Severity.MUST, name if named else "", link)


def _same_cause(parts: Iterable[Finding], *, named: bool) -> Wording:
    template = "{phrase} ({rule})" if named else "{phrase}"
    phrases = tuple(Wording(template, phrase=worded(part.phrase), rule=_name(part)) for part in parts)
    return Wording("Same cause: {findings}.", findings=phrases)


def _name(finding: Finding) -> str:
    return finding.rule.removeprefix("ready.")


def _short(fixes: tuple[Fix, ...]) -> tuple[Fix, ...]:
    """The first fixes, and one line about the others: without their number, which may change."""
    return fixes if len(fixes) <= MOST_FIXES else (*fixes[:MOST_FIXES], Fix(MORE, "", must=False))


def _footer(hands_off: str, *, commands: bool) -> str:
    template = "To accept a finding for some time, comment: {how} (RULE is the name in brackets)."
    waive = Wording(template, how=WAIVE) if commands else ""
    if commands:
        how = f"{COMMAND} hands-off"
        opt_out = Wording("To opt out, comment {how} or add the label {label}.", how=how, label=hands_off)
    else:
        opt_out = Wording("To opt out, add the label {label}.", label=hands_off)
    return sentences("readyline updates this comment.", waive, opt_out)
