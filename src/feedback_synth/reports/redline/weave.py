"""Weave the body of the old version into the new one: paragraphs, tables, rows, cells, words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from feedback_synth.languages.text import match_key
from feedback_synth.reports.redline.align import aligned, opcodes
from feedback_synth.reports.redline.marks import PLAIN, Maker, State, joined, maker, mark_elements
from feedback_synth.reports.redline.tokens import Digest, Token, content, tokens
from feedback_synth.reports.renderers._wordml import q, w

LIKE_ENOUGH = 0.5
ROW_LIKE_ENOUGH = 0.4
_WRAPPERS = {q("sdt"), q("sdtContent"), q("customXml"), q("ins"), q("del"), q("moveFrom"), q("moveTo")}
_BLOCKS = {q("p"), q("tbl")}
_CHANGES = tuple(q(n) for n in ("ins", "del", "moveFrom", "moveTo"))


@dataclass(frozen=True, slots=True)
class _Woven:
    """A token of the result and its place in the old and the new paragraph (-1: it is not of that one)."""

    token: Token
    old: int = -1
    new: int = -1


@dataclass(frozen=True)
class Weaver:
    """What weaving needs to know: whose changes these are, how objects are told apart, which old parts can live on."""

    own: Maker
    old_digest: Digest
    new_digest: Digest
    known_styles: frozenset[str]
    known_lists: frozenset[str]
    adopt: Callable[[Element], Element | None]  # an object of the old version as it can stand in the new file
    hints: Mapping[str, str]  # old text -> new text, where the comparison of the drafts knows that one became the other

    def container(self, old: Element, new: Element) -> list[Element]:
        """The woven content of two bodies or two cells."""
        ours, theirs = list(_blocks(old)), list(_blocks(new))
        old_keys, new_keys = [_key(b) for b in ours], [_key(b) for b in theirs]
        join = bool(ours and theirs) and ours[-1].tag == theirs[-1].tag == q("p")
        alike = self._alike(ours, theirs, old_keys, new_keys)
        found: list[Element] = []
        for i, j in aligned(old_keys, new_keys, alike, join_ends=join):
            found.append(self._block(None if i is None else ours[i], None if j is None else theirs[j]))
        return found

    def _alike(
        self, ours: list[Element], theirs: list[Element], old_keys: list[str], new_keys: list[str]
    ) -> Callable[[int, int, float], bool]:
        def alike(i: int, j: int, likeness: float) -> bool:
            if ours[i].tag != theirs[j].tag:
                return False
            return likeness >= LIKE_ENOUGH or self._hinted(old_keys[i], new_keys[j])

        return alike

    def _hinted(self, old: str, new: str) -> bool:
        """Does the comparison of the drafts say that this paragraph became that one."""
        return any(old.endswith(a) and new.endswith(b) for a, b in self.hints.items())

    def _block(self, old: Element | None, new: Element | None) -> Element:
        block = new if new is not None else old
        assert block is not None
        return self._paragraph(old, new) if block.tag == q("p") else self._table(old, new)

    def _paragraph(self, old: Element | None, new: Element | None) -> Element:
        if old is not None and new is not None and _untouched(old, new):
            return _copy(new)
        mark = joined(_mark_state(old), _mark_state(new), self.own)
        properties = self._properties(old, new, mark)
        before = tokens(old, self.old_digest) if old is not None else None
        after = tokens(new, self.new_digest) if new is not None else None
        return w("p", properties, *content(self._words(before, after)))

    def _words(self, old: list[Token] | None, new: list[Token] | None) -> list[Token]:
        """Old and new tokens in one line, each with the state that fits both versions."""
        ours, theirs = old or [], new or []
        visible = [n for n, t in enumerate(ours) if not t.carried and not t.state.deleted]
        compared = [n for n, t in enumerate(theirs) if not t.carried]
        woven: list[_Woven] = []
        for tag, a, b, c, d in _stretches([ours[n].key for n in visible], [theirs[n].key for n in compared]):
            before, after = visible[a:b], compared[c:d]
            if tag == "equal":
                woven += [self._both(i, ours[i], j, theirs[j]) for i, j in zip(before, after, strict=True)]
            else:
                woven += [self._gone(i, kept) for i in before if (kept := self._kept(ours[i]))]
                woven += [self._come(j, theirs[j]) for j in after if not theirs[j].state.deleted]
        gone = [(n, t) for n, t in enumerate(ours) if t.state.deleted and not t.carried]
        hidden = [_Woven(kept, old=n) for n, t in gone if (kept := self._kept(t))]
        carried = [_Woven(t, new=n) for n, t in enumerate(theirs) if t.carried]
        woven = _put_in(_put_in(woven, hidden, lambda w: w.old), carried, lambda w: w.new)
        return [one.token for one in woven]

    def _both(self, i: int, old: Token, j: int, new: Token) -> _Woven:
        return _Woven(replace(new, state=joined(old.state, new.state, self.own)), i, j)

    def _gone(self, i: int, old: Token) -> _Woven:
        return _Woven(replace(old, state=joined(old.state, None, self.own)), old=i)

    def _come(self, j: int, new: Token) -> _Woven:
        return _Woven(replace(new, state=joined(None, new.state, self.own)), new=j)

    def _kept(self, token: Token) -> Token | None:
        """A token of the old version as it can stand in the new file; None for an object that cannot."""
        if token.atom is None:
            return token
        atom = self.adopt(token.atom)
        return None if atom is None else replace(token, atom=atom)

    def _properties(self, old: Element | None, new: Element | None, mark: State) -> Element | None:
        """The new paragraph's properties (the old one's where it is gone) with the state of its mark."""
        source = new if new is not None else old
        assert source is not None
        found = source.find(q("pPr"))
        properties = _copy(found) if found is not None else w("pPr")
        for name in ("pPrChange", *(("sectPr",) if new is None else ())):
            for element in properties.findall(q(name)):
                properties.remove(element)
        if new is None:
            self._drop_unknown(properties)
        _set_mark(properties, mark)
        return properties if len(properties) else None

    def _drop_unknown(self, properties: Element) -> None:
        """Styles and lists that only the old version has."""
        style, numbered = properties.find(q("pStyle")), properties.find(q("numPr"))
        if style is not None and style.get(q("val")) not in self.known_styles:
            properties.remove(style)
        if numbered is not None:
            number = numbered.find(q("numId"))
            if number is None or number.get(q("val")) not in self.known_lists:
                properties.remove(numbered)

    def _table(self, old: Element | None, new: Element | None) -> Element:
        source = new if new is not None else old
        assert source is not None
        woven = w("tbl", *(_copy(source.find(q(n))) for n in ("tblPr", "tblGrid") if source.find(q(n)) is not None))
        ours, theirs = _rows(old), _rows(new)

        def alike(i: int, j: int, likeness: float) -> bool:
            return len(_cells(ours[i])) == len(_cells(theirs[j])) and likeness >= ROW_LIKE_ENOUGH

        old_keys, new_keys = [_row_key(r) for r in ours], [_row_key(r) for r in theirs]
        for i, j in aligned(old_keys, new_keys, alike):
            woven.append(self._row(None if i is None else ours[i], None if j is None else theirs[j]))
        return woven

    def _row(self, old: Element | None, new: Element | None) -> Element:
        source = new if new is not None else old
        assert source is not None
        state = joined(_row_state(old), _row_state(new), self.own)
        kept = [_copy(c) for c in source if c.tag not in (q("tc"), q("trPr"), q("sdt"))]
        woven = w("tr", *kept)
        woven.extend([p] if (p := _row_properties(source, state)) is not None else [])
        ours, theirs = _cells(old), _cells(new)
        for n, cell in enumerate(theirs if new is not None else ours):
            empty = w("tc")
            before = ours[n] if old is not None else empty
            after = theirs[n] if new is not None else empty
            properties = cell.find(q("tcPr"))
            blocks = self.container(before, after) or [w("p")]
            woven.append(w("tc", _copy(properties) if properties is not None else None, *blocks))
        return woven


def _blocks(container: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, also those inside content controls."""
    for child in container:
        if child.tag in _BLOCKS:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _text(element: Element) -> str:
    """The words as they read with everything accepted."""
    nodes = element.iter(q("t"), q("tab"), q("br"))
    return "".join((node.text or "") if node.tag == q("t") else " " for node in nodes)


def _key(block: Element) -> str:
    return ("\x00" if block.tag == q("tbl") else "") + match_key(_text(block))


def _row_key(row: Element) -> str:
    """Rows are equal only where their cells are."""
    return "\x1f".join(match_key(_text(c)) for c in _cells(row))


def _rows(table: Element | None) -> list[Element]:
    return [] if table is None else [r for r in table.iter(q("tr")) if next(r.iterancestors(q("tbl"))) is table]


def _cells(row: Element | None) -> list[Element]:
    return [] if row is None else [c for c in row.iter(q("tc")) if next(c.iterancestors(q("tr"))) is row]


def _copy(element: Element | None) -> Element:
    assert element is not None
    copy = deepcopy(element)
    copy.tail = None
    return copy


def _untouched(old: Element, new: Element) -> bool:
    """Same words to the letter, and no tracked change on either side."""
    if any(next(p.iter(*_CHANGES), None) is not None for p in (old, new)):
        return False
    plain = [_plain(p) for p in (old, new)]
    return plain[0] == plain[1] and not _has_objects(old) and not _has_objects(new)


def _plain(paragraph: Element) -> str:
    return "".join(
        n.text or "" if n.tag == q("t") else f"<{n.tag}>" for n in paragraph.iter(q("t"), q("tab"), q("br"), q("cr"))
    )


def _has_objects(paragraph: Element) -> bool:
    return next(paragraph.iter(q("drawing"), q("object"), q("pict"), "{*}oMath"), None) is not None


def _mark_state(paragraph: Element | None) -> State | None:
    return None if paragraph is None else _state(paragraph.find(f"{q('pPr')}/{q('rPr')}"))


def _row_state(row: Element | None) -> State | None:
    return None if row is None else _state(row.find(q("trPr")))


def _state(properties: Element | None) -> State:
    if properties is None:
        return PLAIN
    inserted = next((e for e in properties if e.tag in (q("ins"), q("moveTo"))), None)
    deleted = next((e for e in properties if e.tag in (q("del"), q("moveFrom"))), None)
    return State(None if inserted is None else maker(inserted), None if deleted is None else maker(deleted))


def _set_mark(properties: Element, state: State) -> None:
    """Write the state into ``w:rPr`` of the paragraph mark, before its formats and in the place the schema asks for."""
    format_ = properties.find(q("rPr"))
    if format_ is None:
        format_ = w("rPr")
        later = [e for e in properties if e.tag in (q("sectPr"), q("pPrChange"))]
        properties.insert(len(properties) - len(later), format_)
    for element in [e for e in format_ if e.tag in (*_CHANGES, q("rPrChange"))]:
        format_.remove(element)
    for n, element in enumerate(mark_elements(state)):
        format_.insert(n, element)
    if not len(format_):
        properties.remove(format_)


def _row_properties(row: Element, state: State) -> Element | None:
    found = row.find(q("trPr"))
    properties = _copy(found) if found is not None else w("trPr")
    for element in [e for e in properties if e.tag in (*_CHANGES, q("trPrChange"))]:
        properties.remove(element)
    properties.extend(mark_elements(state))
    return properties if len(properties) else None


def _stretches(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Equal and differing stretches; blanks and punctuation between two changes belong to the change, since whole
    phrases read better than crumbs."""
    codes = opcodes(old, new)
    found: list[tuple[str, int, int, int, int]] = []
    for n, (tag, a, b, c, d) in enumerate(codes):
        between = 0 < n < len(codes) - 1
        if tag == "equal" and between and all(not k[:1].isalnum() and k[:1] != "<" for k in old[a:b]):
            tag = "replace"
        if tag != "equal" and found and found[-1][0] != "equal":
            found[-1] = ("replace", found[-1][1], b, found[-1][3], d)
        else:
            found.append((tag, a, b, c, d))
    return found


def _put_in(woven: list[_Woven], extra: list[_Woven], place: Callable[[_Woven], int]) -> list[_Woven]:
    """Each extra token right after the last one that stood before it in its own version."""
    found: list[_Woven] = []
    waiting = list(extra)
    for one in woven:
        while waiting and 0 <= place(waiting[0]) < place(one):
            found.append(waiting.pop(0))
        found.append(one)
    return [*found, *waiting]
