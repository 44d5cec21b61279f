"""The open questions of a planning: for how long each is open, who asked it, and who is to answer."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from rules.backlog.index import Backlog
from rules.document import Document
from rules.history.kept import WINDOW
from rules.model import EditField, Editor, Issue
from rules.rule import Finding
from rules.verdict import Judgement
from rules.wording import agreeing, many

QUESTIONS = "ready.open_questions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An open question of an issue on the page; `accepted` says who accepted it, "" where nobody did.

    `by` is who wrote it and `days_open` for how many days it is in the text, "" and `None` where the past does not say.
    `waits_for` is who is to answer: the team what the Product Owner asks, the Product Owner all else.
    """

    issue: str
    team: str
    text: str
    accepted: str = ""
    by: str = ""
    days_open: int | None = None
    waits_for: str = ""

    @property
    def state(self) -> str:
        """Who accepted it, or who asked it when, and who is to answer."""
        if self.accepted:
            return self.accepted
        asked = ""
        if self.days_open is not None:
            when = f"{many(self.days_open, 'day')} ago" if self.days_open else "today"
            asked = f"asked by {self.by} {when}, " if self.by else f"asked {when}, "
        return f"{asked}waits for {self.waits_for}"


def questions_of(team: str, issues: Iterable[Issue], backlog: Backlog, judgement: Judgement) -> Iterator[Question]:
    """The open questions of a team's issues."""
    for issue in issues:
        verdict = judgement.by_key.get(issue.key)
        for finding in verdict.findings if verdict else ():
            if finding.rule == QUESTIONS:
                yield _question(team, issue, finding, backlog)


def waiting(questions: Iterable[Question]) -> str:
    """How many questions wait for each person or team, if nobody accepted them: "3 wait for Ana, 1 waits for Bo."."""
    counts = Counter(one.waits_for for one in questions if not one.accepted)
    parts = (f"{count} {agreeing(count, 'waits', 'wait')} for {who}" for who, count in counts.most_common())
    return f"{', '.join(parts)}." if counts else ""


def _question(team: str, issue: Issue, finding: Finding, backlog: Backlog) -> Question:
    product, now = backlog.snapshot.product, backlog.snapshot.taken_at
    written = _written(issue, finding, backlog)
    at, editor = written or (None, Editor("", ""))
    from_owner = editor.account == product.account if product.account else editor.name == product.owner
    return Question(
        issue=issue.key,
        team=team,
        text=finding.message,
        accepted=finding.waived,
        by=editor.name,
        days_open=(now.date() - at.date()).days if at is not None else None,
        waits_for=team if from_owner else product.owner,
    )


def _written(issue: Issue, finding: Finding, backlog: Backlog) -> tuple[datetime, Editor] | None:
    """When a question came into the text and who wrote it; `None` where the past of the text does not say."""
    edits = backlog.snapshot.edits.get(issue.id)
    if edits is None or not finding.evidence:
        return None
    question = _plain(finding.evidence[0].text)
    texts = ((EditField.DESCRIPTION, issue.document), (EditField.ACCEPTANCE, issue.acceptance))
    field = next((field for field, text in texts if text is not None and question in _text(text)), None)
    if field is None:
        return None
    for edit in reversed([edit for edit in edits if edit.field is field]):
        if edit.former is None or edit.at < backlog.snapshot.taken_at - WINDOW:
            return None
        if question not in _text(edit.former):
            return edit.at, Editor(edit.account, edit.name)
    return issue.created, Editor(issue.reporter or "", issue.reporter_name)


def _text(document: Document) -> str:
    return _plain(document.prose)


def _plain(text: str) -> str:
    return " ".join(text.split())
