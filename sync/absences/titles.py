"""What the title of an event says: who is away, and whether it is about being away at all.

A title is cut into names, words for being away, dates, small words and everything else. A name of several words counts
wherever it is. One of a single word may be a common word (Will, May): it counts where nothing else is next to it, as in
"May vacation" and "Will - PTO", but not in "until 4 May" or "Jo Anders vacation".
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property
from itertools import groupby, pairwise, takewhile

from rules.lazy_regex import regex
from sync.absences.lexicon import (
    BE,
    CANCELLED,
    COVER,
    COVERS,
    DATE,
    DAY,
    JOIN,
    MODAL,
    MONTHS,
    NOT_AFTER,
    NOT_BEFORE,
    PUBLIC,
    SMALL,
    TEAM,
    UNTIL,
    WEAK,
    WITH,
    WORD,
)
from sync.absences.names import People, plain
from sync.absences.options import AbsenceWords


class Kind(Enum):
    """What a part of a title is."""

    NAME = auto()
    AWAY = auto()
    WEAK = auto()
    DAY = auto()
    DATE = auto()
    SMALL = auto()
    JOIN = auto()
    SIGN = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Kind
    text: str  # without accents, lower case
    begin: int
    end: int
    person: str = ""
    is_single: bool = False
    is_exact: bool = True  # written with the same capital letters as in the configuration


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says.

    `people` are those whose time it is about, `mentioned` all who are named. `is_away`: it has a word for being away.
    `is_only_away`: it says nothing else. `is_cancelled`: it begins with a word for that.
    """

    people: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    is_away: bool = False
    is_only_away: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True)
class Titles:
    """Reads titles with the names of these people and these words for being away."""

    persons: People
    words: AbsenceWords

    def read(self, text: str) -> Title:
        """What a title says."""
        title = plain(text).replace("_", " ")
        bare = _without_accents(title)
        cancelled = CANCELLED.match(bare)
        start = cancelled.end() if cancelled else 0
        tokens = list(_resolved(_dated(list(self._tokens(title, bare, start))), bare))
        away = any(token.kind is Kind.AWAY for token in tokens)
        rest = {token.kind for token in tokens if token.text not in TEAM}
        return Title(
            people=tuple(dict.fromkeys(_people(tokens, bare))),
            mentioned=tuple(dict.fromkeys(_mentioned(tokens, bare))),
            is_away=away,
            is_only_away=away and Kind.WORD not in rest,
            is_cancelled=cancelled is not None,
        )

    def has_word(self, text: str) -> bool:
        """Whether a category is a word for being away."""
        return self.read(text).is_only_away

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        writings = sorted(self.persons.by_writing, key=len, reverse=True)
        if not writings:
            return None
        either = "|".join(
            re.escape(one).replace(r",\ ", r"\s*,\s*").replace(r"\ ", r"\s+").replace("ss", "(?:ss|ß)")
            for one in writings
        )
        return re.compile(rf"(?<![\w'-])({either})(?:'s|'|s(?=\s))?(?!\w)", re.IGNORECASE)

    @cached_property
    def _away(self) -> re.Pattern[str]:
        words = sorted({_without_accents(plain(word)).casefold() for word in self.words.all}, key=len, reverse=True)
        if not words:
            return re.compile(r"(?!)")
        either = "|".join(re.escape(one).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+") for one in words)
        return re.compile(rf"(?:{either})(?:-(?:{either}|days?|tage?))*(?!\w|-\w)", re.IGNORECASE)

    def _tokens(self, title: str, bare: str, position: int) -> Iterator[_Token]:
        while position < len(bare):
            if bare[position].isspace():
                position += 1
                continue
            token = self._token(title, bare, position)
            yield token
            position = token.end

    def _token(self, title: str, bare: str, at: int) -> _Token:
        name = self._name(title, bare, at)
        if name is not None:
            return name
        away = self._away.match(bare, at)
        if away:
            kind = Kind.WEAK if away[0].casefold() in WEAK else Kind.AWAY
            return _Token(kind, away[0].casefold(), at, away.end())
        for kind, pattern in _PATTERNS:
            match = pattern.match(bare, at)
            if match and match.end() > at:
                return _Token(kind, match[0].casefold(), at, match.end())
        return _Token(Kind.SIGN, bare[at], at, at + 1)

    def _name(self, title: str, bare: str, at: int) -> _Token | None:
        match = self._names.match(title, at) if self._names else None
        if match is None:
            return None
        if re.match(r"-\w", title[match.end() :]) and not self._away.match(bare, match.end() + 1):
            return None  # the first half of a double name
        person = self.persons.find(match[1])
        assert person is not None, "the pattern is made of the writings"
        single = " " not in match[1]
        if single and MODAL.match(bare, at):
            return _Token(Kind.SMALL, "be", at, match.end())
        exact = not single or match[1] == plain(person)
        return _Token(Kind.NAME, match[1].casefold(), at, match.end(), person, single, exact)


_PATTERNS = (
    (Kind.DATE, regex(rf"{DATE}(?!\w|-\w)", re.IGNORECASE)),
    (Kind.DAY, regex(rf"{DAY}(?!\w|-(?!off\b)\w)", re.IGNORECASE)),
    (Kind.JOIN, JOIN),
    (Kind.SMALL, regex(rf"(?:{'|'.join(sorted(SMALL, reverse=True))})(?!\w|-\w)", re.IGNORECASE)),
    (Kind.WORD, WORD),
)


def _without_accents(text: str) -> str:
    """The text without accents, as long as before, so that places in it stay."""
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text)


def _dated(tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens, with names that are a month where a date is: "4 May", "until May"."""
    around = (None, *tokens, None, None)
    return [
        replace(token, kind=Kind.DATE) if _is_month(token, *around[number : number + 4]) else token
        for number, token in enumerate(tokens)
    ]


def _is_month(token: _Token, before: _Token | None, _: object, after: _Token | None, later: _Token | None) -> bool:
    if token.kind is not Kind.NAME or token.text not in MONTHS:
        return False
    if before and (before.kind is Kind.DATE or (before.kind is Kind.SMALL and before.text in UNTIL)):
        return True
    if after is None or after.kind not in {Kind.DATE, Kind.DAY}:
        return False
    if after.kind is Kind.DATE:  # "May 4" is a date, "May 2 days off" is about a person
        return later is None or later.kind is not Kind.DAY
    return after.text == "day" and (later is None or later.kind is not Kind.WEAK)


def _resolved(tokens: Sequence[_Token], bare: str) -> Iterator[_Token]:
    """The tokens, where each word for being away is one, or only a word like others: "vacation planning"."""
    clear: list[_Token] = []
    for token, following in pairwise((*tokens, None)):
        assert token is not None, "only the last one is followed by nothing"
        if token.kind is Kind.WEAK:
            alone = _stands_alone(token, clear[-1] if clear else None, following)
            clear.append(replace(token, kind=Kind.AWAY if alone else Kind.WORD))
        else:
            clear.append(token)
    for is_away, group in groupby(clear, lambda token: token.kind is Kind.AWAY):
        phrase = list(group)
        if is_away and (NOT_AFTER.match(bare, phrase[-1].end) or NOT_BEFORE.search(bare[: phrase[0].begin])):
            phrase = [replace(token, kind=Kind.WORD) for token in phrase]
        yield from phrase


def _stands_alone(token: _Token, before: _Token | None, after: _Token | None) -> bool:
    """Whether nothing next to a word such as "off" gives it another meaning: "kick off", "off site"."""
    if after is not None and after.kind is Kind.WORD:
        return False
    if after is not None and (
        after.text == "to" or f"{token.text} {after.text}" in {"out of", "away day", "away days"}
    ):
        return False
    if before is None or before.kind in {Kind.SIGN, Kind.JOIN, Kind.NAME, Kind.AWAY, Kind.DATE}:
        return True
    if before.kind is Kind.DAY:
        return not (before.text == "time" and token.text == "out")
    return before.text in TEAM or (before.kind is Kind.SMALL and before.text in BE)


def _people(tokens: Sequence[_Token], bare: str) -> Iterator[str]:
    """Those whose time the title is about."""
    someone, verb = False, -1
    for begin, end in _runs(tokens):
        before = bare[: tokens[begin].begin]
        if (COVER.search(before) and (verb < 0 or before[verb:].strip())) or WITH.search(before):
            continue
        present = COVERS.match(bare, tokens[end - 1].end)
        verb = present.end() if present else verb  # "Jo covers Ada Test": who comes after the verb is away
        clear = _is_clear(tokens, begin, end, someone=someone)
        for token in tokens[begin : _away_until(begin, end, present)]:
            if token.kind is Kind.NAME and (clear or not token.is_single):
                someone = True
                yield token.person


def _away_until(begin: int, end: int, present: re.Match[str] | None) -> int:
    """Where those who are away end in a run of names: who covers for others is present."""
    if present is None:
        return end
    return begin if present["all"] else end - 1


def _mentioned(tokens: Sequence[_Token], bare: str) -> Iterator[str]:
    """All who are named, without those who are named as present."""
    for begin, end in _runs(tokens):
        if not COVER.search(bare[: tokens[begin].begin]) and not COVERS.match(bare, tokens[end - 1].end):
            yield from (token.person for token in tokens[begin:end] if token.kind is Kind.NAME and token.is_exact)


def _runs(tokens: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    """Where names joined with each other begin and end: "Ada Test, Ben Test and Will"."""
    begin = 0
    while begin < len(tokens):
        if tokens[begin].kind is not Kind.NAME:
            begin += 1
            continue
        end = begin + 1
        while True:
            following = next((n for n in range(end, len(tokens)) if tokens[n].kind is not Kind.JOIN), len(tokens))
            if following in {end, len(tokens)} or tokens[following].kind is not Kind.NAME:
                break
            end = following + 1
        yield begin, end
        begin = end


def _is_clear(tokens: Sequence[_Token], begin: int, end: int, *, someone: bool) -> bool:
    """Whether names of one word are the ones spoken of: nothing is next to them but what says that they are away."""
    left: list[_Token] = list(takewhile(lambda token: token.kind not in _BORDERS, reversed(tokens[:begin])))
    right = list(takewhile(lambda token: token.kind not in _BORDERS, tokens[end:]))
    before = list(takewhile(lambda token: token.kind is not Kind.AWAY, right))
    if any(token.kind not in _AROUND or token.text in PUBLIC for token in (*left, *before)):
        return False
    if right and right[0].kind is Kind.SMALL and right[0].text not in BE:
        return False
    return not someone or (not left and len(before) < len(right))


_BORDERS = frozenset({Kind.SIGN, Kind.JOIN})
_AROUND = frozenset({Kind.AWAY, Kind.SMALL, Kind.DATE, Kind.DAY})
