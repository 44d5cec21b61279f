"""JQL as a tree: a lexer and a recursive-descent parser for the part of the language that clients send.

    query  = [ or ] [ "ORDER" "BY" key { "," key } ]
    or     = and { ("OR" | "||") and }
    and    = not { ("AND" | "&&") not }
    not    = ("NOT" | "!") not | "(" or ")" | clause
    clause = field operator operand

The meaning of fields and values is in `clauses.py`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

MOST_SORT_KEYS = 7


class BadJql(Exception):
    """A query that the site does not understand; the message is Jira's."""


class UnknownName(BadJql):
    """An unknown field or value in a query: an error only where queries are validated."""


@dataclass(frozen=True, slots=True)
class Word:
    """A plain operand; quoted and unquoted numbers differ for dates."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function as an operand, such as `openSprints()`."""

    name: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Empty:
    """EMPTY or NULL."""


Operand = Word | Function | Empty


@dataclass(frozen=True, slots=True)
class Clause:
    """A field compared with one operand, or with several for `in` and `not in`."""

    field: str
    operator: str
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this."""

    part: "Node"


Node = And | Or | Not | Clause


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query: what to find (`None` is everything) and the order, each key with "is it descending"."""

    where: Node | None
    order: tuple[tuple[str, bool], ...]


_TOKEN = re.compile(
    r"""\s*(?:
        (?P<quoted>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
      | (?P<sign>!=|!~|>=|<=|&&|\|\||[=<>~!(),])
      | (?P<word>(?:cf\[\d+\]|[^\s"'()=!<>~,&|])+)
    )""",
    re.VERBOSE,
)
_OPERATORS = ("=", "!=", ">", ">=", "<", "<=", "~", "!~")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    at: int
    quoted: bool = False

    def says(self, *keywords: str) -> bool:
        return not self.quoted and self.text.upper() in keywords


def parse(text: str) -> Query:
    """Read a query; raises `BadJql`."""
    return _Parser(text).query()


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise BadJql(
                f"Error in the JQL Query: The character '{text[at:].lstrip()[:1]}' is a reserved JQL character."
            )
        if (quoted := match["quoted"]) is not None:
            tokens.append(_Token(re.sub(r"\\(.)", r"\1", quoted[1:-1]), match.start("quoted"), quoted=True))
        else:
            group = "sign" if match["sign"] is not None else "word"
            tokens.append(_Token(match[group], match.start(group)))
        at = match.end()
    return tokens


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.end = len(text)
        self.at = 0

    def query(self) -> Query:
        where = None if self.next_is("ORDER") or not self.tokens else self.either()
        order = self.order() if self.next_is("ORDER") else ()
        if self.at < len(self.tokens):
            raise self.wrong("either 'OR' or 'AND'")
        return Query(where, order)

    def either(self) -> Node:
        parts = self.joined(self.both, "OR", "||")
        return parts[0] if len(parts) == 1 else Or(parts)

    def both(self) -> Node:
        parts = self.joined(self.negated, "AND", "&&")
        return parts[0] if len(parts) == 1 else And(parts)

    def joined(self, part: Callable[[], Node], *keywords: str) -> tuple[Node, ...]:
        parts = [part()]
        while self.next_is(*keywords):
            self.take()
            parts.append(part())
        return tuple(parts)

    def negated(self) -> Node:
        if self.next_is("NOT", "!"):
            self.take()
            return Not(self.negated())
        if self.next_is("("):
            self.take()
            inner = self.either()
            self.expect(")")
            return inner
        return self.clause()

    def clause(self) -> Clause:
        field = self.take("a field name")
        if not field.quoted and field.text in (*_OPERATORS, "(", ")", ","):
            self.at -= 1
            raise self.wrong("a field name")
        operator = self.operator()
        if operator in {"in", "not in"}:
            return Clause(field.text, operator, self.several())
        return Clause(field.text, operator, (self.operand(),))

    def operator(self) -> str:
        if self.next_is(*_OPERATORS):
            return self.take().text
        if self.next_is("IN"):
            self.take()
            return "in"
        if self.next_is("NOT"):
            self.take()
            self.expect("IN")
            return "not in"
        if self.next_is("IS"):
            self.take()
            if self.next_is("NOT"):
                self.take()
                return "is not"
            return "is"
        raise self.wrong("either '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN' or 'IS'")

    def several(self) -> tuple[Operand, ...]:
        if not self.next_is("("):
            return (self.operand(),)
        self.take()
        operands = [self.operand()]
        while self.next_is(","):
            self.take()
            operands.append(self.operand())
        self.expect(")")
        return tuple(operands)

    def operand(self) -> Operand:
        token = self.take("a value")
        if not token.quoted and token.text in (*_OPERATORS, "(", ")", ","):
            self.at -= 1
            raise self.wrong("a value, list or function")
        if token.says("EMPTY", "NULL"):
            return Empty()
        if not token.quoted and self.next_is("("):
            return Function(token.text, self.arguments())
        return Word(token.text, token.quoted)

    def arguments(self) -> tuple[str, ...]:
        self.expect("(")
        given: list[str] = []
        while not self.next_is(")"):
            given.append(self.take("')'").text)
            if self.next_is(","):
                self.take()
        self.expect(")")
        return tuple(given)

    def order(self) -> tuple[tuple[str, bool], ...]:
        self.take()
        self.expect("BY")
        keys = [self.sort_key()]
        while self.next_is(","):
            self.take()
            keys.append(self.sort_key())
        if len(keys) > MOST_SORT_KEYS:
            raise BadJql(f"JQL can be ordered by at most {MOST_SORT_KEYS} fields.")
        return tuple(keys)

    def sort_key(self) -> tuple[str, bool]:
        field = self.take("a field name").text
        down = self.next_is("DESC")
        if self.next_is("ASC", "DESC"):
            self.take()
        return field, down

    def next_is(self, *keywords: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].says(*keywords)

    def take(self, wanted: str = "more") -> _Token:
        if self.at >= len(self.tokens):
            raise BadJql(f"Error in the JQL Query: Expecting {wanted} before the end of the query.")
        self.at += 1
        return self.tokens[self.at - 1]

    def expect(self, keyword: str) -> None:
        if not self.next_is(keyword):
            raise self.wrong(f"'{keyword}'")
        self.take()

    def wrong(self, wanted: str) -> BadJql:
        if self.at >= len(self.tokens):
            return BadJql(f"Error in the JQL Query: Expecting {wanted} before the end of the query.")
        token = self.tokens[self.at]
        return BadJql(
            f"Error in the JQL Query: Expecting {wanted} but got '{token.text}'. (line 1, character {token.at + 1})"
        )
