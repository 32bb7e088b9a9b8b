"""Numbers of the rows of the absorption table: given once, never changed, late letters at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feedback_synth.store.database import Database

Row = tuple[str, ...]  # the opinions that stand in one row of the table


class RowNumbers:
    """Which number each opinion's row has."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self) -> dict[str, int]:
        """Numbers given so far, by opinion id."""
        rows = self._database.connection.execute("SELECT opinion_id, number FROM rows")
        return {row["opinion_id"]: row["number"] for row in rows}

    def assign(self, rows: Sequence[Row]) -> dict[Row, int]:
        """The number of each row; new ones get the next free numbers in the order given.

        A row keeps the smallest number that any of its opinions has. Where a row was split, its first part keeps the
        number. A number whose row is gone is not used again.
        """
        with self._database.writing() as connection:
            known = self.known()
            numbers = number_rows(rows, known)
            fresh = [(opinion, number) for row, number in numbers.items() for opinion in row if opinion not in known]
            connection.executemany("INSERT INTO rows VALUES (?, ?)", fresh)
            moved = [(n, o) for row, n in numbers.items() for o in row if o in known and known[o] < n]
            connection.executemany("UPDATE rows SET number = ? WHERE opinion_id = ?", moved)
        return numbers


def number_rows(rows: Iterable[Row], known: dict[str, int]) -> dict[Row, int]:
    """Pure part of ``RowNumbers.assign``."""
    rows = list(rows)
    taken: set[int] = set()
    numbers: dict[Row, int] = {}
    for row in rows:
        old = [n for n in sorted(known[o] for o in row if o in known) if n not in taken]
        if old:
            numbers[row] = old[0]
            taken.add(old[0])
    following = max([0, *known.values()]) + 1
    for row in rows:
        if row not in numbers:
            numbers[row] = following
            following += 1
    return {row: numbers[row] for row in rows}
