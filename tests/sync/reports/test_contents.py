"""What a report says of new issues, kinds of work and channels."""

from dataclasses import replace

import pytest

from rules.inventory.new_issues import Feedback, NewIssue, NewIssues, Wait
from rules.inventory.order_grounds import OrderGrounds
from rules.inventory.taken_part import TakenPart
from rules.inventory.work import Area, Contents, LateAction, Portion
from sync.reports.contents import CHANNELS, KINDS, MOST, chapters
from tests.factories import NOW, issue
from tests.sync.reports.page import made
from tests.sync.reports.sample import sample

NEW = NewIssue(issue=issue("SHOP-7"), age=5, ranked_after=0.5, estimated_after=None)
SAMPLE = NewIssues(
    since_run=NOW,
    since_planning=None,
    run=(NEW, replace(NEW, ranked_after=None, estimated_after=0.0), replace(NEW, known=False)),
    ranked=Wait(issues=7, got=5, median_days=4.0),
    estimated=Wait(issues=7, got=1, median_days=None),
    feedback=Feedback(ranked=Wait(issues=0, got=0, median_days=None), done=0, median_days=None),
    days=90,
    unranked_days=14,
)


def test_each_new_issue_has_its_age_and_its_waits() -> None:
    first, second = chapters(sample(new_issues=SAMPLE, contents=None))
    assert first.sentences == (
        "3 new issues since the last run (2 March 2026, 09:00 UTC).",
        "SHOP-7: 5 days old, ranked after 0.5 days, not estimated yet.",
        "SHOP-7: 5 days old, not ranked yet, estimated when it was created.",
        "SHOP-7: 5 days old, its past is not known.",
    )
    assert second.sentences == (
        "5 of 7 issues were ranked, half of these within 4 days.",
        "1 of 7 issues was estimated: too few for a usual wait.",
    )


@pytest.mark.parametrize(
    ("done", "median", "sentence"),
    [
        (5, 20.0, "5 issues were done, half of these within 20 days."),
        (1, None, "1 issue was done: too few for a usual time."),
    ],
)
def test_feedback_has_a_chapter_of_its_own(done: int, median: float | None, sentence: str) -> None:
    of = Feedback(ranked=Wait(issues=6, got=5, median_days=2.0), done=done, median_days=median)
    chapter = chapters(sample(new_issues=replace(SAMPLE, feedback=of), contents=None))[-1]
    assert chapter.sentences == ("5 of 6 issues were ranked, half of these within 2 days.", sentence)


def test_a_long_list_is_cut_with_the_number_of_the_rest() -> None:
    many = replace(SAMPLE, run=(NEW,) * (MOST + 3), ranked=Wait(issues=0, got=0, median_days=None))
    (only,) = chapters(sample(new_issues=many, contents=None))
    assert len(only.sentences) == MOST + 2
    assert only.sentences[-1] == "And 3 more."


def test_where_nobody_looked_nothing_is_said() -> None:
    assert chapters(sample(new_issues=None, contents=None)) == ()


def test_every_page_has_it() -> None:
    for kind in ("html", "markdown", "text"):
        assert "half of these within 4 days" in " ".join(made(kind, sample(new_issues=SAMPLE)).split())


def test_shares_unmapped_types_and_late_actions_are_sentences() -> None:
    sizes = {"bug": (1, 2.0), "story": (2, 8.0)}
    horizon = Area("ready horizon", tuple(Portion(name, *sizes.get(name, (0, 0.0))) for name in KINDS))
    empty = Area("sprints", tuple(Portion(name, 0, 0.0) for name in KINDS))
    channels = Area("ready horizon", tuple(Portion(name, *{"team": (1, 3.0)}.get(name, (0, 0.0))) for name in CHANNELS))
    contents = Contents(
        kinds=(horizon, empty),
        channels=(channels,),
        unmapped={"Chore": ("SHOP-1",)},
        actions=(LateAction(issue("SHOP-2"), has_owner=False, is_late=True),),
        taken_part=TakenPart(3, 1, ("SHOP-1", "SHOP-3")),
    )
    of_kinds, of_channels = chapters(sample(new_issues=None, contents=contents))
    shares, *others = of_kinds.sentences
    assert shares.startswith("In the ready horizon (3 issues): stories 80 %, bugs 20 %, design 0 %, debt 0 %, requests")
    assert others == [
        "1 issue of the type Chore has no kind of work: SHOP-1.",
        "SHOP-2, an action of a retrospective, has no owner and is older than two sprints.",
    ]
    assert of_channels.sentences == (
        "In the ready horizon (1 issue): ART 0 %, teams 100 %, stakeholders 0 %, channel unknown 0 %.",
        "1 of 3 issues in the ready horizon shows that stakeholders took part in the content. Not yet: SHOP-1, SHOP-3.",
    )


def test_without_a_sign_of_stakeholders_nothing_is_said_of_them_and_with_all_no_issue_is_named() -> None:
    none = Contents(kinds=(), channels=(), unmapped={}, actions=())
    [of_all] = chapters(sample(new_issues=None, contents=replace(none, taken_part=TakenPart(2, 2, ()))))

    assert chapters(sample(new_issues=None, contents=none)) == ()
    assert of_all.sentences == ("2 of 2 issues in the ready horizon show that stakeholders took part in the content.",)


def test_what_the_order_rests_on_is_a_sentence() -> None:
    grounds = OrderGrounds(issues=3, value=2, goal=1, stakeholders=0, without=("SHOP-3",))
    empty = Contents(kinds=(), channels=(), unmapped={}, actions=(), grounds=grounds)
    [some] = chapters(sample(new_issues=None, contents=empty))
    [whole] = chapters(sample(new_issues=None, contents=replace(empty, grounds=replace(grounds, without=()))))
    defects = replace(grounds, issues=0, value=0, goal=0, without=())

    assert some.sentences == ("Of 3 issues: value 2, goal 1, stakeholders 0. None of the three: SHOP-3.",)
    assert whole.sentences == ("Of 3 issues: value 2, goal 1, stakeholders 0.",)
    assert chapters(sample(new_issues=None, contents=replace(empty, grounds=defects))) == ()
