"""Who speaks: name, title and organisation out of the words that introduce a speaker."""

from __future__ import annotations

import re
from itertools import dropwhile

from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.text import strip_marks
from feedback_synth.opinions import lexicon, offices, organizations, persons

_CLAUSE = re.compile(r"(?:the|an?|his|her|their|who|l[ea]s?|une?|son|sa|qui)\s", re.IGNORECASE)  # no part of a name
_TELLS = re.compile(r"(?!(?:and|of|or|for|the|in|to)\b)[a-z]")  # ", did not share this view" is in no English name
_TELLS_FR = re.compile(  # ", se limite à trois points", ", salue la clarté", ", revient sur"
    r"(?:(?:se|ne|lui|leur|y|en)\s|[sn]['’]|(?!(?:de|du|des|et|ou|en|chargée?)\b)[a-zà-ÿ]+\s"
    r"(?:(?:la|le|les|un|une|que|si|sur|à|au|aux|avec|ensuite|donc|aussi|enfin|bien|pas)\s|l['’]|qu['’]))"
)
_HEAD_OF = re.compile(r"(?:(?:Phó )?Trưởng|Phó) (?:[Bb]an|[Pp]hòng|[Đđ]oàn|[Kk]hoa|[Tt]rạm|[Tt]ổ)\s")  # before a name
_LEAST_FULL = 2  # words of a full name
_LEAST_CLOSING = 3  # words of a name behind a body
_CLOCK = re.compile(
    r"^\s*\[?\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?\s*(?:[AaPp][Mm])?(?:,?\s*\d{1,2}/\d{1,2}(?:/\d{2,4})?)?\]?\s*[-–]?\s*"
)
_NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}(?:\.\d{1,3})*[.)/]|\d{1,2}\.\d{1,2}\s|[-–+•*▪]|[a-zđ]\)|[IVX]+[.)])\s*")
_LETTER = re.compile(r"^[A-ZĐ][.)]\s+")  # of a heading; Vietnamese names have no initials
_CLOSING_NAME = re.compile(r"(?<=[a-zà-ỹđ]\s)[A-ZĐÀ-Ỹ][a-zà-ỹđ'’]*(?:\s[A-ZĐÀ-Ỹ][a-zà-ỹđ'’]*){1,4}$")
_ARTICLE = re.compile(r"^(?:the|le|la|l['’])\s*", re.I)
_BRACKETED_NAME = re.compile(r"\s*\((?P<name>[^()\d]{5,50})\)")
_CUT = re.compile(r"\s+[-–—]\s+|,\s*|\s*[()]\s*|;\s+|\s+/\s+")


def parse(head: str, code: str, place: str = "") -> Author:
    """The author that ``head`` ("Ông A - Giám đốc Sở B") introduces; ``place`` is the bridge it stands under.

    Unknown parts are "". Honorifics and ranks are left out.
    """
    text = _by_full_name(without_lead(head, code), code)
    name = title = organization = ""
    parts = [_without_article(p, code) for p in _parts(text, code)]
    called = next((n for n, p in enumerate(parts) if _is_called(p, code)), 0)
    for number, part in enumerate(parts):
        found_name, rest = _person(part, code) if number >= called else ("", part)
        if found_name and not name:
            name, part = found_name, rest
        bridge = "" if lexicon.starts(code, "person.title", part) else _bridge(part, code)
        if bridge:
            place = bridge
            continue
        part_title, part_body = offices.post(part, code)
        if (
            not (part_title or part_body)
            and part
            and offices.is_outsider(part, code, behind=bool(name), ahead=number < called)
        ):
            part_body = part
        elif name and not (part_title or part_body) and offices.ends_with_title(part, code):
            part_title = part  # "Senior Roads Specialist"
        title = title or part_title
        if not organization or (part_body and offices.is_division(organization)):
            organization = part_body
    return Author(name, title, offices.body_at(organization, place, code))


def _by_full_name(text: str, code: str) -> str:
    """ "Bác Tư Hớn (Lê Văn Hớn), …": who is called by a part of the name, by the full name in the brackets behind."""
    lead = persons.honorific(text, code)
    called = persons.name_at(text[lead:], code)
    behind = _BRACKETED_NAME.match(text, lead + len(called)) if called else None
    words = behind["name"].split() if behind else []
    full = " ".join(dropwhile(str.islower, words))  # "(tên thật Nguyễn Văn Rô)"
    if behind is None or len(full.split()) < max(_LEAST_FULL, len(called.split())):
        return text
    parts = set(strip_marks(full).split())
    alike = any(p in parts or any(len(p) > 2 and q.startswith(p) for q in parts) for p in strip_marks(called).split())
    if not alike or persons.name_at(full, code) != full:
        return text
    return f"{text[:lead]}{full}{text[behind.end() :]}"


def _is_called(part: str, code: str) -> bool:
    """Whether a part names somebody with an honorific ("Mr Pang", "vice chair Mr Pang") that is no office besides
    ("trưởng bản Nà Pa" heads a village).
    """
    start = persons.person_at(part, code)
    office = start >= 0 and (
        lexicon.starts(code, "person.title", part[start:]) or lexicon.find(code, "person.hamlet", part[start:])
    )
    return start >= 0 and not office and _person(part, code)[0] != ""


def _without_article(part: str, code: str) -> str:
    """ "The Vice Chairman of …" opens with a title; "The Hague" does not. An office keeps no honorific ("Đồng chí Phó
    Giám đốc Sở A"), either.
    """
    lead = persons.honorific(part, code)
    office = lexicon.starts(code, "person.title", part[lead:]) if lead else None
    heads = office is not None and (" " in office.words or _heads_body(part[lead:], office))
    if heads and not _headed(part, lead, code)[0]:
        return part[lead:]
    plain = _ARTICLE.sub("", part)
    return plain if lexicon.starts(code, "person.title", plain) else part


def without_lead(head: str, code: str) -> str:
    """``head`` without its number and without "Ý kiến của", "on behalf of"."""
    text = _NUMBER.sub("", _CLOCK.sub("", head)).strip(" :")
    text = _LETTER.sub("", text) if code == "vi" else text
    point = lexicon.filled(r"(?:{telling.according}|{person.for_whom})\s+").match(text)
    if point and persons.honorific(text[point.end() :], code):
        text = text[point.end() :]
    while cue := lexicon.starts(code, "person.representative", text):
        text = text[cue.end :].strip(" :,-")
    return _behind_order(text, code)


def _behind_order(text: str, code: str) -> str:
    """ "Tiếp đó ông A", "Next Ms Ann Field": the speaker behind a word of order."""
    cue = lexicon.starts(code, "person.order", text)
    rest = text[cue.end :].lstrip(" ,:") if cue else ""
    return rest if persons.honorific(rest, code) else text


def completed(author: Author, known: Author) -> Author:
    """``author`` with what is ``known`` of the same person: the longer name, and the title and body it lacks."""
    name = known.name if len(known.name) > len(author.name) else author.name
    return Author(name, author.title or known.title, author.organization or known.organization)


def _parts(text: str, code: str) -> list[str]:
    """Cut at dashes, commas and brackets, but not inside the name of a body ("Ban Văn hóa - Xã hội HĐND tỉnh")."""
    parts: list[str] = []
    start = 0
    for cut in _CUT.finditer(text):
        following = text[cut.end() :]
        dash_or_comma = cut[0].strip() in ("-", "–", "—", ",")
        told = (code != "vi" and _CLAUSE.match(following)) or _tells(following, code)
        before = text[start : cut.start()]
        compound = cut[0].strip() in ("-", "–", "—") and lexicon.starts(code, "person.title", before.lstrip())
        inside = bool(parts) and (offices.in_body(before, code) or compound)
        if dash_or_comma and inside and not told and not _begins(following, code):
            continue
        parts.append(text[start : cut.start()])
        start = cut.end()
    parts.append(text[start:])
    return [p.strip() for p in parts if p.strip()]


def _tells(following: str, code: str) -> bool:
    """Whether words behind a comma are no part of a name: what somebody says or does."""
    if code == "en":
        return _TELLS.match(following) is not None
    if code == "fr":
        return _TELLS_FR.match(following) is not None
    return following[:1].islower() and lexicon.starts(code, "person.telling", following) is not None


def _begins(text: str, code: str) -> bool:
    if text.lower().startswith("xã hội"):
        return False
    lists = ("person.title", "person.honorific", "person.body", "person.place")
    return any(lexicon.starts(code, name, text) for name in lists)


def _person(part: str, code: str) -> tuple[str, str]:
    """The name in a part and what follows it. A name without honorific has two words or more and is no body."""
    lead = persons.honorific(part, code)
    name = persons.name_at(part[lead:], code)
    office = lexicon.starts(code, "person.title", part[lead:])
    if lead and office and " " in office.words:
        name = ""  # "Ông Tổ trưởng": an office, no name
    headed = _headed(part, lead, code)
    if headed[0]:
        return headed
    if not lead and office and (rest := part[office.end :].lstrip(" .")) and persons.honorific(rest, code):
        called = persons.name_at(rest[persons.honorific(rest, code) :], code)  # "vice chair Mr Pang"
        if called:
            return called, part[: office.end]
    if not (lead and name) and (closing := _closing_name(part, code)):
        return closing, part[: -len(closing)].strip()
    if not name:
        return "", part
    if not lead:
        words = name.split()
        body = _begins(part, code) or organizations.is_known(part) or (code != "vi" and offices.in_body(part, code))
        not_person = len(words) < 2 or name.isupper() or body
        if not_person or len(name) < len(part.rstrip(" .")):
            return "", part
    return name, part[lead + len(name) :].strip(" .,")


def _heads_body(text: str, office: lexicon.Cue) -> bool:
    """ "Trưởng Ban Dân tộc": no name, as "Trưởng" is no surname."""
    return office.words == "Trưởng" and lexicon.starts("vi", "person.body", text[office.end :].lstrip()) is not None


def _headed(part: str, lead: int, code: str) -> tuple[str, str]:
    """Name and office of "đồng chí Trưởng Ban Lò Thị Hà", whose office a body's name does not follow."""
    match = _HEAD_OF.match(part, lead) if lead and code == "vi" else None
    called = persons.name_at(part[match.end() :], code) if match else ""
    return (called, match[0].strip()) if match and " " in called else ("", "")


def _closing_name(part: str, code: str) -> str:
    """The name at the end of "Chủ tịch Hội Nông dân Trần Văn Bảy"; the name of a place is none."""
    match = _CLOSING_NAME.search(part)
    if match is None or lexicon.find(code, "person.place", part[: match.start()].split()[-1]):
        return ""
    titled = lexicon.starts(code, "person.title", part) or lexicon.starts(code, "person.calling", part)
    if len(match[0].split()) < _LEAST_CLOSING and offices.in_body(part[: match.start()], code):
        return ""  # "Giám đốc HTX chè Tân Lập": the name of the body
    place_word = lexicon.filled("{person.named_after}").fullmatch(part[: match.start()].split()[-1])
    if not match[0][0].isupper():
        return ""
    return match[0].strip() if titled and not place_word and not organizations.is_known(part) else ""


def _bridge(part: str, code: str) -> str:
    """The place behind "Điểm cầu", or a bare commune ("xã Thu Lũm")."""
    cue = lexicon.starts(code, "person.bridge", part)
    rest = part[cue.end :].strip(" :") if cue else part
    found = organizations.commune(rest, code)
    return found or (rest if cue and rest else "")
