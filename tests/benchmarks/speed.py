"""How fast markup and reading are, beside another version of the program.

    python -m tests.benchmarks.speed [--against REVISION] [--same]

Reads the issues of a public Jira on one core, in seconds of the processor, with Python's collector of cycles paused, as
a run pauses it. `--against` takes a revision of git and measures both versions in turn, so that a busy machine slows
both. `--same` compares every reading of every project, letter by letter, and prints how many differ. Prints figures and
ids only; skips with a reason where the data is absent.
"""

import argparse
import gc
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from rules.text import read_issue
from tests.benchmarks.material import DATA, PROJECTS, file_of, texts_of
from tests.external_data import missing

ROOT = Path(__file__).parents[2]
ROUNDS = 3
_SHOWN = 10
_WARM = 3_000  # texts read before the clock starts: patterns are compiled at their first use, some for a first sign


def seconds() -> tuple[int, float, float]:
    """The number of issues, and the seconds of the processor for their markup and for reading them."""
    texts = list(texts_of("TIMOB"))
    gc.disable()  # not by `sync.collector`, which old versions lack
    for text in texts[:_WARM]:
        read_issue(text.title, text.document, text.kind)
    started = time.process_time()
    documents = [text.document for text in texts]
    parsed = time.process_time()
    for text, document in zip(texts, documents, strict=True):
        read_issue(text.title, document, text.kind)
    return len(texts), parsed - started, time.process_time() - parsed


def readings() -> Iterator[tuple[str, str]]:
    """The id of every issue of every project, and a digest of its document and its reading."""
    for project in PROJECTS:
        for text in texts_of(project):
            document = text.document
            read = repr((document, read_issue(text.title, document, text.kind)))
            yield text.id, sha256(read.encode("utf-8", "surrogatepass")).hexdigest()


def asked(folder: Path, what: str) -> str:
    """What this program prints in a version's folder."""
    words = [sys.executable, "-m", "tests.benchmarks.speed", what]
    return subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True).stdout


def unpack(revision: str, folder: Path) -> None:
    """Write the version of a revision, with this file, into a folder."""
    packed = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    (folder / "tests" / "benchmarks" / Path(__file__).name).write_bytes(Path(__file__).read_bytes())


def compare(revision: str, *, same: bool) -> None:
    """Print both versions' figures, and with `same` how many readings differ."""
    with tempfile.TemporaryDirectory() as name:
        before = Path(name)
        unpack(revision, before)
        for _ in range(ROUNDS):
            print(f"{revision}: {asked(before, '--once').strip()}", flush=True)
            print(f"{'now':{len(revision)}}: {asked(ROOT, '--once').strip()}", flush=True)
        if same:
            then, now = (dict(json.loads(asked(folder, "--readings"))) for folder in (before, ROOT))
            differ = [key for key in now if now[key] != then.get(key)]
            print(f"{len(now)} issues, {len(differ)} are read differently {' '.join(differ[:_SHOWN])}")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", metavar="REVISION", help="another version, measured in turn with this one")
    parser.add_argument("--same", action="store_true", help="with --against: whether every issue is read as there")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--readings", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if why := missing(DATA, file_of("TIMOB")):
        print(f"skipped: {why}")
    elif options.readings:
        print(json.dumps(list(readings())))
    elif options.against:
        compare(options.against, same=options.same)
    else:
        issues, markup, reading = seconds()
        speed = issues / (markup + reading)
        print(f"{issues} issues, markup {markup:.1f} s, reading {reading:.1f} s: {speed:.0f} a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
