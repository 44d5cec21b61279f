import pytest

from tests.sync.reports.golden import FOLDER, GOLDEN


@pytest.mark.parametrize("name", GOLDEN)
def test_as_expected(name: str) -> None:
    """A report reads as reviewed; `python -m tests.sync.reports.golden` writes the expected texts again."""
    assert GOLDEN[name]() == (FOLDER / name).read_bytes().decode()


def test_no_unknown_names() -> None:
    """Table and golden folder agree."""
    assert {path.name for path in FOLDER.iterdir()} == set(GOLDEN)
