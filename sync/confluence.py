"""The living page in Confluence: one page that people made, of which we write one part.

Each write names the version it is based on. Where somebody else saved a version meanwhile, Confluence refuses it: the
page is read again, and only our part of it is replaced.
https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests
from atlassian.rest_client import AtlassianRestAPI

from rules.plan.page_body import PageBody
from sync.errors import PageError
from sync.markup.page_storage import digest_in, replaced

TRIES = 3
TIMEOUT_SECONDS = 20
CONFLICT = 409
MESSAGE = "readyline"


@dataclass(frozen=True, slots=True)
class _Version:
    """A version of the page: its number, its text in the storage format, and the answer that it was read from."""

    number: int
    text: str
    raw: dict[str, Any]


class ConfluencePage:
    """A page by its id. Every error is a `PageError`, whose text holds no secret."""

    def __init__(self, url: str, page: int, **login: Any) -> None:
        self._site = url
        self._page = page
        own: dict[str, Any] = {"timeout": TIMEOUT_SECONDS, "retry_with_header": False, "backoff_and_retry": False}
        self._api: Any = AtlassianRestAPI(url, **own, **login)  # Any: its methods have an overload for each flag

    def write(self, choose: Callable[[str], PageBody | None]) -> bool:
        """Write our part as `choose` says, given the digest of what is there ("" for nothing); whether it was written.

        `None` leaves the page as it is. Where somebody else saved a version meanwhile, the choice is made again.
        """
        for _ in range(TRIES):
            version = self._read()
            body = choose(digest_in(version.text))
            if body is None:
                return False
            if self._put(self._document(version, replaced(version.text, body))):
                return True
        raise PageError(f"somebody else saved {self._named} at each of {TRIES} tries; the next run tries again")

    @property
    def _path(self) -> str:
        raise NotImplementedError

    @property
    def _asked(self) -> dict[str, str]:
        """What a read asks for."""
        raise NotImplementedError

    def _document(self, version: _Version, text: str) -> dict[str, Any]:
        """The next version, as it is sent."""
        raise NotImplementedError

    @property
    def _named(self) -> str:
        return f"page {self._page} of {self._site}"

    def _read(self) -> _Version:
        answer = self._sent("read", self._api.get, params=self._asked)
        try:
            raw = answer.json()
            return _Version(int(raw["version"]["number"]), str(raw["body"]["storage"]["value"]), raw)
        except (KeyError, TypeError, ValueError):
            raise PageError(f"{self._site} did not answer with a page; check [living_page.confluence] url") from None

    def _put(self, document: dict[str, Any]) -> bool:
        """Whether it was accepted; `False` where somebody else saved a version meanwhile."""
        return self._sent("written", self._api.put, data=document).status_code != CONFLICT

    def _sent(self, done: str, send: Callable[..., requests.Response], **content: Any) -> requests.Response:
        """The answer to one request, a conflict among them. Raises `PageError`."""
        try:
            answer = send(self._path, advanced_mode=True, **content)
        except requests.RequestException as error:
            # "from None": the library's own text may hold the address with the login
            raise PageError(f"{self._named} was not {done} ({type(error).__name__})") from None
        status = answer.status_code
        if status < 300 or status == CONFLICT:
            return answer
        todo = "; check the page's id, the token and its rights" if status in {401, 403, 404} else ""
        raise PageError(f"{self._named} was not {done} (status {status}){todo}")


class CloudPage(ConfluencePage):
    """A page of Confluence Cloud, with an account's e-mail and API token."""

    def __init__(self, url: str, page: int, email: str, token: str) -> None:
        super().__init__(url.removesuffix("/wiki"), page, username=email, password=token)

    @property
    def _path(self) -> str:
        return f"wiki/api/v2/pages/{self._page}"

    @property
    def _asked(self) -> dict[str, str]:
        return {"body-format": "storage"}

    def _document(self, version: _Version, text: str) -> dict[str, Any]:
        return {
            "id": str(self._page),
            "status": "current",
            "title": version.raw["title"],
            "body": {"representation": "storage", "value": text},
            "version": {"number": version.number + 1, "message": MESSAGE},
        }


class DatacenterPage(ConfluencePage):
    """A page of Confluence Data Center, with a personal access token; our edits are minor and send no mail."""

    def __init__(self, url: str, page: int, token: str) -> None:
        super().__init__(url, page, token=token)

    @property
    def _path(self) -> str:
        return f"rest/api/content/{self._page}"

    @property
    def _asked(self) -> dict[str, str]:
        return {"expand": "body.storage,version,space"}

    def _document(self, version: _Version, text: str) -> dict[str, Any]:
        return {
            "id": str(self._page),
            "type": version.raw.get("type", "page"),
            "title": version.raw["title"],
            "body": {"storage": {"value": text, "representation": "storage"}},
            "version": {"number": version.number + 1, "minorEdit": True, "message": MESSAGE},
        }
