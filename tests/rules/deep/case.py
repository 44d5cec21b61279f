"""Turns a case of a measure's case file into a backlog and measures it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from rules.backlog.index import Backlog
from rules.deep.measure import DeepMeasure, Measured, Measures
from rules.deep.measures import DEFAULTS
from rules.deep.model import BacklogState, Measure
from rules.deep.scorecard import build_view, letter_of
from rules.deep.view import View
from rules.model import Edit, EditField, Issue, Kind, Priority, SprintState
from rules.verdict import Judgement
from tests import factories as make
from tests.rules.deep.backlog import FULL, THIN, capacity, judge_by, verdict

LEVELS = ("Highest", "High", "Medium", "Low", "Lowest")


def measured(measure: type[DeepMeasure], case: Mapping[str, Any]) -> tuple[Measure | None, float | None]:
    """The figure of a case, by its title or the measure's own, and the sub-score."""
    own = measure.model_validate(case.get("options", {}))
    view = view_of(case, Measures(tuple(own if one.name == own.name else one for one in DEFAULTS.all)))
    figures = letter_of(view, measure.letter).measures
    title = case.get("figure", measure.title)
    figure = next((one for one in figures if one.rule == own.path and one.name == title), None)
    can = own.needs.isdisjoint(view.snapshot.unavailable)
    return figure, (own.measure(view) if can else Measured(())).score


def view_of(case: Mapping[str, Any], measures: Measures = DEFAULTS) -> View:
    """The backlog that a case describes.

    `issues` lists groups of `count` equal stories in rank order, SHOP-1 the first; `velocity` is in points a sprint.
    `earlier` lists what former runs saw: the same backlog, `skip` without its first issues, `only` with so many of
    them, `rotate` with the first ones moved to the end. `closed_sprints` adds sprints in which 21 points each were
    finished, `sprint_in_days` says when the next one starts. `past` says that the past of all issues is known: the
    `edits` of a group, each with its `field` and `days_ago`, and for a description the `former` text. `worth` is what
    the field with the value holds.
    """
    groups = [dict(group) for group in case["issues"] for _ in range(group.get("count", 1))]
    issues = [_issue(number, group) for number, group in enumerate(groups, 1)]
    unready = {issue.key for issue, group in zip(issues, groups, strict=True) if not group.get("ready", True)}
    thin = {issue.key for issue, group in zip(issues, groups, strict=True) if group.get("thin")}
    sprints, done = make.finished(case.get("closed_sprints", 0))
    history = tuple(replace(one, created=make.NOW - timedelta(days=400)) for one in done)
    planned = (
        make.sprint("7", start=make.NOW + timedelta(days=case["sprint_in_days"])) if "sprint_in_days" in case else None
    )
    running = make.sprint("1", SprintState.ACTIVE)
    pasts = {one.id: _past(one, group) for one, group in zip(issues, groups, strict=True)} if case.get("past") else {}
    snapshot = make.snapshot(
        *issues,
        sprints=(*sprints, running),
        history=history,
        unavailable=frozenset(case.get("unavailable", ())),
        product=make.product(value_field="Value" if any("worth" in group for group in groups) else ""),
        edits=pasts,
    )
    verdicts = tuple(
        verdict(i, *(("ready.acceptance",) if i.key in unready else ()), facts=THIN if i.key in thin else FULL)
        for i in issues
    )
    backlog = Backlog.of(snapshot, (capacity(case.get("velocity", 12.0) or None, sprint=planned),))
    earlier = [_state(issues, spec) for spec in case.get("earlier", ())]
    return build_view(backlog, Judgement(verdicts=verdicts), judge_by(), earlier, measures)


def _issue(number: int, spec: Mapping[str, Any]) -> Issue:
    """An issue of a group; TOML has no null, so `false` says that the tracker holds nothing there."""
    values: dict[str, Any] = {"title": f"Story {number}", "kind": Kind(spec.get("kind", "story"))}
    for name in ("points", "watchers"):
        if name in spec:
            values[name] = None if spec[name] is False else spec[name]
    if "priority" in spec:
        level = spec["priority"]
        values["priority"] = None if level is False else Priority(level, LEVELS.index(level), len(LEVELS))
    if "labels" in spec:
        values["labels"] = frozenset(spec["labels"])
    if "worth" in spec:
        values["fields"] = {"Value": spec["worth"]}
    if "blocked_by" in spec:
        values["links"] = (make.link(spec["blocked_by"]),)
    if spec.get("thin"):
        values["parent"] = None
    if spec.get("running"):
        values["sprint"] = "1"
    values["updated"] = make.NOW - timedelta(days=spec.get("days", 2))
    values["created"] = make.NOW - timedelta(days=spec.get("created", spec.get("days", 2) + 28))
    return make.issue(f"SHOP-{number}", spec.get("text", "word " * spec.get("words", 0)), **values)


def _past(issue: Issue, spec: Mapping[str, Any]) -> tuple[Edit, ...]:
    edits = []
    for one in spec.get("edits", ()):
        values = {name: one[name] for name in ("before", "after", "by_person", "name", "account") if name in one}
        former = make.document(one["former"]) if "former" in one else None
        edits.append(make.edit(EditField(one["field"]), issue.id, days_ago=one["days_ago"], former=former, **values))
    return tuple(sorted(edits, key=lambda edit: edit.at))


def _state(issues: list[Issue], spec: Mapping[str, Any]) -> BacklogState:
    turn = spec.get("rotate", 0)
    seen = [*issues[turn:], *issues[:turn]][spec.get("skip", 0) : spec.get("only")]
    items = tuple((one.key, one.points, place) for place, one in enumerate(seen))
    return BacklogState(make.NOW - timedelta(days=spec["days_ago"]), items)
