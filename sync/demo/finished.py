"""The texts of what the invented shop finished, now and at the start of the sprint, with facts for a report to find.

Stories that had no criteria when their sprint started mostly got them in the sprint: that is the one thing in
these texts with a consequence. Open questions, placeholders, vague words and other forms of story have none.
"""

from collections.abc import Mapping
from typing import Any

_STORY = "As a shopper, I want this so that ordering takes less of my time: {title}."
_PLAIN = "Shoppers asked for this in the survey after the order, and support hears of it every week: {title}."
_CRITERIA = "h3. Acceptance criteria\n* {title}: the order page shows it within one second\n* {last}"
_CLEAR, _VAGUE = "A test order for {title!r} goes through unchanged", "The page for {title!r} is fast and easy to use"
_QUESTION = "Who informs the support team about {title!r}?"
_PLACEHOLDER = "Texts for {title!r}: TBD"
_BUG = (
    "# Log in as a shopper who saw this: {title}\n# Open the order page of {title!r} and press reload\n\n"
    "Expected: the order page is right, without this: {title}.\n\nActual: {title}."
)
_TASK = "The team needs this for the work of the next sprint, as agreed in the last refinement: {title}."


def texts_of(number: int, row: Mapping[str, Any]) -> tuple[str, str]:
    """The text of a finished issue now, and when its first sprint started; `number` counts the finished issues."""
    title = row["title"]
    if row["type"] != "Story":
        text = (_BUG if row["type"] == "Bug" else _TASK).format(title=title)
        return text, text
    head = (_PLAIN if number % 4 == 3 else _STORY).format(title=title)
    tail = [_QUESTION.format(title=title)] if number % 4 == 1 else []
    tail += [_PLACEHOLDER.format(title=title)] if number % 5 == 2 else []
    criteria = _CRITERIA.format(title=title, last=(_VAGUE if number % 7 in {0, 3} else _CLEAR).format(title=title))
    with_criteria, without = "\n\n".join([head, criteria, *tail]), "\n\n".join([head, *tail])
    if number % 3 == 1:  # without criteria; all but a few were written in the sprint
        return (without, without) if number % 21 == 1 else (with_criteria, without)
    if number % 13 == 0:
        return with_criteria, with_criteria.replace("one second", "two seconds")
    return with_criteria, with_criteria
