from rules.document import BlockKind, Document
from rules.text.shared_lines import FEWEST_ISSUES, shared_lines
from tests.rules.text.texts import document

TEMPLATE = "## Why\n{}\n## Done when\n- It was shown to the owner\n[] Ana has tested it too\nok"


def _issues(count: int, text: str = TEMPLATE) -> list[Document]:
    return [document(text.format(f"Reason number {number} is this one")) for number in range(count)]


def test_what_many_issues_share_is_found_in_its_usual_order() -> None:
    lines = shared_lines(_issues(FEWEST_ISSUES))

    assert [(line.kind, line.text, line.issues) for line in lines] == [
        (BlockKind.HEADING, "Why", 5),
        (BlockKind.HEADING, "Done when", 5),
        (BlockKind.ITEM, "It was shown to the owner", 5),
        (BlockKind.TICK, "Ana has tested it too", 5),
    ]


def test_a_few_copies_are_no_template() -> None:
    assert shared_lines(_issues(FEWEST_ISSUES - 1)) == ()
    assert shared_lines([*_issues(FEWEST_ISSUES), *_issues(50, "{}")]) == ()


def test_issues_without_text_do_not_count() -> None:
    assert shared_lines([*_issues(FEWEST_ISSUES), *[Document()] * 100]) != ()


def test_headings_alone_need_no_template() -> None:
    assert shared_lines(_issues(20, "## Why\n{}\n## Done when")) == ()


def test_code_and_rows_are_left_out() -> None:
    assert shared_lines(_issues(20, "{}\n~ x = 1 + 2\n| a | b | c")) == ()
