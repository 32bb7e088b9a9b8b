"""Sums that should add up: total rows of tables, and the parts of a total named in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from feedback_synth.datamodel.document import Notice, Span
from feedback_synth.datamodel.draft import Draft, Indicator, TableRow
from feedback_synth.drafts.indicator_words import words_of
from feedback_synth.drafts.table_indicators import cell_value

_LEAST_PARTS = 3  # amounts under one heading that count as the parts of a total
_ROUNDING = 0.005  # of the total


def check(draft: Draft) -> Iterator[Notice]:
    """Totals that differ from the sum of their parts."""
    yield from _tables(draft)
    yield from _prose(draft)


def _tables(draft: Draft) -> Iterator[Notice]:
    tables: dict[int, list[TableRow]] = defaultdict(list)
    for row in draft.rows:
        tables[row.table].append(row)
    for rows in tables.values():
        yield from _table(draft, rows)


def _table(draft: Draft, rows: Sequence[TableRow]) -> Iterator[Notice]:
    totals = words_of(draft.language).totals
    total = next((r for r in rows if totals.match(r.name)), None)
    parts = [r for r in rows if r is not total and not totals.match(r.name)]
    if total is None or len(parts) < 2:
        return
    for column, (header, text) in enumerate(total.cells):
        wanted = cell_value(text, draft.language)
        values = [cell_value(r.cells[column][1], draft.language) for r in parts if column < len(r.cells)]
        if wanted is None or text == total.name or sum(v is not None for v in values) < 2:
            continue
        found = sum(v for v in values if v is not None)
        if not _equal(found, wanted) and not _nested(parts):
            label = draft.by_id[total.provision_id].label
            yield _notice(draft, label, header or total.name, wanted, found, total.spans[0] if total.spans else None)


def _nested(rows: Sequence[TableRow]) -> bool:
    """Tables with rows and sub-rows ("I", "1", "2") hold each amount twice; their sums are left to people."""
    numbers = [r.cells[0][1].strip() for r in rows if r.cells]
    return any(n.isalpha() and n.isupper() for n in numbers) or any("." in n.rstrip(".") for n in numbers)


def _prose(draft: Draft) -> Iterator[Notice]:
    """Amounts of sibling items against a total that stands near them ("Tổng kinh phí: …", then its sources)."""
    money = [i for i in draft.indicators if not i.row_id and i.unit and i.value is not None]
    groups: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
    for i in money:
        groups[draft.by_id[i.provision_id].parent_id, i.unit].append(i)
    for (parent, unit), parts in groups.items():
        if len({p.provision_id for p in parts}) < _LEAST_PARTS or len(parts) != len({p.provision_id for p in parts}):
            continue
        total = next((i for i in money if i.unit == unit and _is_total_of(draft, i, parent)), None)
        if total is not None and total.value is not None:
            found = sum(p.value for p in parts if p.value is not None)
            if not _equal(found, total.value):
                yield _notice(draft, draft.by_id[parent].label, total.name, total.value, found, total.span)


def _is_total_of(draft: Draft, indicator: Indicator, parent: str) -> bool:
    """A total in the provision that holds the parts, or in a sibling of it."""
    if parent not in draft.by_id or not words_of(draft.language).totals.search(indicator.name):
        return False
    owner = draft.by_id[indicator.provision_id]
    return owner.id == parent or owner.parent_id == draft.by_id[parent].parent_id


def _equal(a: float, b: float) -> bool:
    return abs(a - b) <= max(_ROUNDING * abs(b), 1e-9)


def _notice(draft: Draft, label: str, what: str, wanted: float, found: float, span: Span | None) -> Notice:
    values = (("draft", draft.kind), ("label", label), ("what", what), ("total", f"{wanted:g}"), ("sum", f"{found:g}"))
    return Notice("sum_does_not_add_up", values, span)
