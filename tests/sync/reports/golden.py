"""The expected texts of the reports; `python -m tests.sync.reports.golden` writes them again.

Read the difference before you commit it: these files are what people will see.
"""

from collections.abc import Callable
from pathlib import Path

from sync.reports import as_csv, as_json, as_markdown, as_text, lint, outcomes, preview, run_history, setting_list
from sync.reports.base import Threshold
from sync.reports.issue import as_markdown as issue
from sync.reports.issue.page import IssuePage
from sync.reports.json_models import dump
from sync.reports.selection import Selection
from tests.sync.reports.every_page import structure
from tests.sync.reports.sample import DRY_RUN, PREVIEW, SETTINGS, SITE, history_of_run, sample

FOLDER = Path(__file__).parent / "golden"
FEW = ("SHOP-109", "SHOP-113", "SHOP-129", "SHOP-134")


def why() -> IssuePage:
    """The page of one issue with several findings, and thresholds of a failed and of a passed rule."""
    thresholds = (
        Threshold(rule="ready.small_enough", option="severity", value='"must"', origin="default"),
        Threshold(rule="ready.small_enough", option="max_points", value="13", origin="preset scrum"),
        Threshold(rule="ready.described", option="min_words", value="10", origin="default"),
    )
    verdict = sample().judgement.by_key["SHOP-151"]
    return IssuePage(verdict, site=SITE, rank=23, place="Search 44", teams=["Search"], thresholds=thresholds)


def linted() -> tuple[lint.Linted, ...]:
    """Three verdicts as if their texts were in two files."""
    places = (("stories/a.md", 1), ("stories/a.md", 12), ("stories/b.md", 1))
    verdicts = sample().judgement.verdicts[3:6]
    return tuple(lint.Linted(one, *place, is_whole_file=True) for one, place in zip(verdicts, places, strict=True))


GOLDEN: dict[str, Callable[[], str]] = {
    "summary.txt": lambda: as_text.plain(as_text.summary(sample(), [Path("reports/readyline.html")]), 80),
    "dry_run.txt": lambda: as_text.plain(as_text.summary(sample(**DRY_RUN)), 80),
    "check.txt": lambda: as_text.plain(as_text.check(sample(), Selection(keys=frozenset(FEW))), 80),
    "backlog.txt": lambda: as_text.plain(as_text.check(sample()), 100),
    "capacity.txt": lambda: as_text.plain(as_text.capacity(sample()), 80),
    "plan.txt": lambda: as_text.plain(as_text.plan(sample()), 80),
    "why.txt": lambda: as_text.plain(as_text.why(why()), 80),
    "why.md": lambda: issue.why(why()),
    "lint.txt": lambda: "".join(f"{line.plain}\n" for line in lint.findings(linted())),
    "lint_statistics.txt": lambda: as_text.plain(lint.statistics(linted()), 80),
    "lint.md": lambda: lint.markdown(linted()),
    "lint_statistics.md": lambda: lint.statistics_markdown(linted()),
    "history.txt": lambda: as_text.plain(run_history.page(history_of_run()), 80),
    "undo.txt": lambda: as_text.plain(outcomes.undo("first", sample().plan, sample().outcomes), 80),
    "undo.md": lambda: outcomes.undo_markdown("first", sample().plan, sample().outcomes),
    "history.md": lambda: run_history.markdown(history_of_run()),
    "preview.txt": lambda: as_text.plain(preview.page(PREVIEW, "new.toml"), 80),
    "preview.md": lambda: preview.markdown(PREVIEW, "new.toml"),
    "settings.txt": lambda: as_text.plain(setting_list.as_text(SETTINGS), 80),
    "report.md": lambda: as_markdown.render(sample()),
    "findings.csv": lambda: as_csv.render(sample()),
    "structure.txt": structure,
    "plan.json": lambda: dump(as_json.plan_document(sample())),
}


def write() -> None:
    """Write every golden file."""
    FOLDER.mkdir(exist_ok=True)
    for name, render in GOLDEN.items():
        (FOLDER / name).write_text(render(), encoding="utf-8", newline="")


if __name__ == "__main__":
    write()
