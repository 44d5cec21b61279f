import csv
from io import StringIO

import pytest

from sync.reports import as_csv
from tests.sync.reports.sample import HIDDEN, SECRET, hostile, sample


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ('  "=1', "'\"=1"),
        ("＝1", "'＝1"),
        ("a;=1", "a;'=1"),
        ("2 - 1 = 1", "2 - 1 = 1"),
        ("a-b@c.example", "a-b@c.example"),
        ("two\nlines", "two lines"),
    ],
)
def test_cell(text: str, cell: str) -> None:
    """What a spreadsheet would run gets an apostrophe in front; everything else stays."""
    assert as_csv.cell(text) == cell


def test_rows() -> None:
    """Every row has every column, whatever stands in the cells, and ranks never fall."""
    rows = list(csv.reader(StringIO(as_csv.render(hostile('a","b"\n;=1,"")\r\nc')))))
    assert rows[0] == list(as_csv.COLUMNS)
    assert {len(row) for row in rows} == {len(as_csv.COLUMNS)}
    ranks = [int(row[0]) for row in rows[1:]]
    assert ranks == sorted(ranks)
    assert ranks[-1] == 25


def test_restricted() -> None:
    """A restricted issue is there by its key alone."""
    text = as_csv.render(sample())
    assert HIDDEN in text
    assert SECRET not in text
