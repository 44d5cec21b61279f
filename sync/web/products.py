"""One server for several products: an index, and below it the site of each product.

The token of a product shows that product, here as on its own pages.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from werkzeug.exceptions import MethodNotAllowed, NotFound, Unauthorized
from werkzeug.wrappers import Request, Response

from sync.web.app import OPEN, Site, answered, application, is_reader, page, plain, titled
from sync.web.figures import CONTENT_TYPE, figures

ROOT = ""
"""The place of a product that has the server to itself."""


def applications(sites: Mapping[str, Site]) -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    """The sites by their place as one WSGI application; they may change while it runs. One at `ROOT` is alone."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if (alone := sites.get(ROOT)) is not None:
            return application(alone)(environ, start_response)
        name, slash, rest = Request(environ).path.removeprefix("/").partition("/")
        site = sites.get(name)
        if site is None or not slash:
            return answered(lambda request: _index(dict(sites), request))(environ, start_response)
        below = {"SCRIPT_NAME": f"{environ.get('SCRIPT_NAME', '')}/{name}", "PATH_INFO": f"/{rest}"}
        return application(site)({**environ, **below}, start_response)

    return answer


def _index(sites: Mapping[str, Site], request: Request) -> Response:
    path = request.path
    if request.method not in {"GET", "HEAD"}:
        raise MethodNotAllowed(description="This server only reads.")
    shown = {name: site for name, site in sorted(sites.items()) if is_reader(site, request)}
    if path not in OPEN and sites and not shown:
        raise Unauthorized(description="Send the token of a product: Authorization: Bearer ...")
    match path:
        case "/healthz":
            return plain("alive\n")
        case "/readyz":
            is_ready = any(site.board.status.is_ready for site in sites.values())
            return plain("ready\n") if is_ready else plain("not ready\n", 503)
        case "/metrics":
            content = figures({name: site.board for name, site in shown.items()})
            return Response(content, content_type=CONTENT_TYPE)
        case "/" | "/index.html":
            return page(titled("Products", "".join(_lines(shown))).encode())
    raise NotFound(description="There is no such page.")


def _lines(sites: Mapping[str, Site]) -> Iterable[str]:
    yield "<ul>"
    for name, site in sites.items():
        yield f'<li><a href="{quote(name)}/">{escape(site.title)}</a>: {escape(site.state)}</li>'
    yield "</ul>"
