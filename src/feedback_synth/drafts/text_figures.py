"""Figures that changed in the text of a provision without being targets: amounts, rates, numbers of copies or days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from feedback_synth.datamodel.draft import Draft, Provision, TableRow
from feedback_synth.drafts.indicator_words import words_of
from feedback_synth.drafts.indicators import is_situation, name_of
from feedback_synth.drafts.matching import Matching
from feedback_synth.drafts.row_changes import RowPairs
from feedback_synth.drafts.table_indicators import cell_value
from feedback_synth.drafts.tables import is_number_header
from feedback_synth.languages.numbers import Number, numbers
from feedback_synth.languages.sentences import sentences
from feedback_synth.languages.text import tokens

_LEAD = 2  # words before a number
Found = tuple[Provision, Provision, str, Number, Number]


def changed_figures(matching: Matching) -> Iterator[Found]:
    """(old provision, new provision, name, old number, new number) where a figure replaced another of its unit."""
    for b in matching.new.provisions:
        a = matching.old.by_id.get(matching.old_of.get(b.id, ""))
        if a is None or a.text == b.text or is_situation(matching.new, b):
            continue
        before, after = _measured(a.text, matching.old.language), _measured(b.text, matching.new.language)
        for old, new in _replaced(a.text, b.text, before, after):
            yield a, b, _name(matching.new, b, new), old, new


def changed_cells(pairs: RowPairs, code: str) -> Iterator[tuple[TableRow, TableRow, float, float]]:
    """(old row, new row, old value, new value) for each cell whose number another replaced, under the same header."""
    for a, b in pairs:
        before = dict(a.cells)
        for header, text in b.cells:
            old, new = cell_value(before.get(header, ""), code), cell_value(text, code)
            if old is not None and new is not None and old != new and not is_number_header(header, code):
                yield a, b, old, new


def _measured(text: str, code: str) -> list[Number]:
    return [n for n in numbers(text, code) if n.measure != "plain"]


def _replaced(a: str, b: str, before: list[Number], after: list[Number]) -> Iterator[tuple[Number, Number]]:
    """Pairs of numbers of one unit, in order, where as many came as went; else those behind the same words."""
    gone, come = _without(before, after), _without(after, before)
    for unit in dict.fromkeys(_unit(n) for n in gone):
        old, new = [n for n in gone if _unit(n) == unit], [n for n in come if _unit(n) == unit]
        if len(old) == len(new):
            yield from zip(old, new, strict=True)
        else:
            yield from _in_place(a, b, old, new)


def _in_place(a: str, b: str, old: list[Number], new: list[Number]) -> Iterator[tuple[Number, Number]]:
    """Pairs that one and the same words lead up to ("Thí điểm 6 trung tâm", "Thí điểm 8 trung tâm, trong đó 3 …")."""
    leads = Counter(_lead(a, n) for n in old)
    for number in old:
        lead = _lead(a, number)
        behind = [n for n in new if _lead(b, n) == lead]
        if len(lead) == _LEAD and len(behind) == leads[lead] == 1:
            yield number, behind[0]


def _lead(text: str, number: Number) -> tuple[str, ...]:
    return tuple(tokens(text[: number.start])[-_LEAD:])


def _without(numbers_: list[Number], others: list[Number]) -> list[Number]:
    """The numbers that the other text does not have as well."""
    left = Counter((n.value, _unit(n)) for n in others)
    out = []
    for number in numbers_:
        if left[number.value, _unit(number)] > 0:
            left[number.value, _unit(number)] -= 1
        else:
            out.append(number)
    return out


def _unit(number: Number) -> str:
    return number.unit.lower()


def _name(draft: Draft, provision: Provision, number: Number) -> str:
    """What the figure measures, by its sentence."""
    for start, end in sentences(provision.text, draft.language):
        if start <= number.start < end:
            sentence = provision.text[start:end]
            same = next((n for n in numbers(sentence, draft.language) if n.start + start == number.start), None)
            return name_of(sentence, same, words_of(draft.language)) if same else number.unit
    return number.unit
