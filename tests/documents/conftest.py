"""Small real files, made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from office_files import make_docx


@pytest.fixture
def docx(tmp_path: Path) -> Callable[..., Path]:
    """Writes a .docx into the test's folder and gives its path."""

    def write(body: str, **parts: str) -> Path:
        path = tmp_path / "source.docx"
        path.write_bytes(make_docx(body, **parts))
        return path

    return write
