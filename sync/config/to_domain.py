"""From the settings to the values the core works with."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rules.document import Document
from rules.model import Absence, Issue, Meeting, Person, Product, Team, TeamFilter
from rules.plan.guard import Limits
from rules.plan.policy import OptOut, Policy
from rules.text import Vocabulary
from rules.text import vocabulary_of as vocabulary
from rules.verdict import Ruleset, Waiver, no_work
from rules.workdays import Holidays, partial_holidays
from sync.config.measures import read_measures
from sync.config.registry import Rules, known_rules
from sync.config.rule_layers import Rulebook, read_rulebook
from sync.config.schedule import Schedule
from sync.config.schema_keys import Keys
from sync.config.settings import Capacity, Settings, WaiverSettings
from sync.config.team_settings import PersonSettings, ScrumMasterSettings, TeamSettings
from sync.errors import ConfigError
from sync.trackers.token import token_variable

if TYPE_CHECKING:
    from rules.deep.measure import Measures
    from sync.absences.model import Absences

TEAMS_CHOOSE = "less"
"""The preset in which teams choose what they take."""
NO_ABSENCES: Mapping[str, tuple[Absence, ...]] = {}


def product_of(settings: Settings, absences: Mapping[str, tuple[Absence, ...]] = NO_ABSENCES) -> Product:
    """The product with its teams; `absences` are keyed by the person's name."""
    product = settings.product
    teams = tuple(_team(team, absences, settings.capacity) for team in settings.teams)
    return Product(
        name=product.name,
        owner=product.owner,
        goal=product.goal,
        teams=teams,
        account=product.account,
        teams_choose=settings.rules.preset == TEAMS_CHOOSE,
        value_field=product.value_field,
    )


def absences_of(settings: Settings, today: date) -> "Absences":
    """What the files of `[capacity] absences` say around today. Raises `ConfigError`."""
    from sync.absences.options import AbsenceOptions
    from sync.absences.read import read_absences

    capacity = settings.capacity
    options = AbsenceOptions(
        words=capacity.absence_words,
        working_day=capacity.working_day,
        half_day_hours=capacity.half_day_hours,
        holidays=capacity.holidays,
    )
    zone = settings.schedule.timezone
    return read_absences(capacity.absences, product_of(settings), today=today, timezone=zone, options=options)


def meetings_of(settings: Settings, today: date) -> Mapping[str, tuple[Meeting, ...]]:
    """The meetings of each team that the files of `[capacity] events` have around today. Raises `ConfigError`."""
    if not settings.capacity.events:
        return {}
    from sync.absences.meetings import read_meetings

    capacity = settings.capacity
    zone = settings.schedule.timezone
    return read_meetings(capacity.events, product_of(settings), today=today, timezone=zone, words=capacity.event_words)


def partial_holidays_of(settings: Settings, today: date) -> tuple[str, ...]:
    """A sentence for each holiday of the next twelve months that holds only in parts of a region with people of ours.

    One that `[capacity.holidays]` adds or removes there is decided.
    """
    people: dict[tuple[str, str], list[str]] = {}
    for person in (person for team in settings.teams for person in team.people):
        people.setdefault((person.country, person.region), []).append(person.name)
    return tuple(
        f"{day.day} {day:%B %Y} ({holiday}) is a public holiday only in parts of {country}-{region} and is not counted "
        f'for {", ".join(dict.fromkeys(names))}; add {day} to add or remove in [capacity.holidays."{country}-{region}"]'
        for (country, region), names in people.items()
        for year in (today.year, today.year + 1)
        for day, holiday in partial_holidays(country, region, year).items()
        if today <= day < today.replace(year=today.year + 1, day=min(today.day, 28))
        and not _is_decided(day, country, region, settings.capacity.holidays)
    )


def _is_decided(day: date, country: str, region: str, changes: Holidays) -> bool:
    places = (changes.get(place) for place in (f"{country}-{region}", country, "*"))
    return any(day in change.add or day in change.remove for change in places if change is not None)


def policy_of(settings: Settings) -> Policy:
    """What may be written."""
    allowed = settings.write_back
    return Policy(
        prefix=allowed.label_prefix,
        labels=allowed.labels,
        comments=allowed.comments,
        language=allowed.language,
        sprints=allowed.sprints,
        limits=Limits(changes=allowed.limits.max_changes, share=allowed.limits.max_share),
        commands=bool(commanders_of(settings)),
        mails_per_week=allowed.mails_per_week,
        accounts=accounts_of(settings),
        docs=settings.links.docs,
        opt_out=opt_out_of(settings),
        released_name=settings.old_issues.label,
        agent_label=settings.agent.enabled and settings.agent.label,
    )


def opt_out_of(settings: Settings) -> OptOut:
    """Where nothing is written, and who gets no mail: a name, an address or an account means the person with all three.

    What means no person of the configuration is an account, or a mail address if it looks like one.
    """
    known = [(settings.product.owner, settings.product.account, settings.product.email)]
    known += [(person.name, person.account, person.email) for person in _people(settings)]
    accounts: set[str] = set()
    addresses: set[str] = set()
    for entry in settings.opt_out.people:
        word = entry.strip().casefold()
        meant = [one for one in known if word in {value.casefold() for value in one if value}]
        accounts |= {account for _, account, _ in meant if account} or {entry.strip()}
        addresses |= {email.casefold() for _, _, email in meant if email} or ({word} if "@" in word else set())
    return OptOut(projects=settings.opt_out.projects, people=frozenset(accounts), addresses=frozenset(addresses))


def accounts_of(settings: Settings) -> dict[str, str]:
    """The account of each mail address in the configuration, by the address in lower case."""
    people = [(settings.product.email, settings.product.account)]
    people += [(person.email, person.account) for person in _people(settings)]
    return {email.casefold(): account for email, account in people if email and account}


def schedule_of(settings: Settings) -> Schedule:
    """When runs start."""
    schedule = settings.schedule
    zone = ZoneInfo(schedule.timezone)
    return Schedule(repeat=schedule.pass_, zone=zone, before_planning=schedule.before_planning)


def commanders_of(settings: Settings) -> frozenset[str]:
    """The accounts that may give commands in comments: those of all people in the configuration."""
    people = (person.account for person in _people(settings))
    return frozenset(account for account in (settings.product.account, *people) if account)


def _people(settings: Settings) -> tuple[PersonSettings | ScrumMasterSettings, ...]:
    """Everybody of the teams, Scrum Masters too."""
    masters = (team.scrum_master for team in settings.teams if team.scrum_master is not None)
    return (*masters, *(person for team in settings.teams for person in team.people))


def ruleset_of(settings: Settings) -> Ruleset:
    """Every rule with its effective options for the product, and whole tuples wherever a team or a kind differs."""
    waivers = tuple(_waiver(waiver) for waiver in settings.waivers)
    agent = settings.agent.rules.every if settings.agent.enabled else ()
    return replace(_ruleset(settings.rulebook), waivers=waivers, agent=agent, work_of=work_of(settings))


def work_of(settings: Settings) -> Callable[[Issue], str]:
    """What finds the kind of work of an issue, as far as any rule differs by it."""
    if not settings.rulebook.differs_by_work:
        return no_work
    from rules.inventory.work import kinds_of

    return kinds_of(settings.contents, product_of(settings)).name


def vocabulary_of(settings: Settings) -> Vocabulary:
    """What `[reading]` teaches, its template files included. Raises `ConfigError`."""
    headings = {str(role): names for role, names in settings.reading.headings.items()}
    return vocabulary(headings, map(_template, settings.reading.templates))


_MARKUP_OF_FILE = {".md": "markdown", ".markdown": "markdown", ".wiki": "wiki", ".json": "adf", ".html": "html"}


def _template(path: Path) -> Document:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(f"reading.templates: {path}: no such file; name the file of a template") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"reading.templates: {path}: the file cannot be read; save it as UTF-8 text") from error
    from sync.markup import read

    return read(text, _MARKUP_OF_FILE.get(path.suffix.lower()))


def measures_of(settings: Settings) -> "Measures":
    """The measures of DEEP with their effective options."""
    return read_measures(settings.rules.deep)


def default_ruleset(rules: Rules | None = None) -> Ruleset:
    """The default preset, for judging without a configuration."""
    rulebook, _ = read_rulebook({}, known_rules() if rules is None else rules, Keys(dict, {}))
    return _ruleset(rulebook)


def _ruleset(rulebook: Rulebook) -> Ruleset:
    return Ruleset(product=rulebook.product, narrowed=rulebook.narrowed(), horizon=rulebook.horizon)


def secret_variables_of(settings: Settings) -> tuple[str, ...]:
    """The names of all environment variables that hold a secret, so that logs can hide them."""
    named = (
        str(getattr(channel, option))
        for channel in settings.notify
        for option in type(channel).model_fields
        if option.endswith("_env")
    )
    served = (settings.serve.token_env, settings.serve.hook_env, settings.store.url_env)
    return tuple(dict.fromkeys((token_variable(settings.tracker), *filter(None, (*named, *served)))))


def _team(team: TeamSettings, absences: Mapping[str, tuple[Absence, ...]], capacity: Capacity) -> Team:
    takes = TeamFilter(components=team.takes.components, labels=team.takes.labels, field=team.takes.field)
    return Team(
        name=team.name,
        board=team.board,
        takes=takes,
        people=tuple(_person(person, absences, capacity) for person in team.people),
        sprint_days=team.sprint_days,
        days_off=team.days_off,
        goals=team.goals,
        tasks=team.tasks,
        representatives=team.representatives,
        scale=team.scale,
        person_load=team.person_load,
        has_sprints=team.sprints,
        scrum_master=team.scrum_master.name if team.scrum_master else "",
        scrum_master_account=team.scrum_master.account if team.scrum_master else "",
    )


def _person(person: PersonSettings, absences: Mapping[str, tuple[Absence, ...]], capacity: Capacity) -> Person:
    first = person.days_from or Person(name=person.name).weeks_from
    return Person(
        name=person.name,
        share=person.share,
        weeks=person.days,
        weeks_from=first,
        joins=person.joins,
        leaves=person.leaves,
        ramp_up=capacity.ramp_up if person.ramp_up is None else person.ramp_up,
        handover=capacity.handover,
        mentor=person.mentor,
        mentoring=capacity.mentoring,
        timezone=person.timezone,
        skills=person.skills,
        country=person.country,
        region=person.region,
        account=person.account,
        absences=tuple(absences.get(person.name, ())),
    )


def _waiver(waiver: WaiverSettings) -> Waiver:
    return Waiver(rule=waiver.rule, issue=waiver.issue, reason=waiver.reason, owner=waiver.owner, until=waiver.until)
