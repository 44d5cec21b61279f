"""Whether refinement deals with the right things on a clear path, and whether several teams work as one product."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from rules.backlog.index import Backlog
from rules.capacity.days import day_text, window_of
from rules.capacity.model import TeamCapacity
from rules.model import Product
from rules.planning.checks import Check
from rules.planning.goals import TeamGoal
from rules.planning.questions import QUESTIONS
from rules.refinement.layers import Layer, Routed
from rules.refinement.options import RefinementOptions
from rules.refinement.sessions import PlannedItem
from rules.verdict import Judgement
from rules.wording import agreeing_of, many


def refinement_checks(
    routes: Sequence[Routed], goals: Sequence[TeamGoal], backlog: Backlog, judgement: Judgement
) -> tuple[Check, ...]:
    """The two answers for the issues of the outlook."""
    return (_right_things(routes, goals, backlog), _clear_path(routes, judgement))


def _right_things(routes: Sequence[Routed], goals: Sequence[TeamGoal], backlog: Backlog) -> Check:
    """Whether each issue has a reason to be there: an epic, or a Sprint Goal that it serves."""
    stories = [one.issue for one in routes if one.issue.key not in backlog.children]
    linked = sum(bool(issue.parent) or any(issue.key in goal.links for goal in goals) for issue in stories)
    belong, serve = (agreeing_of(linked, len(stories), f"{verb}s", verb) for verb in ("belong", "serve"))
    text = f"{linked} of {many(len(stories), 'issue')} {belong} to an epic or {serve} a Sprint Goal."
    return Check("Right things", linked == len(stories), text)


def _clear_path(routes: Sequence[Routed], judgement: Judgement) -> Check:
    """Whether nothing is unknown: open questions, decisions and agreements that are missing."""
    questions = sum(
        finding.rule == QUESTIONS and not finding.waived
        for one in routes
        if (verdict := judgement.by_key.get(one.issue.key)) is not None
        for finding in verdict.findings
    )
    decisions = sum(one.layer is Layer.OVERALL for one in routes)
    agreements = sum(len(one.handshakes) for one in routes)
    unknown = [
        many(count, one, more)
        for count, one, more in (
            (questions, "open question", ""),
            (decisions, "issue without a decision", "issues without a decision"),
            (agreements, "missing agreement", ""),
        )
        if count
    ]
    return Check("Clear path", not unknown, f"{', '.join(unknown) or 'no question, decision or agreement is open'}.")


def scaling_checks(
    product: Product,
    capacities: Sequence[TeamCapacity],
    items: Sequence[PlannedItem],
    options: RefinementOptions,
    *,
    moved: str,
    now: datetime,
) -> tuple[Check, ...]:
    """Five reminders for several teams with one backlog, for the running sprint; none for a single team.

    `items` are those of all agendas, `moved` is the sentence about issues that others than the
    Product Owner moved in the order, "" for none.
    """
    if len(capacities) < 2:
        return ()
    return (*_scaling(product, capacities, items, moved, now), _one_standard(capacities, options))


def _scaling(
    product: Product, capacities: Sequence[TeamCapacity], items: Sequence[PlannedItem], moved: str, now: datetime
) -> Iterator[Check]:
    starts = [one.running.sprint.start for one in capacities if one.running is not None and one.running.sprint.start]
    since = min(starts, default=now)
    held = {(item.layer, item.team) for item in items if since <= item.at <= now}
    overall = (Layer.OVERALL, "") in held
    begun = day_text(since.date())
    yield Check("Refined together", overall, f"{'an' if overall else 'no'} overall agenda was kept since {begun}.")
    names = [one.team.name for one in capacities]
    without = [name for name in names if (Layer.TEAM, name) not in held]
    agendas = f"no agenda of {', '.join(without)}" if without else "an agenda of each team"
    yield Check("Refined in each team", not without, f"{agendas} was kept since {begun}.")
    yield Check("One direction", bool(product.goal) and not moved, _direction(product.goal, moved))
    windows = (window_of(one.running.sprint) for one in capacities if one.running is not None)
    ends = sorted({window.last for window in windows if window is not None})
    days = ", ".join(day_text(day) for day in ends)
    text = (
        f"all running sprints end on {days}." if len(ends) == 1 else f"running sprints end on {days or 'no known day'}."
    )
    yield Check("One review", len(ends) == 1, text)


def _direction(goal: str, moved: str) -> str:
    """Whether there is a Product Goal and only its owner orders, with what is missing first."""
    if not goal:
        return f"there is no Product Goal. {moved}".strip()
    return f"{moved} The Product Goal is set." if moved else "the Product Goal is set. Nobody else changed the order."


def _one_standard(capacities: Sequence[TeamCapacity], options: RefinementOptions) -> Check:
    """Whether all teams have the same Definition of Done, as far as the configuration says."""
    standards: dict[str, list[str]] = {}
    for one in capacities:
        standards.setdefault(options.standard_of(one.team.name), []).append(one.team.name)
    missing = standards.pop("", [])
    texts = [f"none is configured for {', '.join(missing)}"] if missing else []
    if len(standards) > 1:
        texts.append(f"they differ: {'; '.join(', '.join(teams) for teams in standards.values())}")
    return Check("One Definition of Done", not texts, f"{'; '.join(texts) or 'all teams have the same one'}.")
