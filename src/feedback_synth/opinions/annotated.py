"""Annotated drafts: comments and tracked changes speak, the body of the draft does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_synth import config
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author, Edit, Request
from feedback_synth.languages.text import strip_marks
from feedback_synth.opinions import chats, layout, lexicon, signatures, turning_points
from feedback_synth.opinions.stretch import OPENING, Stretch, Zone, whole

_ANNOTATIONS = ("comment", "insertion", "deletion")
_NAME_PARTS = re.compile(r"[A-ZĐ]?[^\W\d_A-ZĐ]+|[A-ZĐ]+(?![^\W\d_A-ZĐ])")  # "VP_SoVHTT": "VP", "So", "VHTT"
_LINE = re.compile(r"[^\n]+")


def stretches(document: Document) -> list[Stretch]:
    """Comments as notes and tracked changes as edits of their authors; everything else is the draft's own text."""
    found: list[Stretch] = []
    is_page = any(b.kind == "navigation" for b in document.blocks)
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
        elif is_page and block.kind == "comment":
            found += _post(block, document.language)
        else:
            zone: Zone = "note" if block.kind == "comment" else "edit"
            found.append(Stretch(block.id, 0, len(block.text), zone, f"structure:{block.kind}", annotator(block)))
    return found


def _post(block: Block, language: str) -> Iterator[Stretch]:
    """What somebody wrote under a page: one note, or several paragraphs of speech; who keeps the page and offices that
    answer its readers give no opinion.
    """
    code = layout.language_of(block, language)
    author = annotator(block)
    signed = block.annotation.author if block.annotation else ""
    lines = list(_LINE.finditer(block.text))
    zone: Zone = "note" if len(lines) == 1 else "speech"
    if _holds(signed, "moderators") or chats.is_small_talk(block.text, code):
        zone = "procedure"
    elif _holds(signed, "offices") and turning_points.replies(block.text, code):
        zone = "drafter_answer"
    for number, line in enumerate(lines):
        evidence = "structure:comment" if number or len(lines) == 1 else OPENING  # who writes often tells of himself
        yield Stretch(block.id, line.start(), line.end(), zone, evidence, author)


def _holds(name: str, words: str) -> bool:
    """Whether the name under which somebody writes opens with one of these words ("mod_An", "VP_SoYTe")."""
    parts = [part.lower() for part in _NAME_PARTS.findall(name)]
    known: list[str] = config.load_toml("lexicons/kinds.toml")["web"][words]
    if " " not in name:  # a handle is typed without marks
        parts, known = [strip_marks(part) for part in parts], [strip_marks(word) for word in known]
    return any(parts[: len(w.split())] == w.split() for w in known)


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
