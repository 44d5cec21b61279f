"""Names in place of accounts in what findings quote: a mention in an issue's text may hold nothing but the account."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from rules.plan.changes import Change, ChangePlan
from rules.rule import Finding
from rules.text import Quote
from rules.verdict import Verdict
from sync.reports.base import RunReport

_MENTION = re.compile(r"@([\w.:+-]+(?:@[\w.-]+)?)")


def with_names(report: RunReport) -> RunReport:
    """The report with the names of people in its findings; fingerprints stay."""
    names = report.snapshot.names
    verdicts = tuple(_verdict(verdict, names) for verdict in report.judgement.verdicts)
    return replace(report, judgement=replace(report.judgement, verdicts=verdicts))


def with_named_grounds(plan: ChangePlan, names: Mapping[str, str]) -> ChangePlan:
    """The plan with the names of people in the grounds of its changes, which the journal keeps and shows."""
    changes, held = (tuple(_change(change, names) for change in some) for some in (plan.changes, plan.held))
    return replace(plan, changes=changes, held=held)


def named(text: str, names: Mapping[str, str]) -> str:
    """The text with the name of each mentioned account that is known: `@Ana Alvarez` for `@ana.alvarez`."""
    return _MENTION.sub(lambda mention: _name(mention[1], names), text) if "@" in text else text


def _name(account: str, names: Mapping[str, str]) -> str:
    core = account.rstrip(".:-")  # the end of a sentence
    return f"@{names.get(account) or names.get(core, core) + account[len(core) :]}"


def _change(change: Change, names: Mapping[str, str]) -> Change:
    grounds = tuple(
        replace(one, says=named(one.says, names), evidence=_quotes(one.evidence, names)) for one in change.grounds
    )
    return replace(change, grounds=grounds)


def _quotes(quotes: Iterable[Quote], names: Mapping[str, str]) -> tuple[Quote, ...]:
    return tuple(replace(quote, text=named(quote.text, names)) for quote in quotes)


def _verdict(verdict: Verdict, names: Mapping[str, str]) -> Verdict:
    if not any(map(_mentions, (*verdict.findings, *(due.finding for due in verdict.due)))):
        return verdict
    return replace(
        verdict,
        findings=tuple(_finding(finding, names) for finding in verdict.findings),
        due=tuple(replace(one, finding=_finding(one.finding, names)) for one in verdict.due),
    )


def _mentions(finding: Finding) -> bool:
    texts = (finding.message, finding.hint, finding.phrase)
    return any("@" in text for text in texts) or any("@" in quote.text for quote in finding.evidence)


def _finding(finding: Finding, names: Mapping[str, str]) -> Finding:
    if not _mentions(finding):
        return finding
    return replace(
        finding,
        message=named(finding.message, names),
        hint=named(finding.hint, names),
        phrase=named(finding.phrase, names),
        evidence=_quotes(finding.evidence, names),
    )
