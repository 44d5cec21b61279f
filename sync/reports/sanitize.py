"""Text from a tracker made harmless for the eye: no control, direction or invisible characters, one line, bounded.

This is the first step for every renderer; each then escapes what is special in its own format.
"""

import re
import unicodedata
from urllib.parse import quote, urlsplit

PICTURES = 0x2400  # Unicode's pictures of the C0 controls: U+241B shows an escape character
LONGEST = 300

_JOINERS = "\u200c\u200d"  # needed inside emoji and in several scripts
_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[0-9a-fA-F:]+\](:\d+)?")  # no user and password: they would be shared
_SPACES = re.compile(r"\s+")


def visible(text: str) -> str:
    """The text on one line: controls as their pictures, direction marks and other invisible characters dropped."""
    return _SPACES.sub(" ", "".join(map(_shown, text))).strip()


def clip(text: str, longest: int = LONGEST) -> str:
    """The text as `visible`, cut with an ellipsis where it is longer than a report can bear."""
    shown = visible(text)
    return shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"


def _shown(char: str) -> str:
    if char in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    code, category = ord(char), unicodedata.category(char)
    if category == "Cc":
        return chr(PICTURES + code) if code < 0x20 else "\N{SYMBOL FOR DELETE}"
    if category == "Cs":  # half of a pair, alone: no encoding could write it
        return "\N{REPLACEMENT CHARACTER}"
    return "" if category == "Cf" and char not in _JOINERS else char


def link_to(site: str, key: str) -> str:
    """The address of an issue on its site, "" where the site has no plain http or https address."""
    try:
        parts = urlsplit(site)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc):
        return ""
    return f"{parts.scheme}://{parts.netloc}{quote(parts.path.rstrip('/'))}/browse/{quote(key, safe='')}"
