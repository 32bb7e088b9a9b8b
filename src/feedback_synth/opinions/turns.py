"""Speaker lines: where a turn begins, and who takes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from feedback_synth import languages
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import authors, kinds, lexicon, narrated, organizations, persons

_COLON = re.compile(r"\s?:(?=\s|$|[“\"«])")
_MARK = re.compile(rf"{_COLON.pattern}|(?:(?<!\s)\s+)?(?:(?<![-=])[-=]+>|→)\s")  # notes put an arrow, too
_CLOSE = re.compile(r"[.!?;]\s")
_CONSENT = ("agreement.basic", "agreement.full")
_AUXILIARY = r"\s+{telling.auxiliary}\s*$"
_AGAIN = r",?\s+{telling.again}\s*$"
_UNSAID = r"{telling.never}\s(?:\w+\s)?$"  # "had never said"
_ASIDE = re.compile(r"\([^()]*\)\s*")  # "(the line was broken)"
_BEHIND_BODY = re.compile(r"(?P<body>[^()/:]{2,50}?)\s*(?:\((?P<a>[^()]{2,30})\)|/\s*(?P<b>[^()/]{2,30}))")
_DENIES = re.compile(  # "Control cannot lie with the Department alone, judge and party": a clause names no speaker
    r"(?:(?!\b(?:who|which|that|qui|que|dont)\b|\b(?:vốn|mà)\s)[^,])*?"
    r"(?:\b(?:cannot|can ?not|is not|are not|was not|does not|do not|should|must|will)\b|\sne\s|\sn['’]"
    r"|\b(?:không thể|không nên|chưa thể|không được|không phải)\s)",
    re.IGNORECASE,
)
_LONGEST_HEAD = 220
_LONGEST_ALONE = 170
_LONGEST_NAME = 6  # words
_LONGEST_NICKNAME = 8
_LONGEST_MANNER = 6  # words behind a verb of speech that tell how or for whom
_LEAST_SAID = 5  # words
_FIRST_PERSON = 12  # characters of "I have also"
_LONGEST_TOPIC = 12  # words


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker and the place in the text where the speech begins (the end of the text for a line of its own)."""

    author: Author
    start: int
    asks: str = ""  # the verb of asking that led to the speech ("asked", "proposed that")


def turn(text: str, code: str, place: str = "", *, chat: bool = False) -> Turn | None:
    """The speaker line with which ``text`` begins, if it begins with one. In a ``chat`` a given name is enough."""
    introduced = _introduced(text, code, place) or _in_own_name(text, code)
    if introduced:
        return introduced
    opened = _with_colon(text, code, place, chat=chat)
    if opened and (told := _narrated(text, code, place)) and _says_much(text[told.start : opened.start], code):
        return told
    if opened is None and (viewed := narrated.according(text, code)):
        return Turn(viewed.author, viewed.start)
    return opened or _alone(text, code, place) or _narrated(text, code, place) or _sentence_of_a_name(text, code, place)


def _says_much(between: str, code: str) -> bool:
    """ "Mr A finds 72 hours far too long: 24 will do": what stands before the colon is said already."""
    plain = between.rstrip(" :")
    return len(plain.split()) >= _LEAST_SAID and kinds.judge(plain, code).kind in ("critique", "difficulty", "question")


def bridge(text: str, code: str) -> str:
    """The place of a line that only names a bridge ("8. Điểm cầu xã Thu Lũm:"), or ""."""
    head = authors.without_lead(text, code).strip(" :.")
    if len(head) > 80 or ":" in head or not lexicon.starts(code, "person.bridge", head):
        return ""
    author = authors.parse(head, code)
    return head if author.organization and not author.name else ""


def _with_colon(text: str, code: str, place: str, *, chat: bool) -> Turn | None:
    colon = next((m for m in _MARK.finditer(text) if not _inside(text, m.start())), None)
    if colon is None or colon.start() > _LONGEST_HEAD or _CLOSE.search(_plain(text[: colon.start()])):
        return None
    head = text[: colon.start()]
    author = _author(head, code, place)
    if chat and (author is None or not author.name):
        plain = authors.without_lead(head, code)
        other = None if _begins_body(plain, code) else _nickname(head, code)
        author = _behind_body(plain, code) or other or author
    if author is None and _is_unnamed(head, code):
        author = Author()
    if author is None or not (author.name or ":" in colon[0]):
        return None
    start = colon.end() + _blank(text, colon.end())
    return (None if author.name else _from_there(text, start, code, head)) or Turn(author, start)


def _is_unnamed(head: str, code: str) -> bool:
    """ "Đại biểu (không rõ tên)", "Unidentified speaker": somebody whom a recording does not name."""
    return len(head.split()) <= _LONGEST_NICKNAME and lexicon.find(code, "person.unnamed", head) is not None


def _from_there(text: str, start: int, code: str, place: str) -> Turn | None:
    """ "Bridge of Na Khoa commune: Mr A - Vice Chairman: …": the person whom the words behind a place name."""
    aside = _ASIDE.match(text, start)
    first = aside.end() if aside else start
    if not persons.honorific(text[first:], code):
        return None
    named = authors.parse(place, code).organization
    found = turn(text[first:], code, named)
    return replace(found, start=first + found.start) if found and found.author.name else None


def _alone(text: str, code: str, place: str) -> Turn | None:
    """A whole line that is nothing but a speaker with title or body."""
    if len(text) > _LONGEST_ALONE or _CLOSE.search(_plain(text)) or text.rstrip().endswith((".", ";", "?")):
        return None
    head = authors.without_lead(text, code)
    if not persons.honorific(head, code):
        return None
    author = _author(text, code, place)
    listed = text[: len(text) - len(head)].strip() != ""  # "* Bà Y Hoa" over the points she makes
    complete = author and author.name and (author.title or author.organization or listed)
    return Turn(author, len(text)) if author and complete and not _speaks(text, code) else None


def _sentence_of_a_name(text: str, code: str, place: str) -> Turn | None:
    """ "Dr. A, Centre for B. Cases fell …": a first sentence that is a person with a body and nothing else."""
    first = next(iter(sentences(text, code)), (0, 0))[1]
    if not 0 < first < len(text) or not text[:first].rstrip().endswith("."):
        return None
    told = narrated.verb_behind_body(text[:first], code)
    said = _alone(text[: told or first].rstrip(" ."), code, place)
    verb = lexicon.find(code, "speech.reporting", text[:first]) or lexicon.find(code, "speech.asking", text[:first])
    if said is None or verb or not said.author.organization or lexicon.find(code, "minutes.attendance", text[:first]):
        return None
    says = told and kinds.judge(text[told:first], code).kind in (*kinds.OPINIONS, "agreement")
    return Turn(said.author, told if says else first + _blank(text, first))


def _introduced(text: str, code: str, place: str) -> Turn | None:
    """ "The first to speak was Ms A, Director of B. She …": the sentence names the speaker and says nothing else."""
    cue = lexicon.starts(code, "speech.giving_floor", authors.without_lead(text, code))
    first = next(iter(sentences(text, code)), (0, 0))[1] if cue else 0
    if cue is None or first > _LONGEST_HEAD:
        return None
    lead = text.find(cue.words)
    end = text.find(":", lead, first) + 1 or first
    named = text[lead + cue.end - cue.start : end].strip(" ,.:")
    while said := _last_verb(named, code):
        named = named[: said.start].rstrip(" ,")
    author = authors.parse(named, code, place) if persons.honorific(named, code) or is_body(named, code) else None
    if author is None or not (author.name or author.organization):
        return None
    return Turn(author, end + _blank(text, end))


def ends_with_verb(head: str, code: str) -> bool:
    """ "Ông A nói tiếp:": a speaker line with a verb, as those write who tell what was said."""
    return _last_verb(head.rstrip(" :"), code) is not None


def _last_verb(text: str, code: str) -> lexicon.Cue | None:
    """A verb of speech at the end of words that name somebody ("bà A, Sở B phát biểu")."""
    ends = [c for c in lexicon.find_all(code, "speech.reporting", text) if c.end == len(text)]
    return ends[0] if ends and ends[0].start > 4 else None


def _narrated(text: str, code: str, place: str) -> Turn | None:
    """ "Ông A, Giám đốc Sở B, cho rằng …": the head ends before the verb of speech."""
    said = _verb_of_speech(text, code)
    if said is None or said.start > _LONGEST_HEAD:
        return None
    head = lexicon.filled(_AUXILIARY).sub("", text[: said.start].strip(" ,")).rstrip(" ,")
    if _CLOSE.search(_plain(head)):
        return None
    plain = authors.without_lead(head, code)
    if lexicon.equals(code, "person.anonymous", plain):
        return Turn(Author(), _after_verb(text, said, code))
    called = persons.honorific(plain, code)
    if not (called or is_body(plain, code) or _is_titled(plain, code)) or (not called and _DENIES.match(plain)):
        return None
    author = _author(head, code, place)
    if author is None:
        return None
    lists = ("speech.asking", "speech.worrying")
    asks = any(c.start == said.start for name in lists for c in lexicon.find_all(code, name, text))
    start = _past_topic(text, said, _after_verb(text, said, code), code)
    return Turn(author, start, said.words if asks else "")


def _in_own_name(text: str, code: str) -> Turn | None:
    """ "For my part (Ann Field, Lake Region), I suggested that …"."""
    own = narrated.in_own_name(text, code)
    if own is None:
        return None
    said = _verb_of_speech(text, code)
    if said is None or said.start - own.start > _FIRST_PERSON:
        return Turn(own.author, own.start)
    asks = any(c.start == said.start for c in lexicon.find_all(code, "speech.asking", text))
    return Turn(own.author, _after_verb(text, said, code), said.words if asks else "")


def _past_topic(text: str, said: lexicon.Cue, start: int, code: str) -> int:
    """ "Ms A comes back to the visit of May. …": a sentence that only names what is spoken of says nothing itself."""
    if not lexicon.equals(code, "speech.turning", said.words):
        return start
    end = next((last for first, last in sentences(text, code) if last > start), start)
    topic = text[start:end]
    says = len(topic.split()) > _LONGEST_TOPIC or kinds.judge(topic, code).kind not in ("neutral", "aside", "procedure")
    return start if says or not text[end:].strip() else end + _blank(text, end)


def _verb_of_speech(text: str, code: str) -> lexicon.Cue | None:
    cues = lexicon.find_all(code, "speech.reporting", text[:260]) + lexicon.find_all(code, "speech.asking", text[:260])
    for name in (*_CONSENT, "speech.disagree"):
        cues += lexicon.find_all(code, name, text[:160])
    cues = [
        c
        for c in cues
        if c.start > 4 and not (_inside(text, c.start) or lexicon.filled(_UNSAID).search(text[: c.start]))
    ]
    return min(cues, key=lambda c: (c.start, -c.end), default=None)


def _after_verb(text: str, said: lexicon.Cue, code: str) -> int:
    """Where the speech begins: after "said that", but at "đề nghị" or "regrets that" itself, which asks or judges."""
    kept = (*_CONSENT, "speech.disagree", "speech.asking" if code == "vi" else "speech.complaining")
    if any(c.start == said.start for name in kept for c in lexicon.find_all(code, name, text)):
        return said.start
    end = said.end
    for name in ("speech.reporting", "speech.that"):
        blank = _blank(text, end)
        following = lexicon.starts(code, name, text[end + blank :])
        if following:
            end += blank + following.end
    rest = text[end:]
    mark = re.match(r"\s*[:,.]\s*", rest)
    return end + (mark.end() if mark else _blank(text, end))


def _author(head: str, code: str, place: str) -> Author | None:
    head = lexicon.filled(_AGAIN).sub("", _without_verb(head, code))
    plain = authors.without_lead(head, code)
    bridge_line = bool(lexicon.starts(code, "person.bridge", plain))
    if not plain or (lexicon.starts(code, "person.not_names", plain) and not bridge_line) or _speaks(plain, code):
        return None
    if persons.honorific(plain, code):
        author = authors.parse(head, code, place)
        return author if author.name or author.organization else None
    somebody = lexicon.starts(code, "person.somebody", plain)
    if somebody:  # "someone from the Lake School (name?)"
        body = authors.parse(plain[somebody.end :].strip(), code, place)
        return Author("", "", body.organization) if body.organization else None
    author = authors.parse(head, code, place)
    called = lexicon.starts(code, "person.calling", plain)
    if author.name and (author.title or author.organization or place or called):
        return author
    if author.organization and (is_body(plain, code) or _is_titled(plain, code)):
        return author
    if persons.name_at(plain, code) == plain and 2 <= len(plain.split()) <= _LONGEST_NAME - 1 and not plain.isupper():
        return Author(plain)
    return Author("", "", plain) if _is_proper(plain, code) else None


def _nickname(head: str, code: str) -> Author | None:
    """ "Tuấn SNV", "Hoa - TH Bản Lầu", "Minh": the names of a chat, with the body behind them."""
    plain = authors.without_lead(head, code)
    parts = re.split(r"\s+[-–]\s+|\s*[(,]\s*", plain, maxsplit=1)
    name = persons.name_at(parts[0], code)
    if not name or len(plain.split()) > _LONGEST_NICKNAME or lexicon.starts(code, "person.not_names", plain):
        return None
    rest = f"{parts[0][len(name) :]} {parts[1] if len(parts) > 1 else ''}".strip(" )")
    if len(name.split()) > 3 or _speaks(plain, code) or name.lower() in languages.get(code).stop_words:
        return None
    if rest and not (rest.isupper() or organizations.is_known(rest) or _begins_body(rest, code)):
        return None
    return Author(name, "", organizations.canonical(rest, code) if rest else "")


def _behind_body(plain: str, code: str) -> Author | None:
    """ "DARD (Sue)", "Fish co-op / Ann": the name of a chat behind the body."""
    match = _BEHIND_BODY.fullmatch(plain)
    name = (match["a"] or match["b"]) if match else ""
    if match is None or persons.name_at(name, code) != name or name.isupper() or _begins_body(name, code):
        return None
    body = match["body"]
    inside = code != "vi" and lexicon.find(code, "person.body", body) is not None
    named = (body.isupper() and len(body) > 1) or organizations.is_known(body) or inside
    starts = lexicon.starts(code, "person.body", body) is not None
    return Author(name, "", organizations.canonical(body, code)) if named or starts else None


def _begins_body(text: str, code: str) -> bool:
    return any(lexicon.starts(code, name, text) for name in ("person.body", "person.place", "person.title"))


def is_nickname(text: str, code: str) -> bool:
    """Whether a line opens like one of a chat ("Tuấn SNV: …")."""
    head, colon, _ = text.partition(": ")
    return bool(colon) and len(head) < _LONGEST_HEAD and _nickname(head, code) is not None


def _is_titled(text: str, code: str) -> bool:
    """ "The Vice Chairman of Thanh Son commune": an office stands for its holder."""
    plain = re.sub(r"^(?:the|le|la|l['’])\s*", "", text, flags=re.I)
    return lexicon.starts(code, "person.title", plain) is not None


def _without_verb(head: str, code: str) -> str:
    """ "Ông A phát biểu" -> "Ông A"."""
    head = lexicon.filled(_AUXILIARY).sub("", head)
    verbs = [c for c in lexicon.find_all(code, "speech.reporting", head) if c.start > 4]
    ends = [c for c in verbs if c.end >= len(head.rstrip(" :"))]
    ends = ends or [c for c in verbs[:1] if _tells_how(head, c)]
    return head[: ends[0].start].rstrip(" ,") if ends else head


def _tells_how(head: str, said: lexicon.Cue) -> bool:
    """ "Ông A, Giám đốc HTX B nói thay anh em": behind a name, with words behind it that are part of none."""
    before, behind = head[: said.start].split(), head[said.end :]
    named = bool(before) and (before[-1][:1].isupper() or before[-1].endswith(")"))
    return named and len(behind.split()) <= _LONGEST_MANNER and not any(c.isupper() or c in ",-–/" for c in behind)


def is_body(text: str, code: str) -> bool:
    """Whether text names one particular body: a listed one, or one with a proper name."""
    if len(text.split()) > 14:
        return False
    if organizations.is_known(text) or organizations.commune(text, code):
        return True
    begins = lexicon.starts(code, "person.bridge", text) or lexicon.starts(code, "person.body", text)
    proper = re.search(r"\s[A-ZĐÀ-Ỹ][\w'’]*", text[1:])
    if _is_proper(text, code):
        return True
    anywhere = code != "vi" and lexicon.find(code, "person.body", text)
    return bool((begins or (anywhere and text[0].isupper())) and (proper or re.search(r"\btỉnh$", text)))


def _is_proper(text: str, code: str) -> bool:
    """Two to six words, all with capitals but small ones ("Save the Highlands"): the name of somebody."""
    words = text.split()
    stop = languages.get(code).stop_words
    if not 2 <= len(words) <= _LONGEST_NAME or any(c.isdigit() for c in text):
        return False
    named = any(w[0].isupper() and w.lower() not in stop for w in words)  # "Ce qui" (s'est dit) is nobody's name
    inner = all(w[0].isupper() or w.lower() in stop for w in words)
    return named and words[0][0].isupper() and inner and not text.isupper()


def _speaks(head: str, code: str) -> bool:
    """Whether words of request stand in a would-be speaker line: then it is speech."""
    nouns = lexicon.find_all(code, "directive.nouns", head)
    ordered = any(
        not any(n.start <= c.start < n.end for n in nouns) for c in lexicon.find_all(code, "directive.lead", head)
    )
    return ordered or any(lexicon.find(code, name, head) for name in ("request.modal", "agreement.full"))


def _inside(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("(") > before.count(")") or before.count("“") > before.count("”")


def _plain(text: str) -> str:
    """Without the full stops of honorifics, which close no sentence."""
    return re.sub(r"\b(?:\d{1,3}|[A-ZĐ][a-zđ]{0,3}|[a-zđ]{1,3}|PGS|ThS|TS|GS|BS|NGƯT)\.", " ", text)


def _blank(text: str, place: int) -> int:
    return len(text[place:]) - len(text[place:].lstrip())
