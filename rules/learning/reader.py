"""Reads the texts that issues had on earlier days, each text once."""

from dataclasses import dataclass, field

from rules.document import Document
from rules.model import Issue, Kind
from rules.text import STANDARD, Reading, Vocabulary, read_issue

Text = tuple[str, Document, Kind, Document | None]


@dataclass(slots=True)
class PastReader:
    """Remembers what it has read; most issues have the same text at most moments."""

    vocabulary: Vocabulary = STANDARD
    readings: dict[Text, Reading] = field(default_factory=dict)

    def read(self, issue: Issue) -> Reading:
        """The reading of an issue's text, as the issue was at some moment."""
        text = (issue.title, issue.document, issue.kind, issue.acceptance)
        if text not in self.readings:
            self.readings[text] = read_issue(*text, self.vocabulary)
        return self.readings[text]
