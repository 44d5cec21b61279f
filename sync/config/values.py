"""What the sections of the file are made of: a closed, strict table, and values that people write as text."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from sync.config.days import QuietHours, read_quiet_hours, read_weekdays
from sync.config.schedule import BeforePlanning, read_before_planning


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


_TEXT = WithJsonSchema({"type": "string"})
LocalPath = Annotated[Path, PlainValidator(_beside), WithJsonSchema({"type": "string"})]
Name = Annotated[str, Field(min_length=1, pattern=r"\S")]
Weekdays = Annotated[frozenset[int], _read_by(read_weekdays), _TEXT]
Quiet = Annotated[QuietHours | None, _read_by(read_quiet_hours), _TEXT]
Before = Annotated[BeforePlanning | None, _read_by(read_before_planning), _TEXT]
