"""Title and body in the words beside a name: "Phó Giám đốc Sở Tài chính", "engineer at Green Rivers"."""

from __future__ import annotations

import re

from feedback_synth import languages
from feedback_synth.opinions import lexicon, organizations
from feedback_synth.opinions.persons import name_at

_RUNS = r"^{person.running}\s+(?:(?:the|le|la)\s+|l['’])?"  # "who runs the station", "người trông coi trạm"
_CALLED = {  # "a durian grower of Ngai Xuan commune", "cultivatrice à Ban Lien", "người trồng cà phê ở bản Nà Vạc"
    "vi": re.compile(r"(?P<calling>(?:người|hộ|chủ)\s[^,()]*?)\s(?:ở|tại|thuộc)\s(?P<home>[^,()]*)$"),
    "en": re.compile(r"(?:an?\s)?(?P<calling>[a-z][^,()]*?)\s(?:of|from|in|at)\s(?:the\s)?(?P<home>[A-Z][^,()]*)$"),
    "fr": re.compile(
        r"(?:une?\s)?(?P<calling>[a-zà-ÿ][^,()]*?)\s(?:de|du|à|dans|d['’])\s?(?:la\s|l['’])?(?P<home>[A-ZĐ][^,()]*)$"
    ),
}
_DIVISION_OF = re.compile(
    r"(?P<part>(?:[Pp]hòng|[Bb]an|[Bb]ộ phận)\s[^,]*?)\s(?P<whole>(?:Sở|UBND|Ủy ban nhân dân)\s[A-ZĐ].*)$"
)
_HAMLET_WORDS = 2  # of the name of a hamlet behind "trưởng ấp"
_ADDRESS = re.compile(r"(?:số(?: nhà)?|no\.?|n°|ngõ|ngách)\s*\d", re.I)
_COUNTED = re.compile(r"\d+\s[^\W\d_A-ZĐ][^\W\d_]*(?:\s[^\W\d_A-ZĐ][^\W\d_]*)?$")  # "2 phòng", "3 rooms": how big it is
_OUTSIDER = re.compile(r"^[A-ZĐ]{2,8}(?:\s[A-ZĐÀ-Ỹ][\w.]*){0,4}$")  # "GIZ", "WHO Viet Nam" behind a name
_OFFICE_WORDS = 4  # "Senior Water Programme Adviser"
_LONGEST_OUTSIDER = 7  # words of the name of a body
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


def ends_with_title(part: str, code: str) -> bool:
    """ "Senior Roads Specialist": in English and French what somebody is may close the words."""
    return code != "vi" and any(c.end == len(part) for c in lexicon.find_all(code, "person.title", part))


def is_office(part: str) -> bool:
    """Whether a few English words that end in a title are one office, a word for a body in it or not ("Programme
    Adviser", "Office Manager"); "Office of the Inspector" is a body.
    """
    words = part.split()
    plain = len(words) <= _OFFICE_WORDS and not {"of", "the", "for", "&"} & set(words)
    return plain and ends_with_title(part, "en")


def is_outsider(part: str, code: str, *, behind: bool, ahead: bool) -> bool:
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


def in_body(text: str, code: str) -> bool:
    """Whether the words of a body stand in ``text``."""
    return lexicon.find(code, "person.body", _without_society(text)) is not None


def _without_society(text: str) -> str:
    """The same length without "xã hội", which holds the words for a commune and for an association."""
    return _SOCIETY.sub("-- ---", text)


def post(part: str, code: str) -> tuple[str, str]:
    """Title and body: "Phó Giám đốc Sở Tài chính" -> ("Phó Giám đốc", "Sở Tài chính")."""
    if not part or _ADDRESS.match(part) or _COUNTED.match(part):
        return "", ""
    if spoken_for := lexicon.starts(code, "person.speaking_for", part):  # "speaking for the Department of Finance"
        part = _OF.sub("", part[spoken_for.end :].strip())
    cue = lexicon.starts(code, "person.title", part)
    if not cue:
        if code == "en" and is_office(part):
            return part, ""
        called = _CALLED[code].match(part) if code in _CALLED else None
        if called and not in_body(called["calling"], code):
            return called["calling"], organizations.commune(called["home"], code) or called["home"]
        place = lexicon.find(code, "person.place", _without_society(part))
        is_body = organizations.is_known(part) or in_body(part, code) or place is not None
        return "", _OF.sub("", lexicon.filled(_RUNS).sub("", part)) if is_body else ""
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
        kinds = lexicon.find_all(code, "person.hamlet", title)  # "trưởng thôn", "thôn trưởng"
        kind = next((c for c in kinds if c.end == len(title) or (not c.start and " " in title)), None)
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
    """A part of a body, or a kind of bodies ("khối doanh nghiệp", "the business community"), beside which another is
    named.
    """
    part = lexicon.filled("{person.division}").match(organization) is not None
    return part or any(
        lexicon.starts(code, "person.kind_of_body", organization)
        and not any(w[0].isupper() for w in organization.split()[1:])
        for code in ("vi", "en", "fr")
    )


def body_at(text: str, place: str, code: str) -> str:
    """The body under its own name; "Chủ tịch UBND xã" at a ``place`` is of that commune, "" there the commune."""
    if _COMPLETE.match(text.strip()):
        return organizations.canonical(place, code) if place else text
    if place and code == "vi" and re.search(r"\b(?:xã|phường)$", text):
        name = re.sub(r"^.*?(?:xã|phường)\s+", "", place)
        return f"{text} {name}"
    return organizations.canonical(text, code)
