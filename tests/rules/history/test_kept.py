"""What is kept of an issue's past: everything recent, and of the rest what later questions need."""

from hypothesis import given
from hypothesis import strategies as st

from rules.history.kept import MOST, WINDOW, kept, labels_in, labels_text
from rules.model import Edit, EditField
from tests.factories import NOW, document, edit

OLD = WINDOW.days + 100


def test_recent_edits_stay_as_they_are() -> None:
    edits = tuple(edit(EditField.LABELS, days_ago=OLD - 101 - n, before=str(n), after=str(n + 1)) for n in range(5))

    assert kept(edits, NOW) == edits


def test_older_edits_become_one_a_field_from_the_first_value_to_the_last() -> None:
    """Medium (3) became High (2) and then Highest (1): what remains says 3 to 1 at the later moment."""
    edits = [
        edit(EditField.PRIORITY, days_ago=OLD, before="3", after="2"),
        edit(EditField.STATUS, days_ago=OLD - 1, before="1", after="4"),
        edit(EditField.PRIORITY, days_ago=OLD - 2, before="2", after="1"),
    ]

    assert kept(edits, NOW) == (edits[1], edit(EditField.PRIORITY, days_ago=OLD - 2, before="3", after="1"))


def test_the_text_at_the_moment_of_an_old_estimate_stays_known() -> None:
    """Texts A, B, C, D with the estimate between B and C: after it, the first former text is B."""
    a, b, c = document("A"), document("B"), document("C")
    edits = [
        edit(EditField.DESCRIPTION, days_ago=OLD, former=a),
        edit(EditField.ESTIMATE, days_ago=OLD - 1, after="3"),
        edit(EditField.DESCRIPTION, days_ago=OLD - 2, former=b),
        edit(EditField.DESCRIPTION, days_ago=OLD - 3, former=c),
    ]

    texts = [one for one in kept(edits, NOW) if one.field is EditField.DESCRIPTION]

    assert [(one.former, (NOW - one.at).days) for one in texts] == [(a, OLD), (b, OLD - 3)]


def test_what_an_app_did_is_not_merged_with_what_people_did() -> None:
    edits = [
        edit(EditField.PRIORITY, days_ago=OLD, before="3", after="2"),
        edit(EditField.PRIORITY, days_ago=OLD - 1, before="2", after="3", by_person=False),
    ]

    assert kept(edits, NOW) == tuple(edits)


def test_an_issue_that_a_program_edits_all_day_keeps_the_newest() -> None:
    edits = [edit(EditField.LABELS, days_ago=100 - n / 100, before=str(n), after=str(n + 1)) for n in range(MOST + 50)]

    found = kept(edits, NOW)

    assert len(found) == MOST + 1
    assert (found[0].before, found[0].after) == ("0", "50")
    assert found[1:] == tuple(edits[50:])


def test_of_other_changes_only_the_last_by_a_person_and_by_an_app_are_kept() -> None:
    edits = [
        edit(EditField.OTHER, days_ago=9),
        edit(EditField.OTHER, days_ago=8, by_person=False),
        edit(EditField.OTHER, days_ago=7),
        edit(EditField.OTHER, days_ago=6),
    ]

    assert kept(edits, NOW) == (edits[1], edits[3])


pasts = st.lists(
    st.builds(
        edit,
        st.sampled_from(EditField),
        days_ago=st.floats(0, 2 * WINDOW.days),
        after=st.text(max_size=3),
        by_person=st.booleans(),
    ),
    max_size=20,
).map(lambda edits: sorted(edits, key=lambda one: one.at))


@given(pasts)
def test_the_last_value_of_each_field_and_the_last_touch_are_never_lost(edits: list[Edit]) -> None:
    found = kept(edits, NOW)

    assert {one.field: one.after for one in edits} == {one.field: one.after for one in found}
    assert max((one.at for one in edits), default=None) == max((one.at for one in found), default=None)
    assert kept(found, NOW) == found
    assert list(found) == sorted(found, key=lambda one: one.at)


@given(st.sets(st.text(st.characters(codec="utf-8", exclude_characters="\N{NO-BREAK SPACE}"), min_size=1)))
def test_labels_with_spaces_are_the_same_labels_later(labels: set[str]) -> None:
    assert labels_in(labels_text(labels)) == labels


def test_labels_of_jira_are_separated_by_spaces() -> None:
    assert labels_in("web  late") == {"web", "late"}
