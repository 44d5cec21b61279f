"""P: changes of the order by others than the Product Owner."""

from collections.abc import Sequence
from datetime import date, timedelta

from pydantic import Field

from rules.deep.measure import DeepLetter, DeepMeasure, Measured
from rules.deep.model import Deep
from rules.deep.view import View
from rules.history.order import Move, moves_by_others, owner_accounts
from rules.wording import agreeing, many

LISTED = 5  # moves that the sentence names


class MovedByOthers(DeepMeasure):
    """How many issues were moved in the order by others than the Product Owner.

    Why: One person decides the order of the backlog, and everybody else asks that person (The Scrum Guide, 2020: the
        Product Owner may delegate the work, and remains accountable).

    Formula: The number of issues whose last new rank in `days` days came from a person other than the Product Owner.
        Issues in a running sprint do not count: there the order is the Developers'. The Product Owner is known by the
        configured account, or by the name in the history. Shown and not scored.

    Good: 4 issues, one moved by the Product Owner: "No issue was moved by others than the Product Owner in 14 days."

    Bad: 4 issues, one moved by Bo 2 days ago: "1 issue was moved by others than the Product Owner in 14 days: SHOP-2
        (Bo, 28 February)."
    """

    name = "moved_by_others"
    title = "moved by others"
    letter = DeepLetter.PRIORITISED
    needs = frozenset({"changelog", "rank"})

    days: int = Field(default=14, ge=1, le=365)
    """Days that are looked back."""

    def measure(self, view: View) -> Measured:
        """The number of issues, the latest move first."""
        snapshot = view.snapshot
        if any(issue.id not in snapshot.edits for issue in view.issues):
            return Measured((self.figure(None, "issues", "Who changed the order is not known."),))
        owner = owner_accounts(snapshot)
        if not owner:
            text = f"No change by {snapshot.product.owner} is known, so nor is who else moved issues."
            return Measured((self.figure(None, "issues", f"{text} Set [product] account."),))
        moves = moves_by_others(snapshot, view.issues, owner, view.now - timedelta(days=self.days))
        keys = [move.issue.key for move in moves]
        return Measured((self.figure(float(len(moves)), "issues", self._text(moves, view.now.date()), keys),))

    def _text(self, moves: Sequence[Move], today: date) -> str:
        when = f"in {many(self.days, 'day')}"
        if not moves:
            return f"No issue was moved by others than the Product Owner {when}."
        listed = ", ".join(f"{move.issue.key} ({_who(move)}, {_day(move, today)})" for move in moves[:LISTED])
        more = f" and {len(moves) - LISTED} more" if len(moves) > LISTED else ""
        were = agreeing(len(moves), "was", "were")
        return f"{many(len(moves), 'issue')} {were} moved by others than the Product Owner {when}: {listed}{more}."


def _who(move: Move) -> str:
    return move.name or "unknown"


def _day(move: Move, today: date) -> str:
    day = move.at.date()
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"


def moved_by_others(deep: Deep) -> tuple[str, ...]:
    """What others changed in the order, which the Product Owner decides; nothing where nobody did."""
    figures = (figure for letter in deep.letters for figure in letter.measures)
    return tuple(figure.text for figure in figures if figure.rule == MovedByOthers().path and figure.value)
