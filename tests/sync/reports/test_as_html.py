import base64
import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from rules.backlog.index import Backlog
from rules.backlog.what_if import with_issues
from rules.deep.model import Signal
from sync.reports import RENDERERS, address, as_html, as_markdown, as_text, learned, pages
from sync.reports import format as wording
from tests.sync.reports.page import Page, all_pages, first_page, team_page
from tests.sync.reports.sample import DRY_RUN, HIDDEN, SECRET, STARTED, history, sample

NAMES = (
    "readyline.html",
    "readyline-team-payments.html",
    "readyline-team-storefront.html",
    "readyline-team-search.html",
    "readyline-admin.html",
    "index.html",
)
EACH = pytest.mark.parametrize("name", NAMES)


@EACH
def test_well_formed(name: str) -> None:
    """Every tag that is opened is closed, in order."""
    page = Page(pages.render(sample())[name])
    assert page.faults == []
    assert page.open == []


@EACH
def test_self_contained(name: str) -> None:
    """No script, no frame, no form, nothing loaded from anywhere."""
    page = Page(pages.render(sample())[name])
    tags = set(page.shape)
    assert not tags & {"script", "iframe", "object", "embed", "form", "link", "img", "base", "audio", "video", "image"}
    assert not [one for one in page.elements if {"src", "srcset", "xlink:href", "style"} & one.attributes.keys()]
    style = page.all("style")[0].text
    assert "url(" not in style
    assert "@import" not in style


@EACH
def test_policy(name: str) -> None:
    """The page's policy allows its own style sheet, by digest, and nothing else."""
    source = pages.render(sample())[name]
    style = re.search(r"<style>(.*?)</style>", source, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policies = [one.attributes["content"] for one in Page(source).all("meta") if "http-equiv" in one.attributes]
    assert policies == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]


@EACH
def test_links(name: str) -> None:
    """Every link leads to an issue of the site, to another page, or within the page."""
    page = Page(pages.render(sample())[name])
    found = {one.attributes["href"] for one in page.all("a")}
    assert found >= {"#main", *NAMES}
    issues = found - {"#main", *NAMES}
    assert all(re.fullmatch(r"https://shop\.example\.net/browse/SHOP-\d+", one) for one in issues)


@pytest.mark.parametrize("site", ["", "javascript:alert(1)", "https://user:pass@shop.example", "ftp://shop.example"])
def test_no_links(site: str) -> None:
    """Without a plain http or https address there are no links to issues."""
    assert {one.attributes["href"] for one in Page(all_pages(sample(site=site))).all("a")} == {
        "#main",
        "readyline-planning.html",
        *NAMES,
    }


@EACH
def test_headings_in_order(name: str) -> None:
    """One first heading, no level skipped: a screen reader's table of contents."""
    levels = [int(one.tag[1]) for one in Page(pages.render(sample())[name]).elements if re.fullmatch("h[1-6]", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_accessible_charts_and_tables() -> None:
    """Every chart has words, every table heading a scope."""
    page = Page(first_page(sample()))
    charts = [one for one in page.all("svg") if one.attributes.get("role") == "img"]
    titles = [one for one in page.all("title") if one.text.strip()]
    assert len(charts) >= 10
    assert len(titles) >= len(charts)
    assert all(one.attributes.get("scope") in {"row", "col"} for one in page.all("th"))


def test_the_answer_comes_first() -> None:
    """The heading says whether there is enough ready work; above it is the goal, below it for how long it lasts."""
    page = Page(first_page(sample()))
    assert page.all("h1")[0].text.strip() == "Not enough ready work"
    text = " ".join(page.text.split())
    assert text.index("Product Goal: Guests check out without an account") < text.index("It lasts 0.8 sprints")
    ready = "12 of 25 issues in the ready horizon are ready (48 %), 13 not ready"
    assert f"{ready}. 21 of 25 issues of the next three sprints were changed in the last 45 days." in text


def test_order_is_rank() -> None:
    """The issues that are not ready are in backlog order."""
    section = first_page(sample()).partition("Not ready in the ready horizon:")[2].partition(">Decisions</h2>")[0]
    ranks = [int(found) for found in re.findall(r'data-label="Rank">(\d+)<', section)]
    assert ranks == [4, 6, 10, 14, 15, 16, 17, 18, 19, 21, 22, 23, 24]


def test_restricted() -> None:
    """A restricted issue is there by its key alone."""
    source = first_page(sample())
    assert HIDDEN in source
    assert SECRET not in source


def test_same_bytes() -> None:
    """The same run gives the same page."""
    assert first_page(sample()) == first_page(sample())


def test_refused() -> None:
    """A refused plan is said at the top of two pages, and its changes are still listed for the administrator."""
    made = pages.render(sample(refused="51 changes, 50 are allowed.", outcomes=()))
    for name in (address.FIRST, address.ADMIN):
        assert made[name].index("51 changes, 50 are allowed.") < made[name].index(
            "</header>\n<", made[name].index("<h1")
        )
    assert "remove label readyline-ready" in made[address.ADMIN]


def test_in_a_dry_run_a_refused_plan_is_no_notice() -> None:
    """Nothing would have been written anyway: the limits are the administrator's subject, not the Product Owner's."""
    refused = "the plan has 51 changes, [write_back.limits] max_changes allows 50"
    assert refused in first_page(sample(refused=refused, outcomes=()))
    page = Page(first_page(sample(**DRY_RUN, refused=refused)))
    assert [element for element in page.all("p") if "notice" in (element.attributes.get("class") or "")] == []
    assert "Plan refused" not in page.text


def test_an_outcome_is_shown_where_the_reason_of_its_change_became_another() -> None:
    """The issue was judged again just before the write."""
    base = sample()
    outcomes = tuple(replace(one, change=replace(one.change, why="another reason")) for one in base.outcomes)
    assert "planned</td>" not in pages.render(sample(outcomes=outcomes))[address.ADMIN]


def test_first_day() -> None:
    """The first day says when the trend starts."""
    assert "The trend starts tomorrow." in first_page(sample(history=()))


def test_many_runs_a_day() -> None:
    """Each of the three trends shows one point a day, the last, however many runs there were."""
    runs = tuple(replace(history()[0], at=STARTED - timedelta(minutes=15 * back)) for back in range(1, 400))
    circles = Page(first_page(sample(history=runs))).all("circle")
    assert len([one for one in circles if "class" not in one.attributes]) == 3 * 5  # others are of sprints


def test_the_trend_of_ready_issues_ends_with_the_share_of_the_headline() -> None:
    """The ready ones among those of the ready horizon, not of the whole backlog."""
    source = first_page(sample())
    share = re.search(r"issues in the ready horizon are ready \((\d+) %\)", source)
    trend = re.search(r'aria-label="Ready issues in the ready horizon: from (\d+) % to (\d+) %"', source)
    assert share is not None
    assert trend is not None
    assert trend.groups() == ("35", share[1])


def test_a_run_that_did_not_keep_the_share_is_not_in_the_trend() -> None:
    """It counted the whole backlog, and a line from one figure to another would be wrong."""
    earlier = tuple(replace(one, near=None, near_ready=None) for one in sample().history)
    assert "Ready issues in the ready horizon" not in first_page(sample(history=earlier))


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
    page = Page(all_pages(empty))
    assert page.faults == []
    assert "Nothing to write: the tracker is up to date." in page.text
    assert "No team is configured, so there is no proposal." in page.text


def test_long_lists_fold() -> None:
    """Ten rows are shown, the rest is folded, and beyond two hundred only counted."""
    base = sample()
    one = base.judgement.by_key["SHOP-151"]
    many = tuple(
        replace(one, issue=replace(one.issue, id=str(number), key=f"SHOP-{number}")) for number in range(1000, 1300)
    )
    source = first_page(replace(base, judgement=replace(base.judgement, verdicts=many)))
    assert "290 more" in source
    assert "And 100 more, in the JSON and CSV reports." in source
    assert len(re.findall('data-label="Rank"', source)) == 200


def test_every_cut_list_says_how_many_are_missing() -> None:
    """Decisions are cut after ten of each kind, with the number of the others."""
    base = sample()
    one = base.judgement.by_key["SHOP-109"]
    assert [finding.rule for finding in one.findings if finding.waived] == ["ready.open_questions"]
    many = tuple(replace(one, issue=replace(one.issue, id=f"{n}", key=f"SHOP-{n}")) for n in range(1000, 1013))
    source = first_page(replace(base, judgement=replace(base.judgement, verdicts=many)))
    assert "And 3 more, in the JSON report." in source


def test_one_team_explained() -> None:
    """The sources of a team's points, and figures of its people, are on its page and on no other."""
    made = pages.render(sample())
    assert [name for name, source in made.items() if "Jonas Weber" in source] == ["readyline-team-payments.html"]
    assert "Days absent: Jonas Weber 8" in team_page(sample(), "Payments")


def test_already_in() -> None:
    """Issues already in the sprint are above the cut line, issues of another sprint are not shown."""
    base = sample()
    sprint = base.capacities[0].sprint
    assert sprint is not None
    moved = {"SHOP-127": sprint.id, "SHOP-143": "9999"}
    issues = tuple(replace(one, sprint=moved.get(one.key)) for one in base.snapshot.issues)
    by_key = {one.key: one for one in issues}
    left = tuple(replace(one, issue=by_key[one.issue.key]) for one in base.proposal.left_out)
    report = replace(base, backlog=with_issues(base.backlog, issues), proposal=replace(base.proposal, left_out=left))
    payments = team_page(report, "Payments").partition(">Proposal</h2>")[2].partition("</section>")[0]
    assert "1 issue already planned" in payments
    assert payments.index("SHOP-127") < payments.index("Cut line") < payments.index("SHOP-128")
    assert "SHOP-143" not in payments


def test_one_page_a_role() -> None:
    """The Product Owner's page is the first, each team has one, and the overview links them all."""
    assert tuple(pages.render(sample())) == NAMES


def test_the_planning_page_is_linked_where_it_is_written() -> None:
    """A link to a page that is not there would lead nowhere."""
    assert "readyline-planning.html" not in all_pages(sample(), beside=())
    made = pages.render(sample(), ("html", "planning"))
    assert all("readyline-planning.html" in source for source in made.values())


def test_the_planning_page_links_back_where_the_others_are_written() -> None:
    """From Sprint Planning a click leads to the pages of the roles."""
    of_planning = RENDERERS["planning"].render
    (alone,), (together,) = (of_planning(sample(), kinds).values() for kinds in (["planning"], ["planning", "html"]))
    found = {one.attributes["href"] for one in Page(together).all("a")}
    assert found >= {*NAMES, "readyline-planning.html"}
    assert Page(alone).all("nav") == []


def test_a_team_that_is_left_out_has_a_page_that_says_so() -> None:
    """Its address stays, and what an earlier run wrote there is not taken for today's."""
    base = sample()
    stopped = replace(base.snapshot, stopped={"Search": "its board cannot be read"})
    capacities = tuple(one for one in base.capacities if one.team.name != "Search")
    report = replace(base, backlog=replace(base.backlog, snapshot=stopped), capacities=capacities)
    page = Page(team_page(report, "Search"))
    assert page.all("h1")[0].text.strip() == "Left out of this run"
    assert "Nothing is planned or written for this team: its board cannot be read." in page.text


def test_what_to_take_out_of_a_sprint_adds_up() -> None:
    """The issues in order with their points, and what is left after all of them."""
    base = sample()
    full = replace(base.capacities[0], load=26.0, take_out=(("SHOP-127", 5.0), ("SHOP-137", 3.0)))
    page = Page(team_page(replace(base, capacities=(full, *base.capacities[1:])), "Payments"))
    text = " ".join(page.text.partition("First to take out")[2].partition("Warnings")[0].split())
    assert text.index("SHOP-127") < text.index("−5 points") < text.index("SHOP-137") < text.index("−3 points")
    assert "26 − 8 = 18 of 18.1 points" in text
    assert "First to take out" not in team_page(base, "Payments")


def test_each_action_has_its_gain_and_who_can_do_it() -> None:
    """In sprints of ready work where it gains any, and in points of DEEP."""
    acts = Page(first_page(sample())).text.partition("What to do first")[2].partition("How long ready work lasts")[0]
    words = " ".join(acts.split())
    assert words.count("+0.1 sprints") == 2
    assert "Payments, Storefront, Search · +4.3 DEEP points" in words
    assert "Ana Alvarez with Payments · +1.1 DEEP points" in words
    assert "Rank blockers first: SHOP-116 above SHOP-113; SHOP-139 above SHOP-122. Ana Alvarez · +9.7 DEEP" in words


def test_the_page_of_a_team_has_its_dependencies_both_ways_and_its_sprints_after_the_next() -> None:
    texts = (Page(team_page(sample(), team)).text for team in ("Payments", "Storefront"))
    payments, storefront = (" ".join(text.split()) for text in texts)
    assert "SHOP-110 needs SHOP-109 (Storefront): Storefront 43 ends too late" in payments
    assert "SHOP-110 (Payments) needs SHOP-109: Storefront 43 ends too late" in storefront
    assert "Payments 44 (23 March to 3 April): 21 of 22.7 points" in payments
    assert "Storefront 44 (" not in payments


def test_the_figures_of_the_headline_do_not_come_again_as_a_table() -> None:
    page = team_page(sample(), "Payments")
    assert wording.days(sample().capacities[0]) in page.partition("</header>")[2]
    assert "<td>30.5 of 44 person-days</td>" not in page


def test_comparisons_that_claim_nothing_are_folded() -> None:
    before, _, after = team_page(sample(), "Payments").partition(f"<summary>{learned.NO_CLAIM}</summary>")
    assert "no claim" in after.partition("</details>")[0]
    assert "no claim" not in before


def test_a_team_learns_of_itself_alone() -> None:
    """What was learned of one team is on no other team's page."""
    payments = team_page(sample(), "Payments").partition(">What we learned</h2>")[2]
    assert "Payments" in payments
    assert "Storefront" not in payments
    assert "Reactions to findings" not in payments
    assert "Reactions to findings" in pages.render(sample())[address.ADMIN]


def test_what_runs_out_first_is_on_top() -> None:
    """The product, then the teams by the day on which ready work is used up."""
    rows = Page(first_page(sample())).text.partition("How long ready work lasts")[2]
    places = [rows.index(f"{name} ") for name in ("Shop", "Search", "Storefront", "Payments")]
    assert places == sorted(places)


def test_every_page_says_what_it_rests_on() -> None:
    """How many issues, how complete, and as of when."""
    for source in pages.render(sample()).values():
        foot = " ".join(Page(source).text.rpartition("What this rests on.")[2].split())
        assert "All 25 issues that the backlog query gives" in foot
        assert "As of 2 March 2026, 09:00 UTC" in foot
        assert "1 issue is restricted: only the key is shown." in foot


def test_mails_by_person() -> None:
    """In a dry run the admin page has the mails of each person."""
    mails = Page(pages.render(sample(**DRY_RUN))[address.ADMIN]).text.partition("Mails by person")[2]
    assert [name for name in ("Ana", "Bo", "Cy", "Di", "Eli", "Fay") if name not in mails] == []


def test_no_page_is_large() -> None:
    """A backlog of 2,500 issues that are all wrong, each with a change, makes no page of 300 KB."""
    base = sample()
    one, change = base.judgement.by_key["SHOP-151"], base.plan.changes[0]
    keys = [f"SHOP-{number}" for number in range(1000, 3500)]
    many = tuple(replace(one, issue=replace(one.issue, id=key, key=key)) for key in keys)
    changes = tuple(replace(change, key=key, issue=key) for key in keys)
    outcomes = tuple(replace(base.outcomes[0], change=made) for made in changes)
    report = replace(
        base,
        judgement=replace(base.judgement, verdicts=many),
        plan=replace(base.plan, changes=changes),
        outcomes=outcomes,
    )
    sizes = {name: len(source.encode()) for name, source in pages.render(report).items()}
    assert [name for name, size in sizes.items() if size >= 300_000] == []


def test_keys_in_sentences_are_links_and_commands_are_code() -> None:
    report = sample()
    link = '<a class="key" href="https://shop.example.net/browse/SHOP-116" rel="noreferrer">SHOP-116</a>'
    sentence = as_html.prose(report, "Ask about SHOP-116 and NO-1 with `readyline keep KEY`, <now>.")
    assert sentence == f"Ask about {link} and NO-1 with <code>readyline keep KEY</code>, &lt;now&gt;."


def test_backticks_in_a_text_of_an_issue_are_shown_as_they_are() -> None:
    assert as_html.prose(sample(), "Run `id` and `rm -r x`") == "Run `id` and `rm -r x`"


def test_with_more_ready_work_than_needed_no_action_promises_more_of_it() -> None:
    report = sample()
    runways = tuple(replace(one, signal=Signal.OVER_REFINED) for one in report.deep.runways)
    full = replace(report, deep=replace(report.deep, runways=runways))
    page = Page(first_page(full))
    for text in (page.text, as_text.render(full), as_markdown.render(full)):
        assert "refine less for now" in " ".join(text.split())
        assert "+0.1 sprints of ready work" not in " ".join(text.split())
    assert not [one for one in page.all("p") if one.attributes.get("class") == "gain"]


def test_nobody_is_told_to_refine_less_while_a_team_lacks_ready_work() -> None:
    report = sample()
    whole, first, *others = (replace(one, signal=Signal.OVER_REFINED) for one in report.deep.runways)
    runways = (whole, replace(first, signal=Signal.AMBER), *others)
    page = Page(first_page(replace(report, deep=replace(report.deep, runways=runways))))
    assert "refine less for now" not in page.text
    assert [one for one in page.all("p") if one.attributes.get("class") == "gain"]


def test_the_overview_answers_about_the_planning() -> None:
    made = pages.render(sample(), ("html", "planning"))
    answer = Page(made["index.html"]).text
    assert re.search(r"[0-9]+ issues? already planned, [0-9]+ more proposed\.", answer)


def test_who_works_a_part_of_each_day_has_it_below_the_name() -> None:
    page = team_page(sample(), "Payments")
    assert 'Tom Reilly <small>80 %<span class="hidden"> of each day</span></small>' in page
    assert "Grace Okafor</th>" in page
