"""The JSON Schema of each document that a command prints with `--format json`, made from its model.

Run as a program, it writes them as files: `python -m sync.cli.schemas --write docs/schemas`.
"""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sync.cluster.overview import QueueDocument
from sync.config.schema import DIALECT
from sync.doctor.output import DoctorDocument
from sync.init.output import InitDocument
from sync.reports.absence_list import AbsencesDocument
from sync.reports.ahead.as_json import ForecastDocument
from sync.reports.epics.as_json import EpicsDocument
from sync.reports.json_models import Part
from sync.reports.json_models.documents import DOCUMENTS
from sync.reports.json_models.results import (
    ConfigCheckDocument,
    DecisionsDocument,
    DemoDocument,
    FilesDocument,
    PromisesDocument,
    ResumeDocument,
    RulesDocument,
    SeenDocument,
    StoreCopyDocument,
    TopicsDocument,
)
from sync.reports.planning.as_json import PlanningDocument
from sync.reports.planning.running_as_json import SprintDocument
from sync.reports.planning.team_as_json import TeamPlanningDocument
from sync.reports.refinement.as_json import RefinementDocument
from sync.reports.review.as_json import ReviewDocument

PRINTED: Mapping[str, type[Part]] = {
    **DOCUMENTS,
    "absences": AbsencesDocument,
    "config-check": ConfigCheckDocument,
    "decisions": DecisionsDocument,
    "demo": DemoDocument,
    "doctor": DoctorDocument,
    "epics": EpicsDocument,
    "files": FilesDocument,
    "forecast": ForecastDocument,
    "init": InitDocument,
    "planning": PlanningDocument,
    "planning-team": TeamPlanningDocument,
    "promises": PromisesDocument,
    "queue": QueueDocument,
    "seen": SeenDocument,
    "topics": TopicsDocument,
    "refinement": RefinementDocument,
    "resume": ResumeDocument,
    "review": ReviewDocument,
    "rules": RulesDocument,
    "sprint": SprintDocument,
    "store-copy": StoreCopyDocument,
}
"""Every document by the name in its `schema`."""


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of a document, as it is printed."""
    shape = PRINTED[name].model_json_schema(mode="serialization", by_alias=True)
    return {"$schema": DIALECT, "$id": f"readyline/{name}/1", **shape}


def as_files() -> Mapping[str, str]:
    """One file a document, by file name."""
    return {
        f"{name}.json": json.dumps(schema_of(name), indent=2, ensure_ascii=False) + "\n" for name in sorted(PRINTED)
    }


def write_schemas(folder: Path) -> None:
    """Write all schemas into a folder; made if missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in as_files().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = ArgumentParser(description="Write the JSON Schema of each document.")
    parser.add_argument("--write", type=Path, required=True, metavar="DIR", help="the folder, such as docs/schemas")
    write_schemas(parser.parse_args().write)
