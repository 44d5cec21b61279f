"""The answers to promises: which sprint a team promised, and what is not its to promise."""

from collections.abc import Mapping
from dataclasses import replace

from rules.commands.answers import Answer, Commands
from rules.commands.grammar import named, only, short
from rules.model import Snapshot, Sprint, SprintState, Team
from rules.plan.decisions import with_fresh
from rules.promise import Promise
from rules.wording import Wording


def with_promises(commands: Commands, snapshot: Snapshot) -> Commands:
    """The commands in which each fresh promise has its sprint, and its answer in words.

    Only somebody of a team that takes the issue promises, and only an open sprint of that team; else the answer says
    so.
    """
    settled = (
        answer if answer.promise is None else _settled(answer, answer.promise, snapshot) for answer in commands.fresh
    )
    return with_fresh(commands, tuple(settled))


def _settled(answer: Answer, promise: Promise, snapshot: Snapshot) -> Answer:
    who, issue = answer.text, snapshot.by_id[answer.issue]
    author = next((one.author for one in issue.comments if one.id == answer.comment), "")
    teams = snapshot.teams_of(issue)
    team = next((one for one in teams if author in _members(one)), None)
    if team is None:
        names = tuple(dict.fromkeys(name for one in teams for name in _members(one).values()))
        return replace(answer, text=Wording("{who}, {why}.", who=who, why=only(names, "promise")), promise=None)
    sprint = sprint_named(answer.reason, team, snapshot)
    if sprint is None:
        return replace(answer, text=_no_sprint(who, team, answer.reason, snapshot), promise=None)
    promise = replace(promise, sprint=sprint.id, name=sprint.name, team=team.name)
    return replace(answer, text=promise_text(who, sprint), promise=promise)


def promise_text(who: str, sprint: Sprint) -> Wording:
    """The answer to a promise."""
    return Wording("{who} promised this issue for {sprint!q}.", who=who, sprint=sprint.name)


def open_sprints(team: Team, snapshot: Snapshot) -> tuple[Sprint, ...]:
    """The sprints that a team may promise: its running one and those to come."""
    return (*snapshot.sprints_of(team, SprintState.ACTIVE), *snapshot.sprints_of(team, SprintState.FUTURE))


def sprint_named(words: str, team: Team, snapshot: Snapshot) -> Sprint | None:
    """The open sprint of a team with this name, in any case and in quotation marks or not; `None` for none."""
    sprints = open_sprints(team, snapshot)
    name = named(words, (one.name for one in sprints))
    return next((one for one in sprints if name and one.name == name), None)


def _members(team: Team) -> Mapping[str, str]:
    """The names of a team's people and of its Scrum Master by account, of those who have one."""
    people = {person.account: person.name for person in team.people}
    return {key: name for key, name in {team.scrum_master_account: team.scrum_master, **people}.items() if key}


def _no_sprint(who: str, team: Team, name: str, snapshot: Snapshot) -> Wording:
    sprints = tuple(one.name for one in open_sprints(team, snapshot))
    if not sprints:
        return Wording("{who}, {team} has no open sprint, so nothing was promised.", who=who, team=team.name)
    template = "{who}, {team} has no open sprint {name!q}, so nothing was promised; its sprints are {sprints}."
    return Wording(template, who=who, team=team.name, name=short(name), sprints=sprints)
