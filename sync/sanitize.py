"""Text from outside made harmless: the one list of control, direction, tag and zero-width characters.

Whoever shows such text takes one of these functions first, and then escapes what is special in its own format.
"""

import json

from rules.lazy_regex import regex

LONGEST = 300  # characters of a text in a report

# Unicode's categories Cc, Cf, Cs, Zl and Zp, and what it recommends to ignore where it cannot be shown
# (Default_Ignorable_Code_Point), but for the two selectors of emoji, U+FE0E and U+FE0F.
_RANGES = (
    r"\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_ASCII_CONTROLS = bytes((*range(9), *range(11, 32), 127))  # but for tab and line feed
_JOINERS = "\u200c\u200d"  # needed inside emoji and in several scripts

_INVISIBLE = regex(f"[{_RANGES}]")
_UNREADABLE = regex(rf"[{_RANGES}](?<![\t\n\ud800-\udfff])")
_UNSAFE_IN_JSON = regex(rf"[{_RANGES}](?<![\x00-\x1f{_JOINERS}])")
_UNSAFE_IN_REPORT = regex(rf"[{_RANGES}](?<![{_JOINERS}])")
_LINE_BREAKS = "\t\n\r\v\f\x85\u2028\u2029"
_PICTURES = 0x2400  # Unicode's pictures of the C0 controls: U+241B shows an escape character
_SPACES = regex(r"\s+")


def is_invisible(char: str) -> bool:
    """Whether a character has no shape of its own: a control, a direction mark, a tag, a zero-width character."""
    return _INVISIBLE.fullmatch(char) is not None


def visible(text: str) -> str:
    """The text on one line: controls as their pictures, direction marks and other invisible characters removed."""
    return _SPACES.sub(" ", _UNSAFE_IN_REPORT.sub(lambda match: _picture(match[0]), text)).strip()


def _picture(char: str) -> str:
    if char in _LINE_BREAKS:
        return " "
    code = ord(char)
    if code < 0x20:
        return chr(_PICTURES + code)
    if code < 0xA0:
        return "\N{SYMBOL FOR DELETE}"
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= char <= "\udfff" else ""


def clip(text: str, longest: int = LONGEST) -> str:
    """The text as `visible`, cut with an ellipsis where it is longer."""
    shown = visible(text)
    return shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"


def printable(text: str, instead: str) -> str:
    """The text with `instead` for each character that cannot be printed, unusual spaces among them."""
    return "".join(char if char.isprintable() else instead for char in _INVISIBLE.sub(instead, text))


def one_line(text: str) -> str:
    """The text with single spaces for every run of spaces, line breaks and characters that cannot be printed."""
    return " ".join(printable(text, " ").split())


def escaped(text: str) -> str:
    r"""The text with its invisible characters written out, for logs: `\x1b`, `\x202e`."""
    return _INVISIBLE.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def escaped_in_json(text: str) -> str:
    """A JSON text with the invisible characters escaped that JSON itself lets through, joiners aside."""
    if text.isascii() and "\x7f" not in text:
        return text
    return _UNSAFE_IN_JSON.sub(lambda match: json.dumps(match[0])[1:-1], text)


def encodable(text: str) -> str:
    """The text with a mark for each half of a surrogate pair: a tracker may send one, and no encoding can write it."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def readable(text: str) -> str:
    """The text as it is read: without invisible characters, but with its tabs and line feeds."""
    if text.isascii():
        return text.encode().translate(None, _ASCII_CONTROLS).decode()  # most texts: the pattern is slow
    return _UNREADABLE.sub("", text)
