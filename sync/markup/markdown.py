"""Markdown of GitLab, GitHub and plain files; HTML comments are template help and are dropped."""

from rules.document import Document
from sync.markup import block_reader as lines


def read(text: str) -> Document:
    """Markdown as blocks. Never fails."""
    return lines.read(text, lines.MARKDOWN)
