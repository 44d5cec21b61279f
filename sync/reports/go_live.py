"""The summary of a dry run in a few sentences, the same in every report."""

from rules.plan.dry_run import GoLive, Page, Post
from sync.reports import format as wording

NAMED = 5


def sentences(card: GoLive) -> tuple[str, ...]:
    """What would have been written, who would have got how many mails, and which limits to set before going live."""
    return tuple(filter(None, (_entries(card), _mails(card.post), _sizes(card), _advice(card))))


def _entries(card: GoLive) -> str:
    since = f"Since {wording.moment(card.since)}"
    if not card.entries:
        return f"{since}, no change would have been written."
    changes = wording.many(card.entries, "change")
    return f"{since}, {changes} would have been written in {wording.many(card.passes, 'run')}."


def _mails(post: tuple[Post, ...]) -> str:
    if not post:
        return "Nobody would have got mail."
    named = ", ".join(f"{one.person} {one.busiest}" for one in post[:NAMED])
    more = f", {len(post) - NAMED} more at most {post[NAMED].busiest} each" if len(post) > NAMED else ""
    return f"Mails from Jira in the busiest seven days (estimate): {named}{more}."


def _sizes(card: GoLive) -> str:
    if card.first is None:
        return ""
    first = f"The first run had {_size(card.first)}"
    if card.passes == 1:
        return f"{first}."
    largest = wording.many(card.largest, "change")
    return f"{first}, later runs at most {largest}, on {round(100 * card.widest)} % of the issues."


def _size(page: Page) -> str:
    return f"{wording.many(page.changes, 'change')} on {wording.many(page.issues, 'issue')}"


def _first(card: GoLive) -> str:
    if card.first is None:
        return ""
    limit = ", more than this limit: raise it for that run" if card.first.changes > card.max_changes else ""
    return f"The first run will write about {wording.many(card.first.changes, 'change')}{limit}. "


def _advice(card: GoLive) -> str:
    limits = f"max_changes = {card.max_changes}, max_share = {card.max_share:g}"
    findings = wording.many(card.findings, "finding")
    return (
        f"To go live, set {limits} and enabled = true. {_first(card)}"
        'To start with new findings only, run "readyline baseline --because TEXT" first: '
        f"it accepts today's {findings}."
    )
