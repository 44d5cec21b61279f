"""Which techniques are suggested for what rules find."""

from rules.techniques import TECHNIQUES, suggested, technique_for


def test_a_rule_has_at_most_one_technique() -> None:
    rules = [rule for one in TECHNIQUES for rule in one.rules]

    assert len(rules) == len(set(rules))
    assert technique_for("ready.titled") is None


def test_the_techniques_that_help_with_most_issues_come_first_and_each_issue_counts_once() -> None:
    made = suggested(
        [
            ("A-1", "ready.timeboxed"),
            ("A-2", "ready.acceptance"),
            ("A-2", "ready.testable"),
            ("A-3", "ready.open_questions"),
            ("A-3", "ready.titled"),
        ]
    )

    assert [(one.technique.name, one.issues) for one in made] == [
        ("Example mapping", ("A-2", "A-3")),
        ("Spike", ("A-1",)),
    ]
    assert made[1].text.startswith("Spike (A-1): Take a fixed time")


def test_no_more_than_three_are_suggested_and_none_where_nothing_was_found() -> None:
    assert len(suggested(("A-1", one.rules[0]) for one in TECHNIQUES)) == 3
    assert suggested([]) == ()
