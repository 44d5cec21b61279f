"""What a day keeps of the store: every table is accounted for."""

from contextlib import closing
from pathlib import Path

from sync.store import Store
from sync.store.day_rows import KEYS

DATED = {"writes", "runs", "mails", "run_figures", "backlogs"}
"""Their rows stay as they are, and those that came later are left out."""
NOT_READ = {"run_log", "not_written", "messages"}
"""A run reads them only after it has planned."""


def test_every_table_is_kept_with_a_day_or_has_dates_or_is_read_only_after_the_plan(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "readyline.db")) as store:
        tables = {name for (name,) in store.database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables == {*KEYS, *DATED, *NOT_READ}
        for table, keys in KEYS.items():
            rows = store.database.rows(f"PRAGMA table_info({table})")
            assert {name for _, name, _, _, _, place in rows if place} == {*keys}
