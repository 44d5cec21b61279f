"""Issues as a CSV table: a Jira export, or any table with a title and a description."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from sync.errors import UsageError
from sync.lint_input.model import STORY, LintText, cleaned, listed

DELIMITERS = ",;\t|"

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": (
        *("issue key", "key", "id", "issue id"),
        *("vorgangsschlüssel", "schlüssel", "clé de ticket", "clé", "clave de incidencia", "clave", "issuesleutel"),
    ),
    "type": (
        *("issue type", "type", "work type", "issuetype"),
        *("vorgangstyp", "type de ticket", "tipo de incidencia", "tipo de item", "issuetype"),
    ),
    "title": (
        *("summary", "title", "name"),
        *("zusammenfassung", "résumé", "resumen", "resumo", "samenvatting"),
    ),
    "text": (
        *("description", "text", "body"),
        *("beschreibung", "descripción", "descrição", "beschrijving", "omschrijving"),
    ),
    "acceptance": ("acceptance criteria", "custom field (acceptance criteria)", "akzeptanzkriterien"),
    "markup": ("markup",),
}
"""The names of each column in lower case, the better one first; Jira exports use the language of the user."""

JIRA_ONLY = frozenset({"issue key", "issue id", "vorgangsschlüssel", "clé de ticket", "clave de incidencia"})
"""Columns only Jira's own export has; its texts are wiki markup."""

Places = Mapping[str, tuple[int, ...]]


def is_table(text: str) -> bool:
    """Whether the first line has a column for the title and one for the text."""
    first = text.partition("\n")[0]
    if not any(sign in first for sign in DELIMITERS):
        return False
    places = _places(next(csv.reader([first], delimiter=delimiter_of(first)), []))
    return "title" in places and "text" in places


def delimiter_of(text: str) -> str:
    """The character that separates most cells of the first line; characters inside quotes do not count."""
    bare = "".join(text.partition("\n")[0].split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def read_table(text: str, source: str) -> Iterator[LintText]:
    """All issues of a table. Raises `UsageError` with the line."""
    # A description may be longer than the 128 KB at which the csv module stops by default.
    before = csv.field_size_limit(max(len(text), 1))
    try:
        rows = list(_rows(text, source))
    finally:
        csv.field_size_limit(before)
    return iter(rows)


def _rows(text: str, source: str) -> Iterator[LintText]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    line = 1
    try:
        head = next(reader, [])
        places = _places(head)
        _check_head(places, head, source)
        jira = any(name.strip().lower() in JIRA_ONLY for name in head)
        line = reader.line_num + 1
        for row in reader:
            cells = {name: _cell(row, where) for name, where in places.items()}
            if cells.get("title") or cells.get("text"):
                yield _issue(cells, line, "wiki" if jira else None)
            line = reader.line_num + 1
    except csv.Error as error:
        wrong = "a quoted cell has no end" if "end of data" in str(error) else str(error)
        raise UsageError(f"{source}, line {line}: {wrong}; double the quotes inside cells, and export again") from error


def _places(head: Sequence[str]) -> Places:
    """The columns of each value. Exports repeat names such as Comment or Sprint, one column per value."""
    names = [name.strip().lower() for name in head]
    places = {
        what: tuple(n for word in words for n, name in enumerate(names) if name == word)
        for what, words in COLUMNS.items()
    }
    return {what: where for what, where in places.items() if where}


def _check_head(places: Places, head: Sequence[str], source: str) -> None:
    for what, usual in (("title", "Summary"), ("text", "Description")):
        if what not in places:
            raise UsageError(f'{source}, line 1: column "{usual}" is missing; the columns are {listed(head)}')


def _cell(row: Sequence[str], where: Sequence[int]) -> str:
    """The first of these cells that is not empty; rows may be shorter than the header."""
    return next((row[place] for place in where if place < len(row) and row[place].strip()), "")


def _issue(cells: Mapping[str, str], line: int, markup: str | None) -> LintText:
    from sync.markup import READERS

    named = cells.get("markup", "").strip().lower()
    return LintText(
        id=cells.get("id", "").strip() or f"line {line}",
        type=cells.get("type", "").strip() or STORY,
        title=" ".join(cleaned(cells["title"]).split()),
        text=cleaned(cells["text"]),
        markup=named if named in READERS else markup,
        acceptance=cells.get("acceptance"),
        line=line,
    )
