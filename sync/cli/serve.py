"""What `readyline serve` does: each product's runs by its schedule, and the web servers that show them.

A single configuration is a folder with one product. What is wrong with one product never stops another: it is left out
until its file changes for the better, or its run fails and the next one comes.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sync.cli.terminal import Terminal
from sync.config import schedule_of
from sync.config.http_address import address_of
from sync.config.products import Claims, ProductFile, only_product, products_in
from sync.config.settings import ServeSettings, Settings
from sync.errors import ConfigError, ReadylineError, UsageError
from sync.extras import installing
from sync.logs import get_logger
from sync.reports import make_room
from sync.run.logins import Logins
from sync.run.product import run_product
from sync.trackers.site_limits import SiteLimits, sharing
from sync.web.status import Board
from sync.worker import Worker

if TYPE_CHECKING:
    from sync.web.app import Site

log = get_logger()

LIBRARIES = ("waitress", "werkzeug", "prometheus_client")


def serve(terminal: Terminal, products: Path | None) -> None:
    """Run by the schedules until SIGTERM or SIGINT. Raises `ReadylineError` where no product can be run."""
    terminal.log(terminal.verbosity + 1)  # one line a run is all that a worker shows
    files = partial(only_product, terminal.config) if products is None else partial(products_in, products)
    worker = Worker()
    with ExitStack() as servers:
        served = ServedProducts(terminal, files, worker, Pages(servers))
        served.begin()
        worker.serve(served.look)


class ServedProducts:
    """The products that a worker runs, kept as their files are."""

    def __init__(
        self, terminal: Terminal, files: Callable[[], Iterable[ProductFile]], worker: Worker, pages: "Pages"
    ) -> None:
        self._terminal = terminal
        self._files = files
        self._worker = worker
        self._pages = pages
        self._claims = Claims()
        self._limits = SiteLimits()
        self._logins = Logins()
        self._boards: dict[str, Board] = {}
        self._stamps: dict[str, tuple[int, int]] = {}
        self._left_out: dict[str, ReadylineError] = {}

    def begin(self) -> None:
        """Put every product that can be run. Raises what is wrong where none can."""
        self._keep_up(self._files())
        if self._worker.products:
            return
        if len(self._left_out) == 1:
            raise next(iter(self._left_out.values()))
        faults = map(str, self._left_out.values())
        raise ConfigError(*faults) if self._left_out else UsageError("--products: the folder has no file NAME.toml")

    def look(self) -> None:
        """Put new and changed products, and drop those whose file is gone."""
        try:
            files = self._files()
        except UsageError as error:
            log.warning("products.unreadable", why=str(error))  # they run on: a folder may be away for a moment
        else:
            self._keep_up(files)

    def _keep_up(self, files: Iterable[ProductFile]) -> None:
        present = {file.name: file for file in files}
        for name in self._stamps.keys() - present.keys():
            self._drop(name)
        self._left_out = {name: error for name, error in self._left_out.items() if name in present}
        for file in present.values():
            if file.name in self._left_out or file.stamp != self._stamps.get(file.name):
                self._put(file)

    def _put(self, file: ProductFile) -> None:
        try:
            settings = self._terminal.read(file.path, today=self._terminal.today)
            self._claims.claim(file, settings)
            for report in settings.reports:
                make_room(report.path)
            board = self._boards.setdefault(file.name, Board())
            self._pages.put(file, settings, board, partial(self._worker.wake, file.name))
        except ReadylineError as error:
            if str(error) != str(self._left_out.get(file.name, "")):
                log.error("product.left_out", product=file.name, why=str(error))  # noqa: TRY400 - one sentence
            self._left_out[file.name] = error
            return
        self._left_out.pop(file.name, None)
        self._stamps[file.name] = file.stamp
        self._logins.forgive(settings)
        self._worker.put(file.name, partial(self._run, file, board), schedule_of(settings), board.failed)

    def _drop(self, name: str) -> None:
        log.info("product.dropped", product=name)
        self._worker.drop(name)
        self._pages.drop(name)
        self._claims.release(name)
        del self._boards[name], self._stamps[name]

    def _run(self, file: ProductFile, board: Board) -> tuple[datetime, ...]:
        # Each run reads the configuration again. A waiver that ends meanwhile is reported and stops no product.
        settings = self._terminal.read(file.path)
        self._claims.claim(file, settings)
        with self._logins.used_by(file.name, settings), sharing(self._limits):
            run = run_product(settings, stopping=self._worker.stopping)
        board.ran(run.figures)
        return run.extra_runs


class Pages:
    """The web servers of the products that want one. Products with the same address share a server."""

    def __init__(self, servers: ExitStack) -> None:
        self._servers = servers
        self._sites: dict[str, dict[str, Site]] = {}

    def put(self, file: ProductFile, settings: Settings, board: Board, wake: Callable[[], None]) -> None:
        """Show a product from now on. Raises `UsageError` where the web server cannot start."""
        wanted = settings.serve
        self.drop(file.place)
        if not wanted.http:
            return
        if any(find_spec(library) is None for library in LIBRARIES):
            raise UsageError(f"serve.http needs the web server; {installing('serve')}")
        from sync.web.app import Site

        token, secret = _secrets(wanted, os.environ)
        site = Site(
            title=settings.product.name,
            folders=tuple(dict.fromkeys(report.path for report in settings.reports)),
            board=board,
            token=token,
            hook_secret=secret,
            wake=wake,
        )
        self._at(wanted.http)[file.place] = site

    def _at(self, address: str) -> dict[str, "Site"]:
        """The sites at an address, whose server is started with the first of them."""
        from sync.web.products import applications
        from sync.web.server import serving

        if address not in self._sites:
            sites: dict[str, Site] = {}
            self._servers.enter_context(serving(applications(sites), *address_of(address)))
            self._sites[address] = sites
        return self._sites[address]

    def drop(self, place: str) -> None:
        """Show a product no more."""
        for sites in self._sites.values():
            sites.pop(place, None)


def _secrets(wanted: ServeSettings, environ: Mapping[str, str]) -> tuple[str, str]:
    """The token of readers and the secret of hooks, "" where none is wanted. Raises `UsageError` for an empty one."""
    values = []
    for option, name in (("token_env", wanted.token_env), ("hook_env", wanted.hook_env)):
        value = environ.get(name, "").strip() if name else ""
        if name and not value:
            raise UsageError(f"serve.{option}: the environment variable {name} is empty; set it, or leave it out")
        values.append(value)
    return values[0], values[1]
