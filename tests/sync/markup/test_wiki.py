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


@pytest.mark.parametrize("opener", ["{expand:Acceptance}", "{expand:title=Acceptance}", "{expand:Acceptance|id=3}"])
def test_the_title_of_an_expand_is_a_heading(opener: str) -> None:
    assert shapes(wiki.read(f"{opener}\n* done\n{{expand}}")) == [("heading", "Acceptance"), ("item", "done")]


def test_a_panel_with_colours_alone_has_no_title() -> None:
    assert shapes(wiki.read("{panel:bgColor=#fff}\n* done\n{panel}")) == [("item", "done")]


def test_two_backslashes_end_a_line_and_paths_do_not() -> None:
    assert shapes(wiki.read("*Acceptance:*\\\\ - one \\\\ - two")) == [
        ("heading", "Acceptance:"),
        ("item", "one"),
        ("item", "two"),
    ]
    assert len(wiki.read(r"see \\server\share and C:\\temp").blocks) == 1


def test_lines_of_a_paragraph_end_where_the_author_ended_them() -> None:
    assert [block.wrapped for block in wiki.read("one\ntwo").blocks] == [False]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("* -gone-\n* -gone as well-\n* here", [("item", "here")]),
        ("-gone as a whole-", []),
        ("* keep -not this- one", [("item", "keep  one")]),
        ("* -the re-opened page-", []),
        ("pre- and post-checks, 3 - 4, -v and -x", [("paragraph", "pre- and post-checks, 3 - 4, -v and -x")]),
        ("run it with -a -b -c", [("paragraph", "run it with -a -b -c")]),
    ],
)
def test_what_is_struck_out_is_not_there(text: str, left: list[tuple[str, str]]) -> None:
    assert shapes(wiki.read(text)) == left


def test_a_cell_may_go_on_over_lines_and_the_first_of_a_row_may_be_a_header() -> None:
    (row,) = wiki.read("||Acceptance|* one\n* two|").blocks

    assert (row.cells, row.heads) == (("Acceptance", "* one\n* two"), (0,))


def test_a_row_that_is_never_closed_takes_no_text() -> None:
    assert shapes(wiki.read("|one\ntwo\n\nthree"))[-1] == ("paragraph", "three")


def test_header_cells_of_a_table_are_known() -> None:
    header, row = wiki.read("||Who||What||\n|Ana| |").blocks

    assert (header.heads, row.heads, row.cells) == ((0, 1), (), ("Ana", ""))


@pytest.mark.parametrize("text", ["!criteria.png|thumbnail!", "!a.png! !b.jpg!"])
def test_a_paragraph_of_pictures_is_known_as_such(text: str) -> None:
    assert [block.only_pictures for block in wiki.read(text).blocks] == [True]


def test_a_picture_with_words_is_a_paragraph() -> None:
    assert [block.only_pictures for block in wiki.read("!a.png!\nshows it").blocks] == [False]


@pytest.mark.parametrize("heading", ["h3. Acceptance [guide|https://w]", "*Acceptance* [guide|https://w]"])
def test_a_link_behind_a_heading_is_put_in_brackets(heading: str) -> None:
    assert shapes(wiki.read(heading)) == [("heading", "Acceptance (guide)")]


def test_a_label_keeps_the_link_that_it_introduces() -> None:
    assert kinds(wiki.read("*Reference:* [the page|https://example.org]")) == ["paragraph"]


def test_a_quotation_with_a_heading_is_read_like_other_text() -> None:
    assert shapes(wiki.read("{quote}\nh3. Acceptance\n* done\n{quote}\nmine")) == [
        ("heading", "Acceptance"),
        ("item", "done"),
        ("paragraph", "mine"),
    ]
