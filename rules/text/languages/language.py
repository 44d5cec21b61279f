"""The content of a language pack: words of headings, story sentences and defect reports.

All patterns are for lower-case text with plain quotes and single spaces. A pack adds words; the logic is elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryForm:
    """The user-story sentence of a language.

    `keywords` are the words it can open with, for a quick look; `role` is the whole opening, up to the role itself.
    `wants` follow the role and say that something is wanted; `benefits` open the reason. `not_roles` are nouns that
    make "as a ..." something else when the role is one of them, `not_openers` words that do so when it begins with one.
    `whole` is the sentence, with the groups `role` and `want`, where the role comes before the word that marks it.
    """

    keywords: tuple[str, ...]
    role: str
    wants: str
    benefits: str
    not_roles: str = "(?!)"
    not_openers: str = "(?!)"
    whole: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language; a pattern left out matches nothing.

    `spaced` says whether its words have spaces between them, `often_ascii` whether a paragraph often has no other
    letters than those of ASCII. `roles` maps a role to the pattern a whole heading must
    match to have it. `scenario` holds the words for given, when and then. Whole texts without content: `fillers` hold a
    place (TBD), `nothing` says that there is nothing (n/a), `pointers` refer to elsewhere ("see above"), `vague` wishes
    nothing that can be checked ("it works"). `numbered` are nouns that a template counts ("Criterion 1"), `criterion`
    the short label of a criterion ("AC1"), `leads` words at the end of a line that introduces what must hold. Inside
    sentences, from a word's start: `done_when` says when the work is done, `undecided` that something is still open,
    `should` what should be, `symptoms` what goes wrong.
    """

    code: str
    roles: Mapping[str, str]
    story: StoryForm
    scenario: tuple[str, str, str]
    spaced: bool = True
    often_ascii: bool = True
    numbered: str = "(?!)"
    criterion: str = "(?!)"
    leads: str = "(?!)"
    vague: str = "(?!)"
    fillers: str = "(?!)"
    done_when: str = "(?!)"
    nothing: str = "(?!)"
    pointers: str = "(?!)"
    undecided: str = "(?!)"
    should: str = "(?!)"
    symptoms: str = "(?!)"
