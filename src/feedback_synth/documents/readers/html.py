"""Web pages: the article, its tables and lists; menus and comment counters kept as navigation."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from typing import Any

from feedback_synth.datamodel.document import Annotation, BlockKind, Cell, Locator
from feedback_synth.documents import _web_chats as web_chats
from feedback_synth.documents import _web_forms as web_forms
from feedback_synth.documents._chats import in_order
from feedback_synth.documents._chats import write as write_chat
from feedback_synth.documents._encodings import declared, decode
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents._web_comments import Comment, Piece, find, hinted_in, is_action

SUFFIXES = (".html", ".htm", ".xhtml", ".mht")
_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section select summary "
    "table tbody td tfoot th thead title tr ul".split()
)
_UNSEEN = frozenset("script style template noscript head meta link svg math object iframe canvas".split())
_NAVIGATION = frozenset("nav aside footer header menu form button select".split())
_NAVIGATION_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|header|share|social|comments?|related|cookie|banner|"
    r"advert\w*|ads|pagination|tags?|subscribe|copyright|skip)(?:$|[\s_-])",
    re.IGNORECASE,
)
_WORD_PROCESSOR = re.compile(r"\b(?:word|libreoffice|openoffice|wps)\b", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "li": "list_item", "dt": "list_item", "dd": "list_item", "figcaption": "caption", "caption": "caption",
}  # fmt: skip
_MAX_DEPTH = 240
_ARTICLE = 20  # words from which an element so named is one
_LONG_RUN = 6  # lines broken by hand from which each is a paragraph


def read(source: Source, reading: Reading) -> None:
    """One block per paragraph, heading, item or cell that a visitor sees; comments of readers under their names."""
    _read(source, reading, mail=False)


def read_mail(source: Source, reading: Reading) -> None:
    """The words of a message written as a page; quotations are the messages that it answers."""
    _read(source, reading, mail=True)


def _read(source: Source, reading: Reading, *, mail: bool) -> None:
    from lxml import etree
    from lxml import html as parser

    charset = declared(source.data)
    try:
        text = source.data.decode(charset) if charset else decode(source.data)[0]
    except UnicodeDecodeError:
        text = decode(source.data)[0]
    try:
        deep = parser.HTMLParser(huge_tree=True, no_network=True)
        root = parser.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=deep)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    _Page(root, reading, mail=mail).write()
    if not reading.blocks:
        _write_without_structure(text, reading)


def _write_without_structure(text: str, reading: Reading) -> None:
    """A page nested deeper than the parser goes: its words line by line."""
    text = re.sub(r"(?is)<(script|style)\b.*?(?:</\1>|\Z)|<!--.*?(?:-->|\Z)", " ", text)
    for number, line in enumerate(re.sub(r"<[^<>]*>", "\n", text).split("\n"), start=1):
        if reading.add(html.unescape(line), Locator(paragraph=number)):
            reading.notice("nested_too_deep")


class _Page:
    """Walks a page and cuts its text at block elements."""

    def __init__(self, root: Any, reading: Reading, *, mail: bool) -> None:
        self._mail = mail
        self._root = root
        self._reading = reading
        self._words: list[str] = []
        self._pieces: list[Piece] = []
        self._tables = 0
        self._marker = ""  # number of the list item whose first words come next
        self._articles = [e for e in root.iter("article", "main") if _says_something(e)]
        self._holding = web_forms.holding(root)

    def write(self) -> None:
        title = self._root.findtext(".//title") or ""
        has_heading = self._root.find(".//h1") is not None
        if not _is_typed(self._root):  # what a word processor writes there stands on no page
            self._reading.add(title, Locator("title"), "navigation" if has_heading else "heading", level=0)
        self._walk(self._root, "paragraph", None, None, False, 0)
        chat = [] if self._mail or hinted_in(self._pieces) else web_chats.find(self._pieces)
        if chat:
            _emit_chat(self._pieces, chat, self._reading)
        else:
            _emit(self._pieces, [] if self._mail else find(self._pieces), self._reading)

    def _walk(
        self, element: Any, kind: BlockKind, level: int | None, cell: Cell | None, aside: bool, depth: int
    ) -> None:
        if depth > _MAX_DEPTH:
            self._words.extend(element.itertext())
            return
        self._words.append(element.text or "")
        counter = 0
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in web_forms.FIELDS and self._is_filled(child):
                self._words += web_forms.words(child)
            elif tag in _BLOCKS:
                self._flush(element, kind, level, cell, aside)
                counter += tag == "li"
                self._block(child, tag, (kind, level, cell, aside), depth, element.tag, counter)
            elif tag == "br":
                self._words.append("\n")
            elif tag and tag not in _UNSEEN and not _is_hidden(child):
                self._walk(child, kind, level, cell, aside, depth + 1)
            self._words.append(child.tail or "")
        if element.tag in _BLOCKS:
            self._flush(element, kind, level, cell, aside)

    def _block(
        self,
        element: Any,
        tag: str,
        outer: tuple[BlockKind, int | None, Cell | None, bool],
        depth: int,
        parent: str,
        counter: int,
    ) -> None:
        kind, level, cell, aside = outer
        if tag in ("title", "head") or _is_hidden(element):
            return
        aside = aside or self._is_navigation(element, tag)
        if tag == "table":
            self._table(element, aside, depth)
            return
        if tag in _KINDS:
            kind = _KINDS[tag]
            level = int(tag[1]) - 1 if kind == "heading" else level
        if tag == "li":
            level = (level if level is not None and outer[0] == "list_item" else -1) + 1
            self._marker = f"{counter}." if parent == "ol" else "•"
        self._walk(element, kind, level, cell, aside, depth + 1)

    def _table(self, table: Any, aside: bool, depth: int) -> None:
        self._tables += 1
        index = self._tables
        taken: set[tuple[int, int]] = set()
        for caption in table.findall("caption"):
            self._walk(caption, "caption", None, None, aside, depth + 1)
        for row, element in enumerate(_rows(table), start=1):
            column = 1
            for data in element.iterchildren("td", "th"):
                while (row, column) in taken:
                    column += 1
                rows_down, columns_across = _span(data, "rowspan"), _span(data, "colspan")
                if rows_down * columns_across <= 10_000:
                    taken.update(
                        (row + i, column + j) for i in range(rows_down) for j in range(columns_across) if i or j
                    )
                cell = Cell(index, row, column, rows_down, columns_across, data.tag == "th" and row == 1)
                self._walk(data, "cell", None, cell, aside, depth + 1)
                column += columns_across

    def _is_navigation(self, element: Any, tag: str) -> bool:
        if tag == "form" and element in self._holding:
            return False
        if tag in ("header", "footer", "form", "aside") and any(a in self._articles for a in element.iterancestors()):
            return tag != "header"
        if tag in _NAVIGATION:
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        return bool(_NAVIGATION_NAMES.search(names) and not any(a in element.iter() for a in self._articles))

    def _flush(self, element: Any, kind: BlockKind, level: int | None, cell: Cell | None, aside: bool) -> None:
        text = re.sub(r"[^\S\n]+", " ", "".join(w if w == "\n" else w.replace("\n", " ") for w in self._words)).strip()
        self._words = []
        if not text:
            return
        number = self._marker if kind == "list_item" else ""
        self._marker = ""
        quoted = sum(e.tag == "blockquote" for e in (element, *element.iterancestors())) if self._mail else 0
        for part in _parts(text):
            self._pieces.append(Piece(part, element, kind, level, number, cell, aside, quoted))
            number = ""

    def _is_filled(self, element: Any) -> bool:
        """Whether a field stands in a form that somebody filled in."""
        return any(form in self._holding for form in element.iterancestors("form", "body"))


def _says_something(element: Any) -> bool:
    """Whether an element holds as many words as an article; no more of it is looked at than that takes."""
    words = (word for text in element.itertext() for word in text.split())
    return next(itertools.islice(words, _ARTICLE - 1, None), None) is not None


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table itself, whatever groups them; those of tables inside its cells are not looked at."""
    waiting = list(table)[::-1]
    while waiting:
        element = waiting.pop()
        if element.tag == "tr":
            yield element
        elif isinstance(element.tag, str) and element.tag != "table":
            waiting.extend(list(element)[::-1])


def _is_typed(root: Any) -> bool:
    """Whether a word processor wrote the page."""
    made = " ".join(m.get("content") or "" for m in root.iter("meta") if (m.get("name") or "").lower() == "generator")
    styled = any((p.get("class") or "").startswith("Mso") for p in root.iter("p"))
    return styled or bool(_WORD_PROCESSOR.search(made))


def _parts(text: str) -> list[str]:
    """Paragraphs of a text that was broken by hand: at blank lines, and at each line where there are many."""
    lines = text.split("\n") if text.count("\n") >= _LONG_RUN else re.split(r"\n\s*\n", text)
    return [line.strip() for line in lines if line.strip()]


def _emit(pieces: list[Piece], comments: list[Comment], reading: Reading) -> None:
    """Write the pieces as blocks; those of a comment that stand together as one, under the name of its writer."""
    bylines = {i for c in comments for i in c.bylines if i not in c.body}
    runs = {run[0]: (c, run) for c in comments for run in _runs(c.body, bylines)}
    rest = {i for _, run in runs.values() for i in run[1:]}
    last = ""
    for i, piece in enumerate(pieces):
        place = Locator(paragraph=i + 2)  # the title of the page is the first
        if piece.cell is not None:
            place = Locator(table=piece.cell.table, row=piece.cell.row, column=piece.cell.column)
        if i in runs:
            last = _emit_comment(*runs[i], pieces, place, last, reading)
        elif i not in rest:
            beside = i in bylines or (bool(comments) and piece.cell is None and is_action(piece.text))
            kind: BlockKind = "navigation" if piece.aside or beside else piece.kind
            cell = piece.cell if kind == "cell" else None
            reading.add(piece.text, place, kind, number=piece.number, level=piece.level, cell=cell, quoted=piece.quoted)


def _emit_chat(pieces: list[Piece], chat: list[web_chats.Found], reading: Reading) -> None:
    """Write what stands around a chat as navigation, then its messages from the first to the last."""
    held = {i for found in chat for i in found.pieces}
    for i in (i for i in range(len(pieces)) if i not in held):
        reading.add(pieces[i].text, Locator(paragraph=i + 2), "navigation")
    write_chat(in_order([found.message for found in chat]), reading)


def _runs(body: list[int], bylines: set[int]) -> list[list[int]]:
    """The places of a comment's words, cut where a name or a date stands between: a quotation has no gap."""
    found: list[list[int]] = []
    for i in body:
        if found and not bylines & set(range(found[-1][-1] + 1, i)):
            found[-1].append(i)
        else:
            found.append([i])
    return found


def _emit_comment(
    comment: Comment, run: list[int], pieces: list[Piece], place: Locator, last: str, reading: Reading
) -> str:
    """Write the words of one comment; gives the id of the comment to which a reply below it belongs."""
    head, text = "", "\n".join(pieces[i].text for i in run)
    if comment.start and run[0] == comment.body[0]:
        head, text = text[: comment.start], text[comment.start :]
        reading.add(head, place, "navigation")
    note = Annotation(comment.author, comment.date, reply_to=last if comment.is_reply else "")
    block = reading.add(text, place, "comment", annotation=note)
    return last if comment.is_reply or block is None else block.id


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return max(1, min(int(text), 1000)) if text.isdigit() and len(text) < 6 else 1


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style
