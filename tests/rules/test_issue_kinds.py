"""From a tracker's type names to the kinds of work."""

import pytest

from rules.issue_kinds import kind_of_type, type_in
from rules.model import Kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Story", Kind.STORY),
        ("New Feature", Kind.STORY),
        ("Improvement", Kind.STORY),
        ("Bug", Kind.BUG),
        ("Fehler", Kind.BUG),
        ("Ошибка", Kind.BUG),
        ("Spike", Kind.SPIKE),
        ("Component  Upgrade", Kind.TASK),
        ("Technical task", Kind.SUBTASK),
        ("Epic", Kind.EPIC),
        ("type::bug", Kind.BUG),
        ("Kind: Feature", Kind.STORY),
        ("kind/spike", Kind.SPIKE),
        ("type::polish", Kind.TASK),
        ("", Kind.TASK),
    ],
)
def test_a_name_gives_the_kind(name: str, kind: Kind) -> None:
    assert kind_of_type(name) is kind


def test_what_jira_says_of_the_type_comes_before_its_name() -> None:
    assert kind_of_type("Bug", subtask=True) is Kind.SUBTASK
    assert kind_of_type("Story", level=-1) is Kind.SUBTASK
    assert kind_of_type("Initiative", level=2) is Kind.EPIC
    assert kind_of_type("Story", level=0) is Kind.STORY


def test_the_configuration_comes_before_everything() -> None:
    own = {"Change  request": Kind.STORY, "Risk": Kind.SPIKE}
    assert kind_of_type("change Request", subtask=True, own=own) is Kind.STORY
    assert kind_of_type("risk", own=own) is Kind.SPIKE
    assert kind_of_type("Bug", own=own) is Kind.BUG


@pytest.mark.parametrize(
    ("labels", "name"),
    [
        ({"ios", "type::bug"}, "type::bug"),
        ({"bug", "type::story"}, "type::story"),
        ({"type::polish", "enhancement"}, "enhancement"),
        ({"type::polish", "ios"}, "type::polish"),
        ({"Bug", "ios"}, "Bug"),
        ({"typed", "ios", "priority::high"}, ""),
        (set(), ""),
    ],
)
def test_a_label_names_the_kind_where_an_issue_has_no_type(labels: set[str], name: str) -> None:
    assert type_in(labels) == name
