"""Texts in the shape of the templates that many sites hand out, read as a tracker would hand them over."""

import pytest

from rules.model import Kind
from rules.text import Reading, read_issue
from sync import markup

BUG_FORM = """
**Describe the bug**
{what}

**To Reproduce**
Steps to reproduce the behavior:
{steps}

**Expected behavior**
{expected}

**Screenshots**
If applicable, add screenshots to help explain your problem.

**Desktop (please complete the following information):**
 - OS: {system}
"""
EMPTY_BUG_FORM = BUG_FORM.format(
    what="A clear and concise description of what the bug is.",
    steps="1. Go to '...'\n2. Click on '....'\n3. See error",
    expected="A clear and concise description of what you expected to happen.",
    system="[e.g. iOS]",
)
FILLED_BUG_FORM = BUG_FORM.format(
    what="The total is shown twice.",
    steps="1. Put a book into the basket\n2. Open the basket",
    expected="One total.",
    system="Ubuntu",
)
ISSUE_FORM = """
### Is there an existing issue for this?

- [X] I have searched the existing issues

### Current Behavior

The total is shown twice.

### Expected Behavior

One total.

### Steps To Reproduce

1. Put a book into the basket
2. Open the basket

### Anything else?

_No response_
"""
FEATURE_FORM = """
**Is your feature request related to a problem? Please describe.**
A clear and concise description of what the problem is. Ex. I'm always frustrated when [...]

**Describe the solution you'd like**
Guests can pay by card.
"""
BUGZILLA = """
Description of problem:
{what}

Version-Release number of selected component (if applicable):


Steps to Reproduce:
1.{one}
2.{two}

Actual results:
{actual}

Expected results:
{expected}
"""
EMPTY_BUGZILLA = BUGZILLA.format(what="", one="", two="", actual="", expected="")
FILLED_BUGZILLA = BUGZILLA.format(
    what="Two totals", one=" Buy a book", two=" Look", actual="Two totals", expected="One total"
)
QUESTIONS_FORM = """
# Description

What are we doing?

## The problem

Why is this bad?

## Solution

Keep the total in one place.
"""
QUOTED_HELP = """
### Problem to solve

The total is shown twice.

### Terminology
> Define terms that are important in the context of this task
"""
GITLAB_BUG = """
### Steps to reproduce

(How one can reproduce the issue - this is very important)

### What is the current *bug* behavior?

Nothing happens.

### What is the expected *correct* behavior?

The basket opens.
"""
WIKI_BUG = """
h3. Issue Summary
The total is shown twice.
h3. Steps to Reproduce
# Put a book into the basket
# Open the basket
h3. Expected Results
One total.
h3. Actual Results
Crash
"""


def _read(text: str, dialect: str, kind: Kind = Kind.TASK, title: str = "Basket") -> Reading:
    return read_issue(title, markup.read(text.strip("\n"), dialect), kind)


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        (FILLED_BUG_FORM, "markdown"),
        (ISSUE_FORM, "markdown"),
        (FILLED_BUGZILLA, "wiki"),
        (WIKI_BUG, "wiki"),
    ],
)
def test_a_filled_bug_template_has_steps_expected_and_actual_whatever_its_type(text: str, dialect: str) -> None:
    facts = _read(text, dialect).facts

    assert (facts.acceptance, facts.steps, facts.expected, facts.actual) == ("na", "yes", "yes", "yes")


@pytest.mark.parametrize(
    ("text", "dialect"), [(EMPTY_BUG_FORM, "markdown"), (EMPTY_BUGZILLA, "wiki"), (EMPTY_BUGZILLA, "markdown")]
)
def test_the_words_of_an_unfilled_template_are_no_report(text: str, dialect: str) -> None:
    facts = _read(text, dialect, Kind.BUG).facts

    assert (facts.steps, facts.expected, facts.placeholder) == ("no", "no", "yes")


@pytest.mark.parametrize("text", [ISSUE_FORM, FEATURE_FORM, QUESTIONS_FORM, QUOTED_HELP, GITLAB_BUG])
def test_a_part_of_a_template_left_as_it_was_is_a_placeholder(text: str) -> None:
    assert _read(text, "markdown").facts.placeholder == "yes"


def test_a_question_of_the_template_is_not_one_of_the_author() -> None:
    assert _read(QUESTIONS_FORM, "markdown").facts.open_question == "no"


def test_nothing_is_an_answer_to_what_happens() -> None:
    reading = _read(GITLAB_BUG, "markdown")

    assert reading.actual is not None
    assert reading.actual.text == "Nothing happens."
    assert reading.facts.steps == "no"


@pytest.mark.parametrize("heading", ["*Actual result*", "Actual result:", "h5. Actual result"])
def test_a_word_that_could_head_a_section_answers_the_heading_above_it(heading: str) -> None:
    reading = _read(f"{heading}\nCrash\n\n*Expected result*\nNo crash", "wiki", Kind.BUG)

    assert reading.facts.placeholder == "no"
    assert reading.actual is not None
    assert reading.actual.text == "Crash"


@pytest.mark.parametrize(
    "text",
    [
        "The log says\n--\nand stops.",
        "[INFO]  test\n--\nmore of it",
        "Run the code above:\n---\nIt stops.",
        "One thing\n\n...\n\nand another.",
        "# Run the app and look:\n# It stops.",
        "h5. It is a regression, 3.4.1 works fine.",
    ],
)
def test_what_only_looks_like_an_empty_slot_is_none(text: str) -> None:
    assert _read(text, "wiki", Kind.BUG).facts.placeholder == "no"


@pytest.mark.parametrize(
    ("criteria", "presence"),
    [
        (
            "- [ ] Given: sample criteria from the template\n- [ ] When: the ticket is sent\n- [ ] Then: replace me",
            "empty",
        ),
        ("Example acceptance criteria: the user sees the thing.", "empty"),
        ("- The list shows ten samples\n- An example is offered on the first page", "present"),
    ],
)
def test_criteria_that_call_themselves_a_sample_came_with_the_template(criteria: str, presence: str) -> None:
    text = f"As a shopper, I want a basket.\n\n## Acceptance criteria\n\n{criteria}\n"
    reading = read_issue("Basket", markup.read(text, "markdown"), Kind.STORY)
    assert reading.facts.acceptance == presence


STORY = "As an accountant I want to export the report so that I can archive it.\n\n"


@pytest.mark.parametrize(
    "content",
    [
        "- Given [context]\n- When [action]\n- Then [outcome]",
        "Given <precondition> when <action> then <result>",
        "Angenommen [Kontext]\nWenn [Aktion]\nDann [Ergebnis]",
        "- Given ...\n- When ...\n- Then ...",
        "Given:\n\nWhen:\n\nThen:\n\nAnd:",
        "Given\nWhen\nThen",
        "## Scenario 1\n\nGiven:\n\nWhen:\n\nThen:",
        "- [ ] Criterion 1\n- [ ] Criterion 2",
        "1. Criterion\n2. Criterion",
        "- [ ] First criterion\n- [ ] Second criterion",
        "* criterion #1",
        "- Kriterium 1\n- Kriterium 2",
        "- Critère 1",
        "- 条件1\n- 条件2",
        "((What decides that this story is finished))",
        "_Describe what must hold for this story to be done_",
        "*List the conditions that must be met here*",
        "(Beschreibe, was gelten muss)",
        "(Décrivez ce qui doit être vrai)",
        "> Describe the conditions",
        "(Example: The user sees a message)",
        "Example: The user sees a message",
        "z.B. die Meldung erscheint",
        "- Verify",
        "- [ ] Verify that",
        "- The user can ...",
        "- The user should",
        "- [ ]\n- [ ]",
        "[Add acceptance criteria here]",
        "Please add acceptance criteria",
        "Conditions that must be met for the story to be accepted",
        "What must be true so that this story can be accepted?",
        "{{criteria}}",
        "- <criterion>\n- <criterion>",
        "TBD by the owner",
        "TODO: write criteria",
        "Lorem ipsum dolor sit amet",
        "noch offen",
        "待补充",
        "- ~~The file opens~~\n- ~~The file holds all rows~~",
        "![criteria](criteria.png)",
        "See the description",
        "see SHOP-12",
        "1.\n2.\n3.",
    ],
)
def test_an_untouched_place_for_criteria_is_empty(content: str) -> None:
    facts = _read(f"{STORY}## Acceptance criteria\n\n{content}\n", "markdown", Kind.STORY).facts

    assert (facts.acceptance, facts.criteria) == ("empty", 0)


@pytest.mark.parametrize(
    ("content", "criteria"),
    [
        ("- The file opens\n- ...", 1),
        ("- TBD\n- The file opens", 1),
        ("- [ ] Criterion 1: The file opens", 1),
        ("- The list is sorted by name (e.g. A, B)", 1),
        ("- See error message 'No rows' when the month is empty", 1),
        ("- ![x](a.png) The file looks like this", 1),
        ("- Steps are numbered", 1),
        ("- Requirement 4.2 of the norm is met", 1),
        ("- Given [a filter](https://w.example)\n- When it is set\n- Then ten rows are left", 1),
        ("Example: empty months\n\n- An empty month says so", 1),
    ],
)
def test_what_is_filled_in_stays_though_it_looks_like_a_template(content: str, criteria: int) -> None:
    facts = _read(f"{STORY}## Acceptance criteria\n\n{content}\n", "markdown", Kind.STORY).facts

    assert (facts.acceptance, facts.criteria) == ("present", criteria)


def test_a_criterion_next_to_the_templates_sample_counts() -> None:
    text = (
        "## Acceptance criteria\n\n- [ ] Guests see the total\n- [ ] Given: sample criteria from the template\n"
        "    - [ ] When: the ticket is sent\n    - [ ] Then: replace me"
    )
    reading = _read(text, "markdown", Kind.STORY)

    assert [criterion.quote.text for criterion in reading.criteria] == ["Guests see the total"]
    assert reading.facts.placeholder == "yes"


def test_the_headings_of_an_empty_template_without_spaces_are_headings() -> None:
    reading = _read("#Title\n\n\n#Description/Context\n\n\n#Definition of Done\n", "markdown")

    assert reading.facts.acceptance == "empty"
    assert len(reading.empty_slots) == 3


def test_an_untouched_bug_template_of_another_language_has_no_steps() -> None:
    text = "## Schritte zur Reproduktion\n1. Schritt 1\n2. Schritt 2\n\n## Erwartetes Verhalten\n"
    facts = _read(text, "markdown", Kind.BUG, "Summe falsch").facts

    assert (facts.steps, facts.expected, facts.placeholder) == ("no", "no", "yes")
