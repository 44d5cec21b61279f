"""The options of `readyline capacity` that ask "what if"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rules.capacity.days import with_absence, with_person
from rules.model import Product, Snapshot
from sync.cli.keys import key_of
from sync.errors import UsageError
from sync.reports.base import RunReport
from sync.reports.format import day

if TYPE_CHECKING:
    from sync.run.context import RunContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What is assumed, as written: people who are away, people who join a team, issues that are left out."""

    off: Sequence[str] = ()
    add: Sequence[str] = ()
    without: Sequence[str] = ()
    team: str | None = None

    def __bool__(self) -> bool:
        return bool(self.off or self.add or self.without)


def assume(report: RunReport, context: "RunContext", wanted: Assumptions) -> RunReport:
    """The report under these assumptions, which begin today: what was, stays.

    Raises `UsageError` for what cannot be read or is not known.
    """
    product, today = report.snapshot.product, report.snapshot.taken_at.date()
    assumed: list[str] = []
    try:
        for words in wanted.off:
            name, first, last = absent = absence(words)
            product = _away(product, absent, today)
            assumed.append(f"{name} is away from {day(first)} to {day(last)}.")
        for words in wanted.add:
            name, share = _person(words)
            team = _team(product, wanted.team)
            product = with_person(product, name, share, team, today)
            assumed.append(f"{name} works {100 * share:.0f} % for {team}, too.")
    except LookupError as error:
        raise UsageError(str(error)) from error
    keys = [_key(report.snapshot, key) for key in wanted.without]
    assumed += [f"{key} is left out." for key in keys]
    from sync.run.what_if import what_if

    return what_if(report, context, product, frozenset(keys), assumed)


def _away(product: Product, absent: tuple[str, date, date], today: date) -> Product:
    name, first, last = absent
    with_absence(product, name, first, last)  # raises for what is wrong in it, also of days that are over
    return with_absence(product, name, max(first, today), last) if last >= today else product


def absence(words: str) -> tuple[str, date, date]:
    """The person and the first and last day of NAME:FROM..TO. Raises `UsageError`."""
    name, _, days = words.rpartition(":")
    first, _, last = days.partition("..")
    try:
        return name, date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError as error:
        raise UsageError(
            f'--off "{words}": write NAME:FROM..TO with dates such as Bo:2026-03-02..2026-03-06'
        ) from error


def _person(words: str) -> tuple[str, float]:
    name, _, share = words.rpartition(":")
    try:
        part = float(share.removesuffix("%")) / (100 if share.endswith("%") else 1)
    except ValueError:
        part = 0.0
    if not name.strip() or not part > 0:
        raise UsageError(f'--add "{words}": write NAME:SHARE with a share above 0 and at most 1, such as Bo:0.5')
    return name.strip(), part


def _team(product: Product, team: str | None) -> str:
    names = [one.name for one in product.teams]
    if team is None and len(names) != 1:
        raise UsageError(f"--add: say with --team which team the person joins; the teams are {', '.join(names)}")
    return team if team is not None else names[0]


def _key(snapshot: Snapshot, words: str) -> str:
    key = key_of(words, snapshot)
    if key not in {issue.key for issue in snapshot.issues}:
        raise UsageError(f'--without-issue "{words}": no such open issue is in the backlog of {snapshot.product.name}')
    return key
