"""Reads lines in order and hangs each where it belongs in the outline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedback_synth.drafts import lists, numbering
from feedback_synth.drafts.lines import Line, TableBlocks
from feedback_synth.drafts.numbering import Enumerator, Heading
from feedback_synth.drafts.outline import Node, Outline, Shape, item_level
from feedback_synth.drafts.quotations import end_of
from feedback_synth.drafts.zones import Zones, is_contents_title

_HEAD_RANK = {"annex": 0, "part": 1, "title": 2, "chapter": 3, "section": 4, "subsection": 5, "article": 6}

_LONGEST_TITLE = 5  # lines
_CROSS_HEADING = 100  # characters


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
        self.quoted_until = -1  # index of the last line of the quotation we are in
        self.in_contents = False
        self.lines: Sequence[Line | TableBlocks] = ()
        self.readings: Sequence[Heading | None] = ()
        self.place = 0  # of the line being read
        self.articles: dict[int, list[Node]] = {}  # articles in order, by the annex (or body) they stand in
        self.last_numbers: dict[tuple[str, str], str] = {}  # of the last item, by style and bracket
        self.paragraphs: dict[int, str] = {}  # the last number without a mark, by the schedule it stands in

    def read(self, lines: Sequence[Line | TableBlocks], readings: Sequence[Heading | None]) -> Outline:
        """The outline of these lines; ``readings`` are the headings that each would be by its own words."""
        self.lines, self.readings = lines, readings
        for self.place, line in enumerate(lines):
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
        if self.place <= self.quoted_until:
            self.stack[-1].content.append((line, 0))
            return
        if self._is_contents(line):
            self.outline.outside.append(line)
            return
        if self.begun and self.zones.is_attachment_mark(line.text) and self._open_attachment(line):
            return
        if self._announces_annexes(line):
            self.outline.outside.append(line)
            return
        if self._is_source_note(line):
            self.stack[-1].content.append((line, 0))
            return
        head = self._heading(line)
        if head is not None:
            self._open_heading(line, head)
        elif self.signed:
            self.outline.outside.append(line)
        elif self.begun and self.zones.is_signature(line.text):
            self._lift_closing()
            self.signed = True
            self.outline.outside.append(line)
        elif self._item(line):
            return
        elif not self.begun:
            self._opening(line)
        else:
            self._text(line)

    def _is_contents(self, line: Line) -> bool:
        """A line of a table of contents: after its title with a page number, or with leaders before anything else."""
        if is_contents_title(line.text, self.code):
            self.in_contents = True
            return True
        self.in_contents = self.in_contents and re.search(r"\s\d{1,4}$", line.text) is not None
        return self.in_contents or (not self.begun and self.zones.is_contents_line(line.text))

    def _announces_annexes(self, line: Line) -> bool:
        """ "SCHEDULES" over "SCHEDULE 1": the title of all of them, no annex."""
        following = self._next()
        if len(line.text) > 12 or not line.text.isupper() or following is None:
            return False
        head, first = (numbering.heading(text, self.code) for text in (line.text, following.text))
        return head is not None and first is not None and not head.number and head.level == first.level == "annex"

    def _is_source_note(self, line: Line) -> bool:
        """ "Section 3" under "SCHEDULE 1": the provision that the annex belongs to."""
        waits = self.awaiting is not None and self.awaiting.level == "annex" and not self.awaiting.content
        return waits and self.zones.is_source_note(line.text)

    def _next(self) -> Line | None:
        following = self.lines[self.place + 1] if self.place + 1 < len(self.lines) else None
        return following if isinstance(following, Line) else None

    def _open_attachment(self, mark: Line) -> bool:
        """A text issued with this one ("QUY ĐỊNH … (Ban hành kèm theo …)") is an annex with a name of its own."""
        if self.stack[-1].level == "annex" and not self.stack[-1].children:
            return False
        before = [x for x in self.lines[max(0, self.place - _LONGEST_TITLE) : self.place] if isinstance(x, Line)]
        first = next(
            (i for i, x in enumerate(before) if x.text.isupper() and not self.zones.is_signature(x.text)), None
        )
        if first is None:
            return False
        title = before[first:]
        self._take_back(title)
        self._lift_closing()
        self.signed = False
        del self.stack[1:]
        node = Node("annex", "", title[0].text.strip(" :.").capitalize(), parent=self.outline.root)
        node.heading = [(x, 0) for x in title[1:]]
        self._push(node)
        node.content.append((mark, 0))
        return True

    def _take_back(self, title: list[Line]) -> None:
        """Take lines out of the text (or from outside it) to which they were added before they were understood."""
        lines = {id(x) for x in title}
        for node in self.stack:
            node.content = [c for c in node.content if not (isinstance(c, tuple) and id(c[0]) in lines)]
            node.heading = [c for c in node.heading if id(c[0]) not in lines]
        self.outline.outside = [x for x in self.outline.outside if id(x) not in lines]

    def _opening(self, line: Line) -> None:
        if self.zones.is_title(line) and not self.outline.preamble:
            self.outline.title.append(line)
        else:
            self.outline.preamble.append(line)

    def _text(self, line: Line) -> None:
        waiting, self.awaiting = self.awaiting, None
        if waiting is not None and waiting.level == "article" and waiting.heading and not line.text.isupper():
            waiting = None  # a heading in capitals goes on in capitals
        if waiting is not None and self.zones.can_be_heading(line) and waiting is self.stack[-1]:
            waiting.heading.append((line, 0))
            self.awaiting = waiting if line.text.isupper() else None
            return
        if self._is_cross_heading(line):
            while self.stack[-1].style or self.stack[-1].level == "article":
                self.stack.pop()
            self.stack[-1].content.append((line, 0))
            return
        self.quoted_until = end_of(self.lines, self.place, line.text, self._goes_on)
        if self._continues_heading(line):
            return
        if self.quoted_until <= self.place or not re.match(r"[“«\"„`]", line.text):
            self._close_lists(line)  # the title of a section put into another act ends no list of this one
        self.stack[-1].content.append((line, 0))

    def _is_cross_heading(self, line: Line) -> bool:
        """A line over the next section that has neither word nor number, in a British act: "The register"."""
        following = self._next()
        if not self.shape.bare_sections or following is None or not self.zones.can_be_heading(line):
            return False
        return len(line.text) < _CROSS_HEADING and (
            self._bare_heading(following) is not None or self._bare_paragraph(following) is not None
        )

    def _continues_heading(self, line: Line) -> bool:
        """The rest of a heading that was broken over two lines."""
        node = self.stack[-1]
        if node.style or not node.heading or node.content or not line.text[:1].islower():
            return False
        node.heading.append((line, 0))
        return True

    def _close_lists(self, line: Line) -> None:
        """A full paragraph after bullets (in a French article after any list that ended) stands outside the list."""
        if line.text.isupper() and len(line.text) < 80 and self.stack[-1].style and self.stack[1].word:
            while self.stack[-1].style:  # "KẾT LUẬN": a title without a number ends every list
                self.stack.pop()
            return
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

    def _goes_on(self, text: str, mark: str) -> bool:
        """Whether a line inside an open quotation is the next article of the draft, so that the mark was forgotten.

        An act that amends others quotes articles too, but their numbers are not those of its own; only the mark that
        has no direction is distrusted where the articles are simply counted.
        """
        head = numbering.heading(text, self.code)
        last = self.articles.get(self._scope(self.stack[-1]), [])
        if head is None or head.level != "article" or not head.closed or not last:
            return False
        if numbering.is_coded(last[-1].number):
            return numbering.is_coded(head.number)
        return mark == '"' and numbering.follows("arabic", last[-1].number, head.number)

    # -- headings ----------------------------------------------------------------------------------
    def _heading(self, line: Line) -> Heading | None:
        head = self.readings[self.place]
        if head is not None and head.level == "section" and self.shape.bare_sections:
            head = None  # where sections have no word, one with the word only refers
        head = head or self._bare_heading(line)
        if head is None or (head.level == "annex" and not self.begun and not head.closed):
            return None
        if self.signed and head.level != "annex":
            return None
        rest = line.text[head.rest :]
        if head.closed or line.automatic:
            return None if self.zones.is_contents_line(line.text) else head
        if self.zones.reads_as_heading(rest, line, self._expects(head)):
            return head
        if head.level == "annex" and self.zones.is_source_note(rest):
            return head
        return None

    def _bare_heading(self, line: Line) -> Heading | None:
        """A section that has no word, where the draft's sections have none and this is the next number (or one after
        repealed ones), or the first below the heading of a part, which may have been moved."""
        head = numbering.bare_heading(line.text) if self.shape.bare_sections else None
        if head is None or self._scope(self.stack[-1]):
            return None
        before = self.articles.get(self._scope(self.stack[-1]), [])
        last = before[-1].number if before else "0"
        step = numbering.distance("arabic", last, head.number)
        fits = numbering.follows("arabic", last, head.number) or 1 < step <= lists.LARGEST_GAP
        return (
            head if fits or (len(self.stack) > 1 and not self.stack[-1].style and not self.stack[-1].children) else None
        )

    def _expects(self, head: Heading) -> bool:
        """Whether the number is the next of its kind."""
        last = next((n for n in reversed(self.stack) if n.word == head.word), None)
        style = "roman" if head.number.isalpha() else "arabic"
        return last is not None and numbering.follows(style, last.number, head.number)

    def _open_heading(self, line: Line, head: Heading) -> None:
        level = "article" if self.shape.sections_are_articles and head.level == "section" else head.level
        rank = 6 if level == "article" else self.shape.ranks.get(head.word.lower(), _HEAD_RANK[level])
        while len(self.stack) > 1 and (self.stack[-1].style or self.stack[-1].rank >= rank):
            self.stack.pop()
        if level == "annex":
            self._lift_closing()
            self.signed = False
            del self.stack[1:]
        node = Node(level, head.number, head.word, parent=self.stack[-1], rank=rank, shown=head.shown)
        self._note_number(node)
        self._push(node)
        rest = line.text[head.rest :].strip()
        if not rest:
            self.awaiting = node
        elif level == "annex" and self.zones.is_source_note(rest):
            node.content.append((line, head.rest))
            self.awaiting = node
        elif self.zones.ends_sentence(rest) and level == "article" and not rest.isupper():
            node.content.append((line, head.rest))
            self.quoted_until = end_of(self.lines, self.place, line.text[head.rest :], self._goes_on)
        else:
            node.heading.append((line, head.rest))
            goes_on = level != "article" or not self.zones.ends_sentence(rest)
            self.awaiting = node if line.text.isupper() and goes_on else None

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
        if node.number in [s.number for s in siblings if s.parent is node.parent]:
            self.outline.doubles.append(node)
            return
        last = siblings[-1] if siblings else None
        style = node.style or ("roman" if node.number.isalpha() else "arabic")
        step = numbering.distance(style, last.number, node.number) if last and "-" not in node.number else 0
        if last and self.code == "en" and last.parent is not node.parent and node.number.endswith("1"):
            return  # "SEC. 111." opens subtitle B of title I, after "SEC. 102."
        if last and 1 < step <= lists.LARGEST_GAP:
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
        if not marks and self.shape.bare_sections and (paragraph := self._bare_paragraph(line)):
            marks = [paragraph]
        if not marks or (not self.begun and self.shape.has_articles):
            return False
        home = lists.find_home(self.stack, marks, line, self.last_numbers)
        if home is None:
            return False
        mark = home.mark
        if mark.style == "dash" and self._lists_bases(self.stack[home.depth]):
            return False
        del self.stack[home.depth + 1 :]
        node = self._item_node(mark, line, home.gap_after)
        self._push(node)
        self.last_numbers[mark.style, mark.paren] = mark.number
        if second := lists.second_mark(mark, line, self.code):
            node.content.append((line, len(line.text)))
            node = self._item_node(second, line, "")
            self._push(node)
            self.last_numbers[second.style, second.paren] = second.number
            mark = second
        node.content.append((line, mark.rest))
        self.quoted_until = end_of(self.lines, self.place, line.text[mark.rest :], self._goes_on)
        return True

    def _lists_bases(self, node: Node) -> bool:
        """Whether an item tells the legal bases, whose lines are cited by their acts, not by their place."""
        line, offset = next(iter((*node.heading, *node.own)), (None, 0))
        return line is not None and self.zones.heads_bases(line.text[offset:])

    def _bare_paragraph(self, line: Line) -> Enumerator | None:
        """A numbered paragraph of a schedule without a mark behind its number, if it is the next."""
        if not self._scope(self.stack[-1]) or (found := numbering.bare_paragraph(line.text)) is None:
            return None
        annex = self.stack[1]
        last = next((n.number for n in reversed(self.stack) if n.style == "arabic" and not n.paren), "")
        last = last or self.paragraphs.get(id(annex), "0")
        if not numbering.follows("arabic", last, found.number):
            return None
        return found

    def _item_node(self, mark: Enumerator, line: Line, gap_after: str) -> Node:
        """A node under the top of the stack; bullets are counted, numbers checked against their siblings."""
        parent = self.stack[-1]
        level = item_level(mark, parent, "article" in [n.level for n in self.stack])
        if mark.style == "arabic" and not mark.paren:
            level = "clause"
            self.paragraphs[id(self.stack[1])] = mark.number
        node = Node(level, mark.number, "", mark.style, mark.paren, parent)
        if mark.style in ("dash", "plus"):
            place = 1 + sum(c.style == mark.style for c in parent.children)
            node.number = f"{parent.number}.{place}" if parent.level == "indent" else str(place)
        elif gap_after:
            self.outline.gaps.append((node, gap_after))
        elif node.number in [c.number for c in parent.children[-40:] if c.style == node.style]:
            self.outline.doubles.append(node)
        return node

    def _scope(self, node: Node) -> int:
        """Articles are numbered through the body, and anew in each annex."""
        top = node
        while top.parent is not None and top.parent.parent is not None:
            top = top.parent
        return id(top) if top.level == "annex" else 0
