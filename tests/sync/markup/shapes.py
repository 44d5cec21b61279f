"""How tests look at documents: short tuples instead of whole blocks."""

from rules.document import Document


def shapes(document: Document) -> list[tuple[str, str]]:
    """Each block as its kind and text."""
    return [(block.kind.value, block.text) for block in document.blocks]


def kinds(document: Document) -> list[str]:
    """The kinds alone."""
    return [block.kind.value for block in document.blocks]
