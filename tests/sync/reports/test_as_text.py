from dataclasses import replace
from io import StringIO

from rich.console import Console

from sync.reports import as_text
from tests.sync.reports.sample import SECRET, capacities, hostile, sample

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
    assert "SHOP-99" in text
    assert SECRET not in text


def test_why_tells_all() -> None:
    """The page of one issue withholds nothing from the person who asked for it."""
    assert SECRET in as_text.plain(as_text.why(sample().judgement.by_key["SHOP-99"]))


def test_narrow() -> None:
    """Lines fold where the terminal ends, and nothing is cut."""
    text = as_text.plain(as_text.check(sample()), 40)
    assert max(map(len, text.splitlines())) <= 40
    assert "another" not in text
    assert "neighbour" in text


def test_refused() -> None:
    """A refused plan is said in the plan and in the summary."""
    report = sample(refused="51 changes, 50 are allowed.", outcomes=())
    assert "Refused: 51 changes, 50 are allowed." in as_text.plain(as_text.plan(report))
    assert "Refused    51 changes, 50 are allowed." in as_text.plain(as_text.summary(report))


def test_an_empty_plan() -> None:
    """A pass with nothing to do says so."""
    report = sample(outcomes=())
    report = replace(report, plan=replace(report.plan, changes=()))
    assert "Written    nothing: the tracker bears what it should" in as_text.plain(as_text.summary(report))
    assert "No changes" in as_text.plain(as_text.plan(report))


def test_a_dry_run() -> None:
    """What was only planned is never called written."""
    text = as_text.plain(as_text.summary(sample(writes=False, outcomes=())))
    assert "Planned    3 labels to add" in text
    assert "writing is off" in text
    assert "added" not in text


def test_capacity_of_one_team() -> None:
    """Only the teams given are told."""
    text = as_text.plain(as_text.capacity(sample(capacities=capacities()[:1])))
    assert "Payments" in text
    assert "Search" not in text


def test_what_waits_is_said_and_not_called_done() -> None:
    """A plan that is empty because everything waits is no sign that all is well."""
    plan = sample().plan
    some = as_text.plain(as_text.summary(sample(plan=replace(plan, held=plan.changes[3:4]))))
    all_of_it = sample(plan=replace(plan, changes=(), held=plan.changes[3:4]), outcomes=())
    assert "Waiting    1 comment to write, later" in some
    assert "Waiting    1 comment to write, later" in as_text.plain(as_text.summary(all_of_it))
    assert "bears what it should" not in as_text.plain(as_text.summary(all_of_it))
    assert "No changes: 1 comment to write, later." in as_text.plain(as_text.plan(all_of_it))
