"""Language packs: words as data, one language a file.

A heading is looked up in all of them, since one backlog often mixes languages; English comes first.
"""

from collections.abc import Iterable

from rules.lazy_regex import CaselessPattern, caseless
from rules.text.languages.cs import CZECH
from rules.text.languages.da import DANISH
from rules.text.languages.de import GERMAN
from rules.text.languages.en import ENGLISH
from rules.text.languages.es import SPANISH
from rules.text.languages.fi import FINNISH
from rules.text.languages.fr import FRENCH
from rules.text.languages.it import ITALIAN
from rules.text.languages.ja import JAPANESE
from rules.text.languages.ko import KOREAN
from rules.text.languages.language import Language, StoryForm
from rules.text.languages.nb import NORWEGIAN
from rules.text.languages.nl import DUTCH
from rules.text.languages.pl import POLISH
from rules.text.languages.pt import PORTUGUESE
from rules.text.languages.ru import RUSSIAN
from rules.text.languages.sv import SWEDISH
from rules.text.languages.tr import TURKISH
from rules.text.languages.zh import CHINESE

__all__ = ["LANGUAGES", "Language", "StoryForm", "whole_words"]

LANGUAGES: tuple[Language, ...] = (
    *(ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE, DUTCH, ITALIAN, POLISH, CZECH),
    *(SWEDISH, DANISH, NORWEGIAN, FINNISH, RUSSIAN, TURKISH, JAPANESE, CHINESE, KOREAN),
)


def whole_words(patterns: Iterable[str], *english: str, parts: str = "") -> CaselessPattern:
    """One pattern for many, one a language in their order and more in `english`, that begin at the start of a word.

    For speed, it is tried only there, and languages that need other letters only in texts that have such letters.
    `parts` are those of `caseless`.
    """
    pairs = tuple(zip(LANGUAGES, patterns, strict=True))
    return caseless(
        _at_word_starts((*(pattern for _, pattern in pairs), *english)),
        in_ascii=_at_word_starts((*(pattern for language, pattern in pairs if language.often_ascii), *english)),
        parts=parts,
    )


def _at_word_starts(patterns: Iterable[str]) -> str:
    return rf"(?<!\w)(?:{'|'.join(patterns)})"
