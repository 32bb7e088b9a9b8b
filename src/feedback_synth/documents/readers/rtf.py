"""Rich Text Format (.rtf): paragraphs, tables, notes, comments, numbers as the writing program left them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from feedback_synth.datamodel.document import Annotation, Block, BlockKind, Cell, Locator, Span
from feedback_synth.documents import _legacy_fonts
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.languages.text import clean_span

SUFFIXES = (".rtf",)
_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_UNSEEN = frozenset(
    "fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore latentstyles generator "
    "listtable listoverridetable rsidtbl xmlnstbl fldinst filetbl revtbl atnref atrfend bkmkstart bkmkend "
    "mmathPr wgrffmtfilter pgptbl nonshppict userprops atnid atntime atndate atnparent sn sv".split()
)
_PARTS = {
    "header": "header",
    "headerl": "header",
    "headerr": "header",
    "headerf": "header",
    "footer": "footer",
    "footerl": "footer",
    "footerr": "footer",
    "footerf": "footer",
}
_CHARACTERS = {
    "tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emdash": "—",
    "endash": "–", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_CODE_PAGES = {
    0: "cp1252",
    163: "cp1258",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_MAX_DEPTH = 500


@dataclass(slots=True)
class _State:
    """What holds inside one group."""

    unseen: bool = False
    destination: str = ""
    font: int = 0
    skip_after_unicode: int = 1
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    revised: bool = False
    author: int = 0


@dataclass(slots=True)
class _Table:
    number: int
    row: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class _Change:
    kind: Literal["insertion", "deletion"]
    text: str
    author: int
    start: int
    end: int


@dataclass
class _Writer:
    reading: Reading
    fonts: dict[int, tuple[str, str]] = field(default_factory=dict)  # number -> (name, code page)
    code_page: str = "cp1252"
    words: str = ""
    number: str = ""
    note: dict[str, str] = field(default_factory=dict)
    in_table: bool = False
    table: _Table | None = None
    tables: int = 0
    paragraphs: int = 0
    bytes_waiting: bytearray = field(default_factory=bytearray)
    waiting_font: int = 0
    changes: list[_Change] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)  # of tracked changes, by index
    comment_author: str = ""
    anchor_start: int | None = None
    comments: dict[str, tuple[str, int, int]] = field(default_factory=dict)  # note -> (author, start, end), until
    anchors: dict[str, tuple[str, Span | None]] = field(default_factory=dict)  # the paragraph has its block

    def flush_bytes(self, state: _State) -> str:
        """Decode \\'xx bytes that were gathered in one font."""
        if not self.bytes_waiting:
            return ""
        name, page = self.fonts.get(self.waiting_font, ("", self.code_page))
        data = bytes(self.bytes_waiting)
        self.bytes_waiting.clear()
        if _legacy_fonts.encoding_of(name):
            return _legacy_fonts.convert(data.decode("cp1252", errors="replace"), name)
        return data.decode(page, errors="replace")

    def end_paragraph(self, kind: str = "par") -> None:
        """Write what was gathered as a paragraph or as part of a cell."""
        text, self.words = self.words, ""
        number, self.number = self.number.strip(), ""
        block = self._write(text, number, kind)
        self._write_changes(text, block)
        for note, (author, start, end) in self.comments.items():
            anchor = Span(block.id, *clean_span(text, start, end)) if block else None
            self.anchors[note] = (author, anchor)
        self.comments, self.anchor_start = {}, None

    def _write_changes(self, text: str, block: Block | None) -> None:
        changes, self.changes = self.changes, []
        place = Locator(paragraph=self.paragraphs)
        for change in changes:
            author = self.authors[change.author] if change.author < len(self.authors) else ""
            anchor = Span(block.id, *clean_span(text, change.start, change.end)) if block else None
            self.reading.add(change.text, place, change.kind, annotation=Annotation(author, "", anchor))

    def track(self, kind: Literal["insertion", "deletion"], text: str, author: int) -> None:
        """Gather tracked words; ``words`` does not hold the insertion yet."""
        start, end = len(self.words), len(self.words) + (len(text) if kind == "insertion" else 0)
        last = self.changes[-1] if self.changes else None
        if last is not None and (last.kind, last.author, last.end) == (kind, author, start):
            self.changes[-1] = replace(last, text=last.text + text, end=end)
        else:
            self.changes.append(_Change(kind, text, author, start, end))

    def _write(self, text: str, number: str, kind: str) -> Block | None:
        if self.in_table or kind == "cell":
            if self.table is None:
                self.tables += 1
                self.table = _Table(self.tables)
            place = Cell(self.table.number, self.table.row, self.table.column)
            locator = Locator(table=place.table, row=place.row, column=place.column)
            return self.reading.add(text, locator, "cell", number=number, cell=place)
        self.table = None
        if text.strip():
            self.paragraphs += 1
        kind_of_block: BlockKind = "list_item" if number else "paragraph"
        return self.reading.add(text, Locator(paragraph=self.paragraphs), kind_of_block, number=number)


def read(source: Source, reading: Reading) -> None:
    """One block per paragraph or cell; text in the final view of tracked changes."""
    text = source.data.decode("latin-1")
    writer = _Writer(reading)
    page = re.search(r"\\ansicpg(\d+)", text[:2000])
    if page:
        writer.code_page = _code_page(f"cp{page[1]}")
    writer.fonts = _fonts(text, writer.code_page)
    writer.authors = _authors(text)
    _walk(text, writer)
    writer.end_paragraph()
    for part, words in writer.note.items():
        kind = part.split(":")[0]
        if kind == "comment":
            author, anchor = writer.anchors.get(part, ("", None))
            reading.add(words, Locator("comment"), "comment", annotation=Annotation(author, "", anchor))
        elif kind in ("header", "footer"):
            reading.add(words, Locator(kind), "header" if kind == "header" else "footer")
        else:
            reading.add(words, Locator("footnote"), "footnote")


def _fonts(text: str, default: str) -> dict[int, tuple[str, str]]:
    start = text.find("{\\fonttbl")
    if start < 0:
        return {}
    depth, end = 0, start
    for match in re.finditer(r"\\.|[{}]", text[start : start + 500_000], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        end = start + match.end()
        if depth == 0:
            break
    found = {}
    for match in re.finditer(r"\\f(\d+)([^;{}]*(?:\{[^{}]*\}[^;{}]*)*);", text[start:end]):
        charset = re.search(r"\\fcharset(\d+)", match[2])
        name = re.sub(r"\{[^{}]*\}|\\'[0-9a-f]{2}|\\[a-z]+-?\d*\s?", "", match[2]).strip()
        page = _CODE_PAGES.get(int(charset[1]), default) if charset else default
        found[int(match[1][:6])] = (name, default if charset and charset[1] in ("0", "1") else page)
    return found


def _authors(text: str) -> list[str]:
    """The people of the table of revisions, in its order."""
    start = text.find("{\\*\\revtbl")
    table = text[start : text.find("}}", start) + 2] if start >= 0 else ""
    return [
        re.sub(r"\\u(-?\d+) ?.?", lambda m: chr(int(m[1]) % 65_536), a) for a in re.findall(r"\{([^{}]*);\}", table)
    ]


def _code_page(name: str) -> str:
    try:
        b"a".decode(name)
    except (LookupError, UnicodeDecodeError):
        return "cp1252"
    return name


def _walk(text: str, writer: _Writer) -> None:
    stack: list[_State] = []
    state = _State()
    skip = 0
    for match in _TOKEN.finditer(text):
        word, argument, code, symbol, brace, plain = match.groups()
        if code is not None:
            if skip:
                skip -= 1
            else:
                if writer.waiting_font != state.font:
                    _append(writer, state, writer.flush_bytes(state))
                    writer.waiting_font = state.font
                writer.bytes_waiting.append(int(code, 16))
            continue
        if writer.bytes_waiting:
            _append(writer, state, writer.flush_bytes(state))
        if brace == "{":
            if len(stack) < _MAX_DEPTH:
                stack.append(state)
                state = replace(state)
            skip = 0
        elif brace == "}":
            state = stack.pop() if stack else _State()
            skip = 0
        elif word is not None:
            skip = _control(word, argument, state, writer, skip)
        elif symbol is not None:
            if symbol == "*":
                state.unseen = True  # a destination that old programs may ignore
            elif symbol in "~-_":
                _append(writer, state, {"~": " ", "_": "-", "-": ""}[symbol])
            elif symbol in "{}\\":
                _append(writer, state, symbol)
            elif symbol in "\r\n":
                writer.end_paragraph()
        elif plain is not None:
            cut = min(skip, len(plain))
            skip -= cut
            _append(writer, state, _legacy(plain[cut:], writer, state))
    if writer.bytes_waiting:
        _append(writer, state, writer.flush_bytes(state))


def _legacy(text: str, writer: _Writer, state: _State) -> str:
    name = writer.fonts.get(state.font, ("", ""))[0]
    return _legacy_fonts.convert(text, name) if _legacy_fonts.encoding_of(name) else text


def _control(word: str, argument: str | None, state: _State, writer: _Writer, skip: int) -> int:
    """Obey one control word; returns how many characters to skip after it."""
    value = int(argument) if argument else None
    if word == "u" and value is not None:
        code = value + 65_536 if value < 0 else value
        if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF:
            _append(writer, state, chr(code))
        return state.skip_after_unicode
    if word == "uc" and value is not None:
        state.skip_after_unicode = max(0, min(value, 10))
    elif word in ("listtext", "pntext"):
        state.destination, state.unseen = "number", False
    elif word == "atrfstart":
        writer.anchor_start, state.unseen = len(writer.words), True
    elif word == "atnauthor":
        writer.comment_author, state.destination, state.unseen = "", "comment_author", False
    elif word in ("footnote", "annotation"):
        if word == "annotation":
            here = len(writer.words)
            start = here if writer.anchor_start is None else writer.anchor_start
            writer.comments[f"comment:{len(writer.note)}"] = (writer.comment_author.strip(), start, here)
        state.destination, state.unseen = f"{'comment' if word == 'annotation' else word}:{len(writer.note)}", False
    elif word in _PARTS:
        state.destination, state.unseen = f"{_PARTS[word]}:{len(writer.note)}", False
    elif word == "shptxt" or word == "fldrslt":
        state.unseen = False
    elif word in _UNSEEN:
        state.unseen = True
    elif not state.unseen:
        _format(word, value, state, writer)
    return skip


def _format(word: str, value: int | None, state: _State, writer: _Writer) -> None:
    if word == "f" and value is not None:
        state.font = value
    elif word in ("b", "v", "deleted", "revised"):
        on = value != 0
        if word == "b":
            state.bold = on
        elif word == "v":
            state.hidden = on
        elif word == "deleted":
            state.deleted = on
        else:
            state.revised = on
    elif word in ("revauth", "revauthdel") and value is not None:
        state.author = max(0, value)
    elif word == "plain":
        state.bold = state.hidden = state.deleted = state.revised = False
    elif word in _CHARACTERS:
        _append(writer, state, _CHARACTERS[word])
    elif word in ("par", "sect", "page") and not state.destination:
        writer.end_paragraph()
    elif word in ("par", "line") and state.destination:
        _append(writer, state, "\n")
    elif word == "pard":
        writer.in_table = False
    elif word == "intbl":
        writer.in_table = True
    elif word in ("cell", "nestcell"):
        writer.end_paragraph("cell")
        if writer.table:
            writer.table.column += 1
    elif word in ("row", "nestrow") and writer.table:
        writer.table.row += 1
        writer.table.column = 1


def _append(writer: _Writer, state: _State, text: str) -> None:
    if not text or state.unseen or state.hidden:
        return
    if state.deleted:
        writer.track("deletion", text, state.author)
    elif state.destination == "number":
        writer.number += text
    elif state.destination == "comment_author":
        writer.comment_author += text
    elif state.destination:
        writer.note[state.destination] = writer.note.get(state.destination, "") + text
    else:
        if state.revised:
            writer.track("insertion", text, state.author)
        writer.words += text
