"""What only a real Redmine can show: the page it makes of our comment, and the mails it sends."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests

from rules.plan.changes import AddLabel, PutComment
from rules.plan.comment import CommentBody, Fix
from rules.plan.outcome import Result
from sync.errors import Forbidden, LoggedOut
from sync.trackers.redmine.tracker import RedmineTracker
from tests.contract.redmine_place import RedminePlace, described, real_place, settings

pytestmark = pytest.mark.xdist_group("real-redmine")

HOSTILE = (
    "@ana look",
    "{{include(Wiki)}} {{collapse}}x}}",
    'see #1, ##2, user#5, user:ana, version:"Sprint 3", project#1, r12, commit:abc1234, [[Wiki]], source:x',
    "http://evil.example/x www.evil.example ana@evil.example",
    "!http://evil.example/y.png! ![](http://evil.example/z.png) <img src=http://evil.example/q>",
    "<script>alert(1)</script> <b onclick=x>b</b> <!-- gone -->",
    "h1. Head",
    "# head",
    "- [ ] tick",
    "|a|b|",
    "`code` <pre>x</pre> ~~s~~ ??c?? %{color:red}x%",
    '"link":http://evil.example [l](http://evil.example) [l]: http://evil.example',
)


@pytest.fixture
def place() -> Iterator[RedminePlace]:
    with real_place() as found:
        yield found


def mails() -> int:
    folder = Path(described()["mail"])
    return sum(file.read_text(errors="replace").count("Message-ID") for file in folder.iterdir())


def format_texts_as(markup: str) -> None:
    """As an administrator would; it takes effect at once."""
    with closing(sqlite3.connect(described()["database"])) as database, database:
        query = (
            "UPDATE settings SET value = ?, updated_on = datetime('now', '+1 minute') WHERE name = 'text_formatting'"
        )
        database.execute(query, (markup,))


@pytest.mark.parametrize("markup", ["common_mark", "textile"])
def test_a_comment_with_hostile_text_is_shown_and_never_read(place: RedminePlace, markup: str) -> None:
    format_texts_as(markup)
    tracker = RedmineTracker(settings(place.url, markup=markup), place.keys["bot"])
    note = CommentBody(headline=HOSTILE[0], fixes=tuple(Fix(text, "", must=False) for text in HOSTILE))
    [outcome] = tracker.apply([PutComment(issue="1", key="#1", note=note, why="")], {})
    assert outcome.result is Result.DONE
    page = requests.get(f"{place.url}/issues/1", headers={"X-Redmine-API-Key": place.keys["bot"]}, timeout=20).text
    shown = re.search(rf'<div id="journal-{outcome.comment}-notes"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert shown is not None
    assert set(re.findall(r"<(\w+)", shown[1])) <= {"div", "p", "strong", "ul", "li"}
    assert "Sprint 3" in shown[1]


def test_a_label_mails_the_author_and_a_comment_nobody(place: RedminePlace) -> None:
    """Mails leave in the order of the changes, a moment later: that of the label comes after any other."""
    before = mails()
    for headline in ("Not ready.", "Ready."):
        note = CommentBody(headline=headline)
        place.tracker.apply([PutComment(issue="1", key="#1", note=note, why="")], {})
    place.tracker.apply([AddLabel(issue="1", key="#1", label="readyline-ready", why="")], {})
    for _ in range(100):
        if mails() > before:
            break
        place.issue("T-1")
    assert len(place.comments("T-1")) == 1
    assert mails() == before + 1


def test_a_person_without_our_role_sees_the_comment_and_nothing_of_our_field(place: RedminePlace) -> None:
    place.tracker.apply([PutComment(issue="1", key="#1", note=CommentBody(headline="Ready"), why="")], {})
    seen = [one for one in place.issue("T-1")["journals"] if one["user"]["id"] == place.bot]
    assert [(bool(one["notes"]), one["details"]) for one in seen] == [(True, [])]


def test_a_role_without_the_right_writes_nothing(place: RedminePlace) -> None:
    tracker = RedmineTracker(settings(place.url), place.keys["reader"])
    [outcome] = tracker.apply([AddLabel(issue="1", key="#1", label="readyline-ready", why="")], {})
    assert outcome.result is Result.FAILED
    assert place.labels("T-1") == {"Web", "ios,"}


def test_a_wrong_key_and_an_archived_project_are_refused(place: RedminePlace) -> None:
    with pytest.raises(LoggedOut):
        RedmineTracker(settings(place.url), "wrong").api.me()
    with pytest.raises(Forbidden):
        place.tracker.api.project(2)
