"""Words that make a request: verbs of asking, "must", imperatives; and what takes their force away."""

from __future__ import annotations

import re
from collections.abc import Callable

from feedback_synth.languages.references import references
from feedback_synth.opinions import lexicon

_PREDICATES = ("là ", "chưa", "không", "quá ", "còn ", "khó")
_OTHERS_ASK = re.compile(  # "vẫn có dự án xin"
    r"(?:^|\s)có\s+(?!ý kiến|kiến nghị|đề|mấy|một)[^\s,;.]+(?:\s[^\s,;.]+){0,3}\s*$", re.IGNORECASE
)
_SUBJECT_FR = re.compile(r",\s(?:c['’]est|ce n['’]est|cela|ce serait|c['’]était)\s")  # it takes up what stands before
_COPULA = re.compile(r"\b(?:is|are|was|were|looks?|seems?)\s(?:\w+\s){0,4}$", re.IGNORECASE)
_ONLY_FR = re.compile(r"\b(?:ne\s|n['’])$", re.IGNORECASE)
_COURTEOUS = re.compile(
    r"would be (?:very |most |only too )?(?:glad|happy|pleased|delighted|honoured|ready) to "
    r"(?!see\b|have\b|find\b|read\b|know\b)"
)
_LET_US_SAY = re.compile(
    r"let (?:us|me) (?:first |also |now )?(?:say|begin|start|turn|add|recall|note|mention)\b", re.IGNORECASE
)
_PROVIDES = re.compile(
    r"the (?:draft )?(?:resolution|project|drafts?|decree|plan|text) (?:already )?"
    r"(?!do(?:es)?\b|is\b|has no\b)[a-z]+s\b",
    re.IGNORECASE,
)
_MAY_FR = re.compile(  # "Que la commune soit entendue", "Qu'ils travaillent sur place": a wish in the subjunctive
    r"\W*(?:\d{1,2}[.)]\s)?(qu['’](?:ils?|elles?|on|une?|aucune?|autant|à|en|au)|que (?:l(?=['’])|(?:l[ea]s?|ce|cette|"
    r"ces|chaque|tout|toutes?|tous|chacune?|nos|leurs?|son|sa|ses|du|des|soi(?:t|ent))))(?!\w)(?!.*\?\s*$)",
    re.IGNORECASE,
)
_DO_FR = re.compile(
    r"(?:^\W*|[;:,]\s+)((?!(?:veu|sach|rece|croy|agré|imagin|voy|rappel|excus|pardonn|not|trouv|comptez sur)[^\W\d_]*)"
    r"[^\W\d_]{3,}(?<!ass)(?<!\bch)ez(?=\s|-(?:en|l[ea]s?|leur|lui|y|nous|moi)(?!\w)))(?!.*\?\s*$)",
    re.IGNORECASE,
)
_AT_PLACE_VI = re.compile(r"(?:tại|ở|trong)\s+", re.IGNORECASE)
_CONDITION = re.compile(r"\bif\s+you\s*$", re.IGNORECASE)
_DENIES_FR = re.compile(r"\s(?:ne\s|n['’])")
_FIGURE_VI = re.compile(r"\s+(?:\w+\s)?\d[\d.,]*(?:\s\w+){0,3}\s*[.;]?\s*$")  # ", phải 24 tháng": what it should be
_FIGURE_LEFT_VI = re.compile(  # "…, để 88%", "…, để 80 thôi": what the figure should be
    r"[,;]\s+(?:mà\s|thì\s)?(để (?:mức |lại )?\d[\d.,]*(?:\s?%)?(?:\s[^\W\d_]+)?)"
    r"(?=\s*(?:$|[.;,!]|thôi\b|là\b|đi\b|cho\b))"
)
_CANNOT_VI = re.compile(r"\s(không thể|chưa thể)\s", re.IGNORECASE)
_TO_BE_DONE = {  # the last words of a clause: "Article 4, à supprimer", "the reserved stands, to be removed"
    "fr": re.compile(r"[,:]\s+(à\s(?!voir|venir|savoir|suivre)[^\W\d_]{2,}(?:er|ir|re|oir))\s*[.;!]?\s*$"),
    "en": re.compile(r"[,:]\s+(to be (?:re)?[^\W\d_]{2,}(?:ed|en|wn|ut))\s*[.;!]?\s*$"),
}
_AND_FR = ("et", "mais", "ou", "donc", "puis", "alors", "enfin", "surtout", "ensuite")
_ARTICLES = ("un", "une")
_HAPPENED_FR = re.compile(r"\b(?:a|ont|en a|avait|avaient|était|étaient)\s[^\W\d_]+(?:é|és|ée|ées|i|is|it|u|us|ert)\b")
_SUBJECT_WORDS = 8  # of a body that has to do something
_TELLING_HEAD = 50  # characters in which "Un participant signale …" tells


def request_cue(text: str, code: str) -> lexicon.Cue | None:
    """The words that make a request: a verb of asking, "must", or an imperative at the start."""
    return strong_request(text, code) or _imperative(text, code)


def strong_request(text: str, code: str) -> lexicon.Cue | None:
    """A verb of asking or a modal that is neither reported nor a noun nor a consequence ("nên tôi không nhắc lại")."""
    reported = lexicon.find_all(code, "speech.reported", text)
    cues = lexicon.find_all(code, "request.performative", text) + lexicon.find_all(code, "request.modal", text)
    for cue in sorted(cues, key=lambda c: c.start):
        inside = any(r.start <= cue.start < r.end for r in reported) or _quoted(text, cue.start)
        if not inside and not _weak(text, cue, code):
            return cue
    last = _TO_BE_DONE[code].search(text) if code in _TO_BE_DONE else None
    return lexicon.Cue(last.start(1), last.end(1), last[1]) if last and _level(text, last.start()) else None


def _weak(text: str, cue: lexicon.Cue, code: str) -> bool:
    return _WEAK[code](text, cue) if code in _WEAK else False


def _weak_vi(text: str, cue: lexicon.Cue) -> bool:
    word, after = cue.words.lower(), text[cue.end :]
    if word == "nên":
        subject = lexicon.starts("vi", "joint.subject", after.lstrip())
        return subject is not None
    if word == "cần":
        return after.lstrip().lower().startswith(("thiết", "cù", "kiệm", "cho ", "người"))
    if word == "muốn":
        return not after.strip(" .;,")  # "là do bên cảng muốn": somebody else wants it
    if word == "phải" and lexicon.equals("vi", "request.not_so", _last_word(text[: cue.start])):
        return True  # "không phải ai cũng …": it is not so
    if word == "phải" and _is_duty(text[: cue.start]):
        return False
    if word == "phải":
        return _suffers(text, cue, "vi", after)
    if word == "xin":
        papers = lexicon.equals("vi", "request.papers", _last_word(text[: cue.start]))
        spoken = lexicon.starts("vi", "request.spoken", after.lstrip())
        return papers or spoken is not None or _OTHERS_ASK.search(text[: cue.start]) is not None
    return False


def _is_duty(before: str) -> bool:
    """ "Hằng năm UBND tỉnh phải báo cáo …": what a public body is to do, whatever else the sentence regrets."""
    time = lexicon.starts("vi", "joint.time", before)
    subject = before[time.end :].lstrip(" ,") if time else ""
    return lexicon.starts("vi", "person.body", subject) is not None and len(subject.split()) <= _SUBJECT_WORDS


def _suffers(text: str, cue: lexicon.Cue, code: str, after: str) -> bool:
    """ "giáo viên phải cõng gạo": people have to, not the draft."""
    if after.lstrip().lower().startswith(("chăng", "không?", "lội")):
        return True
    contrasted = text[: cue.start].rstrip().endswith(",")
    if contrasted and (lexicon.starts(code, "request.imperative", after.lstrip()) or _FIGURE_VI.match(after)):
        return False
    wanted = text.lower().find("chứ không", cue.end)  # "phải bằng tiếng Mông chứ không thể …": what is not wanted
    return lexicon.find(code, "request.difficulty", text if wanted < 0 else text[:wanted]) is not None


def _weak_en(text: str, cue: lexicon.Cue) -> bool:
    word = cue.words.lower()
    before = _last_word(text[: cue.start])
    if before in ("you", "somebody", "someone", "anybody", "anyone", "nobody") and word.startswith(("want", "wish")):
        return _CONDITION.search(text[: cue.start]) is not None or before != "you"
    if before == "who" and word.startswith(("want", "wish", "ask", "request", "hope", "prefer")):
        return True  # "those who ask for a loan"
    noun = word in ("need", "needs", "request", "wish", "hope", "want") and lexicon.equals(
        "en", "request.nouns", before
    )
    if word in ("rather than", "instead of") and _COPULA.search(text[: cue.start]):
        return True  # "is a wish rather than a target"
    if word in ("would be", "would") and _COURTEOUS.match(text, cue.start):
        return True  # "would be glad to welcome you"
    if word == "asked" and (not before or text[cue.end :].lstrip().startswith(("by ", "whether "))):
        return True  # "Asked by the Chair, he confirmed that …"
    if word == "let us" and _LET_US_SAY.match(text, cue.start):
        return True
    if word in ("at least", "no more than") and _PROVIDES.match(text):
        return True  # "The Resolution entrusts … at least once a year": what the draft says
    if word in ("propose", "proposes") and before in ("draft", "drafts", "project", "resolution", "text", "texts"):
        return True
    if word in ("call for", "calls for") and text[cue.end :].lstrip().lower().startswith("no "):
        return True
    if word in ("would", "could") and text[cue.end :].lstrip().lower().startswith(("hardly", "scarcely", "barely")):
        return True
    hardly = word == "need" and text[cue.end :].lstrip().lower().startswith(("hardly", "not "))
    if word == "could" and text[cue.end :].lstrip().lower().startswith("not"):
        return True
    cannot = (
        word in ("have to", "has to", "need", "needs") and lexicon.find("en", "request.difficulty", text) is not None
    )
    return noun or hardly or cannot


def _weak_fr(text: str, cue: lexicon.Cue) -> bool:
    before = _last_word(text[: cue.start])
    word = cue.words.lower()
    if _ONLY_FR.search(text[: cue.start]) and text[cue.end :].lstrip().lower().startswith(("qu'", "qu’", "que ")):
        return True  # "le portail ne serait qu'en vietnamien"
    if word.startswith("suffi") and text[cue.end :].lstrip().lower().startswith(("pas", "plus", "guère")):
        return True  # what is not enough is a criticism
    if before == "qui" and word in ("demandent", "souhaitent", "proposent", "demande", "souhaite", "propose"):
        return True  # "ceux qui demandent un prêt"
    if word.startswith("que") and text[: cue.start].rstrip()[-1:].isalpha() and before not in _AND_FR:
        return True  # "la première fois que l'on nous demande": no wish, which opens a clause
    if before == "nous" and word in ("demande", "demandent"):
        return True  # others ask us
    noun = word in ("demande", "besoin", "propose", "demandes") and lexicon.equals("fr", "request.nouns", before)
    told = text[: otherwise.start] if (otherwise := lexicon.find("fr", "joint.otherwise", text)) else text
    return noun or (word in ("doivent", "doit") and lexicon.find("fr", "request.difficulty", told) is not None)


def _last_word(text: str) -> str:
    return next(iter(text.lower().split()[-1:]), "")


_WEAK: dict[str, Callable[[str, lexicon.Cue], bool]] = {"vi": _weak_vi, "en": _weak_en, "fr": _weak_fr}


def _imperative(text: str, code: str) -> lexicon.Cue | None:
    start = len(text) - len(text.lstrip(" \"“«'"))
    time = lexicon.starts(code, "joint.time", text[start:])
    if time:
        start += time.end + len(text[start + time.end :]) - len(text[start + time.end :].lstrip(" ,"))
    start = _behind_place(text, start, code)
    cue = lexicon.starts(code, "request.imperative", text[start:])
    told = cue and cue.words.lower() in _ARTICLES and _states(text, code)
    told = told or (cue is not None and code == "en" and _LET_US_SAY.match(text[start:]) is not None)
    if cue and not told and not _noun_opens(text, code):
        return cue
    if cue := _told_to_drafters(text, code) or _wish(text, code):
        return cue
    if code == "vi" and (figure := _FIGURE_LEFT_VI.search(text)):
        return lexicon.Cue(figure.start(1), figure.end(), figure[0].strip(" ,;"))
    for comma in re.finditer(r"(?:[,:]|\s[–-])\s+", text):
        following = lexicon.starts(code, "request.imperative", text[comma.end() :])
        if following and following.words.lower() in _ARTICLES and _HAPPENED_FR.search(text[: comma.start()]):
            continue  # "they were five days on the way: a broken road, two nights …"
        if following and _level(text, comma.start()) and len(following.words) > 2 and _verb_after(text, comma, code):
            return lexicon.Cue(comma.end(), comma.end() + following.end, following.words)
    return None


def _behind_place(text: str, start: int, code: str) -> int:
    """Where the words go on behind a place that opens them without a comma: "tại khoản 2 Điều 4 nâng …"."""
    if code != "vi" or not (opened := _AT_PLACE_VI.match(text, start)):
        return start
    place = next((r for r in references(text, code) if r.start == opened.end()), None)
    return place.end + len(text[place.end :]) - len(text[place.end :].lstrip(" ,:")) if place else start


def _states(text: str, code: str) -> bool:
    """ "Un participant signale …", "Un million ne paie que les tuiles": a noun that opens a statement."""
    return bool(lexicon.find(code, "speech.reporting", text[:_TELLING_HEAD]) or _DENIES_FR.search(text[:_TELLING_HEAD]))


def _wish(text: str, code: str) -> lexicon.Cue | None:
    """ "Que chaque village soit consulté", "comptez-en six": a clause that "que" opens and that no verb governs, and
    what somebody is told to do.
    """
    if code != "fr":
        return None
    match = _MAY_FR.match(text) or _DO_FR.search(text)
    return lexicon.Cue(match.start(1), match.end(1), match[1]) if match else None


def _told_to_drafters(text: str, code: str) -> lexicon.Cue | None:
    """ "Ban soạn thảo rà soát lại", "…, cơ quan soạn thảo làm rõ": what they are told to do."""
    if code != "vi":
        return None
    for start in (0, *(comma.end() for comma in re.finditer(r"[,;:]\s+", text))):
        drafters = lexicon.starts(code, "speech.drafters", text[start:])
        rest = text[start + drafters.end :].lstrip() if drafters else ""
        verb = lexicon.starts(code, "request.imperative", rest)
        if verb:
            place = len(text) - len(rest)
            return lexicon.Cue(place, place + verb.end, verb.words)
    return None


def _noun_opens(text: str, code: str) -> bool:
    """ "Hỗ trợ 5 triệu là ít", "Fermer le guichet, c'est exclure les anciens": what opens the clause is its subject,
    and what follows criticises it.
    """
    if code == "fr":
        return _SUBJECT_FR.search(text) is not None
    if code != "vi":
        return False
    cue = lexicon.find(code, "request.critique", text) or _cannot(text)
    reason = lexicon.find(code, "joint.because", text[: cue.start]) if cue else None
    if cue is None or reason is not None:
        return False
    return cue.words.lower().startswith(_PREDICATES) or text[: cue.start].rstrip().lower().endswith(" là")


def _cannot(text: str) -> lexicon.Cue | None:
    """ "Chi cho vận hành không thể trông vào phần dư": what its subject cannot do or rest on."""
    match = _CANNOT_VI.search(text)
    return lexicon.Cue(match.start(1), match.end(1), match[1]) if match else None


def _verb_after(text: str, comma: re.Match[str], code: str) -> bool:
    """In a list of things a verb-like noun asks nothing: only after a statement that criticises or reports trouble."""
    before = text[: comma.start()]
    lists = ("request.critique", "request.difficulty")
    return ":" in comma[0] or any(lexicon.find(code, name, before) for name in lists)


def _quoted(text: str, place: int) -> bool:
    before = text[:place]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”") or before.count("«") > before.count("»")


def _level(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("(") == before.count(")") and not _quoted(text, place)
