"""The tracker's last answers as they came, so that an unchanged backlog need not be asked for again.

The mirror is a cache and never the truth: it may be deleted at any time, at the price of one slow run. One that cannot
be read is set aside and filled again. It holds the text of issues, so only its owner may read the file.
"""

import hashlib
import json
import zlib
from codecs import getincrementaldecoder
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from pydantic_core import to_json

from sync.errors import DamagedStore, TrackerError
from sync.logs import get_logger
from sync.store.database import Database, Place
from sync.store.places import place
from sync.store.schema import MIRROR
from sync.store.sqlite import in_memory

log = get_logger()

FAST = 1  # zlib's quickest level: a third of the size at a hundred megabytes a second
LONGEST_NAME = 500
LOOK_BACK_EVERY = timedelta(hours=24)
IDS_A_QUERY = 500
PORTION = 1 << 20  # bytes of a content that are unpacked at once
CHECKSUM = 4  # bytes of a CRC-32


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOutput:
    """A printed output: the digest of what it rests on, how long it holds, its command's exit code, its packed text."""

    inputs: str
    until: datetime
    code: int
    content: bytes


def packed(portions: Iterable[str]) -> bytes:
    """A text that comes in portions, compressed after its checksum: a large one is never in memory as a whole."""
    packing = zlib.compressobj(FAST)
    content = b"".join((*(packing.compress(portion.encode()) for portion in portions), packing.flush()))
    return _checksum(content) + content


def _checksum(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(CHECKSUM)


def is_whole(content: bytes) -> bool:
    """Whether what was `packed` is as it was, without unpacking it."""
    return content[:CHECKSUM] == _checksum(content[CHECKSUM:])


def unpacked(content: bytes) -> Iterator[str]:
    """The text that was `packed`, in portions. Raises `zlib.error`."""
    unpacking, decoding = zlib.decompressobj(), getincrementaldecoder("utf-8")()
    content = content[CHECKSUM:]
    while portion := unpacking.decompress(content, PORTION):
        yield decoding.decode(portion)
        content = unpacking.unconsumed_tail


class Mirror:
    """Issues of the last pull by their id, in a SQLite file of its own. Every error is a `StoreError`.

    A pull is `begin`, any number of `keep`, and `finish`; until `finish` nothing is dropped and the cutoff stays. A
    pull that was interrupted is simply repeated, and fetches only what is still missing. Each issue is kept as it came
    and, where somebody put it, as it was read: a reading is dropped when its issue is kept again. The history of an
    issue is kept next to it; it is of the date on which the issue had last changed by then.

    `generation` is another one whenever anything that is kept has changed: what was fetched again and came as it was
    changes nothing. `note` and `noted` keep small texts that belong to this content and go when it goes.

    `as_of` is set where the mirror is only read, because another process writes to it: when it was last filled.
    """

    def __init__(self, database: Database) -> None:
        self._db = database
        self._orders: dict[str, tuple[str, bytes]] = {}
        self.as_of: datetime | None = None

    @classmethod
    def open(cls, where: Place | Path) -> "Mirror":
        """Open it, or make it; one that cannot be read is set aside first. Raises `StoreError`."""
        return cls(place(where).open(MIRROR))

    @classmethod
    @contextmanager
    def held(cls, store: Place, *, patience: float = 0) -> Iterator["Mirror"]:
        """The mirror of a store, for this process alone. Raises `Locked` and `StoreError` as `Place.held`."""
        with place_of(store).held(MIRROR, patience=patience) as database:
            yield cls(database)

    @classmethod
    def empty(cls) -> "Mirror":
        """A mirror in memory."""
        return cls(in_memory(MIRROR))

    @classmethod
    def copy_of(cls, where: Place | Path) -> "Mirror":
        """A copy in memory of a mirror that another process writes to, empty where it cannot be read."""
        try:
            mirror = cls(place(where).copy_of(MIRROR))
        except DamagedStore:
            mirror = cls.empty()
        try:
            mirror.as_of = mirror._moment("started")  # noqa: SLF001 - of this class
        except KeyError:
            log.debug("mirror.not_read")  # or never filled
        return mirror

    def close(self) -> None:
        """Close it."""
        self._db.close()

    def rebuild(self, error: DamagedStore) -> None:
        """Set everything aside, which turned out to be damaged, and go on with an empty mirror."""
        self._db.start_again(error)

    def begin(self, *, site: str, account: str, shape: str, started: datetime) -> None:
        """Start a pull from this site with this account; `shape` names the fields that are asked for.

        `started` is the moment by the site's clock.

        A new shape empties the mirror: what it holds lacks fields. Raises `TrackerError` when the site or the account
        is another one, because what that one cannot see would look deleted.
        """
        facts = self._facts()
        self._orders.clear()
        for name, value in (("site", site), ("account", account)):
            if facts.get(name, value) != value:
                raise TrackerError(
                    f'the mirror was filled from {name} "{facts[name]}" and this is "{value}"; '
                    "if the change is meant, delete the mirror file and run again"
                )
        with self._db.transaction():
            if facts.get("shape", shape) != shape:
                for table in ("kept", "histories", "renamed", "orders", "facts"):
                    self._db.write(f"DELETE FROM {table}")  # noqa: S608 - our own names
            for name, value in (("site", site), ("account", account), ("shape", shape)):
                self._note(name, value)
            if "started" not in self._facts():  # what a first pull that is cut short had fetched is as old as this
                self._note("started", started.isoformat())
                self._note("deep", started.isoformat())

    @property
    def generation(self) -> str:
        """The name of the present content, "" where nothing was ever kept."""
        return self.noted("generation")

    def noted(self, name: str) -> str:
        """What was noted under this name, "" where nothing was."""
        return next((value for (value,) in self._db.rows("SELECT value FROM facts WHERE name = ?", (name,))), "")

    def note(self, name: str, value: str) -> None:
        """Keep a small text."""
        with self._db.transaction():
            self._note(name, value)

    def cutoff(self, overlap: timedelta) -> datetime:
        """Since when changes must be asked for, within a pull.

        That is the start of the last finished pull by the site's clock, less the overlap; once a day it is the start of
        the day's first pull, for a search index that lagged longer than the overlap.
        """
        started, deep = self._moment("started"), self._moment("deep")
        return (deep if started - deep >= LOOK_BACK_EVERY else started) - overlap

    def known(self) -> Mapping[str, str]:
        """When each issue that is kept was updated, by id, as the tracker wrote it.

        These are the issues of the last finished pull and of a cut one after it, and no others: an older copy may have
        been changed since.
        """
        return dict(self._db.rows("SELECT id, updated FROM kept"))

    def keep(self, issues: Iterable[Mapping[str, Any]]) -> None:
        """Put in what was just fetched, in one transaction."""
        rows = list({row[0]: row for row in map(_row, issues)}.values())
        with self._changing():
            self._db.write_each(
                "INSERT INTO renamed (old, id) SELECT key, id FROM kept WHERE id = ? AND key <> ? "
                "ON CONFLICT (old) DO UPDATE SET id = excluded.id",
                ((number, key) for number, key, _, _ in rows),
            )
            changed = ((number, content) for number, _, _, content in rows)
            self._db.write_each("DELETE FROM kept WHERE id = ? AND raw <> ?", changed)
            self._db.write_each(
                "INSERT INTO kept (id, key, updated, raw) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", rows
            )

    def issues(self, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
        """The kept issues among these ids, in no particular order."""
        for portion, marks in _portions(ids):
            for (raw,) in self._db.rows(f"SELECT raw FROM kept WHERE id IN ({marks})", portion):  # noqa: S608
                yield json.loads(self._unpacked(raw))

    def keep_readings(self, way: str, readings: Iterable[tuple[str, bytes]]) -> None:
        """Keep how issues were read: id and content. `way` names everything the reading depends on."""
        with self._db.transaction():
            self._db.write_each(
                "INSERT INTO readings (id, way, issue) SELECT id, ?, ? FROM kept WHERE id = ? "
                "ON CONFLICT (id) DO UPDATE SET way = excluded.way, issue = excluded.issue",
                ((way, zlib.compress(content, FAST), number) for number, content in readings),
            )

    def readings(self, way: str, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Those of these ids that were read in this very way, and their readings, in no particular order."""
        for portion, marks in _portions(ids):
            query = f"SELECT id, issue FROM readings WHERE way = ? AND id IN ({marks})"  # noqa: S608
            for number, content in self._db.rows(query, (way, *portion)):
                yield number, self._unpacked(content)

    def keep_texts(self, way: str, texts: Iterable[tuple[str, bytes]]) -> None:
        """Keep what the rules read in the texts of kept readings: id and content. `way` is as for readings."""
        with self._db.transaction():
            self._db.write_each(
                "INSERT INTO texts (id, way, text, reading) SELECT id, ?, way, ? FROM readings WHERE id = ? "
                "ON CONFLICT (id) DO UPDATE SET way = excluded.way, text = excluded.text, reading = excluded.reading",
                ((way, zlib.compress(content, FAST), number) for number, content in texts),
            )

    def texts(self, way: str, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Of these ids what was read in this very way, and their contents, in no particular order.

        An issue that was fetched or parsed again since then is not among them.
        """
        for portion, marks in _portions(ids):
            query = (
                "SELECT id, reading FROM texts JOIN readings USING (id) "  # noqa: S608
                f"WHERE texts.way = ? AND texts.text = readings.way AND id IN ({marks})"
            )
            for number, content in self._db.rows(query, (way, *portion)):
                yield number, self._unpacked(content)

    def keep_histories(self, way: str, histories: Iterable[tuple[str, bytes]]) -> None:
        """Keep the history of issues: id and content. `way` names everything the content depends on."""
        with self._changing():
            self._db.write_each(
                "INSERT INTO histories (id, way, updated, edits) SELECT id, ?, updated, ? FROM kept WHERE id = ? "
                "ON CONFLICT (id) DO UPDATE SET way = excluded.way, updated = excluded.updated, edits = excluded.edits "
                "WHERE histories.way <> excluded.way OR histories.updated <> excluded.updated "
                "OR histories.edits <> excluded.edits",
                ((way, zlib.compress(content, FAST), number) for number, content in histories),
            )

    def with_history(self, way: str) -> frozenset[str]:
        """The ids of kept issues whose history was kept in this very way after their last change."""
        query = "SELECT id FROM kept JOIN histories USING (id) WHERE way = ? AND kept.updated = histories.updated"
        return frozenset(number for (number,) in self._db.rows(query, (way,)))

    def histories(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Those of these ids that have a history, and their histories, in no particular order."""
        for portion, marks in _portions(ids):
            query = f"SELECT id, edits FROM histories WHERE id IN ({marks})"  # noqa: S608
            for number, content in self._db.rows(query, portion):
                yield number, self._unpacked(content)

    def order_of(self, query: str) -> tuple[tuple[str, ...], datetime] | None:
        """What a query held in the last finished pull: ids in order, and when it was last read in full."""
        for swept, ids in self._db.rows("SELECT swept, ids FROM orders WHERE query = ?", (_name_of(query),)):
            return tuple(self._unpacked(ids).decode().split()), datetime.fromisoformat(swept)
        return None

    def keep_order(self, query: str, ids: Iterable[str], swept: datetime) -> None:
        """Remember what a query holds, once the pull is finished."""
        self._orders[_name_of(query)] = (swept.isoformat(), zlib.compress(" ".join(ids).encode(), FAST))

    def renamed(self) -> Mapping[str, str]:
        """The keys that issues had before, and the ones they have now.

        Issues that link to a moved one do not change when it moves. What is kept of them still names the old key.
        """
        return dict(self._db.rows("SELECT old, key FROM renamed JOIN kept USING (id) WHERE old <> key"))

    def keep_output(self, name: str, output: KeptOutput) -> None:
        """Keep what a command printed; what rests on other inputs goes."""
        with self._db.transaction():
            self._db.write("DELETE FROM outputs WHERE inputs <> ?", (output.inputs,))
            self._db.put("outputs", {"name": name, **asdict(output), "until": output.until.isoformat()}, key=("name",))

    def output(self, name: str, inputs: str) -> KeptOutput | None:
        """What a command printed that rested on these very inputs."""
        query = "SELECT until, code, content FROM outputs WHERE name = ? AND inputs = ?"
        for until, code, content in self._db.rows(query, (name, inputs)):
            if not is_whole(content):  # a damaged one must not be printed half
                raise self._db.damaged(f"the checksum of the output {name} is wrong")
            return KeptOutput(inputs=inputs, until=datetime.fromisoformat(until), code=code, content=content)
        return None

    def forget(self, ids: Iterable[str]) -> None:
        """Drop issues that we have just written to: the next pull fetches them again."""
        try:
            with self._db.transaction():
                self._db.write_each("DELETE FROM kept WHERE id = ?", ((number,) for number in ids))
        except DamagedStore as error:
            self.rebuild(error)

    def finish(self, present: Collection[str], started: datetime) -> None:
        """End a pull in which everything succeeded: what is not `present` is dropped, and the cutoff moves.

        `started` is when the pull began by the site's clock.
        """
        left = self.known().keys() - frozenset(present)
        looked_back = self._moment("started") - self._moment("deep") >= LOOK_BACK_EVERY
        with self._db.transaction():
            before = self._db.changes
            self._db.write_each("DELETE FROM kept WHERE id = ?", ((number,) for number in left))
            self._db.write("DELETE FROM histories WHERE id NOT IN (SELECT id FROM kept)")
            self._rename(since=before)
            self._db.write("DELETE FROM orders")
            for query, (swept, ids) in self._orders.items():
                self._db.write("INSERT INTO orders (query, swept, ids) VALUES (?, ?, ?)", (query, swept, ids))
            self._orders.clear()
            self._note("started", started.isoformat())
            if looked_back:
                self._note("deep", started.isoformat())

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """A transaction; where it changes a row, the content has another name from then on."""
        with self._db.transaction():
            before = self._db.changes
            yield
            self._rename(since=before)

    def _rename(self, *, since: int) -> None:
        if self._db.changes != since:
            self._note("generation", uuid4().hex)

    def _unpacked(self, content: bytes) -> bytes:
        try:
            return zlib.decompress(content)
        except zlib.error as error:
            raise self._db.damaged(str(error)) from error

    def _moment(self, name: str) -> datetime:
        return datetime.fromisoformat(self._facts()[name])

    def _facts(self) -> dict[str, str]:
        return dict(self._db.rows("SELECT name, value FROM facts"))

    def _note(self, name: str, value: str) -> None:
        self._db.put("facts", {"name": name, "value": value}, key=("name",))


def place_of(store: Place) -> Place:
    """Where the mirror is: a place of its own, so that it can be deleted without losing what we remember."""
    return store.beside("mirror")


def _row(raw: Mapping[str, Any]) -> tuple[str, str, str, bytes]:
    """An issue as it is kept: its id, its key, when it was updated, and the whole."""
    updated = str((raw.get("fields") or {}).get("updated") or "")
    return str(raw["id"]), str(raw.get("key")), updated, zlib.compress(_as_json(raw), FAST)


def _as_json(raw: Mapping[str, Any]) -> bytes:
    try:
        return to_json(raw)  # in a third of the time of `json`
    except ValueError:  # nested deeper than it goes
        return json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode()


def _name_of(query: str) -> str:
    """The query, or the digest of one that is too long for a key in PostgreSQL."""
    return query if len(query) <= LONGEST_NAME else hashlib.sha256(query.encode()).hexdigest()


def _portions(ids: Iterable[str]) -> Iterator[tuple[list[str], str]]:
    """Ids by as many as one query takes, each time with as many question marks."""
    left = iter(ids)
    while portion := list(islice(left, IDS_A_QUERY)):
        yield portion, ", ".join("?" * len(portion))
