"""The products of a cluster: when each is due, what it uses, and how its last run ended. One row a product."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sync.cluster.database import ClusterDatabase
from sync.cluster.overview import QueueDocument, QueuedProduct
from sync.config import Settings
from sync.config.products import ProductFile, places_of
from sync.errors import ConfigError
from sync.run.logins import login_of, refused_before

LEASE = timedelta(minutes=10)
"""When a product that was put into the queue is due again, should no run of it ever end."""


ALIVE = timedelta(seconds=20)
"""A worker without a sign of life for longer counts as dead."""
FORGOTTEN_AFTER = timedelta(minutes=10)
# A product that was stopped stays so with each content of its file that was refused: two machines may have two.
_KEEP_UP = """
INSERT INTO readyline_products AS old (product, digest, due)
SELECT product, digest, now() FROM unnest(%s::text[], %s::text[]) AS new (product, digest)
ON CONFLICT (product) DO UPDATE SET seen = now(), digest = excluded.digest,
    stopped = old.stopped AND (old.digest = excluded.digest OR excluded.digest = ANY(old.refused)),
    due = CASE
        WHEN old.digest = excluded.digest OR (old.stopped AND excluded.digest = ANY(old.refused)) THEN old.due
        ELSE least(old.due, greatest(now(), old.began + interval '1 minute'))
    END
"""
_STATES = """
SELECT product, CASE
    WHEN EXISTS (SELECT FROM procrastinate_jobs WHERE lock = 'product:' || product AND status = 'doing') THEN 'running'
    WHEN EXISTS (SELECT FROM procrastinate_jobs WHERE lock = 'product:' || product AND status = 'todo') THEN 'queued'
    WHEN stopped THEN 'stopped' ELSE 'waiting' END,
    due, began, good, worker, failures, why
FROM readyline_products ORDER BY product
"""


class Roster:
    """Reads and writes the rows."""

    def __init__(self, database: ClusterDatabase) -> None:
        self._database = database

    def keep_up(self, digests: Mapping[str, str]) -> None:
        """Note which products this machine has, by name, with the digest of their file.

        A new one is due now, and so is a changed one, unless a run began in the last minute: two machines may have
        different files for a while. What no machine has any more is forgotten.
        """
        self._database.rows(_KEEP_UP, (list(digests), list(digests.values())))
        self._database.rows("DELETE FROM readyline_products WHERE seen < now() - %s", (FORGOTTEN_AFTER,))

    def due(self, products: Iterable[str]) -> tuple[str, ...]:
        """Which of these products are due, the longest waiting first."""
        rows = self._database.rows(
            "SELECT product FROM readyline_products WHERE due <= now() AND product = ANY(%s) ORDER BY due, product",
            (list(products),),
        )
        return tuple(product for (product,) in rows)

    def queued(self, products: Iterable[str]) -> None:
        """Note that runs of these products are in the queue now."""
        self._database.rows(
            "UPDATE readyline_products SET due = now() + %s WHERE product = ANY(%s)", (LEASE, list(products))
        )

    def begin(self, file: ProductFile, settings: Settings, worker: str) -> None:
        """Note that a run begins and what it uses.

        Raises `ConfigError` where another product uses it, and `LoggedOut` where the site refused that log-in before.
        """
        places, login = [f"{option} = {place}" for option, place in places_of(settings)], login_of(settings)
        rows = self._database.rows(
            """SELECT product, places && %s::text[], stopped AND login = %s FROM readyline_products
            WHERE product <> %s AND (places && %s::text[] OR stopped AND login = %s) ORDER BY product""",
            (places, login, file.name, places, login),
        )
        for other, has_place, is_refused in rows:
            if has_place:
                raise ConfigError(
                    f'{file.path}: its store or folder of reports belongs to the product "{other}"; give each its own'
                )
            if is_refused:
                raise refused_before(other)
        self._database.rows(
            "UPDATE readyline_products SET places = %s, login = %s, worker = %s, began = now() WHERE product = %s",
            (places, login, worker, file.name),
        )

    def succeeded(self, product: str, due: datetime) -> None:
        """Note a good run, and when the next one is due."""
        self._database.rows(
            """UPDATE readyline_products SET due = %s, good = now(), why = '', failures = 0, unreadable = 0,
            refused = '{}' WHERE product = %s""",
            (due, product),
        )

    def put_back(self, product: str, due: datetime) -> None:
        """Note that a run was not carried out to its end here, and when it is due again."""
        self._database.rows("UPDATE readyline_products SET due = %s WHERE product = %s", (due, product))

    def again(self, product: str, why: str, due: datetime) -> None:
        """Note a run that did not come to its end for no fault of the product, and when the next one is due."""
        self._database.rows(
            "UPDATE readyline_products SET due = %s, why = %s, failures = failures + 1 WHERE product = %s",
            (due, why, product),
        )

    def failed(self, product: str, why: str, due: datetime, *, unreadable: int) -> None:
        """Note a run that failed; `unreadable` are the runs in a row that met no JSON."""
        self._database.rows(
            """UPDATE readyline_products SET due = %s, why = %s, failures = failures + 1, unreadable = %s
            WHERE product = %s""",
            (due, why, unreadable, product),
        )

    def stop(self, product: str, why: str) -> None:
        """Note that a product has no more runs until its file changes or somebody asks for one."""
        self._database.rows(
            """UPDATE readyline_products SET due = NULL, stopped = true, why = %s, failures = failures + 1,
            refused = refused || digest WHERE product = %s""",
            (why, product),
        )

    def unreadable(self, product: str) -> int:
        """How many runs in a row met something else than JSON."""
        rows = self._database.rows("SELECT unreadable FROM readyline_products WHERE product = %s", (product,))
        return int(rows[0][0]) if rows else 0

    def failures(self, product: str) -> int:
        """How many runs in a row failed."""
        rows = self._database.rows("SELECT failures FROM readyline_products WHERE product = %s", (product,))
        return int(rows[0][0]) if rows else 0

    def ask_for(self, product: str) -> bool:
        """Make a product due now, also one that was stopped. Returns whether it is known."""
        rows = self._database.rows(
            """UPDATE readyline_products SET due = now(), stopped = false, refused = '{}', unreadable = 0
            WHERE product = %s RETURNING product""",
            (product,),
        )
        return bool(rows)

    def overview(self) -> QueueDocument:
        """How each product is, sorted by name, and how many workers there are."""
        columns = ("product", "state", "due", "began", "last_good", "worker", "failures", "why")
        products = [dict(zip(columns, row, strict=True)) for row in self._database.rows(_STATES)]
        ((workers,),) = self._database.rows(
            "SELECT (count(*) + 1) / 2 FROM procrastinate_workers WHERE last_heartbeat > now() - %s",  # two a process
            (ALIVE,),
        )
        return QueueDocument(workers=workers, products=tuple(QueuedProduct(**one) for one in products))
