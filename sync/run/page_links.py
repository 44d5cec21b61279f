"""The addresses of the issues that the living page names."""

import re
from dataclasses import replace

from rules.model import Snapshot
from rules.plan.page_body import PageBody
from sync.reports.format import link_to


def with_links(body: PageBody, snapshot: Snapshot, site: str) -> PageBody:
    """The page with the address of each issue that it names."""
    texts = " ".join((*body.lines, *(box.text for box in body.boxes)))
    named = {word.rstrip(".") for word in re.split(r"[\s,;:()]+", texts)}
    keys = sorted(named & snapshot.by_key.keys())
    links = ((key, link_to(site, key)) for key in keys)
    return replace(body, links=tuple((key, address) for key, address in links if address))
