"""Files of one JSON value a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def read(path: Path) -> list[dict[str, Any]]:
    """The values of a file, empty lines left out."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
