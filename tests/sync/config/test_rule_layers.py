"""The options of each team and kind of issue: preset, product, type, team, and what a lock allows."""

from pathlib import Path
from typing import Any

import pytest

from rules.measured import heaviest
from rules.measured_figures import MEASURED
from rules.model import Kind
from rules.ready import RULES
from rules.rule import ReadyRule, Severity
from rules.rule_page import page_of
from rules.verdict import Ruleset
from sync.config import default_ruleset, ruleset_of
from sync.config.registry import PRESETS, preset
from sync.errors import ConfigError
from tests.factories import issue, judge, snapshot
from tests.sync.config.files import settings


def of(folder: Path, *parts: str) -> Ruleset:
    return ruleset_of(settings(folder, *parts))


def one(rules: tuple[ReadyRule, ...], name: str) -> Any:
    return next(rule for rule in rules if rule.name == name)


def test_without_a_word_every_rule_is_as_it_is_by_itself(tmp_path: Path) -> None:
    ruleset = of(tmp_path)

    assert ruleset.product == tuple(rule() for rule in RULES)
    assert not ruleset.narrowed
    assert ruleset == default_ruleset()


def test_the_narrower_table_wins_option_by_option(tmp_path: Path) -> None:
    ruleset = of(
        tmp_path,
        '[rules]\npreset = "kanban"',
        "[rules.ready.fresh]\nwithin_sprints = 4.0",
        "[rules.types.bug.ready.fresh]\nmax_days = 30",
    ).for_issue
    story, bug = one(ruleset("", Kind.STORY), "fresh"), one(ruleset("", Kind.BUG), "fresh")

    assert (story.severity, story.within_sprints, story.max_days) == (Severity.SHOULD, 4.0, 90)
    assert (bug.severity, bug.within_sprints, bug.max_days) == (Severity.SHOULD, 4.0, 30)


LAYERED = """\
[teams.rules.ready.small_enough]
max_points = 5
[teams.rules.types.bug.ready.small_enough]
max_points = 3

[rules.ready.small_enough]
max_points = 8
max_share = 0.4
[rules.types.bug.ready.small_enough]
max_points = 13
[rules.types.task.ready.small_enough]
max_share = 0.3
"""


@pytest.mark.parametrize(
    ("team", "kind", "points", "share"),
    [
        ("", Kind.STORY, 8, 0.4),
        ("", Kind.BUG, 13, 0.4),
        ("", Kind.TASK, 8, 0.3),
        ("Payments", Kind.BUG, 13, 0.4),
        ("Search", Kind.STORY, 5, 0.4),
        ("Search", Kind.BUG, 3, 0.4),
        ("Search", Kind.TASK, 5, 0.3),
    ],
)
def test_each_team_and_kind_gets_its_own_whole_rules(
    tmp_path: Path, team: str, kind: Kind, points: float, share: float
) -> None:
    rules = of(tmp_path, LAYERED).for_issue(team, kind)

    assert len(rules) == len(RULES)
    assert (one(rules, "small_enough").max_points, one(rules, "small_enough").max_share) == (points, share)


def test_a_team_may_make_a_locked_rule_stricter(tmp_path: Path) -> None:
    lock = '[rules.ready.titled]\nlocked = true\nseverity = "info"'
    ruleset = of(tmp_path, '[teams.rules.ready.titled]\nseverity = "must"', lock)

    assert one(ruleset.for_issue("Search", Kind.STORY), "titled").severity is Severity.MUST
    assert one(ruleset.for_issue("Payments", Kind.STORY), "titled").severity is Severity.INFO


def test_a_lock_counts_the_strictest_word_of_the_product(tmp_path: Path) -> None:
    lock = '[rules.ready.titled]\nlocked = true\nseverity = "info"\n[rules.types.bug.ready.titled]\nseverity = "must"'

    with pytest.raises(ConfigError, match=r'is locked at "must" by .*config.toml:28; leave this out'):
        of(tmp_path, '[teams.rules.ready.titled]\nseverity = "should"', lock)
    of(tmp_path, '[teams.rules.types.story.ready.titled]\nseverity = "should"', lock)


def test_waivers_are_handed_on(tmp_path: Path) -> None:
    (waiver,) = of(
        tmp_path, '[[waivers]]\nrule = "ready.titled"\nissue = "*"\nreason = "old"\nowner = "Ana"\nuntil = 2026-12-31'
    ).waivers

    assert waiver.text == "accepted until 2026-12-31: old (Ana)"


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_right_by_itself(tmp_path: Path, name: str) -> None:
    """Written into a file, its tables earn no complaint; as a preset, they mean the same."""
    tables = preset(name)
    lines = [f"horizon = {tables['horizon']}"]
    for rule, options in tables.get("ready", {}).items():
        lines.append(f"[rules.ready.{rule}]")
        lines += [
            f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}"
            for key, value in options.items()
        ]

    assert set(tables) <= {"horizon", "ready", "types"}
    assert of(tmp_path, "[rules]", *lines) == of(tmp_path, f'[rules]\npreset = "{name}"')


def test_presets_differ_from_each_other(tmp_path: Path) -> None:
    found = [of(tmp_path, f'[rules]\npreset = "{name}"') for name in PRESETS]

    assert all(one not in found[:place] for place, one in enumerate(found))
    assert [ruleset.horizon for ruleset in found] == [3.0, 2.0, 5.0, 1.0, 2.0, 2.0]


def test_presets_change_what_the_example_says_of_them(tmp_path: Path) -> None:
    scrum, less, safe, kanban = (of(tmp_path, f'[rules]\npreset = "{name}"').product for name in PRESETS[:4])

    assert scrum == default_ruleset().product
    assert one(less, "has_team").severity is Severity.OFF
    assert one(less, "cross_team").severity is Severity.MUST
    assert one(safe, "dependencies_linked").within_sprints == 5.0
    for name in ("cross_team", "estimated", "has_team"):
        assert (one(safe, name).severity, one(safe, name).within_sprints) == (Severity.MUST, 5.0)
    assert one(kanban, "estimated").severity is Severity.OFF
    assert {one(kanban, name).severity for name in ("small_enough", "fresh")} == {Severity.SHOULD}


def test_the_minimal_preset_leaves_four_rules(tmp_path: Path) -> None:
    rules = of(tmp_path, '[rules]\npreset = "minimal"').product

    assert [rule.name for rule in rules if rule.severity is not Severity.OFF] == [
        "described",
        "acceptance",
        "unblocked",
        "reproducible",
    ]


def test_the_basic_preset_has_three_musts(tmp_path: Path) -> None:
    """Criteria, dependencies by links and blockers, and the estimate."""
    rules = of(tmp_path, '[rules]\npreset = "dor-basic"').product

    musts = {rule.name for rule in rules if rule.severity is Severity.MUST}
    assert musts == {"acceptance", "unblocked", "estimated"}


@pytest.mark.parametrize("name", PRESETS)
def test_an_open_question_alone_makes_nothing_not_ready(tmp_path: Path, name: str) -> None:
    assert one(of(tmp_path, f'[rules]\npreset = "{name}"').product, "open_questions").severity is not Severity.MUST


NEEDED = {
    "acceptance": "An unfilled template must not be ready, and dor-basic has criteria among its three musts.",
}
"""Rules that are heavier in presets than their complaints allow, each with the reason."""


def is_too_heavy(rule: ReadyRule) -> bool:
    order = list(Severity)
    return rule.reads_text and order.index(rule.severity) < order.index(heaviest(MEASURED.get(rule.name)))


@pytest.mark.parametrize("name", PRESETS)
def test_no_preset_makes_a_rule_heavier_than_its_complaints_allow(tmp_path: Path, name: str) -> None:
    """Must needs 95 right complaints of 100, should 85, info 70; a team may still set its own severity."""
    ruleset = of(tmp_path, f'[rules]\npreset = "{name}"')
    scopes = (ruleset.product, *ruleset.narrowed.values())

    assert {rule.name for rules in scopes for rule in rules if is_too_heavy(rule)} == NEEDED.keys()


@pytest.mark.parametrize("name", NEEDED)
def test_the_page_of_an_exception_says_why_it_is_heavier_than_its_complaints_allow(name: str) -> None:
    page = page_of(next(rule for rule in RULES if rule.name == name))

    assert "It is must although" in page.why


def test_a_team_may_set_a_severity_of_its_own(tmp_path: Path) -> None:
    assert one(of(tmp_path, '[rules.ready.atomic]\nseverity = "must"').product, "atomic").severity is Severity.MUST


def test_the_file_has_the_last_word_on_the_horizon(tmp_path: Path) -> None:
    assert of(tmp_path, '[rules]\npreset = "safe"\nhorizon = 1.5').horizon == 1.5


BY_WORK = """\
[rules.work.debt.ready.estimated]
severity = "off"
[rules.work.action.ready.owned]
severity = "must"
[rules.work.request.ready.small_enough]
max_points = 3
[rules.work.design.ready.design_linked]
severity = "must"
[rules.work.bug.ready.reproducible]
severity = "info"
[rules.work.story.ready.small_enough]
max_points = 5
"""


@pytest.mark.parametrize(
    ("recognised", "rule", "option", "value"),
    [
        ({"labels": frozenset({"tech-debt"})}, "estimated", "severity", Severity.OFF),
        ({"labels": frozenset({"Retro"})}, "owned", "severity", Severity.MUST),
        ({"type": "Change Request", "kind": Kind.TASK}, "small_enough", "max_points", 3),
        ({"labels": frozenset({"ux"})}, "design_linked", "severity", Severity.MUST),
        ({"kind": Kind.BUG}, "reproducible", "severity", Severity.INFO),
        ({}, "small_enough", "max_points", 5),
    ],
    ids=["debt", "action", "request", "design", "bug", "story"],
)
def test_each_of_the_six_kinds_of_work_has_rules_of_its_own(
    tmp_path: Path, recognised: dict[str, Any], rule: str, option: str, value: object
) -> None:
    ruleset = of(tmp_path, BY_WORK)
    asked = issue(**recognised)
    own = one(ruleset.for_issue("", asked.kind, ruleset.work_of(asked)), rule)
    other = one(ruleset.for_issue("", asked.kind), rule)
    assert getattr(own, option) == value != getattr(other, option)


def test_debt_of_a_team_has_the_narrowest_tables_first(tmp_path: Path) -> None:
    ruleset = of(
        tmp_path,
        "[teams.rules.ready.small_enough]\nmax_points = 5",
        "[teams.rules.work.debt.ready.small_enough]\nmax_share = 0.2",
        "[rules.types.task.ready.small_enough]\nmax_points = 8\nmax_share = 0.4",
        "[rules.work.debt.ready.small_enough]\nmax_points = 3",
    ).for_issue
    found = {
        (team, work): one(ruleset(team, Kind.TASK, work), "small_enough")
        for team in ("", "Payments", "Search")
        for work in ("", "debt")
    }
    assert {scope: (rule.max_points, rule.max_share) for scope, rule in found.items()} == {
        ("", ""): (8, 0.4),
        ("", "debt"): (3, 0.4),
        ("Payments", ""): (8, 0.4),
        ("Payments", "debt"): (3, 0.4),
        ("Search", ""): (5, 0.4),
        ("Search", "debt"): (5, 0.2),
    }


@pytest.mark.parametrize(
    ("table", "floor"),
    [
        ("types.bug", "info"),  # work of that name does not matter
        ("work.bug", "must"),
        ("work.debt", "must"),  # may be about any issue
        ("work.story", "must"),
    ],
)
def test_a_lock_holds_for_the_tables_of_work_too(tmp_path: Path, table: str, floor: str) -> None:
    lock = '[rules.ready.titled]\nlocked = true\nseverity = "info"\n[rules.types.task.ready.titled]\nseverity = "must"'
    loosened = f'[teams.rules.{table}.ready.titled]\nseverity = "off"'
    with pytest.raises(ConfigError, match=f'is locked at "{floor}"'):
        of(tmp_path, loosened, lock)


def test_a_kind_of_work_that_does_not_exist_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"rules.work.depts: must be one of .*debt"):
        of(tmp_path, '[rules.work.depts.ready.titled]\nseverity = "off"')


def test_issues_are_judged_by_the_rules_of_their_work(tmp_path: Path) -> None:
    ruleset = of(tmp_path, BY_WORK)
    debt = issue("SHOP-1", points=None, labels=frozenset({"debt"}))
    judged = judge(snapshot(debt, issue("SHOP-2", points=None)), ruleset)
    assert ["ready.estimated" in [f.rule for f in verdict.findings] for verdict in judged.verdicts] == [False, True]
