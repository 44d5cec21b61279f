"""Which near issues show that stakeholders took part in their content."""

from typing import Any

import pytest

from rules.inventory.options import ChannelOptions, ContentsOptions, Recognised
from rules.inventory.taken_part import TakenPart
from rules.inventory.work import contents
from rules.model import Issue
from tests.factories import comment, issue
from tests.rules.inventory.judged import judged

KIM = ChannelOptions(stakeholder=Recognised(reporters=frozenset({"Kim Park"}), labels=frozenset({"customer"})))


def taken(*issues: Issue, near: tuple[str, ...] = ("A-1",)) -> TakenPart | None:
    backlog, judgement = judged(*issues, near=near)
    return contents(backlog, judgement, ContentsOptions(), KIM).taken_part


@pytest.mark.parametrize(
    ("body", "values"),
    [
        ("Pay by card.", {"comments": (comment(author="9", author_name="kim park"),)}),
        ("Pay by card.", {"reporter_name": "Kim Park"}),
        ("Pay by card.", {"labels": frozenset({"customer"})}),
        ("Pay by card.\n\n## Discussed with\n\nThe support team", {}),
        ("Pay by card.\n\nDiscussed with: the support team", {}),
        ("Pay by card.\n\n- Besprochen mit: Kim", {}),
        ("Pay by card.\n\n**Consulted with:** Acme", {}),
    ],
)
def test_a_comment_a_report_and_a_named_talk_are_evidence(body: str, values: dict[str, Any]) -> None:
    assert taken(issue("A-1", body, **values), issue("A-2", ""), near=("A-1", "A-2")) == TakenPart(2, 1, ("A-2",))


@pytest.mark.parametrize(
    ("body", "values"),
    [
        ("Pay by card.", {"comments": (comment(author_name="Bo"),)}),
        ("Pay by card.\n\n## Discussed with", {}),
        ("Pay by card.\n\nDiscussed with:", {}),
        ("Pay by card.\n\n## Consulted sources\n\nThe wiki", {}),
        ("It was discussed with nobody: pay by card.", {}),
    ],
)
def test_comments_of_others_and_empty_headings_are_none(body: str, values: dict[str, Any]) -> None:
    assert taken(issue("A-1", body, **values)) is None


def test_only_the_ready_horizon_counts() -> None:
    far = issue("A-2", labels=frozenset({"customer"}))

    assert taken(issue("A-1"), far) is None
    assert taken(issue("A-1"), far, near=()) is None
