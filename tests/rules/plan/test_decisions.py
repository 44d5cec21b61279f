"""The answer to `/ready accept` says what was accepted, what is missing, and what happens in the configured mode."""

from dataclasses import replace

import pytest

from rules.backlog.index import Backlog
from rules.capacity.model import RunningCapacity
from rules.commands.answers import ASKED, Answer, Commands
from rules.commands.read import read_commands
from rules.model import SprintState
from rules.plan.decisions import (
    acceptance,
    acknowledged,
    decided,
    with_acknowledgements,
    with_rejections,
    without_idle_waivers,
)
from rules.plan.policy import Policy, SprintMode
from rules.planning.model import Choices, LeftOut, LeftOutCode, Placement, SprintProposal, as_is
from rules.planning.running import RunningSprint
from rules.planning.scope import ScopeAtStart, ScopeChange, ScopeKind
from rules.translations import TRANSLATIONS
from rules.verdict import Due, Verdict, Waiver
from rules.wording import Wording, translated
from tests.factories import NOW, facts, finding, issue, product, snapshot, sprint
from tests.rules.planning.world import PAYMENTS, SEARCH, capacity

ONE = issue()
TARGET = sprint("5", state=SprintState.FUTURE, name="Web 5")
WORLD = snapshot(ONE, sprints=(TARGET,))


def proposal(target: str | None = "5", though: str = "") -> SprintProposal:
    return SprintProposal(
        placements=(Placement(issue=ONE, team="Web", sprint=target, points=3.0, why="w", though=though),)
    )


def answer(made: SprintProposal, mode: SprintMode = SprintMode.ACCEPTED) -> Answer:
    asked = Answer(comment="7", issue=ONE.id, text="Ana", accepts=True)
    commands = decided(Commands(answers=(asked,), fresh=(asked,)), WORLD, made, Policy(sprints=mode))
    assert commands.answers == commands.fresh
    return commands.fresh[0]


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        (SprintMode.OFF, 'Ana accepted "Web 5". Nothing is moved, because [write_back] sprints is "off".'),
        (SprintMode.PROPOSE, 'Ana accepted "Web 5". Nothing is moved, because [write_back] sprints is "propose".'),
        (SprintMode.ACCEPTED, 'Ana accepted "Web 5". The issue moves there.'),
        (SprintMode.ASSIGN, 'Ana accepted "Web 5". The issue moves there.'),
    ],
)
def test_it_says_what_happens_in_each_mode(mode: SprintMode, text: str) -> None:
    assert (answer(proposal(), mode).text, answer(proposal(), mode).sprint) == (text, "5")


@pytest.mark.parametrize("target", ["5", None])
def test_while_writing_is_off_it_says_that_nothing_moves(target: str | None) -> None:
    (placement,) = proposal(target).placements

    text = acceptance("Ana", placement, WORLD, None)

    assert text.endswith("Nothing is moved, because [write_back] enabled is false.")


def test_it_says_what_is_missing() -> None:
    made = proposal(though="Accepted though not ready: no estimate")
    assert "Accepted though not ready: no estimate." in answer(made).text


def test_what_is_missing_and_what_happens_follow_the_language() -> None:
    made = proposal(though=Wording("Accepted though not ready: {reasons}", reasons=(Wording("no estimate"),)))
    left = LeftOut(issue=ONE, code=LeftOutCode.EPIC, say=as_is("Epics are not planned themselves; their issues are."))
    texts = (answer(made).text, answer(SprintProposal(left_out=(left,))).text)

    assert [translated(text, TRANSLATIONS["de"]) for text in texts] == [
        (
            "Ana hat „Web 5“ akzeptiert. Akzeptiert, obwohl nicht bereit: keine Schätzung. "
            "Der Vorgang wird dorthin verschoben."
        ),
        (
            "Ana, dieser Vorgang ist für keinen Sprint vorgeschlagen, daher wurde nichts akzeptiert. "
            "Epics werden nicht selbst geplant, sondern ihre Vorgänge."
        ),
    ]


def test_what_is_not_proposed_is_not_accepted() -> None:
    left = LeftOut(issue=ONE, code=LeftOutCode.NO_TEAM, say=as_is("No team yet."))
    given = answer(SprintProposal(left_out=(left,)))
    assert not given.accepts
    assert given.text == "Ana, this issue is not proposed for a sprint, so nothing was accepted. No team yet."


def test_what_is_proposed_for_another_team_is_not_accepted() -> None:
    asked = Answer(comment="7", issue=ONE.id, text="Ana", accepts=True, team="Search")
    (given,) = decided(Commands(answers=(asked,), fresh=(asked,)), WORLD, proposal(), Policy()).fresh
    assert (given.accepts, given.team) == (False, "")
    assert "nothing was accepted" in given.text


def rejected(team: str = "", *, places: str = "", sprints: bool = True) -> Answer:
    """The settled rejection of an issue that two teams may take, and that may be proposed for one of them."""
    both = issue(components=("payments", "search"))
    boxes = [capacity(one) if sprints else capacity(one, sprint=None) for one in (PAYMENTS, SEARCH)]
    placements = (Placement(issue=both, team=places, sprint="120", points=3.0, why="w"),) if places else ()
    made = SprintProposal(placements=placements, capacities=tuple(boxes))
    asked = Answer(comment="7", issue=both.id, text="Ana", rejects=True, team=team, reason="too big.")
    asked_of: list[Choices] = []

    def propose(choices: Choices) -> SprintProposal:
        asked_of.append(choices)
        return made

    backlog = Backlog.of(snapshot(both, product=product(PAYMENTS, SEARCH)))
    (settled,) = with_rejections(Commands(answers=(asked,), fresh=(asked,)), backlog, propose).fresh
    assert asked_of == [Choices()]
    return settled


@pytest.mark.parametrize(("team", "places", "whose"), [("", "Payments", "Payments"), ("Search", "Payments", "Search")])
def test_a_rejection_is_for_the_named_team_or_the_one_it_is_proposed_for(team: str, places: str, whose: str) -> None:
    given = rejected(team, places=places)
    number = "120" if whose == "Payments" else "130"
    assert (given.rejects, given.team, given.sprint) == (True, whose, number)
    assert given.text.endswith(f"for {whose}: too big.")


def test_a_rejection_of_what_is_not_proposed_for_one_team_rejects_nothing_and_says_how_to_write_it() -> None:
    given = rejected()
    assert not given.rejects
    assert given.text.endswith("nothing was rejected; write: /ready reject TEAM because REASON")


def test_a_rejection_without_a_future_sprint_rejects_nothing() -> None:
    given = rejected("Search", sprints=False)
    assert (given.rejects, given.team) == (False, "")
    assert given.text == "Ana, Search has no future sprint, so nothing was rejected."


def changed_scope(*changes: ScopeChange) -> RunningSprint:
    start = ScopeAtStart(sprint="4", seen=NOW, goal="", issues=())
    rest = RunningCapacity(sprint=sprint("4", name="Web 4"), last=NOW.date(), days=1, days_left=1, elapsed=0, left=None)
    return RunningSprint(team="Web", sprint=rest.sprint, goal="", start=start, capacity=rest, changes=changes)


@pytest.mark.parametrize("kind", ScopeKind)
def test_an_acknowledgement_is_of_the_change_of_its_issue_and_says_so(kind: ScopeKind) -> None:
    change = ScopeChange(kind=kind, id=ONE.id, issue=ONE.key, points=3.0)
    asked = Answer(comment="7", issue=ONE.id, text="Ana", scope=ASKED)
    running = changed_scope(change, replace(change, id="other"))
    commands = with_acknowledgements(Commands(answers=(asked,), fresh=(asked,)), [running])
    (given,) = commands.fresh
    word = "added to" if kind is ScopeKind.ADDED else "removed from"

    assert given.text == f'Ana acknowledged that this issue was {word} "Web 4".'
    (after,) = acknowledged([running], commands)
    assert [one.acknowledged for one in after.changes] == [given.text, ""]
    assert after.unacknowledged == (running.changes[1],)


def test_an_acknowledgement_without_a_change_acknowledges_nothing() -> None:
    asked = Answer(comment="7", issue=ONE.id, text="Ana", scope=ASKED)
    (given,) = with_acknowledgements(Commands(answers=(asked,), fresh=(asked,)), [changed_scope()]).fresh

    assert given.scope == ""
    assert given.text == "Ana, this issue changed the scope of no running sprint, so nothing was acknowledged."


def test_a_sprint_that_is_not_in_the_tracker_yet() -> None:
    assert "the next sprint of Web, which is not in the tracker yet" in answer(proposal(None)).text


@pytest.mark.parametrize(
    ("state", "holds"), [(SprintState.FUTURE, True), (SprintState.ACTIVE, False), (SprintState.CLOSED, False)]
)
def test_an_acceptance_ends_with_the_start_of_its_sprint(state: SprintState, *, holds: bool) -> None:
    given = Answer(comment="7", issue=ONE.id, text="Ana accepted it.", accepts=True, sprint="5")
    world = snapshot(ONE, sprints=(sprint("5", state=state),))
    commands = read_commands(world, allowed=frozenset(), rules=(), given=(given,))
    assert (ONE.id in commands.accepted) is holds


WAIVER = Waiver(rule="ready.estimated", issue=ONE.key, reason="small", owner="Ana", until=None)


def waived(*, fails: bool = False, due: bool = False) -> Commands:
    verdict = Verdict(
        issue=ONE,
        score=50,
        findings=(finding(),) if fails else (),
        passed=(),
        facts=facts(),
        due=(Due(finding=finding(), within=2.0),) if due else (),
    )
    asked = Answer(comment="7", issue=ONE.id, text="Ana waived it", waiver=WAIVER)
    return without_idle_waivers(Commands(answers=(asked,), fresh=(asked,)), WORLD, lambda _: verdict)


def test_a_waiver_of_a_rule_that_does_not_fail_says_so_and_waives_nothing() -> None:
    (answer,) = waived().fresh
    assert (answer.waiver, answer.text) == (
        None,
        "Ana, estimated does not fail on this issue, so nothing was waived.",
    )
    assert waived().waivers == ()


def test_what_fails_now_or_later_can_be_waived() -> None:
    assert waived(fails=True).waivers == waived(due=True).waivers == (WAIVER,)


def test_an_earlier_acceptance_without_a_sprint_is_for_the_one_it_is_proposed_for_now() -> None:
    earlier = Answer(comment="7", issue=ONE.id, text="Ana accepted it.", accepts=True)
    commands = decided(Commands(answers=(earlier,)), WORLD, proposal(), Policy())
    assert [answer.sprint for answer in commands.answers] == ["5"]
    assert commands.fresh == ()
    assert decided(Commands(answers=(earlier,)), WORLD, proposal(None), Policy()).answers == (earlier,)
