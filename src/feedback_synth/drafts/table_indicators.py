"""Measurable targets in tables: a row for each, its unit, its present value, its targets by year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from feedback_synth.datamodel.draft import Comparator, Draft, Indicator, TableRow
from feedback_synth.drafts import captions
from feedback_synth.drafts.indicator_words import Words, words_of
from feedback_synth.languages.dates import dates
from feedback_synth.languages.numbers import numbers, parse

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_VALUE = re.compile(r"\s*(?P<sign>≥|≤|>=|<=|>|<|~|±)?\s*(?P<number>\d[\d.,\u00a0\u202f ]*)\s*(?P<share>[%‰])?\s*$")
_SIGNS: dict[str, Comparator] = {"≥": ">=", ">=": ">=", ">": ">=", "≤": "<=", "<=": "<=", "<": "<=", "~": "~", "±": "~"}


@dataclass(frozen=True, slots=True)
class Target:
    """A column of values to reach."""

    index: int
    year: str = ""
    unit: str = ""  # that the header or the caption gives for all values, "tỷ đồng"


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold, by their headers; indexes into the cells of a row."""

    unit: int | None
    baseline: int | None
    responsible: int | None
    deadline: int | None
    targets: tuple[Target, ...]


def by_provision(draft: Draft) -> dict[str, list[Indicator]]:
    """The indicators of table rows, by the provision that holds the table."""
    words = words_of(draft.language)
    found: dict[str, list[Indicator]] = defaultdict(list)
    columns: dict[int, Columns] = {}
    for row in draft.rows:
        if row.table not in columns:
            columns[row.table] = _columns(row, words, captions.unit_of(draft, row))
        if not _is_total(row, columns[row.table], words):
            found[row.provision_id] += _of_row(draft, row, columns[row.table], words)
    return found


def _is_total(row: TableRow, columns: Columns, words: Words) -> bool:
    """A row that sums up the others; "Tổng lượt khách" with a unit of its own is an indicator."""
    match = words.totals.match(row.name)
    named = match is not None and row.name[match.end() :].strip(" :.") != ""
    own_unit = columns.unit is not None and row.cells[columns.unit][1].strip() != ""
    return match is not None and not (named and own_unit)


def _columns(row: TableRow, words: Words, caption: str) -> Columns:
    headers = [h.lower().strip() for h, _ in row.cells]
    unit = _first(headers, words.columns["unit"])
    baseline = _first(headers, words.columns["baseline"])
    responsible = _first(headers, words.columns["responsible"])
    deadline = next((i for i in _all(headers, words.columns["deadline"]) if not _YEAR.search(headers[i])), None)
    taken = {unit, baseline, responsible, deadline}
    free = [i for i in range(len(headers)) if i not in taken]
    found = [i for i in free if _is_target(headers[i], words, row.cells[i][1], has_unit=unit is not None)]
    of_money = words.money.search(caption) is not None
    if not found and of_money:
        found = [i for i in _amounts(headers, words) if i in free]
    if not of_money and baseline is None and (first := _first_year(headers, found, words)) is not None:
        baseline = first
        found.remove(first)
    units = {i: captions.unit_in(row.cells[i][0], words) for i in found}
    given = next(filter(None, units.values()), caption)
    targets = [Target(i, _year(headers[i]), units[i] or given) for i in found]
    return Columns(unit, baseline, responsible, deadline, tuple(_without_shares(targets, words)))


def _without_shares(targets: list[Target], words: Words) -> list[Target]:
    """Beside amounts a column of per cents tells how they are divided, and sets no targets."""
    amounts = [t for t in targets if words.money.search(t.unit)]
    return [t for t in targets if t.unit != "%"] if amounts else targets


def _amounts(headers: list[str], words: Words) -> list[int]:
    """The columns of amounts of a table whose unit stands in its caption: the one of sums, else those of money."""
    sums = [i for i, h in enumerate(headers) if words.totals.match(h)]
    return sums[:1] or _all(headers, words.columns["money"])


def _first_year(headers: list[str], columns: list[int], words: Words) -> int | None:
    """Where things stand, of several columns that name years ("2024 | Target 2030"): the first, if it names no more."""
    years = {i: _year(headers[i]) for i in columns}
    if len(columns) < 2 or not all(years.values()):
        return None
    first = min(columns, key=lambda i: years[i])
    return first if _is_year(headers[first], words.bare_year) else None


def _is_year(header: str, beside: re.Pattern[str]) -> bool:
    """ "2028", "Năm 2028": a year and nothing else but the words ``beside``."""
    rest = beside.sub("", _YEAR.sub("", header)).strip(" -–/.:")
    return _YEAR.search(header) is not None and not rest


def _all(headers: list[str], words: tuple[str, ...]) -> list[int]:
    return [i for i, h in enumerate(headers) if any(h.startswith(w) for w in words)]


def _first(headers: list[str], words: tuple[str, ...]) -> int | None:
    return next(iter(_all(headers, words)), None)


def _is_target(header: str, words: Words, example: str, has_unit: bool) -> bool:
    """A column of values to reach: a target or year header, or an amount in a unit that the header names."""
    if _is_year(header, words.year):
        return True
    if _YEAR.fullmatch(example.strip()) or not header:
        return False
    if captions.is_unit_of_money(header, words):
        return True
    if any(w in header for w in words.columns["baseline"]):
        return False
    if any(w in header for w in words.columns["target"]) and (has_unit or _YEAR.search(header) is not None):
        return True
    unit = re.search(r"\(([^)]{1,40})\)", header)
    return unit is not None and (
        words.measured.search(unit[1]) is not None or any(header.startswith(w) for w in words.columns["money"])
    )


def _year(header: str) -> str:
    years = _YEAR.findall(header)
    return years[-1] if years else ""


def _of_row(draft: Draft, row: TableRow, columns: Columns, words: Words) -> Iterator[Indicator]:
    """One indicator for each target cell with a value: one for each year."""
    cells = [text for _, text in row.cells]
    own_unit = cells[columns.unit].strip() if columns.unit is not None else ""
    values = [(t, v) for t in columns.targets if (v := _value(cells[t.index], draft.language)) is not None]
    label = draft.by_id[row.provision_id].label
    for target, (value, comparator, share) in values:
        yield Indicator(
            id="",
            provision_id=row.provision_id,
            label=label,
            text=row.name,
            name=row.name,
            value=value,
            unit=share or own_unit or target.unit or _unit_of_name(row.name),
            comparator=comparator,
            deadline=target.year or _date(_given(cells, columns.deadline), draft.language),
            baseline=_given(cells, columns.baseline),
            responsible=_given(cells, columns.responsible),
            row_id=row.id,
            span=row.spans[0] if row.spans else None,
        )


def _date(text: str, code: str) -> str:
    """The date or year in a cell: "Quý IV/2028", "trước 2030"."""
    found = dates(text, code)
    return found[-1].iso if found else _year(text)


def _unit_of_name(name: str) -> str:
    """ "Tỷ lệ bao phủ (%)" names its unit itself."""
    match = re.search(r"\(([^)]{1,20})\)\s*$", name)
    return match[1] if match else ""


def _given(cells: list[str], column: int | None) -> str:
    text = cells[column].strip() if column is not None else ""
    return "" if text in ("-", "–", "—", "…", "...") else text


def cell_value(text: str, code: str) -> float | None:
    """The number in a cell, None for words or an empty cell."""
    found = _value(text, code)
    return found[0] if found else None


def _value(text: str, code: str) -> tuple[float, Comparator, str] | None:
    """The value of a cell with its comparator and its sign of a share (%, ‰) or ""; None for words."""
    match = _VALUE.match(text)
    if match:
        try:
            value = parse(match["number"], code)
        except ValueError:
            return None
        return value, _SIGNS.get(match["sign"] or "", "="), match["share"] or ""
    found = numbers(text, code) if len(text) < 40 else []
    if len(found) != 1:
        return None
    return found[0].value, found[0].comparator, found[0].unit if found[0].measure == "percent" else ""
