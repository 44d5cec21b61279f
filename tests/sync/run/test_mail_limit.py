"""The weekly limit of mails holds on the site's own count, whatever happens, and whatever our account may see."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.plan.mail_budget import WEEK
from sync.run.run import execute_run
from tests.journeys import model
from tests.journeys.model import ANA, BO, BOT, STRANGER, TEXTS, Workplace
from tests.thorough import in_turn, scaled

pytestmark = pytest.mark.journey

PEOPLE = (ANA, BO, STRANGER, BOT)
SOMEBODY = st.integers(0, len(PEOPLE))  # the last one is nobody
CASTS = st.lists(st.tuples(SOMEBODY, SOMEBODY, st.sets(st.integers(0, len(PEOPLE) - 1))), min_size=8, max_size=8)
EDITS = st.lists(st.tuples(st.integers(0, 7), st.sampled_from(sorted(TEXTS))), max_size=8)
SCHEDULES = st.lists(st.tuples(st.sampled_from([1, 30, 24 * 7]), EDITS), min_size=3, max_size=6)


@pytest.mark.parametrize("dialect", in_turn("cloud", "datacenter"))
@pytest.mark.parametrize("may_silence", [True, False], ids=["silent", "loud"])
@pytest.mark.parametrize("sees_watchers", [True, False], ids=["watchers by name", "watchers unnamed"])
@settings(
    max_examples=scaled(3, 60),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(casts=CASTS, schedule=SCHEDULES, per_week=st.integers(1, 6))
def test_nobody_gets_more_mails_in_seven_days_than_allowed(
    dialect: str,
    may_silence: bool,  # noqa: FBT001 - a row
    sees_watchers: bool,  # noqa: FBT001 - a row
    casts: list[tuple[int, int, set[int]]],
    schedule: list[tuple[int, list[tuple[int, str]]]],
    per_week: int,
) -> None:
    place = Workplace(dialect)
    try:
        if not may_silence:
            place.state.rights -= {"ADMINISTER", "ADMINISTER_PROJECTS"}
        if not sees_watchers:
            place.state.rights -= {"VIEW_VOTERS_AND_WATCHERS"}
        for number in range(model.BACKLOG, 8):
            model.new_issue(place.state, place.now(), number, "no criteria")
        issues = [record for record in place.state.issues.values() if record.summary.startswith("Pay")]
        everybody = [*PEOPLE, None]
        for record, (assignee, reporter, watchers) in zip(issues, casts, strict=True):
            record.assignee, record.reporter = everybody[assignee], everybody[reporter]
            record.watchers = {PEOPLE[number].id for number in watchers}
        for hours, edits in schedule:
            place.later += timedelta(hours=hours)
            for number, text in edits:
                place.state.edit(issues[number].key, description=model.body(text, number), by=ANA.id)
            with place.context() as opened:
                report = execute_run(replace(opened, policy=replace(opened.policy, mails_per_week=per_week)))
            mails = [mail for mail in place.state.mails if mail.by == BOT.id]
            for last in mails:
                week = Counter(mail.to for mail in mails if last.at - WEEK < mail.at <= last.at)
                assert max(week.values()) <= per_week, week
            waiting = [one.why for one in report.plan.left_as_is if "mails_per_week" in one.why]
            assert all("until about" in why for why in waiting)
            assert len(waiting) == len(report.plan.held)
    finally:
        place.close()
