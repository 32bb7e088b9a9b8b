"""Clauses that make one opinion: a request with its reason, a remark over several sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedback_synth import languages
from feedback_synth.languages.references import references
from feedback_synth.languages.text import tokens
from feedback_synth.opinions import lexicon
from feedback_synth.opinions.asking import request_cue
from feedback_synth.opinions.clauses import Clause
from feedback_synth.opinions.kinds import ASKING, OPINIONS, Judgement

_PLACE = 60  # characters in which a part names a place of the draft
_ARTICLE = 4  # … before which an article or preposition stands
_BARE_WORDS = 4  # "À corriger.", "Đề nghị xem lại.": a request that lives on the sentence before
_LEAD_WORDS = 8  # of a statement that something is missing, which what follows makes up for
_ASKED_WORDS = 9  # of a statement that completes the question before it
_SHORT_REQUEST = 10  # words of a bare request whose subject stands before
_NEAR = 9  # words of a request among which a pronoun points back
_CLITIC = re.compile(  # "l'y inscrire", "il faut l'abaisser", "le ramener", "prévoyez-la"
    r"(?:^|\s)(?:il (?:faut|faudrait|conviendrait de|serait bon de)\s)?(?:l['’]y|l['’]en|l['’]|y|en|le|la|les)\s?"
    r"[^\W\d_]+(?:er|ir|re|oir)\b|^[^\W\d_]+ez-(?:le|la|les|y|en)\b",
    re.IGNORECASE,
)
_ALONE = frozenset(
    {"agreement", "support", "thanks", "aside", "procedure", "draft_summary", "drafter_answer", "nothing"}
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A clause with its words and what they do."""

    clause: Clause
    text: str
    judgement: Judgement

    @property
    def asks(self) -> bool:
        return self.judgement.kind in ASKING

    @property
    def tells(self) -> bool:
        return self.judgement.kind in ("critique", "difficulty")


def group(judged: list[Judged], code: str, *, note: bool = False) -> list[list[Judged]]:
    """The clauses in order, in groups of which each is one opinion or one stretch that is none.

    ``note``: the text is a cell or comment, where a sentence without any cue belongs to the opinion beside it.
    """
    groups: list[list[Judged]] = []
    for one in judged:
        if groups and _joins(groups[-1], one, code, note):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _joins(before: list[Judged], one: Judged, code: str, note: bool) -> bool:
    last = before[-1]
    if one.judgement.kind in _ALONE or last.judgement.kind in _ALONE or one.clause.joint in ("item", "start"):
        return False
    if one.clause.topic and one.clause.joint != "part":
        return False
    same_sentence = one.clause.joint == "part"
    answered = same_sentence and _shares(before, one, code, 1)
    asked = any(j.asks and not (answered and _only_worries(j, code)) for j in before)
    if same_sentence and lexicon.find(code, "joint.alternative", one.text):
        return True  # "once in two years lets much slip; once a year would be better"
    if one.clause.asks and not same_sentence:
        return note  # "She also asks that …": another request of the same speaker
    if not asked:
        return _reason_then(before, one, code, same_sentence, note)
    return _request_then(before, one, code, same_sentence, note)


def _only_worries(one: Judged, code: str) -> bool:
    """Consent with a worry ("chỉ băn khoăn …"), which the request behind it answers."""
    return one.judgement.kind == "mixed" and request_cue(one.text, code) is None


def _reason_then(before: list[Judged], one: Judged, code: str, same_sentence: bool, note: bool) -> bool:
    """After statements only: more statements of the same sentence, or the request they lead to."""
    if same_sentence:
        return not (_new_topic(one, code) or (before[-1].tells and _names_place_first(one.text, code)))
    if one.asks:
        if lexicon.starts(code, "joint.therefore", one.text) or len(one.text.split()) <= _BARE_WORDS:
            return True
        if before[-1].judgement.kind == "critique" and _impersonal(one.text, code):
            return True
        if _leads(before) or _points_back(one.text, code):
            return True
        told = before[-1].judgement.kind != "neutral" and _is_short(one.text)
        return note or (_bare_request(one, code) and (told or _shares(before, one, code, 1)))
    if one.tells and len(one.text.split()) <= _ASKED_WORDS and _points_back(one.text, code):
        return True
    return note or lexicon.starts(code, "joint.because", one.text) is not None


def _request_then(before: list[Judged], one: Judged, code: str, same_sentence: bool, note: bool) -> bool:
    """After a request: its reason or an elaboration, not another request and not another trouble."""
    because = lexicon.starts(code, "joint.because", one.text) is not None
    if one.asks:
        both_ask = one.judgement.kind == "question" and before[-1].judgement.kind == "question"
        if both_ask and len(one.text.split()) <= _ASKED_WORDS and _shares(before[-1:], one, code, 1):
            return True  # "What does 'followed' mean? Followed by whom?"
        if one.judgement.kind == "request" and _answers(before, one, code):
            return True
        return (both_ask and same_sentence) or (note and before[-1].judgement.kind == "question" and len(before) == 1)
    if because or (before[-1].judgement.kind == "question" and len(one.text.split()) <= _ASKED_WORDS):
        return True
    if one.tells:
        return False
    return note or same_sentence


def _answers(before: list[Judged], one: Judged, code: str) -> bool:
    """A request that answers the question before it, or takes up what was only criticised with a modal verb."""
    if before[-1].judgement.kind == "question":
        opens = lexicon.starts(code, "joint.therefore", one.text) is not None
        told = lexicon.starts(code, "speech.drafters", one.text) is not None
        return opens or told or (_bare_request(one, code) and _is_short(one.text))
    modal = lexicon.find(code, "request.modal", before[0].text)
    only_modal = len(before) == 1 and modal is not None and modal.words == before[0].judgement.evidence
    return only_modal and _bare_request(one, code) and _points_back(one.text, code)


def _leads(before: list[Judged]) -> bool:
    """ "The draft is silent on procurement.": few words that say what is missing, before what would mend it."""
    return len(before) == 1 and before[0].tells and len(before[0].text.split()) <= _LEAD_WORDS


def _is_short(text: str) -> bool:
    return len(text.split()) <= _SHORT_REQUEST


def _points_back(text: str, code: str) -> bool:
    """ "Bring it down", "The two periods should …", "il faut l'abaisser", "Đề nghị bỏ nội dung này": the words before
    are what the request is about.
    """
    if lexicon.starts(code, "joint.pointing", text):
        return True
    near = " ".join(text.split()[:_NEAR])
    if code == "fr":
        return _CLITIC.search(near) is not None
    return lexicon.find(code, "joint.back", near) is not None


def _impersonal(text: str, code: str) -> bool:
    """ "It would be wiser", "Il faudrait", "Nên": a request without a subject of its own."""
    opening = re.match(r"(?:it|that|cela|thì|vậy)\s+", text, flags=re.I)
    if opening is None and code == "en":
        return False
    return lexicon.starts(code, "request.modal", text[opening.end() if opening else 0 :]) is not None


def _names_place_first(text: str, code: str) -> bool:
    """ "Article 1 leaves out the wards": a part that begins with a place of the draft speaks of another matter."""
    named = references(text[:_PLACE], code)
    return bool(named) and named[0].start <= _ARTICLE


def _new_topic(one: Judged, code: str) -> bool:
    return bool(one.clause.topic) or (one.clause.start > one.clause.lead and one.asks and one.clause.topic != "")


def _bare_request(one: Judged, code: str) -> bool:
    """ "Đề nghị bổ sung …": the request opens the sentence and its subject stands before."""
    speaker = lexicon.starts(code, "speech.self", one.text)
    text = one.text[speaker.end :].lstrip() if speaker else one.text
    lists = ("request.performative", "request.imperative", "request.modal")
    return any(lexicon.starts(code, name, text) for name in lists)


def _shares(before: list[Judged], one: Judged, code: str, least: int) -> bool:
    stop = languages.get(code).stop_words
    words = {w for w in tokens(one.text) if w not in stop and len(w) > 2}
    earlier = {w for j in before for w in tokens(j.text)}
    return len(words & earlier) >= least


def is_opinion(members: list[Judged]) -> bool:
    """Whether a group holds at least one clause that asks, questions, criticises or reports a difficulty."""
    return any(j.judgement.kind in OPINIONS for j in members)
