"""Where real and labelled issues and official schemas are, if they are: test material, no part of the project."""

import os
from pathlib import Path

SHARED = Path(os.environ.get("READYLINE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
