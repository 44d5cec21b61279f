"""Our part of the living page in Confluence's storage format."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.plan.page_body import BEGIN, END, NO_PAGE, PageBody
from sync.markup.page_storage import digest_in, replaced
from tests.hostile.texts import SEEDS
from tests.sync.markup.test_page import BODY, LATER, NAMING

OURS = "<h2>Agreement</h2><p>Be&nbsp;kind &rarr; always.</p>"
FRAME = '<page xmlns:ac="ac" xmlns:ri="ri">{}</page>'


def read(storage: str) -> ET.Element:
    return ET.fromstring(FRAME.format(storage.replace("&nbsp;", " ").replace("&rarr;", "→")))  # noqa: S314 - our own


def test_it_comes_behind_what_is_there_and_is_replaced_in_place_letter_by_letter() -> None:
    first = replaced(OURS, BODY)
    assert first.startswith(OURS)
    assert digest_in(first) == BODY.digest
    second = replaced(first + "<p>Ana: see you on Monday.</p>", LATER)
    assert second.startswith(OURS)
    assert second.endswith("<p>Ana: see you on Monday.</p>")
    assert digest_in(second) == LATER.digest
    assert BODY.title not in second
    assert replaced(second, NO_PAGE) == OURS + "<p>Ana: see you on Monday.</p>"


def test_it_says_what_the_page_says_and_names_the_commands() -> None:
    text = "".join(read(replaced("", BODY)).itertext())
    for line in (BODY.title, *BODY.lines, "Accept SHOP-2 for Payments (Sprint 5): comment /ready accept on SHOP-2"):
        assert line in text
    assert f'<a href="{BODY.link}">' in replaced("", BODY)


def test_the_keys_of_issues_are_links() -> None:
    made = read(replaced("", NAMING))
    assert [(one.text, one.get("href")) for one in made.iter("a")] == list(NAMING.links)


def test_on_a_page_with_a_layout_it_comes_into_the_last_cell_and_follows_where_people_move_it() -> None:
    layout = "<ac:layout><ac:layout-section><ac:layout-cell>{}</ac:layout-cell></ac:layout-section></ac:layout>"
    made = replaced(layout.format(OURS), BODY)
    assert made == layout.format(OURS + replaced("", BODY))
    assert replaced(made, LATER) == layout.format(OURS + replaced("", LATER))


def test_it_is_found_however_confluence_writes_the_markers() -> None:
    made = (
        replaced(OURS, BODY).replace("▼", "&#9660;").replace("▲", "&#x25B2;").replace("<p><em>", '<p local-id="a"><em>')
    )
    assert digest_in(made) == BODY.digest
    assert replaced(made, LATER) == replaced(OURS, LATER)


@pytest.mark.parametrize("marker", [BEGIN, END])
def test_where_a_person_removed_one_marker_nothing_is_lost_and_a_new_part_is_added(marker: str) -> None:
    cut = re.sub(rf"<p><em>{marker}.*?</p>", "", replaced(OURS, BODY))
    assert digest_in(cut) == ""
    again = replaced(cut, LATER)
    assert again.startswith(cut)
    assert replaced(again, LATER) == again


@given(st.lists(st.sampled_from(["<p>", "</p>", "▼ readyline", "▲ readyline", "x", "&amp;", "\n"])).map("".join))
def test_a_second_time_changes_nothing_whatever_people_wrote(storage: str) -> None:
    once = replaced(storage, LATER)
    assert replaced(once, LATER) == once
    assert digest_in(once) == LATER.digest


@pytest.mark.parametrize("hostile", SEEDS)
def test_no_text_becomes_markup(hostile: str) -> None:
    made = replaced("", PageBody(title=hostile or "x", lines=(hostile,), link=""))
    tags = {element.tag.rpartition("}")[2] for element in read(made).iter()}
    assert tags <= {"page", "p", "em", "strong", "ul", "li", "structured-macro", "parameter"}
    assert made.count("<ac:") == 2
