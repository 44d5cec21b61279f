"""The languages of comments: one file a language, with every text that a comment can hold.

English has no file: its texts are in the code that says them, such as the file of a rule.
"""

from collections.abc import Mapping

from rules.translations.de import GERMAN
from rules.translations.es import SPANISH
from rules.translations.fr import FRENCH
from rules.wording import ENGLISH, Translation

TRANSLATIONS: Mapping[str, Translation] = {one.code: one for one in (ENGLISH, GERMAN, FRENCH, SPANISH)}
