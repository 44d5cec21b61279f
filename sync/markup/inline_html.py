"""HTML inside other markup: known tags become line breaks and light markup, unknown ones stay as they are.

`<role>` in a template is not a tag, so only names of HTML elements are replaced.
"""

import re

from rules.lazy_regex import regex
from sync.markup.preprocess import SILENT_LINE, SOFT_BREAK

_TAG = regex(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,11})(\s[^<>]*)?/?>")


def names(row: str) -> frozenset[str]:
    """The names in a line of text, which is easier to read than a list of quoted strings."""
    return frozenset(row.split())


_BREAKS = names(
    "br p div tr table tbody thead ul ol dl dt dd hr details summary section article header footer blockquote center"
    " figure figcaption pre main nav"
)
_GONE = names(
    "a i em u ins span font sub sup small big tt kbd samp var cite abbr mark label code col colgroup"
    " input button picture source video audio body head html meta link script style"
)
_STRIKES = names("s del strike")
_BOTH = {
    **dict.fromkeys(_BREAKS, SOFT_BREAK),
    **dict.fromkeys(_GONE, ""),
    "b": "**",
    "strong": "**",
    **dict.fromkeys(_STRIKES, "~~"),
}
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
# The replacements of opening and closing tags; a name in neither is not a tag.
_OPENING = {
    **_BOTH,
    "li": SOFT_BREAK + "• ",
    "td": "|",
    "th": "|",
    **{heading: f"{SOFT_BREAK}{heading}. " for heading in _HEADINGS},
}
_CLOSING = {**_BOTH, "li": SOFT_BREAK, "td": "", "th": "", **dict.fromkeys(_HEADINGS, SOFT_BREAK)}
_ALT = regex(r"""\b(?:alt|title)\s*=\s*["']([^"'<>]+)["']""", re.IGNORECASE)
_NO_BRACKETS = str.maketrans("", "", "[]()")
_SRC = regex(r"""\bsrc\s*=\s*["']?([^"'<>\s]+)""", re.IGNORECASE)


def loosen(text: str) -> str:
    """The text with its HTML tags turned into breaks, list signs, headings and bold signs."""
    if "<" not in text:
        return text
    return _TAG.sub(_replace, text)


def _replace(tag: re.Match[str]) -> str:
    shown = _shown(tag[2].lower(), closing=tag[1] == "/", attributes=tag[3] or "")
    if shown is None:
        return tag[0]
    return shown + SILENT_LINE * tag[0].count("\n")


def _shown(name: str, *, closing: bool, attributes: str) -> str | None:
    """The replacement of a tag; `None` if it is not a tag."""
    if name == "img":
        match = _ALT.search(attributes) or _SRC.search(attributes)
        name = match[1].rsplit("/", 1)[-1].translate(_NO_BRACKETS) if match else "image"
        return f"![{name}]()"
    return (_CLOSING if closing else _OPENING).get(name)
