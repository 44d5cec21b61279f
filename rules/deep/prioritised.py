"""P, prioritised: the order agrees with the priorities and the dependencies, and not everything is urgent."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

from rules.backlog.blockers import Blocker, Timing
from rules.deep.model import Letter, Measure
from rules.deep.scoring import clip, letter_score, share, when
from rules.deep.view import View
from rules.model import Issue, Priority

WORST = 10  # pairs that are named
URGENT = 2  # levels that count as urgent, one where the site has three or fewer
FEWEST = 5  # issues with a priority; fewer say nothing about inflation
RANDOM = 0.35  # weighted share of inverted pairs at which the order says nothing; a random one has 0.5
TIMEBOX = 1.0  # sprints: MoSCoW is looked at for the next one
MUST = frozenset({"must", "must-have", "musthave", "must_have", "moscow-must", "moscow:must", "moscow::must"})
MOSCOW = MUST | {
    f"{lead}{word}" for lead in ("", "moscow-", "moscow:", "moscow::") for word in ("should", "could", "wont", "won't")
} | {"should-have", "could-have", "wont-have"}  # fmt: skip


def prioritised(view: View) -> Letter:
    """P = 100 (0.30 s_I + 0.30 s_dep + 0.15 s_mos + 0.10 s_inf), after B.4 of the planning note.

    The note's fifth part, ties in the rank, is left out and its weight spread: a tracker hands over one strict order,
    in which a tie cannot be seen, and a part that is always full would only flatter the score.
    """
    inverted = inversion_share(view)
    edges = view.dependencies if view.knows("links") else ()
    late = _late_share(view, edges)
    must = _must_share(view)
    urgent = _urgent_share(view)
    score = letter_score(
        (
            (0.30, when(inverted, lambda part: 1.0 - clip(part / RANDOM))),
            (0.30, when(late, lambda part: 1.0 - part)),
            (0.15, when(must, lambda part: 1.0 - clip((part - 0.60) / 0.25))),
            (0.10, when(urgent, lambda part: 1.0 - clip((part - 0.25) / 0.5))),
        )
    )
    measures = (
        _inversion_measure(view, inverted),
        _wait_measure(view, edges, late),
        _priority_measure(view),
        _urgent_measure(urgent),
        *_must_measures(must),
    )
    return Letter("Prioritised", score, measures)


@dataclass(frozen=True, slots=True)
class Inversion:
    """A less urgent issue that stands above more urgent ones: the first of the most urgent, and how many there are."""

    above: Issue
    below: Issue
    others: int


def inversion_share(view: View) -> float | None:
    """I: how much of the order contradicts the priorities, 0 to 1; `None` where no two priorities differ (B.4, 1).

    A pair counts w_i (1 - 2^-(d_j - d_i)), so neighbours hardly count; without a pace every pair counts the same. One
    walk from the end with a sum for each priority level: O(n x levels).
    """
    near: dict[int, float] = {}  # level -> sum of 2^-(d_j - d_i) over the issues below
    count: Counter[int] = Counter()
    inverted = comparable = 0.0
    last = 0.0
    for issue, priority in reversed(_with_priority(view)):
        away = view.away.get(issue.key, 0.0)
        for level in near:
            near[level] *= 2.0 ** (away - last)
        last = away
        weight = view.weight[issue.key]
        for level in count:
            if level != priority.order:
                apart = count[level] - (near[level] if view.away else 0.0)
                comparable += weight * apart
                inverted += weight * apart * (level < priority.order)
        count[priority.order] += 1
        near[priority.order] = near.get(priority.order, 0.0) + 1.0
    return clip(inverted / comparable) if comparable > 1e-12 else None


def worst_inversions(view: View, most: int = WORST) -> list[Inversion]:
    """The worst pairs, one for each less urgent issue: those with the largest w x difference in levels (B.4, 1)."""
    return [found for _, found in nlargest(most, _inversions(view), key=lambda scored: scored[0])]


def _inversions(view: View) -> Iterator[tuple[float, Inversion]]:
    first: dict[int, Issue] = {}  # level -> the first issue of it below
    count: Counter[int] = Counter()
    for issue, priority in reversed(_with_priority(view)):
        urgent = min(first, default=priority.order)
        if urgent < priority.order:
            found = Inversion(issue, first[urgent], count[urgent] - 1)
            yield view.weight[issue.key] * (priority.order - urgent), found
        first[priority.order] = issue
        count[priority.order] += 1


def _with_priority(view: View) -> list[tuple[Issue, Priority]]:
    if not view.knows("priority"):
        return []
    return [(issue, issue.priority) for issue in view.issues if issue.priority is not None]


_Edges = Sequence[tuple[str, Blocker]]


def _late_share(view: View, edges: _Edges) -> float | None:
    """Weighted share of dependencies whose blocker comes later."""
    late = sum(view.weight[blocked] for blocked, blocker in edges if not blocker.in_time)
    return share(late, sum(view.weight[blocked] for blocked, _ in edges))


def _must_share(view: View) -> float | None:
    """Points of Must issues in the next sprint over its capacity; DSDM wants at most 60 % (B.4, 4)."""
    if view.velocity is None or not any(_moscow(issue) for issue in view.issues):
        return None
    must = [issue for issue in view.within(0.0, TIMEBOX) if not MUST.isdisjoint(_moscow(issue))]
    return sum(view.size[issue.key].points for issue in must) / view.velocity


def _moscow(issue: Issue) -> frozenset[str]:
    return MOSCOW.intersection(label.lower() for label in issue.labels)


def _urgent_share(view: View) -> float | None:
    """Share of issues in the top two priority levels, in the top one where there are three or fewer (B.4, 5)."""
    known = _with_priority(view)
    if len(known) < FEWEST:
        return None
    urgent = sum(priority.order < (URGENT if priority.levels > 3 else 1) for _, priority in known)
    return urgent / len(known)


def _inversion_measure(view: View, inverted: float | None) -> Measure:
    if inverted is None:
        return Measure(
            "priority inversions", None, "%", "No two issues differ in priority, so the order contradicts none."
        )
    worst = worst_inversions(view)
    if not worst:
        return Measure("priority inversions", 0.0, "%", "The order agrees with the priorities everywhere.")
    keys = tuple(dict.fromkeys(key for pair in worst for key in (pair.above.key, pair.below.key)))
    text = f"{100 * inverted:.0f} % of the order contradicts the priorities: " + "; ".join(map(_pair, worst[:3])) + "."
    return Measure("priority inversions", 100 * inverted, "%", text, keys)


def _pair(found: Inversion) -> str:
    names = [issue.priority.name if issue.priority else "" for issue in (found.above, found.below)]
    more = f" and {found.others} more like it" if found.others else ""
    return f"{found.above.key} ({names[0]}) stands above {found.below.key} ({names[1]}){more}"


def _wait_measure(view: View, edges: _Edges, late: float | None) -> Measure:
    if not view.knows("links"):
        return Measure("dependency inversions", None, "%", "The site has no links between issues.")
    if late is None:
        return Measure("dependency inversions", None, "%", "No open issue is blocked by another.")
    wrong = [(blocked, blocker) for blocked, blocker in edges if not blocker.in_time]
    if not wrong:
        return Measure("dependency inversions", 0.0, "%", f"All {len(edges)} blockers come in time.")
    keys = tuple(dict.fromkeys(key for blocked, blocker in wrong for key in (blocked, blocker.key)))
    text = f"{len(wrong)} of {len(edges)} dependencies are in the wrong order: " + "; ".join(
        _dependency(blocked, blocker) for blocked, blocker in wrong[:3]
    )
    text += "."
    return Measure("dependency inversions", 100 * late, "%", text, keys[: 2 * WORST])


def _dependency(blocked: str, blocker: Blocker) -> str:
    where = "which is in another backlog and not done" if blocker.timing is Timing.OUTSIDE else "which comes later"
    return f"{blocked} is blocked by {blocker.key}, {where}"


def _priority_measure(view: View) -> Measure:
    if not view.knows("priority") or not view.issues:
        return Measure("priority set", None, "%", "There are no priorities to look at.")
    missing = tuple(issue.key for issue in view.issues if issue.priority is None)
    known = len(view.issues) - len(missing)
    text = f"{known} of {len(view.issues)} issues have a priority."
    return Measure("priority set", 100 * known / len(view.issues), "%", text, missing[:WORST])


def _urgent_measure(urgent: float | None) -> Measure:
    if urgent is None:
        return Measure("urgent", None, "%", "Fewer than five issues have a priority: too few to speak of inflation.")
    verdict = "so urgent means little" if urgent > 0.25 else "so urgent still means something"
    return Measure("urgent", 100 * urgent, "%", f"{100 * urgent:.0f} % of the issues are in the top levels, {verdict}.")


def _must_measures(must: float | None) -> list[Measure]:
    if must is None:
        return []
    verdict = "more than the 60 % that leave room for surprises" if must > 0.60 else "which leaves room for surprises"
    return [Measure("must", 100 * must, "%", f"Must issues take {100 * must:.0f} % of the next sprint, {verdict}.")]
