"""The titles of headings, and lines in bold that people mean as headings."""

from rules.lazy_regex import regex
from sync.markup.inline import plain

_LOOKS_BOLD = regex(r"[_+\s]*(\*\*|__|\*)([^*\n]+?)\1[_+\s]*(:?)\s*")
_UNDERLINED = regex(r"\+([^+\n]+)\+\s*(:?)\s*")
_LINK = regex(r"\[[^\[\]\n]+\]\([^()\n]*\)|\[[^\[\]|\n]+\|[^\[\]\n]+\]|<?https?://[^\s<>]+>?")
_LETTER = regex(r"[^\W\d_]")

# A bold line of so few words is a heading even with a full stop ("*How to verify it works.*").
_TITLE_WORDS = 5
# A bold line longer than this is a shout, not a heading.
_HEADING_WORDS, _HEADING_CHARS = 14, 120
_LINK_CHARS = 300


def title_of(text: str) -> str:
    """A heading's plain text; a link behind its words follows in brackets."""
    words, links = _split_links(text)
    return f"{plain(words)} ({plain(links)})" if links else plain(text)


def title_in_bold(line: str, *, star_is_bold: bool) -> str:
    """The title in a short line that is bold or underlined as a whole and not a sentence, "" for any other line.

    `star_is_bold` is whether `*so*` is bold, and `+so+` underlined, as in wiki markup.
    """
    if line[0] not in "*_+" or len(line) > _HEADING_CHARS + _LINK_CHARS:
        return ""
    line, links = _split_links(line)
    if len(line) > _HEADING_CHARS or len(line.split()) > _HEADING_WORDS:
        return ""
    text = plain(_emphasised(line, star_is_bold=star_is_bold))
    if not text or (text.endswith((".", "!")) and len(text.split()) > _TITLE_WORDS):
        return ""
    return f"{text} ({plain(links)})" if links else text


def _emphasised(line: str, *, star_is_bold: bool) -> str:
    """What is between the signs of a line that is bold or underlined as a whole, with its colon; "" where it is not."""
    if (match := _LOOKS_BOLD.fullmatch(line)) is not None:
        return match[2] + match[3] if match[1] != "*" or star_is_bold else ""
    match = _UNDERLINED.fullmatch(line) if star_is_bold else None
    return match[1] + match[2] if match is not None else ""


def _split_links(text: str) -> tuple[str, str]:
    """The words of a heading, and the links behind them; a link among the words is one of them."""
    link = _LINK.search(text) if "[" in text or "://" in text else None
    if link is None or not _LETTER.search(text, 0, link.start()) or _LETTER.search(_LINK.sub("", text[link.start() :])):
        return text, ""
    words = text[: link.start()].rstrip(" (–—-")
    if words.rstrip("*_+ ").endswith(":"):
        return text, ""  # what a label introduces is content
    return words, " ".join(one[0] for one in _LINK.finditer(text, link.start()))
