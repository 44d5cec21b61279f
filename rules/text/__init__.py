"""Reading of an issue's text: sections, criteria, the story sentence, steps, open questions.

Use `read_issue`. Everything that was read has its place (`Quote`), so that a finding can show the line.
"""

from rules.text.environment import names_environment
from rules.text.model import Criterion, Facts, Quote, Reading, Section, Story
from rules.text.reader import read_issue
from rules.text.vocabulary import STANDARD, Vocabulary, vocabulary_of

__all__ = [
    "STANDARD",
    "Criterion",
    "Facts",
    "Quote",
    "Reading",
    "Section",
    "Story",
    "Vocabulary",
    "names_environment",
    "read_issue",
    "vocabulary_of",
]
