"""An edited .xlsx: a hidden row holds the column keys, a hidden column the row keys; both may have been moved."""

from __future__ import annotations

import io
from typing import Any

from feedback_synth.errors import UnreadableDocumentError
from feedback_synth.store.exchange import _package
from feedback_synth.store.exchange._grid import Grid, table_of, words_of
from feedback_synth.store.exchange._table import EditedTable


def read(content: bytes, name: str) -> EditedTable:
    """The cells of the edited table. UnreadableDocumentError if the file is no .xlsx or holds none of our tables."""
    parts = _package.parts(content, name)
    grids = (_grid(sheet) for sheet in _open(content, name).worksheets)
    return table_of(grids, name, stamp=_package.stamp_of(parts, name), editor=_package.editor_of(parts, name))


def stamp(content: bytes, export_id: str) -> bytes:
    """The same workbook with the id of its export in its properties."""
    return _package.stamped(content, export_id)


def _open(content: bytes, name: str) -> Any:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(io.BytesIO(content), data_only=True)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise UnreadableDocumentError(
            "{name} cannot be read as a workbook ({why}). Open it, save it as .xlsx, try again.", name=name, why=error
        ) from error


def _grid(sheet: Any) -> Grid:
    """The sheet as words; a merged area has them in every row of its first column, since an editor meant all rows."""
    grid = [[words_of(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    for area in sheet.merged_cells.ranges:
        words = grid[area.min_row - 1][area.min_col - 1]
        for r in range(area.min_row - 1, min(area.max_row, len(grid))):
            for c in range(area.min_col - 1, min(area.max_col, len(grid[r]))):
                grid[r][c] = words if c == area.min_col - 1 else ""
    return grid
