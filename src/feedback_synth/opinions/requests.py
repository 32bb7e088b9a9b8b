"""What an opinion asks for, by the words of the lexicon; a trained model may refine it later."""

from __future__ import annotations

from feedback_synth.datamodel.opinion import Edit, Request
from feedback_synth.opinions import lexicon
from feedback_synth.opinions.asking import strong_request
from feedback_synth.opinions.grouping import Judged
from feedback_synth.opinions.kinds import ASKING, is_about_draft

_ACTIONS: tuple[Request, ...] = ("delete", "amend", "clarify", "consider", "add")
_BY_EDIT: dict[str, Request] = {"replace": "amend", "delete": "delete", "insert": "add"}


def request(members: list[Judged], edits: tuple[Edit, ...], code: str) -> tuple[Request, str]:
    """The request of an opinion and the words that show it."""
    mixed = next((m for m in members if m.judgement.kind == "mixed"), None)
    if mixed:
        return "agree_with_remarks", mixed.judgement.evidence
    if edits:
        return _BY_EDIT[edits[0].kind], edits[0].old or edits[0].new
    asking = [m for m in members if m.judgement.kind in ASKING]
    if asking:
        return _asked(members, asking, code)
    return _told(members, code)


def _asked(members: list[Judged], asking: list[Judged], code: str) -> tuple[Request, str]:
    for member in asking:
        cue = strong_request(member.text, code)
        found = _first_action(member.text[cue.start if cue else 0 :], code) or _first_action(member.text, code)
        if member.judgement.kind == "question":
            return found if found and found[0] == "consider" else _questioned(members, code)
        if found:
            return found
    for member in members:
        found = _first_action(member.text, code)
        if found:
            return found
    figures = any(c.isdigit() for c in asking[0].text)
    return "amend" if figures else "add", asking[0].judgement.evidence


def _questioned(members: list[Judged], code: str) -> tuple[Request, str]:
    """A question that follows from criticism, or stands beside "quy định rõ", asks to clarify the draft."""
    for member in members:
        cue = lexicon.find(code, "request.clarify", member.text)
        if cue:
            return "clarify", cue.words
    leading = next((m for m in members if m.judgement.kind in ("critique", "request")), None)
    return ("clarify", leading.judgement.evidence) if leading else ("question", "?")


def _first_action(text: str, code: str) -> tuple[Request, str] | None:
    """The action named first; of those that begin at one place, the longest words."""
    plain = lexicon.find_all(code, "request.plain", text)
    cues = [
        (cue, action)
        for action in _ACTIONS
        for cue in lexicon.find_all(code, f"request.{action}", text)
        if not any(p.start <= cue.start and cue.end <= p.end for p in plain)
    ]
    if not cues:
        return None
    cue, action = min(cues, key=lambda c: (c[0].start, -len(c[0].words), _ACTIONS.index(c[1])))
    return action, cue.words


def _told(members: list[Judged], code: str) -> tuple[Request, str]:
    critique = next((m for m in members if m.judgement.kind == "critique"), None)
    if critique is None:
        hard = next((m for m in members if m.judgement.kind == "difficulty"), members[0])
        about_draft = hard.judgement.kind != "difficulty" and any(is_about_draft(m.text, code) for m in members)
        return ("other", hard.judgement.evidence) if about_draft else ("difficulty", hard.judgement.evidence)
    for action in ("clarify", "amend", "add"):
        cue = lexicon.find(code, f"request.{action}", critique.text)
        if cue:
            return action, cue.words
    return "other", critique.judgement.evidence
