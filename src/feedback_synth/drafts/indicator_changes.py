"""Which measurable targets changed between two drafts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from feedback_synth.datamodel.comparison import Change, IndicatorChange
from feedback_synth.datamodel.draft import Draft, Indicator
from feedback_synth.drafts.alignment import Unit, Vocabulary, align
from feedback_synth.drafts.matching import Matching
from feedback_synth.drafts.row_changes import RowPairs
from feedback_synth.drafts.text_figures import changed_cells, changed_figures
from feedback_synth.languages.numbers import Number
from feedback_synth.languages.text import tokens

_SAME_NAME = 0.8  # of the shorter name, found in the other, of a figure that moved
_LEAST_COMMON = 3  # words


@dataclass(frozen=True, slots=True)
class Figure:
    """A change of an indicator with the places it stands at."""

    change: IndicatorChange
    old_id: str
    new_id: str
    old_row: str = ""
    new_row: str = ""


def written(indicator: Indicator) -> str:
    """The target in one notation for all languages: "<=0.6%", "~3250 tỷ đồng", "60-70%", "11 trường"."""
    if indicator.value is None:
        return indicator.text
    sign = "" if indicator.comparator == "=" else indicator.comparator
    number = _digits(indicator.value) + (f"-{_digits(indicator.upper)}" if indicator.upper is not None else "")
    return f"{sign}{number}{'' if indicator.unit in ('%', '‰') else ' '}{indicator.unit}".strip()


def _digits(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(round(value, 6))


def find(matching: Matching, rows: RowPairs) -> list[Figure]:
    """Every indicator that changed, appeared or went, in the order of the new draft."""
    pairs = _pairs(matching, rows)
    pairs += _elsewhere(matching, pairs)
    partner = {b.id: a for a, b in pairs}
    kept = {a.id for a, _ in pairs}
    found = [f for b in matching.new.indicators if (f := _figure(partner.get(b.id), b)) is not None]
    found += [_gone(a) for a in matching.old.indicators if a.id not in kept]
    return [*found, *_other_figures(matching, found), *_other_cells(matching, rows, found)]


def _other_figures(matching: Matching, found: list[Figure]) -> list[Figure]:
    """Figures replaced in the text that are no targets of the drafts, as far as none of ``found`` tells of them."""
    known = {(f.old_id, f.new_id, _number_in(f.change.old), _number_in(f.change.new)) for f in found}
    out = []
    for a, b, name, old, new in changed_figures(matching):
        if (a.id, b.id, _digits(old.value), _digits(new.value)) not in known:
            change = IndicatorChange(name, _plain_value(old), _plain_value(new), old_label=a.label, new_label=b.label)
            out.append(Figure(change, a.id, b.id))
    return out


def _other_cells(matching: Matching, rows: RowPairs, found: list[Figure]) -> list[Figure]:
    """Numbers replaced in table rows of which ``found`` says nothing."""
    told = {f.new_row for f in found if f.change.old and f.change.new}
    out = []
    for a, b, old, new in changed_cells(rows, matching.new.language):
        if b.name not in told:
            labels = matching.old.by_id[a.provision_id].label, matching.new.by_id[b.provision_id].label
            values = _digits(old), _digits(new)
            change = IndicatorChange(b.name, *values, old_label=labels[0], new_label=labels[1])
            out.append(Figure(change, a.provision_id, b.provision_id, a.name, b.name))
    return out


def _number_in(value: str) -> str:
    """The first number of a value as ``written`` gives it, without comparator and unit."""
    match = re.search(r"\d+(?:\.\d+)?", value)
    return match[0] if match else ""


def _plain_value(number: Number) -> str:
    return f"{_digits(number.value)}{'' if number.measure == 'percent' else ' '}{number.unit}"


def attach(changes: Iterable[Change], figures: list[Figure]) -> list[Change]:
    """Each change with the indicators that changed in its provision or row."""
    index: dict[tuple[str, str, str], list[IndicatorChange]] = defaultdict(list)
    for figure in figures:
        index[figure.old_id, figure.new_id, figure.new_row or figure.old_row].append(figure.change)
    out = []
    changes = tuple(changes)
    told = {(change.old_id, change.new_id) for change in changes}
    for figure in figures:
        if not figure.new_row and figure.old_id and figure.new_id and (figure.old_id, figure.new_id) not in told:
            index["", figure.new_id, ""].append(figure.change)  # went with one provision, came with another
    for change in changes:
        places = dict.fromkeys(((change.old_id, change.new_id), ("", change.new_id), (change.old_id, "")))
        own = tuple(f for a, b in places if a or b for f in index.get((a, b, change.table_row), ()))
        out.append(replace(change, indicators=own) if own else change)
    return out


# ---- pairing ---------------------------------------------------------------------------------------
def _pairs(matching: Matching, rows: RowPairs) -> list[tuple[Indicator, Indicator]]:
    pairs: list[tuple[Indicator, Indicator]] = []
    before, after = _by_place(matching.old), _by_place(matching.new)
    for a, b in rows:
        pairs += _align_in_row(before.get(("", a.id), []), after.get(("", b.id), []))
    taken: set[int] = set()  # a split or merged provision is met more than once
    for old_id, partners in _partners(matching).items():
        old = [i for i in before.get((old_id, ""), ()) if id(i) not in taken]
        new = [i for p in partners for i in after.get((p, ""), ()) if id(i) not in taken]
        found = _align_by_name(old, new)
        taken.update(id(i) for pair in found for i in pair)
        pairs += found
    return pairs


def _partners(matching: Matching) -> dict[str, list[str]]:
    out = {a: [b, *matching.split.get(a, ())] for a, b in matching.new_of.items()}
    for b, olds in matching.merged.items():
        for a in olds:
            out.setdefault(a, []).append(b)
    return out


def _by_place(draft: Draft) -> dict[tuple[str, str], list[Indicator]]:
    """Indicators by (provision, ""), those in tables by ("", row)."""
    out: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
    for i in draft.indicators:
        out["" if i.row_id else i.provision_id, i.row_id].append(i)
    return dict(out)


def _align_in_row(old: list[Indicator], new: list[Indicator]) -> list[tuple[Indicator, Indicator]]:
    """By year, then the last of what is left (a table that gains years keeps its final one)."""
    by_year = {i.deadline: i for i in new if i.deadline}
    pairs = [(a, by_year[a.deadline]) for a in old if a.deadline in by_year]
    rest_old = [a for a in old if not any(a is x for x, _ in pairs)]
    rest_new = [b for b in new if not any(b is y for _, y in pairs)]
    if rest_old and rest_new:
        pairs += list(zip(rest_old[::-1], rest_new[::-1], strict=False))
    return pairs


def _align_by_name(old: list[Indicator], new: list[Indicator]) -> list[tuple[Indicator, Indicator]]:
    if not old or not new:
        return []
    vocabulary = Vocabulary()
    units = [[Unit(f"{_kind(i)} {i.deadline}", vocabulary.encode(tokens(i.name))) for i in side] for side in (old, new)]
    pairs = [(old[i], new[j]) for i, j in align(units[0], units[1], least=0.3) if _comparable(old[i], new[j])]
    rest_old = [a for a in old if not any(a is x for x, _ in pairs)]
    rest_new = [b for b in new if not any(b is y for _, y in pairs)]
    return pairs + _by_order(rest_old, rest_new)


def _by_order(old: list[Indicator], new: list[Indicator]) -> list[tuple[Indicator, Indicator]]:
    """What names do not pair: of one unit as many as before, in their order; else a lone figure with a lone figure."""
    pairs: list[tuple[Indicator, Indicator]] = []
    for kind in dict.fromkeys(_kind(i) for i in old):
        here, there = [i for i in old if _kind(i) == kind], [i for i in new if _kind(i) == kind]
        if len(here) == len(there):
            pairs += zip(here, there, strict=True)
    if not pairs and len(old) == len(new) == 1 and _comparable(old[0], new[0]):
        pairs.append((old[0], new[0]))
    return pairs


def _elsewhere(matching: Matching, pairs: list[tuple[Indicator, Indicator]]) -> list[tuple[Indicator, Indicator]]:
    """A figure that went with its provision and came, under nearly the same name, with another beside it."""
    old, new = ({i.id for i in side} for side in zip(*pairs, strict=True)) if pairs else (set(), set())
    gone = [i for i in matching.old.indicators if not i.row_id and i.id not in old]
    come = [i for i in matching.new.indicators if not i.row_id and i.id not in new]
    found: list[tuple[Indicator, Indicator]] = []
    for a in gone:
        likely = [(_likeness(a, b), -n) for n, b in enumerate(come) if _kind(a) == _kind(b) and _beside(matching, a, b)]
        best, place = max(likely, default=(0.0, 0))
        if best >= _SAME_NAME:
            found.append((a, come.pop(-place)))
    return found


def _beside(matching: Matching, a: Indicator, b: Indicator) -> bool:
    """Whether both stand under one provision."""
    parent = matching.old.by_id[a.provision_id].parent_id
    return bool(parent) and matching.new_of.get(parent) == matching.new.by_id[b.provision_id].parent_id


def _likeness(a: Indicator, b: Indicator) -> float:
    """How much the shorter name is in the longer, 0..1; 0 where they share too few words to tell."""
    one, other = Counter(tokens(a.name)), Counter(tokens(b.name))
    common = (one & other).total()
    return common / min(one.total(), other.total()) if common >= _LEAST_COMMON else 0.0


def _comparable(a: Indicator, b: Indicator) -> bool:
    return (a.unit == "%") == (b.unit == "%")


def _kind(indicator: Indicator) -> str:
    return "%" if indicator.unit == "%" else indicator.unit.lower()


# ---- entries ---------------------------------------------------------------------------------------
def _figure(a: Indicator | None, b: Indicator) -> Figure | None:
    if a is None:
        change = IndicatorChange(b.name, "", written(b), "", b.deadline, "", b.label)
        return Figure(change, "", b.provision_id, "", _row_name(b))
    if (written(a), a.deadline) == (written(b), b.deadline):
        return None
    change = IndicatorChange(b.name, written(a), written(b), a.deadline, b.deadline, a.label, b.label)
    return Figure(change, a.provision_id, b.provision_id, _row_name(a), _row_name(b))


def _gone(a: Indicator) -> Figure:
    change = IndicatorChange(a.name, written(a), "", a.deadline, "", a.label, "")
    return Figure(change, a.provision_id, "", _row_name(a), "")


def _row_name(indicator: Indicator) -> str:
    return indicator.name if indicator.row_id else ""
