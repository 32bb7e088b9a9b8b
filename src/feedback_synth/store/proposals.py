"""What an edited table would change: found by comparing three states, changed by nobody yet.

The three are the table as it went out, the table as it came back, and the workspace as it is now. Only what differs
between the first two is an editor's doing; where the third differs from the first too, two people have written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, cast

from feedback_synth.datamodel.decision import CHANGE, FIELDS, DecidedField, Event
from feedback_synth.datamodel.draft import Draft
from feedback_synth.languages.text import clean
from feedback_synth.store import events as log
from feedback_synth.store import places
from feedback_synth.store.answers import implied
from feedback_synth.store.dispositions import parse
from feedback_synth.store.exchange import EditedTable
from feedback_synth.store.exchange._table import BARE, OUTSIDE, PROMPT, QUOTATION, QUOTED_CELL, ROW_KEY, CellKey
from feedback_synth.store.exports import Export
from feedback_synth.store.group_names import named
from feedback_synth.store.typed_rows import TypedRow

ProposalKind = Literal[
    "new",  # nothing was there
    "changed",  # another value was there, and its writer's is replaced
    "conflicting",  # somebody else has written meanwhile: both are kept
    "emptied",  # a filled cell came back empty: the value stays
    "unclear",  # a status, group, place or list of authors that cannot be read: not taken over
    "typed_outside",  # words stand beside the field, in no field: not taken over
    "edited_quotation",  # somebody changed a quotation: it is printed as it was
    "missing",  # a row that went out did not come back: nothing is lost
    "unknown_row",  # a row whose opinion this workspace does not have
    "inserted_row",  # a row without a key and without the words of an opinion: nobody knows what it is about
    "added",  # a row that an editor typed: an opinion the program missed
    "already_there",  # a row that an editor typed, whose words are an opinion of the table already
]
_TYPED = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’", "'"), "–": "-", "—": "-", "…": "..."})
APPLICABLE = ("added", "new", "changed", "conflicting")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One difference. ``before`` is what counts now, ``after`` what came back (a key for statuses and groups)."""

    kind: ProposalKind
    row: str
    column: str = ""
    before: str = ""
    after: str = ""
    opinions: tuple[str, ...] = ()
    seen: tuple[Event, ...] = ()  # what the editor had before their eyes, for all opinions of the row


@dataclass(frozen=True)
class Known:
    """What the workspace knows while it compares."""

    opinions: frozenset[str]
    events: Sequence[Event]
    export: Export | None  # the one the table came from, when its stamp is there
    earlier: Sequence[Export]  # every export, for tables without a stamp
    groups: Mapping[str, str]  # match key of a name or key -> key
    together: Mapping[str, tuple[str, ...]]  # opinion -> all that ask the same and share one row
    typed: Sequence[TypedRow] = ()  # rows that an editor typed into the table
    drafts: Sequence[Draft] = ()  # that a provision must stand in, if there are any

    @cached_property
    def shown_events(self) -> frozenset[str]:
        """Ids of the events that the table could show when it went out."""
        return frozenset(e.id for e in self.events[: self.export.last_event]) if self.export else frozenset()

    @cached_property
    def told_apart(self) -> frozenset[str]:
        """The opinions that a row can be about: those of the newest run, and those that went out with the table."""
        handed_out = {id_ for row, _ in (self.export.cells if self.export else ()) for id_ in row.split("+")}
        changes = {row for e in self.earlier for row, _ in e.cells if row.startswith(CHANGE)}
        added = {e.opinion_id for e in self.events if e.field == "added"} | {row.id for row in self.typed}
        return self.opinions | handed_out | changes | added


def propose(table: EditedTable, known: Known) -> tuple[Proposal, ...]:
    """Every difference that an editor made, in the order of the table; rows that are not there come last."""
    grouped = log.by_key(known.events)
    found = list(_added(known, grouped))
    for key, text in [*table.cells.items(), *table.copies]:
        found.extend(_cell(key, clean(text), known, grouped))
    found.extend(list(_implied(table, found, known, grouped)))
    found.extend(Proposal("inserted_row", "", after=" | ".join(t for _, t in row if t)) for row in table.loose)
    found.extend(_missing(table, known))
    return tuple(dict.fromkeys(found))


def _added(known: Known, grouped: Mapping[log.Key, list[Event]]) -> Iterator[Proposal]:
    """The opinions that an editor typed, but those that came in before."""
    for row in known.typed:
        if row.taken:
            yield Proposal("already_there", row.taken, after=row.text)
        elif (row.id, "added") not in grouped:
            yield Proposal("added", row.id, "added", after=row.text, opinions=(row.id,))


def events_of(proposals: Iterable[Proposal], *, reviewer: str, at: str, origin: str) -> list[Event]:
    """The events that take the applicable proposals over, one for each opinion of a row."""
    return [
        log.make(
            opinion_id,
            cast(DecidedField, p.column),
            p.after,
            reviewer=reviewer,
            decided_at=at,
            origin=origin,
            seen=[e for e in p.seen if e.opinion_id == opinion_id],
        )
        for p in proposals
        if p.kind in APPLICABLE
        for opinion_id in p.opinions
    ]


def _cell(key: CellKey, text: str, known: Known, grouped: dict[log.Key, list[Event]]) -> Iterator[Proposal]:
    row, column = key
    ids = row.split("+")
    if not known.told_apart.issuperset(ids):
        yield Proposal("unknown_row", row)
        return
    shown = _shown(key, known)
    if _same(text, *shown) or (
        column not in (QUOTATION, QUOTED_CELL) and _same(text, *_shown((row, column + PROMPT), known))
    ):
        return
    if column.startswith((BARE, OUTSIDE)):
        into_nothing = column.startswith(BARE) and any(
            shown
        )  # words of a cell that nobody fills in, such as the number
        if known.export is not None and shown and not into_nothing:
            yield Proposal("typed_outside", row, column.removeprefix(OUTSIDE).removeprefix(BARE), shown[-1], text)
        return
    if column in (QUOTATION, QUOTED_CELL):
        if shown and not _same(text.translate(_TYPED), *(words.translate(_TYPED) for words in shown)):
            yield Proposal("edited_quotation", row, column, shown[-1], text)
        return
    if column in FIELDS:
        yield from _field(row, column, text, known, grouped)


def _field(
    row: str, column: DecidedField, text: str, known: Known, grouped: dict[log.Key, list[Event]]
) -> Iterator[Proposal]:
    ids = _who(row, column, known)
    now = [log.heads(grouped.get((id_, column), [])) for id_ in ids]
    before = next((heads[0].new for heads in now if heads), "")
    if not text:
        if before or any(_shown((row, column), known)):
            yield Proposal("emptied", row, column, before)
        return
    lines_do_not_fit = column.startswith("author_") and len(ids) > 1
    value = "" if lines_do_not_fit else _READERS.get(column, _as_it_is)(text, known)
    if not value:
        yield Proposal("unclear", row, column, before, text)
        return
    if value in [_READERS[column](words, known) for words in _shown((row, column), known) if column in _READERS]:
        return  # the same in other words, or in another language
    seen = tuple(e for id_ in ids for e in _seen(grouped.get((id_, column), []), known))
    if not all(_is_recorded(value, id_, grouped.get((id_, column), []), seen, known) for id_ in ids):
        shown = next((words for words in _shown((row, column), known) if words), "")
        theirs = [e for heads in now for e in heads if e not in seen and not _same(e.new, value)]
        kind: ProposalKind = "conflicting" if theirs else "changed" if before or shown else "new"
        yield Proposal(kind, row, column, before or next(iter(_shown((row, column), known)), ""), value, ids, seen)


def _who(row: str, column: str, known: Known) -> tuple[str, ...]:
    """The opinions that a cell of a row is about: all that share the row, but an author is one opinion's own."""
    ids = tuple(row.split("+"))
    if len(ids) > 1 or column.startswith("author_"):
        return ids
    return (row, *(i for i in known.together.get(row, ()) if i != row and i in known.opinions))


def _implied(
    table: EditedTable, found: Sequence[Proposal], known: Known, grouped: dict[log.Key, list[Event]]
) -> Iterator[Proposal]:
    """What edited cells say about empty ones of their row; nothing that anybody decided is touched by it."""
    answers = (p for p in found if p.kind in APPLICABLE and p.column in ("disposition", "response"))
    for p in [p for p in answers if not p.row.startswith(CHANGE)]:

        def words(field: DecidedField, row: str = p.row) -> str:
            text = clean(table.cells.get((row, field), ""))
            return "" if _same(text, *_shown((row, field + PROMPT), known)) else text

        for field, text in implied(cast(DecidedField, p.column), words):
            yield from (more for more in _field(p.row, field, text, known, grouped) if more.kind == "new")


def _seen(events: Sequence[Event], known: Known) -> tuple[Event, ...]:
    """The events that counted when the table went out; none for a table that does not say when that was."""
    return log.heads([e for e in events if e.id in known.shown_events])


def _is_recorded(value: str, opinion_id: str, events: Sequence[Event], seen: Sequence[Event], known: Known) -> bool:
    """The value counts already, or came in before from the same table (any table, where that is not known)."""
    if any(_same(e.new, value) for e in log.heads(events)):
        return True
    ids = {e.id for e in seen if e.opinion_id == opinion_id}
    return any(_same(e.new, value) and (known.export is None or set(e.supersedes) == ids) for e in events)


def _shown(key: CellKey, known: Known) -> list[str]:
    """What stood in this cell when it went out; without a stamp, whatever ever stood there."""
    exports = known.earlier if known.export is None else [known.export]
    return [words for export in exports if (words := _in_export(key, export)) is not None]


def _in_export(key: CellKey, export: Export) -> str | None:
    """The words of a cell; those of several authors together where an editor's lines do not tell whose they are."""
    row, column = key
    parts = [export.cells.get((id_, column)) for id_ in row.split("+")] if column.startswith("author_") else []
    return export.cells.get(key, None if None in parts or not parts else "\n".join(p or "" for p in parts))


def _missing(table: EditedTable, known: Known) -> Iterator[Proposal]:
    if known.export is None:
        return
    there = {*table.cells, *((id_, column) for row, column in table.cells for id_ in row.split("+"))}
    rows = {row for row, _ in there}
    gone = {row for row, column in known.export.cells if column == QUOTATION and (row, column) not in there}
    taken_off: frozenset[CellKey] = (
        frozenset() if any(column == ROW_KEY for _, column in there) else _annex(known.export)
    )
    for row, column in known.export.cells:
        if (row, column) in taken_off:
            continue
        if row not in rows or row in gone:
            yield Proposal("missing", row)
        elif (row, column) not in there and not _is_beside(column):
            yield Proposal("missing", row, column)


def _annex(export: Export) -> frozenset[CellKey]:
    """The fields that stand in the annex alone, which may be taken off as a whole."""
    inside = {key for line in export.lines if any(column == ROW_KEY for _, column in line) for key in line}
    outside = {key for line in export.lines if all(column != ROW_KEY for _, column in line) for key in line}
    return frozenset(inside - outside)


def _is_beside(column: str) -> bool:
    return column == ROW_KEY or column.endswith(PROMPT) or column.startswith((OUTSIDE, BARE))


def _same(text: str, *others: str) -> bool:
    """Equal but for blanks: LibreOffice 7.4 loses line breaks inside the fields of a document."""
    return any("".join(text.split()) == "".join(clean(other).split()) for other in others)


def _as_it_is(text: str, _known: Known) -> str:
    return text


def _disposition(text: str, _known: Known) -> str:
    return parse(text).disposition


def _group(text: str, known: Known) -> str:
    return named(text, known.groups)


def _provision(text: str, known: Known) -> str:
    """The words themselves where every place they name stands in a draft; "" for others, if there are drafts at all."""
    return "" if known.drafts and places.find(text, known.drafts)[1] else text


_READERS: dict[str, Callable[[str, Known], str]] = {
    "disposition": _disposition,
    "group": _group,
    "provision": _provision,
}
