from sync.markup import html
from tests.sync.markup.shapes import shapes


def test_a_rendered_description_becomes_blocks() -> None:
    text = """<h2>Why</h2><p>It is <strong>slow</strong>,<br/>very
    slow.</p><ol><li>open<ul><li>deep</li></ul></li></ol>
    <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><p>2</p></td></tr></table>
    <blockquote><p>said</p></blockquote><pre>x &lt; 1</pre><script>alert(1)</script>"""

    assert shapes(html.read(text)) == [
        ("heading", "Why"),
        ("paragraph", "It is slow,\nvery slow."),
        ("item", "open"),
        ("item", "deep"),
        ("row", "a | b"),
        ("row", "1 | 2"),
        ("quote", "said"),
        ("code", "x < 1"),
    ]


def test_lists_know_their_depth_and_order() -> None:
    document = html.read("<ol><li>a<ul><li>b</li></ul></li></ol>")

    assert [(block.level, block.ordered) for block in document.blocks] == [(1, True), (2, False)]


def test_a_paragraph_in_bold_is_a_heading() -> None:
    document = html.read("<p><b>Expected:</b></p><p><b>Not</b> this</p>")

    assert [(block.kind.value, block.level, block.text) for block in document.blocks] == [
        ("heading", 7, "Expected:"),
        ("paragraph", 0, "Not this"),
    ]


def test_check_boxes_are_ticks() -> None:
    document = html.read('<ul><li><input type="checkbox" checked> a</li><li><input type="checkbox"> b</li></ul>')

    assert [(block.text, block.ticked) for block in document.blocks] == [("a", True), ("b", False)]


def test_pictures_leave_a_word_behind() -> None:
    assert shapes(html.read('<p><img alt="a shot" src="x.png"> <img src="/a/y.png"><img></p>'))[0][1].split() == [
        "a",
        "shot",
        "y.pngimage",
    ]


def test_signs_of_other_dialects_are_only_signs() -> None:
    assert shapes(html.read("<p>* not an item</p><p># not a heading</p>")) == [
        ("paragraph", "* not an item"),
        ("paragraph", "# not a heading"),
    ]


def test_a_row_keeps_its_cells_their_lines_and_which_are_headers() -> None:
    (row,) = html.read("<table><tr><th>Done</th><td><ul><li>one</li><li>two</li></ul></td></tr></table>").blocks

    assert (row.cells, row.heads) == (("Done", "- one\n- two"), (0,))


def test_what_is_struck_out_is_not_there_and_a_closing_tag_alone_hides_nothing() -> None:
    assert shapes(html.read("<ul><li><s>gone</s></li><li>here</li></ul>")) == [("item", "here")]
    assert shapes(html.read("<p>here</del> and there</p>")) == [("paragraph", "here and there")]


def test_a_link_behind_a_heading_is_put_in_brackets() -> None:
    assert shapes(html.read('<h2>Done <a href="x">guide</a></h2>')) == [("heading", "Done  (guide)")]
    assert shapes(html.read('<h2><a href="x">Done</a></h2>')) == [("heading", "Done")]


def test_pictures_alone_are_known_as_such() -> None:
    document = html.read('<p><img src="a/x.png"></p><p><b>See</b> <img src="y.png"></p>')

    assert [block.only_pictures for block in document.blocks] == [True, False]
