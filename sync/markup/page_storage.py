"""Our part of the living page in Confluence's storage format, among people's XHTML, which is kept letter by letter.

An anchor in our part names its content, so that nothing has to be remembered elsewhere: Confluence shows no anchors and
keeps them, while it rewrites other markup in ways of its own.
https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html
"""

import re
from collections.abc import Iterable
from html import escape

from rules.plan.page_body import BEGIN, END, FIRST_LINE, LAST_LINE, PageBody
from sync.markup.page_part import pieces
from sync.sanitize import clip

LINE = 700  # characters
TO_DECIDE = "To decide, with a comment on the issue:"
_CELL_END = "</ac:layout-cell>"
_NOT_IN_XML = re.compile("[\ufffe\uffff]")  # what `clip` leaves of it: https://www.w3.org/TR/xml/#charsets
_ANCHOR = re.compile(r"readyline-(?P<digest>[0-9a-f]{16})")


def replaced(storage: str, body: PageBody) -> str:
    """The page with our part as `body` says, at its place or at the end; everything else is what it was.

    Only the last complete pair of markers counts: where a person removed one of them, nothing of theirs is lost.
    """
    begin, end = _place(storage)
    return storage[:begin] + _part(body) + storage[end:]


def digest_in(storage: str) -> str:
    """The digest of our part as it was last written, "" where there is none."""
    begin, end = _place(storage)
    match = _ANCHOR.search(storage, begin, end)
    return match["digest"] if match else ""


def _place(storage: str) -> tuple[int, int]:
    """Where our part begins and ends. Both are the end of the page where there is none: of its last cell, if any."""
    begins = [match.start() for match in _paragraphs(storage, BEGIN)]
    for last in reversed(_paragraphs(storage, END)):
        before = [begin for begin in begins if begin < last.start()]
        if before:
            return before[-1], last.end()
    cell = storage.rfind(_CELL_END)
    end = len(storage) if cell < 0 else cell
    return end, end


def _paragraphs(storage: str, marker: str) -> list[re.Match[str]]:
    """The paragraphs that hold a marker, whose first sign may be written as an entity."""
    sign, words = marker[0], re.escape(marker[1:])
    first = f"(?:{sign}|&#{ord(sign)};|&#x0*{ord(sign):x};)"
    inside = r"(?:(?!</?p\b).)*"
    pattern = re.compile(rf"<p\b[^>]*>{inside}?{first}{words}{inside}</p>", re.DOTALL | re.IGNORECASE)
    return list(pattern.finditer(storage))


def _part(body: PageBody) -> str:
    if not body.title:
        return ""
    anchor = (
        '<ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">'
        f"readyline-{body.digest}</ac:parameter></ac:structured-macro>"
    )
    decisions = [f"{box.text}: comment {box.command} on {box.key}" for box in body.boxes]
    return "".join(
        (
            f"<p><em>{FIRST_LINE}</em>{anchor}</p>",
            f"<p><strong>{_text(body.title)}</strong></p>",
            _list(body.lines, body),
            f"<p>{TO_DECIDE}</p>{_list(decisions, body)}" if decisions else "",
            f'<p><a href="{escape(body.link)}">Open the page</a></p>' if body.link else "",
            f"<p><em>{LAST_LINE}</em></p>",
        )
    )


def _list(lines: Iterable[str], body: PageBody) -> str:
    items = "".join(f"<li><p>{_line(line, body)}</p></li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _line(line: str, body: PageBody) -> str:
    """A line in which the keys of issues are links."""
    cut = pieces(_text(line), body, escape)
    return "".join(f'<a href="{escape(address)}">{piece}</a>' if address else piece for piece, address in cut)


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", clip(text, LINE)))
