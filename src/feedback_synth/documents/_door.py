"""From a path to Documents: find the format, let its reader work, then say what kind of source it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast, get_args

from feedback_synth import plugins
from feedback_synth.datamodel.document import ColumnRole, Document, SourceKind
from feedback_synth.documents import readers
from feedback_synth.documents._changes import pair
from feedback_synth.documents._fields import find_fields
from feedback_synth.documents._files import load
from feedback_synth.documents._formats import find_format
from feedback_synth.documents._frames import without_frames
from feedback_synth.documents._kinds import find_kind, find_language, mark_residue
from feedback_synth.documents._marks import look, repair
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents._tables import understand
from feedback_synth.documents._threads import with_quotations
from feedback_synth.errors import ConfigError, FeedbackSynthError, UnreadableDocumentError

_MAX_NESTING = 3
_MAX_DOCUMENTS = 2000


def read(path: Path | str, *, kind: str | None = None, columns: Mapping[str, str] | None = None) -> Document:
    """The document in a file (of several in one file the first).

    ``kind`` overrides the kind that the content shows; ``columns`` says what columns of a table hold (role -> header
    words or letter). A FeedbackSynthError says what is wrong with the file and what to do.
    """
    documents, errors = _read_files(path, kind, columns)
    if documents:
        return documents[0]
    raise errors[0] if errors else UnreadableDocumentError("{path}: there is nothing to read in this file.", path=path)


def read_all(
    path: Path | str, *, kind: str | None = None, columns: Mapping[str, str] | None = None
) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """Every document in a file (an archive, a message with attachments), and a sentence for each that is unreadable.

    Documents with the same content are given once.
    """
    documents, errors = _read_files(path, kind, columns)
    return tuple(documents), tuple(e.sentence for e in errors)


def _read_files(
    path: Path | str, kind: str | None, columns: Mapping[str, str] | None
) -> tuple[list[Document], list[FeedbackSynthError]]:
    _check(kind, columns or {})
    documents: dict[str, Document] = {}
    errors: list[FeedbackSynthError] = []
    try:
        waiting = [(load(path), 0)]
    except FeedbackSynthError as error:
        return [], [error]
    while waiting and len(documents) < _MAX_DOCUMENTS:
        source, depth = waiting.pop(0)
        try:
            document, attached = read_source(source, kind, columns)
        except FeedbackSynthError as error:
            errors.append(error)
            continue
        if document is not None:
            documents.setdefault(document.id, document)
        if depth < _MAX_NESTING:
            waiting[:0] = [(a, depth + 1) for a in attached]
        elif attached:
            errors.append(
                UnreadableDocumentError(
                    "{name}: archives inside archives are not opened this deep. Unpack it by hand.", name=source.name
                )
            )
    return list(documents.values()), errors


def _check(kind: str | None, columns: Mapping[str, str]) -> None:
    if kind is not None and kind not in get_args(SourceKind):
        raise ConfigError(
            'There is no kind of source "{kind}". Choose one of: {known}.',
            kind=kind,
            known=", ".join(get_args(SourceKind)),
        )
    for role in columns:
        if role not in get_args(ColumnRole):
            raise ConfigError(
                'There is no column role "{role}". Choose one of: {known}.',
                role=role,
                known=", ".join(get_args(ColumnRole)),
            )


def read_source(
    source: Source, kind: str | None = None, columns: Mapping[str, str] | None = None
) -> tuple[Document | None, list[Source]]:
    """The document in these bytes (None for a mere container) and the files it holds."""
    reader = plugins.load(readers, find_format(source))
    reading = Reading(source.document_id)
    reader.read(source, reading)
    if not reading.blocks and reading.attachments:
        return None, reading.attachments
    return _document(source, reading, kind, columns), reading.attachments


def _document(source: Source, reading: Reading, kind: str | None, columns: Mapping[str, str] | None) -> Document:
    repair(reading)
    blocks = tuple(mark_residue(understand(with_quotations(without_frames(pair(reading.blocks))), columns)))
    look(blocks, reading)
    changes = sum(b.kind in ("insertion", "deletion") for b in blocks)
    if changes:
        reading.notice("tracked_changes", changes=changes)
    if not blocks:
        reading.notice("no_text")
    language = find_language(blocks)
    found = cast(SourceKind, kind) if kind else find_kind(blocks, source.name)
    if not kind and reading.fields and found in ("notes", "background", "news", "draft"):
        found = "letter"  # a message: its format names a sender
    stated = {f.name for f in reading.fields}
    return Document(
        id=source.document_id,
        name=source.name,
        sha256=source.sha256,
        kind=found,
        language=language,
        blocks=blocks,
        fields=(*reading.fields, *(f for f in find_fields(blocks, found, language) if f.name not in stated)),
        notices=tuple(reading.notices),
        pictures=tuple(reading.pictures),
    )
