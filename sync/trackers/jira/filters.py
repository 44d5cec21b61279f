"""Reading from a board's saved query which components or labels narrow it to one team's issues."""

import re

from rules.model import TeamFilter

_PIECE = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|!=|!~|[<>]=?|[=~(),]|[^\s=~!<>(),\"']+")
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}
_FIELDS = {"component", "components", "labels"}
_WIDENING = {"or", "not", "!=", "!~"}


def takes_of(jql: str) -> TeamFilter:
    """What a query asks of an issue's components or labels.

    Only one `field = value` or `field in (values)` joined to the rest by AND is believed. Where a query also says OR
    or NOT, or narrows twice, no list of components and labels tells whose an issue is.
    """
    pieces = _PIECE.findall(jql)
    words = [piece.lower() for piece in pieces]
    found = [(word, place + 1) for place, word in enumerate(words) if word in _FIELDS]
    if len(found) != 1 or _WIDENING.intersection(words):
        return TeamFilter()
    (field, after) = found[0]
    values = frozenset(_values(pieces[after:]))
    return TeamFilter(labels=values) if field == "labels" else TeamFilter(components=values)


def _values(after: list[str]) -> list[str]:
    """The values of the clause whose operator comes next."""
    match [piece.lower() for piece in after[:2]]:
        case ["=", value] if value not in "(),":
            return [_plain(after[1])] if after[2:3] != ["("] else []  # a function's result is not known here
        case ["in", "("] if ")" in after:
            inside = after[2 : after.index(")")]
            return [_plain(piece) for piece in inside if piece != ","] if "(" not in inside else []
        case _:
            return []


def _plain(piece: str) -> str:
    """A value without its quotes and escapes."""
    return _ESCAPED.sub(_sign, piece[1:-1]) if piece[0] in "\"'" else piece


def _sign(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _SIGNS.get(found[2], found[2])
