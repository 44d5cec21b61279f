"""Plans of three sprints: seconds, and how far from the best possible plan, for both planners over invented backlogs.

    python -m tests.benchmarks.planning [--quick] [--seed N] [SIZE ...]

`plain` is rank, dependencies and capacity. `whole` adds epics, hand-offs, kinds of work and places of before. Each plan
is made twice. `issues` are those within reach, `broken` the rules that the validator finds broken. Gaps are to the
bound of the solver, the same for both planners.

The last table plans again after a disturbance. `absences`: one sprint in twenty loses a fifth of its points, and for
every twenty teams an issue comes to the top. `and changes`: besides, one planned issue in twenty is dropped or gets
another size.

`value` is what the issues of the plan are worth less than those of a plan that need not stay close, `all` what the plan
loses in everything that counts but staying close. `least` is next to each: no plan in which 95 % keep their place loses
less. `gap` is how far the plan is at most from the best one that stays as close.
"""

import argparse
import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from rules.planning.planners.exact import exact
from rules.planning.planners.greedy import greedy
from rules.planning.planners.model import Box, BoxName, Item, Problem, Seats, with_worths
from rules.planning.planners.plan import Plan, Planner
from rules.planning.planners.program import Effort, Model
from rules.planning.planners.score import score
from rules.planning.planners.window import window
from sync.solver import solve
from tests.rules.planning.planners.validator import violations

SIZES = ("100x5", "1000x20", "5000x50")
SPRINTS = 3
POINTS = (1, 2, 3, 5, 8, 13)
FLOORS = {"bugs": 0.10, "debt": 0.05}
MONDAY = date(2026, 1, 5)
SMALL = 200
"""Up to so many items, bounds are of the whole backlog and exact."""


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="only the smallest size")
    options.add_argument("--seed", type=int, default=1, help="another invented backlog, and another disturbance")
    options.add_argument("sizes", nargs="*", metavar="SIZE", help=f"issues and teams, as {SIZES[0]}")
    asked = options.parse_args()
    sizes = asked.sizes or (SIZES[:1] if asked.quick else SIZES)
    print(f"{'':22} {'issues':>7} {'CPU s':>7} {'real s':>7} {'gap %':>6} {'same':>5} {'broken':>6}", flush=True)
    for size in sizes:
        for model in ("plain", "whole"):
            problem = backlog(size, whole=model == "whole", seed=asked.seed)
            bound = None
            for name, planner in (("exact", exact), ("greedy", greedy)):
                plan, line = measured(problem, planner)
                total = score(problem, plan.seats).total
                bound = total / (1 - plan.gap) if plan.gap is not None else bound
                gap = 100 * (1 - total / bound) if bound else 0.0
                print(f"{f'{size} {model} {name}':22} {line.format(gap=gap)}", flush=True)
    names = ("value %", "least %", "all %", "least %", "gap %", "CPU s")
    print(f"\n{'disturbed by':22} {'same place %':>12}{''.join(f'{name:>9}' for name in names)}", flush=True)
    for size in sizes:
        for name, row in again(backlog(size, whole=True, seed=asked.seed), asked.seed):
            print(f"{f'{size} {name}':22} {row}", flush=True)


def measured(problem: Problem, planner: Planner) -> tuple[Plan, str]:
    """A plan and its row of the table, with a field for the gap."""
    begun, cpu = time.perf_counter(), time.process_time()
    plan = planner(problem, solve)
    real, cpu = time.perf_counter() - begun, time.process_time() - cpu
    same = digest(planner(problem, solve).seats) == digest(plan.seats)
    broken = len(violations(problem, plan.seats))
    row = f"{len(window(problem).items):7} {cpu:7.2f} {real:7.2f} {{gap:6.2f}} {'yes' if same else 'NO':>5} {broken:6}"
    return plan, row


def digest(seats: Seats) -> str:
    """A plan in twelve characters."""
    return hashlib.sha256(repr(sorted(seats.items())).encode()).hexdigest()[:12]


def again(problem: Problem, seed: int) -> Iterator[tuple[str, str]]:
    """What plans made again keep and lose, by the name of the disturbance."""
    fresh = with_worths(_without_priors(problem))
    before = exact(fresh, solve).seats
    for name, changes in (("absences", 0.0), ("and changes", 0.05)):
        disturbed = with_worths(_disturbed(fresh, before, Random(1 + seed), changes))
        free = _without_priors(disturbed)
        best = score(free, exact(free, solve).seats)
        cpu = time.process_time()
        plan = exact(disturbed, solve)
        cpu = time.process_time() - cpu
        close = score(free, plan.seats)
        known = [item for item in disturbed.items if item.prior is not None]
        same = sum(plan.seats.get(item.key) == item.prior for item in known) / len(known)
        losses = (
            1 - close.value / best.value,
            1 - _most(disturbed, only_value=True) / best.value,
            1 - close.total / best.total,
            1 - _most(disturbed, only_value=False) / best.total,
            plan.gap or 0.0,
        )
        yield name, f"{100 * same:12.1f}{''.join(f'{100 * loss:9.2f}' for loss in losses)}{cpu:9.2f}"


def _without_priors(problem: Problem) -> Problem:
    return replace(problem, items=tuple(replace(item, prior=None) for item in problem.items))


def _most(disturbed: Problem, *, only_value: bool) -> float:
    """No plan in which at most one place in twenty changes is worth more than this: in value, or in all that counts.

    In large backlogs that is of the items within reach.
    """
    is_small = len(disturbed.items) <= SMALL
    model = Model(_without_priors(disturbed if is_small else window(disturbed)))
    program = model.program
    known = [item for item in disturbed.items if item.prior is not None]
    kept = [column for item in known for box, column in model.columns(item.key).items() if box == item.prior]
    program.row(((column, -1.0) for column in kept), disturbed.changes - len(known))
    if only_value:
        program.gains[program.whole :] = [0.0] * (len(program.gains) - program.whole)
    answer = solve(program, Effort(0.0001, 3000) if is_small else Effort(0.001, 1))
    return answer.bound + program.constant if answer is not None else 0.0


def _disturbed(problem: Problem, before: Seats, chance: Random, changes: float) -> Problem:
    """The problem after sprints lost points and issues came to the top; `changes` is the part of issues that change."""
    boxes = tuple(_shorter(box) if chance.random() < 0.05 else box for box in problem.boxes)
    touched = set(chance.sample(sorted(before), round(changes * len(before))))
    dropped = {key for key in sorted(touched) if chance.random() < 0.5}
    teams = {box.team for box in boxes}
    new = chance.sample([item for item in problem.items if item.key in before], max(1, len(teams) // 20))
    items = [replace(item, key=f"NEW-{n}", needs=(), epic="") for n, item in enumerate(new)]
    for item in problem.items:
        if item.key not in dropped:
            size = float(chance.choice(POINTS)) if item.key in touched else item.size
            needs = tuple(need for need in item.needs if need not in dropped)
            items.append(replace(item, size=size, needs=needs, prior=before.get(item.key)))
    return replace(problem, boxes=boxes, items=tuple(items))


def _shorter(box: Box) -> Box:
    return replace(box, limit=round(0.8 * box.limit), room=round(0.8 * box.room))


def backlog(size: str, *, whole: bool, seed: int = 1) -> Problem:
    """An invented backlog of so many issues and teams, such as "100x5"; the same for the same words and seed.

    Teams finish about 30 points a sprint and take one to three components. 15 % of the issues are open to up to eight
    teams, 15 % need another one, a tenth of which is ranked below. Epics have about eight issues. A fifth of the top
    issues was planned before.
    """
    issues, teams = map(int, size.split("x"))
    chance = Random(seed)
    names = [f"Team {number:02}" for number in range(teams)]
    owners = _owners(chance, names)
    boxes = tuple(_boxes(chance, names, whole=whole))
    room, items = sum(box.room for box in boxes), list[Item]()
    for number in range(issues):
        takers = sorted(chance.sample(names, min(teams, chance.randint(2, 8))))
        if chance.random() >= 0.15:
            takers = owners[chance.randrange(len(owners))]
        planned_before = chance.random() < 0.2 and sum(item.size for item in items) < room
        item = Item(
            key=f"P-{number:04}",
            size=float(chance.choice(POINTS)),
            boxes=tuple(BoxName(team, depth) for team in takers for depth in range(SPRINTS)),
            needs=tuple(_needs(chance, number, issues)),
        )
        if whole:
            kind = chance.choices(["", "bugs", "debt"], [7, 2, 1])[0]
            prior = BoxName(chance.choice(takers), chance.randrange(SPRINTS)) if planned_before else None
            item = replace(item, epic=f"E-{number // 8}", kind=kind, prior=prior)
        items.append(item)
    problem = with_worths(Problem(boxes=boxes, items=tuple(_without_circles(items))))
    return problem if whole else replace(problem, penalty=0.0)


def _owners(chance: Random, teams: Sequence[str]) -> list[list[str]]:
    """The teams of each component; there are twice as many components as teams."""
    owners: list[list[str]] = [[] for _ in range(2 * len(teams))]
    for team in teams:
        for component in chance.sample(range(len(owners)), chance.randint(1, 3)):
            owners[component].append(team)
    return [sorted(owner) or [chance.choice(teams)] for owner in owners]


def _boxes(chance: Random, teams: Sequence[str], *, whole: bool) -> Iterator[Box]:
    for team in teams:
        for depth in range(SPRINTS):
            points = max(8, round(chance.gauss(30, 8)))
            yield Box(
                team=team,
                depth=depth,
                limit=points,
                room=points,
                first=MONDAY + timedelta(14 * depth),
                last=MONDAY + timedelta(14 * depth + 11),
                floors={kind: round(share * points) for kind, share in FLOORS.items()} if whole else {},
            )


def _needs(chance: Random, number: int, issues: int) -> Iterator[str]:
    if chance.random() < 0.15:
        below = chance.random() < 0.1
        need = number + chance.randint(1, 20) if below else number - chance.randint(1, 40)
        if 0 <= need < issues:
            yield f"P-{need:04}"


def _without_circles(items: Sequence[Item]) -> Iterator[Item]:
    """The items; one that needs itself in the end needs nothing."""
    needs = {item.key: item.needs for item in items}
    for item in items:
        path, key = {item.key}, item.key
        while needs[key] and needs[key][0] not in path:
            key = needs[key][0]
            path.add(key)
        if needs[key]:
            needs[item.key] = ()
        yield replace(item, needs=needs[item.key])


if __name__ == "__main__":
    main()
