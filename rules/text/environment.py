"""Whether a text names the version or environment in which something was seen."""

from rules.document import Document
from rules.lazy_regex import regex
from rules.text.bug_patterns import NAMES_ENVIRONMENT
from rules.text.model import Reading

# "Checkout: total is wrong" names the part of the product where it was seen.
_PART = regex(r"\s*(?:\[[^\]]+\]|[\w .+/-]{2,25}:)\s*\S")


def names_environment(title: str, document: Document, reading: Reading) -> bool:
    """Whether there is a section for it, or the words name a version, browser, system or part of the product."""
    section = reading.section("environment")
    if (section and section.blocks) or _PART.match(title):
        return True
    text = "\n".join(block.text for block in document.blocks)
    return bool(NAMES_ENVIRONMENT.search(f"{title}\n{text}"))
