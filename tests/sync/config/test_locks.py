"""Shared files under the product's own: what they give, what they lock, and where each value and fault is."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from rules.model import Kind
from rules.rule import Severity
from sync.config import Settings, effective, load, ruleset_of
from sync.errors import ConfigError
from tests.sync.config.files import RIGHT

OUT = "; leave it out, or change it there"
SHOULD, MUST = '"should"', '"must"'
EXTENDS = 'extends = "shared/organisation.toml"\n'


def files(folder: Path, shared: str, product: str = "", *, top: str = EXTENDS, group: str = "") -> Path:
    """The product's file extending `shared/organisation.toml`, which extends `shared/group.toml` where one is given."""
    folder.joinpath("shared").mkdir()
    if group:
        shared = f'extends = "group.toml"\n{shared}'
        folder.joinpath("shared", "group.toml").write_text(group, encoding="utf-8")
    folder.joinpath("shared", "organisation.toml").write_text(shared, encoding="utf-8")
    path = folder / "config.toml"
    path.write_text(f"{top}{RIGHT}\n{product}", encoding="utf-8")
    return path


def faults(path: Path, environ: Mapping[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        load(path, environ or {})
    return [fault.replace(f"{path.parent}/", "") for fault in raised.value.faults]


def origins(settings: Settings, folder: Path, *paths: str) -> list[tuple[object, str]]:
    rows = {row.path: row for row in effective(settings)}
    return [(rows[path].value, rows[path].origin.replace(f"{folder}/", "")) for path in paths]


def test_the_nearest_file_wins_key_by_key_and_each_value_names_its_file_and_line(tmp_path: Path) -> None:
    path = files(
        tmp_path,
        "[write_back]\nenabled = true\ncomments = 'all'\n[write_back.limits]\nmax_changes = 9",
        "[write_back]\ncomments = 'off'",
        group="[capacity]\nhistory = 4\n[write_back]\nenabled = false\nlabels = false",
    )

    assert origins(
        load(path, {}),
        tmp_path,
        "write_back.enabled",
        "write_back.comments",
        "write_back.limits.max_changes",
        "write_back.labels",
        "write_back.sprints",
        "capacity.history",
        "extends",
    ) == [
        (True, "shared/organisation.toml:3"),
        ("off", "config.toml:27"),
        (9, "shared/organisation.toml:6"),
        (False, "shared/group.toml:5"),
        ("propose", "default"),
        (4, "shared/group.toml:2"),
        ("shared/organisation.toml", "config.toml:1"),
    ]


def test_a_list_is_taken_as_a_whole_from_the_nearest_file(tmp_path: Path) -> None:
    channels = "".join(f'[[notify]]\nkind = "webhook"\nurl_env = "{name}"\n' for name in ("ONE", "TWO"))
    product = '[[notify]]\nkind = "webhook"\nurl_env = "OURS"'
    settings = load(files(tmp_path, channels, product), {})

    assert origins(settings, tmp_path, "notify[0].url_env") == [("OURS", "config.toml:28")]
    assert len(settings.notify) == 1


def test_rules_of_a_shared_file_hold_for_the_product(tmp_path: Path) -> None:
    shared = '[rules]\npreset = "kanban"\n[rules.ready.fresh]\nmax_days = 30\nseverity = "must"'
    settings = load(files(tmp_path, shared, "[rules.ready.fresh]\nmax_days = 60"), {})
    fresh = next(rule for rule in ruleset_of(settings).for_issue("Search", Kind.STORY) if rule.name == "fresh")

    assert (fresh.severity, fresh.max_days) == (Severity.MUST, 60)  # type: ignore[attr-defined]
    assert origins(settings, tmp_path, "rules.ready.fresh.max_days", "rules.ready.fresh.severity") == [
        (60, "config.toml:27"),
        ("must", "shared/organisation.toml:5"),
    ]


def test_relative_paths_start_at_the_folder_of_the_file_they_are_in(tmp_path: Path) -> None:
    shared = '[store]\npath = "state.db"\n[[reports]]\nkind = "html"\npath = "../out"\n[capacity]\nabsences = ["a.csv"]'
    settings = load(files(tmp_path, shared, '[[notify]]\nkind = "file"\npath = "messages.jsonl"'), {})

    assert settings.store.path == tmp_path / "shared" / "state.db"
    assert settings.capacity.absences == (tmp_path / "shared" / "a.csv",)
    assert settings.reports[0].path == tmp_path / "shared" / ".." / "out"
    assert settings.notify[0].path == tmp_path / "messages.jsonl"  # type: ignore[attr-defined]


LOCKS = """\
locked = ["capacity.focus", "write_back.limits", "rules.preset"]
[capacity]
focus = 0.75
[write_back.limits]
max_share = 0.2
[rules]
preset = "scrum"
"""


def test_a_changed_value_that_is_locked_is_a_fault_that_names_both_files(tmp_path: Path) -> None:
    product = "[write_back.limits]\nmax_share = 0.5\nmax_changes = 5\n[capacity]\nfocus = 0.8\n[rules]\npreset = 'safe'"

    assert faults(files(tmp_path, LOCKS, product)) == [
        "config.toml:27: write_back.limits.max_share = 0.5: is locked at 0.2 by shared/organisation.toml:5" + OUT,
        "config.toml:28: write_back.limits.max_changes = 5: is locked by shared/organisation.toml:4" + OUT,
        "config.toml:30: capacity.focus = 0.8: is locked at 0.75 by shared/organisation.toml:3" + OUT,
        'config.toml:32: rules.preset = "safe": is locked at "scrum" by shared/organisation.toml:7' + OUT,
    ]


def test_a_locked_value_may_be_repeated(tmp_path: Path) -> None:
    assert load(files(tmp_path, LOCKS, "[capacity]\nfocus = 0.75"), {}).capacity.focus == 0.75


def test_a_lock_holds_against_the_environment_and_for_every_file_above(tmp_path: Path) -> None:
    path = files(tmp_path, "[capacity]\nfocus = 0.7", group=LOCKS)

    assert faults(path, {"READYLINE__CAPACITY__FOCUS": "0.8", "READYLINE__LOCKED": "[]"}) == [
        "READYLINE__CAPACITY__FOCUS: capacity.focus = 0.8: is locked at 0.75 by shared/group.toml:3" + OUT,
        "READYLINE__LOCKED: locked: can only be set in a file",
    ]
    assert faults(path) == [
        "shared/organisation.toml:3: capacity.focus = 0.7: is locked at 0.75 by shared/group.toml:3" + OUT
    ]


def test_a_product_may_lock_its_own_values_against_the_environment(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'locked = ["write_back.enabled"]\n{RIGHT}\n[write_back]\nenabled = false', encoding="utf-8")

    assert faults(path, {"READYLINE__WRITE_BACK__ENABLED": "true"}) == [
        "READYLINE__WRITE_BACK__ENABLED: write_back.enabled = true: is locked at false by config.toml:27" + OUT
    ]


@pytest.mark.parametrize(
    ("lock", "wrong"),
    [
        ("capacity.focsu", 'is not set in this file or one below it; did you mean "capacity.focus"?'),
        ("write_back.limits.max_changes", "is not set in this file or one below it"),
        ("extends", "is not set in this file or one below it"),
        ("a b", "must be a path of keys, such as"),
        ("", "must be a path of keys, such as"),
        ("a]\n[b", "must be a path of keys, such as"),
        ("rules.ready.acceptance", "cannot lock rules or teams; write locked = true in a rule's own table"),
        ("rules", "cannot lock rules or teams"),
        ("teams", "cannot lock rules or teams"),
    ],
)
def test_a_lock_that_locks_nothing_is_a_fault_of_its_file(tmp_path: Path, lock: str, wrong: str) -> None:
    locked = f"locked = ['''{lock}''']\n[capacity]\nfocus = 0.75\n[write_back.limits]\nmax_share = 0.2"
    (fault,) = faults(files(tmp_path, locked))

    assert fault.startswith("shared/organisation.toml:1: locked[0]")
    assert wrong in fault


RULE_LOCKS = """\
[rules.ready.acceptance]
locked = true
[rules.ready.small_enough]
locked = true
severity = "should"
max_points = 8
"""


def test_a_locked_rule_of_a_shared_file_may_only_become_stricter(tmp_path: Path) -> None:
    stricter = '[rules.ready.small_enough]\nseverity = "must"\nmax_points = 8'
    rules = ruleset_of(load(files(tmp_path, RULE_LOCKS, stricter), {})).product

    assert next(rule for rule in rules if rule.name == "small_enough").severity is Severity.MUST


def test_a_loosened_rule_is_a_fault_that_names_both_files(tmp_path: Path) -> None:
    product = """\
[teams.rules.ready.acceptance]
severity = "info"
[rules.ready.acceptance]
severity = "should"
[rules.types.bug.ready.small_enough]
max_points = 20
"""

    acceptance = "[rules.ready.acceptance] is locked at {} by shared/organisation.toml:2"
    small_enough = '[rules.ready.small_enough] is locked at "should" by shared/organisation.toml:4'
    stricter = "only a stricter severity is allowed"
    assert [fault.partition(": ")[2] for fault in faults(files(tmp_path, RULE_LOCKS, product))] == [
        f'teams[1].rules.ready.acceptance.severity = "info": {acceptance.format(SHOULD)}; {stricter}',
        f'rules.ready.acceptance.severity = "should": {acceptance.format(MUST)}; leave this out',
        f"rules.types.bug.ready.small_enough.max_points = 20: {small_enough}; {stricter}",
    ]


def test_a_lock_cannot_be_taken_off_by_the_product(tmp_path: Path) -> None:
    assert faults(files(tmp_path, RULE_LOCKS, "[rules.ready.acceptance]\nlocked = false")) == [
        "config.toml:27: rules.ready.acceptance.locked = false: is locked by shared/organisation.toml:2; leave it out"
    ]


def test_a_preset_cannot_loosen_a_locked_rule(tmp_path: Path) -> None:
    shared = "[rules.ready.estimated]\nlocked = true"

    (fault,) = faults(files(tmp_path, shared, '[rules]\npreset = "kanban"'))

    assert fault.startswith(
        'config.toml:27: rules.preset = "kanban": [rules.ready.estimated] is locked at "must" by shared/'
    )


def test_the_faults_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    shared = "[write_back]\nenabled = 1\n[capacity]\nhistory = 'many'\n[tracker]\ntoken = 'hush'"
    product = "[capacity]\nhistory = 3\n[schedule]\npass = 'hourly'"
    group = "locked = 'all'\n[rules.ready.titled]\nmin_wrds = 2"
    found = faults(files(tmp_path, shared, product, group=group))

    assert [fault.split(" ")[0] + " " + fault.split(" ")[1].rstrip(":") for fault in found] == [
        "config.toml:29: schedule.pass",
        "shared/organisation.toml:3: write_back.enabled",
        "shared/organisation.toml:5: capacity.history",
        "shared/organisation.toml:7: tracker.token",
        "shared/group.toml:1: locked",
        "shared/group.toml:3: rules.ready.titled.min_wrds",
    ]


def test_what_the_product_adds_to_a_shared_file_is_not_missing_there(tmp_path: Path) -> None:
    shared = '[product]\ngoal = "Grow"\n[capacity]\nfocus = 0.9'

    assert load(files(tmp_path, shared, '[capacity]\nfocus_reason = "no meetings"'), {}).capacity.focus == 0.9


def test_a_value_that_is_missing_everywhere_is_a_fault_of_the_product(tmp_path: Path) -> None:
    path = files(tmp_path, '[product]\ngoal = "Grow"')
    path.write_text(path.read_text(encoding="utf-8").replace('owner = "Ana Alvarez"\n', ""), encoding="utf-8")

    assert faults(path) == ["config.toml:7: product.owner: is missing: the one Product Owner: a single person"]


def test_a_shared_file_that_is_missing_is_reported_with_the_line_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'\nextends = "organistion.toml"\n{RIGHT}', encoding="utf-8")

    assert faults(path) == [
        'config.toml:2: extends = "organistion.toml": no such file; a relative path starts at the folder of config.toml'
    ]


def test_files_that_extend_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    (fault,) = faults(files(tmp_path, "", group='extends = "../config.toml"'))

    assert fault.startswith(
        'shared/group.toml:1: extends = "../config.toml": the files extend each other in a circle: '
    )
    assert fault.endswith("config.toml → shared/organisation.toml → shared/group.toml → shared/../config.toml")


def test_a_shared_file_that_is_not_valid_toml_is_reported_with_its_line(tmp_path: Path) -> None:
    (fault,) = faults(files(tmp_path, "[write_back]\nenabled = yes"))

    assert fault.startswith("shared/organisation.toml:2: not valid TOML (column 11)")


@pytest.mark.parametrize("top", ["extends = 7\n", "extends = ['a']\n"])
def test_extends_must_be_text(tmp_path: Path, top: str) -> None:
    (fault,) = faults(files(tmp_path, "", top=top))

    assert fault.startswith("config.toml:1: extends")
