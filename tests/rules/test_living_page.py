"""What the living page says, and what a ticked box on it does."""

from dataclasses import replace
from typing import Any

from rules.commands.answers import Commands
from rules.commands.read import read_commands
from rules.document import Block, BlockKind, Document
from rules.living_page import MOST_BOXES, page_body, with_ticks
from rules.model import Editor, OwnMarks, Snapshot
from rules.plan.changes import ChangePlan, PutPage
from rules.plan.page import WHO, ticked, with_page
from rules.plan.page_body import FIRST_LINE, LAST_LINE, PageBody
from rules.plan.policy import OptOut, Policy, SprintMode
from tests.factories import issue, snapshot
from tests.sync.reports.sample import sample

ANA, SAM = Editor("ana", "Ana"), Editor("sam", "Sam")
BODY = PageBody(title="Shop: 1.4 sprints of ready work")
BOX = "Accept SHOP-2 for Payments (Sprint 5)"
ASKS = Policy(commands=True, sprints=SprintMode.ACCEPTED)


def page(*texts: tuple[str, bool | None], **overrides: Any) -> Snapshot:
    """A snapshot with the page as SHOP-9, which has these lines and boxes in our part."""
    marked = ((FIRST_LINE, None), *texts, (LAST_LINE, None))
    blocks = (
        Block(kind=BlockKind.PARAGRAPH if state is None else BlockKind.TICK, text=text, ticked=state)
        for text, state in marked
    )
    values: dict[str, Any] = {"document": Document(tuple(blocks)), "described_by": (ANA,)}
    return snapshot(issue("SHOP-1"), issue("SHOP-2"), issue("SHOP-9")).with_page(
        issue("SHOP-9", **(values | overrides))
    )


def body_of(policy: Policy, **overrides: Any) -> PageBody:
    report = sample()
    commands = overrides.pop("commands", Commands())
    parts = (report.snapshot, report.judgement, report.deep, report.proposal)
    return page_body(*parts, commands, policy, **overrides)


def planned(of: Snapshot, policy: Policy = ASKS, **marks: Any) -> ChangePlan:
    return with_page(ChangePlan(), of, BODY, policy, {"9": OwnMarks(**marks)}, {})


def test_it_says_what_the_product_owner_is_told_and_offers_a_box_for_each_proposed_issue() -> None:
    report = sample()
    body = body_of(ASKS, link="https://r.example/readyline.html")
    placed = [one for one in report.proposal.placements if one.sprint is not None]
    assert body.title.startswith(f"{report.snapshot.product.name}: ")
    assert any("ready horizon" in line for line in body.lines)
    assert [box.key for box in body.boxes] == [one.issue.key for one in placed][:MOST_BOXES]
    assert body.link == "https://r.example/readyline.html"

    accepted = Commands(answers=tuple(_accepting(one.issue.id) for one in placed))
    assert body_of(ASKS, commands=accepted).boxes == ()


def _accepting(issue_id: str) -> Any:
    from rules.commands.answers import Answer

    return Answer(comment=f"c{issue_id}", issue=issue_id, text="", accepts=True)


def test_where_nobody_may_accept_it_names_what_is_proposed() -> None:
    for policy in (Policy(), Policy(commands=True, sprints=SprintMode.ASSIGN)):
        body = body_of(policy)
        assert body.boxes == ()
        assert any(line.startswith("Proposed for ") for line in body.lines)


def test_the_page_is_apart_from_the_backlog_even_where_the_query_has_it() -> None:
    of = page()
    assert [one.key for one in of.issues] == ["SHOP-1", "SHOP-2"]
    assert [one.key for one in of.left] == ["SHOP-9"]
    assert of.with_page(of.left[0]).left == of.left


def test_it_is_written_only_when_it_says_something_else() -> None:
    (change,) = planned(page()).changes
    assert isinstance(change, PutPage)
    assert (change.issue, change.key, change.page) == ("9", "SHOP-9", BODY)
    assert planned(page(), page=BODY.digest).changes == ()
    assert len(planned(page(), page="before").changes) == 1
    assert planned(snapshot(issue("SHOP-1"))).changes == ()


def test_a_ticked_box_is_made_as_new() -> None:
    assert len(planned(page((BOX, True)), page=BODY.digest).changes) == 1
    assert planned(page((BOX, False)), page=BODY.digest).changes == ()


def test_nothing_is_written_where_people_want_that_or_an_undo_paused_it() -> None:
    for of, policy, marks in (
        (page(labels=frozenset({"readyline-hands-off"})), ASKS, {}),
        (page(), replace(ASKS, opt_out=OptOut(projects=frozenset({"SHOP"}))), {}),
        (page(), ASKS, {"refused": (("undone:page", "page"),)}),
    ):
        plan = planned(of, policy, **marks)
        assert plan.changes == ()
        assert [one.what for one in plan.left_as_is] == ["page"]


def test_only_boxes_in_our_part_that_stand_for_a_decision_count() -> None:
    of = page((BOX, True), ("Buy cake", True), ("Accept SHOP-1 for Payments (Sprint 5)", False))
    assert list(ticked(of.left[0])) == ["SHOP-2"]
    above = Block(kind=BlockKind.TICK, text="Accept SHOP-1 for Payments (Sprint 5)", ticked=True)
    alone = replace(of.left[0], document=Document((above, *page().left[0].document.blocks)))
    assert ticked(alone) == {}


def read(of: Snapshot) -> Commands:
    heard = with_ticks(of, frozenset({"ana"}))
    return read_commands(heard, allowed=frozenset({"ana"}), rules=(), given=())


def test_a_ticked_box_accepts_as_the_command_of_the_person_who_edited_the_page() -> None:
    (answer,) = read(page((BOX, True))).fresh
    assert (answer.issue, answer.accepts, answer.team) == ("2", True, "Payments")


def test_a_person_who_may_not_command_is_refused_also_where_somebody_else_edited_the_page_later() -> None:
    (answer,) = read(page((BOX, True), described_by=(SAM, ANA))).fresh
    assert not answer.accepts
    assert answer.text.startswith("Sam")


def test_without_a_known_editor_no_box_acts() -> None:
    of = page((BOX, True), described_by=())
    assert read(of).fresh == ()
    assert [one.why for one in planned(of).left_as_is] == [WHO]
