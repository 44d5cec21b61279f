"""The summary of a dry run in a few sentences, the same in every report."""

from rules.plan.dry_run import GoLive, Page, Post
from sync.reports import format as wording

NAMED = 5


def sentences(card: GoLive) -> tuple[str, ...]:
    """What would have been written, who would have got how many mails, and which limits to set before going live."""
    return tuple(filter(None, (_entries(card), _mails(card.post), _sizes(card), _advice(card), _baseline(card))))


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


def _wave(card: GoLive) -> str:
    """What the first run with writing on will write, and the limits after it where they are smaller."""
    changes, issues = card.wave
    if not changes:
        return ""
    wave = f"The first run will write about {wording.many(changes, 'change')} on {wording.many(issues, 'issue')}. "
    ordinary = (card.max_changes, card.max_share)
    if ordinary == (card.first_max_changes, card.first_max_share):
        return wave
    return f"{wave}After it, set {_limits(*ordinary)}: that is enough for ordinary runs. "


def _limits(changes: int, share: float) -> str:
    return f"max_changes = {changes}, max_share = {share:g}"


def _advice(card: GoLive) -> str:
    limits = _limits(card.first_max_changes, card.first_max_share)
    return f"To go live, set {limits} and enabled = true. {_wave(card)}".rstrip()


def _baseline(card: GoLive) -> str:
    findings = wording.many(card.findings, "finding")
    return (
        'To start with new findings only, run "readyline baseline --because TEXT" first: '
        f"it accepts today's {findings}."
    )
