"""Our part of the living page in wiki markup: from one marker line to the other, among the people's lines."""

import re

from rules.plan.page_body import FIRST_LINE, LAST_LINE, PageBody
from sync.markup.page_part import pieces, place_of
from sync.markup.wiki import inert

TO_DECIDE = "To decide, with a comment on the issue:"


def replaced(source: object, body: PageBody) -> str:
    """The text with our part as `body` says, at its place or at the end; everything else is what it was."""
    lines = re.split(r"\r\n|\r|\n", str(source)) if source else []
    first, behind = place_of(lines, _starts)
    part = _part(body)
    gap = [""] if part and first and lines[first - 1].strip() else []
    return "\n".join([*lines[:first], *gap, *part, *lines[behind:]])


def _starts(line: str, marker: str) -> bool:
    return line.strip().lstrip("_").startswith(marker)


def _part(body: PageBody) -> list[str]:
    if not body.title:
        return []
    link = ["", f"[Open the page|{body.link}]"] if body.link else []
    bullets = [f"* {_line(line, body)}" for line in body.lines]
    boxes = [f"* {_line(f'{box.text}: comment {box.command} on {box.key}', body)}" for box in body.boxes]
    decide = ["", TO_DECIDE, "", *boxes] if boxes else []
    return [f"_{FIRST_LINE}_", "", f"*{inert(body.title)}*", "", *bullets, *decide, *link, "", f"_{LAST_LINE}_"]


def _line(line: str, body: PageBody) -> str:
    """A line in which the keys of issues are links."""
    cut = pieces(inert(line), body, inert)
    return "".join(f"[{piece}|{address}]" if address else piece for piece, address in cut)
