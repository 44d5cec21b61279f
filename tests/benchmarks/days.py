"""What the earlier days cost: room for 1,000 issues and a year, and seconds a run.

    python -m tests.benchmarks.days [--issues N] [--quick]

The backlog is the invented shop's, over and over, with a run on each of 365 days. Each issue changes twelve times in
that year: its text four times, its estimate twice, its status, labels and assignee, and its place in the order.
"""

import argparse
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from rules.document import Block, BlockKind, Document
from rules.model import Edit, EditField, Issue, Product, Snapshot, Team, TeamFilter
from rules.plan.preview import PastVerdict
from rules.verdict import State
from sync.logs import set_up
from sync.store.day_parts import Answers, StoredDay, day_of, parts_of
from sync.store.days import Days
from sync.trackers import open_tracker
from sync.trackers.base import Scope
from sync.trackers.jira.settings import CloudSettings
from tests.benchmarks.site import Site, site

ISSUES, QUICK_ISSUES, DAYS, QUICK_DAYS = 1000, 100, 365, 20
CHANGES = 12
FIELDS = (
    *(EditField.DESCRIPTION,) * 4,
    *(EditField.ESTIMATE,) * 2,
    *(EditField.STATUS, EditField.LABELS, EditField.OTHER),
    *(EditField.RANK,) * 3,
)
MEGABYTE = 1024 * 1024


def changed(one: Issue, past: tuple[Edit, ...], at: datetime, chance: Random) -> tuple[Issue, tuple[Edit, ...]]:
    """An issue and its past after one more change."""
    field = FIELDS[len(past) % len(FIELDS)]
    former = None
    if field is EditField.DESCRIPTION:
        former = one.document
        sentence = (
            f"Since {at:%d %B} the list also shows what {chance.choice(('Ana', 'Bo', 'Cy'))} agreed with the shop."
        )
        block = Block(kind=BlockKind.PARAGRAPH, text=sentence, line=len(former.blocks) + 1)
        one = replace(one, document=Document((*former.blocks, block)))
    elif field is EditField.ESTIMATE:
        one = replace(one, points=float(chance.choice((1, 2, 3, 5, 8))))
    elif field is EditField.LABELS:
        one = replace(one, labels=one.labels | {f"since-{at:%j}"})
    edit = Edit(issue=one.id, at=at, account="acc-ana", name="Ana Alvarez", field=field, former=former)
    return replace(one, updated=at), (*past, edit)


def year(snapshot: Snapshot, days: int, store: Path) -> None:
    """Keep that many days in a file, and print what it took."""
    chance, per_day = Random(1), len(snapshot.issues) * CHANGES / 365
    owed, spent, at = 0.0, 0.0, snapshot.taken_at
    with closing(Days.open(store)) as kept:
        for number in range(days):
            at, owed = at + timedelta(days=1), owed + per_day
            for _ in range(int(owed)):
                snapshot = _one_more(snapshot, at, chance)
            owed -= int(owed)
            started = time.perf_counter()
            kept.add(at, parts_of(_day(replace(snapshot, taken_at=at))), keep_days=400)
            spent += time.perf_counter() - started
            if number == 0:
                print(f"first day: {_size(store):6.2f} MB, {spent:5.2f} seconds", flush=True)
        started = time.perf_counter()
        parts = kept.parts(at.date())
        assert parts is not None
        same = day_of(parts, snapshot.product).answers.snapshot == replace(snapshot, taken_at=at)
        read = time.perf_counter() - started
    print(f"all days:  {_size(store):6.2f} MB, {spent / days:5.2f} seconds a run, {read:5.2f} seconds to read one")
    assert same


def pulled(place: Site) -> Snapshot:
    """Everything that the site has, without a past."""
    shop = Product(name="Shop", owner="Ana", teams=(Team(name="All", board=place.board, takes=TeamFilter()),))
    tracker = open_tracker(CloudSettings(url=place.url, email=place.email), place.token, None)
    return replace(tracker.pull(Scope(backlog=f"project = {place.project}", product=shop)), edits={})


def _one_more(snapshot: Snapshot, at: datetime, chance: Random) -> Snapshot:
    place = chance.randrange(len(snapshot.issues))
    one = snapshot.issues[place]
    one, past = changed(one, snapshot.edits.get(one.id, ()), at, chance)
    issues = [*snapshot.issues[:place], *snapshot.issues[place + 1 :]]
    goes_to = chance.randrange(len(issues)) if past[-1].field is EditField.RANK else place
    issues.insert(goes_to, one)
    return replace(snapshot, issues=tuple(issues), edits={**snapshot.edits, one.id: past})


def _day(snapshot: Snapshot) -> StoredDay:
    at = snapshot.taken_at
    verdicts = {
        one.id: PastVerdict(one.key, State.READY if one.points else State.NOT_READY, 80, ("ready.estimated",))
        for one in snapshot.issues
    }
    run = f"{at:%Y%m%dT%H%M%S}-abcdef"
    return StoredDay(
        run=run,
        started=at,
        looked=at,
        finished=at,
        requests=12,
        answers=Answers(snapshot=snapshot),
        verdicts=verdicts,
        order=tuple((one.key, one.points) for one in snapshot.issues),
    )


def _size(store: Path) -> float:
    path = store.with_name(f"{store.name}.days")
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists()) / MEGABYTE


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--issues", type=int, default=ISSUES, help=f"how many there are; {ISSUES} unless told")
    options.add_argument("--quick", action="store_true", help="a hundred issues, twenty days")
    asked = options.parse_args()
    issues, days = (QUICK_ISSUES, QUICK_DAYS) if asked.quick else (asked.issues, DAYS)
    set_up(verbosity=-1, secrets=())
    with site("cloud", issues) as place, tempfile.TemporaryDirectory() as folder:
        snapshot = pulled(place)
        print(f"{len(snapshot.issues)} issues, {days} days, {CHANGES} changes of an issue a year")
        year(snapshot, days, Path(folder) / "readyline.db")


if __name__ == "__main__":
    main()
