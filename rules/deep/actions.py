"""What helps most: each possible fix is applied to the view and scored again, so that its gain is measured."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from types import MappingProxyType

from rules.backlog.blockers import Timing
from rules.deep.measures.dead_weight import DeadWeight
from rules.deep.measures.priority_inversions import worst_inversions
from rules.deep.measures.small_enough import SmallEnough
from rules.deep.measures.stale import Stale
from rules.deep.model import Action, Doers, is_anyone_short
from rules.deep.scorecard import Picture, gain_of
from rules.deep.view import FAR, NEAR, View, rebuild_view
from rules.model import Issue, Kind
from rules.wording import agreeing, many

SHOWN = 3
SITTING = 10  # issues that one refinement can settle
CHEAPEST = 3  # issues named for the runway
SWEEP = 50  # issues that one tidying can close
MOVES = 5  # pairs put right at once
WORTH = 0.05  # score points or sprints; less is noise
TRIED = 20  # unready issues that are tried out
DOERS = {
    "estimate": Doers.TEAMS,
    **dict.fromkeys(("dependencies", "priorities", "stale", "sweep"), Doers.OWNER),
}
"""Who does what, by its topic: the Product Owner orders the backlog, the teams size it, all else is for both."""
ESTIMATED, SMALL_ENOUGH = "ready.estimated", "ready.small_enough"
ELSEWHERE = frozenset({"ready.unblocked", "ready.acyclic", "ready.cross_team", SMALL_ENOUGH})
"""What no edit of the issue itself settles: it takes another issue, or a split."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Something one could do: in words, to which issues, and the backlog as it were afterwards."""

    topic: str
    text: str
    keys: tuple[str, ...]
    after: View


def best_actions(before: Picture) -> tuple[Action, ...]:
    """The three fixes that gain most, one a topic.

    While the product or any team has too little ready work, those that add most of it come first. After that, those
    that add most to the score come first.
    """
    if before.score is None:
        return ()
    measured = [(fix.topic, _measured(before, fix)) for fix in fixes(before.view)]
    hungry = is_anyone_short(before.runways)
    best: dict[str, Action] = {}
    for topic, action in sorted(measured, key=lambda pair: _order(pair[1], hungry=hungry)):
        if topic not in best and (action.gain > WORTH or action.runway_gain > WORTH):
            best[topic] = action
    return tuple(best.values())[:SHOWN]


def _order(action: Action, *, hungry: bool) -> tuple[float, float, str]:
    gains = (-action.gain, -action.runway_gain)
    return (*(gains[::-1] if hungry else gains), action.text)


def _measured(before: Picture, fix: Fix) -> Action:
    gain, runway = gain_of(before, fix.after)
    return Action(text=fix.text, keys=fix.keys, gain=gain, runway_gain=runway, doers=DOERS.get(fix.topic, Doers.BOTH))


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
    for first, last, where in (
        (0.0, NEAR, f"in the {view.boxes.ahead(NEAR)}"),
        (NEAR, FAR, f"{view.boxes.between(NEAR, FAR)} away"),
    ):
        lacking = [issue for issue in view.within(first, last) if issue.points is None]
        missing = lacking[:SITTING]
        if missing:
            text = f"Estimate {_issues(len(missing), len(lacking), 'unestimated')} {where}: {_named(missing)}."
            yield Fix("estimate", text, _keys(missing), _estimated(view, missing))
            return  # the far ones can wait until the near ones are done


def _estimated(view: View, missing: Sequence[Issue]) -> View:
    """As if each got the size it is already counted with, and was judged again with it."""
    return _with_issues(view, _sized(view, missing))


def _sized(view: View, issues: Sequence[Issue]) -> dict[str, Issue]:
    return {issue.key: replace(issue, points=view.size[issue.key].points) for issue in issues if issue.points is None}


def _make_ready(view: View) -> Iterator[Fix]:
    """The three unready issues that give most ready points for each thing to be settled.

    Only issues that are ready once these things are settled: an estimate may show that one is too big.
    """
    sized = [issue for issue in _unready(view) if view.size[issue.key].points > 0]
    best = sorted(sized, key=lambda i: -view.size[i.key].points / len(view.missing[i.key]))[:TRIED]
    tried = _made_ready(view, best)
    cheap = [issue for issue in best if issue.key in tried.ready][:CHEAPEST]
    if cheap:
        cheap.sort(key=lambda issue: view.rank[issue.key])
        yield Fix("ready", _what_to_settle(view, cheap), _keys(cheap), _made_ready(view, cheap))


def _what_to_settle(view: View, issues: Sequence[Issue]) -> str:
    lacking = [tuple(finding.phrase or finding.message for finding in view.verdicts[i.key].missing) for i in issues]
    if len(set(lacking)) == 1:
        return f"Make {_named(issues)} ready: {', '.join(lacking[0])}."
    parts = (f"{issue.key} ({', '.join(phrases)})" for issue, phrases in zip(issues, lacking, strict=True))
    return f"Make ready: {'; '.join(parts)}."


def _unready(view: View) -> list[Issue]:
    """Issues that lack what can be settled in the issue itself, and more than an estimate: that is a fix of its own."""
    return [
        issue
        for issue in view.within(0.0, FAR)
        if (missing := set(view.missing.get(issue.key, ())) - {ESTIMATED})
        and ELSEWHERE.isdisjoint(missing)
        and issue.kind is not Kind.EPIC
    ]


def _made_ready(view: View, issues: Sequence[Issue]) -> View:
    """As if everything that is missing now were settled, with an estimate of the usual size where that is missing."""
    unestimated = [issue for issue in issues if ESTIMATED in view.missing[issue.key]]
    settled = {issue.key: view.missing[issue.key] for issue in issues}
    return _with_issues(view, _sized(view, unestimated), settled)


def _rank_blockers_first(view: View) -> Iterator[Fix]:
    if not (view.knows("links") and view.knows("rank")):
        return
    late = ((blocker.key, blocked) for blocked, blocker in view.dependencies if blocker.timing is Timing.LATE)
    pairs = [
        (key, blocked)
        for key, blocked in late
        if view.rank.get(key, -1) > view.rank[blocked] and not {key, blocked} <= view.backlog.cycles.keys()
    ][:MOVES]
    if pairs:
        moves = "; ".join(f"{blocker} above {blocked}" for blocker, blocked in pairs)
        yield Fix("dependencies", f"Rank blockers first: {moves}.", _flat(pairs), _moved(view, pairs))


def _rank_by_priority(view: View) -> Iterator[Fix]:
    if not view.knows("rank"):
        return
    pairs = [(inversion.below.key, inversion.above.key) for inversion in worst_inversions(view, MOVES)]
    if pairs:
        moves = "; ".join(f"{below} above {above}" for below, above in pairs)
        yield Fix("priorities", f"Rank or re-prioritise: {moves}.", _flat(pairs), _moved(view, pairs))


def _look_again_at_stale(view: View) -> Iterator[Fix]:
    stale = [issue for issue in view.measures[Stale].issues(view) if view.away.get(issue.key, FAR) < FAR]
    old = stale[:SITTING]
    if old:
        touched = {issue.key: replace(issue, updated=view.now, human_updated=None) for issue in old}
        which = f"{_issues(len(old), len(stale), 'untouched')} within {view.boxes.words(FAR)}"
        text = f"Look again at {which}, and keep, change or drop: {_named(old)}."
        yield Fix("stale", text, _keys(old), _with_issues(view, touched))


def _split(view: View) -> Iterator[Fix]:
    """Near issues larger than a third of a sprint, without those that are ready to be planned as they are."""
    if not view.knows("points"):
        return
    every = [
        key for key in view.measures[SmallEnough].oversized(view) if view.away[key] < NEAR and key not in view.ready
    ]
    big = every[:SITTING]
    if big:
        issues = [view.issues[view.rank[key]] for key in big]
        verb = agreeing(len(big), "takes", "take")
        text = (
            f"Split {_issues(len(big), len(every), 'near')} that {verb} more than a third of {view.boxes.length}: "
            f"{_named(issues)}."
        )
        yield Fix("split", text, tuple(big), _in_parts(view, frozenset(big)))


def _in_parts(view: View, big: frozenset[str]) -> View:
    """As if each were cut into equal parts that fit, detailed as well as the whole; the first part keeps the key."""
    issues: list[Issue] = []
    parts: dict[str, str] = {}
    small = view.measures[SmallEnough]
    for issue in view.issues:
        limit = small.limit(view, issue, view.away[issue.key]) if issue.key in big else None
        count = 1 if limit is None or issue.points is None else ceil(issue.points / limit)
        for number in range(count):
            key = f"{issue.key}/{number + 1}" if number else issue.key
            if count > 1:
                parts[key] = issue.key
            issues.append(issue if count == 1 else replace(issue, key=key, points=(issue.points or 0.0) / count))
    return rebuild_view(view, issues, settled=dict.fromkeys(parts, (SMALL_ENOUGH,)), parts=parts)


def _sweep(view: View) -> Iterator[Fix]:
    every = view.measures[DeadWeight].issues(view)
    dead = every[:SWEEP]
    if dead:
        gone = {issue.key for issue in dead}
        rest = [issue for issue in view.issues if issue.key not in gone]
        which = f"{_issues(len(dead), len(every), 'stale')} more than {view.boxes.words(12.0)} away"
        text = f"Close or confirm {which}: {_named(dead)}."
        yield Fix("sweep", text, _keys(dead), rebuild_view(view, rest))


def _moved(view: View, pairs: Sequence[tuple[str, str]]) -> View:
    """As if the first of each pair was ranked directly above the second."""
    order = [issue.key for issue in view.issues]
    for mover, below in pairs:
        if order.index(mover) > order.index(below):
            order.remove(mover)
            order.insert(order.index(below), mover)
    return rebuild_view(view, [view.issues[view.rank[key]] for key in order])


def _with_issues(
    view: View, changed: Mapping[str, Issue], settled: Mapping[str, Collection[str]] = MappingProxyType({})
) -> View:
    return rebuild_view(view, [changed.get(issue.key, issue) for issue in view.issues], settled=settled)


def _keys(issues: Sequence[Issue]) -> tuple[str, ...]:
    return tuple(issue.key for issue in issues)


def _flat(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for pair in pairs for key in pair))


def _issues(number: int, whole: int, which: str) -> str:
    """`the near issue`, `the 7 near issues`, or `10 of the 12 near issues` where more are left for later."""
    part = f"{number} of " if number < whole else ""
    return f"the {which} issue" if whole == 1 else f"{part}the {many(whole, f'{which} issue')}"


def _named(issues: Sequence[Issue]) -> str:
    keys = _keys(issues[:5])
    more = f" and {len(issues) - 5} more" if len(issues) > 5 else ""
    return ", ".join(keys) + more
