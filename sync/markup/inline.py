"""Removes inline markup from a line: the result is the text that a reader sees.

Every pattern stops at the next sign that could open it again. So a line of only openers takes linear time.
"""

import html
import re

from rules.lazy_regex import holds_one, regex

_ANY = regex(r"[*_+~`\[!{&\\<^]")
_WIKI_IMAGE = regex(r"(?<![\w!])!([^\s!|][^!|\n]*\.\w{2,5})(?:\|[^!\n]*)?!")
_IMAGE = regex(r"!\[([^\[\]\n]*)\]\(([^()\s]*)[^()\n]*\)(?:\{[^{}\n]*\})?")
_LINK = regex(r"\[([^\[\]\n]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)")
_WIKI_LINK = regex(r"\[([^\[\]|\n]+)\|[^\[\]\n]*\]")
_BARE_LINK = regex(r"\[((?:https?|ftp|file|mailto):[^\[\]|\s]*)\]")
_MENTION = regex(r"\[~(?:accountid:)?([^\[\]\n]*)\]")
_FILE = regex(r"\[\^([^\[\]\n]*)\]")
_AUTOLINK = regex(r"<((?:https?|ftp|mailto):[^<>\s]*)>")
_MACRO = regex(
    r"\{(?:color|quote|panel|html|anchor|toc|section|column|info|note|tip|warning|expand|code|noformat|span|div|csv)"
    r"(?::[^{}\n]*)?\}",
    re.IGNORECASE,
)
_DOUBLE = regex(r"\*\*|~~|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|\{\{|\}\}|`+")
_PARTS_OF_DOUBLE = ("**", "~~", "__", "{{", "}}", "`")
_BOLD = regex(r"(?<![\w*])\*(?=[^\s*])([^*\n]*)(?<=\S)\*(?![\w*])")
_ITALIC = regex(r"(?<![\w_])_(?=[^\s_])([^_\n]*)(?<=\S)_(?![\w_])")
_UNDERLINE = regex(r"(?<![\w+])\+(?=[^\s+])([^+\n]*)(?<=\S)\+(?![\w+])")
_EMPHASIS = (("*", _BOLD), ("_", _ITALIC), ("+", _UNDERLINE))
# Escaped signs are moved to Unicode's private use area until the others are read.
_ASIDE = 0xE000
_BACK = {_ASIDE + code: chr(code) for code in range(0x21, 0x7F)}
_ESCAPE = regex(r"\\([\\`*_{}\[\]()#+\-.!|~^>])")


def plain(text: str) -> str:
    """The text without links' targets, bold, italics, mono, colours, entities and escapes."""
    if _ANY.search(text) is None:
        return text.strip()
    escapes = "\\" in text
    if escapes:
        text = _ESCAPE.sub(lambda sign: chr(_ASIDE + ord(sign[1])), text)
    if "[" in text:
        text = _unlink(text)
    if "!" in text:
        text = _WIKI_IMAGE.sub(r"\1", text)
    if "{" in text:
        text = _MACRO.sub("", text)
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", text)
    text = _without_double(text)
    for sign, pattern in _EMPHASIS:
        if sign in text:
            text = pattern.sub(r"\1", text)
    if escapes:
        text = text.translate(_BACK)
    return html.unescape(text).strip() if "&" in text else text.strip()


def _without_double(text: str) -> str:
    return _DOUBLE.sub("", text) if holds_one(text, _PARTS_OF_DOUBLE) else text


def _unlink(text: str) -> str:
    text = _IMAGE.sub(lambda image: image[1] or image[2].rsplit("/", 1)[-1] or "image", text)
    text = _LINK.sub(r"\1", text)
    text = _MENTION.sub(r"@\1", text)
    text = _FILE.sub(r"\1", text)
    text = _BARE_LINK.sub(r"\1", text)
    return _WIKI_LINK.sub(r"\1", text)
