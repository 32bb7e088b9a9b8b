"""What a reader is given (a Source) and what it fills in (a Reading)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from feedback_synth.datamodel.document import Annotation, Block, BlockKind, Cell, Field, Locator, Notice, Span
from feedback_synth.languages.text import clean

MAX_BLOCKS = 60_000
MAX_CHARACTERS = 10_000_000


_DROPPED = re.compile("[\x80-\x9f\xad]")  # what cleaning drops and a repair may need


@dataclass(frozen=True)
class Source:
    """The bytes of one file, under the name a person knows it by ("mail.eml/letter.docx" for an attachment)."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def document_id(self) -> str:
        return self.sha256[:12]


@dataclass
class Reading:
    """Grows while a reader works: blocks in the order of the document, notices, attached files."""

    document_id: str
    blocks: list[Block] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    attachments: list[Source] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)  # facts that the format itself states, such as a mail's sender
    pictures: list[str] = field(default_factory=list)  # digests of the pictures, which are not read
    raw: dict[str, str] = field(default_factory=dict)  # by block id, where cleaning drops what an old encoding needs
    is_full: bool = False
    _characters: int = 0

    def upcoming_id(self, offset: int = 0) -> str:
        """The id that the block added after ``offset`` others will get."""
        return f"{self.document_id}/b{len(self.blocks) + 1 + offset}"

    def add(
        self,
        text: str,
        locator: Locator,
        kind: BlockKind = "paragraph",
        *,
        number: str = "",
        level: int | None = None,
        bold: bool = False,
        cell: Cell | None = None,
        annotation: Annotation | None = None,
        quoted: int = 0,
    ) -> Block | None:
        """Clean ``text`` and append it as a block. None when no word is left, or when the document is full."""
        raw, text = text, clean(text)
        if not text or self.is_full:
            return None
        self._characters += len(text)
        if len(self.blocks) >= MAX_BLOCKS or self._characters > MAX_CHARACTERS:
            self.is_full = True
            self.notice("too_long", blocks=len(self.blocks))
            return None
        block = Block(self.upcoming_id(), text, locator, kind, clean(number), level, bold, cell, annotation, quoted)
        self.blocks.append(block)
        if raw != text and _DROPPED.search(raw):
            self.raw[block.id] = raw
        return block

    def notice(self, code: str, span: Span | None = None, **values: object) -> None:
        """Say something about the file once; the same words are not said twice."""
        words: Mapping[str, str] = {key: str(value) for key, value in values.items()}
        notice = Notice(code, tuple(sorted(words.items())), span)
        if notice not in self.notices:
            self.notices.append(notice)
