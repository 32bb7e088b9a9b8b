"""Whose opinions a sheet holds, by the line above its table or by its name ("UBND XÃ AN LỘC", "Comments of B ward")."""

from __future__ import annotations

import re
from collections import Counter

from feedback_synth import config, languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.opinions import layout, lexicon, organizations

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CUT = re.compile(r"\s+[-–—|]\s+|[,;:\n]\s*")
_SAID = ("opinion", "agreement", "response")
_LONGEST = 14  # words of a body


def bodies(document: Document) -> dict[int, str]:
    """The body of each table that has no column of bodies, by the number of the table; one that a single sheet of a
    workbook names speaks in all of them.
    """
    tables: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.cell:
            tables.setdefault(block.cell.table, []).append(block)
    open_tables = {n: cells for n, cells in tables.items() if not _has_bodies(cells)}
    headed = {n: body for n, cells in open_tables.items() if (body := _over_opinions(cells, document.language))}
    sheets = {n: cells for n, cells in open_tables.items() if _sheet(cells)}
    told = [n for n, cells in sheets.items() if not _is_collected(_titles(cells))]
    found = {n: body for n in told if (body := _first(sheets[n], document.language))}
    if not headed and len(set(found.values())) == 1 and len(told) == len(sheets):
        return dict.fromkeys(told, next(iter(found.values())))
    return found | headed


def _over_opinions(cells: list[Block], language: str) -> str:
    """The body that the header of the one column of opinions names ("Remarks of the B Union"), or ""."""
    heads = [b.text for b in cells if b.cell and b.cell.is_header and b.cell.role == "opinion"]
    told = len(heads) == 1 and any(lexicon.find(c, "person.gathered_from", heads[0]) for c in languages.codes())
    return named(heads[0], language) if told else ""


def group_lines(document: Document) -> dict[str, dict[int, str]]:
    """The lines of a table, each alone in its row below the header, that name a body for the rows below: by the id of
    the block, the table's number with the body ("I. Branch of A").
    """
    rows = Counter((b.cell.table, b.cell.row) for b in document.blocks if b.cell)
    headers = {b.cell.table: b.cell.row for b in document.blocks if b.cell and b.cell.is_header}
    told = {b.cell.table for b in document.blocks if b.cell and b.cell.role == "organization" and not b.cell.is_header}
    found: dict[str, dict[int, str]] = {}
    for block in document.blocks:
        cell = block.cell
        if cell is None or rows[cell.table, cell.row] > 1 or cell.row <= headers.get(cell.table, cell.row):
            continue
        if cell.role in _SAID or cell.table in told:
            continue
        if body := named(layout.heading_words(block.text), document.language):
            found[block.id] = {cell.table: body}
    return found


def _first(cells: list[Block], language: str) -> str:
    found = next((body for t in _titles(cells) if (body := named(t, language))), "")
    return found or _in_brackets(_sheet(cells), language)


def _in_brackets(sheet: str, language: str) -> str:
    """The body in the brackets of a sheet's name ("Resolution (Union of B)"), or ""."""
    inside = [part.strip("()[] ") for part in _BRACKETS.findall(sheet)]
    bodies = (_body(part, organizations.language_of(part, language)) for part in inside if part)
    return next((body for body in bodies if body), "")


def _is_collected(titles: list[str]) -> bool:
    """Whether somebody put the opinions of others together here."""
    plain = [_BRACKETS.sub(" ", t) for t in titles]
    return any(lexicon.find(code, "person.collecting", t) for t in plain for code in languages.codes())


def _titles(cells: list[Block]) -> list[str]:
    """The lines above the header, then the name of the sheet."""
    header = min((b.cell.row for b in cells if b.cell and b.cell.is_header), default=0)
    return [*(b.text for b in cells if b.cell and b.cell.row < header), _sheet(cells)]


def _has_bodies(cells: list[Block]) -> bool:
    return any(b.cell and b.cell.role == "organization" for b in cells)


def _sheet(cells: list[Block]) -> str:
    return cells[0].locator.sheet


def named(title: str, language: str) -> str:
    """The one body that a title names, alone or as the one whose opinions follow, or ""."""
    plain = re.sub(r"\s+", " ", _BRACKETS.sub(" ", title)).strip(" .:")
    for part in reversed(_CUT.split(plain)):
        cues = (lexicon.find(code, "person.gathered_from", part) for code in languages.codes())
        cue = next((c for c in cues if c), None)
        rest = part[cue.end :].strip() if cue else part
        for code in dict.fromkeys((organizations.language_of(part, language), language)):
            if rest and (body := _body(rest, code, announced=cue is not None)):
                return body
    return ""


def _body(text: str, code: str, *, announced: bool = False) -> str:
    """The body that ``text`` is; one ``announced`` by words such as "Remarks of" may have a single capital."""
    name = running(text) if text.isupper() else text[:1].upper() + text[1:]
    lead = lexicon.starts(code, "person.body", name)
    cue = lexicon.find(code, "draft.words", name)
    draft = cue is not None and (lead is None or cue.start >= lead.end)  # "Section d'Ormes" is a branch
    if (
        draft
        or len(name.split()) > _LONGEST
        or lexicon.filled("{person.several}").match(name)
        or any(c.isdigit() for c in name)
    ):
        return ""
    commune = organizations.commune(name, code)
    if commune or organizations.is_known(name):
        return commune or organizations.canonical(name, code)
    inside = lead or (lexicon.find(code, "person.body", name) if code != "vi" else None)
    several = lexicon.filled("{person.several}").search(name[lead.end :]) if lead and code == "vi" else None
    capitals = sum(w[:1].isupper() for w in re.split(r"[\s'’]", text if announced else name))
    proper = capitals > (0 if announced else 1)
    return organizations.canonical(name, code) if inside and proper and not several else ""


def running(capitals: str) -> str:
    """A name in capitals as texts write it: "UBND XÃ AN LỘC" -> "UBND xã An Lộc"."""
    name = " ".join(w.capitalize() for w in capitals.split(" "))
    name = lexicon.filled("{person.small}").sub(lambda m: m[0].lower(), name)
    name = lexicon.filled("{person.acronym}").sub(lambda m: m[0].upper(), name)
    kinds: list[str] = config.load_toml("lexicons/kinds.toml")["letterhead"]["running"]
    for kind in sorted(kinds, key=len):
        name = re.sub(rf"(?<!\w){re.escape(kind)}(?!\w)", kind, name, flags=re.IGNORECASE)
    return name[:1].upper() + name[1:]
