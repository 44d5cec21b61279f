import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from rules.text import Quote
from rules.verdict import Verdict
from sync.reports import as_json, run_history, setting_list
from sync.reports.base import CutRun, PastRun, RunReport
from sync.reports.json_models import dump
from sync.reports.json_models.documents import DOCUMENTS, Document
from sync.reports.lint import Linted
from sync.reports.redact import shared
from sync.reports.selection import Selection
from sync.store.baseline import Accepted
from tests.sync.reports.sample import PREVIEW, SECRET, SETTINGS, STARTED, history_of_run, sample


def linted(verdict: Verdict) -> Linted:
    return Linted(verdict, "story.md", 1, is_whole_file=True)


def documents(report: RunReport) -> dict[str, Document]:
    """One document of each kind over the same pass."""
    return {
        "lint": as_json.lint_document([linted(one) for one in report.judgement.verdicts]),
        "check": as_json.check_document(report),
        "plan": as_json.plan_document(report),
        "capacity": as_json.capacity_document(report),
        "run": as_json.run_document(report),
        "report": as_json.report_document(report),
        "config": setting_list.document(SETTINGS),
        "cut-run": as_json.cut_run_document(CutRun(run=report.run, why="no answer", report=report)),
        "baseline": as_json.baseline_document([Accepted("f1", "SHOP-1", "ready.titled", "no title", "legacy")], 1),
        "history": run_history.document(history_of_run()),
        "runs": run_history.runs_document(
            [PastRun(run="r", at=STARTED, undoes=None, results={None: 1}, not_written=2)]
        ),
        "preview": as_json.preview_document(PREVIEW, "new.toml", 1),
        "undo": as_json.undo_document("second", report.run, shared(report).plan, shared(report).outcomes),
    }


def read(document: Document) -> Any:
    """What a script would parse."""
    return json.loads(dump(document))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_schema(name: str) -> None:
    """A document names its schema first and satisfies it."""
    text = dump(documents(sample())[name])
    assert text.startswith(f'{{\n  "schema": "readyline/{name}/1",\n')
    schema = DOCUMENTS[name].model_json_schema(mode="serialization", by_alias=True)
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_same_bytes(name: str) -> None:
    """The same run gives the same bytes."""
    assert dump(documents(sample())[name]) == dump(documents(sample())[name])


def test_check_is_stable() -> None:
    """Two runs over one backlog give the same check."""
    later = sample(run="another", requests=99, history=(), finished=sample().finished.replace(year=2027))
    assert dump(as_json.check_document(later)) == dump(as_json.check_document(sample()))


def test_check_issue() -> None:
    """Check holds for each issue what the contract names."""
    found = read(as_json.check_document(sample()))
    assert [one["key"] for one in found["issues"]] == [verdict.issue.key for verdict in sample().judgement.verdicts]
    image_search = next(one for one in found["issues"] if one["key"] == "SHOP-151")
    assert {"id", "key", "verdict", "score", "findings", "passed", "facts"} <= image_search.keys()
    verdict = sample().judgement.by_key["SHOP-151"]
    assert (image_search["verdict"], image_search["score"]) == ("not-ready", verdict.score)
    finding = next(one for one in verdict.findings if one.rule == "ready.blind_estimate")
    assert next(one for one in image_search["findings"] if one["rule"] == finding.rule) == {
        "rule": "ready.blind_estimate",
        "severity": "info",
        "message": finding.message,
        "hint": finding.hint,
        "evidence": [],
        "fingerprint": finding.fingerprint,
        "waived": "",
        "phrase": finding.phrase,
        "part_of": "ready.acceptance",
    }
    quoting = [one for verdict in found["issues"] for one in verdict["findings"] if one["evidence"]]
    assert all(set(quote) == {"text", "line"} for one in quoting for quote in one["evidence"])
    assert quoting
    assert set(image_search["facts"]) == {
        "story_form",
        "story_benefit",
        "acceptance",
        "steps",
        "expected",
        "actual",
        "placeholder",
        "open_question",
        "criteria",
    }


def test_check_deep() -> None:
    """Check holds four letters and the runway of product and teams."""
    deep = read(as_json.check_document(sample()))["deep"]
    assert [letter["name"][0] for letter in deep["letters"]] == ["D", "E", "E", "P"]
    product = deep["runway"]["product"]
    assert (product["earliest_on"], product["usual_on"], product["latest_on"]) == (
        "2026-03-14",
        "2026-03-19",
        "2026-03-29",
    )
    assert product["dry_on"] == product["usual_on"]
    assert [one["team"] for one in deep["runway"]["teams"]] == ["Payments", "Storefront", "Search"]


def test_check_one_key() -> None:
    """Check of one key holds that issue only."""
    assert [
        one["key"] for one in read(as_json.check_document(sample(), Selection(keys=frozenset({"SHOP-122"}))))["issues"]
    ] == ["SHOP-122"]


def test_plan() -> None:
    """A plan holds its digest and every change in order."""
    found = read(as_json.plan_document(sample()))
    assert found["digest"] == sample().plan.digest
    assert found["refused"] is None
    assert found["changes"][0] == {
        "kind": "add-label",
        "issue": "SHOP-109",
        "value": "readyline-ready",
        "why": sample().plan.changes[0].why,
        "text": "",
    }
    assert [one["kind"] for one in found["changes"]] == [
        "add-label",
        "remove-label",
        "remove-label",
        "delete-comment",
        "add-label",
        "put-comment",
        "add-label",
        "add-label",
        "put-comment",
        "move-to-sprint",
    ]


def test_plan_refused() -> None:
    """A refused plan says why and still lists its changes."""
    found = read(as_json.plan_document(sample(refused="51 changes, 50 are allowed.")))
    assert found["refused"] == {"reason": "51 changes, 50 are allowed."}
    assert len(found["changes"]) == 10


def test_capacity() -> None:
    """Capacity holds each team by the contract, with null where sprint or points are unknown."""
    first, *others = sample().capacities
    report = sample(capacities=(first, replace(others[0], sprint=None, points=None)))
    payments, new = read(as_json.capacity_document(report))["teams"]
    assert (payments["name"], payments["sprint"], payments["net_days"]) == ("Payments", "Payments 43", 30.5)
    assert payments["points"] == {"p15": 10.1, "p50": 18.1, "p85": 32.4}
    assert sum(share["amount"] for share in payments["split"]["shares"]) == pytest.approx(payments["split"]["total"])
    assert payments["warnings"][0]["code"] == "AVAILABILITY"
    assert new["points"] is None
    assert new["sprint"] is None


def test_run() -> None:
    """A run holds how each change ended."""
    found = read(as_json.run_document(sample()))
    assert found["run"] == "20260302T090000-7f3a12"
    assert [one["outcome"] for one in found["outcomes"]] == [
        "done",
        "done",
        "skipped",
        *["done"] * 6,
        "failed",
    ]
    assert found["outcomes"][2]["reason"] == "the issue changed meanwhile"
    assert [one["change"] for one in found["outcomes"]] == found["changes"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_restricted(name: str) -> None:
    """Nothing of a restricted issue but its key is shown."""
    assert SECRET not in dump(documents(sample())[name])


def test_rounding() -> None:
    """A figure is rounded so that noise is not a difference."""
    noisy = tuple(replace(one, net_days=0.1 + 0.2) for one in sample().capacities)
    assert read(as_json.capacity_document(sample(capacities=noisy)))["teams"][0]["net_days"] == 0.3


def _quoting(text: str) -> Verdict:
    one = sample().judgement.by_key["SHOP-151"]
    return replace(one, findings=(replace(one.findings[0], evidence=(Quote(text, 3),)),))


def test_steering_text() -> None:
    """Text that steers a terminal is escaped and reads back the same."""
    text = "\x1b[2J \x9b2J \u202eevil\u2066 \x7f"
    printed = dump(as_json.lint_document([linted(_quoting(text))]))
    assert printed.isprintable() or set(filter(lambda char: not char.isprintable(), printed)) == {"\n"}
    assert json.loads(printed)["issues"][0]["findings"][0]["evidence"][0]["text"] == text


def test_half_a_pair() -> None:
    """Half a surrogate pair becomes a replacement character."""
    printed = dump(as_json.lint_document([linted(_quoting("a\ud800b"))]))
    assert "a\N{REPLACEMENT CHARACTER}b" in printed


def test_settings() -> None:
    """A setting keeps its value as data, whatever its shape."""
    found = read(setting_list.document(SETTINGS))["settings"]
    assert [one["value"] for one in found] == ["Shop", 8, 0.1, [{"name": "Bo"}]]
    assert found[1]["origin"] == "preset scrum"


def test_undo() -> None:
    """A run taken back names both runs, how each change ended, and what stands."""
    found = read(as_json.undo_document("second", "first", sample().plan, sample().outcomes))
    assert (found["run"], found["undoes"], len(found["outcomes"])) == ("second", "first", 10)
    assert found["conflicts"][0]["issue"] == "SHOP-110"


@pytest.mark.parametrize("limit", [None, 1, 0])
def test_the_portions_of_check_are_its_document(limit: int | None) -> None:
    report, selection = sample(), Selection(limit=limit)
    assert "".join(as_json.check_portions(report, selection)) == dump(as_json.check_document(report, selection))
