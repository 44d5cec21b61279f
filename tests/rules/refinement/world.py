"""A small product for the tests of refinement: two teams that take twenty points each, and an order of issues."""

from collections.abc import Collection
from typing import Any

from rules.backlog.index import Backlog
from rules.model import Issue, Kind
from rules.refinement.layers import Layer, Routed, routed
from rules.refinement.options import RefinementOptions
from rules.refinement.refinement import Refinement, refine
from rules.rule import Effort
from rules.verdict import Judgement, Ruleset
from tests.factories import issue, product, snapshot
from tests.rules.planning.judged import judged
from tests.rules.planning.world import PAYMENTS, SEARCH, capacity, next_of

OPTIONS = RefinementOptions()
EFFORTS = {"ready.acceptance": Effort.SECTION}


def backlog(*issues: Issue, **overrides: Any) -> Backlog:
    teams = overrides.pop("teams", (PAYMENTS, SEARCH))
    values: dict[str, Any] = {"product": product(*teams, owner="Ana"), "sprints": tuple(map(next_of, teams))}
    return Backlog.of(snapshot(*issues, **(values | overrides)), tuple(capacity(team, 20) for team in teams))


def epic(key: str, body: str = "", *components: str, **overrides: Any) -> Issue:
    values: dict[str, Any] = {"kind": Kind.EPIC, "points": None, "components": components or ("payments", "search")}
    return issue(key, body, **(values | {"parent": None} | overrides))


def routes(known: Backlog, options: RefinementOptions = OPTIONS) -> dict[str, Routed]:
    return {one.issue.key: one for one in routed(known, options)}


def layers(known: Backlog) -> dict[str, Layer]:
    return {key: one.layer for key, one in routes(known).items()}


def refined(known: Backlog, unready: Collection[str] = (), judgement: Judgement | None = None) -> Refinement:
    verdicts = judgement or judged(known.snapshot.issues, unready)
    return refine(known, verdicts, Ruleset(horizon=3.0), OPTIONS)
