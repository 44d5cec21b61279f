"""The living page in Confluence: what it says follows from a run, and it is written at the end of one."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import structlog

from rules.living_page import page_body
from rules.plan.page_body import PageBody
from rules.plan.policy import Policy
from sync.config.write_back_settings import ConfluenceSettings
from sync.errors import ConfigError, PageError
from sync.reports.base import RunReport, WikiPage
from sync.reports.redact import shared
from sync.reports.view_model import page_text
from sync.run.page_links import with_links

log = structlog.get_logger()


def confluence_page(
    settings: ConfluenceSettings, policy: Policy, link: str, environ: Mapping[str, str]
) -> Callable[[RunReport], None]:
    """What writes the page after a run; `link` is the address of the reports. Raises `ConfigError` without a token.

    A page that cannot be written is logged, and the next run tries again.
    """
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

    def write(report: RunReport) -> None:
        try:
            is_written = page.write(_body(report, policy, link))
        except PageError as error:
            log.error("confluence.failed", why=str(error))  # noqa: TRY400 - the sentence says it all
        else:
            log.info("confluence.done", page=settings.page, written=is_written)

    return write


def with_wiki(report: RunReport, settings: ConfluenceSettings | None, policy: Policy, link: str) -> RunReport:
    """The report with what the page in Confluence will say, where one is configured."""
    if settings is None:
        return report
    text = page_text(_body(shared(report), policy, link))
    return replace(report, wiki=WikiPage(settings.url, settings.page, text))


def _body(report: RunReport, policy: Policy, link: str) -> PageBody:
    parts = (report.snapshot, report.judgement, report.deep, report.proposal)
    return with_links(page_body(*parts, report.commands, policy, link=link), report.snapshot, report.site)
