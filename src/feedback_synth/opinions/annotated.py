"""Annotated drafts: comments and tracked changes speak, the body of the draft does not."""

from __future__ import annotations

from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author, Edit, Request
from feedback_synth.opinions import layout, lexicon, signatures
from feedback_synth.opinions.stretch import Stretch, Zone, whole

_ANNOTATIONS = ("comment", "insertion", "deletion")


def stretches(document: Document) -> list[Stretch]:
    """Comments as notes and tracked changes as edits of their authors; everything else is the draft's own text."""
    found: list[Stretch] = []
    for block in document.blocks:
        if block.kind not in _ANNOTATIONS or block.annotation is None:
            frame: Zone = "other" if block.kind in layout.OUTSIDE else "draft_summary"
            found += whole(block.id, block.text, frame, "structure:text of the draft")
        elif block.kind != "comment" and not any(c.isalnum() for c in block.text + block.annotation.deleted):
            found += whole(block.id, block.text, "other", "structure:punctuation alone")
        elif block.kind == "deletion" and block.annotation.replaced_by:
            found += whole(block.id, block.text, "other", "structure:words that an insertion replaces")
        elif block.annotation.reply_to and _answers(block, document.language):
            found += whole(block.id, block.text, "drafter_answer", "structure:reply to a comment")
        else:
            zone: Zone = "note" if block.kind == "comment" else "edit"
            found.append(Stretch(block.id, 0, len(block.text), zone, f"structure:{block.kind}", annotator(block)))
    return found


def _answers(block: Block, language: str) -> bool:
    """A reply that says what was done with the comment ("đã sửa", "noted", "corrigé")."""
    code = layout.language_of(block, language)
    cue = lexicon.find(code, "speech.replying", block.text)
    return cue is not None and cue.start < 30 and not block.text.rstrip().endswith("?")


def annotator(block: Block) -> Author:
    """The author of a comment; offices often sign "Name (body)" or "Name - body", or with the body alone."""
    signed = block.annotation.author.strip() if block.annotation else ""
    author = signatures.signed(signed, "vi")
    if author != Author() or not signed or signatures.is_nobody(signed):
        return author
    return Author(signed)


def request_of(block: Block) -> tuple[Request, str, Edit]:
    """What a tracked change asks: replacement amends, insertion adds, deletion deletes."""
    note = block.annotation
    if block.kind == "deletion":
        return "delete", "structure:deletion", Edit("delete", old=block.text)
    if note and note.deleted:
        return "amend", "structure:replacement", Edit("replace", old=note.deleted, new=block.text)
    return "add", "structure:insertion", Edit("insert", new=block.text)
