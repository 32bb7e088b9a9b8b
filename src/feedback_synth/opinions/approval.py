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
_EARLIER = re.compile(r"[^.;]{0,30}?\b(?:19|20)\d\d\b")  # "was agreed in 2023 for another operation"
_END = r"\s*(?:$|[.,;!)]"  # behind a judgement
_TICKED = r"(?:=|:|→|->|\s[-–])\s*(?:{consent.everybody}\s)?(?!{consent.asking}){consent.ticking}[^,;:?!.]{0,25}\.?\s*$"


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
    return any(not lexicon.filled(r"{consent.no_doubt}\s$").search(_before(text, c)) for c in cues)


def without_remainder(text: str, code: str) -> str:
    """The same length without "the rest", "các phần khác", whose words elsewhere tell of a contrast."""
    for cue in lexicon.find_all(code, "agreement.remainder", text):
        text = text[: cue.start] + "-" * (cue.end - cue.start) + text[cue.end :]
    return text


def of_nobody(text: str, cue: lexicon.Cue) -> bool:
    """ "No one agrees with the fee": words of consent whose subject is nobody."""
    return lexicon.filled(r"{consent.nobody}\s?(?:\w+\s)?$").search(_before(text, cue)) is not None


def settled_earlier(text: str, cue: lexicon.Cue) -> bool:
    """ "The split was agreed in 2023": words of consent that tell what others settled in an earlier year."""
    passive = lexicon.filled(r"{consent.passive}\s(?:\w+\s)?$").search(_before(text, cue)) is not None
    return passive and _EARLIER.match(text, cue.end) is not None


def _before(text: str, cue: lexicon.Cue) -> str:
    return text[max(0, cue.start - _NEAR) : cue.start]


def _ticked(text: str, code: str) -> lexicon.Cue | None:
    """ "95% collected = ok for all", "chỉ tiêu 95%: cả nhóm ok"."""
    match = lexicon.filled(_TICKED).search(text)
    return lexicon.Cue(match.start(), match.end(), match[0].strip()) if match else None


def _untroubled(text: str, code: str) -> lexicon.Cue | None:
    """ "The hospital has no difficulty with the drainage part"."""
    between = r"(?:{consent.having}\s)?$" if lexicon.words(code, "consent.having") else r"(?:\w+\s)?$"
    for cue in lexicon.find_all(code, "agreement.trouble", text):
        denied = lexicon.filled(r"{consent.without}\s?" + between, code).search(text[: cue.start])
        if denied and lexicon.filled(r"\s*{consent.about}").match(text, cue.end):
            return lexicon.Cue(denied.start(), cue.end, text[denied.start() : cue.end])
    return None


def _content(text: str, code: str) -> lexicon.Cue | None:
    """ "With the rest of the targets the ward is content"."""
    for cue in lexicon.find_all(code, "agreement.content", text):
        before = text[: cue.start]
        said = (
            code == "vi"
            or _is_said(before, code)
            or lexicon.filled(r"{consent.own_copula}\s(?:\w+\s)?$").search(before)
        )
        if (
            said
            and lexicon.filled(_END + "|{consent.content_with})").match(text, cue.end)
            and not _denies(before, code)
        ):
            return cue
    return None


def _judged_well(text: str, code: str) -> lexicon.Cue | None:
    """ "The choice of markets is right"."""
    if not (lexicon.filled("{consent.definite}", code).match(text) or references(text, code)):
        return None
    for cue in lexicon.find_all(code, "agreement.judging", text):
        subject = text[: cue.start]
        part = any(lexicon.find(code, name, subject) for name in ("agreement.parts", "draft.words"))
        if not (part or references(subject, code) or lexicon.find(code, "consent.decided", cue.words)):
            continue  # "The road is in good order"
        ends = lexicon.filled(_END + "|{consent.goes_on})").match(text, cue.end)
        if _is_said(subject, code) and ends and not _denies(subject, code):
            return cue
    return None


def _is_said(before: str, code: str) -> bool:
    """Whether words before a judgement end in the verb that makes it one, with a few adverbs behind it."""
    between = r"(?:{consent.degree}\s)?$" if lexicon.words(code, "consent.degree") else _BETWEEN
    return lexicon.filled(r"{consent.copula}\s" + between, code).search(before) is not None


def _denies(before: str, code: str) -> bool:
    return lexicon.filled(r"{consent.denying}|n['’]t\b", code).search(before) is not None


def _sides(text: str, code: str) -> lexicon.Cue | None:
    """ "The mission welcomes the two drafts and shares the viewpoints of the Project"."""
    for cue in lexicon.find_all(code, "agreement.siding", text):
        behind = " ".join(text[cue.end :].split()[:5])
        ideas = lexicon.find(code, "agreement.views", behind)
        if not lexicon.starts(code, "consent.sharing", cue.words):  # a project's costs are shared, too
            ideas = ideas or lexicon.find(code, "agreement.ideas", behind) or lexicon.find(code, "draft.words", behind)
        if ideas and not _denies(text[: cue.start], code):
            return cue
    return None
