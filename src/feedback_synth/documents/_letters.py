"""The head of a letter or official paper: who sends it, number, date; and all of its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedback_synth import languages
from feedback_synth.datamodel.document import Block, Field, Span
from feedback_synth.documents import _signing
from feedback_synth.documents._words import folded, words
from feedback_synth.languages import dates
from feedback_synth.languages.text import match_key, strip_marks

_HEAD = 14
_FOOT = 14
_LETTERHEAD_LINES = 4
_ORGAN_WORDS = 6
_NUMBER = re.compile(
    r"(?:^|\n)\s*(?:Số|No\.?|N°|Nº|Ref\.?|Réf\.?|Our ref\.?)\s*:?\s*"
    r"(?P<number>\d[\w.-]*\s*[/-]\s*[\w&.-]+(?:[/-][\w&.-]+)*)",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"^(?:số|no\b|n°|ref|réf|\*|-{3,})", re.IGNORECASE)
_SECTION = re.compile(r"^(?:\d{1,2}|[IVX]{1,4})[.)]\s")  # the text has begun
_ADDRESS = re.compile(
    r"^\d{1,4}\s*(?:,|bis\b|ter\b)?\s+\w+.*,|\b(?:rue|avenue|boulevard|street|road)\b|(?:^|\d.*\s)(?:đường|phố)\b"
    r"|\b(?:tel|tél|fax|email|đt|điện thoại)\b|@|https?:|www\.",
    re.IGNORECASE,
)
_BLANK_LINE = re.compile(r"^[\W_]*$")
_ASIDE = re.compile(r"\(.*\)")  # "(V/v góp ý dự thảo)" under the title of a petition
_BETWEEN_STAMPS = re.compile(r"[^\w\s]+")
_CLOSING = re.compile(
    r"(?:Trên đây|Dưới đây) là [^.;]*?\bcủa\s+([^,.;/]{4,90}?)\s*(?:[,.;/]|về|đối với|đề nghị|$)", re.IGNORECASE
)
_CONNECTS = re.compile(r"^(?:và|về|of|de|du|des|and|et|cho|tại|-)\b|^[-&]", re.IGNORECASE)


def find_fields(body: Sequence[Block], language: str, *, official: bool = False) -> Iterator[Field]:
    """Fields of a letter, or of an ``official`` paper of another kind, best evidence first."""
    head = body[:_HEAD]
    yield from _sender(head, body, language)
    signed = _signing.without_annex([b for b in body if b.kind != "footer"])
    yield from _signing.find_signer(signed[-_FOOT:], official=official)
    yield from _find_number(head)
    yield from find_date(head, language)


def is_official(body: Sequence[Block]) -> bool:
    """Whether the heading of the state or the Party stands over a paper."""
    lines = [line for b in body[:_HEAD] for line in b.text.split("\n")]
    return any(_is_state_heading(line) or _before_state_heading(line) != line for line in lines)


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


def _sender(head: Sequence[Block], body: Sequence[Block], language: str) -> Iterator[Field]:
    lines = _letterhead(head)
    if not lines:
        yield from _sender_in_closing(body)
        return
    issuer = _signing_line(lines, body) or _issuer(lines)
    name = " ".join(text for _, text, _ in issuer)
    if name.lower() in words("letterhead", "below") and issuer[0] != lines[0]:
        name = f"{name} {' '.join(text for _, text, _ in lines[: lines.index(issuer[0])])}"
    block = issuer[0][0]
    start = block.text.find(issuer[0][1])
    yield Field("sender", in_running_case(name, body, language), Span(block.id, start, start + len(issuer[0][1])))
    superior = [text for _, text, _ in lines[: lines.index(issuer[0])]]
    if superior:
        yield Field("superior", in_running_case(" ".join(superior), body))


def _sender_in_closing(body: Sequence[Block]) -> Iterator[Field]:
    """ "Trên đây là ý kiến của Sở Tài chính, …", or "TM. HỢP TÁC XÃ TÂN LẬP" over the signature."""
    for block in reversed(body[-_FOOT:]):
        if match := _CLOSING.search(block.text):
            yield Field("sender", match[1].strip(), Span(block.id, *match.span(1)))
            return
    for block in reversed(body[-_FOOT:]):
        for line in block.text.split("\n"):
            named = _signing.signed_for(line)
            if named and not _is_organ(named):
                start = block.text.find(named)
                yield Field("sender", in_running_case(named, body), Span(block.id, start, start + len(named)))
                return


_Line = tuple[Block, str, bool]


def _letterhead(head: Sequence[Block]) -> list[_Line]:
    """The lines above the number, the date and the addressee that name the sending body."""
    found: list[_Line] = []
    for block in head:
        for line in block.text.split("\n"):
            text = _before_state_heading(line.strip())
            if _is_state_heading(text) or _is_stamp(text) or _BLANK_LINE.match(text):
                if found and text.startswith("*"):
                    return found
                continue
            if (
                _ADDRESS.search(text)
                or _ASIDE.fullmatch(text)
                or _heads_letter(text)
                or (not found and _is_paper(text))
            ):
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
            if len(found) > _LETTERHEAD_LINES:
                return []
    return found if len(found) < _LETTERHEAD_LINES else []


def _heads_letter(text: str) -> bool:
    """ "THƯ CỦA NGƯ DÂN XÃ …": what people without a letterhead write over their letter."""
    plain = strip_marks(text)
    return any(plain.startswith(f"{words} ") or plain == words for words in folded("letterhead", "titles"))


def _is_state_heading(text: str) -> bool:
    plain = strip_marks(text).strip(" *-_.")
    return any(plain.startswith(s) for s in folded("letterhead", "state"))


def _before_state_heading(line: str) -> str:
    """The left one of two columns that a page prints side by side: "SỞ TƯ PHÁP Độc lập - Tự do - Hạnh phúc"."""
    plain = strip_marks(line)
    places = [plain.find(f" {s}") for s in folded("letterhead", "state")]
    cut = min((p for p in places if p > 0), default=-1)
    return line[:cut].rstrip(" *-–_.|") if cut > 0 and len(plain) == len(line) else line


def _is_paper(text: str) -> bool:
    """The title or subject of a paper ("NOTE D'OBSERVATIONS", "về dự thảo …"), which names no body."""
    plain = strip_marks(text).replace("’", "'")
    titled = any(_opens_with(plain, w) for w in folded("letterhead", "papers"))
    return titled or (text[:1].islower() and any(_opens_with(plain, w) for w in folded("letterhead", "about")))


def _opens_with(text: str, word: str) -> bool:
    return text.startswith(word) and not (word[-1].isalnum() and text[len(word) : len(word) + 1].isalnum())


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
        or text.endswith(":")
        or is_title
        or _is_paper(text)
        or bool(_SYMBOL.match(text))
        or len(text) > 100
        or bool(re.search(r"\b(?:19|20)\d\d\b", text))
    )


def _signing_line(lines: list[_Line], body: Sequence[Block]) -> list[_Line]:
    """The line of the letterhead in whose name the paper is signed ("TM. BAN PHÁP CHẾ"), or nothing."""
    foot = (line for b in body[-_FOOT:] for line in b.text.split("\n"))
    signed = {strip_marks(named) for line in foot if (named := _signing.signed_for(line.strip()))}
    return [line for line in lines if strip_marks(line[1]) in signed][:1]


def _issuer(lines: list[_Line]) -> list[_Line]:
    """Of superior and issuer the issuer: the bold lines, else a body whose name goes on, else the last or first. A
    standing organ ("BAN THƯỜNG TRỰC") speaks for the body above it.
    """
    while len(lines) > 1 and _is_organ(lines[-1][1]):
        lines = lines[:-1]
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
    while last > 0 and (_CONNECTS.match(lines[last][1]) or _is_place(lines[last][1])):
        last -= 1
    return lines[last:]


def _is_organ(name: str) -> bool:
    return len(name.split()) <= _ORGAN_WORDS and strip_marks(name).strip(" .") in folded("letterhead", "organs")


def _is_place(name: str) -> bool:
    """ "TỈNH BẮC HÀ" alone: the name of the body above goes on."""
    return any(match_key(name).startswith(f"{match_key(w)} ") for w in words("letterhead", "places"))


def _is_department(name: str) -> bool:
    return bool(set(re.findall(r"\w+", strip_marks(name))) & set(folded("letterhead", "departments")))


def _governs(folded_name: str) -> bool:
    """Whether a body stands over departments that write in their own name (a People's Committee, a ministry)."""
    return any(f" {w} " in f" {folded_name} " for w in folded("letterhead", "superior"))


def in_running_case(name: str, body: Sequence[Block], language: str = "vi") -> str:
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
    return name if not name.isupper() else _capitalised(name, language)


def _capitalised(name: str, language: str) -> str:
    """Capital first letters; in French and English not of the small words between ("Agence de Coopération")."""
    small = languages.get(language).stop_words if language != "vi" else frozenset()

    def running(match: re.Match[str]) -> str:
        word, lower = match[0], match[0].lower()
        if match.start() and lower.replace("’", "'") in small:
            return lower
        in_brackets = name[: match.start()].endswith("(") and name[match.end() :].startswith(")")
        return word if in_brackets or _is_abbreviation(word) else word[0] + word[1:].lower()

    plain = re.sub(r"[DLdl]['’](?=[^\W\d_]{2})|[^\W\d_]+(?:['’][Ss]\b)?", running, name)
    for words_of_names in sorted(words("letterhead", "running"), key=len):
        pattern = rf"(?<!\w){re.escape(words_of_names)}(?!\w)"
        plain = re.sub(pattern, lambda m, kept=words_of_names: kept, plain, flags=re.IGNORECASE)  # type: ignore[misc]
    return plain[:1].upper() + plain[1:]


def _is_abbreviation(word: str) -> bool:
    """A short word that no one could pronounce, such as UBND: three consonants in a row and hardly a vowel, which has
    no tone.
    """
    plain = strip_marks(word)
    if plain.replace("d", "đ") != word.lower().replace("d", "đ"):
        return False  # "NGHỀ"
    return len(plain) <= 6 and len(re.findall("[aeiouy]", plain)) <= 1 and bool(re.search("[^aeiouy]{3}", plain))
