"""Who stands in a cell of a table: a person, a body, an office, both with commas between, or nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.text import match_key
from feedback_synth.opinions import authors, layout, lexicon, named_cells, organizations, persons, signatures

_LETTER = re.compile(r"\s*\((?=[^)]*\d+\s*/)[^)]*\)")
_AGE = re.compile(  # "Lê Thị Ba, 68 tuổi", "Ann Field (aged 71)", "Paule Aubry, 54 ans"
    r"\s*[,(–-]\s*(?:(?:aged?|âgée?\sde|sinh\snăm|born(?:\sin)?|née?\sen|sn)\s\d{1,4}(?:\sans)?"
    r"|\d{1,3}\s?(?:tuổi|ans|years(?:\sold)?|yrs?|t))\)?(?=\s*(?:$|[,;(–-]))",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[,;\n]\s*|\s+[-–—]\s+")
_SHORT_OFFICE = re.compile(r"(?P<name>[^,;()]*[^\W\d_])(?:\s+[-–—]\s+|,\s*)(?P<office>[A-ZĐ]{2,5})")  # "H'Lan - CT"
_PSEUDONYM_WORDS = 4
_PSEUDONYM_WORD = re.compile(r"[^\W\d_][\w'’.-]*|\d+")
_INITIAL = re.compile(r"[A-ZĐ]\.\s")
_PLACE_WITH_KIND = re.compile(r"^([^()]+?)\s*\(([^\W\d_]+(?:\s[^\W\d_]+)?)\)$")  # "Nậm Cha (xã)"
_LEAST_NAMES = 2  # of a list of people


def in_cell(block: Block, language: str) -> Author:
    """The person with title and body, or the body alone; a column of persons or of bodies may hold either."""
    written = _LETTER.sub("", block.text).strip()
    text = _AGE.sub("", written.replace("\n", ", "))
    if signatures.is_nobody(text) or named_cells.repeats(text):
        return Author()
    if _is_calling(text, language):
        return Author("", text)
    code = next((c for c in (language, *languages.codes()) if _is_addressed(text, c, language)), "")
    parsed = authors.parse(text, code or organizations.language_of(text, language))
    if not code and (beside := named_cells.side_by_side(written, language)).name and _is_confused(parsed):
        return beside
    if code or (parsed.name and (parsed.title or parsed.organization)):
        return parsed
    if parsed.title and parsed.organization:
        return parsed
    of_persons = block.cell is not None and block.cell.role == "person"
    if of_persons and not parsed.title and organizations.is_vietnamese(text) and signatures.is_person(text):
        return Author(text)  # "Đoàn Văn Bình", whose surname is a body, too
    if parsed.organization or parsed.title:
        return Author("", "", body(block, language))
    if of_persons and (short := _SHORT_OFFICE.fullmatch(text)) and _is_pseudonym(short["name"], language):
        return Author(short["name"], short["office"])
    plain = persons.name_at(text, language)
    if len(plain.split()) > 1 and plain == text:
        return Author(plain)
    if of_persons and _is_pseudonym(text, language):
        return Author(text)
    return Author("", "", body(block, language))


def _is_confused(parsed: Author) -> bool:
    """Whether the parts of an author cannot be: no name, a body for a name, a person for a body, a label in a title."""
    if not parsed.name or ":" in f"{parsed.name}{parsed.title}{parsed.organization}":
        return True
    return signatures.names_body(parsed.name) or signatures.is_person(parsed.organization)


def of_row(told: Author, person: Block | None, organization: Block, language: str) -> Author:
    """The person ``told`` in one cell of a row with the office or body in another."""
    office = in_cell(organization, language)
    if office.name and not told.name:
        return office
    below = person is not None and person.cell and organization.cell and person.cell.row > organization.cell.row
    if below and office.title:
        return told  # the office of the person above
    named = f"{office.organization} {office.name}"  # "directeur de la coopérative Terres Rouges"
    own = named if office.name and named in organization.text else office.organization
    own = own.strip() or (
        "" if office.title or signatures.is_nobody(organization.text) else body(organization, language)
    )
    return Author(told.name, told.title or office.title, own or told.organization)


def of_place(told: Author, place: str) -> Author:
    """The person ``told`` beside a commune's bare name; what stands behind his name and is no body is his office there
    ("Lò Văn Ba, CT").
    """
    named = _PLACE_WITH_KIND.sub(r"\2 \1", place.strip())
    if match_key(named) in match_key(told.organization):
        return told
    office = "" if signatures.names_body(told.organization) else told.organization
    return Author(told.name, told.title or office, named)


def body(block: Block, language: str) -> str:
    """The agency alone, without the number and date of its letter."""
    line = block.text.split("\n")[0].split("(")[0].strip()
    return organizations.canonical(
        line or block.text,
        layout.language_of(block, language) if len(line.split()) > 3 else organizations.language_of(line, language),
    )


def living(block: Block) -> Author:
    """What somebody does, and the place or body that stands behind it as it is written: "teacher, Upper Ward"."""
    parts = [part.strip() for part in _PARTS.split(block.text) if part.strip()]
    named = next((n for n, part in enumerate(parts) if _is_place(part)), None)
    if named is None or signatures.is_nobody(block.text) or named_cells.repeats(block.text):
        return Author()
    return Author("", ", ".join(parts[:named]), ", ".join(parts[named:]))


def _is_place(part: str) -> bool:
    """Whether words name a place or body: one of its words, and a proper name."""
    proper = any(w[:1].isupper() for w in part.split()[1:]) or part[:1].isupper()
    kinds = ("person.place", "person.hamlet")
    known = any(lexicon.starts(c, kind, part) for c in languages.codes() for kind in kinds)
    behind = any(c.end == len(part) for kind in kinds for c in lexicon.find_all("en", kind, part))  # "Upper Ward"
    return proper and (known or behind or signatures.names_body(part))


def _is_pseudonym(text: str, language: str) -> bool:
    """Whether people call themselves so ("Hoài", "Drewan R.", "blue_kite"): no word for a body or an office in it."""
    words = text.split()
    if not 0 < len(words) <= _PSEUDONYM_WORDS or (text.isupper() and len(words) == 1 and len(text) > 1):
        return False
    proper = all(_PSEUDONYM_WORD.fullmatch(w) and not w[0].islower() for w in words)
    return (proper or len(words) == 1) and not _is_office(text, language)


def _is_addressed(text: str, code: str, language: str) -> bool:
    """Whether an honorific of ``code`` opens a cell; "M." is one in French, elsewhere the initial of a name, and "Ban
    Pho Union" a body, though "bạn" typed without marks be one.
    """
    if persons.honorific(text, code) == 0:
        return False
    return code == language or not (_INITIAL.match(text) or (text.isascii() and signatures.names_body(text)))


def _is_calling(text: str, language: str) -> bool:
    """Whether words without a name in them say what somebody does ("retired teacher", "NGO volunteer")."""
    words = text.split()
    proper = [w for n, w in enumerate(words) if not (w[0].islower() or w.isupper() or n == 0) or not w[0].isalpha()]
    if not words or proper or not words[-1].islower():
        return False
    ends = [c for c in lexicon.find_all("en", "person.calling", text) if c.end == len(text)]
    if ends or any(lexicon.starts(c, "person.calling", text) for c in ("vi", "fr")):
        return True
    if signatures.names_body(text):
        return False
    titled = any(lexicon.starts(c, "person.title", text) for c in (language, *languages.codes()))
    return words[0][0].islower() or titled or (words[0].isupper() and language != "vi")


def _is_office(text: str, language: str) -> bool:
    return signatures.names_body(text) or any(
        lexicon.starts(c, "person.title", text) for c in (language, *languages.codes())
    )


def listed(document: Document) -> Iterator[Author]:
    """The people of every table that names persons and their bodies in columns, and in which nobody speaks."""
    tables: dict[int, dict[int, dict[str, Block]]] = {}
    silent: set[int] = {b.cell.table for b in document.blocks if b.cell}
    for block in document.blocks:
        cell = block.cell
        if cell is None or cell.is_header:
            continue
        if cell.role in ("opinion", "agreement"):
            silent.discard(cell.table)
        tables.setdefault(cell.table, {}).setdefault(cell.row, {}).setdefault(cell.role, block)
    for table in sorted(silent & tables.keys()):
        rows = [r for r in tables[table].values() if "person" in r and "organization" in r]
        for row in rows if len(rows) >= _LEAST_NAMES else ():
            person = in_cell(row["person"], document.language)
            yield of_row(person, row["person"], row["organization"], document.language)
