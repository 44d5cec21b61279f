"""What a reading says about the words of content."""

import random

from rules.model import Kind
from rules.text import read_issue
from rules.text.content import content_words
from tests.factories import document
from tests.rules.random_backlog import BODIES, TITLES


def test_a_reading_counts_the_words_that_are_not_of_a_template() -> None:
    text = document("## Acceptance criteria\nTBD\n\n## Notes\nThe total is rounded up.")

    assert read_issue("Round the total", text, Kind.STORY).content == 5


def test_a_reading_counts_the_field_for_criteria_as_well() -> None:
    chance = random.Random(1)
    for _ in range(20):
        text, field = document(chance.choice(BODIES)), document(chance.choice(BODIES))
        reading = read_issue(chance.choice(TITLES), text, Kind.STORY, field)

        assert reading.content == len(list(content_words(reading, field)))


def test_a_text_that_only_repeats_the_title_is_known_as_such() -> None:
    repeated = read_issue("Pay with a saved card", document("Pay with a card."), Kind.TASK)
    more = read_issue("Pay with a saved card", document("Pay with a new card."), Kind.TASK)

    assert repeated.repeats_title
    assert not more.repeats_title


def test_a_wish_is_looked_for_only_where_the_text_reads_as_a_defect() -> None:
    title = "Support backgrounds of table rows"
    wish = read_issue(title, document("It would be nice to have this."), Kind.BUG)
    story = read_issue(title, document("It would be nice to have this."), Kind.STORY)

    assert wish.is_wish
    assert not story.is_wish


def test_a_plain_failure_says_what_should_happen_where_no_expectation_is_written() -> None:
    crash = read_issue("App crashes on the second click", document("It happens each time."), Kind.BUG)
    wrong = read_issue("The total looks odd", document("See the receipt of yesterday."), Kind.BUG)

    assert crash.fails_plainly
    assert not wrong.fails_plainly
