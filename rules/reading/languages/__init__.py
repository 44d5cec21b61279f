"""Language packs: words as data, one language a file.

A heading is looked up in all of them, since one backlog often mixes languages; English comes first.
"""

from rules.reading.languages.de import GERMAN
from rules.reading.languages.en import ENGLISH
from rules.reading.languages.es import SPANISH
from rules.reading.languages.fr import FRENCH
from rules.reading.languages.language import Language, StoryForm
from rules.reading.languages.nl import DUTCH
from rules.reading.languages.pt import PORTUGUESE

__all__ = ["LANGUAGES", "Language", "StoryForm"]

LANGUAGES: tuple[Language, ...] = (ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE, DUTCH)
