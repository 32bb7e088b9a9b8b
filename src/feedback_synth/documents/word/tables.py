"""The grid of a Word table: where each cell stands once merged cells are one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from feedback_synth.documents.word.names import Element, W, child, integer, switch, value

_WRAPPERS = (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "del")


@dataclass(slots=True)
class Place:
    """A cell; ``elements`` are its ``w:tc`` (several when it is merged downwards)."""

    row: int
    column: int
    column_span: int
    elements: list[Element] = field(default_factory=list)
    row_span: int = 1
    is_header: bool = False


def grid(table: Element) -> list[Place]:
    """The cells of ``w:tbl`` in reading order, rows and columns from 1."""
    places: list[Place] = []
    above: dict[int, Place] = {}
    for row, element in enumerate(_inside(table, W + "tr"), start=1):
        properties = child(element, "trPr")
        column = 1 + integer(value(properties, "gridBefore"))
        is_header = switch(properties, "tblHeader") is True
        current: dict[int, Place] = {}
        for cell in _inside(element, W + "tc"):
            span = max(1, integer(value(cell, "tcPr", "gridSpan"), 1))
            place = _continued(cell, above.get(column))
            if place is None:
                place = Place(row, column, span, is_header=is_header)
                places.append(place)
            else:
                place.row_span = row - place.row + 1
            place.elements.append(cell)
            current[column] = place
            column += span
        above = current
    return places


def _continued(cell: Element, above: Place | None) -> Place | None:
    merge = child(cell, "tcPr", "vMerge")
    if merge is None or (merge.get(W + "val") or "continue") != "continue":
        return None
    return above


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Children called ``tag``, seen through content controls."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _inside(element, tag)
