"""Sentences and list items cut into clauses: what can be an opinion or part of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from feedback_synth.languages.references import references
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import lexicon
from feedback_synth.opinions.asking import strong_request

Joint = Literal["start", "sentence", "part", "item"]

_OPEN, _SHUT = "(“«[", ")”»]"
_ITEM = re.compile(
    r"(?:(?<=\n)|^)\s*(?:[-–•*+▪]\s+|\(?\d{1,2}(?:\.\d{1,2})*[.)](?=\s)\s*|\d{1,2}\.\d{1,2}\s+|\(?[a-zđ]\)\s*|\(\d{1,2}\)\s*|\(?[ivx]{1,4}\)\s*)"
)
_INLINE_ITEM = re.compile(r"(?<=[\s:;.])(?:\(\d{1,2}\)|\(?[a-zđ]\)|\d{1,2}\))\s+(?=\S)")
_COMMA_TOPIC = re.compile(  # up to the comma, and over a citation in parts ("à l'article 3, II, de la résolution, …")
    r"[^,:;.?!]{2,90},\s+(?:(?:[IVXLC]{1,5}|\d{1,3}°?|(?:point|alinéa|paragraphe?|clause|item|khoản|điểm|mục)\s\w{1,4}"
    r"|(?:de la|du|of the|của)\s[\w ]{3,30}),\s+){0,3}(?=\S)",
    re.IGNORECASE,
)
_ASKS_WHICH = re.compile(r"\w+\s(?:quel|quoi|qui\b|what|which|whose|who\b|ai\b)", re.IGNORECASE)
_RELATIVE = re.compile(r"(?:qui|que|qu['’]|dont|où|which|who|whose|where)\b", re.IGNORECASE)  # goes on with the topic
_LETTERED = re.compile(r"(?<![\w(])(?:[a-zđ]|\d{1,2})\)")  # "a)" opens no bracket
_PREPOSITIONS = (
    "in",
    "for",
    "dans",
    "pour",
    "à",
    "au",
    "trong",
    "ở",
    "tại",
    "under",
    "à l'",
)  # of places and times, too
_LONGEST_PLACE, _LONGEST_HEAD = 9, 22  # words of a topic before a colon
_MAX_TOPIC_WORDS = 13
_LEAST_OBJECT = 4  # words of each of two objects of one verb
_SECOND_OBJECT = {
    "fr": re.compile(r"\s(?:et|mais aussi)\s+(?P<that>que\s|qu['’]|de\s|d['’])", re.IGNORECASE),
    "en": re.compile(r"\s(?:and|and also)\s+(?P<that>that\s)", re.IGNORECASE),
}
_POINTS_BACK = re.compile(r"(?:les?|la|leur|lui|en|y)\s[^\W\d_]+(?:er|ir|re|oir)\b", re.IGNORECASE)  # "de les évaluer"
_HASTY = re.compile(r"(?:(?<=[^\W\d_]{2})|(?<=\d{2})|(?<=\d%))[.!?…]+\s+(?=[^\W\d_A-Z])")
_QUOTED_TOPIC = re.compile(
    r"[^\W\d_][^:;.?!“”\"«»]{0,60}?\s?(?:“[^”]{1,120}”|\"[^\"]{1,120}\"|«[^»]{1,120}»)\s?:\s+(?=\S)"
)
_THEN = re.compile(r"[^,:;.?!]{4,90}?\sthì\s+(?=\S)")  # "Về con số này thì …"


@dataclass(frozen=True, slots=True)
class Clause:
    """Characters ``start`` to ``end`` of a text. ``lead`` to ``start`` are its number, connective and topic."""

    lead: int
    start: int
    end: int
    joint: Joint
    topic: str = ""  # "Về mục tiêu cụ thể", "Tại điểm b mục 3 phần II"
    asks: str = ""  # the verb of asking before it, of which it is the object ("She also asked that")


def clauses(text: str, start: int, end: int, code: str, *, governed: bool = False) -> list[Clause]:
    """The clauses of ``text[start:end]`` in order; between them stand only blanks and separators.

    ``governed``: a verb of asking stands right before ("proposed that").
    """
    found: list[Clause] = []
    for first, last in _sentences(text[start:end], code):
        for number, (a, b) in enumerate(_parts(text, start + first, start + last, code, governed and not found)):
            joint: Joint = "part" if number else ("sentence" if found else "start")
            if text[max(0, a - 3) : a].strip() == "//":
                joint = "item"
            found.append(_clause(text, a, b, joint, code))
    return found


def _sentences(text: str, code: str) -> list[tuple[int, int]]:
    """Sentences; in hasty notes, which begin without a capital, a full stop ends one before a small letter too."""
    found: list[tuple[int, int]] = []
    for start, end in sentences(text, code):
        cuts = [start + m.end() for m in _HASTY.finditer(text[start:end])] if text.lstrip()[:1].islower() else []
        found += [(a, b) for a, b in zip([start, *cuts], [*cuts, end], strict=True) if text[a:b].strip()]
    return found


def _parts(text: str, start: int, end: int, code: str, governed: bool) -> list[tuple[int, int]]:
    """A sentence cut at semicolons, slashes and item numbers, and before "and" with a request of its own."""
    listed = {*_marks(text, start, end), *_items(text, start, end)}
    cuts = sorted({*listed, *_joined(text, start, end, code), *_coordinated(text, start, end, code, governed)})
    parts: list[tuple[int, int]] = []
    for a, b in zip([start, *cuts], [*cuts, end], strict=True):
        a += len(text[a:b]) - len(text[a:b].lstrip(" ;/\n"))
        b = a + len(text[a:b].rstrip(" ;/\n"))
        if b > a:
            parts.append((a, b))
    return parts


def _marks(text: str, start: int, end: int) -> list[int]:
    depth, quoted, cuts = 0, False, []
    for i in range(start, end):
        c = text[i]
        if c == '"':
            quoted = not quoted
        depth += (c in _OPEN) - (c in _SHUT)
        if depth <= 0 and not quoted and (c == ";" or text[i : i + 4] == " // "):
            cuts.append(i + 1)
    return cuts


def _items(text: str, start: int, end: int) -> list[int]:
    """Numbers of a list inside a sentence, if there are two or more: "(1) …; (2) …", "a) … b) …"."""
    found = [m.start() for m in _INLINE_ITEM.finditer(text, start, end) if _level(text, start, m.start())]
    return found if len(found) > 1 else []


def _joined(text: str, start: int, end: int, code: str) -> list[int]:
    """Before ", and" (or "và đồng thời") when a new request with a subject of its own follows."""
    cuts: list[int] = []
    for comma in re.finditer(r"[,;]\s+", text[start:end]):
        place = start + comma.end()
        if not _level(text, start, place):
            continue
        if _consents_to_the_rest(text[place:end], code):
            cuts.append(place)
            continue
        word = lexicon.starts(code, "joint.and", text[place:end])
        if word is None:
            continue
        own = max((m for m in _marks(text, start, place)), default=start)
        before, after = text[own:place], text[place + word.end : end].strip()
        fresh = len(after.split()) > 4 and _asks_by_itself(after, code) and _asks_by_itself(before, code, last=True)
        if fresh or (len(after.split()) > 3 and _asks_again(after, code)):
            cuts.append(place)
    return cuts


def _consents_to_the_rest(text: str, code: str) -> bool:
    """ ", các nội dung khác nhất trí như dự thảo": consent that ends a sentence of requests."""
    if lexicon.starts(code, "agreement.remainder", text) is None:
        return False
    return any(lexicon.find(code, f"agreement.{name}", text) for name in ("full", "basic"))


def _coordinated(text: str, start: int, end: int, code: str, governed: bool) -> list[int]:
    """Before "et que", "et de", "and that" where one verb of asking governs both objects."""
    cuts: list[int] = []
    for match in _SECOND_OBJECT[code].finditer(text, start, end) if code in _SECOND_OBJECT else ():
        if _POINTS_BACK.match(text, match.end()):
            continue
        place = match.start() + 1
        before, after = text[cuts[-1] if cuts else start : place], text[match.end() : end]
        long_enough = min(len(before.split()), len(after.split())) >= _LEAST_OBJECT
        if long_enough and _level(text, start, place) and (governed or cuts or _asks_for(before, match["that"], code)):
            cuts.append(place)
    return cuts


def _asks_for(text: str, that: str, code: str) -> bool:
    """Whether a verb of asking in ``text`` takes an object that opens with ``that`` ("demande que …")."""
    for name in ("speech.asking", "request.performative"):
        for cue in lexicon.find_all(code, name, text):
            object_ = lexicon.find(code, "speech.that", text[cue.end : cue.end + 30])
            if object_ and object_.words[0].lower() == that[0].lower():
                return True
    return False


def _asks_again(text: str, code: str) -> bool:
    """A further verb of asking right behind "and" ("…, and requested that")."""
    return any(lexicon.starts(code, name, text) for name in ("speech.asking", "request.performative"))


def _asks_by_itself(text: str, code: str, *, last: bool = False) -> bool:
    first = text.strip()[:90] if not last else text.strip()[-150:]
    critical = lexicon.find(code, "request.critique", first) is not None
    return critical or strong_request(first, code) is not None or text.endswith("?")


def _level(text: str, start: int, place: int) -> bool:
    before = _LETTERED.sub("", text[start:place])
    return sum(before.count(c) for c in _OPEN) == sum(before.count(c) for c in _SHUT) and before.count('"') % 2 == 0


def _clause(text: str, start: int, end: int, joint: Joint, code: str) -> Clause:
    """Take number, connective and topic off the front of a clause."""
    lead, place = start, start
    number = _ITEM.match(text[place:end]) or re.match(r"(?:\(\d{1,2}\)|\(?[a-zđ]\)|\d{1,2}\))\s+", text[place:end])
    if number and number.end() < end - place:
        place += number.end()
        joint = "item"
    ordinal = lexicon.starts(code, "joint.ordinal", text[place:end])
    place = _after_connectives(text, place, end, code)
    if ordinal and place > start:
        joint = "item"
    place, asks = _after_pronoun(text, place, end, code)
    topic_end = _topic(text, place, end, code)
    topic = text[place:topic_end].strip(" ,:;–-.") if topic_end > place else ""
    if topic:
        place = _after_connectives(text, topic_end, end, code)
        place, asks = _after_pronoun(text, place, end, code)
    return Clause(lead, place, end, joint, topic, asks)


def _after_pronoun(text: str, start: int, end: int, code: str) -> tuple[int, str]:
    """Behind "She added that", "She also asks that", "According to him,": reported speech, and the verb, if it asks."""
    start = _according(text, start, end, code) or _concluding(text, start, end, code) or start
    asking = () if code == "vi" else ("speech.asking",)  # "đề nghị" belongs to the request
    place = _behind(text, start, end, code, "speech.pronoun")
    place = place and (_behind(text, place, end, code, "speech.too") or place)
    verb = place and next((n for n in ("speech.reporting", *asking) if lexicon.starts(code, n, text[place:end])), "")
    if not place or not verb:
        return start, ""
    words = lexicon.starts(code, verb, text[place:end])
    asks = words.words if words and verb == "speech.asking" else ""
    place = _behind(text, place, end, code, verb)
    place = _behind(text, place, end, code, "speech.too") or place
    place = _behind(text, place, end, code, "joint.connective") or place
    that = _behind(text, place, end, code, "speech.that")
    if that:
        return that, asks
    mark = re.match(r"[:,]\s*", text[place:end])
    place += mark.end() if mark else 0
    told = verb == "speech.reporting" and code == "vi"
    object_ = asks and lexicon.starts(code, "speech.object", text[place:end])
    return (place, asks) if (told or object_) and len(text[place:end].split()) > _LEAST_OBJECT else (start, "")


def _concluding(text: str, start: int, end: int, code: str) -> int:
    """Behind the connective of "Từ đó ông cho rằng …", "So she asked that …": a pronoun and its verb follow."""
    place = _behind(text, start, end, code, "joint.therefore")
    if text[place : place + 1] == ",":
        place += 1 + len(text[place + 1 :]) - len(text[place + 1 :].lstrip())
    spoken = place and _behind(text, place, end, code, "speech.pronoun")
    verbs = ("speech.reporting",) if code == "vi" else ("speech.reporting", "speech.asking")
    return place if spoken and any(lexicon.starts(code, v, text[spoken:end]) for v in verbs) else 0


def _according(text: str, start: int, end: int, code: str) -> int:
    """Behind "Theo bà, ", "According to her, ", "Selon lui, "; 0 if ``text`` does not open so."""
    cue = lexicon.starts(code, "speech.according", text[start:end])
    mark = re.match(r"\s*,\s*", text[start + cue.end : end]) if cue else None
    return start + cue.end + mark.end() if cue and mark else 0


def _behind(text: str, start: int, end: int, code: str, name: str) -> int:
    """Behind the words of a list and the blanks after them; 0 if ``text`` does not go on with any of them."""
    cue = lexicon.starts(code, name, text[start:end])
    if cue is None:
        return 0
    rest = text[start + cue.end : end]
    return start + cue.end + len(rest) - len(rest.lstrip())


def _after_connectives(text: str, start: int, end: int, code: str) -> int:
    place = start
    for _ in range(3):
        cue = lexicon.starts(code, "joint.connective", text[place:end])
        if cue is None:
            break
        rest = text[place + cue.end : end]
        mark = re.match(r"\s*[,:]\s*|\s+", rest)
        if not mark or len(rest.split()) < 2 or (rest[:1].isalpha()):
            break
        if _keeps_connective(cue.words, mark[0], code):
            break
        place += cue.end + mark.end()
    return place


def _keeps_connective(word: str, mark: str, code: str) -> bool:
    """Ordinal words of English and French stand before a comma when they join ("First, …"), else they count."""
    return (
        "," not in mark
        and ":" not in mark
        and code != "vi"
        and word.lower() not in ("and", "but", "et", "mais", "also")
    )


def _topic(text: str, start: int, end: int, code: str) -> int:
    """The end of a topic that stands before the clause proper ("Về biên chế, …", "Mục 4: …"), or ``start``."""
    clause = text[start:end]
    colon = re.match(r"(?:[^:;.?!“”\"«»]|\.(?=\S)){2,140}?\s?:\s+(?=\S)", clause)
    if colon and _names_topic(colon[0], code):
        return start + colon.end()
    quoted = _QUOTED_TOPIC.match(clause)
    if quoted and lexicon.starts(code, "draft.quoted", clause):
        return start + quoted.end()
    if not lexicon.starts(code, "joint.topic", clause) or _ASKS_WHICH.match(clause):
        return start
    then = _THEN.match(clause) if code == "vi" else None
    if then and len(then[0].split()) <= _MAX_TOPIC_WORDS and _plain_topic(then[0], code):
        return start + then.end() if len(clause[then.end() :].split()) >= _LEAST_OBJECT else start
    comma = _COMMA_TOPIC.match(clause)
    if comma and len(comma[0].split()) <= _MAX_TOPIC_WORDS and _plain_topic(comma[0], code):
        rest = clause[comma.end() :]
        if _RELATIVE.match(rest):
            return start
        return start + comma.end() if len(rest.split()) >= 3 else start
    return start


def _names_topic(head: str, code: str) -> bool:
    """Whether words before a colon name a place of the draft or open with "Về", "Regarding", "S'agissant de"."""
    named = references(head, code)
    if named and sum(r.end - r.start for r in named) * 2 >= len(head.strip(" :")) - 16:
        return True
    cue = lexicon.starts(code, "joint.topic", head)
    longest = _LONGEST_PLACE if cue and cue.words.lower() in _PREPOSITIONS else _LONGEST_HEAD
    return cue is not None and len(head.split()) <= longest and not _asks_by_itself(head, code)


def _plain_topic(head: str, code: str) -> bool:
    """No reason, no verb of asking: "Với mức thu của tỉnh, …" belongs to its request and is not taken off."""
    cue = lexicon.starts(code, "joint.topic", head)
    general = cue is not None and cue.words.lower() not in _PREPOSITIONS
    return (general or bool(references(head, code))) and not _asks_by_itself(head, code)
