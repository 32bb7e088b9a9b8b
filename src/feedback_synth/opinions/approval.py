"""Consent by the form it takes: a part of the draft judged well, somebody content with it or untroubled by it, a point
of notes that is ticked off; and what only looks like consent.
"""

from __future__ import annotations

import re

from feedback_synth.languages.references import references
from feedback_synth.opinions import asking, lexicon

_WORDS = 30  # of a clause that only consents
_NEAR = 80  # characters before words of consent in which their subject or auxiliary stands
_BETWEEN = r"(?:[\w'’-]+\s){0,3}$"
_COPULA = {
    "en": re.compile(r"\b(?:is|are|was|were|seems?|looks?|sounds?|has been|have been)\s" + _BETWEEN, re.I),
    "fr": re.compile(
        r"(?:\b(?:est|sont|était|étaient|semble|semblent|paraît|paraissent|paraîssent)|a été|ont été)\s" + _BETWEEN,
        re.I,
    ),
    "vi": re.compile(r"\b(?:là|rất|khá|đều|hoàn toàn|tương đối|thật|vậy)\s(?:rất |hoàn toàn |khá )?$", re.I),
}
_DEFINITE = {  # how a sentence on a part of the draft begins
    "en": re.compile(
        r"(?:the|this|that|these|those|both|all|its?|their|(?:chapter|part|section|article|clause)\b)\s?", re.I
    ),
    "fr": re.compile(r"(?:l['’]|(?:le|la|les|ce|cet|cette|ces|leurs?|sa|son|ses|chapitre|partie|article)\s)", re.I),
    "vi": re.compile(
        r"(?:việc|cách|các|những|mức|chỉ tiêu|danh sách|bố cục|nội dung|phần|chương|điều|khoản|phương án|lộ trình)\s",
        re.I,
    ),
}
_GOES_ON = re.compile(  # behind the judgement: the end, or for whom and in which respect
    r"\s*(?:$|[.,;!)]|(?:as|and|enough|et|và|rồi|ạ|so với)\b)", re.IGNORECASE
)
_CONTENT = re.compile(
    r"\s*(?:$|[.,;!)]|(?:with|about|on|as|avec|de|du|des|d['’]|sur|par|với|về)\b|d['’])", re.IGNORECASE
)
_NEGATION = {
    "en": re.compile(
        r"\b(?:not|never|no|nobody|none|nor|hardly|scarcely|less|if|whether|only|would|should|could|n't|too)\b|n['’]t\b",
        re.I,
    ),
    "fr": re.compile(
        r"\b(?:pas|jamais|aucune?|personne|peu|moins|si|seulement|guère|ni|trop|serait|seraient|devrait)\b", re.I
    ),
    "vi": re.compile(r"(?:^|\s)(?:không|chưa|chẳng|chả|nếu|chỉ|khó|đâu)(?:\s|$)", re.I),
}
_UNTROUBLED = {
    "en": re.compile(r"\b(?:no|without(?: any)?|nor any)\s(?:\w+\s)?$", re.I),
    "fr": re.compile(r"\b(?:aucune?|sans|pas de|pas d['’]|guère de)\s?(?:\w+\s)?$", re.I),
    "vi": re.compile(r"\b(?:không|chẳng|không còn|không có|không hề|không thấy)\s(?:có |còn |gì |thấy |gặp )?$", re.I),
}
_ABOUT = re.compile(
    r"\s*(?:gì\s)?(?:with|about|as to|over|on|avec|sur|quant|concernant|à propos|pour|với|về|đối với|ở)\b", re.I
)
_TICKED = re.compile(  # "95% collected = ok for all", "chỉ tiêu 95%: cả nhóm ok"
    r"(?:=|:|→|->|\s[-–])\s*(?:all |everybody |everyone |tous |tout le monde |cả nhóm |mọi người |nhóm )?"
    r"(?:ok|okay|fine|agreed|good|yes|oui|d['’]accord|bon|đồng ý|nhất trí|được(?! không| chưa| chăng))"
    r"(?!\w)[^,;:?!.]{0,25}\.?\s*$",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"[^.;]{0,30}?\b(?:19|20)\d\d\b")  # "was agreed in 2023 for another operation"
_PASSIVE = re.compile(r"(?:\b(?:was|were|been|being)|a été|ont été|était|étaient|được|đã)\s(?:\w+\s)?$", re.IGNORECASE)
_NOBODY = re.compile(
    r"\b(?:no one|nobody|personne (?:n['’]est|ne|n['’])|không ai|chẳng ai)\s?(?:\w+\s)?$", re.IGNORECASE
)
_CHOSEN = re.compile(r"chosen|judged|thought|targeted|choisi|pensé", re.IGNORECASE)  # only what is decided is so
_SHARES = re.compile(r"shar|partag|chia sẻ", re.IGNORECASE)
_NO_DOUBT = re.compile(r"\b(?:no|without|sans|aucun|không)\s$", re.IGNORECASE)


def approves(text: str, code: str) -> lexicon.Cue | None:
    """The words with which a clause that asks and criticises nothing judges a part of the draft well, or None."""
    if len(text.split()) > _WORDS or "?" in text or doubts(text, code):
        return None
    found = next(
        (c for rule in (_ticked, _untroubled, _content, _judged_well, _sides) if (c := rule(text, code))), None
    )
    if found is None or lexicon.find(code, "agreement.contrast", without_remainder(text, code)):
        return None
    rest = text[: found.start] + " " + text[found.end :]
    critical = any(lexicon.find(code, f"request.{n}", rest) for n in ("critique", "difficulty"))
    return None if critical or asking.strong_request(rest, code) else found


def doubts(text: str, code: str) -> bool:
    """Whether somebody doubts something in a clause."""
    cues = lexicon.find_all(code, "agreement.doubting", text)
    return any(not _NO_DOUBT.search(_before(text, c)) for c in cues)


def without_remainder(text: str, code: str) -> str:
    """The same length without "the rest", "các phần khác", whose words elsewhere tell of a contrast."""
    for cue in lexicon.find_all(code, "agreement.remainder", text):
        text = text[: cue.start] + "-" * (cue.end - cue.start) + text[cue.end :]
    return text


def of_nobody(text: str, cue: lexicon.Cue) -> bool:
    """ "No one agrees with the fee": words of consent whose subject is nobody."""
    return _NOBODY.search(_before(text, cue)) is not None


def settled_earlier(text: str, cue: lexicon.Cue) -> bool:
    """ "The split was agreed in 2023": words of consent that tell what others settled in an earlier year."""
    passive = _PASSIVE.search(_before(text, cue)) is not None
    return passive and _EARLIER.match(text, cue.end) is not None


def _before(text: str, cue: lexicon.Cue) -> str:
    return text[max(0, cue.start - _NEAR) : cue.start]


def _ticked(text: str, code: str) -> lexicon.Cue | None:
    match = _TICKED.search(text)
    return lexicon.Cue(match.start(), match.end(), match[0].strip()) if match else None


def _untroubled(text: str, code: str) -> lexicon.Cue | None:
    """ "The hospital has no difficulty with the drainage part"."""
    for cue in lexicon.find_all(code, "agreement.trouble", text):
        denied = _UNTROUBLED[code].search(text[: cue.start])
        if denied and _ABOUT.match(text, cue.end):
            return lexicon.Cue(denied.start(), cue.end, text[denied.start() : cue.end])
    return None


def _content(text: str, code: str) -> lexicon.Cue | None:
    """ "With the rest of the targets the ward is content"."""
    for cue in lexicon.find_all(code, "agreement.content", text):
        said = (
            code == "vi"
            or _COPULA[code].search(text[: cue.start])
            or re.search(r"\bam\s(?:\w+\s)?$", text[: cue.start])
        )
        if said and _CONTENT.match(text, cue.end) and not _NEGATION[code].search(text[: cue.start]):
            return cue
    return None


def _judged_well(text: str, code: str) -> lexicon.Cue | None:
    """ "The choice of markets is right"."""
    if not (_DEFINITE[code].match(text) or references(text, code)):
        return None
    for cue in lexicon.find_all(code, "agreement.judging", text):
        subject = text[: cue.start]
        part = any(lexicon.find(code, name, subject) for name in ("agreement.parts", "draft.words"))
        if not (part or references(subject, code) or _CHOSEN.search(cue.words)):
            continue  # "The road is in good order"
        said = _COPULA[code].search(text[: cue.start])
        if said and _GOES_ON.match(text, cue.end) and not _NEGATION[code].search(text[: cue.start]):
            return cue
    return None


def _sides(text: str, code: str) -> lexicon.Cue | None:
    """ "The mission welcomes the two drafts and shares the viewpoints of the Project"."""
    for cue in lexicon.find_all(code, "agreement.siding", text):
        behind = " ".join(text[cue.end :].split()[:5])
        ideas = lexicon.find(code, "agreement.views", behind)
        if not _SHARES.match(cue.words):  # a project's costs are shared, too
            ideas = ideas or lexicon.find(code, "agreement.ideas", behind) or lexicon.find(code, "draft.words", behind)
        if ideas and not _NEGATION[code].search(text[: cue.start]):
            return cue
    return None
