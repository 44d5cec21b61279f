"""HTML: one self-contained page for the Product Owner.

No script and no remote resource: a policy in the page's head forbids both, and allows only the style sheet in the page.
Jinja escapes every value, after control characters are removed and its length is bounded.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from rules.deep.model import Letter, Measure
from rules.plan.outcome import Result
from sync.reports import charts, contents, go_live, learned, view_model
from sync.reports import format as wording
from sync.reports.base import RunReport
from sync.reports.format import link_to
from sync.reports.old_issues import section_of
from sync.reports.redact import shared
from sync.sanitize import clip

SHOWN = 10  # rows before a list folds
MEASURES = 3  # of a letter, before they fold
FOLDED = 200  # rows in a fold; the JSON report has all


def render(report: RunReport) -> str:
    """The whole run as one HTML page."""
    return page("report.html.j2", ("style.css",), _context(shared(report)))


def page(template: str, sheets: Iterable[str], values: Mapping[str, Any]) -> str:
    """A page from a template with style sheets of ours, and a policy that allows nothing but these."""
    templates = _environment()
    assert templates.loader is not None
    style = "\n".join(templates.loader.get_source(templates, sheet)[0] for sheet in sheets)
    whole = templates.get_template(template)
    return whole.render(style=Markup(style), policy=_policy(style), **values)  # noqa: S704 - the style is our own file


@cache
def _environment() -> Environment:
    """The templates, compiled once for all pages of a process."""
    environment = Environment(
        loader=PackageLoader("sync.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(wording=wording, known_first=_known_first, SHOWN=SHOWN, MEASURES=MEASURES, FOLDED=FOLDED)
    return environment


def _finalized(value: Any) -> Any:
    """The value as the page may show it; the result of a macro is already escaped."""
    return clip(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _context(report: RunReport) -> dict[str, Any]:
    return {
        "report": report,
        "product": report.snapshot.product,
        "key": lambda key: key_link(report.site, key),
        "linked": lambda text, keys: linked(report.site, text, keys),
        **_head(report),
        **_body(report),
    }


def _head(report: RunReport) -> dict[str, Any]:
    return {
        "first": view_model.first_page(report),
        "earlier_day": view_model.earlier_day(report),
        "news": view_model.last_time(report),
        "failed": [one for one in report.outcomes if one.result is Result.FAILED],
        "runway": charts.runways(report.deep.runways, report.snapshot.product.name),
        "readiness": charts.readiness(view_model.by_distance(report)),
        "trends": charts.trends(view_model.trend(report)),
    }


def _body(report: RunReport) -> dict[str, Any]:
    obstacles = view_model.obstacles(report)
    return {
        "unit": report.snapshot.unit,
        "obstacles": obstacles,
        "no_obstacles": view_model.no_obstacles(report),
        "not_due": view_model.not_due(report),
        "later": view_model.later(report),
        "of_all": lambda count: view_model.of_all(count, report),
        "unlocked": view_model.unlocked(obstacles),
        "unclaimed": view_model.unclaimed(report),
        "cross_team": view_model.cross_team(report),
        "waived": view_model.waived(report),
        "answers": view_model.answers(report),
        "proposals": view_model.proposals(report),
        "dry_run": go_live.sentences(report.go_live) if report.go_live else (),
        "chapters": {contents.TITLE: contents.chapters(report), learned.TITLE: learned.chapters(report)},
        "old_issues": section_of(report),
        "by_sprint": (learned.BY_SPRINT, charts.by_sprint(report)),
        "bars": charts.capacities(report.capacities),
        "left_as_is": report.plan.left_as_is,
        "left_alone": view_model.left_alone(report),
        "outcome_of": view_model.outcome_of(report),
    }


def key_link(site: str, key: str) -> Markup:
    """An issue's key, as a link where the site has an address."""
    if address := link_to(site, key):
        return Markup('<a class="key" href="{}" rel="noreferrer">{}</a>').format(address, clip(key))
    return Markup('<span class="key">{}</span>').format(clip(key))


def linked(site: str, text: str, keys: Iterable[str]) -> Markup:
    """A sentence with the keys in it as links."""
    pieces = view_model.segments(clip(text), keys)
    return Markup().join(key_link(site, piece) if is_key else escape(piece) for piece, is_key in pieces)


def _known_first(letter: Letter) -> list[Measure]:
    """The measures with a value before those without."""
    return sorted(letter.measures, key=lambda measure: measure.value is None)
