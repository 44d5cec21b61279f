"""What `lint` reads: one issue a text, many a table or a JSON file, and one sentence for each broken one."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import UsageError
from sync.lint_input import LintText, files_of, read_texts
from sync.lint_input.markdown import read_prose
from sync.lint_input.stories import read_stories
from sync.markup import read
from tests.external_data import SHARED, needs


def texts(folder: Path, name: str, content: str | bytes) -> list[LintText]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_texts(path))


def piped(content: str | bytes) -> list[LintText]:
    return list(read_texts("-", io.BytesIO(content.encode() if isinstance(content, str) else content)))


def complaint(folder: Path, name: str, content: str | bytes) -> str:
    with pytest.raises(UsageError) as raised:
        texts(folder, name, content)
    return str(raised.value)


# One issue as text.


def test_the_first_heading_is_the_title_and_the_rest_keeps_its_lines(tmp_path: Path) -> None:
    (one,) = texts(tmp_path, "story.md", "\n# Pay with a card #\n\nShoppers type it again.\n")

    assert (one.title, one.type, one.markup, one.id) == (
        "Pay with a card",
        "Story",
        "markdown",
        str(tmp_path / "story.md"),
    )
    assert one.text.split("\n")[3] == "Shoppers type it again."


@pytest.mark.parametrize(
    "content",
    [
        "Type: Bug\n\n# Wrong total\n\nIt is wrong.",
        "# Wrong total\nType: Bug\n\nIt is wrong.",
        "# Wrong total\n\n**Type:** Bug\n\nIt is wrong.",
        "---\ntitle: 'Wrong total'\ntags: [a]\ntype: Bug\n---\nIt is wrong.",
        "Issue Type: Bug\nSummary: Wrong total\n\nIt is wrong.",
        "Wrong total\n===========\nType: Bug\nIt is wrong.",
        "Bug: Wrong total\n\nIt is wrong.",
        "**Wrong total**\r\nType: Bug\r\n\r\nIt is wrong.\r\n",
        "h1. Wrong total\nType: Bug\nIt is wrong.",
    ],
)
def test_title_and_type_are_found_in_the_ways_people_write_them(content: str) -> None:
    one = read_prose(content, "a", None)

    assert (one.title, one.type, one.text.strip()) == ("Wrong total", "Bug", "It is wrong.")


def test_a_line_that_only_looks_like_a_header_stays_in_the_text() -> None:
    one = read_prose("# Wrong total\n\nSummary: it is wrong.\nType: Bug", "a", None)

    assert (one.title, one.type, one.text.strip()) == ("Wrong total", "Story", "Summary: it is wrong.\nType: Bug")


def test_a_rule_of_dashes_at_the_start_is_no_front_matter() -> None:
    assert read_prose("---\nTitle of it\n---\nBody", "a", None).title == "---"


def test_a_text_names_its_own_key() -> None:
    assert read_prose("Key: SHOP-7\nPay\n\nBody", "a", None).id == "SHOP-7"


@given(st.text(max_size=400))
def test_any_text_is_an_issue_whose_lines_stay_in_place(content: str) -> None:
    one = read_prose(content, "a", None)
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    left = one.text.split("\n")
    assert len(left) <= len(lines)
    assert all(now in ("", was, was.rstrip()) for now, was in zip(left, lines, strict=False))


# A table.


EXPORT = (
    "\ufeffSummary,Issue key,Issue id,Issue Type,Comment,Comment,Sprint,Sprint,Description,"
    "Custom field (Acceptance Criteria)\n"
    '"Pay, with a card",SHOP-1,10001,Story,a,b,1,2,"h2. Why\n\nShoppers ""type"" it\nagain.",* one\n'
    "Wrong total,SHOP-2,10002,Bug,,,,\n"
)


def test_a_jira_export_with_many_columns_of_one_name_is_read(tmp_path: Path) -> None:
    one, two = texts(tmp_path, "export.csv", EXPORT)

    assert (one.id, one.type, one.title) == ("SHOP-1", "Story", "Pay, with a card")
    assert one.text == 'h2. Why\n\nShoppers "type" it\nagain.'
    assert (one.markup, one.acceptance, one.line) == ("wiki", "* one", 2)
    assert (two.id, two.type, two.text, two.line) == ("SHOP-2", "Bug", "", 6)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_even_where_a_name_in_quotes_holds_others(tmp_path: Path, delimiter: str) -> None:
    out = io.StringIO()
    rows = [["Title", "a,b;c|d", "Text"], ["Pay, now; or | later", "x", "Line one\nline two"]]
    csv.writer(out, delimiter=delimiter).writerows(rows)

    (one,) = texts(tmp_path, "a.csv", out.getvalue())

    assert (one.title, one.text, one.id, one.markup) == ("Pay, now; or | later", "Line one\nline two", "line 2", None)


def test_a_german_export_is_read(tmp_path: Path) -> None:
    head = "Zusammenfassung;Vorgangsschlüssel;Vorgangstyp;Beschreibung\n"
    (one,) = texts(tmp_path, "a.csv", head + "Karte merken;SHOP-1;Fehler;Sie geht nicht.\n")

    assert (one.id, one.type, one.title, one.text) == ("SHOP-1", "Fehler", "Karte merken", "Sie geht nicht.")


def test_a_cell_of_a_megabyte_is_read_and_leaves_no_trace(tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    (one,) = texts(tmp_path, "a.csv", f"Summary,Description\nPay,{'x' * 1_000_000}\n")

    assert len(one.text) == 1_000_000
    assert csv.field_size_limit() == limit


def test_a_table_without_descriptions_is_reported_with_its_columns(tmp_path: Path) -> None:
    said = complaint(tmp_path, "a.csv", "Summary,Issue key\nPay,SHOP-1\n")

    assert said.endswith('a.csv, line 1: column "Description" is missing; the columns are Summary, Issue key')


def test_a_cell_that_never_ends_is_reported_with_the_line_where_it_begins(tmp_path: Path) -> None:
    said = complaint(tmp_path, "a.csv", 'Summary,Description\nPay,fine\nBuy,"never\nends\n')

    assert "a.csv, line 3: a quoted cell has no end" in said


# JSON.


def test_json_lines_are_issues_and_unknown_keys_do_no_harm(tmp_path: Path) -> None:
    lines = [
        {"id": 7, "type": "Bug", "title": "Wrong\n total", "text": "It is.", "markup": "Wiki", "labels": {"a": 1}},
        {"title": "Pay"},
    ]
    one, two = texts(tmp_path, "a.jsonl", "\n\n".join(map(json.dumps, lines)))

    assert (one.id, one.type, one.title, one.text, one.markup, one.line) == (
        "7",
        "Bug",
        "Wrong total",
        "It is.",
        "wiki",
        1,
    )
    assert (two.id, two.type, two.title, two.text, two.markup, two.line) == ("line 3", "Story", "Pay", "", None, 3)


@pytest.mark.parametrize("wrap", [lambda one: [one], lambda one: {"issues": [one]}, lambda one: one])
def test_a_json_document_may_hold_one_issue_or_many(tmp_path: Path, wrap: object) -> None:
    assert callable(wrap)
    (one,) = texts(tmp_path, "a.json", json.dumps(wrap({"title": "Pay", "text": "Now"}), indent=1))

    assert (one.id, one.title, one.text) == ("issue 1", "Pay", "Now")


def test_a_description_in_jira_clouds_own_form_is_read(tmp_path: Path) -> None:
    body = {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Now"}]}],
    }
    (one,) = texts(tmp_path, "a.json", json.dumps({"title": "Pay", "text": body}))

    assert read(one.text, one.markup).prose == "Now"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"title": "a"}\n{"title": "b", }\n', "a.jsonl, line 2, column 16: not valid JSON"),
        ('{"title": "a"}\n\n[1]\n', "a.jsonl, line 3: not an object"),
        ('{"name": "a", "body": "b"}', 'a.jsonl, line 1: "title" and "text" are missing; the keys are name, body'),
        ('{"title": "a", "text": 5}', 'a.jsonl, line 1: "text" must be text, not a number'),
        ('{"title": ["a"]}', 'a.jsonl, line 1: "title" must be text, not a list'),
        ('{"title": "a", "id": true}', 'a.jsonl, line 1: "id" must be text, not true or false'),
        ('{"title": "a", "markup": "wikki"}', 'did you mean "wiki"?'),
        ("[" * 100_000, "nested too deeply"),
        ('{"title": "a", "n": ' + "1" * 5000 + "}", "a number is too long to read"),
    ],
)
def test_a_broken_line_is_reported_with_its_number(tmp_path: Path, content: str, expected: str) -> None:
    assert expected in complaint(tmp_path, "a.jsonl", content)


def test_a_broken_document_is_reported_with_line_and_column(tmp_path: Path) -> None:
    said = complaint(tmp_path, "a.json", '[\n {"title": "a"},\n]')

    assert "a.json, line 3, column 1: not valid JSON" in said or "a.json, line 2" in said
    assert "name the file .jsonl" in said


@pytest.mark.parametrize(
    ("content", "expected"),
    [("[" * 100_000, "nested too deeply"), (f"[{'1' * 5000}]", "a number is too long to read")],
)
def test_a_document_that_no_one_could_read_is_reported(tmp_path: Path, content: str, expected: str) -> None:
    assert expected in complaint(tmp_path, "a.json", content)


def test_an_object_where_text_should_be_is_reported(tmp_path: Path) -> None:
    said = complaint(tmp_path, "a.json", '[{"title": {"a": 1}}]')

    assert said.endswith('a.json, issue 1: "title" must be text, not an object')


def test_half_a_character_from_json_can_be_printed(tmp_path: Path) -> None:
    (one,) = texts(tmp_path, "a.json", '{"title": "a\\ud800b", "text": "\\udfff"}')

    assert (one.title.encode(), one.text.encode()) == (b"a?b", b"?")


# Any file.


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.csv", "a.json", "a.jsonl"])
@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_reported(tmp_path: Path, name: str, content: bytes) -> None:
    assert complaint(tmp_path, name, content).endswith(f"{name}: the file is empty")


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", "Summary,Description\n"), ("a.json", "[]"), ("a.json", '{"issues": []}')]
)
def test_a_file_without_issues_is_reported(tmp_path: Path, name: str, content: str) -> None:
    assert complaint(tmp_path, name, content).endswith(f"{name}: the file has no issues")


def test_a_file_that_is_not_utf8_is_reported_with_its_line(tmp_path: Path) -> None:
    assert "a.md, line 3: byte 7 is not UTF-8" in complaint(tmp_path, "a.md", b"# A\n\nbo\xe4b")
    assert "a.md: the file is UTF-16" in complaint(tmp_path, "a.md", "# A".encode("utf-16"))


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.lint_input.MOST_BYTES", 1024 * 1024)

    assert "a.md: larger than 1 MB" in complaint(tmp_path, "a.md", "x" * (1024 * 1024 + 1))


def test_a_file_that_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    for name, expected in (
        ("nowhere.md", "the file does not exist"),
        ("folder.md", "this is a folder"),
        ("a.docx", "the file must end in .md"),
        ("a\0.md", "not a valid file name"),
    ):
        with pytest.raises(UsageError, match=expected):
            list(read_texts(tmp_path / name))


# Standard input.


def test_what_is_piped_in_is_read_by_what_it_looks_like() -> None:
    many = '{"title": "a"}\n{"title": "b"}\n'

    assert [one.title for one in piped(many)] == ["a", "b"]
    assert [one.title for one in piped('\n[\n {"title": "a"}\n]')] == ["a"]
    assert [one.title for one in piped('{\n"title": "a"\n}')] == ["a"]
    assert [one.id for one in piped(EXPORT)] == ["SHOP-1", "SHOP-2"]
    assert [(one.title, one.id) for one in piped("# Pay\n\nNow")] == [("Pay", "standard input")]
    assert [one.title for one in piped("[x] is a tick\n\nNow")] == ["[x] is a tick"]
    assert [one.title for one in piped("{panel}Pay{panel}\n\nNow")] == ["{panel}Pay{panel}"]


def test_a_broken_line_that_is_piped_in_is_reported_with_its_number() -> None:
    with pytest.raises(UsageError, match="standard input, line 2, column 1: not valid JSON"):
        piped('{"title": "a"}\noops\n')


def test_nothing_piped_in_is_reported() -> None:
    with pytest.raises(UsageError, match="standard input: the file is empty"):
        piped("")


@given(st.binary(max_size=300), st.sampled_from(["a.md", "a.csv", "a.json", "a.jsonl", "-"]))
def test_any_bytes_are_issues_or_one_complaint(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content)
    said = ""
    try:
        found = list(read_texts(name, io.BytesIO(content)) if name == "-" else read_texts(path))
    except UsageError as error:
        found, said = [], str(error)

    assert bool(found) != bool(said)
    assert "\n" not in said


@needs(SHARED / "gold" / "dev.jsonl")
def test_the_labelled_issues_are_read_one_by_one() -> None:
    found = list(read_texts(SHARED / "gold" / "dev.jsonl"))

    assert len(found) == 160
    assert all(one.id and (one.text or one.title) for one in found)


@pytest.mark.parametrize(
    "content", [" " * 300_000 + "x", "# " + " #" * 150_000 + "x", "**" * 150_000 + "x", "-" * 300_000, "Type:" * 60_000]
)
def test_a_hostile_title_costs_no_time(content: str) -> None:
    """Each would take minutes where an expression looks back over what it has read."""
    one = read_prose(content, "a", None)

    assert one.title or one.type != "Story"


# Several issues in one Markdown file, and several files.


def stories(folder: Path, content: str) -> list[LintText]:
    path = folder / "stories.md"
    path.write_text(content, encoding="utf-8")
    return list(read_texts(path, split=True))


def test_each_first_level_heading_begins_an_issue_and_keeps_the_lines_of_the_file(tmp_path: Path) -> None:
    content = "\n# Pay\n\n## Acceptance criteria\n- a\n\nRefund\n======\nType: Bug\nId: S-2\n\nIt is wrong.\n"
    pay, refund = stories(tmp_path, content)

    assert (pay.title, pay.id, pay.line) == ("Pay", f"{tmp_path / 'stories.md'}:2", 2)
    assert pay.text.split("\n")[3] == "## Acceptance criteria"
    assert (refund.title, refund.id, refund.type, refund.line) == ("Refund", "S-2", "Bug", 7)
    assert refund.text.split("\n")[11] == "It is wrong."


def test_a_heading_in_code_or_in_a_quotation_begins_no_issue(tmp_path: Path) -> None:
    (one,) = stories(tmp_path, "# Pay\n\n```\n# comment\n```\n\n> # said\n")
    assert "# comment" in one.text


@pytest.mark.parametrize(
    ("content", "says"),
    [("Some text\n", "no first-level heading"), ("intro\n\n# Pay\n", "line 1: this text is above the first heading")],
)
def test_text_that_would_belong_to_no_issue_is_an_error(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        stories(tmp_path, content)


def test_a_table_is_read_as_one_when_files_are_split(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Summary,Description\nPay,# Pay\nRefund,b\n", encoding="utf-8")
    assert [one.title for one in read_texts(path, split=True)] == ["Pay", "Refund"]


@given(st.lists(st.text("ab #\n-=`>", max_size=30), max_size=4))
def test_splitting_loses_no_line(parts: list[str]) -> None:
    """Every line with something in it is in the text of one issue, or is its title."""
    content = "".join(f"# Title {number}\n\n{part}\n" for number, part in enumerate(parts, start=1)) + "# End\n\nx"
    found: dict[int, str] = {}
    titles: set[int] = set()
    for one in read_stories(content, "f.md"):
        titles |= {one.line, one.line + 1}  # a heading may be underlined
        texts = {number: line for number, line in enumerate(one.text.split("\n"), start=1) if line.strip()}
        assert not texts.keys() & found.keys()
        found |= texts
    lines = {number: line for number, line in enumerate(content.split("\n"), start=1) if line.strip()}
    assert all(lines[number].rstrip() == line.rstrip() for number, line in found.items())
    assert lines.keys() - found.keys() <= titles


def test_folders_and_patterns_name_their_files_once_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.md", "a.txt", "t.csv", ".hidden.md", "sub/c.md", ".git/d.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")

    assert files_of(["."]) == ("a.txt", "b.md", "sub/c.md")
    assert files_of(["*.csv", "b.md", ".", "-"]) == ("t.csv", "b.md", "a.txt", "sub/c.md", "-")
    assert files_of(["**/*.md"]) == ("b.md", "sub/c.md")
    assert files_of([str(tmp_path / "*.txt")]) == (str(tmp_path / "a.txt"),)


@pytest.mark.parametrize("source", ["empty", "*.nothing"])
def test_a_folder_or_pattern_without_a_file_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"no file"):
        files_of([source])
