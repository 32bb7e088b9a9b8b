"""From a document to a draft: provisions with labels, table rows, indicators, citations."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document, Notice, Span
from feedback_synth.datamodel.draft import Citation, Draft, Level, Provision, TableRow
from feedback_synth.drafts import contents, indicators, numbering, tables
from feedback_synth.drafts.building import Builder
from feedback_synth.drafts.labels import Labels
from feedback_synth.drafts.lines import Line, TableBlocks, block_lines, lines
from feedback_synth.drafts.outline import Node, Outline, Shape
from feedback_synth.drafts.unstructured import unstructured
from feedback_synth.drafts.zones import Zones
from feedback_synth.languages import detection
from feedback_synth.languages.citations import citations
from feedback_synth.languages.dates import dates
from feedback_synth.languages.words import structure


def parse(document: Document, kind: str) -> Draft:
    """The draft in ``document``; one without any numbering falls back to its paragraphs, with a notice."""
    code = _language(document)
    body = list(_body(document, code))
    outline = _outline(body, code)
    provisions, rows = _Assembly(outline, code).assemble()
    notices = _notices(outline, provisions)
    if not any(p.level != "preamble" for p in provisions):
        provisions, rows = unstructured(body, code)
        notices = (Notice("draft_without_structure", (("name", document.name),)),)
    draft = Draft(
        id=document.id,
        kind=kind,
        name=document.name,
        sha256=document.sha256,
        language=code,
        provisions=tuple(provisions),
        rows=tuple(rows),
        citations=tuple(_citations(provisions, rows, code)),
        notices=(*notices, *_left_out(document)),
        notes=(*_notes(document, code), *_printed_notes(outline, code)),
        pictures=document.pictures,
        date=_date(outline, code),
    )
    return indicators.attach(draft)


def _language(document: Document) -> str:
    if document.language in languages.codes():
        return document.language
    return detection.detect(" ".join(b.text for b in document.blocks[:200]), default="vi")


def _body(document: Document, code: str) -> Iterator[Line | TableBlocks]:
    """Lines and tables; a table whose cells hold whole articles only frames the text and is read cell by cell."""
    for part in lines(document):
        if isinstance(part, Line) and code == "fr" and (mark := _COUNTED.match(part.text)):
            yield replace(part, start=part.start + mark.end(), text=part.text[mark.end() :])
        elif isinstance(part, TableBlocks) and any(_heads_in(block, code) > 1 for block in part.cells):
            for block in part.cells:
                yield from block_lines(block)
        else:
            yield part


# The number in a circle that the French parliament prints before each paragraph, to amend it by: no word of the text.
_COUNTED = re.compile(r"[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]\s*(?=\S)")


def _heads_in(block: Block, code: str) -> int:
    heads = (numbering.heading(line.text, code) for line in block_lines(block))
    return sum(h is not None and h.closed for h in heads)


# ---- the outline -----------------------------------------------------------------------------------
def _outline(body: list[Line | TableBlocks], code: str) -> Outline:
    readings = [numbering.heading(line.text, code) if isinstance(line, Line) else None for line in body]
    found = [h if h is not None and h.closed else None for h in readings]  # headings beyond doubt
    heads = [h for h in found if h is not None]
    counts = Counter(h.level for h in heads)
    has_articles = counts["article"] > 0
    through = [h for h in heads if h.level == "section" and "." not in h.number]  # "Section 1.2" is counted in a part
    bare = code == "en" and not has_articles and _bare_sections(body) > len(through)
    counted = len(through) > 1 and 2 * len(through) > counts["section"] and not _begin_anew(heads)
    sections = code == "en" and not (has_articles or bare) and counted
    if bare:
        found = [
            h or (numbering.bare_heading(x.text) if isinstance(x, Line) else None)
            for x, h in zip(body, found, strict=True)
        ]
    listed = contents.find(body, found)
    shape = Shape(has_articles or sections or bare, sections or bare, bare, _ranks(heads, code))
    kept = [i for i in range(len(body)) if i not in listed]
    outline = Builder(code, shape).read([body[i] for i in kept], [readings[i] for i in kept])
    outline.outside += [body[i] for i in sorted(listed)]
    return outline


def _begin_anew(heads: list[numbering.Heading]) -> bool:
    """Whether sections are counted in each part ("PART II." and again "Section 1"), not through the draft."""
    openings = [b.number for a, b in itertools.pairwise(heads) if a.level == "part" and b.level == "section"]
    return len(openings) > 1 and openings.count("1") > len(openings) / 2


def _bare_sections(body: list[Line | TableBlocks]) -> int:
    """How many lines like "1 Overview", "2 Meaning of …" follow one another in number."""
    found = [h.number for line in body if isinstance(line, Line) and (h := numbering.bare_heading(line.text))]
    steps = sum(numbering.follows("arabic", a, b) for a, b in itertools.pairwise(found))
    return steps + 1 if steps >= 2 and steps >= 0.7 * (len(found) - 1) and "1" in found else 0


def _ranks(heads: list[numbering.Heading], code: str) -> dict[str, float]:
    """Ranks of heading words between annex (0) and article (6), by the order the language gives them.

    A draft may nest parts and titles the other way round: then the first to appear is the outer one.
    """
    order = structure(code)["headings"]["order"]
    ranks = {word.lower(): 0.5 + 5 * place / len(order) for place, word in enumerate(order)}
    seen = list(dict.fromkeys(w for h in heads if h.level in ("part", "title") and (w := h.word.lower()) in ranks))
    if len(seen) == 2 and ranks[seen[0]] > ranks[seen[1]] and {h.level for h in heads} >= {"part", "title"}:
        ranks[seen[0]], ranks[seen[1]] = ranks[seen[1]], ranks[seen[0]]
    return ranks


# ---- provisions ------------------------------------------------------------------------------------
class _Assembly:
    """Turns the nodes of an outline into provisions, in reading order."""

    def __init__(self, outline: Outline, code: str) -> None:
        self.outline = outline
        self.code = code
        self.labels = Labels(outline.root, code)
        self.provisions: list[Provision] = []
        self.rows: list[TableRow] = []

    def assemble(self) -> tuple[list[Provision], list[TableRow]]:
        self.provisions += self._preamble()
        if self.code == "fr":
            _number_paragraphs(self.outline.root)
        for node in self.outline.root.children:
            self._add(node, "", "")
        return self.provisions, self.rows

    def _preamble(self) -> Iterator[Provision]:
        """The legal bases and what introduces them, under the title; then the recitals, if they are numbered."""
        zones = Zones(self.code)
        head = max((i for i, line in enumerate(self.outline.title) if zones.is_letterhead(line.text)), default=-1)
        title = [line for line in self.outline.title[head + 1 :] if not zones.is_draft_mark(line.text)]
        text = [line for line in self.outline.preamble if not zones.is_draft_mark(line.text)]
        if not text:
            return
        text, recitals = _recitals(text)
        words = structure(self.code)["zones"]
        heading = " ".join(line.text.strip() for line in title)
        yield _opening_part("pre", words["bases_label"], "", text, heading)
        for n, lines_ in enumerate(recitals, start=1):
            yield replace(_opening_part(f"pre/rec_{n}", f"{words['recital']} {n}", str(n), lines_), parent_id="pre")

    def _add(self, node: Node, parent_label: str, parent_id: str) -> None:
        label, name = self.labels.name(node, parent_label, parent_id)
        self.provisions.append(_provision(node, label, name, parent_id))
        index = 0
        for part in node.content:
            if isinstance(part, Node):
                self._add(part, label, name)
            elif isinstance(part, TableBlocks):
                index += 1
                self.rows += tables.rows(part, name, index, self.code)


def _opening_part(name: str, label: str, number: str, text: list[Line], heading: str = "") -> Provision:
    words = "\n".join(line.text.strip() for line in text)
    return Provision(
        id=name,
        label=label,
        level="preamble",
        number=number,
        heading=heading,
        text=re.sub(r"^\(\d+\)\s*", "", words) if number else words,
        spans=tuple(Span(line.block.id, line.start, line.end) for line in text),
        page=text[0].block.locator.page if text else None,
    )


def _recitals(text: list[Line]) -> tuple[list[Line], list[list[Line]]]:
    """The lines without numbered recitals ("(1) …" to the last), and those of each."""
    starts, wanted = [], 1
    for place, line in enumerate(text):
        if line.text.lstrip().startswith(f"({wanted})"):
            starts.append(place)
            wanted += 1
    if len(starts) < _LEAST_RECITALS:
        return text, []
    recitals = [text[a:b] for a, b in itertools.pairwise([*starts, len(text)])]
    last = recitals[-1]
    closing = next((i for i, line in enumerate(last) if i and line.text.strip()[:8].isupper()), len(last))
    recitals[-1], rest = last[:closing], last[closing:]  # "HAVE ADOPTED THIS REGULATION:"
    return text[: starts[0]] + rest, recitals


_LEAST_RECITALS = 3


def _provision(node: Node, label: str, name: str, parent_id: str) -> Provision:
    own = node.own
    placed = [*node.heading, *own]
    return Provision(
        id=name,
        label=label,
        level=_level(node.level),
        number=node.number,
        heading=" ".join(line.text[offset:].strip() for line, offset in node.heading),
        text="\n".join(words for line, offset in own if (words := line.text[offset:].strip())),
        parent_id=parent_id,
        spans=tuple(Span(line.block.id, line.place(offset), line.end) for line, offset in placed),
        page=placed[0][0].block.locator.page if placed else None,
    )


def _level(level: str) -> Level:
    return level  # type: ignore[return-value]  # the builder uses the words of Level


def _number_paragraphs(root: Node) -> None:
    """Unnumbered alinéas: an article of several paragraphs without numbers is counted by paragraphs."""
    todo = [root]
    while todo:
        node = todo.pop()
        todo.extend(node.children)
        numbered = any(c.level == "clause" for c in node.children)
        if node.level == "article" and not numbered and len(_paragraphs_of(node)) > 1:
            _split_paragraphs(node)


def _paragraphs_of(node: Node) -> list[tuple[Line, int]]:
    return [(line, offset) for line, offset in node.own if line.text[offset:].strip()]


def _split_paragraphs(node: Node) -> None:
    content, node.content, node.children = node.content, [], []
    current: Node | None = None
    for part in content:
        if isinstance(part, tuple):
            current = Node("clause", str(len(node.children) + 1), "", "arabic", "", node)
            current.content.append(part)
            node.content.append(current)
            node.children.append(current)
        elif current is None or isinstance(part, TableBlocks):
            (current or node).content.append(part)
        else:
            part.parent = current
            current.content.append(part)
            current.children.append(part)


def _notes(document: Document, code: str) -> Iterator[Provision]:
    """Footnotes and endnotes, by their order."""
    word = structure(code)["zones"]["note"]
    blocks = [b for b in document.blocks if b.kind == "footnote" and b.text.strip()]
    for n, block in enumerate(blocks, start=1):
        span = Span(block.id, 0, len(block.text))
        yield Provision(f"note_{n}", f"{word} {n}", "indent", str(n), "", block.text, spans=(span,))


def _printed_notes(outline: Outline, code: str) -> Iterator[Provision]:
    """Footnotes that are printed behind the signature as text, each after its mark ("[3] Khoản này được …")."""
    word = structure(code)["zones"]["note"]
    behind = [line for line in outline.outside if isinstance(line, Line)]
    starts = [i for i, line in enumerate(behind) if _NOTE.match(line.text)]
    for place, end in itertools.pairwise([*starts, len(behind)]):
        note = behind[place:end]
        number = _NOTE.match(note[0].text)
        if number is not None:
            text = "\n".join([note[0].text[number.end() :], *(line.text for line in note[1:])])
            spans = tuple(Span(line.block.id, line.start, line.end) for line in note)
            yield Provision(
                f"printed_note_{number[1]}", f"{word} {number[1]}", "indent", number[1], "", text, spans=spans
            )


_NOTE = re.compile(r"\[(\d{1,3})\]\s*")


def _date(outline: Outline, code: str) -> str:
    """The day in the head of the draft ("…, ngày 05 tháng 3 năm 2026", "(Dự thảo lần 2, ngày …)") or at its end."""
    zones = Zones(code)
    lines = [*outline.title, *outline.preamble[:5], *outline.outside[-12:]]
    for line in lines:
        text = line.text.strip() if isinstance(line, Line) else ""
        dated = not (zones.is_basis(text) or zones.is_motto(text) or citations(text, code))
        if len(text) < _LONGEST_DATE_LINE and dated:
            for day in dates(text, code):
                if len(day.iso) == 10:
                    return day.iso
    return ""


_LONGEST_DATE_LINE = 100  # characters


# ---- citations and notices ---------------------------------------------------------------------------
def _citations(provisions: list[Provision], rows: list[TableRow], code: str) -> Iterator[Citation]:
    """The acts cited in headings and texts of provisions, then in their tables."""
    for provision in provisions:
        for act in citations(f"{provision.heading}\n{provision.text}".strip(), code):
            yield Citation(act.text, act.key, act.date, provision.id)
    for row in rows:
        for _, text in row.cells:
            for act in citations(text, code):
                yield Citation(act.text, act.key, act.date, row.provision_id)


def _left_out(document: Document) -> Iterator[Notice]:
    """What the draft as parsed does not hold: page heads and feet, comments, tracked changes as such."""
    counts = Counter(b.kind for b in document.blocks)
    for kind in ("header", "footer", "comment"):
        if counts[kind]:
            yield Notice("left_out", (("name", document.name), ("part", kind), ("count", str(counts[kind]))))
    tracked = counts["insertion"] + counts["deletion"]
    if tracked:
        yield Notice("draft_with_tracked_changes", (("name", document.name), ("count", str(tracked))))


def _notices(outline: Outline, provisions: list[Provision]) -> tuple[Notice, ...]:
    """Gaps and doubles of the numbering."""
    by_block: dict[str, list[Provision]] = defaultdict(list)
    for provision in provisions:
        for span in provision.spans[:1]:
            by_block[span.block_id].append(provision)
    out = []
    for node, before in outline.gaps:
        found = _provision_of(node, by_block)
        if found is not None:
            out.append(Notice("numbering_gap", (("label", found.label), ("before", before)), found.spans[0]))
    if restarted := _restarted(outline.root):
        out.append(Notice("numbering_restarts", (("number", restarted),)))
    for node in outline.doubles:
        found = _provision_of(node, by_block)
        if found is not None:
            out.append(Notice("numbering_double", (("label", found.label),), found.spans[0]))
    return tuple(out)


def _restarted(root: Node) -> str:
    """The first number that articles of two chapters (not of annexes) share, "" where they are counted through."""
    homes: dict[str, Node | None] = {}
    todo = [root]
    while todo:
        node = todo.pop()
        todo += [c for c in reversed(node.children) if c.level != "annex"]
        counted = node.level == "article" and not node.style
        if counted and homes.setdefault(node.number, node.parent) is not node.parent:
            return node.number
    return ""


def _provision_of(node: Node, by_block: dict[str, list[Provision]]) -> Provision | None:
    placed = [*node.heading, *node.own]
    if not placed:
        return None
    candidates = by_block.get(placed[0][0].block.id, [])
    return next((p for p in candidates if re.sub(r"\W", "", p.number) == re.sub(r"\W", "", node.number)), None)
