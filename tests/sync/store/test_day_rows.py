"""What a day keeps of the store: every table is accounted for."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rules.learning.reactions import Reaction, ShownFinding
from sync.store import Store
from sync.store.database import Place
from sync.store.day_rows import KEYS, go_back
from tests.factories import NOW

DATED = {"writes", "runs", "mails", "run_figures", "backlogs", "shown_findings", "sprint_scopes"}
"""Their rows stay as they are, and those that came later are left out."""
NOT_READ = {"run_log", "not_written", "messages", "refinements"}
"""A run reads them only after it has planned."""


def test_every_table_is_kept_with_a_day_or_has_dates_or_is_read_only_after_the_plan(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "readyline.db")) as store:
        assert set(store.database.tables()) == {*KEYS, *DATED, *NOT_READ}
        for table, keys in KEYS.items():
            rows = store.database.rows(f"PRAGMA table_info({table})")
            assert {name for _, name, _, _, _, place in rows if place} == {*keys}


def test_going_back_forgets_later_findings_and_later_reactions(place: Place) -> None:
    """Of four findings one came later, and one was waived later."""
    with closing(Store.open(place)) as store:
        old, ended, other, later = (
            ShownFinding(issue=number, rule="ready.estimated", first=NOW + timedelta(days=days))
            for number, days in (("1", -2), ("2", -2), ("3", -9), ("4", 1))
        )
        waived = replace(ended, reaction=Reaction.WAIVED, at=NOW + timedelta(days=1))
        fixed = replace(other, reaction=Reaction.FIXED, at=NOW - timedelta(days=1))
        store.reactions.keep([old, waived, fixed, later], NOW)

        go_back(store.database, (), (), started=NOW, taken_at=NOW)

        assert store.reactions.all() == (fixed, old, ended)
