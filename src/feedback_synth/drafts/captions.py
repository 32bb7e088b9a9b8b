"""The unit of a table's values, where its caption, a line above it or a header names it."""

from __future__ import annotations

import re

from feedback_synth.datamodel.draft import Draft, TableRow
from feedback_synth.drafts.indicator_words import Words, words_of

_IN_BRACKETS = re.compile(r"\(([^()]{1,40})\)\s*[.:]?\s*$")
_LONGEST = 160  # characters of a line that can be a caption


def unit_of(draft: Draft, row: TableRow) -> str:
    """The unit that stands above the table of ``row``: "Biểu 2. Nhu cầu vốn (tỷ đồng)", "Unit: VND million"; else "".

    Of several such lines in one provision each belongs to the table of its place, the last to those that follow.
    """
    words = words_of(draft.language)
    owner = draft.by_id[row.provision_id]
    lines = [*owner.heading.split("\n"), *owner.text.split("\n")]
    found = [unit for line in lines if (unit := _unit(line.strip(), words))]
    tables = list(dict.fromkeys(r.table for r in draft.rows if r.provision_id == row.provision_id))
    return found[min(tables.index(row.table), len(found) - 1)] if found else ""


def unit_in(header: str, words: Words) -> str:
    """ "Kinh phí (tỷ đồng)" -> "tỷ đồng"; a header that is nothing but a unit of money is one."""
    match = re.search(r"\(([^)\d]{1,40})\)", header)
    if match:
        return match[1].strip()
    return header.strip() if is_unit_of_money(header, words) else ""


def is_unit_of_money(header: str, words: Words) -> bool:
    """ "VND billion", "Triệu đồng", "millions de dongs"."""
    return words.unit_of_money.fullmatch(header.strip(" .:()")) is not None


def _unit(line: str, words: Words) -> str:
    """The unit of a line that is a caption or tells nothing but the unit; shares of each value are named by rows."""
    if len(line) > _LONGEST:
        return ""
    match = words.unit_line.search(line) or _IN_BRACKETS.search(line)
    unit = match[1].strip(" .;:()") if match else ""
    return unit if is_unit_of_money(unit, words) else ""
