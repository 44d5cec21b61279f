"""The collector of cycles pauses while a backlog is judged, and goes on afterwards."""

import gc
from pathlib import Path
from typing import Any

import pytest

from sync.cli.formats import Form
from sync.cli.looking import answer_in_json
from sync.cli.terminal import Terminal
from sync.collector import no_search_for_cycles


def test_it_pauses_and_goes_on_also_after_an_error() -> None:
    seen = []

    @no_search_for_cycles()
    def broken() -> None:
        seen.append(gc.isenabled())
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        broken()
    assert (seen, gc.isenabled()) == ([False], True)


def test_it_pauses_until_a_document_is_made() -> None:
    """It would walk through the whole backlog as soon as it goes on."""
    seen = []

    class Opening(Terminal):
        def look(self) -> Any:
            seen.append(gc.isenabled())
            raise ValueError("seen enough")

    opening = Opening(config=Path("config.toml"), form=Form.JSON, verbosity=0, colour=False)
    with pytest.raises(ValueError, match="seen enough"):
        answer_in_json(opening, "check", lambda _: ((), 0))
    assert (seen, gc.isenabled()) == ([False], True)


def test_one_that_was_paused_before_stays_so() -> None:
    gc.disable()
    try:
        with no_search_for_cycles():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
