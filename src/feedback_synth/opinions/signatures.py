"""Names that people sign with: "Name (body)", "Name - body, title", "Title, body", a body alone, or nobody."""

from __future__ import annotations

import re
from functools import cache

from feedback_synth import config, languages
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.text import strip_marks
from feedback_synth.opinions import authors, lexicon, offices, organizations, persons

_CUT = re.compile(r"\s+[-–—|·•/]\s+|\s*[,;()\[\]]\s*|\s*/\s*(?=[A-ZĐ])|:\s+")
_TOKEN = re.compile(r"[^\W\d_][\w'’.-]*")
_PARTICLES = frozenset("de van von du des la le d' y".split())
_ELIDED = re.compile(r"[dl]['’][A-ZÀ-Ý]")  # "Solange d'Aubry"
_BODY_BEHIND = re.compile(r"(?P<name>[^\W\d_][^,()]*?)\s+(?P<body>[A-ZĐ]{2,8})")
_LONGEST_NAME = 5  # words
_PROPER_WORDS = 3  # capitalised words that name a body without any word for one
_AUTHORITY = re.compile(r"(?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)[.:]?\s")  # in whose name or stead somebody signs
_SURNAMES_LIKE_BODIES = frozenset({"đoàn"})
_LINK = re.compile(r"\s(?:of|for|de|du|des)\s|['’]")  # "Office of the Director"
_MAIL = re.compile(r"\S+@\S+|<[^>]*>|https?:\S+")


def signed(text: str, language: str) -> Author:
    """Who signs so. The body keeps the language it is written in; ``language`` is for letters of no language."""
    parts = [p for p in (part.strip(" .") for part in _CUT.split(_MAIL.sub(" ", text).strip())) if p]
    if not parts or is_nobody(parts[0]):
        return Author()
    short = _BODY_BEHIND.fullmatch(parts[0])
    if short and not short["name"].isupper():
        parts[:1] = [short["name"], short["body"]]  # "Tuấn SNV"
    name = _person(parts[0], alone=len(parts) == 1)
    if not name:
        return _without_name(parts, language)
    title = body = ""
    for part in parts[1:]:
        found_title, found_body = _office(part, language)
        if title and not (found_title or found_body or body) and could_be_body(part):
            found_body = part  # "Ann Field, Team Leader, Hill & Sons": behind an office stands whose it is
        if found_body and body and offices.is_division(body):  # "Trưởng phòng Kỹ thuật, Công ty A"
            title, body = f"{title} {body}".strip(), found_body
        title, body = title or found_title, body or found_body
    return Author(name, title, body)


def names_body(text: str) -> bool:
    """Whether ``text`` is a listed body or holds words for one."""
    return organizations.is_known(text) or has_words_for_body(text)


def could_be_body(part: str) -> bool:
    """Whether a part behind an office, that no list knows, may be the name of a body: a few words with capitals."""
    words = part.split()
    proper = words[0][0].isupper() and words[-1][0].isupper() and not any(c.isdigit() for c in part)
    return proper and 1 < len(words) <= _LONGEST_NAME


def is_person(text: str) -> bool:
    """Whether ``text`` is nothing but the name of a person, of two words or more."""
    return bool(_person(text.strip(), alone=True))


def _without_name(parts: list[str], language: str) -> Author:
    title = body = ""
    for part in parts:
        found_title, found_body = _office(part, language)
        title, body = title or found_title, body or found_body
    return Author("", title if body else "", body)


def _person(part: str, *, alone: bool) -> str:
    """The name in a part without its honorific; one word is a name only before a body."""
    plain = part
    for code in languages.codes():
        lead = persons.honorific(part, code)
        if lead:
            plain = part[lead:]
            break
    if any(lexicon.equals(code, "person.title", plain) for code in languages.codes()):
        return ""
    words = plain.split()
    titled = plain != part
    if not words or len(words) > _LONGEST_NAME or (len(words) < 2 and alone and not titled):
        return ""
    proper = all(_TOKEN.fullmatch(w) and (w[0].isupper() or w in _PARTICLES or _ELIDED.match(w)) for w in words)
    if not proper or not words[0][0].isupper():
        return ""
    if any(len(w) > 1 and w.isupper() for w in words) and not (plain.isupper() and len(words) > 2):
        return ""
    if plain.isupper() and (_AUTHORITY.match(plain) or _opens_office(plain)):
        return ""  # "KT. GIÁM ĐỐC", "PHÓ CHÁNH VĂN PHÒNG"
    return "" if not titled and _names_body(plain) else plain


def _opens_office(capitals: str) -> bool:
    marked = organizations.is_vietnamese(capitals)
    lists = ("person.title", "person.body") if marked else ()
    surname = capitals.split()[0].lower() in _SURNAMES_LIKE_BODIES
    return not surname and any(lexicon.starts("vi", name, capitals) for name in lists)


def _names_body(text: str) -> bool:
    """Whether words of a body stand in a text that could be a name; a surname without marks is like many of them."""
    if organizations.is_known(text):
        return True
    if _has_foreign_body(text):
        return True
    marked = organizations.is_vietnamese(text)
    surname = text.split()[0].lower() in _SURNAMES_LIKE_BODIES
    return marked and not surname and lexicon.starts("vi", "person.body", text) is not None


def has_words_for_body(text: str) -> bool:
    """Whether words for a kind of body stand in ``text``; Vietnamese ones at its beginning."""
    return lexicon.starts("vi", "person.body", text) is not None or _has_foreign_body(text)


def _has_foreign_body(text: str) -> bool:
    return any(lexicon.find(code, "person.body", text) for code in ("en", "fr"))


def _office(part: str, language: str) -> tuple[str, str]:
    """(title, body) of a part behind a name; words in lower case that name no body say what the person is."""
    code = organizations.language_of(part, language)
    if organizations.is_known(part):
        return "", organizations.canonical(part, code)
    if any(lexicon.equals(c, "person.title", part) for c in languages.codes()) or offices.is_office(part):
        return part, ""
    parsed = authors.parse(part, code)
    if parsed.title and parsed.organization and parsed.name and part.endswith(parsed.name):
        return parsed.title, f"{parsed.organization} {parsed.name}"  # beside a name stands no second: a place
    if parsed.title and (parsed.organization or lexicon.starts(code, "person.title", part)):
        return parsed.title, parsed.organization
    if not part[0].isupper() and not any(lexicon.starts(c, "person.body", part) for c in languages.codes()):
        return part, ""
    is_body = has_words_for_body(part)
    if _ends_with_title(part) and (not is_body or _is_compound(part)):
        return part, ""  # "Senior Water and Forest Specialist", "Programme Lead"
    acronym = part.isupper() and len(part) > 1
    if is_body or acronym or organizations.commune(part, code) or _is_proper(part):
        return "", organizations.canonical(part, code)
    return "", ""


def _ends_with_title(part: str) -> bool:
    cues = [c for code in ("en", "fr") for c in lexicon.find_all(code, "person.title", part)]
    return any(c.end == len(part) for c in cues)


def _is_compound(part: str) -> bool:
    """Whether an English title stands last behind plain nouns: the last says what it is."""
    cues = lexicon.find_all("en", "person.title", part)
    return bool(cues) and cues[-1].end == len(part) and cues[-1].start > 0 and not _LINK.search(part)


def _is_proper(text: str) -> bool:
    stop = {w for code in languages.codes() for w in languages.get(code).stop_words}
    words = text.split()
    capital = [w for w in words if w[0].isupper()]
    return len(capital) >= _PROPER_WORDS and all(w[0].isupper() or w.lower() in stop for w in words)


def is_nobody(text: str) -> bool:
    """Whether a program or page wrote this where nobody gave a name ("Anonymous", "Windows User")."""
    return strip_marks(text).strip(" .()") in _nobody()


@cache
def _nobody() -> frozenset[str]:
    table = config.load_toml("lexicons/kinds.toml")["signature"]
    return frozenset(strip_marks(w) for w in table["nobody"])
