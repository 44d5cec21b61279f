"""Every GraphQL document that we send to GitHub is valid by its schema."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

from sync.trackers.github import queries
from sync.trackers.github.queries import Document

SCHEMA = build_schema((Path(__file__).parent / "github.graphql").read_text(encoding="utf-8"))
ROLES = ("points", "sprint", "status", "priority", "component", "acceptance")
KNOWN: Sequence[tuple[str, ...]] = (queries.OPTIONAL, ())
"""What a site of today and an old Enterprise Server have."""

DOCUMENTS: Sequence[Document] = (
    queries.SITE,
    queries.REPOSITORY,
    queries.PROJECT,
    queries.ENDS,
    queries.COMMENTS_OF,
    *(queries.items(known, roles) for known in KNOWN for roles in (ROLES, ())),
    *(queries.issues(known) for known in KNOWN),
    *(queries.details(known, ROLES, with_project=with_project) for known in KNOWN for with_project in (True, False)),
    *(queries.relabel(adds=adds, removes=removes) for adds, removes in ((True, True), (True, False), (False, True))),
    *(queries.move(into=into) for into in (True, False)),
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_a_document_is_valid(document: Document) -> None:
    assert [error.message for error in validate(SCHEMA, parse(document.text))] == []


def test_every_document_is_looked_at() -> None:
    fixed = {id(value) for value in vars(queries).values() if isinstance(value, Document)}
    assert fixed <= {id(document) for document in DOCUMENTS}


def test_a_name_that_github_does_not_have_is_found() -> None:
    """Else the tests above prove nothing."""
    wrong = queries.ENDS.text.replace("nameWithOwner", "fullName")
    assert validate(SCHEMA, parse(wrong))[0].message == "Cannot query field 'fullName' on type 'Repository'."
