"""What the text of an issue was at an earlier moment, and how much of it changed since."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rules.document import EMPTY, Document
from rules.history.kept import TEXTS, labels_in
from rules.history.replay import edits_after, points_at
from rules.lazy_regex import regex
from rules.model import Edit, EditField, Issue
from rules.text import Reading, read_issue

_WORD = regex(r"\w+")


def reading_at(issue: Issue, edits: Sequence[Edit], moment: datetime) -> Reading | None:
    """The reading of the issue's text at that moment; `None` where a text was too long to be kept."""
    texts = texts_at(issue, edits, moment)
    if texts is None:
        return None
    description, acceptance = texts
    return read_issue(issue.title, description, issue.kind, acceptance)


def texts_at(issue: Issue, edits: Sequence[Edit], moment: datetime) -> tuple[Document, Document | None] | None:
    """The description and the text in the field for criteria at that moment; `None` where one was too long to be kept.

    The second is `None` where the site has no such field.
    """
    described = next(edits_after(edits, EditField.DESCRIPTION, moment), None)
    accepted = next(edits_after(edits, EditField.ACCEPTANCE, moment), None)
    if any(edit is not None and edit.former is None for edit in (described, accepted)):
        return None
    description = issue.document if described is None else (described.former or EMPTY)
    return description, issue.acceptance if accepted is None else accepted.former


def word_change(before: Sequence[Document | None], after: Sequence[Document | None]) -> float:
    """The share of words that changed, 0 to 1: those in only one of the texts, over the longer of the two."""
    old, new = _words(before), _words(after)
    longer = max(old.total(), new.total())
    return 1 - (old & new).total() / longer if longer else 0.0


def _words(texts: Sequence[Document | None]) -> Counter[str]:
    return Counter(word for text in texts if text is not None for word in _WORD.findall(text.prose.lower()))


def rewritten_since(issue: Issue, edits: Sequence[Edit], moment: datetime, now: Reading, *, least: float) -> bool:
    """Whether at least this share of words changed since the moment, or criteria were added.

    `now` is the reading of the present text. Where the text of that moment was not kept, nothing is claimed.
    """
    if not any(edit.field in TEXTS and edit.at > moment for edit in edits):
        return False
    texts, then = texts_at(issue, edits, moment), reading_at(issue, edits, moment)
    if texts is None or then is None:
        return False
    return word_change(texts, (issue.document, issue.acceptance)) >= least or len(now.criteria) > len(then.criteria)


def issue_at(issue: Issue, edits: Sequence[Edit], moment: datetime) -> Issue | None:
    """The issue with the title, texts, labels and estimate of that moment; `None` where a text was too long to be kept.

    Comments are those that were there by then. Everything else is as it is today.
    """
    texts = texts_at(issue, edits, moment)
    if texts is None:
        return None
    titled = next(edits_after(edits, EditField.TITLE, moment), None)
    labelled = next(edits_after(edits, EditField.LABELS, moment), None)
    return replace(
        issue,
        title=issue.title if titled is None else titled.before,
        document=texts[0],
        acceptance=texts[1],
        labels=issue.labels if labelled is None else labels_in(labelled.before),
        points=points_at(issue, edits, moment),
        comments=tuple(comment for comment in issue.comments if comment.created <= moment),
    )
