"""Rows of the tables inside provisions: which cell names a row, and what each column is called."""

from __future__ import annotations

import re
from collections import defaultdict

from feedback_synth.datamodel.document import Block, Span
from feedback_synth.datamodel.draft import TableRow
from feedback_synth.drafts.lines import TableBlocks
from feedback_synth.languages.words import structure

Grid = dict[int, dict[int, Block]]  # row -> column -> the block that covers it


def rows(table: TableBlocks, provision_id: str, index: int, code: str) -> list[TableRow]:
    """The body rows of a table, the ``index``-th of its provision; group rows that span all columns are rows too."""
    grid = _grid(table)
    heads = _header_rows(grid)
    columns = sorted({c for row in grid.values() for c in row})
    headers = {c: _header(grid, heads, c) for c in columns}
    naming = _name_column(grid, heads, headers, code)
    out: list[TableRow] = []
    for number in sorted(grid):
        if number in heads:
            continue
        cells = grid[number]
        texts = tuple((headers[c], cells[c].text if c in cells else "") for c in columns)
        own = dict.fromkeys(b.id for c, b in cells.items() if b.cell is not None and b.cell.row == number)
        blocks = {b.id: b for b in cells.values()}
        out.append(
            TableRow(
                id=f"{provision_id}/t{index}/r{len(out) + 1}",
                provision_id=provision_id,
                table=table.number,
                name=_name(cells, naming, columns),
                cells=texts,
                spans=tuple(Span(b, 0, len(blocks[b].text)) for b in own),
            )
        )
    return out


def _grid(table: TableBlocks) -> Grid:
    """Every place of the table with the block that covers it: merged cells are repeated."""
    grid: Grid = defaultdict(dict)
    for block in table.cells:
        if block.cell is None:
            continue
        for row in range(block.cell.row, block.cell.row + max(1, block.cell.row_span)):
            for column in range(block.cell.column, block.cell.column + max(1, block.cell.column_span)):
                grid[row].setdefault(column, block)
    return dict(grid)


def _header_rows(grid: Grid) -> set[int]:
    """Rows marked as header, else the first; a first row of one merged cell is a caption with the header below."""
    marked = {r for r, cells in grid.items() if all(b.cell and b.cell.is_header for b in cells.values())}
    if marked:
        return marked
    first = min(grid, default=0)
    if first in grid and len(grid) > 1 and len({b.id for b in grid[first].values()}) > 1:
        return {first} | _second_header_row(grid, first)
    return set()


def _second_header_row(grid: Grid, first: int) -> set[int]:
    """A second header row exists where cells of the first reach down into it."""
    deep = max((b.cell.row + b.cell.row_span - 1 for b in grid[first].values() if b.cell), default=first)
    return {r for r in grid if first < r <= deep} if deep - first < 3 else set()


def _header(grid: Grid, heads: set[int], column: int) -> str:
    parts = [grid[r][column].text for r in sorted(heads) if column in grid[r]]
    return re.sub(r"\s+", " ", " ".join(dict.fromkeys(p for p in parts if p))).strip()


def is_number_header(header: str, code: str) -> bool:
    words = structure(code)["indicators"]["columns_number"]
    return header.lower().strip(" .:") in {w.strip(" .") for w in words}


def _name_column(grid: Grid, heads: set[int], headers: dict[int, str], code: str) -> int | None:
    """The column whose cells name the rows: by its header, else the first whose cells are mostly words."""
    words = structure(code)["indicators"]["columns_name"]
    columns = [c for c in headers if not is_number_header(headers[c], code)]
    body = [r for r in grid if r not in heads]
    wordy = [c for c in columns if _share_of_words(grid, body, c) > 0.5]
    for column in wordy:
        if any(headers[column].lower().startswith(w) for w in words):
            return column
    return wordy[0] if wordy else (columns[0] if columns else None)


def _share_of_words(grid: Grid, body: list[int], column: int) -> float:
    texts = [grid[r][column].text for r in body if column in grid[r] and grid[r][column].text.strip()]
    return (
        sum(len(re.findall(r"[^\W\d_]", t)) > len(t) / 2 and len(t) > 3 for t in texts) / len(texts) if texts else 0.0
    )


def _name(cells: dict[int, Block], naming: int | None, columns: list[int]) -> str:
    if naming in cells and cells[naming].text.strip():
        return re.sub(r"\s+", " ", cells[naming].text).strip()
    texts = [cells[c].text for c in columns if c in cells and re.search(r"[^\W\d_]", cells[c].text)]
    return re.sub(r"\s+", " ", texts[0]).strip() if texts else " ".join(b.text for b in cells.values()).strip()
