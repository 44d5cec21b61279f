"""The kinds of values that the configuration holds: how each is read, checked and written."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from rules.options import Options
from sync.absences.options import WorkingDay
from sync.config.faults import NOT_BLANK, did_you_mean
from sync.config.parse_time import (
    QuietHours,
    read_quiet_hours,
    read_weeks,
    read_working_day,
    write_weeks,
)
from sync.config.schedule import BeforePlanning, Cron, Every, read_before_planning, read_repeat
from sync.reports import RENDERERS

PROJECT_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,254}")
ISSUE_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,254}-[1-9][0-9]{0,17}")
LABEL_PREFIX = re.compile(r"[A-Za-z0-9._:-]{1,100}")

RuleTables = Mapping[str, Mapping[str, Any]]
"""Options by rule name, as written; `sync.config.rule_layers` checks each with the rule's own model."""


class Section(Options):
    """A table of the file: frozen, and closed to unknown keys."""

    model_config = ConfigDict(allow_inf_nan=False)


def _local(path: object, info: ValidationInfo) -> Path:
    """A relative path starts at the folder of the configuration file, not where the program was started."""
    if not isinstance(path, str | Path):
        raise PydanticCustomError("string_type", "must be text in quotes")
    if not str(path).strip() or "\0" in str(path):
        raise ValueError("must name a file or folder")
    return Path((info.context or {}).get("folder", "."), _home(Path(path)))


def _home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError("names the home folder of an unknown user") from error


def _read_by(read: Callable[[str], object]) -> BeforeValidator:
    def validate(value: object) -> object:
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "must be text in quotes")
        return read(value)

    return BeforeValidator(validate)


def _report_kind(kind: str) -> str:
    if kind not in RENDERERS:
        raise ValueError(f"unknown kind of report{did_you_mean(kind, RENDERERS)}")
    return kind


def _everybody(value: object) -> object:
    """The word "all" as a list with this one entry."""
    if value == "all":
        return ("all",)
    return tuple(value) if isinstance(value, list) else value


def _written(value: object) -> str:
    """A value as the file writes it; "" for none."""
    return "" if value is None else str(value)


_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~%+/-]*)?")


def _address(text: str) -> str:
    if text and not _ADDRESS.fullmatch(text):
        raise ValueError('must be a web address such as "https://example.com/docs/rules", or "" for none')
    return text


HeadingRole = Literal[
    "acceptance", "check", "steps", "expected", "actual", "value", "requirements", "questions", "environment", "tasks",
    "context", "notes", "evidence", "design", "dependencies", "story", "scope",
]  # fmt: skip
_TEXT = WithJsonSchema({"type": "string"})
_WRITTEN = PlainSerializer(_written, return_type=str)
LocalPath = Annotated[Path, PlainValidator(_local), _TEXT, PlainSerializer(str, return_type=str)]
Name = Annotated[str, Field(min_length=1, pattern=NOT_BLANK)]
Address = Annotated[str, AfterValidator(_address)]
Weeks = Annotated[
    tuple[frozenset[int], ...], _read_by(read_weeks), _TEXT, PlainSerializer(write_weeks, return_type=str)
]
Part = Annotated[float, Field(ge=0, le=1)]
Quiet = Annotated[QuietHours | None, _read_by(read_quiet_hours), _TEXT, _WRITTEN]
Hours = Annotated[WorkingDay, _read_by(read_working_day), _TEXT, PlainSerializer(str, return_type=str)]
Repeat = Annotated[Every | Cron, _read_by(read_repeat), _TEXT, _WRITTEN]
Before = Annotated[BeforePlanning | None, _read_by(read_before_planning), _TEXT, _WRITTEN]
Representatives = Annotated[
    tuple[Name, ...],
    BeforeValidator(_everybody),
    WithJsonSchema({"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}}]}),
]
ReportKind = Annotated[str, AfterValidator(_report_kind), Field(json_schema_extra={"enum": list(RENDERERS)})]


def _project_key(key: str) -> str:
    if not PROJECT_KEY.fullmatch(key):
        raise ValueError('must be the key of a project, such as "SHOP"')
    return key.upper()


ProjectKey = Annotated[str, AfterValidator(_project_key)]
