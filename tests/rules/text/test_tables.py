"""Tables whose header cells name the parts of an issue."""

import pytest

from rules.document import Block, BlockKind, Document
from rules.model import Kind
from rules.text import Reading, read_issue
from sync import markup


def _read(text: str, dialect: str = "markdown", kind: Kind = Kind.STORY, title: str = "Export the report") -> Reading:
    return read_issue(title, markup.read(text, dialect), kind)


def _criteria(reading: Reading) -> list[str]:
    return [criterion.quote.text for criterion in reading.criteria]


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("| ID | Acceptance criteria |\n|---|---|\n| 1 | it opens |\n| 2 | it closes |", "markdown"),
        ("| Acceptance criteria | Done |\n|---|---|\n| it opens | x |\n| it closes | |", "markdown"),
        ("| Acceptance criteria | it opens<br>it closes |\n|---|---|", "markdown"),
        ("| | |\n|---|---|\n| **Acceptance criteria** | - it opens<br>- it closes |\n| **Notes** | none |", "markdown"),
        ("||ID||Acceptance criteria||\n|1|it opens|\n|2|it closes|", "wiki"),
        ("||Acceptance criteria|* it opens\n* it closes|", "wiki"),
        ("|Owner|Ana|\n|Acceptance criteria|it opens\\\\it closes|", "wiki"),
        (
            "<table><tr><th>Akzeptanzkriterien</th><td><ul><li>it opens</li><li>it closes</li></ul></td></tr></table>",
            "html",
        ),
    ],
)
def test_the_cells_of_a_header_for_criteria_are_criteria(text: str, dialect: str) -> None:
    assert _criteria(_read(text, dialect)) == ["it opens", "it closes"]


def test_what_follows_a_table_does_not_belong_to_its_last_cell() -> None:
    reading = _read("| Acceptance criteria |\n|---|\n| it opens |\n\nAna knows more.")

    assert _criteria(reading) == ["it opens"]
    assert reading.facts.placeholder == "no"


def test_the_other_columns_stay_in_the_text() -> None:
    sections = _read("| Acceptance criteria | Why it matters |\n|---|---|\n| it opens | auditors ask |").sections

    assert "auditors ask" in [block.text for section in sections for block in section.blocks]


@pytest.mark.parametrize(
    "text",
    [
        "| Given | When | Then |\n|---|---|---|\n| a month | it is exported | it has twelve rows |",
        "| # | Given | When | Then | Done |\n|---|---|---|---|---|\n| 1 | a month | it is exported | twelve rows | |",
        "| Angenommen | Wenn | Dann |\n|---|---|---|\n| ein Monat | er exportiert wird | gibt es Zeilen |",
    ],
)
def test_columns_for_given_when_and_then_hold_a_scenario_a_row(text: str) -> None:
    assert [criterion.form for criterion in _read(text).criteria] == ["scenario"]


@pytest.mark.parametrize(
    "row",
    ["| | | |", "| ... | ... | ... |", "| a month | TBD | TBD |", "| 1 | 2 | 3 |", "| a month | it is exported |"],
)
def test_a_row_without_its_three_parts_is_no_scenario(row: str) -> None:
    assert _criteria(_read(f"| Given | When | Then |\n|---|---|---|\n{row}")) == []


@pytest.mark.parametrize(
    ("rows", "criteria"),
    [
        ("| # | Criterion |\n|---|---|\n| 1 |  |\n| 2 |  |", 0),
        ("| Case | Result |\n|---|---|\n| AC1 | TBD |", 0),
        ("|  |  |\n|---|---|\n|  |  |", 0),
        ("| Picture |\n|---|\n| ![x](a.png) |", 0),
        ("| # | Criterion |\n|---|---|\n| 1 | it opens |\n| 2 |  |", 1),
        ("| Case | Outcome |\n|---|---|\n| no rows | a message is shown |\n| ten rows | a file is made |", 2),
    ],
)
def test_below_a_heading_for_criteria_each_row_with_words_is_one(rows: str, criteria: int) -> None:
    reading = _read(f"## Acceptance criteria\n\n{rows}")

    assert len(reading.criteria) == criteria
    assert reading.facts.acceptance == ("present" if criteria else "empty")


def test_a_header_row_without_markup_is_known_by_its_words() -> None:
    reading = _read("h3. Acceptance Criteria\n|Nr|Criterion|Status|\n|1|it opens|open|", "wiki")

    assert _criteria(reading) == ["it opens"]


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("||Steps||Expected||Actual||\n|Order two, refund one, open the order|one total|two totals|", "wiki"),
        ("|Steps|Order two, refund one, open the order|\n|Expected|one total|\n|Actual|two totals|", "wiki"),
        (
            "| Schritte | Erwartet | Tatsächlich |\n|---|---|---|\n| Zwei kaufen | eine Summe | zwei |",
            "markdown",
        ),
        (
            "| Expected result | one total |\n|---|---|\n| Actual result | two totals |\n| Steps | Order two |",
            "markdown",
        ),
    ],
)
def test_the_parts_of_a_bug_report_may_be_columns_or_rows(text: str, dialect: str) -> None:
    sections = {section.role: section for section in _read(text, dialect, Kind.BUG, "Two totals").sections}

    assert {"steps", "expected", "actual"} <= set(sections)
    assert all(sections[role].blocks for role in ("steps", "expected", "actual"))


def test_a_column_of_pictures_is_neither_content_nor_a_slot() -> None:
    reading = _read("| Expected | Now |\n|---|---|\n| ![image](a.png) | ![image](b.png) |")

    assert (reading.facts.acceptance, reading.facts.placeholder) == ("absent", "no")


def test_a_row_of_text_alone_is_read_by_its_bars() -> None:
    rows = (Block(kind=BlockKind.ROW, text="Acceptance criteria | it opens", line=1),)

    assert _criteria(read_issue("Export", Document(rows), Kind.STORY)) == ["it opens"]
