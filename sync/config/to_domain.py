"""From settings to the values the core works with."""

from collections.abc import Mapping
from typing import Any

from rules.model import Absence, Kind, Person, Product, Team, TeamFilter
from rules.plan.guard import Limits
from rules.plan.policy import Policy
from rules.rule import ReadyRule
from rules.ruleset import Ruleset
from rules.verdict import Waiver
from sync.config.layers import TOKEN
from sync.config.rule_layers import compose, horizon_of, layers_of
from sync.config.rule_registry import Rules, known_rules
from sync.config.settings import HORIZON, PersonSettings, Settings, TeamSettings, WaiverSettings

Narrowed = dict[tuple[str, str], tuple[ReadyRule, ...]]

NO_ABSENCES: Mapping[str, tuple[Absence, ...]] = {}


def product_of(settings: Settings, absences: Mapping[str, tuple[Absence, ...]] = NO_ABSENCES) -> Product:
    """The product with its teams; `absences` are by person's name."""
    product = settings.product
    teams = tuple(_team(team, absences) for team in settings.teams)
    return Product(name=product.name, owner=product.owner, goal=product.goal, teams=teams)


def policy_of(settings: Settings) -> Policy:
    """What may be written."""
    allowed = settings.write_back
    return Policy(
        prefix=allowed.label_prefix,
        labels=allowed.labels,
        comments=allowed.comments,
        sprints=allowed.sprints,
        limits=Limits(changes=allowed.limits.max_changes, share=allowed.limits.max_share),
        commands=bool(commanders_of(settings)),
        mails_per_week=allowed.mails_per_week,
        silent_labels=getattr(settings.tracker, "silent", False),
    )


def commanders_of(settings: Settings) -> frozenset[str]:
    """The accounts that may command in comments: everybody's whom the configuration names."""
    people = (person.account for team in settings.teams for person in team.people)
    return frozenset(account for account in (settings.product.account, *people) if account)


def ruleset_of(settings: Settings, rules: Rules | None = None) -> Ruleset:
    """Every rule with its effective options for the product, and whole tuples wherever a team or a kind differs."""
    rules = known_rules() if rules is None else rules
    data = settings.model_dump(mode="json", include={"rules", "teams"}, exclude_unset=True)
    return Ruleset(
        product=compose(layers_of(data), rules),
        narrowed=_narrowed(data, rules),
        horizon=horizon_of(data) or settings.rules.horizon,
        waivers=tuple(_waiver(waiver) for waiver in settings.waivers),
    )


def default_ruleset(rules: Rules | None = None) -> Ruleset:
    """The default preset, for judging without a configuration."""
    rules = known_rules() if rules is None else rules
    return Ruleset(
        product=compose(layers_of({}), rules), narrowed=_narrowed({}, rules), horizon=horizon_of({}) or HORIZON
    )


def secret_variables_of(settings: Settings) -> tuple[str, ...]:
    """The names of all environment variables that hold a secret, for whoever keeps secrets out of logs."""
    named = (
        str(getattr(channel, option))
        for channel in settings.notify
        for option in type(channel).model_fields
        if option.endswith("_env")
    )
    return tuple(dict.fromkeys((TOKEN, *filter(None, named))))


def _narrowed(data: Mapping[str, Any], rules: Rules) -> Narrowed:
    """Tuples that differ from what would hold without them; the core takes the most specific one."""
    product = compose(layers_of(data), rules)
    found: Narrowed = {}
    for kind in Kind:
        _add(found, ("", kind.value), compose(layers_of(data, kind=kind), rules), product)
    for number, team in enumerate(data.get("teams", ())):
        own = compose(layers_of(data, number), rules)
        _add(found, (team["name"], ""), own, product)
        for kind in Kind:
            both = compose(layers_of(data, number, kind), rules)
            without = found.get((team["name"], ""), found.get(("", kind.value), product))
            _add(found, (team["name"], kind.value), both, without)
    return found


def _add(found: Narrowed, key: tuple[str, str], rules: tuple[ReadyRule, ...], without: tuple[ReadyRule, ...]) -> None:
    if rules != without:
        found[key] = rules


def _team(team: TeamSettings, absences: Mapping[str, tuple[Absence, ...]]) -> Team:
    takes = TeamFilter(components=team.takes.components, labels=team.takes.labels, field=team.takes.field)
    return Team(
        name=team.name,
        board=team.board,
        takes=takes,
        people=tuple(_person(person, absences) for person in team.people),
        sprint_days=team.sprint_days,
        days_off=team.days_off,
    )


def _person(person: PersonSettings, absences: Mapping[str, tuple[Absence, ...]]) -> Person:
    return Person(
        name=person.name,
        share=person.share,
        weekdays=person.days,
        country=person.country,
        region=person.region,
        account=person.account,
        absences=tuple(absences.get(person.name, ())),
    )


def _waiver(waiver: WaiverSettings) -> Waiver:
    return Waiver(rule=waiver.rule, issue=waiver.issue, reason=waiver.reason, owner=waiver.owner, until=waiver.until)
