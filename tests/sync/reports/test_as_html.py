import base64
import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from rules.backlog.index import Backlog
from sync.reports import as_html
from tests.sync.reports.page import Page
from tests.sync.reports.sample import DRY_RUN, HIDDEN, SECRET, STARTED, history, sample


def test_well_formed() -> None:
    """Every tag that is opened is closed, in order."""
    page = Page(as_html.render(sample()))
    assert page.faults == []
    assert page.open == []


def test_self_contained() -> None:
    """No script, no frame, no form, nothing loaded from anywhere."""
    page = Page(as_html.render(sample()))
    tags = set(page.shape)
    assert not tags & {"script", "iframe", "object", "embed", "form", "link", "img", "base", "audio", "video", "image"}
    assert not [one for one in page.elements if {"src", "srcset", "xlink:href", "style"} & one.attributes.keys()]
    style = page.all("style")[0].text
    assert "url(" not in style
    assert "@import" not in style


def test_policy() -> None:
    """The page's policy allows its own style sheet, by digest, and nothing else."""
    source = as_html.render(sample())
    style = re.search(r"<style>(.*?)</style>", source, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policies = [one.attributes["content"] for one in Page(source).all("meta") if "http-equiv" in one.attributes]
    assert policies == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]


def test_links() -> None:
    """Every link leads to an issue of the site."""
    page = Page(as_html.render(sample()))
    found = {one.attributes["href"] for one in page.all("a")}
    assert found
    assert all(re.fullmatch(r"https://shop\.example\.net/browse/SHOP-\d+", address) for address in found)


@pytest.mark.parametrize("site", ["", "javascript:alert(1)", "https://user:pass@shop.example", "ftp://shop.example"])
def test_no_links(site: str) -> None:
    """Without a plain http or https address there are no links."""
    assert Page(as_html.render(sample(site=site))).all("a") == []


def test_headings_in_order() -> None:
    """One first heading, no level skipped: a screen reader's table of contents."""
    levels = [int(one.tag[1]) for one in Page(as_html.render(sample())).elements if re.fullmatch("h[1-6]", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_accessible_charts_and_tables() -> None:
    """Every chart has words, every table heading a scope."""
    page = Page(as_html.render(sample()))
    charts = [one for one in page.all("svg") if one.attributes.get("role") == "img"]
    titles = [one for one in page.all("title") if one.text.strip()]
    assert len(charts) >= 10
    assert len(titles) >= len(charts)
    assert all(one.attributes.get("scope") in {"row", "col"} for one in page.all("th"))


def test_the_answer_comes_first() -> None:
    """The heading says whether there is enough ready work; above it is the goal, below it for how long it lasts."""
    page = Page(as_html.render(sample()))
    assert page.all("h1")[0].text.strip() == "Not enough ready work"
    text = " ".join(page.text.split())
    assert text.index("Product Goal: Guests check out without an account") < text.index("It lasts 0.8 sprints")
    ready = "12 of 25 issues in the ready horizon are ready (48 %), 13 not ready"
    assert f"{ready}. 21 of 25 issues within three sprints were changed in the last 45 days." in text


def test_order_is_rank() -> None:
    """The issues that are not ready are in backlog order."""
    section = as_html.render(sample()).partition("Not ready in the ready horizon:")[2].partition("<h3>Decisions")[0]
    ranks = [int(found) for found in re.findall(r'data-label="Rank">(\d+)<', section)]
    assert ranks == [4, 6, 10, 14, 15, 16, 17, 18, 19, 21, 22, 23, 24]


def test_restricted() -> None:
    """A restricted issue is there by its key alone."""
    source = as_html.render(sample())
    assert HIDDEN in source
    assert SECRET not in source


def test_same_bytes() -> None:
    """The same run gives the same page."""
    assert as_html.render(sample()) == as_html.render(sample())


def test_refused() -> None:
    """A refused plan is said at the top and its changes are still listed."""
    source = as_html.render(sample(refused="51 changes, 50 are allowed.", outcomes=()))
    assert source.index("51 changes, 50 are allowed.") < source.index("<main>")
    assert "remove label readyline-ready" in source


def test_in_a_dry_run_a_refused_plan_is_no_notice() -> None:
    """Nothing would have been written anyway: the limits are the administrator's subject, not the Product Owner's."""
    refused = "the plan has 51 changes, [write_back.limits] max_changes allows 50"
    assert refused in as_html.render(sample(refused=refused, outcomes=()))
    page = Page(as_html.render(sample(**DRY_RUN, refused=refused)))
    assert [element for element in page.all("p") if "notice" in (element.attributes.get("class") or "")] == []
    assert "Plan refused" not in page.text


def test_an_outcome_is_shown_where_the_reason_of_its_change_became_another() -> None:
    """The issue was judged again just before the write."""
    base = sample()
    outcomes = tuple(replace(one, change=replace(one.change, why="another reason")) for one in base.outcomes)
    assert "planned</td>" not in as_html.render(sample(outcomes=outcomes))


def test_first_day() -> None:
    """The first day says when the trend starts."""
    assert "The trend starts tomorrow." in as_html.render(sample(history=()))


def test_many_runs_a_day() -> None:
    """Each of the three trends shows one point a day, the last, however many runs there were."""
    runs = tuple(replace(history()[0], at=STARTED - timedelta(minutes=15 * back)) for back in range(1, 400))
    circles = Page(as_html.render(sample(history=runs))).all("circle")
    assert len([one for one in circles if "class" not in one.attributes]) == 3 * 5  # others are of sprints


def test_the_trend_of_ready_issues_ends_with_the_share_of_the_headline() -> None:
    """The ready ones among those of the ready horizon, not of the whole backlog."""
    source = as_html.render(sample())
    share = re.search(r"issues in the ready horizon are ready \((\d+) %\)", source)
    trend = re.search(r'aria-label="Ready issues in the ready horizon: from (\d+) % to (\d+) %"', source)
    assert share is not None
    assert trend is not None
    assert trend.groups() == ("35", share[1])


def test_a_run_that_did_not_keep_the_share_is_not_in_the_trend() -> None:
    """It counted the whole backlog, and a line from one figure to another would be wrong."""
    earlier = tuple(replace(one, near=None, near_ready=None) for one in sample().history)
    assert "Ready issues in the ready horizon" not in as_html.render(sample(history=earlier))


def test_empty_backlog() -> None:
    """An empty backlog without teams is still a page."""
    base = sample()
    empty = replace(
        base,
        backlog=Backlog(
            snapshot=replace(base.snapshot, issues=(), sprints=(), product=replace(base.snapshot.product, teams=()))
        ),
        judgement=replace(base.judgement, verdicts=()),
        deep=replace(base.deep, letters=(), runways=(), actions=(), score=None),
        capacities=(),
        proposal=replace(base.proposal, placements=(), left_out=()),
        plan=replace(base.plan, changes=(), left_as_is=(), in_scope=0),
        outcomes=(),
        history=(),
    )
    page = Page(as_html.render(empty))
    assert page.faults == []
    assert "Nothing to write: the tracker is up to date." in page.text


def test_long_lists_fold() -> None:
    """Ten rows are shown, the rest is folded, and beyond two hundred only counted."""
    base = sample()
    one = base.judgement.by_key["SHOP-151"]
    many = tuple(
        replace(one, issue=replace(one.issue, id=str(number), key=f"SHOP-{number}")) for number in range(1000, 1300)
    )
    source = as_html.render(replace(base, judgement=replace(base.judgement, verdicts=many)))
    assert "290 more" in source
    assert "And 100 more, in the JSON and CSV reports." in source
    assert len(re.findall('data-label="Rank"', source)) == 200


def test_one_team_explained() -> None:
    """The sources of every team's points are in a fold."""
    source = as_html.render(sample(capacities=sample().capacities[:1]))
    assert "Payments: where the 18.1 points come from" in source
    assert "Jonas Weber 8" in source


def test_already_in() -> None:
    """Issues already in the sprint are above the cut line, issues of another sprint are not shown."""
    base = sample()
    sprint = base.capacities[0].sprint
    assert sprint is not None
    moved = {"SHOP-127": sprint.id, "SHOP-143": "9999"}
    issues = tuple(replace(one, sprint=moved.get(one.key)) for one in base.snapshot.issues)
    by_key = {one.key: one for one in issues}
    left = tuple(replace(one, issue=by_key[one.issue.key]) for one in base.proposal.left_out)
    report = replace(base, backlog=base.backlog.with_issues(issues), proposal=replace(base.proposal, left_out=left))
    payments = as_html.render(report).partition("<h2>Proposal")[2].partition("<h3>Storefront")[0]
    assert "1 issue already planned" in payments
    assert payments.index("SHOP-127") < payments.index("Cut line") < payments.index("SHOP-128")
    assert "SHOP-143" not in payments
