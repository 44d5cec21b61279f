"""What the sections of the file are made of: a closed, strict table, and values that people write as text."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from sync.config.faults import NOT_BLANK, did_you_mean
from sync.config.parse_time import QuietHours, read_quiet_hours, read_weekdays, write_weekdays
from sync.config.schedule import BeforePlanning, read_before_planning
from sync.reports import RENDERERS


class Section(BaseModel):
    """A table of the file: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False)


def _beside(path: object, info: ValidationInfo) -> Path:
    """A relative path counts from the folder of the configuration file, wherever the program was started."""
    if not isinstance(path, str | Path):
        raise PydanticCustomError("string_type", "must be text in quotes")
    if not str(path).strip() or "\0" in str(path):
        raise ValueError("must name a file or folder")
    return Path((info.context or {}).get("folder", "."), _home(Path(path)))


def _home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError("names the home of somebody who is not known here") from error


def _read_by(read: Callable[[str], object]) -> BeforeValidator:
    def validate(value: object) -> object:
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "must be text in quotes")
        return read(value)

    return BeforeValidator(validate)


def _report_kind(kind: str) -> str:
    if kind not in RENDERERS:
        raise ValueError(f"there is no such kind of report{did_you_mean(kind, RENDERERS)}")
    return kind


def _written(value: object) -> str:
    """A value as the file writes it; "" stands for none."""
    return "" if value is None else str(value)


_TEXT = WithJsonSchema({"type": "string"})
_WRITTEN = PlainSerializer(_written, return_type=str)
LocalPath = Annotated[Path, PlainValidator(_beside), _TEXT, PlainSerializer(str, return_type=str)]
Name = Annotated[str, Field(min_length=1, pattern=NOT_BLANK)]
Weekdays = Annotated[frozenset[int], _read_by(read_weekdays), _TEXT, PlainSerializer(write_weekdays, return_type=str)]
Quiet = Annotated[QuietHours | None, _read_by(read_quiet_hours), _TEXT, _WRITTEN]
Before = Annotated[BeforePlanning | None, _read_by(read_before_planning), _TEXT, _WRITTEN]
ReportKind = Annotated[str, AfterValidator(_report_kind), Field(json_schema_extra={"enum": list(RENDERERS)})]
