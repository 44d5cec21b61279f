"""The words of every report for old issues: which are asked about, how to answer, what is answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.commands.grammar import KEEP, RELEASE
from rules.inventory.old_issues import Coming, Offer, OldIssues
from rules.inventory.size import BacklogSize
from rules.model import Issue
from rules.wording import agreeing
from sync.reports import format as wording
from sync.reports.base import RunReport
from sync.sanitize import clip

MOST = 25
"""Released or kept issues that a page names; the JSON report has all."""
LONGEST_NAME = 80
LINKED = 3
"""Keys of linked issues that a line names."""


@dataclass(frozen=True, slots=True)
class Row:
    """An issue, what is said about it, and the keys that this names."""

    issue: Issue
    text: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The section of a report.

    `lead` are the sentences above the offers, `answer` says how to answer and is "" where nothing is asked. `released`
    are the first released issues, and `kept` a sentence about those that are kept.
    """

    title: str
    lead: tuple[str, ...]
    offers: tuple[Row, ...]
    answer: str
    released: tuple[Row, ...]
    more_released: int
    kept: str


def section_of(report: RunReport) -> Section | None:
    """The section, `None` where there is nothing to say."""
    old = report.old_issues
    if old is None or not (old.offers or old.released or old.kept or old.size.is_above):
        return None
    seen = report.snapshot.taken_at
    return Section(
        title=_title(old),
        lead=tuple(filter(None, (_why(old), coming(old.coming), size(old.size)))),
        offers=tuple(Row(offer.issue, evidence(offer, seen), _named(offer)) for offer in old.offers),
        answer=_how(report) if old.offers else "",
        released=tuple(Row(one.issue, _reason(one.because, one.on)) for one in old.released[:MOST]),
        more_released=max(0, len(old.released) - MOST),
        kept=_kept(old),
    )


def asked(report: RunReport) -> Iterator[str]:
    """For the end of a run: how many issues the Product Owner is asked about, and that the backlog is too big."""
    old = report.old_issues
    if old is not None and old.offers:
        issues = wording.many(old.in_all, "old issue")
        yield f"{issues} to keep or release; `readyline check` shows the first {len(old.offers)}"
    if old is not None and old.size.is_above:
        yield size(old.size)


def _title(old: OldIssues) -> str:
    if not old.offers:
        return "Old issues"
    return f"Keep or release: {len(old.offers)} of {wording.many(old.in_all, 'old issue')}"


def _why(old: OldIssues) -> str:
    """What is asked about, "" where nothing is."""
    if not old.offers:
        return ""
    more = " The others follow once these are answered." if old.in_all > len(old.offers) else ""
    return f"No person changed them for {wording.many(old.days, 'day')} or more, and they are not planned.{more}"


def coming(issues: Sequence[Coming]) -> str:
    """`2 issues become old soon: SHOP-1 on 3 May 2027, SHOP-2 on 9 May 2027.`; "" for none."""
    named = [f"{one.issue.key} on {wording.day(one.on)}" for one in issues[:LINKED]]
    more = f" and {len(issues) - LINKED} more" if len(issues) > LINKED else ""
    become = agreeing(len(issues), "becomes", "become")
    return f"{wording.many(len(issues), 'issue')} {become} old soon: {', '.join(named)}{more}." if named else ""


def size(of: BacklogSize) -> str:
    """How many months of work the backlog holds, "" where no pace is known."""
    if of.months is None or of.per_month is None:
        return ""
    pace = f"At {wording.many(of.per_month, 'finished issue')} a month"
    last, limit = agreeing(of.open, "lasts", "last"), f"the limit is {wording.many(of.limit, 'month')}"
    return f"{pace}, {wording.many(of.open, 'open issue')} {last} {wording.many(of.months, 'month')}; {limit}."


def evidence(offer: Offer, seen: datetime) -> str:
    """What speaks for keeping or releasing an issue."""
    issue = offer.issue
    days = (seen.date() - offer.last_touch.date()).days
    parts = [f"last change {wording.day(offer.last_touch)}, {wording.many(days, 'day')} ago"]
    parts += [f"created {wording.day(issue.created)}", f"rank {offer.rank}"]
    parts += [wording.many(issue.votes, "vote")] if issue.votes is not None else []
    parts += [wording.many(issue.watchers, "watcher"), _links(offer.links)]
    wait = agreeing(len(offer.waiting), "waits", "wait")
    parts += [f"{_keys(offer.waiting)} {wait} for it"] if offer.waiting else []
    parts += [f"likely the same as {_keys(offer.duplicates)}"] if offer.duplicates else []
    return ", ".join(parts)


def _links(keys: Sequence[str]) -> str:
    return f"linked to {_keys(keys)}" if keys else "no links"


def _keys(keys: Sequence[str]) -> str:
    more = f" and {len(keys) - LINKED} more" if len(keys) > LINKED else ""
    return f"{', '.join(keys[:LINKED])}{more}"


def _named(offer: Offer) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*offer.links[:LINKED], *offer.waiting[:LINKED], *offer.duplicates[:LINKED])))


def _how(report: RunReport) -> str:
    product = report.snapshot.product
    owner = clip(product.owner, LONGEST_NAME)  # a long name must not push the commands out of the sentence
    shell = "`readyline keep KEY` or `readyline release KEY`"
    if not product.account:
        return f"{owner} answers with {shell}. Comments are answered once [product] account is set."
    return f"{owner} answers with a comment on the issue, {KEEP} or {RELEASE}, or with {shell}."


def _reason(because: str, on: object) -> str:
    return wording.sentence(f"{on}: {because}") if because else "The label is there; the reason is not known."


def _kept(old: OldIssues) -> str:
    """`Kept: SHOP-1 until 3 May 2027.`; "" for none."""
    named = [f"{one.issue.key} until {wording.day(one.until)}" for one in old.kept[:MOST]]
    more = f" and {len(old.kept) - MOST} more" if len(old.kept) > MOST else ""
    return f"Kept: {', '.join(named)}{more}." if named else ""


def states_of(report: RunReport) -> Mapping[str, str]:
    """By key, what a spreadsheet says of an old issue."""
    old = report.old_issues
    if old is None:
        return {}
    states = dict.fromkeys(old.keys, "keep or release?")
    states |= {one.issue.key: f"kept until {one.until}" for one in old.kept}
    return states | {one.issue.key: f"released: {one.because}".rstrip(": ") for one in old.released}
