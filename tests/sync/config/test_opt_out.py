"""[opt_out]: who is meant by a name, an address or an account, and what cannot be meant."""

from pathlib import Path

import pytest

from rules.plan.policy import OptOut
from sync.config import load, policy_of
from sync.errors import ConfigError
from tests.sync.config.files import RIGHT, settings, written

WITH_ACCOUNTS = RIGHT.replace('{ name = "Bo",', '{ name = "Bo", account = "acc-bo", email = "Bo@example.com",').replace(
    'owner = "Ana Alvarez"', 'owner = "Ana Alvarez"\naccount = "acc-ana"'
)


def opt_out(folder: Path, table: str) -> OptOut:
    return policy_of(load(written(folder, WITH_ACCOUNTS, f"[opt_out]\n{table}"), {})).opt_out


def test_nobody_has_opted_out_by_default(tmp_path: Path) -> None:
    assert policy_of(settings(tmp_path)).opt_out == OptOut()


@pytest.mark.parametrize("entry", ["Bo", "bo", "acc-bo", "bo@example.com"])
def test_a_person_of_the_file_is_meant_by_name_account_or_address(tmp_path: Path, entry: str) -> None:
    meant = opt_out(tmp_path, f'people = ["{entry}"]')
    assert meant == OptOut(people=frozenset({"acc-bo"}), addresses=frozenset({"bo@example.com"}))


def test_the_product_owner_may_opt_out(tmp_path: Path) -> None:
    assert opt_out(tmp_path, 'people = ["Ana Alvarez"]').people == {"acc-ana"}


def test_anybody_else_is_meant_by_account_or_address(tmp_path: Path) -> None:
    meant = opt_out(tmp_path, 'people = ["712020:7", "Di@example.com"]')
    assert meant.people == {"712020:7", "Di@example.com"}
    assert meant.addresses == {"di@example.com"}


def test_projects_are_meant_in_any_case(tmp_path: Path) -> None:
    assert opt_out(tmp_path, 'projects = ["OPS", "web"]').projects == {"OPS", "WEB"}


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('people = ["Cy"]', "this person has no account"),
        ('people = ["Ana Alvarex"]', 'did you mean "Ana Alvarez"'),
        ('people = ["Somebody Else"]', "write the account of anybody else"),
        ('people = [" "]', "opt_out.people"),
        ('projects = ["SHOP-12"]', "key of a project"),
        ('project = ["SHOP"]', '"projects"'),
    ],
)
def test_what_cannot_be_meant_is_a_fault(tmp_path: Path, table: str, says: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        opt_out(tmp_path, table)
    assert says in str(wrong.value)
    assert "config.toml:" in str(wrong.value)
