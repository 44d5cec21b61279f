"""Language packs: words as data, one language a file.

A heading is looked up in all of them, since one backlog often mixes languages; English comes first.
"""

import re
from collections.abc import Iterable

from rules.text.languages.de import GERMAN
from rules.text.languages.en import ENGLISH
from rules.text.languages.es import SPANISH
from rules.text.languages.fr import FRENCH
from rules.text.languages.language import Language, StoryForm
from rules.text.languages.nl import DUTCH
from rules.text.languages.pt import PORTUGUESE

__all__ = ["LANGUAGES", "Language", "StoryForm", "whole_words"]

LANGUAGES: tuple[Language, ...] = (ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE, DUTCH)


def whole_words(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for many that all begin at the start of a word; for speed, it is tried only there."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})", re.IGNORECASE)
