"""The GraphQL documents.

An Enterprise Server may be older than a field: which parts an issue has is asked first, and only these are asked for.
The fields of a Project are asked for by aliases; the alias is also the variable with the field's name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PAGE = 100  # the most that GitHub gives at once
COMMENTS = 100  # with an issue; more of them are read one page after the other
OPTIONAL = ("issueType", "parent", "subIssues", "subIssuesSummary", "blockedBy", "blocking", "issueDependenciesSummary")
"""Parts of an issue that came after 2023."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document: the name of its operation, and its text."""

    name: str
    text: str


SITE = Document(
    "Site",
    """query Site { viewer { login } issue: __type(name: "Issue") { fields { name } } }""",
)
REPOSITORY = Document(
    "Repository",
    """query Repository($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    nameWithOwner isArchived hasIssuesEnabled viewerPermission issues(states: OPEN) { totalCount }
  }
}""",
)
_ITERATION = "id title startDate duration"
PROJECT = Document(
    "Project",
    f"""query Project($owner: String!, $number: Int!) {{
  repositoryOwner(login: $owner) {{ ... on ProjectV2Owner {{ projectV2(number: $number) {{
    id number title closed viewerCanUpdate
    fields(first: 100) {{ nodes {{
      ... on ProjectV2FieldCommon {{ id name dataType }}
      ... on ProjectV2SingleSelectField {{ options {{ name }} }}
      ... on ProjectV2IterationField {{
        configuration {{ iterations {{ {_ITERATION} }} completedIterations {{ {_ITERATION} }} }}
      }}
    }} }}
  }} }} }}
}}""",
)
ENDS = Document(
    "Ends",
    """query Ends($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Issue { number title state repository { nameWithOwner } } }
}""",
)
_COMMENT = "fullDatabaseId body createdAt viewerDidAuthor author { login ... on User { name } }"
COMMENTS_OF = Document(
    "Comments",
    f"""query Comments($issue: ID!, $after: String) {{
  node(id: $issue) {{ ... on Issue {{
    comments(first: {PAGE}, after: $after) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ {_COMMENT} }} }}
  }} }}
}}""",
)
_VALUE = """
fragment Value on ProjectV2ItemFieldValue {
  ... on ProjectV2ItemFieldNumberValue { number }
  ... on ProjectV2ItemFieldTextValue { text }
  ... on ProjectV2ItemFieldSingleSelectValue { name }
  ... on ProjectV2ItemFieldIterationValue { iterationId }
}"""
_EVENTS: Mapping[str, str] = {
    "LABELED_EVENT": "... on LabeledEvent { createdAt actor { login } label { name } }",
    "UNLABELED_EVENT": "... on UnlabeledEvent { createdAt actor { login } label { name } }",
    "MILESTONED_EVENT": "... on MilestonedEvent { createdAt actor { login } }",
    "DEMILESTONED_EVENT": "... on DemilestonedEvent { createdAt actor { login } }",
    "RENAMED_TITLE_EVENT": "... on RenamedTitleEvent { createdAt actor { login } }",
    "CLOSED_EVENT": "... on ClosedEvent { createdAt actor { login } }",
    "REOPENED_EVENT": "... on ReopenedEvent { createdAt actor { login } }",
    "ASSIGNED_EVENT": "... on AssignedEvent { createdAt actor { login } }",
    "UNASSIGNED_EVENT": "... on UnassignedEvent { createdAt actor { login } }",
    "COMMENT_DELETED_EVENT": (
        "... on CommentDeletedEvent { createdAt actor { login } deletedCommentAuthor { login } }"
    ),
}
_END = "{ nodes { id number title state repository { nameWithOwner } } }"
_PARTS: Mapping[str, str] = {
    "issueType": "issueType { name }",
    "parent": "parent { number repository { nameWithOwner } }",
    "subIssues": f"subIssues(first: 100) {_END}",
    "blockedBy": f"blockedBy(first: 50) {_END}",
    "blocking": f"blocking(first: 50) {_END}",
}
_SWEPT: Mapping[str, str] = {
    "parent": "parent { id }",
    "subIssuesSummary": "subIssuesSummary { total }",
    "issueDependenciesSummary": "issueDependenciesSummary { totalBlockedBy totalBlocking }",
}
"""What a list says of the parts that may change without the issue's date."""


def items(known: Iterable[str], roles: Iterable[str]) -> Document:
    """One page of the items of a Project in their order; the issues with what shows whether they changed."""
    names = list(roles)
    return Document(
        "Items",
        f"""query Items($project: ID!, $after: String{_variables(names)}) {{
  node(id: $project) {{ ... on ProjectV2 {{
    items(first: {PAGE}, after: $after, orderBy: {{field: POSITION, direction: ASC}}) {{
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ id type {_aliases(names)} content {{ ... on Issue {{ {_swept(known)} }} }} }}
    }}
  }} }}
}}{_VALUE if names else ""}""",
    )


def issues(known: Iterable[str]) -> Document:
    """One page of the issues of a repository, the oldest first."""
    return Document(
        "Issues",
        f"""query Issues($owner: String!, $name: String!, $after: String, $filters: IssueFilters!) {{
  repository(owner: $owner, name: $name) {{
    issues(first: {PAGE}, after: $after, filterBy: $filters, orderBy: {{field: CREATED_AT, direction: ASC}}) {{
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ {_swept(known)} }}
    }}
  }}
}}""",
    )


def details(known: Iterable[str], roles: Iterable[str], *, with_project: bool) -> Document:
    """Some issues with everything; in each Project's item the values of these fields."""
    names = list(roles) if with_project else []
    parts = " ".join(_PARTS[name] for name in known if name in _PARTS)
    project = (
        f"projectItems(first: 20, includeArchived: true) {{ nodes {{ id project {{ id }} {_aliases(names)} }} }}"
        if with_project
        else ""
    )
    return Document(
        "Details",
        f"""query Details($ids: [ID!]!{_variables(names)}) {{
  nodes(ids: $ids) {{ ... on Issue {{
    id number title body state createdAt updatedAt closedAt lastEditedAt locked
    repository {{ nameWithOwner isArchived }}
    editor {{ login }} author {{ login ... on User {{ name }} }}
    assignees(first: 10) {{ nodes {{ login name }} }}
    labels(first: 100) {{ nodes {{ name }} }}
    milestone {{ id }}
    {parts}
    comments(last: {COMMENTS}) {{ totalCount nodes {{ {_COMMENT} }} }}
    timelineItems(last: 100, itemTypes: [{", ".join(_EVENTS)}]) {{
      nodes {{ __typename {" ".join(_EVENTS.values())} }}
    }}
    {project}
  }} }}
}}{_VALUE if names else ""}""",
    )


def relabel(*, adds: bool, removes: bool) -> Document:
    """Add labels, remove labels, or both in one request: they are done in this order. Twice is once."""
    given = "".join((", $add: [ID!]!" if adds else "", ", $remove: [ID!]!" if removes else ""))
    after = "{ labelable { ... on Issue { labels(first: 100) { nodes { name } } } } }"
    add = f"add: addLabelsToLabelable(input: {{labelableId: $issue, labelIds: $add}}) {after}"
    remove = f"remove: removeLabelsFromLabelable(input: {{labelableId: $issue, labelIds: $remove}}) {after}"
    parts = "\n  ".join([add] * adds + [remove] * removes)
    return Document("Relabel", f"mutation Relabel($issue: ID!{given}) {{\n  {parts}\n}}")


def move(*, into: bool) -> Document:
    """Put an item of a Project into an iteration, or take it out of its iteration."""
    verb, given, value = ("clear", "", "")
    if into:
        verb, given, value = ("update", ", $iteration: String!", ", value: {iterationId: $iteration}")
    return Document(
        "Move",
        f"""mutation Move($project: ID!, $item: ID!, $field: ID!, $sprint: String!{given}) {{
  moved: {verb}ProjectV2ItemFieldValue(input: {{projectId: $project, itemId: $item, fieldId: $field{value}}}) {{
    projectV2Item {{ sprint: fieldValueByName(name: $sprint) {{ ...Value }} }}
  }}
}}{_VALUE}""",
    )


def _swept(known: Iterable[str]) -> str:
    return " ".join(("id state updatedAt", *(_SWEPT[name] for name in known if name in _SWEPT)))


def _variables(roles: Iterable[str]) -> str:
    return "".join(f", ${role}: String!" for role in roles)


def _aliases(roles: Iterable[str]) -> str:
    return " ".join(f"{role}: fieldValueByName(name: ${role}) {{ ...Value }}" for role in roles)
