"""What one clause does: asks, questions, criticises, reports a difficulty, agrees, thanks, or none of these."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from feedback_synth import languages
from feedback_synth.languages.citations import citations
from feedback_synth.languages.references import references
from feedback_synth.opinions import approval, lexicon, persons
from feedback_synth.opinions.asking import request_cue, strong_request

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
_PARTS = re.compile(r"\s*[,;.!]\s+|\s+[-–—]\s+")
_QUESTION = re.compile(r"\?[\s\"”’»)]*$")
_WOULD_BE = re.compile(r"\b(?:would|will) be (?:\w+ly |much )?$", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the\s+|la\s+|le\s+|l['’]\s*)", re.IGNORECASE)
_ENDS = r"(?:\s+{request.particles})?[\s.…\"”»)]*$"  # behind the last words of a question
_LONGEST_CONSENT_WORDS = 40
_ANNOUNCING_WORDS = 24
_TURNING_WORDS = 12  # of "A word on books, which we do not refuse."
_INTRODUCED_WORDS = 26
_TELLING = 30  # characters before the verb of a story ("Ông kể lại …")
_COURTESY = 80  # characters before thanks that open a sentence
_OWN_WORK = 60  # characters before the verb of "Since 2018 the Alliance has spent …"
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
    parts = [part for part in _PARTS.split(text.strip(" .!;,")) if part] or [text]
    content = all(lexicon.equals(code, "agreement.none", part) for part in parts)  # "OK, no remarks."
    return Judgement("agreement", text.strip()) if content else None


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
    if (
        _remark_after(rest, code)
        or approval.doubts(rest, code)
        or _request_before(approval.without_remainder(text[: cue.start], code), code)
    ):
        return _judged("mixed", cue)
    return _judged("agreement", cue) if len(text[cue.start :].split()) <= _LONGEST_CONSENT_WORDS else None


def consent(text: str, code: str) -> lexicon.Cue | None:
    """Words of consent that no negation and no other meaning ("thống nhất số liệu") takes back."""
    refused = lexicon.find_all(code, "agreement.negated", text)
    for name in ("agreement.basic", "agreement.full"):
        for cue in lexicon.find_all(code, name, text):
            taken_back = any(r.start <= cue.start < r.end or cue.start <= r.start < cue.end for r in refused)
            if not (taken_back or approval.settled_earlier(text, cue) or approval.of_nobody(text, cue)):
                return cue
    if judged := approval.approves(text, code):
        return judged
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
    last = text.rstrip().endswith("./.")  # the last words of an official paper, before which its body is named in full
    if cue and len(text[cue.start if last else 0 :].split()) <= _ANNOUNCING_WORDS and not _QUESTION.search(text):
        return _judged("procedure", cue)
    cue = lexicon.starts(code, "speech.turning_to", text)
    brief = cue is not None and len(text.split()) <= _TURNING_WORDS
    return _judged("procedure", cue) if cue and brief and not strong_request(text[cue.end :], code) else None


def _thanks(text: str, code: str) -> Judgement | None:
    cue = lexicon.find(code, "speech.thanks", text)
    if cue is None or (cue.start > _COURTESY and _says_something(text[: cue.start], code)):
        return None
    welcome = cue.words.lower().startswith("appreciat")  # "an editable file would be appreciated"
    wished = welcome and _WOULD_BE.search(text[: cue.start]) is not None
    said = lexicon.filled(r",\s{telling.relative}\s").split(text[cue.end :], maxsplit=1)[0]
    asks = wished or strong_request(said, code) or _QUESTION.search(text)
    return None if asks else _judged("thanks", cue)


def _says_something(text: str, code: str) -> bool:
    """Whether words before thanks ask, criticise or report a trouble."""
    lists = ("request.critique", "request.difficulty")
    return strong_request(text, code) is not None or any(lexicon.find(code, name, text) for name in lists)


def _aside(text: str, code: str) -> Judgement | None:
    introduced = lexicon.filled(r"{telling.since}\s+(?:19|20)\d\d\b").search(text)
    brief = len(text.split()) <= _INTRODUCED_WORDS
    opens = introduced is not None and not text[: introduced.start()].strip()
    rest = text[introduced.end() :].lstrip(" ,") if introduced and opens else text
    if introduced and brief and _tells_of_itself(rest, code) and not request_cue(rest, code):
        return Judgement("aside", introduced[0])
    own = lexicon.starts(code, "speech.introducing", text)
    if own and not strong_request(text[own.end :], code):
        return _judged("aside", own)
    described = lexicon.find(code, "speech.describing", text)
    itself = _tells_of_itself(text, code) or (code == "vi" and lexicon.starts(code, "person.body", text) is not None)
    counted = _counts_members(text, code) if itself else None
    if counted and not _says_something(text, code):
        return Judgement("aside", counted[0])
    if described and described.start <= _OWN_WORK and itself and not _says_something(text, code):
        return _judged("aside", described)
    if outlived := _of_act_in_force(text, code):
        return _judged("aside", outlived)
    told = lexicon.find(code, "speech.telling", text)
    if (
        told
        and (told.start <= _TELLING or _who_tells(text, told, code))
        and not _asks_after(text[told.end :], code)
        and not is_about_draft(text, code)
    ):
        return _judged("aside", told)
    done = lexicon.find(code, "speech.achieving", text)
    if done and done.start <= _OWN_WORK and not _says_something(text, code) and not is_about_draft(text, code):
        return None if request_cue(text, code) or _QUESTION.search(text) else _judged("aside", done)
    if offered := _offers(text, code):
        return _judged("aside", offered)
    for name in ("speech.reported", "speech.personal"):
        cue = lexicon.find(code, name, text)
        if cue and not (strong_request(text[: cue.start] + " " + text[cue.end :], code) or _QUESTION.search(text)):
            return _judged("aside", cue)
    return None


def _offers(text: str, code: str) -> lexicon.Cue | None:
    """ "The Bank is ready to pay for the training": help that somebody offers, without a word on the draft."""
    cue = lexicon.find(code, "speech.offering", text)
    if cue is None or cue.start > _OWN_WORK or _QUESTION.search(text) or is_about_draft(text, code):
        return None
    asks = _says_something(text, code) or lexicon.find(code, "agreement.contrast", text) is not None
    denied = lexicon.find(code, "speech.not_offered", text[: cue.start])
    return None if asks or denied else cue


def _counts_members(text: str, code: str) -> re.Match[str] | None:
    """ "Our association groups 143 members": what a body tells of itself."""
    own = r"{telling.own} ?" if lexicon.words(code, "telling.own") else ""
    has = r"{telling.having} (?=(?:[\w,.]+ ){0,4}(?:{telling.members}|[^\W\d_]+, who\b))"
    return lexicon.filled(rf"{own}[\w'’ -]{{3,40}}? (?:{{telling.counting}}|{has})[\w ,]*\d", code).match(text)


def _of_act_in_force(text: str, code: str) -> lexicon.Cue | None:
    """ "Resolution No. 12/2020/NQ-HĐND has shown its limits": why a new act is needed, no word on the draft."""
    outlived = lexicon.find(code, "speech.outlived", text)
    if outlived is None or request_cue(text, code) or _QUESTION.search(text):
        return None
    return outlived if any(act.start <= _TELLING for act in citations(text, code)) else None


def _who_tells(text: str, told: lexicon.Cue, code: str) -> bool:
    """Whether a person, named or the speaker himself, is the subject of a verb of a story that stands farther off."""
    opens = persons.honorific(text, code) > 0 or lexicon.starts(code, "speech.self", text) is not None
    return opens and told.start <= _COURTESY


def _asks_after(story: str, code: str) -> bool:
    """Whether a story asks something; that people "had to" do it belongs to the story."""
    cue = strong_request(story, code)
    return cue is not None and not lexicon.equals(code, "telling.had_to", cue.words)


def _tells_of_itself(text: str, code: str) -> bool:
    """ "We have worked …", "the Alliance has spent …": the sender or a body is what the words are about."""
    if lexicon.starts(code, "speech.self", text):
        return True
    article = _DEFINITE.match(text)
    return article is not None and lexicon.starts(code, "person.body", text[article.end() :]) is not None


def _question(text: str, code: str) -> Judgement | None:
    if _QUESTION.search(text):
        return Judgement("question", "?")
    opened = lexicon.starts(code, "request.asked_start", text.lstrip(' -–•"“«'))
    if opened:
        return _judged("question", opened)
    said = len(lexicon.filled(_ENDS).sub("", text))
    ends = (cue for cue in lexicon.find_all(code, "request.asked_end", text) if cue.end >= said)
    return next((_judged("question", cue) for cue in ends if cue.start), None)


def _request(text: str, code: str) -> Judgement | None:
    cue = request_cue(text, code)
    return _judged("request", cue) if cue else None


def _critique(text: str, code: str) -> Judgement | None:
    cue = lexicon.find(code, "request.critique", text)
    hard = lexicon.find(code, "request.difficulty", text)
    if cue is None or (hard and hard.start < cue.start and not is_about_draft(text, code)):
        return None
    return _judged("critique", cue)


def _difficulty(text: str, code: str) -> Judgement | None:
    cue = lexicon.find(code, "request.difficulty", text)
    return _judged("difficulty", cue) if cue else None


def _procedure(text: str, code: str) -> Judgement | None:
    for kind in ("procedure", "drafter_answer", "draft_summary"):
        name = {"drafter_answer": "minutes.answer", "draft_summary": "minutes.summary"}.get(kind, "minutes.procedure")
        cue = lexicon.find(code, name, text)
        critical = kind == "draft_summary" and lexicon.find(code, "request.critique", text) is not None
        asks = strong_request(text, code) or _QUESTION.search(text) or (cue and _begins_inside(text, cue, code))
        if cue and cue.start <= 40 and not asks and not critical:
            return Judgement(kind, cue.words)
    return None


def _begins_inside(text: str, cue: lexicon.Cue, code: str) -> bool:
    """Whether a cue begins in a longer word of asking ("Cân nhắc lại …" is no "nhắc lại")."""
    asked = request_cue(text, code)
    return asked is not None and asked.start < cue.start < asked.end


def _conformity(text: str, code: str) -> Judgement | None:
    """ "Dự thảo phù hợp với thẩm quyền …", "… đủ điều kiện trình": a formula of those who examine a draft."""
    cue = lexicon.find(code, "agreement.conforming", text)
    if cue is None or lexicon.find(code, "agreement.contrast", text[cue.end :]):
        return None
    denied = lexicon.filled(r"{consent.negation}\s+(?:\w+\s+)?$").search(text[: cue.start])
    return _judged("critique" if denied else "procedure", cue)


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
    _conformity,
)


def is_about_draft(text: str, code: str) -> bool:
    """Whether a clause speaks of the draft itself, or names one of its provisions."""
    return lexicon.find(code, "draft.words", text) is not None or bool(references(text, code))


def _judged(kind: Kind, cue: lexicon.Cue) -> Judgement:
    return Judgement(kind, cue.words)
