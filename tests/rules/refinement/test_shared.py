"""What several teams agree on about a shared issue, and what is missing."""

from rules.refinement.options import RefinementOptions, SharedPart
from rules.refinement.shared import LONGEST, shared_issue
from tests.factories import issue
from tests.rules.planning.world import story
from tests.rules.refinement.world import OPTIONS, backlog, epic

ALL = """\
## Vision
Guests stay guests.

## User journey
Checkout, step 3

## Value
Fewer abandoned carts

## Deliverable
A consent sheet

## Definition of Done
Same as all teams

## Expected outcome
Half as many questions

## Search
Nothing to do.
"""


def test_an_issue_with_all_parts_and_a_part_of_each_team_lacks_nothing() -> None:
    whole = epic("E-1", ALL)
    one = shared_issue(whole, backlog(whole, story("A-1", parent="E-1")), OPTIONS)

    assert one.missing == ()
    assert one.without_part == ()
    assert one.parts[SharedPart.JOURNEY] == "Checkout, step 3"
    assert one.by_team == {"Payments": ("A-1",), "Search": ("Nothing to do.",)}


def test_what_is_missing_is_named_and_an_empty_heading_is_nothing() -> None:
    whole = epic("E-1", "## Vision\n\n## Deliverable\nA sheet")
    one = shared_issue(whole, backlog(whole), OPTIONS)

    assert SharedPart.VISION in one.missing
    assert SharedPart.DELIVERABLE not in one.missing
    assert one.without_part == ("Payments", "Search")


def test_the_benefit_of_a_story_is_its_value_and_the_products_standard_holds_for_all() -> None:
    whole = issue("A-1", components=("payments", "search"))
    options = RefinementOptions(quality_standard="https://example.com/dod", headings={SharedPart.VISION: {"Mission"}})
    one = shared_issue(whole, backlog(whole), options)

    assert one.parts[SharedPart.VALUE] == "checkout takes seconds"
    assert one.parts[SharedPart.QUALITY] == "https://example.com/dod"
    search = RefinementOptions(quality_standards={"Search": "Shown to two shops"})
    assert shared_issue(whole, backlog(whole), search).parts[SharedPart.QUALITY] == ""
    both = search.model_copy(update={"quality_standard": "https://example.com/dod"})
    assert shared_issue(whole, backlog(whole), both).parts[SharedPart.QUALITY] == (
        "https://example.com/dod; Shown to two shops"
    )
    other = epic("E-1", "## mission\nStay guests")
    assert shared_issue(other, backlog(other), options).parts[SharedPart.VISION] == "Stay guests"


def test_texts_are_cut_and_those_of_restricted_issues_are_not_shown() -> None:
    long_one = epic("E-1", f"## Vision\n{'word ' * 60}")
    assert len(shared_issue(long_one, backlog(long_one), OPTIONS).parts[SharedPart.VISION]) <= LONGEST
    secret = epic("E-1", ALL, restricted=True)
    one = shared_issue(secret, backlog(secret), OPTIONS)
    assert set(one.parts.values()) == {"(restricted)"}
    assert one.by_team["Search"] == ("(restricted)",)
