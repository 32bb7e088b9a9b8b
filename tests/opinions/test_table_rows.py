"""Cells are found by row as if somebody looked through their column, and many rows cost no more than their number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feedback_synth.datamodel.document import Block, Cell, Document, Locator
from feedback_synth.opinions import extract, named_cells
from feedback_synth.opinions.table_rows import TableRows

TEXTS = ("Union of A", "nt", "idem", "Branch B")
ROLES = ("organization", "opinion")

cells = st.lists(
    st.builds(
        Cell,
        st.integers(1, 2),
        st.integers(1, 8),
        st.integers(1, 3),
        row_span=st.integers(1, 4),
        is_header=st.booleans(),
        role=st.sampled_from(ROLES),
    ),
    max_size=20,
).map(lambda found: sorted(found, key=lambda c: (c.table, c.row, c.column)))  # as tables are read


def table(places: list[Cell], texts: list[str]) -> Document:
    rows = zip(places, texts, strict=False)
    blocks = tuple(
        Block(f"d/b{n}", text, Locator(row=c.row), "cell", cell=c) for n, (c, text) in enumerate(rows, start=1)
    )
    return Document("d", "d.csv", "0" * 64, "table", "en", blocks)


@given(places=cells, texts=st.lists(st.sampled_from(TEXTS), min_size=20, max_size=20))
def test_a_cell_is_found_as_by_looking_through_its_column(places: list[Cell], texts: list[str]) -> None:
    document = table(places, texts)
    rows = TableRows(document)
    told = [(b, b.cell) for b in document.blocks if b.cell and not b.cell.is_header]
    for cell in places:
        for role in ROLES:
            column = [(b, c) for b, c in told if (c.table, c.role) == (cell.table, role)]
            reaching = [b for b, c in column if c.row <= cell.row < c.row + c.row_span]
            assert rows.in_row(cell, role) == next(iter(reaching), None)
            above = [(b, c) for b, c in column if c.row < cell.row and not named_cells.repeats(b.text)]
            nearest = max((c.row for _, c in above), default=0)
            assert rows.above(cell, role) == next((b for b, c in above if c.row == nearest), None)
            assert rows.beside(cell, role) == [b for b, c in column if c.row == cell.row]


def test_cells_merged_far_beyond_the_last_row_cost_nothing() -> None:
    places = [Cell(1, r, c, 9_999_999, role="organization") for r in range(1, 400) for c in (1, 2)]
    document = table(places, ["Union of A"] * len(places))
    rows = TableRows(document)
    found = rows.in_row(Cell(1, 399, 3), "organization")
    assert found is not None
    assert found.cell is not None
    assert found.cell.row == 1


def test_each_row_of_a_long_table_has_its_own_body() -> None:
    count = 60
    blocks: list[Block] = []
    for row in range(1, count + 1):
        for column, role, text in ((1, "organization", f"Branch {row}"), (2, "opinion", f"Please delete point {row}.")):
            cell = Cell(1, row, column, role=role)  # type: ignore[arg-type]
            blocks.append(Block(f"d/b{len(blocks) + 1}", text, Locator(row=row, column=column), "cell", cell=cell))
    found = extract(Document("d", "d.csv", "0" * 64, "table", "en", tuple(blocks)))
    assert [o.author.organization for o in found.opinions] == [f"Branch {row}" for row in range(1, count + 1)]
