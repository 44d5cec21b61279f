"""The last stop: after a run, its reports are written and people get the messages that concern them.

Nothing here fails a run: what was written to the tracker stays written, so a folder that is full or a channel that
cannot be reached is logged, and the next run tries again.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from rules.messages import (
    Message,
    escalated_messages,
    handshake_messages,
    messages,
    planning_messages,
    sprint_messages,
)
from rules.plan.quiet_hours import QuietTime
from rules.planning.lead_time import PlanningLeadTime
from sync.errors import ReadylineError
from sync.logs import get_logger
from sync.notifiers import ChannelSettings, Notifier, open_notifier
from sync.reports import file_of, team_files, write
from sync.reports.base import RunReport
from sync.run import health
from sync.run.sending import Sending, named
from sync.store.mail_log import MailLog
from sync.store.message_log import MessageLog

log = get_logger()

Publish = Callable[[RunReport], None]


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """Where reports and messages go.

    `reports` are pairs of a kind and its folder; `channels` are open, with what each wants; `log` holds what went
    out, `mails` all mails that people got; `per_week` is the most messages a recipient or mailbox gets in seven days,
    `mails_per_week` the most mails of any kind (0: no limit). `accounts` joins mail addresses to accounts. In the
    `quiet` hours no message is sent. `address` is where the folder of reports is published, `docs` where the rules'
    pages are, "" for nowhere. `health` is the file that says when the last run ended. `wiki` writes the page in
    Confluence, which is not written in the quiet hours either.
    """

    log: MessageLog
    mails: MailLog
    clock: Callable[[], datetime]
    reports: Sequence[tuple[str, Path]] = ()
    channels: Sequence[tuple[ChannelSettings, Notifier]] = ()
    per_week: int = 3
    mails_per_week: int = 0
    accounts: Mapping[str, str] = field(default_factory=dict)
    lead_time: PlanningLeadTime = field(default_factory=PlanningLeadTime)
    quiet: QuietTime | None = None
    health: Path | None = None
    address: str = ""
    docs: str = ""
    wiki: Publish | None = None

    def __call__(self, report: RunReport) -> None:
        """Write the reports and send what is due.

        Raises `StoreError` alone: without the log the same message would go out twice.
        """
        if self.health is not None:
            health.write(report, self.health)
        self._write(replace(report, undelivered=self.log.undelivered()))
        if self.quiet is not None and self.quiet.until(self.clock()) is not None:
            return
        if self.wiki is not None:
            self.wiki(report)
        if self.channels:
            self._send(report)

    def _write(self, report: RunReport) -> None:
        for kind, folder in self.reports:
            try:
                write(report, (kind,), folder, beside=[one for one, other in self.reports if other == folder])
            except ReadylineError as error:
                log.error("report.failed", kind=kind, why=str(error))  # noqa: TRY400 - the sentence says it all

    def _send(self, report: RunReport) -> None:
        candidates = (
            *self._weekly(report),
            *self._planning(report),
            *self._sprints(report),
            *self._handshakes(report),
            *self._escalated(report),
        )
        sending = Sending(
            log=self.log,
            mails=self.mails,
            channels=named(self.channels),
            per_week=self.per_week,
            mails_per_week=self.mails_per_week,
            accounts=self.accounts,
            zone=self.lead_time.zone,
        )
        docs = f"{self.docs.rstrip('/')}/README.md" if self.docs else ""
        sending.send((replace(message, docs=docs) for message in candidates), self.clock(), report.run)

    def _weekly(self, report: RunReport) -> tuple[Message, ...]:
        return messages(
            report.snapshot,
            report.judgement,
            report.deep,
            report.capacities,
            report.proposal,
            lead_time=self.lead_time,
            old=report.old_issues,
            link=self._link("html") or self._link("planning"),
            team_links=self._team_links(report),
        )

    def _planning(self, report: RunReport) -> tuple[Message, ...]:
        return planning_messages(
            report.backlog,
            report.judgement,
            report.proposal,
            report.goals,
            lead_time=self.lead_time,
            link=self._link("planning") or self._link("html"),
        )

    def _sprints(self, report: RunReport) -> tuple[Message, ...]:
        unit, now = report.snapshot.unit.one, report.snapshot.taken_at
        return sprint_messages(report.running, now, unit=unit, link=self._link("html") or self._link("planning"))

    def _handshakes(self, report: RunReport) -> tuple[Message, ...]:
        link = self._link("html") or self._link("planning")
        return handshake_messages(report.backlog, report.judgement, links=self._team_links(report), link=link)

    def _escalated(self, report: RunReport) -> tuple[Message, ...]:
        product, now = report.snapshot.product.name, report.snapshot.taken_at
        link = self._link("html") or self._link("planning")
        return escalated_messages(report.escalated, now, product=product, link=link)

    def _team_links(self, report: RunReport) -> dict[str, str]:
        """The address of each team's page, none where `_link` gives none."""
        folder = self._link("html").removesuffix(file_of("html"))
        files = team_files(team.name for team in report.snapshot.product.teams)
        return {team: folder + file for team, file in files.items()} if folder else {}

    def _link(self, kind: str) -> str:
        """The address of a report, "" where it is not written or not published."""
        return report_address(kind, {one for one, _ in self.reports}, self.address)


def report_address(kind: str, written: Collection[str], address: str) -> str:
    """The address of a report in the folder at `address`, "" where that kind is not among those written there."""
    return f"{address.rstrip('/')}/{file_of(kind)}" if address and kind in written else ""


def open_channels(
    tables: Iterable[ChannelSettings], environ: Mapping[str, str]
) -> tuple[tuple[ChannelSettings, Notifier], ...]:
    """Every channel of the configuration, ready to use. Raises `ConfigError` where a secret is missing."""
    return tuple((table, open_notifier(str(vars(table)["kind"]), table, environ)) for table in tables)
