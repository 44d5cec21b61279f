"""What comes out of readyline for texts that try to be more than text: every class by every way out.

Run as `python -m tests.benchmarks.hostile [--show CLASS]`. A cell tells how many texts of a class came out inert by a
channel; `--show` prints what became of each text of one class. Ends with 1 when anything at all is active.
"""

import argparse
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sync.sanitize import clip
from tests.hostile.channels import CHANNELS
from tests.hostile.texts import CLASSES, SEEDS, mixtures

TEXTS = {**CLASSES, "mixtures": mixtures()}
WIDTH = 240
HEADS = {
    "comment, Cloud": "ADF",
    "comment, Data Center": "wiki",
    "log, terminal": "log (tty)",
    "error sentence": "error",
    "init's TOML": "TOML",
}
LONGEST = 150


def active_in(kind: str) -> dict[str, list[tuple[str, list[str]]]]:
    """By channel the texts of a class that came out active, each with the signs of it."""
    return {
        name: [(text, found) for text in TEXTS[kind] if (found := channel.active(text))]
        for name, channel in CHANNELS.items()
    }


def table(found: dict[str, dict[str, list[tuple[str, list[str]]]]]) -> Table:
    """A row a class, a column a channel: how many of how many were inert."""
    shown = Table("class", "texts", *(HEADS.get(name, name) for name in CHANNELS), box=None, pad_edge=False)
    for kind, channels in found.items():
        count = len(TEXTS[kind])
        cells = [Text("inert") if not bad else Text(f"{len(bad)} ACTIVE", "red bold") for bad in channels.values()]
        shown.add_row(kind, str(count), *cells)
    return shown


def one_class(kind: str) -> Table:
    """What became of each text of a class: the line of each channel that holds it, as far as it fits."""
    shown = Table("channel", "what came out", box=None, pad_edge=False)
    for text in TEXTS[kind]:
        shown.add_row(Text("text", "bold"), Text(ascii(text)[:LONGEST], "bold"))
        for name in ("comment, Cloud", "comment, Data Center", "error sentence", "Slack", "mail", "webhook", "log"):
            shown.add_row(name, Text(clip(CHANNELS[name].made(text), LONGEST)))
    return shown


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 when anything is active."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--show", choices=tuple(TEXTS), help="print what became of each text of this class")
    chosen = parser.parse_args(arguments).show
    console = Console(width=WIDTH, highlight=False, markup=False)
    if chosen:
        console.print(one_class(chosen))
        return 0
    found = {kind: active_in(kind) for kind in TEXTS}
    console.print(table(found))
    active = [(kind, name, *each) for kind, names in found.items() for name, bad in names.items() for each in bad]
    for kind, name, text, signs in active:
        console.print(f"ACTIVE: {kind} by {name}: {ascii(text)[:80]}: {', '.join(signs[:5])}")
    console.print(
        f"\n{len(SEEDS)} texts and {len(TEXTS['mixtures'])} mixtures by {len(CHANNELS)} channels: {len(active)} active"
    )
    return 1 if active else 0


if __name__ == "__main__":
    sys.exit(main())
