"""Queries as people write them."""

import pytest

from sync.trackers.jira.jql import projects_named


@pytest.mark.parametrize(
    ("jql", "named"),
    [
        ("project = SHOP AND statusCategory != Done", ("SHOP",)),
        ('project in (SHOP, "Web Shop") ORDER BY Rank', ("SHOP", "Web Shop")),
        ("project='SHOP' OR project = SHOP", ("SHOP",)),
        ("filter = 12", ()),
    ],
)
def test_the_projects_that_a_query_names(jql: str, named: tuple[str, ...]) -> None:
    assert projects_named(jql) == named
