"""Where shared test material lies, if it is there: never copied, only read."""

import os
from pathlib import Path

SHARED = Path(os.environ.get("READYLINE_SHARED", Path(__file__).resolve().parents[3].parent / "shared"))
