"""The collector of cycles pauses while a backlog is judged, and goes on afterwards."""

import gc

import pytest

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


def test_one_that_was_paused_before_stays_so() -> None:
    gc.disable()
    try:
        with no_search_for_cycles():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
