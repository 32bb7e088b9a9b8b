"""Who speaks: name, title and organisation out of the words that introduce a speaker."""

from __future__ import annotations

import re

from feedback_synth import languages
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import lexicon, organizations

_WORD_START = re.compile(r"(?<!\w)\w")
_RUNS = re.compile(  # "who runs the station", "qui dirige la station", "người trông coi trạm"
    r"^(?:who (?:runs|heads|leads|manages|keeps|works (?:at|for|in))"
    r"|qui (?:dirige|gère|tient|préside|travaille (?:à|au|chez|pour))"
    r"|người (?:trông coi|quản lý|phụ trách|trông))\s+(?:(?:the|le|la)\s+|l['’])?",
    re.IGNORECASE,
)
_POINT_OF_VIEW = re.compile(r"(?:for|according to|pour|selon|d'après|đối với|với|theo)\s+", re.IGNORECASE)
_CALLED = {  # "a durian grower of Ngai Xuan commune", "cultivatrice à Ban Lien", "người trồng cà phê ở bản Nà Vạc"
    "vi": re.compile(r"(?P<calling>(?:người|hộ|chủ)\s[^,()]*?)\s(?:ở|tại|thuộc)\s(?P<home>[^,()]*)$"),
    "en": re.compile(r"(?:an?\s)?(?P<calling>[a-z][^,()]*?)\s(?:of|from|in|at)\s(?:the\s)?(?P<home>[A-Z][^,()]*)$"),
    "fr": re.compile(
        r"(?:une?\s)?(?P<calling>[a-zà-ÿ][^,()]*?)\s(?:de|du|à|dans|d['’])\s?(?:la\s|l['’])?(?P<home>[A-ZĐ][^,()]*)$"
    ),
}
_CLAUSE = re.compile(r"(?:the|an?|his|her|their|who|l[ea]s?|une?|son|sa|qui)\s", re.IGNORECASE)  # no part of a name
_TELLS = re.compile(r"(?!(?:and|of|or|for|the|in|to)\b)[a-z]")  # ", did not share this view" is in no English name
_TELLS_FR = re.compile(  # ", se limite à trois points", ", salue la clarté", ", revient sur"
    r"(?:(?:se|ne|lui|leur|y|en)\s|[sn]['’]|(?!(?:de|du|des|et|ou|en|chargée?)\b)[a-zà-ÿ]+\s"
    r"(?:(?:la|le|les|un|une|que|si|sur|à|au|aux|avec|ensuite|donc|aussi|enfin|bien|pas)\s|l['’]|qu['’]))"
)
_DIVISION_OF = re.compile(
    r"(?P<part>(?:[Pp]hòng|[Bb]an|[Bb]ộ phận)\s[^,]*?)\s(?P<whole>(?:Sở|UBND|Ủy ban nhân dân)\s[A-ZĐ].*)$"
)
_HEAD_OF = re.compile(r"(?:(?:Phó )?Trưởng|Phó) (?:[Bb]an|[Pp]hòng|[Đđ]oàn|[Kk]hoa|[Tt]rạm|[Tt]ổ)\s")  # before a name
_LEAST_CLOSING = 3  # words of a name behind a body
_HAMLET_WORDS = 2  # of the name of a hamlet behind "trưởng ấp"
_CLOCK = re.compile(
    r"^\s*\[?\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?\s*(?:[AaPp][Mm])?(?:,?\s*\d{1,2}/\d{1,2}(?:/\d{2,4})?)?\]?\s*[-–]?\s*"
)
_NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}(?:\.\d{1,3})*[.)/]|\d{1,2}\.\d{1,2}\s|[-–+•*▪]|[a-zđ]\)|[IVX]+[.)])\s*")
_LETTER = re.compile(r"^[A-ZĐ][.)]\s+")  # of a heading; Vietnamese names have no initials
_CLOSING_NAME = re.compile(r"(?<=[a-zà-ỹđ]\s)[A-ZĐÀ-Ỹ][a-zà-ỹđ'’]*(?:\s[A-ZĐÀ-Ỹ][a-zà-ỹđ'’]*){1,4}$")
_ARTICLE = re.compile(r"^(?:the|le|la|l['’])\s*", re.I)
_SURNAME = "Ông"  # also an honorific
_ADDRESS = re.compile(r"(?:số(?: nhà)?|no\.?|n°|ngõ|ngách)\s*\d", re.I)
_OUTSIDER = re.compile(r"^[A-ZĐ]{2,8}(?:\s[A-ZĐÀ-Ỹ][\w.]*){0,4}$")  # "GIZ", "WHO Viet Nam" behind a name
_NAMED_AFTER = frozenset("trường tỉnh huyện đoàn hội công viện hãng of de du la the".split())
_OFFICE_WORDS = 4
_LONGEST_OUTSIDER = 7  # words of the name of a body
_CUT = re.compile(r"\s+[-–—]\s+|,\s*|\s*[()]\s*|;\s+|\s+/\s+")
_TOKEN = re.compile(r"[^\W\d_][\w'’.-]*")
_SOCIETY = re.compile(r"\bxã hội\b", re.IGNORECASE)  # no commune, no association
_EMPLOYED = re.compile(  # "engineer at Green Rivers", "directeur de la Poste de Bréval"
    r"^(?:(?:chez|auprès de|at|with|for|pour|à|du|des|de la)\s+|de l['’])(?=[A-ZĐÀ-Ý])"
)
_PLACED = re.compile(r"(?<!\w)(?:xã|phường|thị trấn|đặc khu)\s[A-ZĐÀ-Ỹ]")
_OF = re.compile(
    r"^(?:of the|of|in the|at the|for the|at|for|in|de la|de l['’]|du|des|de|d['’]|à la|au|,|tại|thuộc|của)"
    r"(?:\s+|(?<=['’]))",
    re.I,
)
_COMPLETE = re.compile(
    r"^(?:(?:UBND|Ủy ban nhân dân|HĐND|Đảng ủy)\s+)?(?:xã|phường|đặc khu)$|^$"
    r"|^(?:the\s+)?(?:commune|ward|(?:commune |ward )?people's committee)$",
    re.I,
)


def parse(head: str, code: str, place: str = "") -> Author:
    """The author that ``head`` ("Ông A - Giám đốc Sở B") introduces; ``place`` is the bridge it stands under.

    Unknown parts are "". Honorifics and ranks are left out.
    """
    text = without_lead(head, code)
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
        part_title, part_body = _post(part, code)
        if (
            not (part_title or part_body)
            and part
            and _is_outsider(part, code, behind=bool(name), ahead=number < called)
        ):
            part_body = part
        elif name and not (part_title or part_body) and _ends_with_title(part, code):
            part_title = part  # "Senior Roads Specialist"
        title = title or part_title
        if not organization or (part_body and is_division(organization)):
            organization = part_body
    return Author(name, title, _organization(organization, place, code))


def _ends_with_title(part: str, code: str) -> bool:
    return code != "vi" and any(c.end == len(part) for c in lexicon.find_all(code, "person.title", part))


def is_office(part: str) -> bool:
    """Whether a few English words end in a title ("Office Manager"); "Office of the Inspector" is a body."""
    words = part.split()
    plain = len(words) <= _OFFICE_WORDS and not {"of", "the", "for", "&"} & set(words)
    return plain and _ends_with_title(part, "en")


def _is_called(part: str, code: str) -> bool:
    """Whether a part names somebody with an honorific that is no office besides ("trưởng bản Nà Pa")."""
    start = person_at(part, code)
    office = start >= 0 and (
        lexicon.starts(code, "person.title", part[start:]) or lexicon.find(code, "person.hamlet", part[start:])
    )
    return start >= 0 and not office and _person(part, code)[0] != ""


def _is_outsider(part: str, code: str, *, behind: bool, ahead: bool) -> bool:
    """Whether words that no list knows name a body beside a person: "GIZ", "Aquavert-Sud", "Nam Can, Mr Pang"."""
    if behind and _OUTSIDER.match(part):
        return True
    if not part[0].isupper() or len(part.split()) > _LONGEST_OUTSIDER or any(c.isdigit() for c in part):
        return False
    if ahead:
        return _is_proper(part, code)
    small = part.split()[0].lower() in languages.get(code).stop_words  # "In his view"
    titled = lexicon.find(code, "person.title", part) or lexicon.starts(code, "person.not_names", part)
    return behind and code != "vi" and not (titled or small)


def _is_proper(text: str, code: str) -> bool:
    """Whether all words have capitals, small ones inside aside."""
    small = languages.get(code).stop_words
    words = text.split()
    inner = all(w[0].isupper() or w.lower() in small or not w[0].isalpha() for w in words)
    return inner and words[0][0].isupper() and words[0].lower() not in small


def _without_article(part: str, code: str) -> str:
    """ "The Vice Chairman of …" opens with a title; an office keeps no honorific ("Đồng chí Phó Giám đốc Sở A")."""
    lead = honorific(part, code)
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
    point = _POINT_OF_VIEW.match(text)
    if point and honorific(text[point.end() :], code):
        text = text[point.end() :]
    while cue := lexicon.starts(code, "person.representative", text):
        text = text[cue.end :].strip(" :,-")
    return _behind_order(text, code)


def _behind_order(text: str, code: str) -> str:
    """ "Tiếp đó ông A", "Next Ms Ann Field": the speaker behind a word of order."""
    cue = lexicon.starts(code, "person.order", text)
    rest = text[cue.end :].lstrip(" ,:") if cue else ""
    return rest if honorific(rest, code) else text


def honorific(text: str, code: str) -> int:
    """How many characters of honorifics and ranks ``text`` begins with."""
    end = 0
    while cue := lexicon.starts(code, "person.honorific", text[end:]):
        initial = len(cue.words) == 1 and (end or cue.words.isupper())
        if end and cue.words == _SURNAME:  # "Bà Ông Thị Hoa"
            break
        following = text[end + cue.end :]
        if initial:  # "Ông A Sỹ": a name, not the short "a" of a chat
            break
        if not following[:1].isspace():
            break
        end += cue.end + len(following) - len(following.lstrip())
    return end


def person_at(text: str, code: str) -> int:
    """Where the first person with an honorific stands in ``text``, -1 for none."""
    return next((m.start() for m in _WORD_START.finditer(text) if honorific(text[m.start() :], code)), -1)


def completed(author: Author, known: Author) -> Author:
    """``author`` with what is ``known`` of the same person: the longer name, and the title and body it lacks."""
    name = known.name if len(known.name) > len(author.name) else author.name
    return Author(name, author.title or known.title, author.organization or known.organization)


def name_at(text: str, code: str) -> str:
    """The run of capitalised words at the start of ``text``, up to six, that no title or body interrupts."""
    end = 0
    for count, token in enumerate(_TOKEN.finditer(text)):
        if count == 6 or not token[0][0].isupper() or token.start() > end + 1:
            break
        acronym = len(token[0]) > 1 and token[0].isupper() and not text[:end].isupper()
        if count and (acronym or _stops(text[token.start() :], code)):
            break
        end = token.end()
        if token[0].endswith(".") and len(token[0]) > 2:  # "P. Nguyen" goes on, "Hải." ends
            break
    return text[:end].rstrip(".")


def _stops(text: str, code: str) -> bool:
    title = lexicon.starts(code, "person.title", text)
    body = lexicon.starts(code, "person.body", text)
    strong = bool(body and (" " in body.words or body.words.isupper() or body.words.lower() == "sở"))
    return bool(title and " " in title.words) or strong


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
        inside = bool(parts) and (_in_body(before, code) or compound)
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


def _in_body(text: str, code: str) -> bool:
    return lexicon.find(code, "person.body", _without_society(text)) is not None


def _without_society(text: str) -> str:
    """The same length without "xã hội", which holds the words for a commune and for an association."""
    return _SOCIETY.sub("-- ---", text)


def _person(part: str, code: str) -> tuple[str, str]:
    """The name in a part and what follows it. A name without honorific has two words or more and is no body."""
    lead = honorific(part, code)
    name = name_at(part[lead:], code)
    office = lexicon.starts(code, "person.title", part[lead:])
    if lead and office and " " in office.words:
        name = ""  # "Ông Tổ trưởng": an office, no name
    headed = _headed(part, lead, code)
    if headed[0]:
        return headed
    if not lead and office and (rest := part[office.end :].lstrip(" .")) and honorific(rest, code):
        called = name_at(rest[honorific(rest, code) :], code)  # "vice chair Mr Pang"
        if called:
            return called, part[: office.end]
    if not (lead and name) and (closing := _closing_name(part, code)):
        return closing, part[: -len(closing)].strip()
    if not name:
        return "", part
    if not lead:
        words = name.split()
        body = _begins(part, code) or organizations.is_known(part) or (code != "vi" and _in_body(part, code))
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
    called = name_at(part[match.end() :], code) if match else ""
    return (called, match[0].strip()) if match and " " in called else ("", "")


def _closing_name(part: str, code: str) -> str:
    """The name at the end of "Chủ tịch Hội Nông dân Trần Văn Bảy"; the name of a place is none."""
    match = _CLOSING_NAME.search(part)
    if match is None or lexicon.find(code, "person.place", part[: match.start()].split()[-1]):
        return ""
    titled = lexicon.starts(code, "person.title", part) or lexicon.starts(code, "person.calling", part)
    if len(match[0].split()) < _LEAST_CLOSING and _in_body(part[: match.start()], code):
        return ""  # "Giám đốc HTX chè Tân Lập": the name of the body
    place_word = part[: match.start()].split()[-1].lower() in _NAMED_AFTER
    if not match[0][0].isupper():
        return ""
    return match[0].strip() if titled and not place_word and not organizations.is_known(part) else ""


def _bridge(part: str, code: str) -> str:
    """The place behind "Điểm cầu", or a bare commune ("xã Thu Lũm")."""
    cue = lexicon.starts(code, "person.bridge", part)
    rest = part[cue.end :].strip(" :") if cue else part
    found = organizations.commune(rest, code)
    return found or (rest if cue and rest else "")


def _post(part: str, code: str) -> tuple[str, str]:
    """Title and body: "Phó Giám đốc Sở Tài chính" -> ("Phó Giám đốc", "Sở Tài chính")."""
    if not part or _ADDRESS.match(part):
        return "", ""
    if spoken_for := lexicon.starts(code, "person.speaking_for", part):  # "speaking for the Department of Finance"
        part = _OF.sub("", part[spoken_for.end :].strip())
    cue = lexicon.starts(code, "person.title", part)
    if not cue:
        if code == "en" and is_office(part):
            return part, ""
        called = _CALLED[code].match(part) if code in _CALLED else None
        if called and not _in_body(called["calling"], code):
            return called["calling"], organizations.commune(called["home"], code) or called["home"]
        place = lexicon.find(code, "person.place", _without_society(part))
        is_body = organizations.is_known(part) or _in_body(part, code) or place is not None
        return "", _OF.sub("", _RUNS.sub("", part)) if is_body else ""
    title, rest = part[: cue.end], _OF.sub("", part[cue.end :].strip()).strip()
    if employer := _EMPLOYED.match(part[cue.end :].strip()):
        return title, part[cue.end :].strip()[employer.end() :]
    if hamlet := _hamlet(title, rest, code) or _home(rest, code):
        return title, hamlet
    body = lexicon.find(code, "person.body", _without_society(rest))
    single = rest and " " not in rest and code == "vi" and not rest.isupper()
    division = _DIVISION_OF.match(rest) if code == "vi" else None
    if division:  # "Trưởng phòng Hành chính sự nghiệp Sở Tài chính"
        return f"{title} {division['part']}", division["whole"]
    home = _PLACED.search(_without_society(rest)) if code == "vi" and body is None else None
    if home and home.start():  # "công chức Văn hóa - Xã hội xã Nậm Cắn"
        return f"{title} {rest[: home.start()]}".strip(), rest[home.start() :]
    placed = code != "vi" and organizations.commune(rest, code)
    if single or (body is None and not organizations.is_known(rest) and not placed):
        return part, ""
    if body and body.start and code == "vi":
        return f"{title} {rest[: body.start]}".strip(), rest[body.start :]
    return title, rest


def _hamlet(title: str, rest: str, code: str) -> str:
    """ "trưởng ấp Rạch Lá" heads "ấp Rạch Lá"; "head of Rach La hamlet" heads that hamlet. Longer names are persons."""
    if code == "vi":
        kind = next((c for c in lexicon.find_all(code, "person.hamlet", title) if c.end == len(title)), None)
        named = name_at(rest, code) == rest and len(rest.split()) == _HAMLET_WORDS and title[:1].islower()
        return f"{kind.words.lower()} {rest}" if kind and named else ""
    cue = lexicon.find(code, "person.hamlet", rest)
    behind = rest[cue.end :].strip() if cue and code == "fr" and not cue.start else ""  # "chef du village de Plei Lao"
    return rest if cue and (behind[:1].isupper() or (rest[:1].isupper() and cue.end == len(rest))) else ""


def _home(rest: str, code: str) -> str:
    """ "lương y bản Nà Lốc": the hamlet of somebody whose calling is named."""
    at_home = code == "vi" and lexicon.starts(code, "person.hamlet", rest) and " " in rest and rest[-1].isalnum()
    return rest if at_home else ""


def is_division(organization: str) -> bool:
    """A part of a body, or a kind of bodies ("khối doanh nghiệp"), beside which another is named."""
    part = re.match(r"(?:phòng|khoa|bộ môn|division|service|unit|faculty|faculté)\b", organization, re.I) is not None
    return part or any(
        lexicon.starts(code, "person.kind_of_body", organization)
        and not any(w[0].isupper() for w in organization.split()[1:])
        for code in ("vi", "en", "fr")
    )


def _organization(text: str, place: str, code: str) -> str:
    if _COMPLETE.match(text.strip()):
        return organizations.canonical(place, code) if place else text
    if place and code == "vi" and re.search(r"\b(?:xã|phường)$", text):
        name = re.sub(r"^.*?(?:xã|phường)\s+", "", place)
        return f"{text} {name}"
    return organizations.canonical(text, code)
