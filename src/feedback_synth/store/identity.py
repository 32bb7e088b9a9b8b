"""Rows that lost their key, or got another row's when only a part of a sheet was sorted: told by their quotation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from feedback_synth.datamodel.document import Notice
from feedback_synth.languages.text import match_key
from feedback_synth.store.exchange._table import (
    BARE,
    OUTSIDE,
    PROMPT,
    QUOTATION,
    QUOTED_CELL,
    ROW_KEY,
    CellKey,
    EditedTable,
)
from feedback_synth.store.exports import Export

_WORDS = re.compile(r"\n|[^\s]+")


def identify(table: EditedTable, exports: Sequence[Export]) -> EditedTable:
    """The table with every row under the key whose quotation it shows."""
    table = _originals_first(table, exports)
    return _identify_rows(_refilled(_identify_lines(table, exports), exports), exports)


def _originals_first(table: EditedTable, exports: Sequence[Export]) -> EditedTable:
    """Where a row was copied above itself and the copy typed over, the row that still shows its quotation is it."""
    quoted = _quotations(exports)
    cells, loose = dict(table.cells), []
    for words in table.loose:
        row = dict(words).get(ROW_KEY, "")
        first = {column: text for (key, column), text in cells.items() if key == row}
        if row and match_key(dict(words).get(QUOTED_CELL, "")) == quoted.get(row) != match_key(first[QUOTED_CELL]):
            cells.update({(row, column): text for column, text in words if column != ROW_KEY})
            words = tuple(first.items())
        loose.append(tuple(pair for pair in words if pair[0] != ROW_KEY))
    return replace(table, cells=cells, loose=tuple(loose))


def _identify_lines(table: EditedTable, exports: Sequence[Export]) -> EditedTable:
    """Rows of a document whose fields lost their addresses: the row of the newest export with the same quotations.

    Where several rows show the same words they are taken in their order.
    """
    waiting: dict[tuple[str, ...], list[tuple[CellKey, ...]]] = {}
    export = next((e for e in reversed(exports) if e.lines), None)
    for line in export.lines if export else ():
        quoted = tuple(match_key(export.cells[key]) for key in line if key[1] == QUOTATION) if export else ()
        waiting.setdefault(quoted, []).append(line)
    cells, loose = dict(table.cells), []
    for words in table.loose:
        quoted = tuple(match_key(text) for column, text in words if column == QUOTATION)
        if quoted and waiting.get(quoted):
            cells.update(_aligned(words, waiting[quoted].pop(0)))
        else:
            loose.append(words)
    return replace(table, cells=cells, loose=tuple(loose))


def _refilled(table: EditedTable, exports: Sequence[Export]) -> EditedTable:
    """Words that stand in a cell in place of its field: the editor deleted the field, or LibreOffice dropped it."""
    export = next((e for e in reversed(exports) if e.lines), None)
    cells = dict(table.cells)
    for line in export.lines if export else ():
        for fields, outside in _cells_of(line):
            gone = [key for key in fields if key not in cells]
            now = cells.get(outside, cells.get((outside[0], outside[1].replace(OUTSIDE, BARE, 1))))
            if export is None or not gone or now is None:
                continue
            words = _inserted(export.cells[outside], now)
            if words or len(gone) == 1:
                cells.update(_filled(gone, words))
                cells[outside] = export.cells[outside]
    return replace(table, cells=cells)


def _filled(gone: Sequence[CellKey], words: str) -> dict[CellKey, str]:
    """Words typed over several fields are the answer; what they say about status and place is read from it."""
    answer = next((key for key in gone if key[1] == "response"), gone[0])
    return {key: words if key == answer else "" for key in gone}


def _inserted(before: str, after: str) -> str:
    """The words of ``after`` that were added to ``before``, with their line breaks."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    added = " ".join(word for step, _, _, start, end in steps if step != "equal" for word in new[start:end])
    return "\n".join(line.strip() for line in added.split("\n")).strip()


def _cells_of(line: Sequence[CellKey]) -> Iterator[tuple[list[CellKey], CellKey]]:
    """The fields of each cell of a row, and the address of the words beside them."""
    fields: list[CellKey] = []
    for key in line:
        if key[1].startswith(OUTSIDE):
            yield fields, key
            fields = []
        elif key[1] == QUOTATION:
            fields = []
        elif not key[1].endswith(PROMPT):
            fields.append(key)


def _aligned(words: Sequence[tuple[str, str]], line: Sequence[CellKey]) -> dict[CellKey, str]:
    """The n-th field of a kind is the n-th of its kind in the row that went out, where there are as many."""
    found: dict[CellKey, str] = {}
    for column in dict.fromkeys(column for column, _ in words):
        texts = [text for other, text in words if other == column]
        keys = [key for key in line if key[1] == column]
        if len(texts) == len(keys):
            found.update(zip(keys, texts, strict=True))
        elif column.startswith(BARE):
            emptied = [row for row, other in line if other == column.replace(BARE, OUTSIDE, 1)]
            found.update({(row, column): texts[0] for row in emptied})
    return found


def _identify_rows(table: EditedTable, exports: Sequence[Export]) -> EditedTable:
    """Rows of a sheet: the key whose quotation they show, where exactly one row went out with it."""
    quoted = _quotations(exports)
    owners = _owners(quoted)
    renamed = {row: owner for row in table.rows if (owner := _owner(row, table, quoted, owners)) != row}
    if len(set(renamed.values()) | (set(table.rows) - set(renamed))) < len(table.rows):
        renamed = {}  # two rows would get one key: the quotations were copied about, so they tell nothing
    cells = {(renamed.get(row, row), column): text for (row, column), text in table.cells.items()}
    found = [*renamed.values()]
    loose = []
    for words in table.loose:
        owner = owners.get(match_key(dict(words).get(QUOTED_CELL, "")), "")
        if owner and not any(row == owner for row, _ in cells):
            cells.update({(owner, column): text for column, text in words})
            found.append(owner)
        else:
            loose.append(words)
    told = Notice("exchange_key_restored", (("count", str(len(found))), *(("row", row) for row in found)))
    return replace(table, cells=cells, loose=tuple(loose), notices=(*table.notices, *([told] if found else ())))


def _quotations(exports: Sequence[Export]) -> dict[str, str]:
    """Match key of the quotation of each row, by the newest export that has it."""
    return {row: match_key(t) for e in exports for (row, column), t in e.cells.items() if column == QUOTED_CELL}


def _owners(quoted: Mapping[str, str]) -> dict[str, str]:
    """The row of each quotation that only one row has."""
    counted = Counter(quoted.values())
    return {words: row for row, words in quoted.items() if words and counted[words] == 1}


def _owner(row: str, table: EditedTable, quoted: Mapping[str, str], owners: Mapping[str, str]) -> str:
    """The row's own key; where it is none of ours, or its quotation is another row's, that row's key."""
    key: CellKey = (row, QUOTED_CELL)
    shown = match_key(table.cells.get(key, ""))
    return row if not shown or shown == quoted.get(row) else owners.get(shown, row)
