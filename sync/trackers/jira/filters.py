"""Which components or labels a board's saved query selects: how a team's issues are recognised."""

import re

from rules.model import TeamFilter

_PIECE = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|!=|!~|[<>]=?|[=~(),]|[^\s=~!<>(),\"']+")
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}
_FIELDS = {"component", "components", "labels"}
_WIDENING = {"or", "not", "!=", "!~"}


def takes_of(jql: str) -> TeamFilter:
    """The components or labels that a query requires.

    Only one `field = value` or `field in (values)`, joined to the rest by AND, counts. Where a query also has OR
    or NOT, or two such clauses, components and labels do not identify the team.
    """
    pieces = _PIECE.findall(jql)
    words = [piece.lower() for piece in pieces]
    fields = [(word, place + 1) for place, word in enumerate(words) if word in _FIELDS]
    if len(fields) != 1 or _WIDENING.intersection(words):
        return TeamFilter()
    (field, after) = fields[0]
    values = frozenset(_values(pieces[after:]))
    return TeamFilter(labels=values) if field == "labels" else TeamFilter(components=values)


def _values(after: list[str]) -> list[str]:
    """The values of the clause whose operator comes next."""
    match [piece.lower() for piece in after[:2]]:
        case ["=", value] if value not in "(),":
            return [_plain(after[1])] if after[2:3] != ["("] else []  # the result of a function is unknown here
        case ["in", "("] if ")" in after:
            inside = after[2 : after.index(")")]
            return [_plain(piece) for piece in inside if piece != ","] if "(" not in inside else []
        case _:
            return []


def _plain(piece: str) -> str:
    """A value without its quotes and escapes."""
    return _ESCAPED.sub(_sign, piece[1:-1]) if piece[0] in "\"'" else piece


def _sign(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _SIGNS.get(match[2], match[2])
