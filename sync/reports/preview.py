"""The preview of another configuration, for the terminal and as a comment of a merge request."""

from collections import Counter
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from rules.plan.preview import Flip, Preview
from rules.verdict import State
from rules.wording import agreeing
from sync.reports import format as wording
from sync.reports.blocks import BAD, STATE_STYLES, grid_of, heading, line
from sync.reports.markdown import escape
from sync.sanitize import clip

MOST = 200
"""Issues in a table; the JSON document has all."""


def page(preview: Preview, config: str) -> RenderableType:
    """Which issues change their verdict, by which rules, and what that writes and mails."""
    grid = grid_of(8, 12, 12, None)
    for flip in preview.flips[:MOST]:
        grid.add_row(Text(clip(flip.key, 40)), *map(_state, (flip.before, flip.after)), line(_why(flip)))
    style = BAD if preview.flips else ""
    return Group(
        heading(f"Preview of {config}", f"compared with {_against(preview)}"),
        line(summary(preview), style),
        *([Padding(grid, (1, 0, 1, 2))] if preview.flips else []),
        *map(line, _rest(preview)),
    )


def markdown(preview: Preview, config: str) -> str:
    """The same as Markdown."""
    lines = [
        f"## Preview of {escape(config)}",
        "",
        f"Compared with {escape(_against(preview))}.",
        "",
        f"**{summary(preview)}**",
    ]
    if preview.flips:
        lines += ["", "| Issue | Before | After | Why |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {escape(flip.key)} | {wording.STATES[flip.before]} | {wording.STATES[flip.after]} | {escape(_why(flip))} |"
        for flip in preview.flips[:MOST]
    ]
    for sentence in _rest(preview):
        lines += ["", escape(sentence)]
    return "\n".join(lines) + "\n"


def summary(preview: Preview) -> str:
    """`2 of 49 issues change their verdict: 2 from ready to not ready.`."""
    count = len(preview.flips)
    kinds = Counter((flip.before, flip.after) for flip in preview.flips)
    parts = (
        f"{number} from {wording.STATES[before]} to {wording.STATES[after]}"
        for (before, after), number in kinds.items()
    )
    change = agreeing(count, "changes its", "change their")
    listed = f": {', '.join(parts)}" if count else ""
    return f"{count} of {wording.many(preview.issues, 'issue')} {change} verdict{listed}."


def _against(preview: Preview) -> str:
    return f"run {preview.run} of {wording.moment(preview.taken_at)}"


def _rest(preview: Preview) -> Iterator[str]:
    if len(preview.flips) > MOST:
        yield f"And {len(preview.flips) - MOST} more; --format json has all."
    writes = preview.writes
    labels, moves = (wording.many(count, "issue") for count in (writes.labels, writes.moves))
    yield (
        f"It would change the labels of {labels}, {wording.many(writes.comments, 'comment')} and the sprint of {moves}."
    )
    yield (
        f"That would send {wording.many(sum(writes.mails.values()), 'mail')} to "
        f"{wording.many(len(writes.mails), 'person', 'people')}."
    )
    if writes.waiting:
        yield f"{wording.many(writes.waiting, 'change')} of these would wait for a later run."
    yield from (f"Not known: {one}." for one in preview.unknown)


def _why(flip: Flip) -> str:
    parts = [f"fails now: {', '.join(flip.fails)}" if flip.fails else ""]
    parts += [f"no longer fails: {', '.join(flip.passes)}" if flip.passes else ""]
    return "; ".join(filter(None, parts)) or f"due at another time: {', '.join(flip.rules)}"


def _state(state: State) -> Text:
    return Text(wording.STATES[state], STATE_STYLES[state])
