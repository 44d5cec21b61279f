import pytest

from sync.markup.block_reader import read_markdown
from tests.sync.markup.shapes import kinds, shapes


def test_both_kinds_of_headings_are_headings() -> None:
    document = read_markdown("# One #\n\nTwo\n===\nThree\n---\n###  Four")

    assert [(block.level, block.text) for block in document.blocks] == [
        (1, "One"),
        (1, "Two"),
        (2, "Three"),
        (3, "Four"),
    ]


def test_an_underline_takes_only_the_line_above_it() -> None:
    assert shapes(read_markdown("text\nGoal\n===\nmore")) == [
        ("paragraph", "text"),
        ("heading", "Goal"),
        ("paragraph", "more"),
    ]


def test_a_rule_is_no_heading() -> None:
    assert kinds(read_markdown("one\n\n---\n\ntwo\n\n***\n")) == ["paragraph", "paragraph"]


def test_template_comments_are_gone_whatever_their_dashes() -> None:
    text = "## QA\n<!---\nSay how it is tested\n- [ ] never\n--->\n\n## Done\nyes <!-- no --> indeed"

    assert shapes(read_markdown(text)) == [("heading", "QA"), ("heading", "Done"), ("paragraph", "yes  indeed")]


def test_a_comment_left_open_hides_the_rest_and_one_in_mid_line_does_not() -> None:
    assert shapes(read_markdown("seen\n<!-- hidden\nfor ever")) == [("paragraph", "seen")]
    assert shapes(read_markdown("a <!-- b")) == [("paragraph", "a <!-- b")]


def test_comment_signs_in_code_are_code() -> None:
    assert shapes(read_markdown("```html\n<!-- kept -->\n```\nafter")) == [
        ("code", "<!-- kept -->"),
        ("paragraph", "after"),
    ]


def test_lists_nest_by_indentation_and_items_run_on_under_it() -> None:
    document = read_markdown("- one\n  runs on\n  - two\n    - [x] three\n1. first")

    assert [(block.level, block.text, block.ticked) for block in document.blocks] == [
        (1, "one\nruns on", None),
        (2, "two", None),
        (3, "three", True),
        (1, "first", None),
    ]


def test_empty_items_are_kept_for_they_are_slots() -> None:
    assert shapes(read_markdown("- \n* \n1.\n- [ ] ...")) == [("item", ""), ("item", ""), ("item", ""), ("tick", "...")]


def test_bold_lines_are_headings_and_italic_ones_are_not() -> None:
    assert kinds(read_markdown("**Expected**:\n\n*please fill this in*\n\n__Actual__")) == [
        "heading",
        "paragraph",
        "heading",
    ]


def test_tables_lose_their_ruling() -> None:
    assert shapes(read_markdown("| a | b |\n|---|:-:|\n| c | |")) == [("row", "a | b"), ("row", "c | ")]


def test_links_pictures_and_escapes_show_what_a_reader_sees() -> None:
    links = "[the page](https://example.org/a_(b)), <https://example.org>"
    pictures = "![a shot](/uploads/x.png), ![](/uploads/y.png)"

    assert shapes(read_markdown(links)) == [("paragraph", "the page, https://example.org")]
    assert shapes(read_markdown(pictures)) == [("paragraph", "a shot, y.png")]
    assert shapes(read_markdown(r"\*plain\*, `code`")) == [("paragraph", "*plain*, code")]


def test_quotes_and_indented_code_stand_apart() -> None:
    assert shapes(read_markdown("> said\n> so\n\n    x = 1\n\nend")) == [
        ("quote", "said\nso"),
        ("code", "x = 1"),
        ("paragraph", "end"),
    ]


def test_a_comment_moves_no_line_number() -> None:
    document = read_markdown("one\n\n<!-- two\nlines -->\n\nsix <!-- more\n\n--> of it\n\nten")

    assert [(block.text, block.line) for block in document.blocks] == [("one", 1), ("six    of it", 6), ("ten", 10)]


@pytest.mark.parametrize(
    ("text", "is_wrapped"),
    [
        ("one\ntwo", True),
        ("one  \ntwo", False),
        ("one\\\ntwo", False),
        ("one<br>two", False),
        ("one  \ntwo\nmore", True),
    ],
)
def test_a_paragraph_is_wrapped_unless_its_author_broke_every_line(text: str, *, is_wrapped: bool) -> None:
    (block,) = read_markdown(text).blocks

    assert block.wrapped is is_wrapped
    assert "\\" not in block.text


@pytest.mark.parametrize(
    "text",
    [
        "- it holds all rows,\nalso the last",
        "- it holds all rows of Ada and\nBen",
        "- [ ] it holds all rows,\nalso the last",
    ],
)
def test_an_item_goes_on_in_the_next_line_without_indent(text: str) -> None:
    (item,) = read_markdown(text).blocks

    assert "\n" in item.text
    assert item.wrapped


@pytest.mark.parametrize("text", ["- one.\nA sentence.", "- one\nExpected: two", "- one\n\ntwo"])
def test_a_sentence_a_label_or_an_empty_line_ends_an_item(text: str) -> None:
    assert kinds(read_markdown(text)) == ["item", "paragraph"]


@pytest.mark.parametrize("text", ["- ~~gone~~", "- [ ] ~~gone~~", "1. ~~gone~~", "~~gone~~", "<del>gone</del>"])
def test_what_is_struck_out_is_not_there(text: str) -> None:
    assert read_markdown(text).blocks == ()


def test_the_rest_of_a_line_with_struck_text_stays() -> None:
    assert shapes(read_markdown("- keep ~~not this~~ one")) == [("item", "keep  one")]


def test_the_row_above_the_ruling_is_the_header() -> None:
    header, row = read_markdown("| a | b |\n|---|---|\n| c |  |").blocks

    assert (header.heads, row.heads, row.cells) == ((0, 1), (), ("c", ""))


def test_a_table_needs_no_outer_bars() -> None:
    header, row = read_markdown("a | b\n--- | ---\nc | d").blocks

    assert (header.cells, header.heads, row.cells) == (("a", "b"), (0, 1), ("c", "d"))


def test_breaks_and_items_within_a_cell_do_not_end_the_row() -> None:
    _, row = read_markdown("| a |\n|---|\n| one<br>two<ul><li>three</li></ul> |").blocks

    assert [line for line in row.cells[0].split("\n") if line] == ["one", "two", "- three"]


@pytest.mark.parametrize("text", ["![criteria](a.png)", "![](a.png){width=30%}", '<img src="a.png">', "- ![c](a.png)"])
def test_a_block_of_pictures_is_known_as_such(text: str) -> None:
    assert [block.only_pictures for block in read_markdown(text).blocks] == [True]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("## Acceptance [guide](https://w)", "Acceptance (guide)"),
        ("## Acceptance https://w.example/x", "Acceptance (https://w.example/x)"),
        ("**Acceptance** ([guide](https://w))", "Acceptance (guide)"),
        ("## See [the page](https://w) again", "See the page again"),
        ("## [Acceptance](https://w)", "Acceptance"),
    ],
)
def test_a_link_behind_a_heading_is_put_in_brackets(text: str, heading: str) -> None:
    assert shapes(read_markdown(text)) == [("heading", heading)]


@pytest.mark.parametrize("heading", ["## Acceptance", "**Acceptance**"])
def test_a_quotation_with_a_heading_is_read_like_other_text(heading: str) -> None:
    assert shapes(read_markdown(f"> {heading}\n> - one\n>\n> two\n\n> said")) == [
        ("heading", "Acceptance"),
        ("item", "one"),
        ("paragraph", "two"),
        ("quote", "said"),
    ]


def test_a_title_needs_no_space_behind_one_hash_and_a_number_is_no_title() -> None:
    assert kinds(read_markdown("#Title\n\n#Description/Context\n\n#42 is fixed\n\n#urgent")) == [
        "heading",
        "heading",
        "paragraph",
        "paragraph",
    ]
