"""The site's texts: read as blocks, and our comment written so that nothing in it is read as markup.

Foreign text loses every sign that Redmine would read. In Textile each becomes an entity, which its parser never reads.
"""

from rules.document import EMPTY, Document
from rules.plan.comment import CommentBody
from sync.markup import wiki
from sync.markup.block_reader import read_markdown
from sync.trackers import note_text
from sync.trackers.note_text import MARKDOWN, SIGN, Markup, unreferenced
from sync.trackers.redmine.settings import RedmineSettings


def read_text(text: str, settings: RedmineSettings) -> Document:
    """A text as blocks; Textile is close to Jira's wiki markup."""
    if not text.strip():
        return EMPTY
    return wiki.read(text) if settings.is_textile else read_markdown(text)


def write_note(note: CommentBody, settings: RedmineSettings) -> str:
    """The comment in the site's markup; fixes at the end are left out first where it would be too long."""
    return note_text.write_note(note, _markup(settings))


def inert(text: str, settings: RedmineSettings) -> str:
    """The text on one line, shown as it is: no markup, macro, mention, reference or address in it is read."""
    return _markup(settings).inert(text)


def _inert_textile(text: str) -> str:
    return SIGN.sub(lambda sign: f"&#{ord(sign[0])};", unreferenced(text))


TEXTILE = Markup("*", _inert_textile, lambda address, text: f'"{text}":{address}')


def _markup(settings: RedmineSettings) -> Markup:
    return TEXTILE if settings.is_textile else MARKDOWN
