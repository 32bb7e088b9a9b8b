"""Where a list mark belongs: in an open list, as the first of a new one, or nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

from feedback_synth.drafts import numbering
from feedback_synth.drafts.lines import Line
from feedback_synth.drafts.numbering import Enumerator
from feedback_synth.drafts.outline import Node

LARGEST_GAP = 12  # steps by which a list may skip and still be the same list (repealed items)
_BULLETS = ("dash", "plus")
_LONGEST_MARK = 40  # characters
_SECOND = {"en": "(", "fr": "A1a"}  # with what a second mark on one line begins
_SECOND_FRENCH = (("roman", "upper"), ("roman", "degree"), ("upper", "degree"), ("degree", "lower"))


@dataclass(frozen=True, slots=True)
class Home:
    """The mark as read, the depth of its parent on the stack, and the number before a gap ("" without one)."""

    mark: Enumerator
    depth: int
    gap_after: str = ""


def find_home(stack: list[Node], marks: list[Enumerator], line: Line, last: dict[tuple[str, str], str]) -> Home | None:
    """The place of a line with these readings of its mark; None if it is no item. ``last``: numbers by style."""
    return _continued(stack, marks) or _started(stack, marks) or _after_gap(stack, marks, line, last)


def second_mark(mark: Enumerator, line: Line, code: str) -> Enumerator | None:
    """The mark behind the first on one line: "I. – A. – Le maire …", "1 (1) In this …", "(a)(1) In general"."""
    rest = line.text[mark.rest : mark.rest + _LONGEST_MARK]
    if mark.style in _BULLETS or rest[:1] not in _SECOND.get(code, ""):
        return None
    for found in numbering.enumerators(rest):
        bracketed = found.paren == "(" and mark.paren in ("(", "")
        french = code == "fr" and (mark.style, found.style) in _SECOND_FRENCH
        other = (found.style, found.paren) != (mark.style, mark.paren)
        if (
            (bracketed or french)
            and other
            and numbering.first(found.style, found.number)
            and rest[found.rest :].strip()
        ):
            return replace(found, rest=found.rest + mark.rest)
    return None


def _open_items(stack: list[Node]) -> list[tuple[int, Node]]:
    """The items open at the end of the stack with their depth, innermost first; a heading closes the view."""
    out = []
    for depth in range(len(stack) - 1, 0, -1):
        if not stack[depth].style:
            break
        out.append((depth, stack[depth]))
    return out


def _continued(stack: list[Node], marks: list[Enumerator]) -> Home | None:
    """The next of an open list, innermost first; a list may change its brackets on the way."""
    for same_paren in (True, False):
        for depth, node in _open_items(stack):
            for mark in marks:
                fits = mark.style == node.style and (mark.paren == node.paren or not same_paren)
                if fits and numbering.follows(mark.style, node.number, mark.number):
                    return Home(mark, depth - 1)
    return None


def _started(stack: list[Node], marks: list[Enumerator]) -> Home | None:
    """A mark that begins a list, or begins one anew."""
    for mark in marks:
        if mark.style == "decimal":
            found = _decimal(stack, mark)
            if found:
                return found
        elif mark.style == "lower" and mark.number == "aa":
            return _doubled(stack, mark)
        elif numbering.first(mark.style, mark.number):
            return None if len(stack) == 1 and mark.style in _BULLETS else Home(mark, _new_list(stack, mark))
    return None


def _doubled(stack: list[Node], mark: Enumerator) -> Home | None:
    """ "(aa)" is the first below "(I)" in an American bill, and was put in behind "(a)" in a British act."""
    if stack[-1].style == "roman":
        return Home(mark, len(stack) - 1)
    return next((Home(mark, d - 1) for d, n in _open_items(stack) if n.style == "lower" and n.number == "a"), None)


def _decimal(stack: list[Node], mark: Enumerator) -> Home | None:
    """ "3.2" under "3" (an item or a heading), else in the list of "3.1"."""
    prefix = mark.number.rpartition(".")[0]
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].style in ("arabic", "decimal", "") and stack[depth].number == prefix:
            return Home(mark, depth)
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].style == "decimal" and stack[depth].number.rpartition(".")[0] == prefix:
            return Home(mark, depth - 1)
    return Home(mark, _new_list(stack, mark)) if mark.number.endswith(".1") else None


def _new_list(stack: list[Node], mark: Enumerator) -> int:
    """Depth of the node under which a new list of this style begins."""
    for depth, node in _open_items(stack):
        if node.style == mark.style and node.paren == mark.paren:
            return depth - 1  # the list begins anew
    depth = len(stack) - 1
    rank = numbering.STYLE_RANK[mark.style]
    while stack[depth].style and numbering.STYLE_RANK[stack[depth].style] > rank:
        nested = mark.paren == stack[depth].paren == "("  # "(a)(1)(A)" nests the other way round
        if nested and stack[depth].style not in _BULLETS:
            break
        if mark.style == "upper" and stack[depth].style == "roman" and any(n.level == "article" for n in stack):
            break  # "I. – A. –": in an article capitals divide Roman numbers
        depth -= 1
    return depth


def _after_gap(stack: list[Node], marks: list[Enumerator], line: Line, last: dict[tuple[str, str], str]) -> Home | None:
    """A mark that skips some numbers of an open list, or goes on from a list under an earlier heading."""
    for depth, node in _open_items(stack):
        for mark in marks:
            step = numbering.distance(mark.style, node.number, mark.number)
            if mark.style == node.style and mark.paren == node.paren and 1 < step <= LARGEST_GAP:
                return Home(mark, depth - 1, node.number)
    for mark in marks:
        if line.automatic or _goes_on(stack, mark, last) or _heads_part(mark, line):
            return Home(mark, _new_list(stack, mark))
    return None


def _goes_on(stack: list[Node], mark: Enumerator, last: dict[tuple[str, str], str]) -> bool:
    """A list that counts on through headings: 1, 2 in part I, 3, 4 in part II."""
    before = last.get((mark.style, mark.paren))
    return before is not None and not stack[-1].style and numbering.follows(mark.style, before, mark.number)


def _heads_part(mark: Enumerator, line: Line) -> bool:
    """ "II- MỤC TIÊU": a Roman number before capitals heads a part wherever a text begins."""
    return mark.style == "roman" and line.text[mark.rest :].isupper()
