"""The door of the room: what was said in one source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

from feedback_synth.datamodel.document import Block, Document, Notice, SourceKind
from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.opinions import (
    annotated,
    chats,
    dictated,
    discussing,
    forms,
    group_papers,
    group_sheets,
    inner_consent,
    judging,
    letters,
    margin_notes,
    minutes,
    missions,
    news,
    page_comments,
    questions,
    reading,
    recordings,
    tables,
    voices,
)
from feedback_synth.opinions.ledger import Ledger
from feedback_synth.opinions.role_model import Encoder
from feedback_synth.opinions.stretch import Stretch, whole

_SAID = ("speech", "note")  # zones in which opinions are looked for
_COMMENTED = ("news", "background", "notes")  # pages under which readers comment
_LOOSE = ("minutes", "letter", "news", "notes", "draft", "background")  # any text without annotations and columns
_TOLD = ("notes", "background")  # what may be a report of a session
_UNCERTAIN = ("notes", "draft", "background")  # what a reader falls back on: look again before keeping silent
Reader = Callable[[Document], list[Stretch]]
_BY_KIND: dict[SourceKind, Reader] = {
    "table": tables.stretches,
    "absorption_table": tables.stretches,
    "letter": letters.stretches,
    "annotated_draft": annotated.stretches,
    "news": news.stretches,
    "minutes": minutes.stretches,
    "notes": minutes.stretches,
}


def extract(document: Document, *, encode: Encoder | None = None) -> Extraction:
    """Passages, opinions, agreements and directives of one source.

    The passages tile the words of all its blocks, and every opinion is a contiguous quotation of one block. A text in
    which nothing is found although it discusses the drafts is read once more, as remarks of one author.
    """
    found = _read(document, margin_notes.with_notes(document, _stretches(document)), encode)
    if found.opinions or found.agreements or found.directives or document.kind not in _LOOSE:
        return found
    return _read(document, discussing.stretches(document), encode) if discussing.discusses(document) else found


def _read(document: Document, found: list[Stretch], encode: Encoder | None) -> Extraction:
    ledger = Ledger(document)
    reference = document.field("date")
    stretches = [part for stretch in _complete(document, found) for part in _parts(stretch, ledger)]
    if any(s.evidence == discussing.EVIDENCE for s in stretches):
        ledger.notices.append(Notice("read_as_remarks"))
    speeches = {
        stretch: judging.judged_by_rules(stretch, ledger.text(stretch.block_id), reading.language(stretch, ledger))
        for stretch in stretches
        if stretch.zone in _SAID
    }
    judging.advised(list(speeches.values()), encode)
    for stretch in stretches:
        judged = speeches[stretch].judged if stretch in speeches else []
        reading.read(stretch, judged, ledger, reference)
    return ledger.extraction()


def _parts(stretch: Stretch, ledger: Ledger) -> Iterable[Stretch]:
    """What was said, cut at consent inside it; any other stretch whole."""
    if stretch.zone not in _SAID:
        return (stretch,)
    return inner_consent.apart(stretch, ledger.text(stretch.block_id), reading.language(stretch, ledger))


def _stretches(document: Document) -> list[Stretch]:
    if document.kind in _COMMENTED and any(_is_remark(b) for b in document.blocks):
        remarks = replace(document, blocks=tuple(b for b in document.blocks if _is_remark(b)))
        page = replace(document, blocks=tuple(b for b in document.blocks if not _is_remark(b)))
        return [*page_comments.stretches(remarks), *_stretches(page)]
    own = group_papers.group(document) if document.kind in _LOOSE else ""
    read = _by_form(document) or _by_signs(document) or _BY_KIND.get(document.kind)
    read = read or (minutes.stretches if own else None)
    if read:
        return group_papers.of_group(read(document), document, own) if own else read(document)
    return [s for b in document.blocks for s in whole(b.id, b.text, "other", f"structure:{document.kind}")]


def _is_remark(block: Block) -> bool:
    """Whether a block is what a reader wrote under a page."""
    return block.kind == "comment" and block.annotation is not None


def _by_form(document: Document) -> Reader | None:
    """The reader of a text whose form tells what it is, whatever kind it was taken for."""
    if document.kind == "table":
        return forms.stretches if forms.are_several(document) else None
    if document.kind not in _LOOSE:
        return None
    if recordings.is_recording(document) and minutes.has_speakers(document):
        return minutes.stretches
    if chats.is_export(document):
        return chats.stretches
    if forms.are_several(document):
        return forms.stretches
    if group_sheets.are_sheets(document) and not minutes.has_speakers(document):
        return group_sheets.stretches
    if dictated.is_dictated(document) and not minutes.has_speakers(document):
        return dictated.stretches
    if questions.is_sheet(document):
        return questions.stretches
    if missions.is_report(document) and not minutes.has_speakers(document):
        return missions.stretches
    return None


def _by_signs(document: Document) -> Reader | None:
    """The reader of a text of no certain kind, told by how people speak in it and how it closes."""
    if document.kind in _TOLD and voices.is_record(document):
        if voices.tells(document):
            return news.stretches
        if document.kind == "background":
            return minutes.stretches  # notes of what was said, without the words of a consultation
    if document.kind in _UNCERTAIN:
        if letters.is_letter(document) or _answers_quotations(document):
            return letters.stretches
        if document.kind != "notes" and minutes.has_speakers(document):
            return minutes.stretches
    if document.kind == "notes" and letters.is_signed_note(document) and not minutes.has_speakers(document):
        return letters.stretches
    return None


def _answers_quotations(document: Document) -> bool:
    """Whether a text answers words that it quotes with ">", as mail does."""
    depths = [b.quoted for b in document.blocks]
    return any(above and not below for above, below in pairwise(depths))


def _complete(document: Document, found: list[Stretch]) -> list[Stretch]:
    """The stretches in the order of the source; words that none of them holds become a passage of their own."""
    by_block: dict[str, list[Stretch]] = {}
    for stretch in found:
        if document.by_id[stretch.block_id].text[stretch.start : stretch.end].strip():
            by_block.setdefault(stretch.block_id, []).append(stretch)
    complete: list[Stretch] = []
    for block in document.blocks:
        place = 0
        for stretch in sorted(by_block.get(block.id, []), key=lambda s: s.start):
            complete += _gap(block.id, place, stretch.start)
            complete.append(stretch)
            place = stretch.end
        complete += _gap(block.id, place, len(block.text))
    return complete


def _gap(block_id: str, start: int, end: int) -> list[Stretch]:
    return [Stretch(block_id, start, end, "other", "structure:between")] if end > start else []
