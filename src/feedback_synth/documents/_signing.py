"""The foot of a paper: who signs it, by whose authority, in what office."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedback_synth.datamodel.document import Block, Field, Span
from feedback_synth.documents._words import folded, words
from feedback_synth.languages.text import match_key, strip_marks

_SIGNER_WORDS = 22
_AUTHORITY_WORDS = 16
_CLOSED = 8  # blocks between closing words and the annex behind the signature
_NAME = re.compile(r"^(?:[A-ZÀ-ỸĐ][\w'’.-]*)(?:\s+(?:(?:de|du|des|van|von|d['’])\s*)?[A-ZÀ-ỸĐ][\w'’.-]*){0,5}$")
_BY = re.compile(r"(?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)[.:]?\s+(?=[A-ZĐÀ-Ỹ]{2})")  # "KT. GIÁM ĐỐC", with its point or without
_DEGREES = re.compile(
    r"^(?:(?:GS|PGS|TSKH|TS|Th[sS]|THS|BS(?:CK[I12]*)?|BS\.?\s?CK[I12]+|CK[I12]+|DS|KS|KTS|LS|CN|NGƯT|NGND|NSƯT|NSND|TTƯT|TTND|Dr|Prof|Pr|Me)"
    r"\b\.?[\s,-]*)+(?=[A-ZĐÀ-Ỹ])"
)
_LISTED = re.compile(r"^(?:[-–+•*]\s|nơi nhận|lưu\b)", re.IGNORECASE)  # of those who get a copy, beside the signature
_BESIDE = re.compile(r"[;:.,)]\s+(?=[A-ZĐÀ-Ỹ])")
_WITHIN = re.compile(r"\s*[,:]\s+|\s+[-–—]\s+")  # between an authority, a name and an office on one line
_MARK = re.compile(r"^[\W\d_]*$|^[(\[]?\s*(?:đã ký|ký|ký tên|signed|signé|signature|sgd)\b[^\n]{0,40}$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")  # "Bản Nà Lốc, ngày 2 tháng 3 năm 2026" is a place with a date
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")  # "(đã ký, kèm danh sách)"
_LEAST_BODY = 3  # words of a body in capitals that is named, not only its kind
_CAPITAL_NAME = (2, 5)  # words

_Line = tuple[Block, str]


def find_signer(foot: Sequence[Block], *, official: bool = False) -> Iterator[Field]:
    """The name under the closing words or the authority line, and the title beside it.

    ``official`` papers that are no letters are signed only where an office stands beside the name.
    """
    lines = _lines(foot)
    starts = [i for i, (_, line) in enumerate(lines) if _opens_signature(line)]
    if starts:
        lines = lines[starts[-1] + (0 if is_authority(lines[starts[-1]][1]) else 1) :]
    for block, line in reversed(lines):
        name, title = _named_with_authority(line)
        if name:
            start = block.text.find(name)
            yield Field("signer", name, Span(block.id, start, start + len(name)))
            if title:
                yield Field("signer_title", title)
            return
    office = ""
    for number, (block, line) in reversed(list(enumerate(lines))):
        if len(line.split()) > _SIGNER_WORDS:
            continue  # a sentence of the text, not the line of a person
        name, title = name_and_title(line)
        if title and not _is_title(title) and number and _is_person(lines[number - 1][1]):
            office = line  # "Water Lead, Rural Areas" under a name is no second person
            continue
        above = lines[number - 1][1] if number else ""
        if is_authority(line) or _YEAR.search(title) or not (_is_own(name) or _is_capital_name(name, above)):
            continue
        title = title or _title_beside(lines, line) or office
        if official and not title:
            continue
        start = block.text.find(name)
        yield Field("signer", _running(name), Span(block.id, start, start + len(name)))
        if title:
            yield Field("signer_title", office_in_running_case(title))
        return


def without_annex(body: Sequence[Block]) -> Sequence[Block]:
    """A paper without the annex that follows its signature ("ANNEX - Points of the members", "Phụ lục 1")."""
    for number, block in enumerate(body):
        line = strip_marks(block.text)
        heads = any(line.startswith(w) and not line[len(w) :][:1].isalpha() for w in folded("signature", "annexed"))
        if heads and len(line.split()) <= _SIGNER_WORDS and not line.endswith((".", ";", ",")):
            above = body[max(0, number - _CLOSED) : number]
            if any(_opens_signature(text) for b in above for text in b.text.split("\n")):
                return body[:number]
    return body


def _named_with_authority(line: str) -> tuple[str, str]:
    """(name, office) of a line that holds authority, name and office: "For the Association, Ann Field, Chair"."""
    if not is_authority(line) or line.rstrip().endswith((";", "?", "!")):
        return "", ""
    line = _ASIDE.sub("", line)
    parts = [name_and_title(part)[0] for part in _WITHIN.split(line)[1:]]
    name = next((part for part in parts if _is_own(part)), "")
    title = next((part for part in parts if part != name and _is_title(part)), "")
    return (name, title) if name and all(p == name or _is_title(p) for p in parts) else ("", "")


def _lines(foot: Sequence[Block]) -> list[_Line]:
    """The lines of the foot that hold words: of two columns that a page prints side by side, the signature's."""
    lines = [(b, line.strip()) for b in foot for line in b.text.split("\n")]
    return [(b, signed) for b, line in lines if (signed := _beside_copies(line)) and not _MARK.match(signed)]


def _beside_copies(line: str) -> str:
    """The words of the signature in a line that begins with those who get a copy ("- Lưu: VT. Trần Văn An")."""
    if not _LISTED.match(line):
        return line
    rights = [line[m.end() :] for m in _BESIDE.finditer(line)]
    signed = (r for r in rights if is_authority(r) or (r.isupper() and (_is_title(r) or _leads_office(r))))
    return next(signed, "") or next((r for r in reversed(rights) if _is_own(r)), line)


def _is_person(line: str) -> bool:
    return _is_own(line) and not is_authority(line)


def _is_own(name: str) -> bool:
    return is_name(name) and not _is_title(name)


def _is_capital_name(name: str, above: str) -> bool:
    """A name in capitals right below an office or authority."""
    least, most = _CAPITAL_NAME
    plain = name.isupper() and _NAME.match(name) and least <= len(name.split()) <= most
    return bool(plain) and not _leads_office(name) and (is_authority(above) or _is_title(above))


def _leads_office(text: str) -> bool:
    """Whether the first word is one of an office ("PHÓ", "TRƯỞNG"), its marks counted."""
    return _is_title(text) or text.split()[0].lower() in words("signature", "leads")


def _title_beside(lines: Sequence[_Line], name: str) -> str:
    """The title nearest to the name: over it in Vietnamese and French letters, under it in English ones."""
    places = [i for i, (_, line) in enumerate(lines) if line == name]
    titles = [i for i, (_, line) in enumerate(lines) if line != name and _is_title(line)]
    own = [i for i in titles if not is_authority(lines[i][1])]
    if not own:
        return _title_within([lines[i][1] for i in titles])
    return lines[min(own, key=lambda i: abs(i - places[-1]))][1].strip(" ,.")


def _title_within(authorities: Sequence[str]) -> str:
    """The signer's own office, last in a line that begins with an authority ("KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
    "Pour l'association, la présidente"); the office in whose stead he signs is not his.
    """
    for line in authorities:
        _, comma, behind = line.rstrip(" ,.").rpartition(",")
        if comma and _is_title(behind):
            return re.sub(r"^\s*(?:the|la|le|l['’])\s*", "", behind, flags=re.IGNORECASE)
        last = max(_titles(line), key=lambda m: (m.end(), -m.start()), default=None)
        stead = strip_marks(line[:2]) in ("kt", "k/", "q.", "q ") and last and last.start() <= _first_word(line)
        if last and len(last.string) == len(line) and not stead:
            return line[last.start() :].strip(" ,.")
    return ""


def _first_word(line: str) -> int:
    """Where the words behind the letters of an authority begin."""
    match = _BY.match(line)
    return match.end() if match else 0


def _opens_signature(line: str) -> bool:
    plain = strip_marks(line)
    return is_authority(line) or any(w in plain for w in folded("signature", "closing"))


def is_authority(line: str) -> bool:
    """Whether a line says for whom somebody signs: "TM. ỦY BAN NHÂN DÂN", "On behalf of the Board"."""
    plain = strip_marks(line)
    if len(plain.split()) > _AUTHORITY_WORDS:
        return False
    return _BY.match(line) is not None or any(plain.startswith(w) for w in folded("signature", "authority"))


def _is_title(line: str) -> bool:
    return bool(_titles(line))


def _titles(line: str) -> list[re.Match[str]]:
    """Where words of offices stand; with their marks in a line that has marks: "Tô Trường An" is no "tổ trưởng"."""
    marked, plain = match_key(line), strip_marks(line)
    marks = marked != plain
    text = marked if marks else plain
    known = [match_key(w) for w in words("signature", "titles")] if marks else folded("signature", "titles")
    return [m for w in known if w in text for m in re.finditer(rf"\b{re.escape(w)}\b", text)]


def is_name(text: str) -> bool:
    """Whether this could be a person's name: two to six capitalised words without figures."""
    text = text.strip()
    return bool(_NAME.match(text)) and 2 <= len(text.split()) <= 6 and not text.isupper()


def name_and_title(text: str) -> tuple[str, str]:
    """("Tống Thanh Hải", "Phó Chủ tịch …") of "đồng chí Tống Thanh Hải, Phó Chủ tịch …"; honorifics and degrees are
    dropped.
    """
    text = _DEGREES.sub("", text.strip())
    name, _, title = re.sub(r"\s+[-–—]\s+", ", ", text, count=1).partition(",")
    changed = True
    while changed:
        changed = False
        for word in words("signature", "honorifics"):
            if name.lower().startswith(word + " ") or (word.endswith(".") and name.lower().startswith(word)):
                name, changed = name[len(word) :].strip(), True
    return _DEGREES.sub("", name).strip(" :."), title.strip(" .")


def _running(name: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), name) if name.isupper() else name


def office_in_running_case(title: str) -> str:
    """An office in capitals as a text writes it: "PHÓ GIÁM ĐỐC" -> "Phó Giám đốc"."""
    if not title.isupper():
        return title
    small = title.lower().split()
    lead = 1 if small[0] in words("signature", "deputies") and len(small) > 1 else 0
    return " ".join(w.capitalize() if n <= lead else w for n, w in enumerate(small))


def signed_for(line: str) -> str:
    """The body that an authority line names ("TM. HỢP TÁC XÃ TÂN LẬP", "Pour l'Association des usagers,"), or "".

    Words of one kind of body alone ("the Fund", "Ủy ban nhân dân") name none.
    """
    match = _BY.match(line) if line[:2].upper() in ("TM", "T/") else None
    if match is None:
        opening = next((w for w in words("signature", "represents") if line.lower().startswith(w)), "")
        named = line[len(opening) :] if opening else ""
    else:
        named = line[match.end() :]
    named = named.strip(" ,.:")
    longer = len(named.split()) >= _LEAST_BODY if named.isupper() else len(named.split()) > 1
    is_body = longer and named[:1].isupper() and not _is_title(named) and not is_name(named)
    generic = any(
        strip_marks(named) == w for w in (*folded("letterhead", "incomplete"), *folded("letterhead", "organs"))
    )
    return named if is_body and not generic else ""
