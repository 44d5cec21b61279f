"""From file and environment to settings."""

import tomllib
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from rules.plan.policy import CommentZone
from sync.config import Layers, check, load, policy_of, product_of, ruleset_of, secret_variables_of
from sync.config.layers import with_environment
from sync.config.sources import Source
from sync.config.toml_lines import Places
from sync.errors import ConfigError
from tests.sync.config.files import RIGHT, settings, written

CONTRACT = """\
[tracker]
kind  = "jira-cloud"
url   = "https://example.atlassian.net"
email = "bot@example.com"

[product]
name    = "Shop"
owner   = "Ana Alvarez"
backlog = "project = SHOP AND statusCategory != Done"
goal    = "Guests check out without an account"

[[teams]]
name       = "Payments"
board      = 12
takes      = { components = ["payments"], labels = [], field = "" }
sprint_days = 10
people = [
  { name = "Bo", share = 1.0, country = "DE", region = "BY" },
  { name = "Cy", share = 0.6, days = "Mon-Wed" },
]

[capacity]
absences = ["absences.csv", "team.ics"]

[rules]
preset = "scrum"
[rules.ready.acceptance]
severity = "must"
[rules.ready.small_enough]
max_points = 8

[write_back]
enabled      = false
label_prefix = "readyline-"
labels       = true
comments     = "near"
sprints      = "propose"
[write_back.limits]
max_changes  = 50
max_share    = 0.10

[schedule]
pass     = "every 15 minutes"
timezone = "Europe/Berlin"
before_planning = "2 working days before sprint start at 09:00"

[store]
path = "readyline.db"

[[reports]]
kind = "html"
path = "reports/"
[[notify]]
kind = "webhook"
url_env = "READYLINE_WEBHOOK"
"""


def test_the_configuration_everybody_was_promised_loads(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, CONTRACT), {})
    product = product_of(loaded)
    moment = loaded.schedule.before_planning

    assert [person.weeks for person in product.teams[0].people] == [(frozenset(range(5)),), (frozenset(range(3)),)]
    assert moment is not None
    assert (moment.working_days, moment.at) == (2, time(9))
    assert policy_of(loaded).comments is CommentZone.NEAR
    assert next(rule for rule in ruleset_of(loaded).product if rule.name == "small_enough").max_points == 8  # type: ignore[attr-defined]


def test_relative_paths_count_from_the_file_and_not_from_where_the_program_was_started(tmp_path: Path) -> None:
    assert settings(tmp_path).store.path == tmp_path / "readyline.db"
    assert settings(tmp_path, '[store]\npath = "state/a.db"').store.path == tmp_path / "state" / "a.db"


def test_a_missing_file_is_reported_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml: no such file"):
        load(tmp_path / "nowhere.toml", {})


def test_the_token_comes_from_the_environment_and_is_not_shown(tmp_path: Path) -> None:
    loaded = settings(tmp_path, environ={"READYLINE_TOKEN": " hush\n"})

    assert loaded.token.get_secret_value() == "hush"
    assert "hush" not in repr(loaded)
    assert "token" not in loaded.model_dump()


def test_every_variable_that_holds_a_secret_is_known(tmp_path: Path) -> None:
    loaded = settings(
        tmp_path,
        '[[notify]]\nkind = "slack"\nurl_env = "CHAT"',
        '[[notify]]\nkind = "mail"\nhost = "mail.example.com"\nsender = "a@example.com"\nto = ["b@example.com"]',
        'user_env = "MAIL_USER"\npassword_env = "MAIL_PASSWORD"',
    )

    assert secret_variables_of(loaded) == ("READYLINE_TOKEN", "CHAT", "MAIL_USER", "MAIL_PASSWORD")


@pytest.mark.parametrize(
    ("variable", "text", "expected"),
    [
        ("READYLINE__PRODUCT__NAME", "42", "42"),
        ("READYLINE__PRODUCT__NAME", "Web Shop", "Web Shop"),
        ("READYLINE__product__name", '"Web"', "Web"),
        ("READYLINE__PRODUCT__NAME", "true", "true"),
    ],
)
def test_a_text_in_the_environment_needs_no_quotes(tmp_path: Path, variable: str, text: str, expected: str) -> None:
    assert settings(tmp_path, environ={variable: text}).product.name == expected


def test_a_text_in_the_environment_needs_no_quotes_for_an_adapter_either(tmp_path: Path) -> None:
    assert settings(tmp_path, environ={"READYLINE__TRACKER__CLOUD_ID": "12345"}).tracker.cloud_id == "12345"  # type: ignore[attr-defined]


def test_the_environment_has_the_last_word_on_any_value(tmp_path: Path) -> None:
    environ = {
        "READYLINE__WRITE_BACK__ENABLED": "true",
        "READYLINE__WRITE_BACK__LIMITS__MAX_CHANGES": "7",
        "READYLINE__TEAMS__1__BOARD": "99",
        "READYLINE__RULES__READY__SMALL_ENOUGH__MAX_POINTS": "5",
        "READYLINE__CAPACITY__ABSENCES": '["a.csv"]',
        "READYLINE_TOKEN": "not a setting",
    }
    loaded = settings(tmp_path, "[write_back]\nenabled = false", environ=environ)

    assert loaded.write_back.enabled
    assert loaded.write_back.limits.max_changes == 7
    assert [team.board for team in loaded.teams] == [12, 99]
    assert loaded.rules.ready["small_enough"] == {"max_points": 5}
    assert loaded.capacity.absences == (tmp_path / "a.csv",)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode())

    assert load(path, {}).product.name == "Shop"


def test_a_text_in_the_environment_is_still_checked_as_text(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match=r"READYLINE__SCHEDULE__TIMEZONE: schedule\.timezone = \"1\": is not a time zone"
    ):
        settings(tmp_path, environ={"READYLINE__SCHEDULE__TIMEZONE": "1"})


def test_the_home_of_the_person_is_a_place_for_the_store(tmp_path: Path) -> None:
    assert settings(tmp_path, '[store]\npath = "~/a.db"').store.path == Path.home() / "a.db"


SEGMENTS = st.sampled_from(
    ["TEAMS", "0", "1", "PEOPLE", "NAME", "RULES", "READY", "TITLED", "PRODUCT", "", "²", "é", "\udcff"]
)
TEXTS = st.one_of(
    st.text(max_size=8), st.sampled_from(["\udcff", "inf", "[1", "{ a = 1 }", '"x"', "2026-01-01", "1\n2"])
)


@hypothesis_settings(deadline=None)
@given(
    st.dictionaries(st.lists(SEGMENTS | st.text(max_size=4), min_size=1, max_size=5).map("__".join), TEXTS, max_size=3)
)
def test_any_environment_gives_settings_or_complaints(variables: dict[str, str]) -> None:
    environ = {f"READYLINE__{name}": text for name, text in variables.items()}
    layers = Layers.of(Source(file=Path("a.toml"), data=tomllib.loads(RIGHT), places=Places(RIGHT)))
    faults: tuple[str, ...] = ()
    try:
        check(with_environment(layers, environ))
    except ConfigError as error:
        faults = error.faults

    assert all(one.startswith(("READYLINE__", "a.toml:")) for one in faults)


@pytest.mark.parametrize("value", ["https://chat.example.com/hook/hush", "a b", "1X"])
def test_what_should_name_a_variable_and_does_not_is_reported_without_repeating_it(tmp_path: Path, value: str) -> None:
    with pytest.raises(ConfigError, match="must be the name of an environment variable") as caught:
        settings(tmp_path, f'[[notify]]\nkind = "webhook"\nurl_env = "{value}"')
    assert value not in str(caught.value)


@pytest.mark.parametrize("address", ["", "https://example.com/docs/rules", "http://wiki.example.com:8080/readyline/"])
def test_comments_link_to_the_pages_of_the_rules_where_the_configuration_says(tmp_path: Path, address: str) -> None:
    assert policy_of(settings(tmp_path, f'[links]\ndocs = "{address}"')).docs == address


def test_the_address_of_the_pages_may_have_its_former_name(tmp_path: Path) -> None:
    for name in ("pages", "reports"):
        assert settings(tmp_path, f'[links]\n{name} = "https://example.com/r"').links.pages == "https://example.com/r"


@pytest.mark.parametrize(("value", "names"), [('["Di", "Eli"]', ("Di", "Eli")), ('"all"', ("all",)), ("[]", ())])
def test_a_team_names_its_representatives_or_all(tmp_path: Path, value: str, names: tuple[str, ...]) -> None:
    teams = product_of(settings(tmp_path, f'representatives = {value}\ngoals = {{ "Sprint 43" = "Pay" }}')).teams

    assert (teams[1].representatives, teams[1].goals) == (names, {"Sprint 43": "Pay"})


@pytest.mark.parametrize("value", ['"Di"', '[""]', "[1]"])
def test_representatives_are_neither_one_text_nor_empty_names(tmp_path: Path, value: str) -> None:
    with pytest.raises(ConfigError, match=r"teams\[1\].representatives"):
        settings(tmp_path, f"representatives = {value}")
