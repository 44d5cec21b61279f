"""What only a real Redmine can show: the page it makes of our comment, and the mails it sends."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.plan.changes import AddLabel, PutComment
from rules.plan.comment import CommentBody
from rules.plan.outcome import Result
from sync.errors import Forbidden
from tests.contract.redmine_place import RedminePlace, described, format_texts_as, real_place, tracker_for
from tests.contract.test_tracker import HOSTILE

pytestmark = pytest.mark.xdist_group("real-redmine")


@pytest.fixture
def place() -> Iterator[RedminePlace]:
    with real_place() as found:
        yield found


def mail_files() -> list[Path]:
    """One a receiver, with all mails so far."""
    return list(Path(described()["mail"]).iterdir())


def mails() -> int:
    return sum(file.read_text(errors="replace").count("Message-ID") for file in mail_files())


HOSTILE_NOTE = CommentBody(headline=HOSTILE[0], summary=HOSTILE[3], answers=HOSTILE)


def test_in_textile_too_hostile_text_is_shown_and_never_read(place: RedminePlace) -> None:
    """The contract has this sentence for the other markup."""
    format_texts_as("textile")
    tracker = tracker_for(place.url, place.keys["bot"], markup="textile")
    [outcome] = tracker.apply([PutComment(issue="1", key="#1", note=HOSTILE_NOTE, why="")], {})
    assert outcome.result is Result.DONE
    assert place.live("T-1") == []
    assert "look" in place.shown("T-1", int(outcome.comment or 0))


def test_a_label_mails_the_author_and_a_comment_nobody(place: RedminePlace) -> None:
    """Whom the comment names, either. Mails leave in the order of the changes: that of the label comes last."""
    before = mails()
    for note in (HOSTILE_NOTE, CommentBody(headline="Ready.")):
        place.tracker.apply([PutComment(issue="1", key="#1", note=note, why="")], {})
    place.tracker.apply([AddLabel(issue="1", key="#1", label="readyline-ready", why="")], {})
    for _ in range(100):
        if mails() > before:
            break
        place.issue("T-1")
    assert len(place.comments("T-1")) == 1
    assert mails() == before + 1
    assert "look" not in "".join(file.read_text(errors="replace") for file in mail_files())


def test_a_person_without_our_role_sees_the_comment_and_nothing_of_our_field(place: RedminePlace) -> None:
    place.tracker.apply([PutComment(issue="1", key="#1", note=CommentBody(headline="Ready"), why="")], {})
    seen = [one for one in place.issue("T-1")["journals"] if one["user"]["id"] == place.bot]
    assert [(bool(one["notes"]), one["details"]) for one in seen] == [(True, [])]


def test_an_archived_project_is_refused(place: RedminePlace) -> None:
    with pytest.raises(Forbidden):
        place.tracker.api.project(2)
