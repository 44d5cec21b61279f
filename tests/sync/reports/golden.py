"""The expected texts of the reports; `python -m tests.sync.reports.golden` writes them anew.

Read the difference before you commit it: these files are what people will see.
"""

from collections.abc import Callable
from pathlib import Path

from sync.reports import as_csv, as_json, as_markdown, as_text
from sync.reports.base import Threshold
from tests.sync.reports.sample import SETTINGS, SHADOW, sample

FOLDER = Path(__file__).parent / "golden"
FEW = ("SHOP-12", "SHOP-15", "SHOP-31", "SHOP-99")


def why() -> str:
    """The page of one issue with two findings and one threshold."""
    limit = Threshold(rule="ready.testable", option="words", value="fast, easy", origin="preset scrum")
    verdict = sample().judgement.by_key["SHOP-23"]
    page = as_text.why(verdict, site="https://shop.example.net", rank=6, teams=["Search"], thresholds=[limit])
    return as_text.plain(page, 80)


GOLDEN: dict[str, Callable[[], str]] = {
    "summary.txt": lambda: as_text.plain(as_text.summary(sample(), [Path("reports/readyline.html")]), 80),
    "shadow.txt": lambda: as_text.plain(as_text.summary(sample(**SHADOW)), 80),
    "check.txt": lambda: as_text.plain(as_text.check(sample(), FEW), 80),
    "capacity.txt": lambda: as_text.plain(as_text.capacity(sample()), 80),
    "plan.txt": lambda: as_text.plain(as_text.plan(sample()), 80),
    "why.txt": why,
    "lint.txt": lambda: as_text.plain(as_text.lint(sample().judgement.verdicts[3:6]), 80),
    "undo.txt": lambda: as_text.plain(as_text.undo("first", sample().plan, sample().outcomes), 80),
    "settings.txt": lambda: as_text.plain(as_text.settings(SETTINGS), 80),
    "report.md": lambda: as_markdown.render(sample()),
    "findings.csv": lambda: as_csv.render(sample()),
    "plan.json": lambda: as_json.dump(as_json.plan_document(sample())),
}


def write() -> None:
    """Write every golden file anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, render in GOLDEN.items():
        (FOLDER / name).write_text(render(), encoding="utf-8", newline="")


if __name__ == "__main__":
    write()
