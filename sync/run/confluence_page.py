"""The living page in Confluence: what it says follows from a run, and it is written at the end of one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from rules.living_page import page_body
from rules.model import OwnMarks
from rules.plan.changes import PAGE, LeftAsIs, PutPage
from rules.plan.grounds import PAGE as BY_PAGE
from rules.plan.grounds import Ground
from rules.plan.outcome import Outcome, Result
from rules.plan.page_body import PageBody
from rules.plan.pauses import Pause, why_paused
from rules.plan.policy import Policy
from rules.plan.undo import inverse_of_page
from sync.config.write_back_settings import ConfluenceSettings
from sync.errors import ConfigError, PageError
from sync.logs import get_logger
from sync.reports.base import RunReport, WikiPage
from sync.reports.planned_writes import page_text
from sync.reports.redact import shared
from sync.run.page_links import with_links
from sync.store import Store
from sync.store.journal import WIKI

if TYPE_CHECKING:
    from sync.confluence import ConfluencePage

log = get_logger()

WHY = "our part of the page says something else by now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiki:
    """Our part of a page in Confluence: its writes are in the journal, with the texts before and after.

    `id` and `key` name the page where other writes name their issue. `body` gives what our part says after a run.
    """

    page: "ConfluencePage"
    id: str
    key: str
    store: Store
    clock: Callable[[], datetime]
    body: Callable[[RunReport], PageBody]

    def write(self, report: RunReport) -> None:
        """Write what our part says after a run, unless an undo paused it. An error is logged; a later run tries again.

        Raises `StoreError` alone.
        """
        if why := why_paused(self.store.pauses.all(), (self.id, PAGE), self.clock()):
            log.info("confluence.paused", why=why)
            return
        body = self.body(report)
        grounds = (Ground(rule=BY_PAGE, passed=True, says=WHY),)
        change = PutPage(issue=self.id, key=self.key, page=body, why=WHY, grounds=grounds)

        def choose(there: str) -> PageBody | None:
            self.store.journal.settle_wiki(self.id, there)
            return None if there == body.digest else self._intend(change, there, report.run, report.plan.digest)

        try:
            is_written = self.page.write(choose)
        except PageError as error:
            log.error("confluence.failed", why=str(error))  # noqa: TRY400 - the sentence says it all
            return
        if is_written:
            self.store.journal.settle_wiki(self.id, body.digest)
        log.info("confluence.done", page=self.key, written=is_written)

    def restore(self, change: PutPage, before: str, run: str, by: str) -> Outcome | LeftAsIs:
        """Restore our part as it was before `run` wrote it; what people wrote around it stays.

        `before` is the digest of our part before that run, `by` the run that undoes it.
        """
        journal = self.store.journal
        bodies, later = journal.page_bodies(), journal.later_runs(run).get((self.id, PAGE), "")
        inverse: PutPage | str = change

        def choose(there: str) -> PageBody | None:
            nonlocal inverse
            journal.settle_wiki(self.id, there)
            inverse = inverse_of_page(change, before, there, run, bodies, later)
            return None if isinstance(inverse, str) else self._intend(inverse, there, by, "", undoes=run)

        try:
            self.page.write(choose)
        except PageError as error:
            return Outcome(change=change, result=Result.FAILED, reason=str(error))
        if isinstance(inverse, str):
            return LeftAsIs(key=self.key, what=PAGE, why=inverse)
        journal.settle_wiki(self.id, before)
        return Outcome(change=inverse, result=Result.DONE)

    def _intend(self, change: PutPage, there: str, run: str, digest: str, undoes: str | None = None) -> PageBody:
        """Note in the journal what is about to be written; the run may have written nothing else."""
        journal, now = self.store.journal, self.clock()
        if not journal.has_run(run):
            journal.open_run(run, started=now, digest=digest, undoes=undoes)
            journal.close_run(run, finished=now)
        journal.intend(run, [change], {self.id: OwnMarks(page=there)}, now)
        return change.page


def open_wiki(
    settings: ConfluenceSettings,
    policy: Policy,
    link: str,
    environ: Mapping[str, str],
    *,
    store: Store,
    clock: Callable[[], datetime],
) -> Wiki:
    """The page of the settings; `link` is the address of the reports. Raises `ConfigError` without a token."""
    from sync.confluence import CloudPage, DatacenterPage

    token = environ.get(settings.token_env, "").strip()
    if not token:
        raise ConfigError(
            f"[living_page.confluence]: the environment variable {settings.token_env} is empty; put the token into it"
        )
    page = (
        CloudPage(settings.url, settings.page, settings.email, token)
        if settings.kind == "cloud"
        else DatacenterPage(settings.url, settings.page, token)
    )
    return Wiki(
        page=page,
        id=wiki_id(settings),
        key=f"page {settings.page} in Confluence",
        store=store,
        clock=clock,
        body=lambda report: _body(report, policy, link),
    )


def wiki_id(settings: ConfluenceSettings) -> str:
    """What the journal calls the page of the settings."""
    return f"{WIKI}{settings.page}"


def with_wiki(
    report: RunReport, settings: ConfluenceSettings | None, policy: Policy, link: str, pauses: Iterable[Pause] = ()
) -> RunReport:
    """The report with what the page in Confluence will say, where one is configured."""
    if settings is None:
        return report
    text = page_text(_body(shared(report), policy, link))
    paused = why_paused(pauses, (wiki_id(settings), PAGE), report.started)
    return replace(report, wiki=WikiPage(settings.url, settings.page, text, paused))


def _body(report: RunReport, policy: Policy, link: str) -> PageBody:
    parts = (report.snapshot, report.judgement, report.deep, report.proposal)
    return with_links(page_body(*parts, report.commands, policy, link=link), report.snapshot, report.site)
