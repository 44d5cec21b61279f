"""The agenda of refinement in each format."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import icalendar
import pytest

from rules.capacity.skills import Skill
from rules.model import TaskMode
from rules.ready import RULES
from rules.refinement.activities import ActivityKind
from rules.refinement.cadence import NextSession
from rules.refinement.conflicts import Conflict
from rules.refinement.efficiency import Efficiency
from rules.refinement.layers import Layer
from rules.refinement.look_ahead import Seen
from rules.refinement.options import RefinementOptions, SharedPart
from rules.refinement.sessions import Carried, PlannedItem
from rules.refinement.topics import Topic, TopicLine, TopicMeeting
from rules.verdict import Ruleset
from sync.reports.blocks import plain
from sync.reports.json_models import dump
from sync.reports.redact import WITHHELD
from sync.reports.refinement import as_calendar, as_html, as_json, as_markdown, as_text
from sync.reports.refinement.as_text import ADVICE, EXPERTS, TECHNIQUES
from sync.reports.refinement.page import RefinementPage, Wanted, refinement_page, topic_line
from tests.factories import NOW
from tests.sync.reports.page import Page
from tests.sync.reports.sample import sample

RULESET = Ruleset(product=tuple(rule() for rule in RULES))
AT = NOW + timedelta(days=2)


@cache
def page(layer: Layer = Layer.OVERALL, team: str = "", items: tuple[PlannedItem, ...] = ()) -> RefinementPage:
    wanted = Wanted(layer=layer, team=team, timebox=60, at=AT)
    return refinement_page(sample(), RULESET, RefinementOptions(), items, wanted)


def payments(items: tuple[PlannedItem, ...] = ()) -> RefinementPage:
    return page(Layer.TEAM, "Payments", items)


@pytest.mark.parametrize("layer", Layer)
def test_each_format_has_goal_answer_and_every_line_of_the_agenda(layer: Layer) -> None:
    made = page(layer, "Payments" if layer is Layer.TEAM else "")
    texts = (plain(as_text.render(made)), as_markdown.render(made), as_html.render(made))
    keys = [line.routed.issue.key for line in made.agenda.lines]

    assert keys
    assert made.agenda.minutes <= made.agenda.timebox
    for text in texts:
        assert made.product.goal in text
        assert made.answer in text
        assert all(key in text for key in keys)
    document = as_json.document(made)
    assert [one.issue for one in document.agenda] == keys
    assert sum(document.outlook.values()) == sum(made.routed.values())
    assert '"schema": "readyline/refinement/1"' in dump(document)


def test_the_lines_of_the_agenda_are_sentences_and_the_outlook_says_what_it_counts() -> None:
    text = " ".join(plain(as_text.render(payments()), 300).split())

    assert "Issues of the outlook by layer: overall" in text
    assert "Asks: Payments. Only Payments takes it; size assumed." in text


def test_the_overall_agenda_shows_shared_issues_with_what_is_missing_and_what_comes_for_each_team() -> None:
    made = page()
    (shared,) = made.shared
    text = plain(as_text.render(made))

    assert shared.issue.key == "SHOP-128"
    assert "missing: fit to the vision, step of the user journey" in " ".join(text.split())
    assert list(made.ahead) == ["Payments", "Storefront", "Search"]
    assert "Next sprints of Search" in text
    assert as_json.document(made).shared[0].parts[SharedPart.VALUE]
    assert not page(Layer.MULTI_TEAM).shared


def test_a_team_sees_a_decided_issue_and_its_own_sprints_only() -> None:
    assert list(payments().ahead) == ["Payments"]
    assert payments().goals[0][0] == "Payments"
    assert len(payments().goals) == 1


def test_texts_of_restricted_issues_are_not_shown() -> None:
    secret = next(line for line in payments().agenda.lines if line.routed.issue.restricted)
    assert secret.routed.issue.title == "(restricted)"
    assert {want.text for want in secret.candidate.wants} == {WITHHELD.rstrip(".")}


def test_the_html_page_is_well_formed_and_escapes_what_people_wrote() -> None:
    source = as_html.render(payments())
    assert Page(source).faults == []
    assert "<h1>Owned" not in source
    assert "<script" not in source
    assert "Nothing to refine in this layer" in as_html.render(replace(page(), agenda=replace(page().agenda, lines=())))


def test_after_a_session_the_page_compares_what_was_achieved_with_what_was_planned() -> None:
    before = payments().agenda
    at = NOW - timedelta(days=4)
    done, *rest = before.planned(at)
    later = replace(rest[0], issue="gone", key="SHOP-1", settled=NOW)
    made = payments((replace(done, settled=at), later, *rest))

    assert made.last == (
        f"26 February 2026: 1 of {2 + len(rest)} issues settled by the next working day.",
        "Settled later: SHOP-1.",
        f"Still open: {', '.join(one.key for one in rest)}.",
        "Issues settled in an hour: Payments 42 1.4 (44 minutes each).",
    )
    (sprint,) = as_json.document(made).efficiency
    assert (sprint.sprint, sprint.settled) == ("Payments 42", 1)
    assert made.agenda.lines[0].carried == Carried(1, at.date())
    assert "left open by 1 session since 26 February 2026" in as_markdown.render(made)
    last = as_json.document(made).last
    assert last is not None
    assert [one.achieved for one in last.items].count(True) == 1


def test_three_sessions_teach_better_minutes_and_the_page_says_so() -> None:
    items = tuple(item for weeks in (3, 2, 1) for item in payments().agenda.planned(NOW - timedelta(weeks=weeks)))
    made = payments(items)
    assert made.basis == "Minutes are those of the findings multiplied by 3, as 3 sessions showed."
    assert "decide how to go on" in as_markdown.render(made)
    assert as_json.document(made).agenda[0].escalated
    assert made.agenda.left_out
    assert f"{made.agenda.left_out[0].routed.issue.key} (" in plain(as_text.render(made))


def test_the_calendar_file_has_one_event_that_lasts_as_long_as_the_time_box() -> None:
    text = as_calendar.render(payments(), AT)
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")

    assert event.decoded("dtstart") == AT
    assert event.decoded("dtend") == AT + timedelta(hours=1)
    assert str(event["summary"]) == "Team refinement, Payments (Shop)"
    assert payments().agenda.lines[0].routed.issue.key in str(event["description"])
    assert "ATTENDEE" not in text
    assert as_calendar.render(payments(), AT) == text
    moved: datetime = AT + timedelta(days=1)
    assert icalendar.Calendar.from_ical(as_calendar.render(payments(), moved)).walk("VEVENT")[0]["uid"] != event["uid"]


def test_a_fall_in_three_sprints_in_a_row_is_named() -> None:
    made = payments()
    falling = tuple(Efficiency(f"Payments {39 + n}", 4 - n, 2.0) for n in range(4))
    steady = replace(made, efficiency=falling[:3])
    made = replace(made, efficiency=falling)

    assert made.last == (
        (
            "Issues settled in an hour: Payments 39 2 (30 minutes each), Payments 40 1.5 (40 minutes each), "
            "Payments 41 1 (60 minutes each), Payments 42 0.5 (120 minutes each)."
        ),
        "That is less from sprint to sprint, three times in a row. See what takes long.",
    )
    assert len(steady.last) == 1
    assert as_json.document(made).falling
    nothing = replace(made, efficiency=(Efficiency("Payments 42", 0, 2.0),))
    assert nothing.last == ("Issues settled in an hour: Payments 42 0.",)


def test_the_page_of_a_team_names_its_next_session() -> None:
    made = replace(payments(), wanted=replace(payments().wanted, at=None))
    certain = replace(made, next_session=NextSession(NOW, 60, is_certain=True))

    assert made.session == "next session 4 March 2026, 10:00 UTC, if the team refines weekly"
    assert certain.session == "next session 2 March 2026, 09:00 UTC"
    assert "Next session 4 March 2026, 10:00 UTC, if the team refines weekly. Minutes" in as_markdown.render(made)
    assert "next session 4 March 2026" in as_html.render(made)
    assert as_json.document(made).next_session == datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    assert replace(made, next_session=None).session == ""


def test_topics_are_on_the_page_in_every_format_and_those_without_room_below() -> None:
    bo = Topic(
        number=1,
        at=NOW - timedelta(days=9),
        meeting=TopicMeeting.TEAM,
        team="Payments",
        text="How do we test refunds?",
        minutes=10,
        by="Bo",
    )
    long = replace(bo, number=2, text="All of it", minutes=90)
    report = replace(sample(), topics=(bo, long))
    made = refinement_page(report, RULESET, RefinementOptions(), (), payments().wanted)
    line = "How do we test refunds? (10 min, Bo, since 21 February 2026)"

    assert made.answer.startswith("1 topic and ")
    for text in (as_markdown.render(made), plain(as_text.render(made), 200), Page(as_html.render(made)).text):
        assert line in text
        assert "All of it (90 min, Bo" in text
    document = as_json.document(made)
    assert [one.topic.number for one in document.topics] == [1]
    assert [one.topic.number for one in document.topics_without_room] == [2]
    assert topic_line(TopicLine(bo, 3, escalate=True)) == (
        "How do we test refunds? (10 min, Bo, since 21 February 2026, open after 3 sessions; decide how to go on)"
    )


def test_the_page_says_which_team_saw_its_next_sprints_in_this_sprint() -> None:
    report = replace(sample(), seen_ahead={"Payments": Seen(at=NOW, by="Bo")})
    made = refinement_page(report, RULESET, RefinementOptions(), (), page().wanted)

    assert made.seen == (
        "Payments saw its next sprints on 2 March 2026 (Bo).",
        "Storefront has not seen them yet. The team should see them in each sprint.",
        "Search has not seen them yet. The team should see them in each sprint.",
    )
    assert "Storefront has not seen them yet" in Page(as_html.render(made)).text
    assert as_json.document(made).seen == made.seen


def test_the_agenda_of_a_team_advises_what_part_two_will_ask_about_tasks_where_the_team_is_asked() -> None:
    report = sample()
    teams = tuple(replace(one, team=replace(one.team, tasks=TaskMode.ON)) for one in report.capacities)
    report = replace(report, capacities=teams, goals=report.goals[::-1])  # a goal is that of its team, wherever it is
    made = refinement_page(report, RULESET, RefinementOptions(), (), payments().wanted)
    advice = "3 stories have no tasks: SHOP-110, SHOP-114, SHOP-118. Break them down."

    assert advice in made.advice
    for text in (plain(as_text.render(made), 200), as_markdown.render(made), Page(as_html.render(made)).text):
        assert ADVICE in text
        assert "3 stories have no tasks" in text
    assert as_json.document(made).advice == made.advice
    assert payments().advice == ()
    assert refinement_page(report, RULESET, RefinementOptions(), (), page().wanted).advice == ()


def test_an_agenda_names_who_has_the_skills_that_its_issues_need() -> None:
    report = sample()
    keys = [line.routed.issue.key for line in payments().agenda.lines]
    labels = {label for line in payments().agenda.lines for label in line.routed.issue.components}
    ios = Skill(name="ios", marks=frozenset(map(str.casefold, labels)), people=("Di",), days=5.0, team_days=10.0)
    report = replace(report, capacities=(replace(report.capacities[0], skills=(ios,)), *report.capacities[1:]))
    made = refinement_page(report, RULESET, RefinementOptions(), (), payments().wanted)

    (one,) = made.experts
    assert (one.people, set(one.issues) <= set(keys)) == (("Di",), True)
    for text in (plain(as_text.render(made), 200), as_markdown.render(made), Page(as_html.render(made)).text):
        assert EXPERTS in text
        assert "the skill ios: Di has it." in text
    assert [part.people for part in as_json.document(made).experts] == [("Di",)]
    assert payments().experts == ()


def test_the_overall_agenda_has_the_checks_of_all_teams_and_that_of_a_team_two() -> None:
    whole, team = page(), payments()

    assert [one.question for one in team.checks] == ["Right things", "Clear path"]
    assert [one.question for one in whole.checks][2:] == [
        "Refined together",
        "Refined in each team",
        "One direction",
        "One review",
        "One Definition of Done",
    ]
    for one in whole.checks:
        assert one.text in Page(as_html.render(whole)).text
        assert one.text in plain(as_text.render(whole), 300)
    assert [one.holds for one in as_json.document(whole).checks] == [one.holds for one in whole.checks]


def test_the_four_activities_are_in_every_format_and_new_since_the_last_session() -> None:
    made, document = payments(), as_json.document(payments())
    held = made.taken_at - timedelta(days=3)
    kept = payments(
        (PlannedItem(at=held, layer=Layer.TEAM, team="Payments", issue="1", key="SHOP-1", base=5, minutes=5, points=3),)
    )

    assert [one.kind for one in document.activities] == list(ActivityKind)
    assert document.since == made.taken_at - timedelta(days=7)
    assert kept.since == held
    for text in (plain(as_text.render(made)), as_markdown.render(made), Page(as_html.render(made)).text):
        assert all(line in text for line in (made.near_title, *made.near))


def test_what_stakeholders_disagree_about_is_in_every_format() -> None:
    one = payments().agenda.lines[0].routed.issue
    made = replace(payments(), conflicts=(Conflict(one, (("Sales", "High"), ("Support", "Lowest"))),))
    [conflict] = as_json.document(made).conflicts

    assert [(wish.group, wish.priority) for wish in conflict.wishes] == [("Sales", "High"), ("Support", "Lowest")]
    for text in (plain(as_text.render(made)), as_markdown.render(made), Page(as_html.render(made)).text):
        assert f"{one.key}: Sales High, Support Lowest. Write down" in " ".join(text.replace("\\", "").split())


def test_techniques_for_what_the_issues_lack_are_on_the_agenda_of_a_team_only() -> None:
    made = payments()
    suggestion = made.techniques[0]
    keys = {line.routed.issue.key for line in made.agenda.lines}

    assert set(suggestion.issues) <= keys
    for text in (plain(as_text.render(made)), as_markdown.render(made), Page(as_html.render(made)).text):
        assert TECHNIQUES in text
        assert suggestion.technique.name in text
    assert as_json.document(made).techniques[0].issues == suggestion.issues
    restricted = {line.routed.issue.key for line in made.agenda.lines if line.routed.issue.restricted}
    assert restricted
    assert not restricted & {key for one in made.techniques for key in one.issues}
    assert page().techniques == ()
    assert TECHNIQUES not in as_html.render(page())


def test_a_size_that_nobody_estimated_is_said_to_be_assumed() -> None:
    made = payments()
    lines = {line.routed.issue.key: line.candidate.assumed for line in made.agenda.lines}
    assert set(lines.values()) == {True, False}
    for text in (plain(as_text.render(made), 300), as_markdown.render(made), as_html.render(made)):
        assert text.lower().count("size assumed") == sum(lines.values())
    assert {one.issue: one.assumed for one in as_json.document(made).agenda} == lines


def test_an_agenda_wants_an_estimate_in_this_refinement() -> None:
    made = payments()
    wanted = [want.text for line in made.agenda.lines for want in line.candidate.wants]

    assert "Estimate it" in wanted
    assert not any("next refinement" in text for text in wanted)
