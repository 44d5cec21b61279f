"""Whatever goes wrong on the way, each change is there once in the end: limits, lost requests, lost answers."""

from collections.abc import Sequence
from typing import Any

import pytest

from rules.plan.changes import AddLabel, Change, MoveToSprint, PutComment, RemoveLabel
from rules.plan.comment import CommentBody
from rules.plan.outcome import Result
from sync.errors import Unreachable
from sync.fake_github.faults import secondary_limit
from sync.fake_github.server import FakeGithub
from sync.fake_github.state import BOT
from sync.fake_http.faults import broken, reset_after, reset_before
from sync.trackers.github.tracker import GithubTracker
from tests.contract.github_place import NOW, SCOPE, SHOP, small_site, tracker_for
from tests.thorough import scaled

pytestmark = pytest.mark.journey

TROUBLE = (reset_before(), reset_after(), broken(502), secondary_limit(), secondary_limit(5, status=429))
SO = {Result.DONE, Result.ALREADY_SO}


def all_made(tracker: GithubTracker, batch: Sequence[Change]) -> bool:
    try:
        return {outcome.result for outcome in tracker.apply(batch, {})} <= SO
    except Unreachable:
        return False


@pytest.mark.parametrize("seed", range(scaled(4, 60)))
def test_every_change_is_made_once(seed: int) -> None:
    with FakeGithub(small_site, now=NOW, clock=lambda: NOW) as github:
        tracker = tracker_for(github)
        tracker.pull(SCOPE)
        github.faults.at_random(seed=seed, share=0.3, among=TROUBLE)
        for number in (1, 2, 6):
            key = f"{SHOP}#{number}"
            issue: dict[str, Any] = {"issue": github.state.issues[key].id, "key": key, "why": ""}
            labels: list[Change] = [AddLabel(**issue, label="ready"), RemoveLabel(**issue, label="Web")]
            first = PutComment(**issue, note=CommentBody(headline="Not ready."))
            second = PutComment(**issue, note=CommentBody(headline="Ready."))
            for batch in (labels, [first], [second], [MoveToSprint(**issue, sprint="3")]):
                while not all_made(tracker, batch):
                    continue  # the next run goes on
            record = github.state.issues[key]
            ours = [remark.body for remark in record.remarks if remark.author == BOT]
            assert [body.partition("\n")[0] for body in ours] == ["**Ready\\.**"]
            assert ("ready" in record.labels, "Web" in record.labels) == (True, False)
            item = github.state.item_of(key)
            assert item is not None
            assert item.values["Sprint"] == "3"
