"""Which environment variable holds a tracker's token."""

from typing import Annotated

from pydantic import BaseModel, Field

TOKEN = "READYLINE_TOKEN"  # noqa: S105 - the name of the variable, not what it holds

TokenVariable = Annotated[str, Field(min_length=1, pattern=r"\S")]


def token_variable(tracker: BaseModel) -> str:
    """The variable that a `[tracker]` table names; trackers of other packages may have no such option."""
    return str(getattr(tracker, "token_env", TOKEN))
