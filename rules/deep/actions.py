"""What helps most: each possible fix is applied to the view and scored again, so that its gain is measured."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from rules.backlog.blockers import Timing
from rules.deep.detailed import size_limit
from rules.deep.emergent import dead_weight, stale
from rules.deep.estimated import oversized, unestimated
from rules.deep.model import Action
from rules.deep.prioritised import worst_inversions
from rules.deep.runway import TARGET
from rules.deep.scorecard import Picture, picture
from rules.deep.view import FAR, NEAR, View, rebuild_view
from rules.model import Issue, Kind

SHOWN = 3
SITTING = 10  # issues that one refinement can settle
CHEAPEST = 3  # issues named for the runway
SWEEP = 50  # issues that one tidying can close
MOVES = 5  # pairs put right at once
WORTH = 0.05  # score points or sprints; less is noise
ESTIMATED = "ready.estimated"


@dataclass(frozen=True, slots=True)
class Fix:
    """Something one could do: in words, to which issues, and the backlog as it were afterwards."""

    topic: str
    text: str
    keys: tuple[str, ...]
    after: View


def best_actions(before: Picture, target: float = TARGET) -> tuple[Action, ...]:
    """The three fixes that gain most, one a topic, the largest gain first.

    While less ready work than `target` sprints lies ahead, the one that adds most runway is always among them.
    """
    if before.score is None:
        return ()
    measured = [(fix.topic, _measured(before, fix, target)) for fix in fixes(before.view)]
    found: dict[str, Action] = {}
    for topic, action in sorted(measured, key=lambda pair: (-pair[1].gain, -pair[1].runway_gain, pair[1].text)):
        if topic not in found and (action.gain > WORTH or action.runway_gain > WORTH):
            found[topic] = action
    return _with_runway(tuple(found.values()), before.runway, target)


def _measured(before: Picture, fix: Fix, target: float) -> Action:
    after = picture(fix.after, target)
    runway = (after.runway or 0.0) - (before.runway or 0.0)
    return Action(text=fix.text, keys=fix.keys, gain=(after.score or 0.0) - (before.score or 0.0), runway_gain=runway)


def _with_runway(found: tuple[Action, ...], runway: float | None, target: float) -> tuple[Action, ...]:
    best = max(found, key=lambda action: action.runway_gain, default=None)
    if best is None or best in found[:SHOWN] or best.runway_gain <= WORTH or (runway or 0.0) >= target:
        return found[:SHOWN]
    return (*found[: SHOWN - 1], best)


def fixes(view: View) -> Iterator[Fix]:
    """Everything worth trying on this backlog, at most a dozen, so that scoring them all stays quick."""
    yield from _estimate(view)
    yield from _make_ready(view)
    yield from _rank_blockers_first(view)
    yield from _rank_by_priority(view)
    yield from _look_again_at_stale(view)
    yield from _split(view)
    yield from _sweep(view)


def _estimate(view: View) -> Iterator[Fix]:
    if not view.knows("points"):
        return
    for first, last, where in ((0.0, NEAR, "in the next two sprints"), (NEAR, FAR, "two to six sprints away")):
        missing = unestimated(view, first, last)[:SITTING]
        if missing:
            text = f"Estimate {_issues(len(missing), 'unestimated')} {where}: {_named(missing)}."
            yield Fix("estimate", text, _keys(missing), _estimated(view, missing))
            return  # the far ones can wait until the near ones are done


def _estimated(view: View, missing: Sequence[Issue]) -> View:
    """As if each got the size it is already counted with; where only the estimate was missing, it becomes ready."""
    sized = {issue.key: replace(issue, points=view.size[issue.key].points) for issue in missing}
    ready = {
        key for key in sized if set(view.blocking.get(key, ())) == {ESTIMATED} and sized[key].kind is not Kind.EPIC
    }
    return _with_issues(view, sized, view.ready | ready)


def _make_ready(view: View) -> Iterator[Fix]:
    """The three unready issues that give most ready points for each thing to be settled (row N1)."""
    sized = [issue for issue in _unready(view) if view.size[issue.key].points > 0]
    cheap = sorted(sized, key=lambda i: -view.size[i.key].points / len(view.blocking[i.key]))[:CHEAPEST]
    if cheap:
        cheap.sort(key=lambda issue: view.rank[issue.key])
        yield Fix("ready", _what_to_settle(view, cheap), _keys(cheap), _made_ready(view, cheap))


def _what_to_settle(view: View, issues: Sequence[Issue]) -> str:
    lacking = [tuple(rule.rpartition(".")[2].replace("_", " ") for rule in view.blocking[i.key]) for i in issues]
    if len(set(lacking)) == 1:
        return f"Settle {' and '.join(lacking[0])} for {_named(issues)}, to make them ready."
    each = (f"{issue.key} ({', '.join(rules)})" for issue, rules in zip(issues, lacking, strict=True))
    return f"Make ready: {'; '.join(each)}."


def _unready(view: View) -> list[Issue]:
    return [
        issue
        for issue in view.within(0.0, FAR)
        if issue.key not in view.ready and view.blocking.get(issue.key) and issue.kind is not Kind.EPIC
    ]


def _made_ready(view: View, issues: Sequence[Issue]) -> View:
    sized = {
        issue.key: replace(issue, points=view.size[issue.key].points)
        for issue in issues
        if issue.points is None and ESTIMATED in view.blocking[issue.key]
    }
    return _with_issues(view, sized, view.ready | {issue.key for issue in issues})


def _rank_blockers_first(view: View) -> Iterator[Fix]:
    if not view.knows("links"):
        return
    late = ((blocker.key, blocked) for blocked, blocker in view.dependencies if blocker.timing is Timing.LATE)
    pairs = [(key, blocked) for key, blocked in late if view.rank.get(key, -1) > view.rank[blocked]][:MOVES]
    if pairs:
        said = "; ".join(f"{blocker} above {blocked}" for blocker, blocked in pairs)
        yield Fix("waits", f"Rank what is waited for first: {said}.", _flat(pairs), _moved(view, pairs))


def _rank_by_priority(view: View) -> Iterator[Fix]:
    pairs = [(found.below.key, found.above.key) for found in worst_inversions(view, MOVES)]
    if pairs:
        said = "; ".join(f"{below} above {above}" for below, above in pairs)
        yield Fix("priorities", f"Rank or re-prioritise: {said}.", _flat(pairs), _moved(view, pairs))


def _look_again_at_stale(view: View) -> Iterator[Fix]:
    old = [issue for issue in stale(view) if view.away.get(issue.key, FAR) < FAR][:SITTING]
    if old:
        touched = {issue.key: replace(issue, updated=view.now) for issue in old}
        text = f"Look again at {_issues(len(old), 'untouched')}, and keep, change or drop: {_named(old)}."
        yield Fix("stale", text, _keys(old), _with_issues(view, touched, view.ready))


def _split(view: View) -> Iterator[Fix]:
    big = [key for key in oversized(view) if view.away[key] < NEAR][:SITTING]
    if big:
        issues = [view.issues[view.rank[key]] for key in big]
        text = f"Split {_issues(len(big), 'near')} that take more than a third of a sprint: {_named(issues)}."
        yield Fix("split", text, tuple(big), _in_parts(view, frozenset(big)))


def _in_parts(view: View, big: frozenset[str]) -> View:
    """As if each were cut into equal parts that fit, detailed as well as the whole; the first part keeps the key."""
    issues: list[Issue] = []
    parents: dict[str, str] = {}
    for issue in view.issues:
        limit = size_limit(view, view.away[issue.key]) if issue.key in big else None
        parts = 1 if limit is None or issue.points is None else ceil(issue.points / limit)
        for number in range(parts):
            key = f"{issue.key}/{number + 1}" if number else issue.key
            parents[key] = issue.key
            issues.append(issue if parts == 1 else replace(issue, key=key, points=(issue.points or 0.0) / parts))
    cut = replace(
        view,
        facts={key: view.facts[whole] for key, whole in parents.items() if whole in view.facts},
        described={key: view.described[whole] for key, whole in parents.items()},
    )
    return rebuild_view(cut, issues, frozenset(key for key, whole in parents.items() if whole in view.ready))


def _sweep(view: View) -> Iterator[Fix]:
    dead = dead_weight(view, stale(view))[:SWEEP]
    if dead:
        gone = {issue.key for issue in dead}
        rest = [issue for issue in view.issues if issue.key not in gone]
        text = f"Close or confirm {_issues(len(dead), 'stale')} more than twelve sprints away: {_named(dead)}."
        yield Fix("sweep", text, _keys(dead), rebuild_view(view, rest, view.ready - gone))


def _moved(view: View, pairs: Sequence[tuple[str, str]]) -> View:
    """As if the first of each pair stood directly above the second."""
    order = [issue.key for issue in view.issues]
    for mover, below in pairs:
        if order.index(mover) > order.index(below):
            order.remove(mover)
            order.insert(order.index(below), mover)
    return rebuild_view(view, [view.issues[view.rank[key]] for key in order], view.ready)


def _with_issues(view: View, changed: dict[str, Issue], ready: frozenset[str]) -> View:
    return rebuild_view(view, [changed.get(issue.key, issue) for issue in view.issues], ready)


def _keys(issues: Sequence[Issue]) -> tuple[str, ...]:
    return tuple(issue.key for issue in issues)


def _flat(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for pair in pairs for key in pair))


def _issues(number: int, which: str) -> str:
    return f"the {which} issue" if number == 1 else f"the {number} {which} issues"


def _named(issues: Sequence[Issue]) -> str:
    keys = _keys(issues[:5])
    more = f" and {len(issues) - 5} more" if len(issues) > 5 else ""
    return ", ".join(keys) + more
