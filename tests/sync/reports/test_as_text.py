import re
from dataclasses import replace
from io import StringIO

from rich.console import Console

from rules.verdict import Due
from sync.reports import as_text
from sync.reports import format as wording
from tests.sync.reports.sample import HIDDEN, SECRET, hostile, sample

TRICK = "[bold red]x[/] [link=https://evil.example]y[/link] :bomb: \x1b[31m \x9b2J \u202e \x07 a\nb"


def shown(report: object) -> str:
    """What a colour terminal would get."""
    stream = StringIO()
    Console(file=stream, force_terminal=True, color_system="truecolor", width=200).print(report)
    return stream.getvalue()


def test_a_terminal_gets_colour() -> None:
    """Colour codes go to a terminal."""
    assert "\x1b[32m" in shown(as_text.check(sample()))


def test_a_pipe_gets_none() -> None:
    """Plain text holds no escape character and no trailing blanks."""
    text = as_text.render(sample())
    assert "\x1b" not in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_markup_stays_text() -> None:
    """What looks like markup of the terminal library is shown as it was written."""
    text = as_text.plain(as_text.check(hostile(TRICK)), 200)
    assert "[bold red]x[/] [link=https://evil.example]y[/link] :bomb: ␛[31m" in text


def test_controls_become_pictures() -> None:
    """Only our own colour codes reach a terminal, never an escape, a bell or a turn of direction from an issue."""
    text = shown(as_text.plan(hostile(TRICK)))
    assert "␛[31m" in text
    assert not {"\x9b", "\u202e", "\x07", "\x1b[2J"} & set(text)


def test_a_restricted_issue() -> None:
    """A restricted issue is there by its key alone."""
    text = as_text.render(sample())
    assert HIDDEN in text
    assert SECRET not in text


def test_why_shows_everything() -> None:
    """The page of one issue withholds nothing from the person who asked for it."""
    assert SECRET in as_text.plain(as_text.why(sample().judgement.by_key[HIDDEN]))


def test_narrow() -> None:
    """Lines fold where the terminal ends, and nothing is cut."""
    text = as_text.plain(as_text.check(sample()), 40)
    assert max(map(len, text.splitlines())) <= 40
    title = sample().judgement.by_key["SHOP-137"].issue.title
    assert set(title.split()) <= set(text.split())


def test_refused() -> None:
    """A refused plan is said in the plan and in the summary."""
    report = sample(refused="51 changes, 50 are allowed.", outcomes=())
    assert "Refused: 51 changes, 50 are allowed." in as_text.plain(as_text.plan(report))
    assert "Refused    51 changes, 50 are allowed." in as_text.plain(as_text.summary(report))


def test_an_empty_plan() -> None:
    """A run with nothing to do says so."""
    report = sample(outcomes=())
    report = replace(report, plan=replace(report.plan, changes=()))
    assert "Changes    Nothing to write: Jira is up to date" in as_text.plain(as_text.summary(report))
    assert "Nothing to write: Jira is up to date." in as_text.plain(as_text.plan(report))


def test_a_dry_run() -> None:
    """What was only planned is never called written."""
    text = as_text.plain(as_text.summary(sample(writes=False, outcomes=())))
    assert "Planned    4 labels to add" in text
    assert "writing is off" in text
    assert "added" not in text


def test_capacity_of_one_team() -> None:
    """Only the given teams are shown."""
    text = as_text.plain(as_text.capacity(sample(capacities=sample().capacities[:1])))
    assert "Payments" in text
    assert "Search" not in text


def test_what_waits_is_said_and_not_called_done() -> None:
    """A plan that is empty because everything waits is not a sign that all is well."""
    plan = sample().plan
    some = as_text.plain(as_text.summary(sample(plan=replace(plan, held=plan.changes[5:6]))))
    all_of_it = sample(plan=replace(plan, changes=(), held=plan.changes[5:6]), outcomes=())
    assert "Waiting    1 comment to write, in a later run" in some
    assert "Waiting    1 comment to write, in a later run" in as_text.plain(as_text.summary(all_of_it))
    assert "up to date" not in as_text.plain(as_text.summary(all_of_it))
    assert "1 comment to write, in a later run." in as_text.plain(as_text.plan(all_of_it))


def test_a_whole_backlog_shows_what_blocks_in_full_and_the_rest_in_short() -> None:
    """Sentences that many issues share are phrases in the list, counted below it."""
    finding = next(one for one in sample().judgement.by_key["SHOP-114"].findings if one.rule.endswith("unhappy_path"))
    blocking = sample().judgement.by_key["SHOP-129"].blocking[0]
    text = " ".join(as_text.plain(as_text.check(sample()), 200).split())

    assert finding.hint not in text
    assert wording.phrase(finding) in text
    assert f"{wording.phrase(finding)} (" in text.partition("Most frequent:")[2]
    assert f"{blocking.message} {blocking.hint}" in text


def test_chosen_issues_are_shown_in_full() -> None:
    """`check KEY` shows message and hint of every finding."""
    text = " ".join(as_text.plain(as_text.check(sample(), ["SHOP-114"]), 200).split())

    assert all(f"{one.message} {one.hint}" in text for one in sample().judgement.by_key["SHOP-114"].findings)


def test_what_is_due_later_is_named() -> None:
    """An issue that is not due yet shows what it lacks, and in full when that is due."""
    missing = sample().judgement.by_key["SHOP-116"].blocking[0]
    verdict = replace(
        sample().judgement.by_key["SHOP-158"], findings=(), due=(Due(finding=missing, within=2.0),), distance=2.5
    )
    report = sample(judgement=replace(sample().judgement, verdicts=(verdict,)))

    assert re.search(r"later +no estimate$", as_text.plain(as_text.check(report)), re.MULTILINE)
    assert "1 issue: 0 ready (0 %), 1 not due yet." in as_text.plain(as_text.check(report))
    in_full = as_text.plain(as_text.check(report, ["SHOP-158"]), 200)
    assert "no estimate: due within 2 sprints of its sprint, which is 2.5 sprints away" in in_full
    assert as_text.plain(as_text.why(verdict)).count("Not due yet.") == 1
