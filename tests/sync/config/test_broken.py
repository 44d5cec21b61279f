"""Each file in `broken/` ends with its expected faults: line, path, value, what is wrong, what was probably meant."""

import re
from datetime import date
from pathlib import Path

import pytest

from sync.config import load
from sync.errors import ConfigError
from tests.sync.config.files import RIGHT, settings, written

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.toml"))
PLANTED = ("ATATT3xFfGF0EXAMPLE", "hush", "T0/B0/XXXX")


def complaints(path: Path, environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        load(path, environ or {})
    return list(raised.value.faults)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_gets_exactly_its_complaints(path: Path) -> None:
    expected = re.findall(r"^#: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)

    assert expected
    assert complaints(path) == [f"{path}:{fault.replace(path.name, str(path))}" for fault in expected]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_complaint_is_one_line_and_repeats_no_secret(path: Path) -> None:
    for fault in complaints(path):
        assert fault.isprintable()
        assert not any(secret in fault for secret in PLANTED)


def test_ten_mistakes_get_ten_sentences_at_once_each_with_line_and_path() -> None:
    faults = complaints(Path(__file__).parent / "broken" / "ten_mistakes.toml")

    assert len(faults) == 10
    assert all(re.match(r".*ten_mistakes\.toml:\d+: [a-z_]+[.\[]\S+(?: = .+)?: ", one) for one in faults)


def test_a_fault_of_the_environment_names_the_variable(tmp_path: Path) -> None:
    path = written(tmp_path, Path(__file__).with_name("broken").joinpath("bad_days.toml").read_text(encoding="utf-8"))
    faults = complaints(
        path,
        {
            "READYLINE__WRITE_BACK__LIMITS__MAX_CHANGES": "many",
            "READYLINE__FOO__BAR": "1",
            "READYLINE__TRACKER__TOKEN": "hush",
            "READYLINE__PRODUCT__NAME__X": "1",
            "READYLINE__TEAMS__7__BOARD": "1",
        },
    )

    assert faults[0].startswith(f"{path}:15: teams[0].people[0].days")
    assert faults[1].startswith("READYLINE__FOO__BAR: foo: unknown section")
    assert faults[2] == (
        "READYLINE__PRODUCT__NAME__X: product.name.x: "
        "no table or list entry to set this in; the first entry of a list is 0"
    )
    assert faults[3].startswith("READYLINE__TEAMS__7__BOARD: teams[7].board: no table or list entry")
    assert faults[4].startswith("READYLINE__TRACKER__TOKEN: tracker.token: is a secret; set READYLINE_TOKEN")
    assert faults[5] == (
        'READYLINE__WRITE_BACK__LIMITS__MAX_CHANGES: write_back.limits.max_changes = "many": '
        "must be a whole number, without quotes"
    )
    assert "hush" not in "".join(faults)


def test_control_characters_of_a_value_are_shown_and_not_printed(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        settings(tmp_path, r"[rules]", r'preset = "a\u001b[31m\nb\u202e"')

    assert r'rules.preset = "a\u001b[31m\nb\u202e"' in str(raised.value)


def test_nothing_in_a_file_makes_a_terminal_obey(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        load(
            written(
                tmp_path,
                '[tracker]\nkind = "jira-cloud"\nurl = "x\\u001b[2J\\n"\nemail = "bot@example.com"\n"\\u009b\\n" = 1',
                '[[teams]]\nname = "Paym\\u001bents\\n"\nboard = 1',
                '[[notify]]\nkind = "webhook"\nurl_env = "A"\nteams = ["Payments"]',
            ),
            {"READYLINE__\x1b": "1"},
        )

    assert len(raised.value.faults) == 5
    assert all(fault.isprintable() for fault in raised.value.faults)


def test_a_type_of_issue_may_be_called_token(tmp_path: Path) -> None:
    path = written(tmp_path, RIGHT.replace("[product]", '[tracker.types]\nToken = "story"\n\n[product]'))

    assert load(path, {}).tracker.types == {"Token": "story"}


def test_a_long_value_is_cut(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        settings(tmp_path, "[rules]", f'preset = "{"x" * 5000}"')

    assert len(str(raised.value)) < 300


def test_a_file_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b'[product]\nname = "B\xf6rse"\n')

    assert complaints(tmp_path / "a.toml") == [f"{tmp_path / 'a.toml'}: byte 19 is not UTF-8; save the file as UTF-8"]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "the file cannot be read" in complaints(tmp_path)[0]


def test_a_file_nested_too_deeply_is_reported(tmp_path: Path) -> None:
    assert "not valid TOML" in complaints(written(tmp_path, "a = " + "[" * 5000))[0]


def test_an_empty_file_misses_everything_it_needs(tmp_path: Path) -> None:
    faults = complaints(written(tmp_path, ""))

    assert [one.partition(": ")[2].partition(":")[0] for one in faults] == ["tracker", "product", "teams"]


WAIVER = """
[[waivers]]
rule = "acceptance"
issue = "SHOP-1"
reason = "a pilot"
owner = "Ana"
until = 2026-03-01
"""


def test_a_waiver_that_has_ended_is_a_fault_where_the_day_is_known(tmp_path: Path) -> None:
    path = written(tmp_path, RIGHT + WAIVER)
    with pytest.raises(ConfigError) as raised:
        load(path, {}, today=date(2026, 3, 2))
    (fault,) = raised.value.faults
    assert "waivers[0].until = 2026-03-01: this waiver has ended" in fault
    assert load(path, {}, today=date(2026, 3, 1)).waivers
    assert load(path, {}).waivers
