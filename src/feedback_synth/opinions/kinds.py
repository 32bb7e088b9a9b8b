"""What one clause does: asks, questions, criticises, reports a difficulty, agrees, thanks, or none of these."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from feedback_synth import languages
from feedback_synth.languages.references import references
from feedback_synth.opinions import lexicon

Kind = Literal[
    "request",
    "question",
    "critique",
    "difficulty",
    "mixed",  # consent with a remark in the same clause
    "support",  # siding with another speaker
    "agreement",
    "thanks",
    "aside",  # reported requests, the speaker's person, what was sent elsewhere
    "procedure",
    "draft_summary",
    "drafter_answer",
    "nothing",  # "N/A", "Sans objet"
    "neutral",
    "remark",  # a clause without cue that is an opinion by where it stands or by the model
]
OPINIONS = frozenset({"request", "question", "critique", "difficulty", "mixed", "remark"})
ASKING = frozenset({"request", "question", "mixed"})
_QUESTION = re.compile(r"\?[\s\"”’»)]*$")
_PREDICATES = ("là ", "chưa", "không", "quá ", "còn ", "khó")
_SINCE = re.compile(
    r"\b(?:depuis|since|từ năm|từ)\s+(?:19|20)\d\d\b", re.IGNORECASE
)  # of those who introduce themselves
_WOULD_BE = re.compile(r"\b(?:would|will) be (?:\w+ly |much )?$", re.IGNORECASE)
_OTHERS_ASK = re.compile(  # "vẫn có dự án xin"
    r"(?:^|\s)có\s+(?!ý kiến|kiến nghị|đề|mấy|một)[^\s,;.]+(?:\s[^\s,;.]+){0,3}\s*$", re.IGNORECASE
)
_NOUN_EN = frozenset(  # before "need", "request", … they make it a noun
    "the a of market market's no their local your this on upon labour training special basic learning".split()
)
_NOUN_FR = frozenset("la votre cette une le du de au ce projet résolution texte".split())
_SUBJECT_FR = re.compile(r",\s(?:c['’]est|ce n['’]est|cela|ce serait|c['’]était)\s")  # it takes up what stands before
_BESIDE_XIN = frozenset("vắc vac tục đơn sơ giấy đi chế".split())  # "thủ tục xin", "vắc xin": nobody asks
_DEFINITE = re.compile(r"(?:the\s+|la\s+|le\s+|l['’]\s*)", re.IGNORECASE)
_COPULA = re.compile(r"\b(?:is|are|was|were|looks?|seems?)\s(?:\w+\s){0,4}$", re.IGNORECASE)
_ONLY_FR = re.compile(r"\b(?:ne\s|n['’])$", re.IGNORECASE)
_CONDITION = re.compile(r"\bif\s+you\s*$", re.IGNORECASE)
_LONGEST_CONSENT_WORDS = 40
_ANNOUNCING_WORDS = 24
_INTRODUCED_WORDS = 26
_TELLING = 30  # characters before the verb of a story ("Ông kể lại …")
_COURTESY = 80  # characters before thanks that open a sentence
_RELATIVE = re.compile(r",\s(?:which|qui|laquelle|lequel)\s", re.IGNORECASE)
_TELLING_HEAD = 50  # characters in which "Un participant signale …" tells
_SHORT_WORDS = 6  # words too few to tell the language by


@dataclass(frozen=True, slots=True)
class Judgement:
    kind: Kind
    evidence: str = ""


def judge(text: str, code: str) -> Judgement:
    """The kind of a clause, with the words that show it. Rules in the order of the table; the first that holds."""
    if len(text.split()) <= _SHORT_WORDS:
        for other in dict.fromkeys((code, *languages.codes())):
            found = _nothing(text, other)
            if found:
                return found
    for rule in RULES:
        found = rule(text, code)
        if found:
            return found
    return Judgement("neutral")


def _nothing(text: str, code: str) -> Judgement | None:
    if lexicon.equals(code, "agreement.empty", text):
        return Judgement("nothing", text.strip())
    return Judgement("agreement", text.strip()) if lexicon.equals(code, "agreement.none", text) else None


def _support(text: str, code: str) -> Judgement | None:
    cue = lexicon.find(code, "speech.support", text)
    if cue is None or cue.start > 90:
        return None
    return _judged("support", cue) if not _remark_after(text[cue.end :], code) else _judged("mixed", cue)


def _disagreement(text: str, code: str) -> Judgement | None:
    """ "Không nhất trí …": an objection, unless it is denied in its turn ("we do not disagree")."""
    cue = lexicon.find(code, "speech.disagree", text)
    denied = lexicon.find(code, "speech.undisputed", text)
    return _judged("critique", cue) if cue and not denied else None


def _agreement(text: str, code: str) -> Judgement | None:
    cue = consent(text, code)
    if cue is None:
        return None
    rest = text[cue.end :]
    if _remark_after(rest, code) or _request_before(text[: cue.start], code):
        return _judged("mixed", cue)
    return _judged("agreement", cue) if len(text.split()) <= _LONGEST_CONSENT_WORDS else None


def consent(text: str, code: str) -> lexicon.Cue | None:
    """Words of consent that no negation and no other meaning ("thống nhất số liệu") takes back."""
    refused = lexicon.find_all(code, "agreement.negated", text)
    for name in ("agreement.basic", "agreement.full"):
        for cue in lexicon.find_all(code, name, text):
            if not any(r.start <= cue.start < r.end or cue.start <= r.start < cue.end for r in refused):
                return cue
    approving = lexicon.find(code, "agreement.approving", text)
    critical = any(
        lexicon.find(code, f"request.{n}", text) for n in ("critique", "difficulty", "performative", "modal")
    )
    return approving if approving and not critical and not _QUESTION.search(text) else None


def _remark_after(rest: str, code: str) -> bool:
    contrast = lexicon.find(code, "agreement.contrast", rest)
    if contrast is None:
        return False
    return len(rest[contrast.end :].split()) >= 3


def _request_before(before: str, code: str) -> bool:
    return bool(
        len(before.split()) > 5 and (request_cue(before, code) or lexicon.find(code, "request.critique", before))
    )


def _announcement(text: str, code: str) -> Judgement | None:
    """ "We have a few comments to make": what follows is said, nothing else."""
    cue = lexicon.find(code, "speech.announcing", text)
    if cue is None or len(text.split()) > _ANNOUNCING_WORDS or _QUESTION.search(text):
        return None
    return _judged("procedure", cue)


def _thanks(text: str, code: str) -> Judgement | None:
    cue = lexicon.find(code, "speech.thanks", text)
    if cue is None or (cue.start > _COURTESY and _says_something(text[: cue.start], code)):
        return None
    welcome = cue.words.lower().startswith("appreciat")  # "an editable file would be appreciated"
    wished = welcome and _WOULD_BE.search(text[: cue.start]) is not None
    said = _RELATIVE.split(text[cue.end :], maxsplit=1)[0]
    asks = wished or strong_request(said, code) or _QUESTION.search(text)
    return None if asks else _judged("thanks", cue)


def _says_something(text: str, code: str) -> bool:
    """Whether words before thanks ask, criticise or report a trouble."""
    lists = ("request.critique", "request.difficulty")
    return strong_request(text, code) is not None or any(lexicon.find(code, name, text) for name in lists)


def _aside(text: str, code: str) -> Judgement | None:
    introduced = _SINCE.search(text)
    brief = len(text.split()) <= _INTRODUCED_WORDS
    opens = introduced is not None and not text[: introduced.start()].strip()
    rest = text[introduced.end() :].lstrip(" ,") if introduced and opens else text
    if introduced and brief and _tells_of_itself(rest, code) and not request_cue(rest, code):
        return Judgement("aside", introduced[0])
    own = lexicon.starts(code, "speech.introducing", text)
    if own and not strong_request(text[own.end :], code):
        return _judged("aside", own)
    told = lexicon.find(code, "speech.telling", text)
    if told and told.start <= _TELLING and not strong_request(text[told.end :], code) and not names_draft(text, code):
        return _judged("aside", told)
    for name in ("speech.reported", "speech.personal"):
        cue = lexicon.find(code, name, text)
        if cue and not strong_request(text[: cue.start] + " " + text[cue.end :], code):
            return _judged("aside", cue)
    return None


def _tells_of_itself(text: str, code: str) -> bool:
    """ "We have worked …", "the Alliance has spent …": the sender or a body is what the words are about."""
    if lexicon.starts(code, "speech.self", text):
        return True
    article = _DEFINITE.match(text)
    return article is not None and lexicon.starts(code, "person.body", text[article.end() :]) is not None


def _question(text: str, code: str) -> Judgement | None:
    return Judgement("question", "?") if _QUESTION.search(text) else None


def _request(text: str, code: str) -> Judgement | None:
    cue = request_cue(text, code)
    return _judged("request", cue) if cue else None


def _noun_opens(text: str, code: str) -> bool:
    """ "Hỗ trợ 5 triệu là ít", "Fermer le guichet, c'est exclure les anciens": what opens the clause is its subject,
    and what follows criticises it.
    """
    if code == "fr":
        return _SUBJECT_FR.search(text) is not None
    if code != "vi":
        return False
    cue = lexicon.find(code, "request.critique", text)
    reason = lexicon.find(code, "joint.because", text[: cue.start]) if cue else None
    if cue is None or reason is not None:
        return False
    return cue.words.lower().startswith(_PREDICATES) or text[: cue.start].rstrip().lower().endswith(" là")


def _critique(text: str, code: str) -> Judgement | None:
    cue = lexicon.find(code, "request.critique", text)
    hard = lexicon.find(code, "request.difficulty", text)
    if cue is None or (hard and hard.start < cue.start and not names_draft(text, code)):
        return None
    return _judged("critique", cue)


def _difficulty(text: str, code: str) -> Judgement | None:
    cue = lexicon.find(code, "request.difficulty", text)
    return _judged("difficulty", cue) if cue else None


def _procedure(text: str, code: str) -> Judgement | None:
    for kind in ("procedure", "drafter_answer", "draft_summary"):
        name = {"drafter_answer": "minutes.answer", "draft_summary": "minutes.summary"}.get(kind, "minutes.procedure")
        cue = lexicon.find(code, name, text)
        if cue and cue.start <= 40 and not strong_request(text, code) and not _QUESTION.search(text):
            return Judgement(kind, cue.words)
    return None


RULES: tuple[Callable[[str, str], Judgement | None], ...] = (
    _nothing,
    _announcement,
    _support,
    _disagreement,
    _agreement,
    _thanks,
    _aside,
    _procedure,
    _question,
    _request,
    _critique,
    _difficulty,
)


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
    return None


def _weak(text: str, cue: lexicon.Cue, code: str) -> bool:
    return _WEAK[code](text, cue) if code in _WEAK else False


def _weak_vi(text: str, cue: lexicon.Cue) -> bool:
    word, after = cue.words.lower(), text[cue.end :]
    if word == "nên":
        subject = lexicon.starts("vi", "joint.subject", after.lstrip())
        return subject is not None
    if word == "cần":
        return after.lstrip().lower().startswith(("thiết", "cù", "kiệm", "cho ", "người"))
    if word == "phải":
        return _suffers(text, cue, "vi", after)
    if word == "xin" and (_OTHERS_ASK.search(text[: cue.start]) or _last_word(text[: cue.start]) in _BESIDE_XIN):
        return True
    if word == "xin":
        return after.lstrip().lower().startswith(("cảm ơn", "phép", "chào", "chúc", "lỗi"))
    return False


def _suffers(text: str, cue: lexicon.Cue, code: str, after: str) -> bool:
    """ "giáo viên phải cõng gạo": people have to, not the draft."""
    if after.lstrip().lower().startswith(("chăng", "không?", "lội")):
        return True
    if lexicon.starts(code, "request.imperative", after.lstrip()) and text[: cue.start].rstrip().endswith(","):
        return False
    return lexicon.find(code, "request.difficulty", text) is not None


def _weak_en(text: str, cue: lexicon.Cue) -> bool:
    word = cue.words.lower()
    before = _last_word(text[: cue.start])
    if before in ("you", "somebody", "someone", "anybody", "anyone", "nobody") and word.startswith(("want", "wish")):
        return _CONDITION.search(text[: cue.start]) is not None or before != "you"
    noun = word in ("need", "needs", "request", "wish", "hope", "want") and before in _NOUN_EN
    if word in ("rather than", "instead of") and _COPULA.search(text[: cue.start]):
        return True  # "is a wish rather than a target"
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
    noun = word in ("demande", "besoin", "propose", "demandes") and before in _NOUN_FR
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
    cue = lexicon.starts(code, "request.imperative", text[start:])
    told = cue and cue.words.lower() in ("un", "une") and lexicon.find(code, "speech.reporting", text[:_TELLING_HEAD])
    if cue and not told and not _noun_opens(text, code):
        return cue
    if cue := _told_to_drafters(text, code):
        return cue
    for comma in re.finditer(r"(?:[,:]|\s[–-])\s+", text):
        following = lexicon.starts(code, "request.imperative", text[comma.end() :])
        if following and _level(text, comma.start()) and len(following.words) > 2 and _verb_after(text, comma, code):
            return lexicon.Cue(comma.end(), comma.end() + following.end, following.words)
    return None


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


def names_draft(text: str, code: str) -> bool:
    """Whether the clause speaks of the draft itself."""
    return lexicon.find(code, "draft.words", text) is not None or bool(references(text, code))


def _judged(kind: Kind, cue: lexicon.Cue) -> Judgement:
    return Judgement(kind, cue.words)
