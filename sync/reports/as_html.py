"""How the pages are made: self-contained HTML from a template, with links to issues.

No script and no remote resource: a policy in the page's head forbids both, and allows only the style sheet in the page.
Jinja escapes every value, after control characters are removed and its length is bounded.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from rules.deep.model import Letter, Measure, Signal
from rules.lazy_regex import regex
from sync.reports import coverage
from sync.reports import format as wording
from sync.reports.address import Link
from sync.reports.base import RunReport
from sync.reports.format import link_to
from sync.sanitize import clip

SHEETS = ("base.css", "report.css")  # of the pages of a run
SHOWN = 10  # rows before a list folds
MEASURES = 3  # of a letter, before they fold
FOLDED = 200  # rows in a fold; the JSON report has all
_KEY = regex(r"[\w./-]*\w[#-]\d+")
_COMMAND = regex(r"`((?:readyline |/ready\b|\[)[^`]+)`")
"""Ours alone: a text of an issue has backticks, too."""
SIGNALS = {  # the class of a state; its word and its shape say the same
    Signal.RED: "bad",
    Signal.AMBER: "soon",
    Signal.GREEN: "good",
    Signal.OVER_REFINED: "good",
    Signal.UNKNOWN: "quiet",
}


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
    environment.globals.update(wording=wording, known_first=_known_first, SIGNALS=SIGNALS)
    environment.globals.update(SHOWN=SHOWN, MEASURES=MEASURES, FOLDED=FOLDED)
    return environment


def _finalized(value: Any) -> Any:
    """The value as the page may show it; the result of a macro is already escaped."""
    return clip(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def frame(report: RunReport, navigation: Sequence[Link]) -> dict[str, Any]:
    """What every page of a run shows: the product, the links to the other pages, what the figures rest on."""
    return {
        "report": report,
        "product": report.snapshot.product,
        "navigation": navigation,
        "unit": report.snapshot.unit,
        "coverage": coverage.sentences(report),
        "key": lambda key: key_link(report.site, key),
        "linked": lambda text, keys: linked(report.site, text, keys),
        "prose": lambda text: prose(report, text),
    }


def key_link(site: str, key: str) -> Markup:
    """An issue's key, as a link where the site has an address."""
    if address := link_to(site, key):
        return Markup('<a class="key" href="{}" rel="noreferrer">{}</a>').format(address, clip(key))
    return Markup('<span class="key">{}</span>').format(clip(key))


def linked(site: str, text: str, keys: Iterable[str]) -> Markup:
    """A sentence with the keys in it as links."""
    return _with_links(site, clip(text), keys)


def _with_links(site: str, text: str, keys: Iterable[str]) -> Markup:
    pieces = wording.segments(text, keys)
    return Markup().join(key_link(site, piece) if is_key else escape(piece) for piece, is_key in pieces)


def prose(report: RunReport, text: str) -> Markup:
    """A sentence of ours with commands as code, and with the keys of issues that the run read as links."""

    def shown(piece: str) -> Markup:
        keys = (key for key in _KEY.findall(piece) if key in report.snapshot.by_key)
        return _with_links(report.site, piece, keys)

    pieces = enumerate(_COMMAND.split(clip(text)))
    return Markup().join(Markup("<code>{}</code>").format(one) if place % 2 else shown(one) for place, one in pieces)


def _known_first(letter: Letter) -> list[Measure]:
    """The measures with a value before those without."""
    return sorted(letter.measures, key=lambda measure: measure.value is None)
