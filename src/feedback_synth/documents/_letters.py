"""The head and foot of a letter: who sends it, who signs, number, date, subject, addressee."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedback_synth.datamodel.document import Block, Field, Span
from feedback_synth.documents._words import folded, words
from feedback_synth.languages import dates
from feedback_synth.languages.text import strip_marks

_HEAD = 14
_FOOT = 14
_SIGNER_WORDS = 22
_NUMBER = re.compile(
    r"(?:^|\n)\s*(?:Số|No\.?|N°|Nº|Ref\.?|Réf\.?|Our ref\.?)\s*:?\s*"
    r"(?P<number>\d[\w.-]*\s*[/-]\s*[\w&.-]+(?:[/-][\w&.-]+)*)",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"^(?:số|no\b|n°|ref|réf|\*|-{3,})", re.IGNORECASE)
_SECTION = re.compile(r"^(?:\d{1,2}|[IVX]{1,4})[.)]\s")  # the text has begun
_ADDRESS = re.compile(
    r"^\d{1,4}\s*(?:,|bis\b|ter\b)?\s+\w+.*,|\b(?:rue|avenue|boulevard|street|road|đường|phố)\b"
    r"|\b(?:tel|tél|fax|email|đt|điện thoại)\b|@|https?:|www\.",
    re.IGNORECASE,
)
_BLANK_LINE = re.compile(r"^[\W_]*$")
_BETWEEN_STAMPS = re.compile(r"[^\w\s]+")
_NAME = re.compile(r"^(?:[A-ZÀ-ỸĐ][\w'’.-]*)(?:\s+(?:(?:de|du|des|van|von|d['’])\s*)?[A-ZÀ-ỸĐ][\w'’.-]*){0,5}$")
_CLOSING = re.compile(
    r"(?:Trên đây|Dưới đây) là [^.;]*?\bcủa\s+([^,.;/]{4,90}?)\s*(?:[,.;/]|về|đối với|đề nghị|$)", re.IGNORECASE
)
_CONNECTS = re.compile(r"^(?:và|về|of|de|du|des|and|et|cho|tại|-)\b|^[-&]", re.IGNORECASE)


def find_fields(body: Sequence[Block], language: str) -> Iterator[Field]:
    """Fields of a letter, best evidence first."""
    head = body[:_HEAD]
    yield from _sender(head, body)
    yield from _signer([b for b in body if b.kind != "footer"][-_FOOT:])
    yield from _find_number(head)
    yield from find_date(head, language)


def _find_number(head: Sequence[Block]) -> Iterator[Field]:
    for block in head:
        if match := _NUMBER.search(block.text):
            yield Field("number", match["number"], Span(block.id, *match.span("number")))
            return


def find_date(head: Sequence[Block], language: str) -> Iterator[Field]:
    """The date of the document: of its place-and-date line, ISO 8601."""
    for block in head:
        if len(block.text) > 200:
            continue
        for date in dates.dates(block.text, language):
            if len(date.iso) == 10:
                yield Field("date", date.iso, Span(block.id, date.start, date.end))
                return


def _sender(head: Sequence[Block], body: Sequence[Block]) -> Iterator[Field]:
    lines = _letterhead(head)
    if not lines:
        yield from _sender_in_closing(body)
        return
    issuer = _issuer(lines)
    name = " ".join(text for _, text, _ in issuer)
    block = issuer[0][0]
    start = block.text.find(issuer[0][1])
    yield Field("sender", in_running_case(name, body), Span(block.id, start, start + len(issuer[0][1])))
    superior = [text for _, text, _ in lines[: lines.index(issuer[0])]]
    if superior:
        yield Field("superior", in_running_case(" ".join(superior), body))


def _sender_in_closing(body: Sequence[Block]) -> Iterator[Field]:
    """ "Trên đây là ý kiến của Sở Tài chính, …" """
    for block in reversed(body[-_FOOT:]):
        if match := _CLOSING.search(block.text):
            yield Field("sender", match[1].strip(), Span(block.id, *match.span(1)))
            return


_Line = tuple[Block, str, bool]


def _letterhead(head: Sequence[Block]) -> list[_Line]:
    """The lines above the number, the date and the addressee that name the sending body."""
    found: list[_Line] = []
    for block in head:
        for line in block.text.split("\n"):
            text = line.strip()
            if _is_state_heading(text) or _is_stamp(text) or _BLANK_LINE.match(text):
                if found and text.startswith("*"):
                    return found
                continue
            if _ADDRESS.search(text) or _heads_letter(text):
                continue
            if any(strip_marks(text).startswith(f"{words} ") for words in folded("letterhead", "salutations")):
                return found  # the letter begins
            if _ends_letterhead(text):
                if found or _is_addressee(text):
                    return found
                continue
            if _SECTION.match(text) and not found:
                return []
            found.append((block, text, block.bold))
            if len(found) >= 5:
                return []
    return found if len(found) < 4 else []


def _heads_letter(text: str) -> bool:
    """ "THƯ CỦA NGƯ DÂN XÃ …": what people without a letterhead write over their letter."""
    plain = strip_marks(text)
    return any(plain.startswith(f"{words} ") or plain == words for words in folded("letterhead", "titles"))


def _is_state_heading(text: str) -> bool:
    plain = strip_marks(text).strip(" *-_.")
    return any(plain.startswith(s) for s in folded("letterhead", "state"))


def _is_stamp(text: str) -> bool:
    """A mark of secrecy or urgency alone, such as "MẬT", "Độ mật: Tối mật", "TUYỆT MẬT - HỎA TỐC"."""
    parts = [part.strip() for part in _BETWEEN_STAMPS.split(strip_marks(text)) if part.strip()]
    return bool(parts) and all(part in folded("letterhead", "stamps") for part in parts)


def _is_addressee(text: str) -> bool:
    return any(strip_marks(text).startswith(w) for w in folded("fields", "addressee_line"))


def _ends_letterhead(text: str) -> bool:
    plain = strip_marks(text)
    labels = (*folded("fields", "addressee"), *folded("fields", "subject"))
    is_label = any(plain.startswith(w) and plain[len(w) :].lstrip()[:1] in (":", "") for w in labels) or any(
        plain.startswith(w)
        for w in (*folded("fields", "addressee")[:2], "v/v", "a l'attention", "a monsieur", "a madame")
    )
    titles = (w for kind in ("letter", "appraisal", "review") for w in folded(kind, "title"))
    is_title = any(plain.startswith(w) for w in (*titles, *folded("review", "byline")))
    return (
        is_label
        or is_title
        or bool(_SYMBOL.match(text))
        or len(text) > 100
        or bool(re.search(r"\b(?:19|20)\d\d\b", text))
    )


def _issuer(lines: list[_Line]) -> list[_Line]:
    """Of superior and issuer the issuer: the bold lines, else a body whose name goes on, else the last or first."""
    if len({bold for _, _, bold in lines}) == 2:
        return [line for line in lines if line[2]]
    first = strip_marks(lines[0][1])
    if len(lines) > 1 and first in folded("letterhead", "incomplete"):
        return lines[:2]
    if not lines[0][1].isupper() or len(lines) == 1:
        return lines[:1]  # a letterhead in ordinary case names the body first, then its office
    if not lines[-1][1].isupper() and _is_department(lines[-1][1]) and not _governs(first):
        return lines[:1]  # a body in capitals over its own department
    last = len(lines) - 1
    while last > 0 and _CONNECTS.match(lines[last][1]):
        last -= 1
    return lines[last:]


def _is_department(name: str) -> bool:
    return bool(set(re.findall(r"\w+", strip_marks(name))) & set(folded("letterhead", "departments")))


def _governs(folded_name: str) -> bool:
    """Whether a body stands over departments that write in their own name (a People's Committee, a ministry)."""
    return any(f" {w} " in f" {folded_name} " for w in folded("letterhead", "superior"))


def in_running_case(name: str, body: Sequence[Block]) -> str:
    """A name in capitals as the text itself writes it ("UBND xã Pa Ủ"), else with capital first letters."""
    forms = [strip_marks(name)]
    for pair in words("letterhead", "short"):
        long, _, short = pair.partition(" = ")
        if forms[0].startswith(strip_marks(long)):
            forms.append(strip_marks(short) + forms[0][len(long) :])
    for form in reversed(forms):
        for block in body:
            start = strip_marks(block.text).find(form)
            if start < 0 or len(strip_marks(block.text)) != len(block.text):
                continue
            found = block.text[start : start + len(form)]
            if not found.isupper() and found[0].isupper() and not block.text[start + len(form) :][:1].isalnum():
                return found
    return name if not name.isupper() else _capitalised(name)


def _capitalised(name: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m[0] if _is_abbreviation(m[0]) else m[0][0] + m[0][1:].lower(), name)


def _is_abbreviation(word: str) -> bool:
    """A short word that no one could pronounce, such as UBND: three consonants in a row and hardly a vowel."""
    plain = strip_marks(word)
    return len(plain) <= 6 and len(re.findall("[aeiouy]", plain)) <= 1 and bool(re.search("[^aeiouy]{3}", plain))


def _signer(foot: Sequence[Block]) -> Iterator[Field]:
    """The name under the closing words or the authority line, and the title beside it."""
    lines = [(b, line.strip()) for b in foot for line in b.text.split("\n") if line.strip()]
    starts = [i for i, (_, line) in enumerate(lines) if _opens_signature(line)]
    if starts:
        lines = lines[starts[-1] + (0 if _is_authority(lines[starts[-1]][1]) else 1) :]
    office = ""
    for number, (block, line) in reversed(list(enumerate(lines))):
        if len(line.split()) > _SIGNER_WORDS:
            continue  # a sentence of the text, not the line of a person
        name, title = name_and_title(line)
        if title and not _is_title(title) and number and _is_person(lines[number - 1][1]):
            office = line  # "Water Lead, Rural Areas" under a name is no second person
            continue
        if is_name(name) and not _is_title(name) and not _is_authority(line):
            start = block.text.find(name)
            yield Field("signer", name, Span(block.id, start, start + len(name)))
            title = title or _title_beside(lines, line) or office
            if title:
                yield Field("signer_title", in_running_case(title, ()))
            return


def _is_person(line: str) -> bool:
    return is_name(line) and not _is_title(line) and not _is_authority(line)


def _title_beside(lines: Sequence[tuple[Block, str]], name: str) -> str:
    """The title nearest to the name: over it in Vietnamese and French letters, under it in English ones."""
    places = [i for i, (_, line) in enumerate(lines) if line == name]
    titles = [i for i, (_, line) in enumerate(lines) if line != name and _is_title(line)]
    own = [i for i in titles if not _is_authority(lines[i][1])] or titles
    if not own:
        return ""
    return lines[min(own, key=lambda i: abs(i - places[-1]))][1].strip(" ,.")


def _opens_signature(line: str) -> bool:
    plain = strip_marks(line)
    return _is_authority(line) or any(w in plain for w in folded("signature", "closing"))


def _is_authority(line: str) -> bool:
    plain = strip_marks(line)
    return any(plain.startswith(w) for w in folded("signature", "authority"))


def _is_title(line: str) -> bool:
    plain = strip_marks(line)
    return any(re.search(rf"\b{re.escape(w)}\b", plain) for w in folded("signature", "titles"))


def is_name(text: str) -> bool:
    """Whether this could be a person's name: two to six capitalised words without figures."""
    text = text.strip()
    return bool(_NAME.match(text)) and 2 <= len(text.split()) <= 6 and not text.isupper()


def name_and_title(text: str) -> tuple[str, str]:
    """("Tống Thanh Hải", "Phó Chủ tịch …") of "đồng chí Tống Thanh Hải, Phó Chủ tịch …"; honorifics are dropped."""
    name, _, title = re.sub(r"\s+[-–—]\s+", ", ", text.strip(), count=1).partition(",")
    changed = True
    while changed:
        changed = False
        for word in words("signature", "honorifics"):
            if name.lower().startswith(word + " ") or (word.endswith(".") and name.lower().startswith(word)):
                name, changed = name[len(word) :].strip(), True
    return name.strip(" :."), title.strip(" .")
