"""The options of the commands that only look, as a person types them; the site and its configuration are shared."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sync.cli.commands import app
from tests.journeys.app_harness import Office, office

pytestmark = pytest.mark.journey

UNREADY = "# Pay with a saved card\n\nAs a shopper I want to pay with a saved card so that checkout takes seconds.\n"
SHOULD = f"{UNREADY}\n## Acceptance criteria\n- A saved card is offered with its last four digits\n- TODO\n"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A shop in which nothing is written: these commands only read."""
    with office(tmp_path_factory.mktemp("options"), "cloud") as place:
        yield place
        assert place.jira.writes == []


def keys(place: Office) -> list[str]:
    return [issue["key"] for issue in place.run("check", "--format", "json").document["issues"]]


def test_check_shows_only_the_named_issues(shop: Office) -> None:
    first, second, *others = keys(shop)
    named = shop.run("check", second, first, "--format", "json").document["issues"]
    assert {issue["key"] for issue in named} == {first, second}
    shown = shop.run("check", first).out
    assert first in shown
    assert not any(f"\n{key} " in shown for key in others)


def test_check_shows_only_what_its_options_leave(shop: Office) -> None:
    issues = shop.run("check", "--format", "json").document["issues"]
    hinder = [one["key"] for one in issues if one["verdict"] != "ready"]
    of_rule = [one["key"] for one in issues if any(finding["rule"] == "ready.estimated" for finding in one["findings"])]

    assert keys_of(shop, "--not-ready") == hinder
    assert keys_of(shop, "--not-ready", "--limit", "2") == hinder[:2]
    assert keys_of(shop, "--rule", "estimated") == of_rule != []
    assert set(keys_of(shop, "--team", "Search")) < set(keys(shop))
    assert sorted(keys_of(shop, "--sort", "score")) == sorted(keys(shop))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--team", "Nobody"), 'there is no team "Nobody"'),
        (("--rule", "estimate"), 'did you mean "estimated"?'),
        (("--rule", "churn"), '"churn" is a measure of the whole backlog'),
        (("--near", "--format", "markdown"), "--format markdown is always the whole report"),
    ],
)
def test_an_option_of_check_that_cannot_be_is_named(shop: Office, words: tuple[str, ...], says: str) -> None:
    ended = shop.run("check", *words)
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err


def keys_of(place: Office, *words: str) -> list[str]:
    return [issue["key"] for issue in place.run("check", *words, "--format", "json").document["issues"]]


def test_check_ends_with_1_if_a_finding_of_the_shown_issues_has_at_least_the_severity(shop: Office) -> None:
    issues = shop.run("check", "--format", "json").document["issues"]
    worst = {issue["key"]: {finding["severity"] for finding in issue["findings"]} for issue in issues}
    must = next(key for key, levels in worst.items() if "must" in levels)
    should = next(key for key, levels in worst.items() if "should" in levels and "must" not in levels)
    codes = [shop.run("check", key, "--fail-on", level).code for key in (must, should) for level in ("must", "should")]
    assert codes == [1, 1, 0, 1]
    assert shop.run("check", must).code == 0


def test_the_pages_of_planning_are_written_in_every_format(shop: Office, tmp_path: Path) -> None:
    ended = shop.run("planning", "--out", str(tmp_path / "pages"), "--format", "json")

    pages = ("planning", "planning-payments", "planning-search", "planning-storefront")
    files = [f"{page}.{ending}" for page in pages for ending in ("html", "json", "md", "txt")]
    assert sorted(Path(path).name for path in ended.document["files"]) == sorted(files)
    page = json.loads((tmp_path / "pages" / "planning.json").read_text(encoding="utf-8"))
    assert page["points"] == sum(team["points"] for team in page["teams"]) + page["undistributed_points"]
    one = shop.run("planning", "--team", "Search", "--out", str(tmp_path / "one"), "--format", "json")
    assert {Path(path).stem for path in one.document["files"]} == {"planning-search"}
    assert shop.run("planning", "--team", "Nowhere").code == 2


@pytest.mark.parametrize(
    ("text", "codes"), [(UNREADY, {"must": 1, "should": 1}), (SHOULD, {"must": 0, "should": 1})], ids=["must", "should"]
)
def test_lint_ends_with_1_if_a_finding_has_at_least_the_severity(
    tmp_path: Path, text: str, codes: dict[str, int]
) -> None:
    path = tmp_path / "issue.md"
    path.write_text(text, encoding="utf-8")
    for level, code in codes.items():
        assert CliRunner().invoke(app, ["lint", str(path), "--fail-on", level]).exit_code == code
    assert CliRunner().invoke(app, ["lint", str(path)]).exit_code == 0


def test_lint_checks_a_folder_of_split_files_with_the_chosen_rules(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(UNREADY + SHOULD, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Bug: It crashes\n\nAlways.", encoding="utf-8")

    def linted(*words: str) -> str:
        ended = CliRunner().invoke(app, ["lint", str(tmp_path), "--split", *words])
        assert ended.exit_code == 0
        return ended.stdout

    lines = linted().splitlines()
    assert lines[0] == f"{tmp_path / 'a.md'}:1: not ready, score 71: Pay with a saved card"
    assert lines[-1].startswith("3 issues in 2 files: 1 ready")
    assert "(acceptance)" in linted("--select", "acceptance,reproducible")
    assert "(acceptance)" not in linted("--ignore", "acceptance", "--ignore", "blind_estimate")
    assert "1  should  ready.reproducible" in linted("--statistics")


def test_lint_reads_standard_input_where_the_file_is_a_dash() -> None:
    ended = CliRunner().invoke(app, ["lint", "-", "--format", "json"], input=UNREADY)
    assert "ready.acceptance" in {finding["rule"] for finding in json.loads(ended.stdout)["issues"][0]["findings"]}


def test_lint_uses_the_rules_of_the_configuration_where_there_is_one(shop: Office, tmp_path: Path) -> None:
    path = tmp_path / "issue.md"
    path.write_text(UNREADY, encoding="utf-8")
    config = variant(shop, "[write_back]\n", '[rules.ready.acceptance]\nseverity = "off"\n\n[write_back]\n')
    rules = [
        {finding["rule"] for finding in json.loads(ended.stdout)["issues"][0]["findings"]}
        for words in ([], ["-c", str(config)])
        for ended in [CliRunner(env=shop.environ).invoke(app, ["lint", str(path), "--format", "json", *words])]
    ]
    assert ["ready.acceptance" in found for found in rules] == [True, False]


def variant(shop: Office, old: str, new: str) -> Path:
    """Another configuration next to the shop's, with one piece replaced."""
    text = shop.config.read_text(encoding="utf-8")
    assert old in text
    path = shop.folder / "variant.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_capacity_shows_only_the_named_team(shop: Office) -> None:
    document = shop.run("capacity", "--team", "Search", "--format", "json").document
    assert [team["name"] for team in document["teams"]] == ["Search"]
    assert document["coverage"]["state"] == "filtered"
    assert "Payments" not in shop.run("capacity", "--team", "Search").out


@pytest.mark.parametrize("words", [("check",), ("capacity",), ("plan",)], ids=" ".join)
def test_markdown_is_the_whole_report(shop: Office, words: tuple[str, ...]) -> None:
    page = shop.run(*words, "--format", "markdown").out
    for heading in ("# Shop", "## Proposal", "## Capacity", "## DEEP"):
        assert f"\n{heading}" in f"\n{page}"


def test_report_writes_html_markdown_text_json_and_csv(shop: Office) -> None:
    ended = shop.run("report", "--out", str(shop.folder / "made"), "--format", "json")
    files = {Path(path) for path in ended.document["files"]}
    assert {path.suffix for path in files} == {".html", ".md", ".txt", ".json", ".csv"}
    assert set((shop.folder / "made").iterdir()) == files


@pytest.mark.parametrize(("opens", "says"), [(True, ""), (False, "no browser could be opened; open ")])
def test_report_opens_its_page_in_the_browser(
    shop: Office, monkeypatch: pytest.MonkeyPatch, *, opens: bool, says: str
) -> None:
    opened: list[str] = []

    def open_page(address: str) -> bool:
        opened.append(address)
        return opens

    monkeypatch.setattr("webbrowser.open", open_page)
    ended = shop.run("report", "--out", str(shop.folder / "opened"), "--open")
    assert opened == [(shop.folder / "opened" / "readyline.html").resolve().as_uri()]
    assert says in ended.err


def test_config_show_gives_each_value_its_file_and_line(shop: Office) -> None:
    rows = {row["path"]: row for row in shop.run("config", "show", "--format", "json").document["settings"]}
    lines = shop.config.read_text(encoding="utf-8").splitlines()
    number = 1 + next(place for place, line in enumerate(lines) if line.startswith("mails_per_week"))
    assert rows["write_back.mails_per_week"]["value"] == 100
    assert rows["write_back.mails_per_week"]["origin"].endswith(f"config.toml:{number}")
    assert rows["write_back.labels"]["origin"] == "default"


def test_config_show_of_a_team_shows_what_holds_for_it(shop: Office) -> None:
    config = variant(shop, "[capacity]\n", "[teams.rules.ready.small_enough]\nmax_points = 3\n\n[capacity]\n")
    words = ("config", "show", "--format", "json", "-c", str(config), "--team")
    for team, limit in (("Search", 3.0), ("Payments", None)):
        ended = CliRunner(env=shop.environ).invoke(app, [*words, team])
        rows = {row["path"]: row for row in json.loads(ended.stdout)["settings"]}
        assert rows["rules.ready.small_enough.max_points"]["value"] == limit


def test_config_schema_prints_the_json_schema(shop: Office) -> None:
    schema = json.loads(shop.run("config", "schema").out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert "write_back" in schema["properties"]


def test_the_configuration_is_named_by_c_else_by_the_variable_else_it_is_config_toml(
    shop: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = variant(shop, 'name = "Shop"', 'name = "Other"')
    monkeypatch.chdir(shop.folder)

    def used(*words: str, **environ: str) -> str:
        ended = CliRunner(env=shop.environ | environ).invoke(app, ["config", "show", "--format", "json", *words])
        rows = json.loads(ended.stdout)["settings"]
        return str(next(row["value"] for row in rows if row["path"] == "product.name"))

    assert used() == "Shop"
    assert used(READYLINE_CONFIG=str(other)) == "Other"
    assert used("-c", str(shop.config), READYLINE_CONFIG=str(other)) == "Shop"


def test_q_leaves_only_errors_on_stderr(shop: Office) -> None:
    empty = variant(shop, "project = SHOP", "labels = nobody-has-this AND project = SHOP")
    said = {
        words: CliRunner(env=shop.environ).invoke(app, ["check", *words, "-c", str(empty)]).stderr
        for words in ((), ("-q",))
    }
    assert "no open issue" in said[()]
    assert said["-q",] == ""
    wrong = CliRunner(env=shop.environ).invoke(app, ["check", "NONE-1", "-q", "-c", str(shop.config)])
    assert '"NONE-1"' in wrong.stderr
