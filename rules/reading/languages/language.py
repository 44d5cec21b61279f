"""What a language pack holds: the words by which headings, story sentences and defects are known.

All patterns are for lower-case text with plain quotes and single spaces. A pack adds words; the logic is elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryForm:
    """The user-story sentence of a language.

    `keywords` are the words it can open with, for a quick look; `role` is the whole opening, up to the role itself.
    `wants` follow the role and say that something is wanted; `benefits` open the reason. `not_roles` are nouns that
    make "as a ..." something else when the role is one of them, `not_openers` words that do so when it begins with one.
    """

    keywords: tuple[str, ...]
    role: str
    wants: str
    benefits: str
    not_roles: str = "(?!)"
    not_openers: str = "(?!)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language. Each value of `roles` is a pattern that a whole heading must match to have that role."""

    code: str
    roles: Mapping[str, str]
    story: StoryForm
    scenario: tuple[str, str, str]
    fillers: str = "(?!)"
    done_when: str = "(?!)"
    nothing: str = "(?!)"
    pointers: str = "(?!)"
    undecided: str = "(?!)"
    should: str = "(?!)"
    symptoms: str = "(?!)"
    extra: Mapping[str, str] = field(default_factory=dict)
