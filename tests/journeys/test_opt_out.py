"""Where people want nothing to be written: over HTTP and in both dialects, in every output, with a way back."""

import pytest

from sync.demo.people import CREWS, OWNER
from sync.fake_jira.records import Account, Record
from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey

NOT_READY = "readyline-not-ready"
BO = CREWS[0].members[0]


def account(place: Office, of: Account) -> str:
    return of.id if place.jira.dialect == "cloud" else of.name


def labelled(place: Office) -> Record:
    """The first issue that is not ready and has our label."""
    found = (record for record in place.jira.state.issues.values() if NOT_READY in record.labels)
    return min(found, key=lambda record: record.rank)


def ours(place: Office, record: Record) -> tuple[list[str], list[str]]:
    """Our labels and comments on an issue."""
    return [label for label in record.labels if label.startswith("readyline-")], place.ours()[record.key]


def commanding(place: Office) -> None:
    place.write_config(
        f'owner = "{OWNER.name}"', f'owner = "{OWNER.name}"\naccount = "{account(place, OWNER.account)}"'
    )


def opted_out(place: Office, table: str) -> None:
    with place.config.open("a", encoding="utf-8") as file:
        file.write(f"\n[opt_out]\n{table}\n")


def test_hands_off_in_a_comment_works_like_the_label_until_hands_on(shop: Office) -> None:
    commanding(shop)
    shop.run("run")
    record, state = labelled(shop), shop.jira.state
    assert ours(shop, record) != ([], [])
    state.comment(record.key, "/ready hands-off", by=OWNER.name)
    planned = shop.run("plan")
    assert f"{record.key}: a person commented /ready hands-off" in " ".join(planned.out.split())
    assert shop.run("run").code == 0
    assert ours(shop, record) == ([], [])
    for command in ("check", "why"):
        page = " ".join(shop.run(command, record.key).out.split())
        assert "A person commented /ready hands-off: left alone" in page
    document = shop.run("plan", "--format", "json").document
    assert document["left_alone"] == [{"issue": record.key, "why": "a person commented /ready hands-off"}]
    writes = len(shop.jira.writes)
    state.edit(record.key, description="Soon.", by=OWNER.name)
    shop.run("run")
    assert len(shop.jira.writes) == writes

    state.comment(record.key, "/ready hands-on", by=OWNER.name)
    shop.run("run")
    labels, (comment,) = ours(shop, record)
    assert labels == [NOT_READY]
    assert f"{OWNER.name} lets readyline write here again." in comment
    assert shop.run("run", "--format", "json").document["changes"] == []


def test_a_project_that_opted_out_is_not_written_to_and_loses_our_marks(shop: Office) -> None:
    before = shop.end_state()
    shop.run("run")
    assert shop.end_state() != before
    opted_out(shop, 'projects = ["SHOP"]')
    assert shop.run("run").code == 0
    marks = {key: (labels, comments) for key, (labels, comments, _) in shop.end_state().items()}
    assert set(marks.values()) == {((), ())}
    writes = len(shop.jira.writes)
    assert shop.run("run").code == 0
    assert "the project SHOP is in [opt_out] projects" in " ".join(shop.run("plan").out.split())
    assert len(shop.jira.writes) == writes


def test_somebody_who_opted_out_gets_no_mail_and_their_issues_are_left_alone(shop: Office) -> None:
    state = shop.jira.state
    state.rights -= {"ADMINISTER_PROJECTS", "ADMINISTER"}
    state.rights |= {"VIEW_VOTERS_AND_WATCHERS"}
    waiting = [r for r in state.issues.values() if r.status.category == "new" and not r.sprints]
    first, second, third, *_ = sorted(waiting, key=lambda record: record.rank)
    state.edit(first.key, assignee=BO.account, by=OWNER.name)
    state.edit(second.key, reporter=BO.account, by=OWNER.name)
    third.watchers.add(BO.account.id)
    shop.write_config(f'name = "{BO.name}",', f'name = "{BO.name}", account = "{account(shop, BO.account)}",')
    opted_out(shop, f'people = ["{BO.name}"]')
    state.mails.clear()
    plan = " ".join(shop.run("plan").out.split())
    assert f"{first.key}: it is assigned to {BO.name}, who is in [opt_out] people" in plan
    assert f"{second.key}: it is reported by {BO.name}, who is in [opt_out] people" in plan
    assert f"{BO.name} would get mail about it" in plan
    assert shop.run("run").code == 0
    assert state.mails
    assert BO.account.id not in {mail.to for mail in state.mails}
    assert [ours(shop, one) for one in (first, second, third)] == [([], [])] * 3


def test_doctor_names_who_and_what_is_left_alone_and_what_does_not_exist(shop: Office) -> None:
    opted_out(shop, f'projects = ["SHOP", "OPS"]\npeople = ["{account(shop, BO.account)}", "nobody"]')
    checks = [one for one in shop.run("doctor", "--format", "json").document["checks"] if one["name"] == "opt-out"]
    assert [(one["state"], one["sentence"]) for one in checks] == [
        ("warning", "this site shows no account nobody"),
        ("warning", "the backlog has no issue of OPS"),
        ("ok", f"nothing is written to issues of SHOP and {BO.name}"),
    ]
