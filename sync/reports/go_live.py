"""What shadow mode taught, in a few sentences: the same in every report."""

from rules.plan.dry_run import GoLive, Page, Post
from sync.reports import format as wording

NAMED = 5


def sentences(card: GoLive) -> tuple[str, ...]:
    """How much would have been written, who would have had how much mail, and with which limits to go live."""
    return tuple(filter(None, (_entries(card), _mails(card.post), _sizes(card), _advice(card))))


def _entries(card: GoLive) -> str:
    since = f"Since {wording.moment(card.since)}"
    if not card.entries:
        return f"{since} nothing would have been written."
    changes = wording.many(card.entries, "change")
    return f"{since}, {changes} would have been written in {wording.many(card.passes, 'pass', 'passes')}."


def _mails(post: tuple[Post, ...]) -> str:
    if not post:
        return "Nobody would have had mail of it."
    named = ", ".join(f"{one.person} {one.busiest}" for one in post[:NAMED])
    more = f", {len(post) - NAMED} more at most {post[NAMED].busiest} each" if len(post) > NAMED else ""
    return f"Mails from the tracker in the busiest seven days, by estimate: {named}{more}."


def _sizes(card: GoLive) -> str:
    if card.first is None:
        return ""
    first = f"The first of them held {_size(card.first)}"
    if card.passes == 1:
        return f"{first}."
    largest = wording.many(card.largest, "change")
    return f"{first}, later ones at most {largest}, on {round(100 * card.widest)} % of the issues."


def _size(page: Page) -> str:
    return f"{wording.many(page.changes, 'change')} on {wording.many(page.issues, 'issue')}"


def _advice(card: GoLive) -> str:
    limits = f"max_changes = {card.max_changes}, max_share = {card.max_share:g}"
    findings = wording.many(card.findings, "finding")
    return (
        f"To go live: {limits}, enabled = true. The first pass will then be as large as the first here; to begin with "
        f'what is new only, let "readyline baseline" accept today\'s {findings} before.'
    )
