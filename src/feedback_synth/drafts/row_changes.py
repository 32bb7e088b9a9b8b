"""Changes of table rows: by their name, under provisions that belong together."""

from __future__ import annotations

from collections import defaultdict

from feedback_synth.datamodel.comparison import Change, Segment
from feedback_synth.datamodel.draft import Draft, TableRow
from feedback_synth.drafts.alignment import Unit, Vocabulary, align
from feedback_synth.drafts.matching import Matching
from feedback_synth.drafts.segments import cosmetic_key, segments
from feedback_synth.drafts.tables import is_number_header
from feedback_synth.languages.text import tokens

RowPairs = list[tuple[TableRow, TableRow]]


def pair_rows(matching: Matching) -> RowPairs:
    """Rows that are one: under paired provisions first, then by name across the draft."""
    old, new = _by_provision(matching.old), _by_provision(matching.new)
    pairs: RowPairs = []
    for a, rows in old.items():
        pairs += _align(rows, new.get(matching.new_of.get(a, ""), []), least=0.6)
    used = {r.id for pair in pairs for r in pair}
    free_old = [r for r in matching.old.rows if r.id not in used]
    free_new = [r for r in matching.new.rows if r.id not in used]
    return pairs + _align(free_old, free_new, least=0.75)


def row_changes(matching: Matching, pairs: RowPairs) -> list[Change]:
    """One entry for each row that differs, in the order of the new draft, then the rows that are gone."""
    partner = {b.id: a for a, b in pairs}
    kept = {a.id for a, _ in pairs}
    found = [c for b in matching.new.rows if (c := _change(matching, partner.get(b.id), b)) is not None]
    return found + [_removed(matching, a) for a in matching.old.rows if a.id not in kept]


def row_text(row: TableRow, code: str) -> str:
    """A row in one line: "header: text | header: text", without the running number and empty cells."""
    return " | ".join(
        f"{head}: {text}" if head else text
        for head, text in row.cells
        if text.strip() and not is_number_header(head, code)
    )


def _by_provision(draft: Draft) -> dict[str, list[TableRow]]:
    out: dict[str, list[TableRow]] = defaultdict(list)
    for row in draft.rows:
        out[row.provision_id].append(row)
    return out


def _align(old: list[TableRow], new: list[TableRow], least: float) -> RowPairs:
    vocabulary = Vocabulary()
    units = [[Unit(str(r.table), vocabulary.encode(tokens(r.name))) for r in rows] for rows in (old, new)]
    return [(old[i], new[j]) for i, j in align(units[0], units[1], least=least, lenient=False)]


def _change(matching: Matching, a: TableRow | None, b: TableRow) -> Change | None:
    code = matching.new.language
    after = row_text(b, code)
    label = matching.new.by_id[b.provision_id].label
    if a is None:
        return Change(
            "added", True, "", "", b.provision_id, label, "", after, (Segment("insert", after),), table_row=b.name
        )
    before = row_text(a, matching.old.language)
    old_label = matching.old.by_id[a.provision_id].label
    if before == after and matching.new_of.get(a.provision_id) == b.provision_id:
        return None
    same = cosmetic_key(before) == cosmetic_key(after)
    moved = matching.new_of.get(a.provision_id) != b.provision_id
    return Change(
        kind="moved" if moved and same else "modified",
        substantive=not same or moved,
        old_id=a.provision_id,
        old_label=old_label,
        new_id=b.provision_id,
        new_label=label,
        old_text=before,
        new_text=after,
        segments=segments(before, after, code),
        table_row=b.name,
    )


def _removed(matching: Matching, a: TableRow) -> Change:
    text = row_text(a, matching.old.language)
    label = matching.old.by_id[a.provision_id].label
    return Change(
        "removed", True, a.provision_id, label, "", "", text, "", (Segment("delete", text),), table_row=a.name
    )
