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
