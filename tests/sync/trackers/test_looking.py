"""Before anything is loaded, a tracker says what it holds: the same digest for the same snapshot, another one else."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from rules.model import Category
from sync.errors import DamagedStore
from sync.store.mirror import Mirror
from tests.contract.tracker_fixtures import NOW, SCOPE
from tests.sync.trackers.conftest import Jira

pytestmark = pytest.mark.journey


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    found = Mirror.open(tmp_path / "mirror.db")
    yield found
    found.close()


def digest(jira: Jira, mirror: Mirror) -> str:
    """What a new process sees that looks and loads nothing."""
    tracker = jira.open(mirror)
    state = tracker.look(SCOPE)
    tracker.stand()
    return state


def test_an_unchanged_site_has_one_digest_and_the_next_pull_loads_the_same(jira: Jira, mirror: Mirror) -> None:
    whole = jira.open(mirror).pull(SCOPE)
    first = digest(jira, mirror)
    assert first
    assert digest(jira, mirror) == first
    tracker = jira.open(mirror)
    assert tracker.look(SCOPE) == first
    assert tracker.pull(SCOPE).issues == whole.issues
    assert digest(jira, mirror) == first


def test_what_a_pull_adds_to_the_mirror_is_in_the_digest_of_the_next_look(jira: Jira, mirror: Mirror) -> None:
    """The history of a changed issue is read after the look."""
    jira.open(mirror).pull(SCOPE)
    jira.state.edit("T-2", points=8.0, by="ana")
    tracker = jira.open(mirror)
    looked = tracker.look(SCOPE)
    tracker.pull(SCOPE)
    assert tracker.state != looked
    assert digest(jira, mirror) == tracker.state


def rename(jira: Jira) -> None:
    jira.state.sprints[3].name = "Another name"


def postpone(jira: Jira) -> None:
    jira.state.sprints[3].start += timedelta(days=1)


def drop_comment(jira: Jira) -> None:
    jira.state.delete_comment(jira.state.issue("T-1").remarks[0].id, by="ana")


def next_day(jira: Jira) -> None:
    """By the site's clock: what is due is decided by that."""
    later = jira.state.clock() + timedelta(days=1)
    jira.state.clock = lambda: later


CHANGES: dict[str, Callable[[Jira], object]] = {
    "text": lambda jira: jira.state.edit("T-1", description="Another text", by="ana"),
    "estimate": lambda jira: jira.state.edit("T-2", points=8.0, by="ana"),
    "label": lambda jira: jira.state.add_label("T-1", "mine", by="ana"),
    "status": lambda jira: jira.state.transition("T-2", "In Progress", by="ana"),
    "order": lambda jira: jira.state.rank(["T-2"], before="T-1"),
    "comment": lambda jira: jira.state.comment("T-1", "/ready hands-off", by="ana"),
    "comment deleted": drop_comment,
    "link": lambda jira: jira.state.link("T-2", "Blocks", "T-3", by="ana"),
    "new issue": lambda jira: jira.state.create("T", "Story", "Something new", by="ana"),
    "issue left": lambda jira: jira.state.transition("T-2", "Done", by="ana"),
    "issue deleted": lambda jira: jira.state.delete("T-2"),
    "sprint started": lambda jira: jira.state.start_sprint(3),
    "sprint renamed": rename,
    "sprint postponed": postpone,
    "next day": next_day,
    "issue moved to a sprint": lambda jira: jira.state.move_to_sprint("T-1", 3, by="ana"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_each_change_alone_gives_another_digest(jira: Jira, mirror: Mirror, what: str) -> None:
    jira.open(mirror).pull(SCOPE)
    before = digest(jira, mirror)
    CHANGES[what](jira)
    assert digest(jira, mirror) != before


def test_a_blocker_outside_the_backlog_that_is_finished_gives_another_digest(jira: Jira, mirror: Mirror) -> None:
    jira.state.projects["Z"] = "Elsewhere"
    blocker = jira.state.create("Z", "Story", "Somewhere else", by="ana")
    jira.state.link(blocker.key, "Blocks", "T-1", by="ana")
    jira.open(mirror).pull(SCOPE)
    before = digest(jira, mirror)
    touched = jira.state.issue("T-1").updated
    jira.state.transition(blocker.key, "Done", by="ana")
    assert jira.state.issue("T-1").updated == touched
    assert digest(jira, mirror) != before
    issue = next(one for one in jira.open(mirror).pull(SCOPE).issues if one.key == "T-1")
    assert Category.DONE in {link.category for link in issue.links}


def test_nothing_is_known_before_the_mirror_is_filled(jira: Jira, mirror: Mirror) -> None:
    assert not jira.open().look(SCOPE)
    assert not jira.open(mirror).look(SCOPE)


def test_after_a_first_pull_the_state_is_that_of_the_next_look(jira: Jira, mirror: Mirror) -> None:
    tracker = jira.open(mirror)
    assert not tracker.look(SCOPE)
    tracker.pull(SCOPE)
    assert tracker.state == digest(jira, mirror)


def test_a_blocker_that_is_finished_during_a_first_pull_leaves_it_without_a_state(jira: Jira, mirror: Mirror) -> None:
    jira.state.projects["Z"] = "Elsewhere"
    blocker = jira.state.create("Z", "Story", "Somewhere else", by="ana")
    jira.state.link(blocker.key, "Blocks", "T-1", by="ana")
    tracker = jira.open(mirror)
    tracker.pull(SCOPE)
    jira.state.transition(blocker.key, "Done", by="ana")
    assert not tracker.state


def test_a_mirror_that_turns_out_damaged_after_a_look_is_filled_again(
    cloud: Jira, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = cloud.open(mirror).pull(SCOPE)
    tracker = cloud.open(mirror)
    assert tracker.look(SCOPE)
    read, faults = mirror.readings, [DamagedStore("a page is garbage")]

    def broken(way: str, ids: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
        if faults:
            raise faults.pop()
        return read(way, ids)

    monkeypatch.setattr(mirror, "readings", broken)
    assert {issue.key for issue in tracker.pull(SCOPE).issues} == {issue.key for issue in whole.issues}
    assert mirror.cutoff(timedelta()) > NOW
