import pytest

from sync.markup import wiki
from tests.sync.markup.shapes import kinds, shapes


def test_a_heading_needs_no_space_behind_its_sign() -> None:
    document = wiki.read("h5.Expected Result\r\nh2. Why\r\n  h3.  Indented")

    assert [(block.level, block.text) for block in document.blocks] == [
        (5, "Expected Result"),
        (2, "Why"),
        (3, "Indented"),
    ]


def test_a_bold_line_is_a_heading_of_level_seven_and_a_bold_sentence_is_not() -> None:
    document = wiki.read(
        "*Steps to reproduce:*\nfirst\n\n*Nothing happens at all when I press it.*\n\n+Notes+\n{color:red}*Bug*{color}"
    )

    headings = [(block.level, block.text) for block in document.blocks if block.kind == "heading"]
    assert headings == [(7, "Steps to reproduce:"), (7, "Notes"), (7, "Bug")]


def test_lists_keep_their_depth_and_whether_they_are_numbered() -> None:
    document = wiki.read("# one\n## one a\n#* one b\n* dot\n- dash\n1. by hand\n2) and again")

    assert [(block.level, block.ordered, block.text) for block in document.blocks] == [
        (1, True, "one"),
        (2, True, "one a"),
        (2, True, "one b"),
        (1, False, "dot"),
        (1, False, "dash"),
        (1, True, "by hand"),
        (1, True, "and again"),
    ]


def test_code_is_a_block_of_its_own_and_hides_the_markup_in_it() -> None:
    document = wiki.read(
        "before {code:java|title=A.java}\n* not an item\nh1. not a heading\n{code} after\n{noformat}x{noformat}"
    )

    assert shapes(document) == [
        ("paragraph", "before"),
        ("code", "* not an item\nh1. not a heading"),
        ("paragraph", "after"),
        ("code", "x"),
    ]


def test_code_that_is_never_closed_swallows_nothing() -> None:
    assert shapes(wiki.read("{code}\nx = 1\n\nh3. Expected\nit works")) == [
        ("paragraph", "x = 1"),
        ("heading", "Expected"),
        ("paragraph", "it works"),
    ]


def test_quotations_are_quotes_and_a_lone_quote_sign_is_nothing() -> None:
    assert kinds(wiki.read("{quote}\nsaid\n* so\n{quote}\nmine\nbq. his")) == ["quote", "paragraph", "quote"]
    assert kinds(wiki.read("{quote}\nnever closed")) == ["paragraph"]


def test_a_panel_gives_its_title_and_its_content() -> None:
    assert shapes(wiki.read("{panel:title=Acceptance|bgColor=#fff}\n* done\n{panel}")) == [
        ("heading", "Acceptance"),
        ("item", "done"),
    ]


def test_tables_become_rows() -> None:
    assert shapes(wiki.read("||Who||What||\n|Ana|[the page|https://example.org/a]|")) == [
        ("row", "Who | What"),
        ("row", "Ana | the page"),
    ]


def test_inline_markup_is_taken_off() -> None:
    styles = "Use {{mono}}, *bold*, _it_ &amp; [the docs|https://example.org]"
    things = "ask [~ana], see !shot.png|thumbnail! and [^log.txt]"

    assert shapes(wiki.read(styles)) == [("paragraph", "Use mono, bold, it & the docs")]
    assert shapes(wiki.read(things)) == [("paragraph", "ask @ana, see shot.png and log.txt")]


def test_signs_that_only_look_like_markup_stay() -> None:
    text = "snake_case_name, 2*3*4, a[0], 5 > 3, C++ and <role>"

    assert wiki.read(text).blocks[0].text == text


def test_tick_boxes_of_every_make_are_ticks() -> None:
    document = wiki.read("(/) done\n(x) open\n[ ] bare\n* [x] starred\n☑ sign\n- [ ] dashed")

    assert [(block.kind.value, block.ticked) for block in document.blocks] == [
        ("tick", True),
        ("tick", False),
        ("tick", False),
        ("tick", True),
        ("tick", True),
        ("tick", False),
    ]


def test_markdown_pasted_into_jira_is_read_as_markdown() -> None:
    document = wiki.read("# Story\n\n## Acceptance criteria\n\n- [ ] it **opens**\n\n```\ncode\n```\n")

    assert shapes(document) == [
        ("heading", "Story"),
        ("heading", "Acceptance criteria"),
        ("tick", "it opens"),
        ("code", "code"),
    ]


def test_html_inside_becomes_blocks() -> None:
    listed = "<ul><li>a <b>b</b></li><li>c</li></ul>"
    text = f"{{html}}<div><p>First,<br>second &amp; third</p>\n{listed}<pre>\nx &lt; 1</pre></div>{{html}}"

    assert shapes(wiki.read(text)) == [
        ("paragraph", "First,\nsecond & third"),
        ("item", "a b"),
        ("item", "c"),
        ("code", "x < 1"),
    ]


def test_odd_spaces_and_line_ends_are_only_spaces_and_line_ends() -> None:
    document = wiki.read("h3.\u00a0Why\u200b\rone\u00a0two\r\nthree\n")

    assert shapes(document) == [("heading", "Why"), ("paragraph", "one two\nthree")]


def test_each_block_knows_its_line() -> None:
    document = wiki.read("h1. A\r\n\r\ntext\r\nmore\r\n{code}\r\nx\r\n{code}\r\n* item")

    assert [block.line for block in document.blocks] == [1, 3, 5, 8]


def test_a_flattened_text_has_its_lines_again() -> None:
    text = "Users can pay.    h3. Acceptance criteria  * a card is taken  * a wrong card is refused    *Note:* soon"

    assert shapes(wiki.read(text)) == [
        ("paragraph", "Users can pay."),
        ("heading", "Acceptance criteria"),
        ("item", "a card is taken"),
        ("item", "a wrong card is refused"),
        ("paragraph", "Note: soon"),
    ]


@pytest.mark.parametrize("underline", ["--", "=="])
def test_a_short_row_of_signs_under_a_long_line_makes_no_heading(underline: str) -> None:
    assert "heading" not in kinds(wiki.read(f"Run the code above and look\n{underline}\nmore"))


def test_a_line_drawn_under_a_title_makes_it_a_heading() -> None:
    assert kinds(wiki.read("Problem Scenario\n----------------\nmore")) == ["heading", "paragraph"]
