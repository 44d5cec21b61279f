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
