"""HTML: one self-contained page that a Product Owner opens again.

No script and nothing from elsewhere: a policy in the page's head forbids both, and allows only the very style sheet
that is in it. Jinja escapes every value, after each was made visible and bounded.
"""

import base64
import hashlib
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from rules.capacity.model import TeamCapacity
from rules.deep.model import Letter, Measure
from rules.plan.outcome import Result
from rules.planning.model import Placement
from sync.reports import charts
from sync.reports import format as wording
from sync.reports import go_live as golive
from sync.reports import view_model as refinement
from sync.reports.base import RunReport
from sync.reports.links import link_to
from sync.reports.redact import shared
from sync.reports.view_model import TeamProposal
from sync.sanitize import clip

SHOWN = 10  # rows before a list folds: the page is read in one go
MEASURES = 3  # of a letter, before they fold
FOLDED = 200  # rows a fold holds; the JSON report has all


def render(report: RunReport) -> str:
    """The whole pass as one HTML page."""
    environment = _environment()
    style = _style(environment)
    context = _context(shared(report))
    page = environment.get_template("report.html.j2")
    return page.render(style=Markup(style), policy=_policy(style), **context)  # noqa: S704 - the style is our own file


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sync.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        wording=wording, running=_running, known_first=_known_first, SHOWN=SHOWN, MEASURES=MEASURES, FOLDED=FOLDED
    )
    return environment


def _finalized(value: Any) -> Any:
    """Every value on its way into the page; what a macro of ours made is done already."""
    return clip(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _style(environment: Environment) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, "style.css")[0]


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _context(report: RunReport) -> dict[str, Any]:
    return {
        "report": report,
        "product": report.snapshot.product,
        "key": lambda key: _key(report.site, key),
        "linked": lambda text, keys: _linked(report.site, text, keys),
        **_head(report),
        **_body(report),
    }


def _head(report: RunReport) -> dict[str, Any]:
    gauge = refinement.gauge(report)
    return {
        "gauge": gauge,
        "fresh": refinement.freshness(report),
        "feeding": refinement.feeding(report),
        "news": refinement.last_time(report),
        "failed": [one for one in report.outcomes if one.result is Result.FAILED],
        "runway": charts.runways(report.deep.runways, report.snapshot.product.name),
        "readiness": charts.readiness(refinement.stretches(report.judgement.verdicts)),
        "trends": charts.trends(refinement.trend(report)),
    }


def _body(report: RunReport) -> dict[str, Any]:
    obstacles = refinement.obstacles(report)
    return {
        "obstacles": obstacles,
        "unlocked": refinement.unlocked(obstacles),
        "unclaimed": refinement.unclaimed(report),
        "cross_team": refinement.cross_team(report),
        "waived": refinement.waived(report),
        "answers": refinement.answers(report),
        "proposals": refinement.proposals(report),
        "shadow": golive.sentences(report.shadow) if report.shadow else (),
        "bars": charts.capacities(report.capacities),
        "outcomes": {one.change: one for one in report.outcomes},
    }


def _key(site: str, key: str) -> Markup:
    """An issue's key, as a link where the site has an address."""
    if address := link_to(site, key):
        return Markup('<a class="key" href="{}" rel="noreferrer">{}</a>').format(address, clip(key))
    return Markup('<span class="key">{}</span>').format(clip(key))


def _linked(site: str, text: str, keys: Iterable[str]) -> Markup:
    """A sentence with the keys in it as links."""
    pieces = refinement.segments(clip(text), keys)
    return Markup().join(_key(site, piece) if is_key else escape(piece) for piece, is_key in pieces)


def _running(proposal: TeamProposal) -> list[tuple[Placement, float]]:
    """Each placement with the points in the sprint once it is in."""
    capacity: TeamCapacity | None = proposal.capacity
    totals = accumulate((one.points for one in proposal.placements), initial=capacity.load if capacity else 0.0)
    return list(zip(proposal.placements, list(totals)[1:], strict=True))


def _known_first(letter: Letter) -> list[Measure]:
    """What was measured before what could not be."""
    return sorted(letter.measures, key=lambda measure: measure.value is None)
