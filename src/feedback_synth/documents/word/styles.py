"""Paragraph and character styles: what a style says after asking the styles it is based on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from feedback_synth.documents.word.names import Element, W, child, integer, switch, value

_HEADING = re.compile(r"^(?:heading|titre|tiêu đề|đề mục)\s*([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc|table of figures|tm|mục lục)\s*\d?$", re.IGNORECASE)  # lines of a table of contents


@dataclass(frozen=True, slots=True)
class Style:
    id: str
    name: str = ""
    based_on: str = ""
    is_default: bool = False
    outline: int | None = None
    number_id: str | None = None
    number_level: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    font: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """A style and those it is based on, nearest first, and what they say together (None and "": nothing)."""

    styles: tuple[Style, ...] = ()
    outline: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    font: str = ""
    of_contents: bool = False  # the style of a line of a table of contents


@dataclass(frozen=True)
class Styles:
    """Styles by id; chains that run in a circle end where they close. Each chain is followed once."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default_font: str = ""
    _chains: dict[str | None, Chain] = field(default_factory=dict)

    def chain(self, style_id: str | None) -> Chain:
        """The style and those it is based on."""
        if style_id not in self._chains:
            self._chains[style_id] = _together(self._based_on(style_id))
        return self._chains[style_id]

    def paragraph_style(self, properties: Element | None) -> Chain:
        """The chain of the paragraph's style, or of the document's default paragraph style."""
        chosen = value(properties, "pStyle")
        return self.chain(chosen if chosen in self.by_id else self._default)

    def _based_on(self, style_id: str | None) -> tuple[Style, ...]:
        found: dict[str, Style] = {}
        while style_id and style_id in self.by_id and style_id not in found:
            found[style_id] = self.by_id[style_id]
            style_id = found[style_id].based_on
        return tuple(found.values())

    @cached_property
    def _default(self) -> str | None:
        return next((s.id for s in self.by_id.values() if s.is_default), None)


def _together(styles: tuple[Style, ...]) -> Chain:
    return Chain(
        styles,
        outline=next((s.outline for s in styles if s.outline is not None), None),
        bold=next((s.bold for s in styles if s.bold is not None), None),
        hidden=next((s.hidden for s in styles if s.hidden is not None), None),
        font=next((s.font for s in styles if s.font), ""),
        of_contents=any(_CONTENTS.match(s.name) for s in styles),
    )


def read_styles(root: Element | None) -> Styles:
    if root is None:
        return Styles()
    defaults = child(root, "docDefaults", "rPrDefault", "rPr")
    styles: dict[str, Style] = {}
    for element in root.iter(W + "style"):
        style = _style(element)
        styles.setdefault(style.id, style)
    return Styles(styles, font_of(defaults))


def _style(element: Element) -> Style:
    name = value(element, "name") or ""
    outline = value(element, "pPr", "outlineLvl")
    heading = _HEADING.match(name.strip())
    level = value(element, "pPr", "numPr", "ilvl")
    run = child(element, "rPr")
    return Style(
        id=element.get(W + "styleId") or "",
        name=name,
        based_on=value(element, "basedOn") or "",
        is_default=element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"),
        outline=integer(outline, 9) if outline is not None else int(heading[1]) - 1 if heading else None,
        number_id=value(element, "pPr", "numPr", "numId"),
        number_level=integer(level) if level is not None else None,
        bold=switch(run, "b"),
        hidden=switch(run, "vanish"),
        font=font_of(run),
    )


def font_of(run_properties: Element | None) -> str:
    """The font of Latin text that these run properties name, or ""."""
    fonts = child(run_properties, "rFonts")
    if fonts is None:
        return ""
    return fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or fonts.get(W + "cs") or ""
