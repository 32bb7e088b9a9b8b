"""Tables of opinions: one respondent a row, filled down; provision, opinion and note columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from feedback_synth import config
from feedback_synth.datamodel.document import Block, Cell, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.references import references
from feedback_synth.languages.text import strip_marks
from feedback_synth.opinions import (
    asking,
    bylines,
    column_authors,
    layout,
    lexicon,
    named_cells,
    organizations,
    persons,
    respondents,
    table_headings,
    votes,
)
from feedback_synth.opinions.stretch import Stretch, Zone, whole
from feedback_synth.opinions.table_rows import TableRows

_ROLES: dict[str, Zone] = {"response": "drafter_answer", "draft_text": "draft_summary", "question": "procedure"}
_QUOTATION = re.compile(r"[\"“«”]|:\s*\n|\n")
_BEHIND_NAME = re.compile(
    r"[,;:(\n]|\s(?:on|sur|về|đối với|vào|tại|after|of the draft)\s", re.IGNORECASE
)  # a title goes on
_LONGEST_PLACE = 160  # characters
_REMARK = 4  # words from which a cell of yes and no says why
_LONGEST_HELP = 30  # words of a question about the page
_VOTES: dict[votes.Vote, Zone] = {"yes": "consent", "no": "refusal"}


def stretches(document: Document) -> list[Stretch]:
    """Every cell in its zone: opinion columns are opinions of the row's respondent."""
    known = cells(document)
    filled_by = bylines.stated(document.blocks, document.language)
    body = filled_by.organization or _gathered_from(document)
    headed = table_headings.bodies(document)
    grouped = table_headings.group_lines(document)
    found: list[Stretch] = []
    for block in document.blocks:
        headed |= grouped.get(block.id, {})
        above = headed.get(block.cell.table, "") if block.cell else ""
        cell = known.get(block.id) or whole(block.id, block.text, _frame(block), "structure:table frame")
        found += [_known(s, filled_by, above or body) for s in cell]
    return found


def _known(stretch: Stretch, filled_by: Author, body: str) -> Stretch:
    """The stretch with the author, or with his body alone, that the lines above the table tell."""
    author = stretch.author
    if author == Author():
        return replace(stretch, author=filled_by if filled_by != Author() else Author("", "", body))
    lacks = author.name and not author.organization
    return replace(stretch, author=replace(author, organization=body)) if lacks else stretch


def _gathered_from(document: Document) -> str:
    """The body whose opinions a title above the tables announces ("Ý kiến của Hội A", "Comments of the B Union"), where
    no column names bodies.
    """
    if any(b.cell and b.cell.role == "organization" for b in document.blocks):
        return ""
    for block in itertools.takewhile(lambda b: not (b.cell and b.cell.is_header), document.blocks):
        code = layout.language_of(block, document.language)
        cue = lexicon.find(code, "person.gathered_from", block.text)
        named = _BEHIND_NAME.split(block.text[cue.end :])[0].strip() if cue else ""
        if named and (organizations.is_known(named) or lexicon.starts(code, "person.body", named)):
            return organizations.canonical(named.capitalize() if named.isupper() else named, code)
    return ""


def cells(document: Document) -> dict[str, list[Stretch]]:
    """The cells of all tables with an opinion column, by block id: in minutes and letters, too, such tables stand."""
    rows = TableRows(document)
    said = ("opinion", "agreement")
    with_opinions = {b.cell.table for b in document.blocks if b.cell and b.cell.role in said}
    found: dict[str, list[Stretch]] = {}
    for block in document.blocks:
        cell = block.cell
        if cell is None or cell.table not in with_opinions:
            continue
        if cell.role == "agreement" and not cell.is_header and not _is_remark(block.text):
            found[block.id] = [_vote(block, cell, rows, document)]
        elif cell.is_header or cell.role not in said:
            found[block.id] = whole(block.id, block.text, _frame(block), "structure:table frame")
        else:
            found[block.id] = [_opinion(block, cell, rows, document)]
    return found


def _is_remark(text: str) -> bool:
    """Whether a cell of a column of yes and no says more than that ("No, the fee is too high")."""
    return len(text.split()) >= _REMARK and not votes.vote(text, "")


def _frame(block: Block) -> Zone:
    if block.cell is None or block.cell.is_header:
        return "procedure"
    return _ROLES.get(block.cell.role, "other")


def _opinion(block: Block, cell: Cell, rows: TableRows, document: Document) -> Stretch:
    code = layout.language_of(block, document.language)
    author = respondent(cell, rows, document.language)
    places, header = _subject(cell, rows, document)
    zone: Zone = "note" if not _is_title(block, code) else "procedure"
    voted = votes.answered(block.text, header) if header else None
    if _presides(cell, rows):
        zone, author = "conclusion", Author(document.field("chair"), document.field("chair_title"))
    elif header and _label(header):
        zone = "procedure"  # "Name", "Organisation": facts of a form, no opinion
    elif voted is not None:
        zone = _VOTES.get(voted, "other")
    elif about_page(block.text, code) or _about_form(block.text, code) or _is_served(block.text, code):
        zone = "procedure"
    elif _is_chair(cell, rows, code):
        zone = "conclusion"
    return Stretch(block.id, 0, len(block.text), zone, "structure:opinion column", author, header, places)


def _is_chair(cell: Cell, rows: TableRows, code: str) -> bool:
    """Whether the row of a table of speakers is the chair's ("Chair", "Chủ trì"), whose words close the meeting."""
    own = (rows.in_row(cell, role) for role in ("person", "organization"))
    return any(b is not None and lexicon.equals(code, "person.moderator", b.text) for b in own)


def _subject(cell: Cell, rows: TableRows, document: Document) -> tuple[tuple[str, ...], str]:
    """What a cell is about: the places that its row or its question names, and the question."""
    provision = rows.in_row(cell, "provision")
    asked = rows.in_row(cell, "question")
    named = not asked and column_authors.author(cell, rows, document.language) != Author()
    question = asked.text if asked else "" if named else _header(cell, rows, several=True)
    places = [provision.text] if provision else _quoted_place(cell, rows, document)
    if question and references(question, organizations.language_of(question, document.language)):
        places.append(question)
    return tuple(places), question


def _quoted_place(cell: Cell, rows: TableRows, document: Document) -> list[str]:
    """The provision that the cell of the draft's words names before it quotes them ("Section II, item 3: “…”")."""
    draft = rows.in_row(cell, "draft_text")
    if draft is None:
        return []
    place = _QUOTATION.split(draft.text, maxsplit=1)[0].strip(" :-–\n")
    code = layout.language_of(draft, document.language)
    return [place] if 0 < len(place) <= _LONGEST_PLACE and references(place, code) else []


def _vote(block: Block, cell: Cell, rows: TableRows, document: Document) -> Stretch:
    """A cell of yes or no, which speaks where nothing else of its row does."""
    header = _header(cell, rows)
    remarks = rows.beside(cell, "opinion")
    zone: Zone = "other"
    if votes.stands_alone(header, remarks):
        zone = _VOTES.get(votes.vote(block.text, header), "other")
    places, question = _subject(cell, rows, document)
    author = respondent(cell, rows, document.language)
    question = question or header
    return Stretch(block.id, 0, len(block.text), zone, "structure:agreement column", author, question, places)


def respondent(cell: Cell, rows: TableRows, language: str) -> Author:
    """Who speaks in a row: its person and organisation cells, or those above while its own are blank."""
    cells = [b for role in ("organization", "person") if (b := _filled_down(cell, rows, role))]
    if not cells:
        above = column_authors.author(cell, rows, language)
        return above if above != Author() else _of_form(cell, rows, language)
    latest = max((b.cell.row for b in cells if b.cell), default=0)
    current = [b for b in cells if b.cell and b.cell.row + b.cell.row_span > latest]
    person = next((b for b in current if b.cell and b.cell.role == "person"), None)
    organization = next((b for b in current if b.cell and b.cell.role == "organization"), None)
    told = respondents.in_cell(rows.whole(person), language) if person else Author()
    if organization is None:
        return told
    heads = rows.heads(cell.table, "organization")
    if _is_of_places(heads):
        return respondents.of_place(told, organization.text)
    if _is_of_lives(heads) and (lived := respondents.living(organization)) != Author():
        return replace(lived, name=told.name, title=told.title or lived.title)
    return respondents.of_row(told, person, organization, language)


def _is_of_places(heads: Iterable[Block]) -> bool:
    """Whether a column is headed by a kind of place: it holds bare names of communes or wards, none of persons."""
    return any(set(re.findall(r"\w+", strip_marks(head.text))) <= _kinds_of_place() for head in heads)


def _is_of_lives(heads: Iterable[Block]) -> bool:
    """Whether a column tells what people do and where they live."""
    words: list[str] = config.load_toml("lexicons/columns.toml")["organization"]["lived"]
    titles = [strip_marks(head.text) for head in heads]
    return any(re.search(rf"(?<!\w){re.escape(strip_marks(w))}(?!\w)", title) for title in titles for w in words)


@cache
def _kinds_of_place() -> frozenset[str]:
    words: list[str] = config.load_toml("lexicons/columns.toml")["organization"]["places"]
    return frozenset(" ".join(strip_marks(word) for word in words).split())


def _presides(cell: Cell, rows: TableRows) -> bool:
    """Whether the row is the chair's ("Chủ trì", "Chair"): what is said there concludes."""
    person = rows.in_row(cell, "person")
    chairs: list[str] = config.load_toml("lexicons/kinds.toml")["fields"]["chair"]
    return person is not None and strip_marks(person.text).strip(" :.") in {strip_marks(w) for w in chairs}


def _of_form(cell: Cell, rows: TableRows, language: str) -> Author:
    """Who filled in a form, whose name and body stand among the answers ("Full name | …"), in a column of his own where
    several did.
    """
    place = cell.table, cell.column
    if place not in rows.filled_by:
        rows.filled_by[place] = _filled_in(cell, rows, language)
    return rows.filled_by[place]


def _filled_in(cell: Cell, rows: TableRows, language: str) -> Author:
    facts = dict.fromkeys(("signer", "sender", "signer_title"), "")
    for asked in rows.cells(cell.table, "question"):
        label = _label(asked.text)
        answers = rows.beside(asked.cell, "opinion") if label and not facts[label] and asked.cell else []
        own = (b.text for b in answers if b.cell and b.cell.column == cell.column)
        if answers:
            facts[label] = next(own, answers[0].text if len(answers) == 1 else "")
    code = organizations.language_of(facts["sender"], language)
    name = facts["signer"][persons.honorific(facts["signer"], language) :]
    return Author(name, facts["signer_title"], organizations.canonical(facts["sender"], code))


def _label(question: str) -> str:
    """The fact that a line of a form asks for: "signer" for "Full name", "sender" for "Organisation", or ""."""
    folded = strip_marks(question).strip(" :.*?")
    fields: dict[str, list[str]] = config.load_toml("lexicons/kinds.toml")["fields"]
    labels = ("signer", "sender", "signer_title")
    return next((label for label in labels if folded in {strip_marks(w) for w in fields[label]}), "")


def _filled_down(cell: Cell, rows: TableRows, role: str) -> Block | None:
    """The cell of this role in the row, else the nearest above it."""
    own = rows.in_row(cell, role)
    if own is not None and not named_cells.repeats(own.text):
        return own
    nearest = rows.above(cell, role)
    if nearest and own:
        return replace(rows.whole(nearest), cell=own.cell)
    return None if nearest and _sent_apart(cell, nearest, rows) else nearest


def _sent_apart(cell: Cell, above: Block, rows: TableRows) -> bool:
    """Whether a row came at another time than the one ``above`` it: then who left the name blank is another."""
    own = rows.in_row(cell, "date")
    other = rows.in_row(above.cell, "date") if above.cell else None
    return own is not None and other is not None and own.text != other.text


def _header(cell: Cell, rows: TableRows, *, several: bool = False) -> str:
    """The words over a cell's column; with ``several`` only in a survey, which has several columns of opinions."""
    alike = rows.heads(cell.table, cell.role)
    if several and len(alike) < 2:
        return ""
    return next((b.text for b in alike if b.cell and b.cell.column == cell.column), "")


def about_page(text: str, code: str) -> bool:
    """Whether words under a page or in a form are about the page itself: taken away by a moderator, or a question of
    how to send a file or log in.
    """
    removed = config.load_toml("lexicons/kinds.toml")["web"]["removed"]
    if any(w in text.lower() for w in removed):
        return True
    if (
        len(text.split()) > _LONGEST_HELP
        or not lexicon.find(code, "dialogue.page_parts", text)
        or references(text, code)
    ):
        return False
    asks = lexicon.find(code, "dialogue.help", text) is not None
    fails = lexicon.find(code, "dialogue.fails", text) and not lexicon.find(code, "draft.words", text)
    return asks or bool(fails)


def _about_form(text: str, code: str) -> bool:
    """ "This form replaces the one that got wet": words about the sheet that holds them, which ask nothing."""
    opens = lexicon.starts(code, "dialogue.about_form", text)
    return opens is not None and len(text.split()) <= _LONGEST_HELP and not asking.strong_request(text, code)


def _is_served(text: str, code: str) -> bool:
    """Whether an entry of a log only asks for information that was given at once ("Asked for the hours, given")."""
    first, mark, last = text.strip(" .").replace(";", ",").rpartition(",")
    asked = lexicon.starts(code, "dialogue.inquired", first) is not None
    return bool(mark) and asked and lexicon.starts(code, "dialogue.served", last.strip()) is not None


def _is_title(block: Block, code: str) -> bool:
    """A line that spans the table and names a group of rows."""
    return bool(
        block.cell and block.cell.column_span > 2 and not lexicon.find(code, "request.performative", block.text)
    )
