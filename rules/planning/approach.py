"""The approach note of a large issue: how the team means to build it, as written in the issue."""

from rules.text.model import Reading, Section

ROLES = ("tasks", "proposal")
"""What a heading above an approach note means: "Approach", "Implementation plan", "Solution" in each language."""
LONGEST = 140
"""Characters of a note that are shown."""


def approach_of(reading: Reading | None) -> str:
    """The beginning of the approach note of an issue, "" where it has none."""
    sections = reading.sections if reading is not None else ()
    notes = (_text(section) for section in sections if section.role in ROLES and section.heading is not None)
    note = next(filter(None, notes), "")
    return note if len(note) <= LONGEST else f"{note[: LONGEST - 1].rstrip()}…"


def _text(section: Section) -> str:
    return "; ".join(text for block in section.blocks if (text := " ".join(block.text.split())))
