"""Commands in comments, over HTTP and in both dialects: heard within one run, answered once, everything else inert."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sync.demo.people import CREWS, OWNER
from sync.fake_jira.records import Account, Record
from sync.markup import adf, wiki
from tests.journeys.app_harness import EACH_DAY, Office, office

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines

NOT_READY, READY = "readyline-not-ready", "readyline-ready"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
STRANGER = Account(id="712020:777", name="sam.stone", display="Sam Stone")
SECOND = CREWS[0].members[0]


@dataclass
class Shop:
    """A shop whose Product Owner and one developer may command, with a clock that can be put forward."""

    place: Office
    late: list[timedelta] = field(default_factory=lambda: [timedelta()])

    def run(self) -> Any:
        ended = self.place.run("run", "--format", "json")
        assert ended.code == 0, ended.err
        return ended.document

    def issue(self, *, label: str, without: str = "") -> Record:
        """The first open issue that has a label of ours."""
        found = (r for r in self.place.jira.state.issues.values() if label in r.labels and without not in r.labels)
        return min(found, key=lambda record: record.rank)

    def says(self, record: Record) -> str:
        """What our one comment on an issue says to a reader, "" where there is none."""
        mine = [r.body for r in record.remarks if r.author.id == self.place.jira.state.me.id]
        assert len(mine) <= 1
        document = [adf.read(body.adf) if body.adf is not None else wiki.read(body.wiki) for body in mine]
        return "\n".join(block.text for one in document for block in one.blocks)

    def comment(self, record: Record, text: str, by: str) -> None:
        self.place.jira.state.comment(record.key, text, by=by)

    def blocked_by(self, record: Record) -> list[str]:
        """The names of the rules that keep an issue from being ready and may be waived."""
        ended = self.place.run("check", record.key, "--format", "json")
        findings = ended.document["issues"][0]["findings"]
        return [f["rule"].removeprefix("ready.") for f in findings if f["severity"] == "must" and not f["waived"]]

    def nothing_more_to_do(self) -> bool:
        writes = len(self.place.jira.writes)
        return self.run()["changes"] == [] and len(self.place.jira.writes) == writes


@pytest.fixture(params=EACH_DAY)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    late = [timedelta()]
    with office(tmp_path, request.param, clock=lambda: MONDAY + late[0]) as place:
        place.jira.state.enrol(STRANGER)
        cloud = request.param == "cloud"
        boss, second = ((who.id if cloud else who.name) for who in (OWNER.account, SECOND.account))
        place.write_config(f'owner = "{OWNER.name}"', f'owner = "{OWNER.name}"\naccount = "{boss}"')
        place.write_config(f'name = "{SECOND.name}",', f'name = "{SECOND.name}", account = "{second}",')
        place.write_config('sprints = "assign"', 'sprints = "accepted"')
        yield Shop(place, late)


def test_our_comment_says_how_to_command_and_by_which_names(shop: Shop) -> None:
    shop.run()
    record = shop.issue(label=NOT_READY)
    said = shop.says(record)
    assert "/ready waive RULE until YYYY-MM-DD because REASON" in said
    assert "readyline-hands-off" in said
    assert {f"({name})" for name in shop.blocked_by(record)} <= set(re.findall(r"\(\w+\)", said))


@pytest.mark.parametrize("who", [OWNER.name, SECOND.name])
def test_recheck_is_answered_once_within_one_run(shop: Shop, who: str) -> None:
    shop.run()
    record = shop.issue(label=NOT_READY)
    before = shop.says(record)
    shop.comment(record, "/ready recheck", by=who)
    assert [change["kind"] for change in shop.run()["changes"]] == ["put-comment"]
    said = shop.says(record)
    assert said.count(f"Checked again for {who}") == 1
    assert said.splitlines()[0] == before.splitlines()[0]
    assert shop.nothing_more_to_do()
    assert shop.says(record) == said


def test_a_waived_finding_leaves_label_and_comment_until_the_day_after_its_last(shop: Shop) -> None:
    shop.run()
    record = shop.issue(label=NOT_READY)
    last_day = (MONDAY + timedelta(days=3)).date()
    for name in shop.blocked_by(record):
        shop.comment(record, f"/ready waive {name} until {last_day} because the pilot shows it", by=OWNER.name)
    shop.run()
    assert NOT_READY not in record.labels
    assert READY not in record.labels
    assert "Not ready, but accepted" in shop.says(record)
    assert f"{OWNER.name} waived" in shop.says(record)
    assert shop.nothing_more_to_do()

    shop.late[0] = timedelta(days=3)
    shop.run()
    assert NOT_READY not in record.labels

    shop.late[0] = timedelta(days=4)
    shop.run()
    assert NOT_READY in record.labels
    assert READY not in record.labels
    assert "Not ready" in shop.says(record)


def test_an_accepted_proposal_is_moved_and_no_other(shop: Shop) -> None:
    assert not [change for change in shop.run()["changes"] if change["kind"] == "move-to-sprint"]
    sprints = {record.key: tuple(record.sprints) for record in shop.place.jira.state.issues.values()}
    record = shop.place.jira.state.issue(_proposed(shop.place))
    shop.comment(record, "/ready accept", by=SECOND.name)
    moves = [change["issue"] for change in shop.run()["changes"] if change["kind"] == "move-to-sprint"]
    assert moves == [record.key]
    moved = {r.key for r in shop.place.jira.state.issues.values() if tuple(r.sprints) != sprints[r.key]}
    assert moved == {record.key}
    assert f"{SECOND.name} accepted" in shop.says(record)
    assert shop.nothing_more_to_do()


def test_an_issue_that_is_not_ready_can_be_accepted_all_the_same(shop: Shop) -> None:
    shop.run()
    record = shop.issue(label=NOT_READY)
    report = _report(shop.place)
    assert record.key not in {one["issue"] for one in report["proposal"]["placements"]}
    shop.comment(record, "/ready accept", by=SECOND.name)
    (placed,) = (one for one in _report(shop.place)["proposal"]["placements"] if one["issue"] == record.key)
    assert placed["why"].startswith("Accepted though not ready: ")
    moves = [change for change in shop.run()["changes"] if change["kind"] == "move-to-sprint"]
    assert [change["issue"] for change in moves] == [record.key]
    assert moves[0]["why"].startswith("Accepted though not ready: ")
    says = shop.says(record)
    assert f"{SECOND.name} accepted " in says
    assert "Accepted though not ready: " in says
    assert "The issue moves there." in says
    assert NOT_READY in record.labels
    assert READY not in record.labels
    assert shop.nothing_more_to_do()


@pytest.mark.parametrize("shop", ["cloud"], indirect=True)
def test_what_people_reject_or_give_to_a_team_is_answered_once_and_planned_so(shop: Shop) -> None:
    shop.run()
    rejected, given = [shop.place.jira.state.issue(one) for one in _placed(shop.place)[:2]]
    asked = shop.issue(label=NOT_READY)
    shop.comment(rejected, "/ready reject because the provider is not ready", by=SECOND.name)
    shop.comment(given, f"/ready team {CREWS[1].name}", by=OWNER.name)
    shop.comment(asked, "/ready team Nobody", by=OWNER.name)
    shop.comment(asked, "/ready reject because I say so", by=STRANGER.name)
    shop.run()

    assert f"{SECOND.name} rejected " in shop.says(rejected)
    assert "the provider is not ready" in shop.says(rejected)
    assert f"{OWNER.name} gave this issue to {CREWS[1].name}." in shop.says(given)
    assert 'there is no team "Nobody"; the teams are ' in shop.says(asked)
    assert f"{STRANGER.display}, only " in shop.says(asked)
    proposal = _report(shop.place)["proposal"]
    (left,) = [one for one in proposal["left_out"] if one["issue"] == rejected.key]
    assert left["code"] == "REJECTED"
    assert "the provider is not ready" in left["why"]
    assert given.key not in {one["issue"] for one in proposal["placements"] if one["team"] == CREWS[0].name}
    assert shop.nothing_more_to_do()


def _placed(place: Office) -> list[str]:
    """The keys of the issues that are proposed for the first crew."""
    return [one["issue"] for one in _report(place)["proposal"]["placements"] if one["team"] == CREWS[0].name]


def _report(place: Office) -> Any:
    place.run("report", "--out", str(place.folder / "seen"))
    (path,) = (place.folder / "seen").glob("*.json")
    return json.loads(path.read_text(encoding="utf-8"))


def _proposed(place: Office) -> str:
    """The key of an issue that is proposed for a sprint it is not in yet."""
    place.write_config('sprints = "accepted"', 'sprints = "assign"')
    planned = place.run("plan", "--format", "json").document["changes"]
    place.write_config('sprints = "assign"', 'sprints = "accepted"')
    return next(str(change["issue"]) for change in planned if change["kind"] == "move-to-sprint")


@pytest.mark.parametrize("command", ["recheck", "accept", "waive {rule} until 2026-12-31 because I say so"])
def test_a_command_of_somebody_else_is_refused_once_and_changes_nothing(shop: Shop, command: str) -> None:
    shop.run()
    record = shop.issue(label=NOT_READY)
    rules, labels, sprints = shop.blocked_by(record), list(record.labels), list(record.sprints)
    shop.comment(record, f"/ready {command.format(rule=rules[0])}", by=STRANGER.name)
    shop.run()
    assert shop.says(record).count(f"{STRANGER.display}, only ") == 1
    assert (shop.blocked_by(record), record.labels, record.sprints) == (rules, labels, sprints)
    assert shop.nothing_more_to_do()


@pytest.mark.parametrize(
    "words",
    [
        "waive",
        "waive nothing_such until 2026-12-31 because x",
        "waive {rule} until 2026-02-31 because x",
        "waive {rule}",
    ],
)
def test_a_command_that_cannot_be_read_is_refused_once_with_the_way_to_write_it(shop: Shop, words: str) -> None:
    shop.run()
    record = shop.issue(label=NOT_READY)
    shop.comment(record, f"/ready {words.format(rule=shop.blocked_by(record)[0])}", by=OWNER.name)
    shop.run()
    assert shop.says(record).count("write: /ready waive RULE until YYYY-MM-DD because REASON") == 1
    assert NOT_READY in record.labels
    assert shop.nothing_more_to_do()


INERT = (
    "I would /ready accept this one",
    "please: /ready recheck",
    "> /ready accept",
    "{quote}/ready accept{quote}",
    "{code}\n/ready accept\n{code}",
    "* /ready accept",
    "h3. /ready accept",
    "Thanks!\n\n/ready accept",
    "/ready",
    "/readyaccept",
    "{{/ready accept}}",
    "{{/ready approve}}",
    "> /ready approve",
    "{code}\n/ready approve\n{code}",
    "ready accept",
)


def test_any_other_text_is_inert(shop: Shop) -> None:
    shop.run()
    record = shop.issue(label=NOT_READY)
    said = shop.says(record)
    for text in INERT:
        shop.comment(record, text, by=OWNER.name)
    writes = len(shop.place.jira.writes)
    assert shop.run()["changes"] == []
    assert (shop.says(record), len(shop.place.jira.writes)) == (said, writes)


def test_an_unknown_word_is_answered_once_and_never_again(shop: Shop) -> None:
    shop.run()
    record = shop.issue(label=NOT_READY)
    for _ in range(2):
        shop.comment(record, "/ready approve", by=OWNER.name)
        shop.run()
        answer = f'{OWNER.name}, there is no command "approve"; the commands are recheck, accept, reject, team,'
        assert shop.says(record).count(answer) == 1
        assert shop.nothing_more_to_do()
    shop.comment(record, "/ready approve", by=STRANGER.name)
    assert shop.nothing_more_to_do()


def test_a_waiver_of_a_rule_that_does_not_fail_is_answered(shop: Shop) -> None:
    shop.run()
    record = shop.issue(label=READY)
    shop.comment(record, "/ready waive estimated until 2099-12-31 because it is small", by=OWNER.name)
    shop.run()
    assert f"{OWNER.name}, estimated does not fail on this issue, so nothing was waived." in shop.says(record)
    assert shop.nothing_more_to_do()


def test_a_waiver_follows_an_issue_that_moves(shop: Shop) -> None:
    shop.run()
    record = shop.issue(label=NOT_READY)
    for name in shop.blocked_by(record):
        shop.comment(record, f"/ready waive {name} until 2099-12-31 because the pilot shows it", by=OWNER.name)
    shop.run()
    shop.place.jira.state.rename(record.key, "SHOP-9001", by=OWNER.name)
    assert shop.blocked_by(record) == []
    shop.run()
    assert NOT_READY not in record.labels


@pytest.mark.parametrize("mode", ["propose", "accepted"])
def test_accept_says_what_really_happens_in_each_mode(shop: Shop, mode: str) -> None:
    record = shop.place.jira.state.issue(_proposed(shop.place))
    shop.place.write_config('sprints = "accepted"', f'sprints = "{mode}"')
    before = tuple(record.sprints)
    shop.comment(record, "/ready accept", by=SECOND.name)
    shop.run()
    says, is_moved = shop.says(record), tuple(record.sprints) != before
    assert says.count(f"{SECOND.name} accepted ") == 1
    assert is_moved is (mode == "accepted")
    assert ("The issue moves there." in says) is is_moved
    assert (f'Nothing is moved, because [write_back] sprints is "{mode}".' in says) is not is_moved


def test_accept_in_a_dry_run_says_that_nothing_is_written(shop: Shop) -> None:
    record = shop.place.jira.state.issue(_proposed(shop.place))
    shop.place.write_config("enabled = true", "enabled = false")
    shop.comment(record, "/ready accept", by=SECOND.name)
    planned = " ".join(shop.place.run("plan").out.split())
    assert "Nothing of this is written, because [write_back] enabled is false." in planned
    shop.run()
    assert shop.place.jira.writes == []


def test_accepting_an_issue_that_is_not_proposed_says_so(shop: Shop) -> None:
    state = shop.place.jira.state
    record = min((r for r in state.issues.values() if r.type.name == "Epic"), key=lambda r: r.rank, default=None)
    record = record or shop.issue(label=NOT_READY)
    state.add_label(record.key, "moscow-wont", by=OWNER.name)
    shop.comment(record, "/ready accept", by=SECOND.name)
    shop.run()
    assert "this issue is not proposed for a sprint, so nothing was accepted." in shop.says(record)
    assert shop.nothing_more_to_do()


def test_our_own_comment_that_quotes_a_command_commands_nothing(shop: Shop) -> None:
    """What a person's name or reason smuggles into our comment is not read as theirs, or ours."""
    state = shop.place.jira.state
    evil = state.enrol(Account(id="712020:778", name="evil", display="/ready accept"))
    shop.run()
    record = shop.issue(label=NOT_READY)
    shop.comment(record, "/ready recheck", by=evil.id)
    shop.run()
    assert "/ready accept, only " in shop.says(record)
    assert shop.nothing_more_to_do()


def test_answers_survive_the_loss_of_our_comment_and_are_not_given_again(shop: Shop) -> None:
    shop.run()
    record = shop.issue(label=NOT_READY)
    shop.comment(record, "/ready recheck", by=OWNER.name)
    shop.run()
    mine = next(r for r in record.remarks if r.author.id == shop.place.jira.state.me.id)
    shop.place.jira.state.delete_comment(mine.id, by=OWNER.name)
    shop.run()
    assert shop.says(record) == ""
    assert shop.nothing_more_to_do()


def test_the_plan_shows_what_was_commanded_and_answers_no_one(shop: Shop) -> None:
    shop.run()
    record = shop.issue(label=NOT_READY)
    shop.comment(record, "/ready recheck", by=STRANGER.name)
    writes = len(shop.place.jira.writes)
    assert f"{STRANGER.display}, only " in " ".join(shop.place.run("plan").out.split())
    assert len(shop.place.jira.writes) == writes
