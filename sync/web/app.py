"""What the server answers: pages, health, figures, and hooks."""

import hmac
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    Unauthorized,
)
from werkzeug.wrappers import Request, Response

from sync.logs import get_logger
from sync.web import hooks
from sync.web.figures import CONTENT_TYPE, figures
from sync.web.status import Board

log = get_logger()

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-cache",
}
FIRST = "readyline.html"
"""The page that is named first."""
NO_REPORTS = 'Runs write no pages: add [[reports]] with kind = "html" and a path to the configuration.'
OPEN = ("/healthz", "/readyz")
"""What answers without the token: probes have none, and their answers hold nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is served: the pages in `folders`, and what the token, the hooks and the runs need.

    `token` is "" where everyone who reaches the server may read, `hook_secret` "" where there are no hooks. `wake` asks
    for a run.
    """

    title: str
    folders: Sequence[Path]
    board: Board
    token: str = ""
    hook_secret: str = ""
    wake: Callable[[], None] = lambda: None

    @property
    def state(self) -> str:
        """How the last runs ended, for people; why one failed is in the log only."""
        status = self.board.status
        ended = "" if status.ended is None else f"The last good run ended at {status.ended:%Y-%m-%d %H:%M} UTC."
        failed = "The last run failed; see the log." if status.why else ""
        return " ".join(filter(None, (ended, failed))) or "No run has ended yet."


def application(site: Site) -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    """The site as a WSGI application."""
    return answered(lambda request: _answer(site, request))


def answered(by: Callable[[Request], Response]) -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    """What answers requests as a WSGI application, with the headers of every answer."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        try:
            response = by(request)
        except HTTPException as error:
            response = plain(f"{error.description}\n", error.code or 500)
            if isinstance(error, Unauthorized):
                response.headers["WWW-Authenticate"] = 'Bearer realm="readyline"'
        response.headers.extend(HEADERS)
        response.make_conditional(request)
        return response(environ, start_response)

    return answer


def _answer(site: Site, request: Request) -> Response:
    path = request.path
    if path == "/hooks/jira" or path.startswith("/hooks/jira/"):
        return _hook(site, request)
    if request.method not in {"GET", "HEAD"}:
        raise MethodNotAllowed(description="This server only reads.")
    if path not in OPEN and not is_reader(site, request):
        raise Unauthorized(description="Send the token: Authorization: Bearer ...")
    match path:
        case "/healthz":
            return plain("alive\n")
        case "/readyz":
            return plain("ready\n") if site.board.status.is_ready else plain("not ready\n", 503)
        case "/metrics":
            return Response(figures({"": site.board}), content_type=CONTENT_TYPE)
        case "/" | "/index.html":  # the pages link to the second, which is in their folder
            return page(_index(site).encode())
    return _stored(site, path.removeprefix("/"))


def is_reader(site: Site, request: Request) -> bool:
    """Whether a request comes from somebody who may read the site."""
    header = request.headers.get("Authorization", "")
    wanted = f"Bearer {site.token}"
    return not site.token or hmac.compare_digest(header.encode("utf-8", "replace"), wanted.encode())


def _stored(site: Site, name: str) -> Response:
    """A page that a run wrote. Only names that are there are compared, so that no path leads elsewhere."""
    file = _pages(site).get(name)
    if file is None:
        raise NotFound(description="There is no such page.")
    try:
        content, written = file.read_bytes(), file.stat().st_mtime
    except OSError as error:
        raise NotFound(description="There is no such page.") from error
    response = page(content)
    response.last_modified = datetime.fromtimestamp(written, UTC)
    return response


def _pages(site: Site) -> dict[str, Path]:
    """The pages in the folders of the reports, by their name."""
    pages = (page for folder in site.folders for page in folder.glob("readyline*.html") if page.is_file())
    return {page.name: page for page in sorted(pages, key=lambda page: (page.name != FIRST, page.name))}


def _index(site: Site) -> str:
    links = "".join(f'<li><a href="{escape(name)}">{escape(_label(name))}</a></li>' for name in _pages(site))
    none = "No run has written a page yet." if site.folders else NO_REPORTS
    written = f"<ul>{links}</ul>" if links else f"<p>{escape(none)}</p>"
    return titled(site.title, f"{written}<p>{escape(site.state)}</p>")


def titled(title: str, body: str) -> str:
    """A small page with this title, which is text, above this body, which is HTML."""
    title = escape(title)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>:root{{color-scheme:light dark}}body{{font:1rem/1.5 system-ui,sans-serif;"
        "margin:2rem auto;max-width:40rem;padding:0 1rem}a{color:inherit}</style></head>"
        f"<body><main><h1>{title}</h1>{body}</main></body></html>\n"
    )


def _label(name: str) -> str:
    """`Team web shop` of `readyline-team-web-shop.html`."""
    words = name.removeprefix("readyline").removesuffix(".html").strip("-").replace("-", " ")
    return words.capitalize() or "Product Owner"


def _hook(site: Site, request: Request) -> Response:
    if not site.hook_secret:
        raise NotFound(description="No secret for hooks is configured.")
    if request.method != "POST":
        raise MethodNotAllowed(description="A hook is called with POST.")
    if (request.content_length or 0) > hooks.MOST_BYTES:
        raise RequestEntityTooLarge(description=f"A hook may have {hooks.MOST_BYTES} bytes.")
    body = request.get_data(cache=False)
    ending = request.path.removeprefix("/hooks/jira").removeprefix("/")
    signed = hooks.is_signed(body, request.headers.get("X-Hub-Signature", ""), site.hook_secret)
    if not (hooks.is_secret(ending, site.hook_secret) if ending else signed):
        log.warning("hook.refused")
        raise Unauthorized(description="The signature or secret is wrong.")
    log.info("hook.called", issue=hooks.key_in(body))
    site.wake()
    return plain("a run will start\n", 202)


def plain(text: str, code: int = 200) -> Response:
    """A short answer."""
    return Response(text, status=code, content_type="text/plain; charset=utf-8")


def page(content: bytes) -> Response:
    """A page as the answer."""
    response = Response(content, content_type="text/html; charset=utf-8")
    response.add_etag()
    return response
