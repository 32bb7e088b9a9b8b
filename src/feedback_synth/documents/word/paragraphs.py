"""The words of one paragraph: runs in three states, comment ranges, text boxes set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from feedback_synth.documents import _legacy_fonts
from feedback_synth.documents.word.names import Element, W, child, integer, local, switch, value
from feedback_synth.documents.word.styles import Chain, Styles, font_of

State = Literal["", "insertion", "deletion"]
_SKIPPED = frozenset(
    "pPr rPr instrText delInstrText sectPr tblPr proofErr rt fldData annotationRef footnoteRef endnoteRef ffData "
    "sdtPr sdtEndPr separator continuationSeparator lastRenderedPageBreak".split()
)
_FIXED = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOLS = {"F0B7": "•", "F0A8": "□", "F06F": "□", "F0FE": "☑", "F052": "☑", "F0FD": "☒", "F0FC": "✓", "F0E0": "→"}
_MAX_DEPTH = 200


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of one state, by one author."""

    text: str
    state: State = ""
    author: str = ""
    date: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change; ``start`` and ``end`` are places in the final text (equal for a deletion)."""

    kind: Literal["insertion", "deletion"]
    text: str
    author: str
    date: str
    start: int
    end: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph as read; anchors are places in the final text."""

    stretches: list[Stretch] = field(default_factory=list)
    comment_starts: dict[str, int] = field(default_factory=dict)
    comment_ends: dict[str, int] = field(default_factory=dict)
    boxes: list[Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    page_breaks: int = 0  # pages that Word began inside, when it last laid the text out
    leading_breaks: int = 0  # those of them before the first letter
    length: int = 0  # of the final text

    @property
    def final(self) -> str:
        return "".join(s.text for s in self.stretches if s.state != "deletion")

    @property
    def original(self) -> str:
        return "".join(s.text for s in self.stretches if s.state != "insertion")

    @property
    def bold(self) -> bool:
        """Whether every visible letter is bold."""
        shown = [s.bold for s in self.stretches if s.state != "deletion" and s.text.strip()]
        return bool(shown) and all(shown)

    def begin_page(self, begins: bool) -> None:
        self.page_breaks += begins
        self.leading_breaks += begins and self.length == 0

    def changes(self) -> list[Change]:
        """Tracked changes in order, neighbouring stretches of one author and state joined."""
        found: list[Change] = []
        place = 0
        for stretch in self.stretches:
            end = place + (len(stretch.text) if stretch.state != "deletion" else 0)
            if stretch.state:
                last = found[-1] if found else None
                joins = last is not None and (last.kind, last.author, last.end) == (
                    stretch.state,
                    stretch.author,
                    place,
                )
                if last is not None and joins:
                    found[-1] = Change(last.kind, last.text + stretch.text, last.author, last.date, last.start, end)
                else:
                    found.append(Change(stretch.state, stretch.text, stretch.author, stretch.date, place, end))
            place = end
        return found


@dataclass(frozen=True, slots=True)
class _Run:
    """What holds for the runs of one tracked element."""

    state: State = ""
    author: str = ""
    date: str = ""


_PLAIN = _Run()
_NO_STYLE = Chain()


@dataclass(frozen=True, slots=True)
class _Look:
    """How the characters of a run are set."""

    hidden: bool
    bold: bool
    font: str


class ParagraphReader:
    """Reads paragraphs one after the other; ``hidden`` counts runs left out because Word does not show them."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.hidden = 0
        self.legacy_fonts = False
        self._looks: dict[tuple[Chain, Chain], _Look] = {}  # of runs that set nothing themselves

    def read(self, element: Element, chain: Chain, into: Paragraph | None = None) -> Paragraph:
        """The words of ``w:p``; ``into`` is a paragraph whose mark was deleted, which this one continues."""
        paragraph = into or Paragraph()
        self._walk(element, _PLAIN, chain, paragraph, 0)
        return paragraph

    def _walk(self, element: Element, run: _Run, chain: Chain, out: Paragraph, depth: int) -> None:
        if depth > _MAX_DEPTH:
            return
        for node in element:
            tag = local(node.tag)
            if tag in _SKIPPED or not tag:
                out.begin_page(tag == "lastRenderedPageBreak")
            elif tag == "r" and node.tag.startswith(W):
                self._run(node, run, chain, out, depth)
            elif tag in ("ins", "moveTo", "del", "moveFrom") and node.tag.startswith(W):
                self._walk(node, _tracked(node, tag, run), chain, out, depth + 1)
            elif tag == "commentRangeStart":
                out.comment_starts.setdefault(node.get(W + "id") or "", out.length)
            elif tag == "commentRangeEnd":
                out.comment_ends.setdefault(node.get(W + "id") or "", out.length)
            elif tag == "AlternateContent":
                self._walk_choice(node, run, chain, out, depth)
            elif tag == "t":  # of a formula
                self._append(out, node.text or "", run, bold=False)
            else:
                self._walk(node, run, chain, out, depth + 1)

    def _walk_choice(self, node: Element, run: _Run, chain: Chain, out: Paragraph, depth: int) -> None:
        """One of the alternatives, the first that holds anything: all of them say the same."""
        for alternative in node:
            if len(alternative):
                self._walk(alternative, run, chain, out, depth + 1)
                return

    def _run(self, element: Element, run: _Run, chain: Chain, out: Paragraph, depth: int) -> None:
        look = self._look(child(element, "rPr"), chain)
        if look.hidden:
            self.hidden += 1
        else:
            self._pieces(element, run, look, out, depth)

    def _look(self, properties: Element | None, chain: Chain) -> _Look:
        """What the run's own properties say, else its character style, else the style of the paragraph."""
        characters = self._styles.chain(value(properties, "rStyle"))
        inherited = self._looks.get((characters, chain))
        if inherited is None:
            font = characters.font or chain.font or self._styles.default_font
            hidden, bold = (_first(characters.hidden, chain.hidden), _first(characters.bold, chain.bold))
            inherited = self._looks[characters, chain] = _Look(hidden, bold, font)
        if properties is None:
            return inherited
        return _Look(
            _first(switch(properties, "vanish"), inherited.hidden),
            _first(switch(properties, "b"), inherited.bold),
            font_of(properties) or inherited.font,
        )

    def _pieces(self, element: Element, run: _Run, look: _Look, out: Paragraph, depth: int) -> None:
        bold = look.bold
        for node in element:
            tag = local(node.tag)
            if tag in ("t", "delText"):
                self._append(out, self._unicode(node.text or "", look.font), run, bold)
            elif tag in _FIXED:
                self._append(out, _FIXED[tag], run, bold)
            elif tag == "br":
                is_page = node.get(W + "type") in ("page", "column")
                self._append(out, " " if is_page else "\n", run, bold)
            elif tag == "sym":
                self._append(out, _symbol(node), run, bold)
            elif tag == "commentReference":
                out.comment_starts.setdefault(node.get(W + "id") or "", out.length)
                out.comment_ends.setdefault(node.get(W + "id") or "", out.length)
            elif tag in ("footnoteReference", "endnoteReference"):
                out.notes.append(f"{tag.removesuffix('Reference')}:{node.get(W + 'id')}")
            elif tag == "fldChar":
                self._append(out, _form_field(node), run, bold)
            elif tag in ("drawing", "pict", "object"):
                self._box(node, out)
            elif tag == "AlternateContent":
                chosen = next((a for a in node if len(a)), None)
                if chosen is not None and depth < _MAX_DEPTH:
                    self._pieces(chosen, run, look, out, depth + 1)
            elif tag == "lastRenderedPageBreak":
                out.begin_page(True)
            elif tag == "ruby":
                self._walk(node, run, _NO_STYLE, out, depth + 1)

    def _unicode(self, text: str, font: str) -> str:
        converted = _legacy_fonts.convert(text, font)
        self.legacy_fonts = self.legacy_fonts or converted != text
        return converted

    def _box(self, node: Element, out: Paragraph) -> None:
        inner = list(node.iter(W + "txbxContent"))
        outer = [e for e in inner if not any(a in inner for a in e.iterancestors(W + "txbxContent"))]
        out.boxes.extend(outer)

    def _append(self, out: Paragraph, text: str, run: _Run, bold: bool) -> None:
        if text:
            out.stretches.append(Stretch(text, run.state, run.author, run.date, bold))
            out.length += len(text) if run.state != "deletion" else 0


def _tracked(node: Element, tag: str, outer: _Run) -> _Run:
    if outer.state == "deletion":  # inserted words that someone deleted again are gone
        return outer
    state: State = "insertion" if tag in ("ins", "moveTo") else "deletion"
    return _Run(state, node.get(W + "author") or "", node.get(W + "date") or "")


def _first(nearer: bool | None, farther: bool | None) -> bool:
    """What the nearer says, else the farther, else no."""
    return bool(farther) if nearer is None else nearer


def _symbol(node: Element) -> str:
    code = (node.get(W + "char") or "").upper()
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    try:
        character = chr(int(code, 16))
    except ValueError:
        return ""
    return "•" if "\ue000" <= character <= "\uf8ff" else character


def _form_field(node: Element) -> str:
    """What an old form field shows that no run holds: a ticked box, the chosen entry of a list."""
    box, choices = child(node, "ffData", "checkBox"), child(node, "ffData", "ddList")
    if box is not None:
        ticked = switch(box, "checked")
        return "☑" if (switch(box, "default") if ticked is None else ticked) else "☐"
    if choices is None:
        return ""
    entries = [e.get(W + "val") or "" for e in choices.findall(W + "listEntry")]
    index = integer(value(choices, "result") or value(choices, "default"))
    return entries[index] if 0 <= index < len(entries) else ""
