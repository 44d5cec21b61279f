"""People are called by their names in everything people read; accounts are for JSON. In both dialects."""

import json

import pytest

from sync.demo.people import CREWS, OWNER
from sync.fake_jira.records import Account, Record
from tests.journeys.app_harness import Office

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines

WATCHER = Account(id="712020:555555", name="wanda.wu", display="Wanda Wu")
"""Somebody who is on no issue and in no configuration."""


def account(shop: Office, of: Account) -> str:
    return of.id if shop.jira.dialect == "cloud" else of.name


def top(shop: Office) -> Record:
    """The first issue of the backlog."""
    waiting = (r for r in shop.jira.state.issues.values() if r.status.category == "new" and not r.sprints)
    return min(waiting, key=lambda record: record.rank)


def test_no_text_shows_an_account_where_a_name_is_known_and_json_shows_both(shop: Office) -> None:
    state = shop.jira.state
    state.enrol(WATCHER)
    for record in state.issues.values():
        record.watchers.add(WATCHER.id)
    shop.write_config("enabled = true", "enabled = false")
    people = (WATCHER, OWNER.account, *(member.account for crew in CREWS for member in crew.members))
    accounts = {account(shop, one) for one in people}
    said = {words[0]: shop.run(*words) for words in (("run",), ("plan",), ("check",), ("capacity",), ("doctor",))}
    assert "Ana Alvarez" in said["run"].out
    assert "Wanda Wu" in said["run"].out
    shop.run("report", "--out", str(shop.folder / "out"))
    texts = {path.suffix: path.read_text(encoding="utf-8") for path in (shop.folder / "out").iterdir()}
    document = json.loads(texts.pop(".json"))
    texts |= {name: f"{ended.out} {ended.err}" for name, ended in said.items()}
    for name, text in texts.items():
        assert not [one for one in accounts if one in text], name
    post = {one["person"]: one["account"] for one in document["shadow"]["post"]}
    assert post["Ana Alvarez"] == account(shop, OWNER.account)
    assert post["Wanda Wu"] == account(shop, WATCHER)


def test_doctor_calls_the_account_of_the_token_by_name_and_json_has_both(shop: Office) -> None:
    me = shop.jira.state.me
    document = shop.run("doctor", "--format", "json").document
    assert (document["account"], document["name"]) == (account(shop, me), me.display)
    (token,) = (check for check in document["checks"] if check["name"] == "token")
    assert token["sentence"] == f"belongs to {me.display}"


def test_a_waiver_and_the_product_owner_that_are_written_as_accounts_are_shown_by_name(shop: Office) -> None:
    owner = account(shop, OWNER.account)
    record = top(shop)
    shop.jira.state.edit(record.key, summary="Payments", reporter=OWNER.account, by=OWNER.account.id)
    shop.write_config(f'owner = "{OWNER.name}"', f'owner = "{owner}"')
    ended = shop.run("check", record.key, "--format", "json")
    assert ended.code == 0, ended.err
    rule = ended.document["issues"][0]["findings"][0]["rule"]
    with shop.config.open("a", encoding="utf-8") as file:
        file.write(
            f'\n[[waivers]]\nrule = "{rule}"\nissue = "{record.key}"\nreason = "seen"\nowner = "{owner}"\n'
            "until = 2099-01-31\n"
        )
    assert f"seen ({OWNER.name})" in " ".join(shop.run("check", record.key).out.split())
    shop.run("report", "--out", str(shop.folder / "out"))
    for page in (shop.folder / "out").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert f"Product Owner: {OWNER.name}" in text or page.name == "readyline-planning.html"
        assert owner not in text, page.name
