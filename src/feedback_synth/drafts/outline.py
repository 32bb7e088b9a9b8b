"""The tree of a draft: which line opens a provision, and under which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from feedback_synth.drafts import numbering
from feedback_synth.drafts.lines import Line, TableBlocks
from feedback_synth.drafts.numbering import Enumerator, Heading
from feedback_synth.drafts.zones import Zones

_HEAD_RANK = {"annex": 0, "part": 1, "title": 2, "chapter": 3, "section": 4, "subsection": 5, "article": 6}
_LARGEST_GAP = 12  # steps by which a list may skip and still be the same list (repealed items)


@dataclass(slots=True)
class Node:
    """A provision under construction: ``content`` holds its own lines, tables and children in order."""

    level: str
    number: str
    word: str = ""  # the word of a heading, "" for an enumerator
    style: str = ""  # the style of an enumerator, "" for a heading
    paren: str = ""
    parent: Node | None = None
    heading: list[tuple[Line, int]] = field(default_factory=list)
    content: list[tuple[Line, int] | TableBlocks | Node] = field(default_factory=list)
    rank: int = 0
    automatic: bool = False
    children: list[Node] = field(default_factory=list)

    @property
    def own(self) -> list[tuple[Line, int]]:
        return [c for c in self.content if isinstance(c, tuple)]


@dataclass(slots=True)
class Outline:
    """What the builder found: the tree, the opening lines (title, bases), and what lies outside the provisions."""

    root: Node
    title: list[Line] = field(default_factory=list)
    preamble: list[Line] = field(default_factory=list)
    outside: list[Line | TableBlocks] = field(default_factory=list)
    gaps: list[tuple[Node, str]] = field(default_factory=list)  # (the node after the gap, the number before it)
    doubles: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shape:
    """What kind of text it is, seen from its headings."""

    has_articles: bool  # articles (or sections in their place) are what it is divided into
    sections_are_articles: bool
    bare_sections: bool  # sections have a number and a title but no word
    ranks: dict[str, int]  # of the heading words above articles, outermost lowest


class Builder:
    """Reads lines in order and hangs each where it belongs."""

    def __init__(self, code: str, shape: Shape) -> None:
        self.code = code
        self.shape = shape
        self.zones = Zones(code)
        self.outline = Outline(Node("", ""))
        self.stack: list[Node] = [self.outline.root]
        self.begun = False
        self.signed = False
        self.awaiting: Node | None = None  # a heading whose words stand on the next line
        self.quote_end = ""
        self.articles: dict[int, list[Node]] = {}  # articles in order, by the annex (or body) they stand in

        self.last_numbers: dict[tuple[str, str], str] = {}  # of the last item, by style and bracket

    def read(self, lines: Iterable[Line | TableBlocks]) -> Outline:
        for line in lines:
            if isinstance(line, TableBlocks):
                self._table(line)
            else:
                self._line(line)
        self._lift_closing()
        return self.outline

    def _lift_closing(self) -> None:
        """The last words of a text ("Nghị quyết này có hiệu lực …") belong to no item of the list before them."""
        last = self.stack[-1]
        part = last.content[-1] if len(last.content) > 1 else None
        if last.style and isinstance(part, tuple) and part[1] == 0 and self.zones.is_closing(part[0]):
            last.content.pop()
            article = next((n for n in reversed(self.stack) if n.level == "article"), None)
            (article or self.stack[1]).content.append(part)

    # -- lines -------------------------------------------------------------------------------------
    def _line(self, line: Line) -> None:
        if self.quote_end:
            self._quoted(line)
            return
        head = self._heading(line)
        if head is not None:
            self._open_heading(line, head)
        elif self.signed:
            self.outline.outside.append(line)
        elif self.begun and self.zones.is_signature(line):
            self._lift_closing()
            self.signed = True
            self.outline.outside.append(line)
        elif self._item(line):
            return
        elif not self.begun:
            self._opening(line)
        else:
            self._text(line)

    def _quoted(self, line: Line) -> None:
        self.stack[-1].content.append((line, 0))
        if self.quote_end in line.text:
            self.quote_end = ""

    def _opening(self, line: Line) -> None:
        if self.zones.is_title(line) and not self.outline.preamble:
            self.outline.title.append(line)
        else:
            self.outline.preamble.append(line)

    def _text(self, line: Line) -> None:
        waiting, self.awaiting = self.awaiting, None
        if waiting is not None and self.zones.can_be_heading(line) and waiting is self.stack[-1]:
            waiting.heading.append((line, 0))
            self.awaiting = waiting if line.text.isupper() else None
            return
        self.quote_end = self.zones.opened_quote(line.text)
        if self._continues_heading(line):
            return
        self._close_lists(line)
        self.stack[-1].content.append((line, 0))

    def _continues_heading(self, line: Line) -> bool:
        """The rest of a heading that was broken over two lines."""
        node = self.stack[-1]
        if node.style or not node.heading or node.content or not line.text[:1].islower():
            return False
        node.heading.append((line, 0))
        return True

    def _close_lists(self, line: Line) -> None:
        """A full paragraph after bullets (in a French article after any list that has ended) stands outside the list."""
        closing = {"dash", "plus"}
        last = self.stack[-1].own[-1][0].text.rstrip() if self.stack[-1].own else ""
        if self.code == "fr" and self.shape.has_articles and last.endswith("."):
            closing |= {"lower", "lower_roman", "degree"}
        while line.text[:1].isupper() and self.stack[-1].style in closing:
            self.stack.pop()

    def _table(self, table: TableBlocks) -> None:
        if not self.begun or self.signed or self.zones.is_layout(table):
            self.outline.outside.append(table)
            if self.begun and not self.signed:
                self._lift_closing()
                self.signed = True
        else:
            self.awaiting = None
            self.stack[-1].content.append(table)

    # -- headings ----------------------------------------------------------------------------------
    def _heading(self, line: Line) -> Heading | None:
        head = numbering.heading(line.text, self.code) or self._bare_heading(line)
        if head is None or (head.level == "annex" and not self.begun and not head.closed):
            return None
        if self.signed and head.level != "annex":
            return None
        rest = line.text[head.rest :]
        if head.closed or line.automatic:
            return None if self.zones.is_contents_line(line.text) else head
        if self.zones.reads_as_heading(rest, line, self._expects(head)):
            return head
        return None

    def _bare_heading(self, line: Line) -> Heading | None:
        """A section that has no word, where the draft's sections have none and this is the next number."""
        head = numbering.bare_heading(line.text) if self.shape.bare_sections else None
        if head is None:
            return None
        before = self.articles.get(self._scope(self.stack[-1]), [])
        last = before[-1].number if before else "0"
        return head if numbering.follows("arabic", last, head.number) else None

    def _expects(self, head: Heading) -> bool:
        """Whether the number is the next of its kind."""
        last = next((n for n in reversed(self.stack) if n.word == head.word), None)
        style = "roman" if head.number.isalpha() else "arabic"
        return last is not None and numbering.follows(style, last.number, head.number)

    def _open_heading(self, line: Line, head: Heading) -> None:
        level = "article" if self.shape.sections_are_articles and head.level == "section" else head.level
        rank = 6 if level == "article" else self.shape.ranks.get(head.word, _HEAD_RANK[level])
        while len(self.stack) > 1 and (self.stack[-1].style or self.stack[-1].rank >= rank):
            self.stack.pop()
        if level == "annex":
            self._lift_closing()
            self.signed = False
            del self.stack[1:]
        node = Node(level, head.number, head.word, parent=self.stack[-1], rank=rank, automatic=line.automatic)
        self._note_number(node)
        self._push(node)
        rest = line.text[head.rest :].strip()
        if not rest:
            self.awaiting = node
        elif self.zones.ends_sentence(rest) and level == "article" and not rest.isupper():
            node.content.append((line, head.rest))
            self.quote_end = self.zones.opened_quote(line.text[head.rest :])
        else:
            node.heading.append((line, head.rest))
            self.awaiting = node if line.text.isupper() and level != "article" else None

    def _push(self, node: Node) -> None:
        self.begun = True
        self.awaiting = None
        parent = node.parent or self.outline.root
        parent.content.append(node)
        parent.children.append(node)
        if node.level == "article":
            self.articles.setdefault(self._scope(node), []).append(node)
        self.stack.append(node)

    def _note_number(self, node: Node) -> None:
        siblings = self._level_mates(node)
        if any(s.number == node.number for s in siblings):
            self.outline.doubles.append(node)
            return
        last = siblings[-1] if siblings else None
        style = node.style or ("roman" if node.number.isalpha() else "arabic")
        step = numbering.distance(style, last.number, node.number) if last and "-" not in node.number else 0
        if last and 1 < step <= _LARGEST_GAP:
            self.outline.gaps.append((node, last.number))

    def _level_mates(self, node: Node) -> list[Node]:
        """The earlier nodes of this node's list: articles count through chapters, everything else within its parent."""
        if node.level == "article" and not node.style:
            return self.articles.get(self._scope(node), [])[-40:]
        parent = node.parent or self.outline.root
        return [c for c in parent.children[-60:] if c.word == node.word and c.style == node.style]

    # -- enumerators -------------------------------------------------------------------------------
    def _item(self, line: Line) -> bool:
        """Open an item if the line begins with a list mark that fits here."""
        marks = numbering.enumerators(line.text)
        if not marks or (not self.begun and self.shape.has_articles):
            return False
        found = self._continued(marks) or self._started(marks, line)
        if found is None:
            return False
        mark, parent_depth, gap_after = found
        del self.stack[parent_depth + 1 :]
        parent = self.stack[-1]
        node = Node(
            self._level(mark, parent), mark.number, "", mark.style, mark.paren, parent, automatic=line.automatic
        )
        if mark.style in ("dash", "plus"):
            place = 1 + sum(c.style == mark.style for c in parent.children)
            node.number = f"{parent.number}.{place}" if parent.level == "indent" else str(place)
        elif gap_after:
            self.outline.gaps.append((node, gap_after))
        elif any(c.number == node.number and c.style == node.style for c in parent.children[-40:]):
            self.outline.doubles.append(node)
        self._push(node)
        self.last_numbers[mark.style, mark.paren] = mark.number
        node.content.append((line, mark.rest))
        self.quote_end = self.zones.opened_quote(line.text[mark.rest :])
        return True

    def _continued(self, marks: list[Enumerator]) -> tuple[Enumerator, int, str] | None:
        """(mark, depth of the parent, "") where a mark is the next of an open list, innermost first."""
        for same_paren in (True, False):
            for depth in range(len(self.stack) - 1, 0, -1):
                node = self.stack[depth]
                if not node.style:
                    break
                for mark in marks:
                    fits = mark.style == node.style and (mark.paren == node.paren or not same_paren)
                    if fits and numbering.follows(mark.style, node.number, mark.number):
                        return mark, depth - 1, ""
        return None

    def _started(self, marks: list[Enumerator], line: Line) -> tuple[Enumerator, int, str] | None:
        """A mark that begins a list, restarts one, or goes on after a gap."""
        for mark in marks:
            if mark.style == "decimal":
                found = self._decimal(mark)
                if found:
                    return found
                continue
            if numbering.first(mark.style, mark.number):
                if not self.begun and mark.style in ("dash", "plus"):
                    return None
                return mark, self._home(mark), ""
        return self._after_gap(marks, line)

    def _decimal(self, mark: Enumerator) -> tuple[Enumerator, int, str] | None:
        prefix = mark.number.rpartition(".")[0]
        for depth in range(len(self.stack) - 1, 0, -1):
            node = self.stack[depth]
            if node.style in ("arabic", "decimal", "") and node.number == prefix and mark.number:
                return mark, depth, ""
        if mark.number.endswith(".1") or self._list_of(mark) is not None:
            home = self._list_of(mark)
            return mark, self._home(mark) if home is None else home, ""
        return None

    def _list_of(self, mark: Enumerator) -> int | None:
        """Depth of the parent of an open decimal list with this prefix."""
        prefix = mark.number.rpartition(".")[0]
        for depth in range(len(self.stack) - 1, 0, -1):
            node = self.stack[depth]
            if node.style == "decimal" and node.number.rpartition(".")[0] == prefix:
                return depth - 1
        return None

    def _home(self, mark: Enumerator) -> int:
        """Depth of the node under which a new list of this style begins."""
        for depth in range(len(self.stack) - 1, 0, -1):
            node = self.stack[depth]
            if not node.style:
                break
            if node.style == mark.style and node.paren == mark.paren:
                return depth - 1  # the list begins anew
        depth = len(self.stack) - 1
        rank = numbering.STYLE_RANK[mark.style]
        while self.stack[depth].style and numbering.STYLE_RANK[self.stack[depth].style] > rank:
            nested = mark.paren == self.stack[depth].paren == "("
            if nested and self.stack[depth].style not in ("dash", "plus"):
                break
            depth -= 1
        return depth

    def _after_gap(self, marks: list[Enumerator], line: Line) -> tuple[Enumerator, int, str] | None:
        for depth in range(len(self.stack) - 1, 0, -1):
            node = self.stack[depth]
            if not node.style:
                break
            for mark in marks:
                step = numbering.distance(mark.style, node.number, mark.number)
                if mark.style == node.style and mark.paren == node.paren and 1 < step <= _LARGEST_GAP:
                    return mark, depth - 1, node.number
        for mark in marks:
            if line.automatic or self._goes_on(mark) or _heads_part(mark, line):
                return mark, self._home(mark), ""
        return None

    def _goes_on(self, mark: Enumerator) -> bool:
        """A list that counts on through headings: 1, 2 in part I, 3, 4 in part II."""
        last = self.last_numbers.get((mark.style, mark.paren))
        return last is not None and not self.stack[-1].style and numbering.follows(mark.style, last, mark.number)

    def _level(self, mark: Enumerator, parent: Node) -> str:
        return item_level(mark, parent, self._in_article(parent))

    def _in_article(self, node: Node | None) -> bool:
        while node is not None:
            if node.level == "article":
                return True
            node = node.parent
        return False

    def _scope(self, node: Node) -> int:
        """Articles are numbered through the body, and anew in each annex."""
        top = node
        while top.parent is not None and top.parent.parent is not None:
            top = top.parent
        return id(top) if top.level == "annex" else 0


def _heads_part(mark: Enumerator, line: Line) -> bool:
    """ "II- MỤC TIÊU": a Roman number before capitals heads a part wherever a text begins."""
    return mark.style == "roman" and line.text[mark.rest :].isupper()


_LADDER = ("article", "clause", "point", "subpoint", "indent")


def item_level(mark: Enumerator, parent: Node, in_article: bool) -> str:
    """The level of an item by its style and its parent's level."""
    if mark.style in ("dash", "plus"):
        return "indent"
    if in_article or parent.level in _LADDER[1:]:
        return _item_level_in_article(mark, parent)
    if mark.style in ("roman", "upper"):
        return "section" if parent.level in ("part", "section", "title", "chapter", "annex") else "part"
    if mark.style == "decimal":
        return "subsection"
    if mark.style == "arabic" or mark.style == "degree":
        return "clause" if parent.level in ("section", "subsection") else "section"
    return "subpoint" if mark.style == "lower_roman" and parent.level == "point" else "point"


def _item_level_in_article(mark: Enumerator, parent: Node) -> str:
    below = _LADDER[min(len(_LADDER) - 1, _LADDER.index(parent.level) + 1)] if parent.level in _LADDER else "clause"
    if mark.style == "lower":
        return "point" if parent.level in ("article", "clause") else below
    if mark.style == "lower_roman":
        return "subpoint" if parent.level == "point" else below
    if mark.style == "decimal":
        return "point" if parent.level == "clause" else below
    return below
