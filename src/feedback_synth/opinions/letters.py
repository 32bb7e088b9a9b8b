"""Letters and e-mails: letterhead, salutation, body, closing, signature; the sender speaks throughout."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from feedback_synth.datamodel.document import Block, Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages import detection
from feedback_synth.languages.sentences import sentences
from feedback_synth.languages.text import strip_marks
from feedback_synth.opinions import (
    annexes,
    asking,
    bylines,
    introductions,
    kinds,
    layout,
    letterheads,
    lexicon,
    organizations,
    passed_on,
    persons,
    signatures,
    tables,
    threads,
)
from feedback_synth.opinions.stretch import OPENING, Stretch, whole

_BODY = "structure:letter body"
_LEAST_PARAGRAPHS = 3  # of a letter that has an opening
_TITLE_LINES = 2
_NUMBERED = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*[.)]\s")
_TOP_LINES = 8
_LEAST_TOLD = 6  # words of a sentence of the body
_BEGUN = 3  # lines with such sentences from which a letter has begun
_SALUTATION = re.compile(r"[^,:!.\d]{4,40},\s+(?=(?:\S+\s+){4})")
_LAST_BLOCKS = 8
_DESCRIBED = re.compile(r"(?P<body>[^\W\d_][^,;:()]*),\s+(?=[a-zà-ÿđ])")  # a name and what bears it
_SIGNATURE_WORDS = 14
_SIGNATURE_LINES = 4
_ENDS = (".", ";", "?", "!", ":")
_CONTACT = r"@|https?:|www\.|\d{3}[\s.-]?\d{2}|^[-_*=]{2,}|^(?:{mail.contact}|[tmepf])\s?[.:]"


def stretches(document: Document) -> list[Stretch]:
    """Every block of a letter in its zone; opinions only between salutation and closing.

    A thread of messages is read message by message, each with the author whom its "From:" or "wrote:" line names.
    """
    found: list[Stretch] = []
    bodies: dict[str, str] = {}
    thread = threads.messages(document.blocks)
    replied = threads.answered(thread)
    for message in thread:
        for block in message.frame:
            found += whole(block.id, block.text, "procedure", "structure:head of a message")
        if message.is_introduced or not message.is_answered:
            invites = _invites(message, document.language) or threads.inquires(message, replied)
            if message is not thread[0] and invites:
                for block in message.blocks:
                    found += whole(block.id, block.text, "drafter_answer", "structure:call for opinions")
                continue
            author = _writer(document, message, bodies)
            signer = document.field("signer") if len(thread) == 1 else ""  # answers stand below that of a mail
            found += _message(document, tuple(message.blocks), author, message.answers, signer)
        else:  # words quoted for an answer that stands between them
            for block in message.blocks:
                found += whole(block.id, block.text, "other", "structure:quoted words")
    return found


def _invites(message: threads.Message, language: str) -> bool:
    """Whether a message asks for opinions: that of the drafters, which the others answer."""
    said = [(b.text, layout.language_of(b, language)) for b in message.blocks]
    return any(lexicon.find(code, "chat.inviting", text) for text, code in said)


def is_letter(document: Document) -> bool:
    """Whether a text of no certain kind opens like a letter ("Kính gửi: …", "Dear …")."""
    first = document.blocks[:14]
    return any(lexicon.starts(document.language, "letter.addressing", b.text) for b in first)


def _announcement(block: Block, code: str, author: Author) -> list[Stretch]:
    """A lead-in; consent that its paragraph gives before it announces what follows is part of the letter."""
    text = block.text
    start = sentences(text, code)[-1][0] if text.rstrip().endswith(":") else 0
    if not any(lexicon.find(code, f"agreement.{name}", text[:start]) for name in ("full", "basic")):
        start = 0
    said = [Stretch(block.id, 0, start, "speech", _BODY, author)] if start else []
    return [*said, Stretch(block.id, start, len(text), "procedure", "structure:lead-in")]


def is_signed_note(document: Document) -> bool:
    """Whether the first lines of a text say who wrote it ("Prepared by: …"), and nobody else is called."""
    top = document.blocks[:_TOP_LINES]
    told = [(b, bylines.told_by(b, document.language)) for b in top]
    if any(author != Author() and (":" in block.text or " " in author.name) for block, author in told):
        return True
    return any(bylines.undersigned(b, document.language) for b in top)


def _writer(document: Document, message: threads.Message, bodies: dict[str, str]) -> Author:
    """Who wrote a message of a thread; a body once named in a signature holds for its mail domain."""
    frame = [b for b in message.frame if any(c.isalnum() for c in b.text)]  # a letterhead has lines drawn below it
    if not message.depth and not any("@" in b.text for b in frame):
        stated = bylines.stated(frame, document.language)  # a memo's "From:" names a person with an office
        if not frame or (stated.name and stated.title):
            return sender(document)
    named = signatures.signed(message.name, document.language)
    signed = _signature(message.blocks, message.name, document.language)
    body = named.organization or signed.organization or ("" if message.depth else document.field("organization"))
    if body:
        bodies.setdefault(message.domain, body)
    known = bodies.get(message.domain, "") if message.domain else ""
    name = named.name or signed.name or ("" if named.organization else message.name)
    name = signed.name if strip_marks(signed.name) == strip_marks(name) else name  # a mail's head often has no marks
    return introductions.completed(
        Author(name, named.title or signed.title, body or known), message.blocks, document.language
    )


def _signature(blocks: Sequence[Block], named: str, language: str) -> Author:
    """Name, title and body in the last lines of a message, from the line on that holds the writer's name."""
    lines = [t for b in blocks[-_LAST_BLOCKS:] if not b.text.startswith(">") for t in b.text.split("\n") if t.strip()]
    short = [t.strip() for t in lines if len(t.split()) < _SIGNATURE_WORDS and not lexicon.filled(_CONTACT).search(t)]
    first = set(_words(named))
    same = [n for n, t in enumerate(short) if first and set(_words(t)[:1]) & first]
    own = same[0] if same else None
    while own is not None and own + 1 in same:  # "Ann" over "Ann Field"
        own += 1
    if own is None:
        own = next((n for n, t in enumerate(short) if signatures.is_person(t)), None)
    if own is None:
        return Author()
    name = signatures.signed(short[own].rstrip(",. "), language).name
    name = name if " " in name else ""
    title = body = ""
    for line in short[own : own + _SIGNATURE_LINES]:
        told = signatures.signed(line, language)
        office = lexicon.find(language, "person.title", line)
        unread = told.name or (office and told == Author())  # under a name stands no second person
        if told.name and line != short[own] and not office and (described := _DESCRIBED.match(line)):
            line, told = described["body"], Author()  # "River Fund, a charity of anglers"
        second = line.rstrip(",. ") if line != short[own] and unread else ""
        post, _, whose = second.partition(", ")
        if whose and not (title or body) and signatures.could_be_body(whose):  # "Lead Botanist, Lake Garden"
            title, body = post, whose
            continue
        proper = title and line != short[own] and signatures.could_be_body(line)
        below = second or (line if proper else "")
        below = below if below and not office and not body else ""  # "River Fund"
        held = told.title or (second if office and not told.organization else "")  # "Roads Adviser"
        title, body = title or held, body or told.organization or below
    return Author(name, title, body)


def _signed_below(document: Document) -> Author:
    """Who signs under closing words ("Bien à vous,") where no field of the document says so."""
    last = document.blocks[-_LAST_BLOCKS:]
    code = document.language
    closing = next((n for n, b in enumerate(last) if lexicon.starts(code, "letter.closing", b.text)), None)
    return _signature(last[closing + 1 :], "", code) if closing is not None else Author()


def _words(text: str) -> list[str]:
    return [strip_marks(w.strip(",.()")) for w in text.split()]


def _message(
    document: Document, blocks: tuple[Block, ...], author: Author, answers: Mapping[str, str], signer: str
) -> list[Stretch]:
    """The blocks of one message; ``answers`` are the quoted words above a block that answers between the lines."""
    language = detection.detect(" ".join(b.text for b in blocks if b.kind not in layout.OUTSIDE), document.language)
    annex = annexes.begins_at(blocks, (signer, author.name))
    first, last = _body(blocks[:annex], language)
    last = min(last, _signing(blocks[:annex], signer), _own_name(blocks[:annex], author.name))
    found: list[Stretch] = []
    lead = ""
    speaker = passed_on.speaker(document.blocks, language, author)
    cells = tables.cells(document)
    for number, block in enumerate(blocks):
        code = layout.language_of(block, language)
        inside = (first <= number < last or number > annex) and block.kind not in (*layout.OUTSIDE, "cell")
        named = speaker.opens(block, code) if inside else None
        author = speaker.author
        if named is not None:
            lead = ""
            found += whole(block.id, block.text[:named], "procedure", "structure:heading with a body")
            found += [
                replace(s, start=named) for s in _paragraph(block, code, author, "") if block.text[named:].strip()
            ]
        elif block.id in cells:
            found += [replace(s, author=s.author if s.author != Author() else author) for s in cells[block.id]]
        elif block.kind == "navigation" and block.quoted:
            found += whole(block.id, block.text, "procedure", "structure:quoted message that stands elsewhere")
        elif not inside:
            end = _closes_at(block, code) if number == last else 0
            found += [replace(s, end=end) for s in _paragraph(block, code, author, lead)] if end else []
            frame = Stretch(block.id, end, len(block.text), "procedure", "structure:letter frame")
            found += [frame] if block.text[end:].strip() else []
        elif (leads := layout.is_lead(block, code)) or layout.is_bare_heading(block, blocks[number + 1 : last]):
            tells = leads or not lexicon.find(code, "letter.about", block.text)  # "Detailed comments" tells nothing
            lead = block.text.strip() if tells else ""
            found += _announcement(block, code, author)
        else:
            found += _paragraph(block, code, author, lead or answers.get(block.id, ""))
    return _opening([replace(s, language=language) for s in found])


def _opening(found: list[Stretch]) -> list[Stretch]:
    """The first of several paragraphs marked, in which writers tell who they are and what they were asked."""
    said = [n for n, s in enumerate(found) if s.evidence == _BODY]
    if len(said) < _LEAST_PARAGRAPHS:
        return found
    return [replace(s, evidence=OPENING) if n == said[0] and not s.context else s for n, s in enumerate(found)]


def sender(document: Document) -> Author:
    """The author of a letter: whom its "From:" names, else who signs, else the body that sends it; what else he tells
    of himself."""
    return introductions.completed(_sender(document), document.blocks, document.language)


def _sender(document: Document) -> Author:
    body = _sending_body(document)
    stated = bylines.stated(document.blocks, document.language)
    if stated.name:
        return replace(stated, organization=stated.organization or body or bylines.letterhead(document))
    signer = document.field("signer")
    own = letterheads.person(document)
    if own.name and (not signer or letterheads.same(signer, own.name)):
        return own
    if not signer:
        if body:
            return Author("", "", body)
        named = bylines.byline(document)
        return named if named != Author() else _signed_below(document)
    if signatures.signed(signer, document.language).organization:  # the body under the name
        signed = _signature(document.blocks, "", document.language)
        if signed.name and signed.organization:
            return signed
    parsed = persons.name_at(signer[persons.honorific(signer, document.language) :], document.language)
    title, signed_for = _signed_for(document)
    return Author(parsed or signer, title, signed_for or body)


def _sending_body(document: Document) -> str:
    """The body of the letterhead; a committee with the council or Party committee over it."""
    sender, superior = document.field("sender"), organizations.shortened(document.field("superior"))
    above = superior if superior.startswith("HĐND ") else ""
    if strip_marks(superior).startswith(strip_marks("Tỉnh ủy")) and organizations.is_known(f"{sender} Tỉnh ủy"):
        above = "Tỉnh ủy"
    of_council = above == "Tỉnh ủy" or strip_marks(sender).startswith("ban ")
    return organizations.canonical(f"{sender} {above}" if of_council and above else sender, document.language)


def _signed_for(document: Document) -> tuple[str, str]:
    """Title and body of "Country Director, Lake Fund" under a name; the body counts if the letterhead names it, too,
    or else names only one of its offices.
    """
    told = document.field("signer_title")
    title, _, rest = told.partition(",")
    named = strip_marks(rest.strip())
    code = document.language
    above = [strip_marks(b.text) for b in document.blocks[:_TOP_LINES]]
    letterhead = strip_marks(document.field("sender"))
    office = lexicon.find(code, "person.office", document.field("sender")) is not None
    if len(named.split()) < 2 or named == letterhead:
        return (title if named else told), ""
    if office or any(text.startswith(named) for text in above):
        return title.strip(), organizations.canonical(rest, organizations.language_of(rest, code))
    return told, ""


def _is_title(text: str, code: str) -> bool:
    """A first line without full stop that asks nothing: the title of a note."""
    ends = text.rstrip().endswith((".", ";", "?", "!", ":", ","))
    return not ends and len(text.split()) <= bylines.LONGEST and asking.strong_request(text, code) is None


def _body(blocks: tuple[Block, ...], language: str) -> tuple[int, int]:
    """The first and the last (excluded) block of the body."""
    first = 0
    for number, block in enumerate(blocks[: max(12, len(blocks) // 2)]):
        code = layout.language_of(block, language)
        begun = _has_begun(blocks[first:number])
        opening = (
            None if begun or _NUMBERED.match(block.text) else lexicon.find(code, "letter.opening", block.text[:60])
        )
        opening = None if opening and _opines_behind(block.text, code) else opening
        in_frame = block.kind == "cell" and block.cell is not None and block.cell.role == "other"
        letterhead = in_frame and not begun  # a table below the text is no letterhead
        title = number < _TITLE_LINES and first == number and _is_title(block.text, code)
        signed = number < _TOP_LINES and bylines.told_by(block, language).name != ""
        if letterhead or title or signed or (opening and opening.start <= 10 and len(block.text.split()) < 25):
            first = number + 1
    last = len(blocks)
    for number in range(len(blocks) - 1, max(first, len(blocks) - 14), -1):
        block = blocks[number]
        code = layout.language_of(block, language)
        closing = None if _NUMBERED.match(block.text) else lexicon.find(code, "letter.closing", block.text[:160])
        if closing and closing.start <= 110 and (closing.start <= 45 or len(block.text.split()) < 45):
            last = number
    return first, last


def _closes_at(block: Block, code: str) -> int:
    """Where the closing words of a paragraph begin that says something before them; 0 where it closes at once."""
    closing = lexicon.find(code, "letter.closing", block.text) if block.kind not in layout.OUTSIDE else None
    start = max((a for a, b in sentences(block.text, code) if closing and a <= closing.start < b), default=0)
    return start if len(block.text[:start].split()) >= _LEAST_TOLD else 0


def _opines_behind(text: str, code: str) -> bool:
    """Whether a paragraph that opens a letter goes on with an opinion: in sentences behind the first ("We have read the
    draft. The …"), or behind the salutation ("Dear all, we are content with …").
    """
    first = sentences(text, code)[0][1] if text.strip() else 0
    called = _SALUTATION.match(text[:first])
    if called and kinds.judge(text[called.end() : first], code).kind in (*kinds.OPINIONS, "agreement"):
        return True
    behind = text[first:]
    critical = lexicon.find(code, "request.critique", behind) is not None
    return behind.strip() != "" and (critical or asking.strong_request(behind, code) is not None)


def _signing(blocks: Sequence[Block], signer: str) -> int:
    """The place of the short line near the end that holds the signer's name, or the end; where a short form names him
    first ("Họ và tên: …"), what he says stands below.
    """
    first = max(1, len(blocks) - _LAST_BLOCKS)
    for number, block in enumerate(blocks[first:], first):
        named = signer and signer in block.text and len(block.text.split()) < _SIGNATURE_WORDS
        labelled = number < _TOP_LINES and ":" in block.text and any(map(_tells, blocks[number + 1 :]))
        if named and not labelled:
            return number
    return len(blocks)


def _own_name(blocks: Sequence[Block], name: str) -> int:
    """The place of the line near the end that is the writer's name or a part of it and nothing else, over lines that
    say nothing; or the end. Who closes a mail in words of his own signs it, too.
    """
    own = set(_words(name))
    first = max(1, len(blocks) - _LAST_BLOCKS)
    for number, block in reversed(list(enumerate(blocks[first:], first))):
        line = _words(block.text.strip().partition("\n")[0])
        if own and line and own.issuperset(line):
            return number
        if block.text.rstrip().endswith(_ENDS) or len(line) > _SIGNATURE_WORDS:
            break
    return len(blocks)


def _has_begun(blocks: Sequence[Block]) -> bool:
    """Whether whole sentences stand in several lines: words such as "về việc" open no letter behind them."""
    return sum(map(_tells, blocks)) >= _BEGUN


def _tells(block: Block) -> bool:
    """Whether a block is a whole sentence or more."""
    return block.text.rstrip().endswith((".", "?", "!")) and len(block.text.split()) >= _LEAST_TOLD


def _paragraph(block: Block, code: str, author: Author, lead: str) -> list[Stretch]:
    asks = layout.governing(lead, block.text, code)
    return [Stretch(block.id, 0, len(block.text), "speech", _BODY, author, lead, asks=asks)]
