"""The invented shop has the same verdicts on GitHub as on Jira; differences are those that GitHub cannot know."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from rules.backlog.index import Backlog
from rules.evaluate import evaluate
from rules.model import Product, Snapshot, TeamFilter
from rules.ready import RULES
from rules.rule import Finding
from rules.verdict import Ruleset, Verdict
from sync.demo import github_shop
from sync.demo.company import BACKLOG, fill
from sync.demo.github_shop import PROJECT, SHOP
from sync.demo.people import CREWS, EMAIL
from sync.fake_github.server import FakeGithub
from sync.fake_jira.server import FakeJira
from sync.trackers import open_tracker
from sync.trackers.base import Scope
from sync.trackers.github.settings import GithubSettings
from sync.trackers.jira.settings import CloudSettings
from tests import factories as make

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
DIFFERENT = {
    "ready.prioritised",  # who chose the priority is in the past of a field, which GitHub does not keep
}


def product(takes: Callable[[str], TeamFilter], board: int | None = None) -> Product:
    teams = (make.team(crew.name, board=board or crew.board, takes=takes(crew.component)) for crew in CREWS)
    return make.product(*teams, name="Shop", owner="Ana Alvarez")


def by_component(name: str) -> TeamFilter:
    return TeamFilter(components=frozenset({name}))


def on_jira() -> Snapshot:
    with FakeJira("cloud", fill, email=EMAIL, now=NOW, clock=lambda: NOW) as jira:
        tracker = open_tracker(CloudSettings(url=jira.url, email=jira.email), jira.token)
        return tracker.pull(
            Scope(backlog=BACKLOG, product=product(lambda name: TeamFilter(components=frozenset({name}))))
        )


def by_label(name: str) -> TeamFilter:
    return TeamFilter(labels=frozenset({github_shop.component(name)}))


def on_github() -> Snapshot:
    with FakeGithub(github_shop.fill, now=NOW, clock=lambda: NOW) as github:
        settings = GithubSettings.model_validate(
            tomllib.loads(f"[tracker]\n{github_shop.tracker_toml(github.url)}")["tracker"]
        )
        tracker = open_tracker(settings, github.token)
        return tracker.pull(Scope(backlog="state=open", product=product(by_label, PROJECT)))


def verdicts(snapshot: Snapshot) -> Mapping[str, Verdict]:
    """The verdicts by the number in the key, the most important issue first."""
    judgement = evaluate(Backlog.of(snapshot), Ruleset(product=tuple(rule() for rule in RULES)))
    return {verdict.issue.key.translate({ord("#"): "-"}).rpartition("-")[2]: verdict for verdict in judgement.verdicts}


def findings(verdict: Verdict) -> set[tuple[str, str, str]]:
    """The findings, without the names of issues and the days since the last change, which moves are a part of."""
    return {(one.rule, str(one.severity), _said(one)) for one in verdict.findings if one.rule not in DIFFERENT}


def _said(finding: Finding) -> str:
    return "old" if finding.rule == "ready.fresh" else str(finding.message).replace(f"{SHOP}#", "SHOP-")


def test_the_shop_has_the_same_verdicts_and_differences_are_those_that_are_named() -> None:
    jira, github = on_jira(), on_github()
    here, there = verdicts(jira), verdicts(github)
    assert list(there) == list(here)
    assert len(here) > 100
    assert {number: findings(there[number]) for number in here} == {number: findings(here[number]) for number in here}
    assert {number: there[number].state for number in here} == {number: here[number].state for number in here}
    assert github.unavailable - jira.unavailable == {"changelog", "sprint-history"}
