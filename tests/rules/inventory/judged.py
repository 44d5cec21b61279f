"""A backlog with verdicts, of which only those named are in the ready horizon."""

from collections.abc import Collection
from typing import Any

from rules.backlog.index import Backlog
from rules.model import Issue
from rules.verdict import Judgement, Verdict
from tests.factories import facts, snapshot


def judged(*issues: Issue, near: Collection[str] = (), **world: Any) -> tuple[Backlog, Judgement]:
    """The backlog of these issues in this rank order, and their verdicts."""
    verdicts = tuple(
        Verdict(issue=one, score=100, findings=(), passed=(), facts=facts(), in_horizon=one.key in near)
        for one in issues
    )
    return Backlog.of(snapshot(*issues, **world)), Judgement(verdicts=verdicts)
