"""Orders of the chair: which sentences are orders, who is to do them, with whom and by when."""

from __future__ import annotations

import re

from feedback_synth.opinions import lexicon, organizations, persons
from feedback_synth.opinions.deadlines import deadline
from feedback_synth.opinions.kinds import judge

_ARTICLE = re.compile(r"^(?:(?:the|les|le|la|aux|au|à|to|for|cho|các|tới)\s+|l['’]\s*)", re.IGNORECASE)
_TASK = re.compile(r"\s+(?:to\s|d['’](?=[a-zà-ÿ])|de\s+[a-zà-ÿ]+(?:er|ir|re)\b|(?!(?:of|de|du|của)\b)[^\W\dA-ZĐ]+\s)")
_NAMED = re.compile(r"(?:^|\s)(?:[A-ZĐÀ-Ỹ]\w*|tỉnh|xã|phường)$")
_NO_ACT = frozenset({"khi", "tính", "cần", "phải"})  # verbs of orders that may belong to a report
_LONGEST_NAME = 14  # words
_LONGEST_SUBJECT = 9  # words of a body before its verb
_EDGES = " ,;:.–-"


def is_directive(text: str, code: str, *, item: bool) -> tuple[bool, str]:
    """Whether a sentence of the chair's conclusion gives an order, and the words that show it.

    ``item``: it stands in a list of orders, where every item is one unless it thanks or reports.
    """
    reported = lexicon.find(code, "directive.not", text[:130])
    lead = lexicon.find(code, "directive.lead", text)
    if reported and (lead is None or lead.start < reported.start):
        return False, reported.words
    if judge(text, code).kind in ("thanks", "procedure", "agreement", "nothing") and lead is None:
        return False, "thanks or procedure"
    order = lexicon.find(code, "directive.order", text)
    if order:
        return True, order.words
    body = _body_at(text, code)
    if body and lexicon.find(code, "directive.verbs", text) and (deadline(text, code, "") or _acts(text, code)):
        return True, body
    return item and len(text.split()) > 3, "structure:item of the conclusion"


def _acts(text: str, code: str) -> bool:
    """ "The Editorial Team prepares …": a body and its verb, with which minutes write what it is to do."""
    plain = _ARTICLE.sub("", text.lstrip(_EDGES + "+•*"))
    verb = next((c for c in lexicon.find_all(code, "directive.verbs", plain) if c.start > 2), None)
    if verb is None:
        return False
    subject = plain[: verb.start].rstrip()
    told = code == "vi" and (verb.words.lower() in _NO_ACT or not _ends_body(subject))
    return len(subject.split()) <= _LONGEST_SUBJECT and not told


def _ends_body(subject: str) -> bool:
    """Whether a Vietnamese subject is nothing but a body: no word such as "đã" or "nêu" stands behind its name."""
    return organizations.is_known(subject) or _NAMED.search(subject) is not None


def continues(text: str, code: str, reference: str) -> bool:
    """ "Hoàn thành trước ngày …": a short sentence that only sets the date of the order before it."""
    return len(text.split()) <= 12 and bool(deadline(text, code, reference)) and not addressee(text, code)


def addressee(text: str, code: str) -> str:
    """The body that is to act, in its listed name, or ""."""
    lead = lexicon.find(code, "directive.lead", text)
    if lead and lead.start < 160:
        return _body_at(text[lead.end :], code)
    return _body_at(text, code)


def partners(text: str, code: str) -> str:
    """Those with whom it is to be done, in the words of the source, or ""."""
    cue = lexicon.find(code, "directive.with", text)
    if cue is None:
        return ""
    rest = text[cue.end :]
    verb = lexicon.find(code, "directive.verbs", rest)
    due = lexicon.filled(r"\s{directive.limit}\s").search(rest)
    cut = min(
        filter(
            None,
            (
                verb.start if verb and verb.start > 2 else 0,
                due.start() if due else 0,
                *(rest.find(m) for m in ",;:.(" if rest.find(m) > 0),
            ),
        ),
        default=len(rest),
    )
    return rest[:cut].strip(_EDGES)


def _body_at(text: str, code: str) -> str:
    """A body named at the start of ``text``, up to the verb."""
    trimmed = text.lstrip(_EDGES + "+•*")
    plain = _ARTICLE.sub("", trimmed)
    listed = _listed_body(plain)
    if listed:
        return organizations.canonical(listed, code)
    verb = next((c for c in lexicon.find_all(code, "directive.verbs", plain) if c.start > 2), None)
    head = re.split(r"[,;:(]", plain[: verb.start] if verb else plain)[0].strip(_EDGES)
    if not head or len(head.split()) > 16:
        return ""
    if organizations.is_known(head):
        return organizations.canonical(head, code)
    if lead := persons.honorific(head, code):
        name = persons.name_at(head[lead:], code)
        tasked = name and _TASK.match(head[lead + len(name) :])
        return head[: lead + len(name)] if tasked else head  # "cô Hà nộp …", "Ms Hoa to send …"
    body = lexicon.starts(code, "person.body", head) or (
        lexicon.find(code, "person.body", head) if code != "vi" else None
    )
    place = lexicon.find(code, "person.place", head)
    several = code == "vi" and re.match(r"(?:các|những)\s", trimmed, re.IGNORECASE)
    if several and (body or place):
        return trimmed[: trimmed.lower().find(head.lower()) + len(head)]
    return organizations.canonical(head, code) if body or place else ""


def _listed_body(text: str) -> str:
    """The longest run of words at the start that is the listed name of a body ("Sở Xây dựng")."""
    words = re.split(r"[,;:(]", text)[0].split()[:_LONGEST_NAME]
    runs = (" ".join(words[:n]) for n in range(len(words), 1, -1))
    return next((run for run in runs if organizations.is_known(run)), "")
