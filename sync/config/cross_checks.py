"""Checks across sections: unique names, known teams and people, and what a tracker cannot do.

They read the configuration as it is written, so that these faults are reported together with all others.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sync.config.faults import Fault, did_you_mean
from sync.config.raw_tables import Entry, entries_in, list_at, table_at, text_at
from sync.config.shares import overallocated

TWO_TEAMS = "another team has this name; team names must be unique"
TWO_PEOPLE = "this team lists this person twice; write one entry per person, each with its own name"


def across_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Every fault between sections."""
    teams = list(entries_in(data, "teams"))
    yield from _twice(teams, TWO_TEAMS)
    for team in teams:
        people = list(team.entries("people"))
        yield from _twice(people, TWO_PEOPLE)
        yield from _unknown_mentors(people)
    yield from overallocated(teams)
    yield from _unknown_teams(data, [team.name for team in teams])
    if (kind := text_at(data, ("tracker", "kind"))) and not kind.startswith("jira-"):
        yield from _only_in_jira(data, teams, kind)
    yield from _unclear_opt_outs(data, teams)


def ended_waivers(data: Mapping[str, Any], today: date) -> Iterator[Fault]:
    """The waivers in the file whose last day has passed."""
    for waiver in entries_in(data, "waivers"):
        until = waiver.table.get("until")
        if isinstance(until, date) and until < today:
            wrong = "this waiver has ended, so its finding counts again; set a later day, or delete the waiver"
            yield Fault((*waiver.path, "until"), wrong, until)


def _twice(entries: list[Entry], wrong: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for entry in entries:
        if entry.name and entry.name in seen:
            yield Fault((*entry.path, "name"), wrong, entry.name)
        seen.add(entry.name)


def _unknown_mentors(people: list[Entry]) -> Iterator[Fault]:
    names = [person.name for person in people if person.name]
    for person in people:
        mentor = person.text("mentor")
        if mentor and mentor not in names:
            wrong = f"the team has no person of this name{did_you_mean(mentor, names)}"
            yield Fault((*person.path, "mentor"), wrong, mentor)


def _unknown_teams(data: Mapping[str, Any], names: list[str]) -> Iterator[Fault]:
    for channel in entries_in(data, "notify"):
        for number, name in enumerate(list_at(channel.table, ("teams",))):
            if isinstance(name, str) and name not in names:
                yield Fault((*channel.path, "teams", number), f"unknown team{did_you_mean(name, names)}", name)
    for option in ("cadence", "quality_standards"):
        for name in table_at(data, ("refinement", option)):
            if name not in names:
                yield Fault(("refinement", option, name), f"unknown team{did_you_mean(name, names)}", name)


def _only_in_jira(data: Mapping[str, Any], teams: list[Entry], kind: str) -> Iterator[Fault]:
    """Teams without sprints, and a living page, in a tracker of another kind."""
    for team in teams:
        if team.table.get("sprints") is False:
            yield Fault((*team.path, "sprints"), "teams without sprints are read from Jira only", False)
    if issue := text_at(data, ("living_page", "issue")):
        yield Fault(("living_page", "issue"), f'only Jira has a living page, not "{kind}"; remove it', issue)


def _unclear_opt_outs(data: Mapping[str, Any], teams: list[Entry]) -> Iterator[Fault]:
    """People in [opt_out] who cannot be recognised: a person of this file without an account, or an unknown name."""
    people = [(text_at(data, ("product", "owner")), text_at(data, ("product", "account")))]
    people += [(person.name, person.text("account")) for team in teams for person in team.entries("people")]
    for number, entry in enumerate(list_at(data, ("opt_out", "people"))):
        if isinstance(entry, str) and (wrong := _unclear(entry.strip(), people)):
            yield Fault(("opt_out", "people", number), wrong, entry)


def _unclear(entry: str, people: list[tuple[str, str]]) -> str:
    """What is wrong with an entry, "" if nothing is; `people` are names with their accounts, "" for none."""
    accounts = [account for name, account in people if name and name.casefold() == entry.casefold()]
    if accounts and not any(accounts):
        return "this person has no account, so their issues are not recognised; add the account to the person"
    if not accounts and len(entry.split()) > 1:
        return f"unknown person{did_you_mean(entry, [name for name, _ in people])}; write the account of anybody else"
    return ""
