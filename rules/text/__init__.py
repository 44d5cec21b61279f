"""What can be read in an issue's text: sections, criteria, the story sentence, steps, open questions.

`read_issue` is the door. Everything found carries its place (`Quote`), so that a finding can show the very line.
"""

from rules.text.model import Criterion, Facts, Quote, Reading, Section, Story
from rules.text.reader import read_issue

__all__ = ["Criterion", "Facts", "Quote", "Reading", "Section", "Story", "read_issue"]
