"""What the local Jira answers is what the vendors' own API descriptions allow, the whole shop at a time."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import jsonschema
import pytest

from sync.demo.company import criteria_in_field, fill
from sync.fake_jira.server import FakeJira
from tests.external_data import SHARED, needs
from tests.sync.fake_jira.conftest import NOW, Browser

FILES = {
    "v3": "jira-cloud-platform-v3.json",
    "v2": "jira-cloud-platform-v2.json",
    "software": "jira-software-cloud.json",
    "datacenter": "jira-datacenter.json",
}
pytestmark = needs(*(SHARED / "openapi" / name for name in FILES.values()))


@cache
def description(name: str) -> Any:
    """An API description, its `nullable` turned into what JSON Schema says for it."""
    read = nullable(json.loads((SHARED / "openapi" / FILES[name]).read_text(encoding="utf-8")))
    if name == "datacenter":
        # Each field is described there as an object, which is what a map of anything became on the way.
        read["components"]["schemas"]["IssueBean"]["properties"]["fields"] = {"type": "object"}
    return read


def nullable(node: Any) -> Any:
    if isinstance(node, list):
        return [nullable(each) for each in node]
    if not isinstance(node, dict):
        return node
    node = {key: nullable(value) for key, value in node.items()}
    if node.get("nullable") is True and isinstance(node.get("type"), str):
        node["type"] = [node["type"], "null"]
    return node


def check(answer: Any, name: str, schema: str) -> None:
    """Raise unless the answer is what the component schema allows; nothing unknown may be in it either."""
    components = description(name)["components"]
    root = {"$ref": f"#/components/schemas/{schema}", "components": components}
    errors = list(jsonschema.Draft4Validator(root).iter_errors(answer))
    assert not errors, "\n".join(f"{list(error.absolute_path)}: {error.message[:200]}" for error in errors[:5])
    assert set(answer) <= set(components["schemas"][schema].get("properties", answer))


def open_shop(dialect: str) -> Iterator[Browser]:
    with FakeJira(dialect, fill, now=NOW, clock=lambda: NOW) as jira:
        criteria_in_field(jira.state)
        jira.state.add_label("SHOP-120", "seen", by="ana")
        jira.state.comment("SHOP-120", "Looks good", by="jonas")
        jira.state.comment("SHOP-120", "Thanks")
        browser = Browser(jira)
        yield browser
        browser.session.close()


@pytest.fixture(scope="module")
def cloud_shop() -> Iterator[Browser]:
    yield from open_shop("cloud")


@pytest.fixture(scope="module")
def datacenter_shop() -> Iterator[Browser]:
    yield from open_shop("datacenter")


CLOUD = [
    ("v3", "SearchAndReconcileResults", "POST", "api/3/search/jql", {"jql": "project = SHOP", "fields": ["*all"]}),
    ("v2", "SearchAndReconcileResults", "POST", "api/2/search/jql", {"jql": "project = SHOP", "fields": ["*all"]}),
    ("v3", "BulkIssueResults", "POST", "api/3/issue/bulkfetch", {"issueIdsOrKeys": ["SHOP-120"], "fields": ["*all"]}),
    ("v3", "IssueBean", "GET", "api/3/issue/SHOP-120?expand=changelog&properties=*all", None),
    ("v3", "PageOfComments", "GET", "api/3/issue/SHOP-120/comment", None),
    ("v3", "Votes", "GET", "api/3/issue/SHOP-198/votes", None),
    ("v3", "Watchers", "GET", "api/3/issue/SHOP-198/watchers", None),
    ("v3", "PageBeanChangelog", "GET", "api/3/issue/SHOP-120/changelog", None),
    ("v3", "User", "GET", "api/3/myself", None),
    ("v3", "PageBeanUser", "GET", "api/3/user/bulk?accountId=712020:900001&accountId=nobody", None),
    ("v3", "ServerInformation", "GET", "api/3/serverInfo", None),
    ("v3", "Permissions", "GET", "api/3/mypermissions?permissions=EDIT_ISSUES", None),
    ("v3", "IssueLinkTypes", "GET", "api/3/issueLinkType", None),
    ("v3", "JQLCountResultsBean", "POST", "api/3/search/approximate-count", {"jql": "project = SHOP"}),
    ("software", "PageBeanBoard", "GET", "agile/1.0/board", None),
    ("software", "Board", "GET", "agile/1.0/board/11", None),
    ("software", "BoardConfigBean", "GET", "agile/1.0/board/11/configuration", None),
    ("software", "SprintBean", "GET", "agile/1.0/sprint/1104", None),
    ("software", "SprintBean", "GET", "agile/1.0/sprint/1113", None),
    ("software", "SoftwareIssueResults", "GET", "software/1.0/sprint/1110/issue", None),
    ("software", "SearchResults", "GET", "agile/1.0/board/11/backlog", None),
]
DATACENTER = [
    ("SearchResultsBean", "api/2/search?jql=project=SHOP&fields=*all&maxResults=300"),
    ("IssueBean", "api/2/issue/SHOP-120?expand=changelog"),
    ("WatchersBean", "api/2/issue/SHOP-198/watchers"),
    ("CommentsWithPaginationJsonBean", "api/2/issue/SHOP-120/comment"),
    ("IssueLinkTypesBean", "api/2/issueLinkType"),
    ("UserBean", "api/2/user?username=readyline"),
    ("SprintBean", "agile/1.0/sprint/1104"),
    ("BoardBean", "agile/1.0/board/11"),
    ("BoardConfigBean", "agile/1.0/board/11/configuration"),
]
CLOUD_LISTS = [
    ("FieldDetails", "api/3/field"),
    ("Priority", "api/3/priority"),
    ("StatusDetails", "api/3/status"),
    ("IssueTypeDetails", "api/3/issuetype"),
]
DATACENTER_LISTS = [("FieldBean", "api/2/field"), ("IssueTypeJsonBean", "api/2/issuetype")]


@pytest.mark.parametrize(("name", "schema", "method", "path", "body"), CLOUD)
def test_cloud_answers_as_described(
    cloud_shop: Browser, name: str, schema: str, method: str, path: str, body: Any
) -> None:
    answer = cloud_shop.ask(method, path, json=body)

    assert answer.status_code == 200, answer.text
    check(answer.json(), name, schema)


def test_clouds_bulk_history_is_as_described_but_for_its_dates(cloud_shop: Browser) -> None:
    """The description says a date and time; the site sends milliseconds, as its own example nearly does."""
    answer = cloud_shop.ask("POST", "api/3/changelog/bulkfetch", json={"issueIdsOrKeys": ["SHOP-120"]}).json()

    rows = [row for log in answer["issueChangeLogs"] for row in log["changeHistories"]]
    assert rows
    for row in rows:
        row["created"] = datetime.fromtimestamp(row["created"] / 1000, UTC).isoformat()
    check(answer, "v3", "BulkChangelogResponseBean")


@pytest.mark.parametrize(("schema", "path"), DATACENTER)
def test_data_center_answers_as_described(datacenter_shop: Browser, schema: str, path: str) -> None:
    check(datacenter_shop.get(path), "datacenter", schema)


@pytest.mark.parametrize(("schema", "path"), CLOUD_LISTS)
def test_clouds_lists_hold_what_is_described(cloud_shop: Browser, schema: str, path: str) -> None:
    rows = cloud_shop.get(path)

    assert rows
    for row in rows:
        check(row, "v3", schema)


@pytest.mark.parametrize(("schema", "path"), DATACENTER_LISTS)
def test_data_centers_lists_hold_what_is_described(datacenter_shop: Browser, schema: str, path: str) -> None:
    rows = datacenter_shop.get(path)

    assert rows
    for row in rows:
        check(row, "datacenter", schema)
