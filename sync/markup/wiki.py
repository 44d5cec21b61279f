"""Jira's wiki markup: texts of Data Center and of old Cloud exports, and our comments there."""

from rules.document import Document
from sync.markup import block_reader as lines
from sync.markup.dialects import looks_like_markdown
from sync.markup.wiki_writer import write

__all__ = ["read", "write"]


def read(text: str) -> Document:
    """Wiki markup as blocks; Markdown pasted into Jira is recognised and read as such. Never fails."""
    return lines.read(text, lines.MARKDOWN if looks_like_markdown(text) else lines.WIKI)
