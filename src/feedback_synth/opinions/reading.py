"""From stretches to results: clauses judged, grouped, and entered in the ledger."""

from __future__ import annotations

import re
from dataclasses import replace

from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.opinion import Agreement, Opinion, Role
from feedback_synth.languages.references import references
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import annotated, conclusions, grouping, layout, lexicon, role_model, supports
from feedback_synth.opinions.clauses import clauses
from feedback_synth.opinions.edits import edits
from feedback_synth.opinions.grouping import Judged
from feedback_synth.opinions.kinds import Judgement, judge
from feedback_synth.opinions.ledger import Ledger
from feedback_synth.opinions.requests import request
from feedback_synth.opinions.stretch import UNKNOWN, Stretch

_FIXED: dict[str, Role] = {
    "attendance": "attendance",
    "procedure": "procedure",
    "draft_summary": "draft_summary",
    "drafter_answer": "drafter_answer",
    "other": "other",
}
_ROLE_OF_KIND: dict[str, Role] = {
    "agreement": "agreement",
    "support": "agreement",
    "procedure": "procedure",
    "draft_summary": "draft_summary",
    "drafter_answer": "drafter_answer",
}
_NOTE_ASIDE = frozenset({"aside", "drafter_answer", "nothing"})


def read(stretch: Stretch, ledger: Ledger, reference: str) -> None:
    """Enter one stretch; ``reference`` is the date of the source, for deadlines without a year."""
    if stretch.zone in _FIXED:
        _sentences(stretch, ledger, _FIXED[stretch.zone])
    elif stretch.zone == "edit":
        _edit(stretch, ledger)
    elif stretch.zone == "conclusion":
        conclusions.read(stretch, ledger, _code(stretch, ledger), reference)
    else:
        _speech(stretch, ledger)


def _code(stretch: Stretch, ledger: Ledger) -> str:
    return layout.language_of(ledger.document.by_id[stretch.block_id], ledger.document.language)


def _sentences(stretch: Stretch, ledger: Ledger, role: Role) -> None:
    text = ledger.text(stretch.block_id)
    for start, end in sentences(text[stretch.start : stretch.end], ledger.document.language):
        ledger.passage(stretch.block_id, stretch.start + start, stretch.start + end, role, stretch.evidence)


def _edit(stretch: Stretch, ledger: Ledger) -> None:
    """A tracked change: its words are the opinion."""
    block = ledger.document.by_id[stretch.block_id]
    asked, evidence, edit = annotated.request_of(block)
    span = Span(block.id, stretch.start, stretch.end)
    ledger.passage(block.id, span.start, span.end, "opinion", evidence)
    ledger.opinions.append(
        Opinion(
            ledger.next_id(block.id, "o"),
            ledger.document.id,
            (span,),
            ledger.document.quote(span),
            stretch.author,
            _code(stretch, ledger),
            asked,
            evidence,
            anchor=block.annotation.anchor if block.annotation else None,
            edits=(edit,),
        )
    )


def _speech(stretch: Stretch, ledger: Ledger) -> None:
    code = _code(stretch, ledger)
    text = ledger.text(stretch.block_id)
    note = stretch.zone == "note"
    judged = [
        Judged(c, text[c.start : c.end], _judge(text[c.start : c.end], code, stretch))
        for c in clauses(text, stretch.start, stretch.end, code)
    ]
    topics = _topics(judged)
    judged = _parallel(_governed(judged, stretch), code)
    groups = [[j] for j in judged] if stretch.listed else grouping.group(judged, code, note=note)
    for number, members in enumerate(groups):
        first = stretch.start if number == 0 else members[0].clause.lead
        following = groups[number + 1][0].clause.lead if number + 1 < len(groups) else stretch.end
        topic = topics.get(members[0].clause.start, "")
        _enter(stretch, ledger, members, first, following, code, topic)


def _topics(judged: list[Judged]) -> dict[int, str]:
    """The topic of each clause by its start: its own, or that which opened its sentence ("Tại khoản 2: …; …")."""
    found: dict[int, str] = {}
    topic = ""
    for one in judged:
        topic = one.clause.topic or (topic if one.clause.joint == "part" else "")
        found[one.clause.start] = topic
    return found


def _governed(judged: list[Judged], stretch: Stretch) -> list[Judged]:
    """The first clause behind "asked why", "proposed that" asks, whatever its own words."""
    if not stretch.asks or not judged or judged[0].judgement.kind not in ("neutral", "critique", "difficulty"):
        return judged
    return [replace(judged[0], judgement=Judgement("request", stretch.asks)), *judged[1:]]


def _parallel(judged: list[Judged], code: str) -> list[Judged]:
    """ "We ask that …; that …": members of a list that one verb governs ask as its first member does."""
    found: list[Judged] = []
    asking = False
    for one in judged:
        asking = (asking and one.clause.joint == "part") or one.asks
        that = lexicon.starts(code, "speech.that", one.text)
        if asking and not one.asks and one.clause.joint == "part" and that and one.judgement.kind != "agreement":
            one = replace(one, judgement=Judgement("request", that.words))
        found.append(one)
    return found


def _judge(text: str, code: str, stretch: Stretch) -> Judgement:
    found = judge(text, code)
    if stretch.listed and found.kind != "nothing":
        return Judgement("request", stretch.evidence)
    return found


def _enter(
    stretch: Stretch, ledger: Ledger, members: list[Judged], start: int, end: int, code: str, topic: str
) -> None:
    kind = members[0].judgement.kind
    if grouping.is_opinion(members) or _unmarked_opinion(stretch, members, code):
        evidence = _enter_opinion(stretch, ledger, members, code, topic)
        ledger.passage(stretch.block_id, start, end, "opinion", evidence)
        return
    role = _ROLE_OF_KIND.get(kind, "other")
    ledger.passage(stretch.block_id, start, end, role, members[0].judgement.evidence or "no cue")
    if role == "agreement":
        _enter_agreement(stretch, ledger, members, code)


def _unmarked_opinion(stretch: Stretch, members: list[Judged], code: str) -> bool:
    """Words without any cue: in a cell or comment an opinion, in speech what the role model says."""
    if any(m.judgement.kind != "neutral" for m in members):
        return False
    text = " ".join(m.text for m in members)
    if stretch.zone == "note":
        return bool(re.search(r"[^\W\d_]{2}", text)) and not role_model.rejects(text, code)
    return role_model.finds(text, code)


def _enter_opinion(stretch: Stretch, ledger: Ledger, members: list[Judged], code: str, topic: str) -> str:
    block = ledger.document.by_id[stretch.block_id]
    span = _span(block.text, stretch.block_id, members)
    text = ledger.document.quote(span)
    changes = edits(text)
    asked, evidence = request(members, changes, code)
    ledger.opinions.append(
        Opinion(
            ledger.next_id(block.id, "o"),
            ledger.document.id,
            (span,),
            text,
            stretch.author,
            code,
            asked,
            evidence,
            " ".join(part for part in (stretch.context, topic) if part),
            _places(stretch, topic, members, code),
            block.annotation.anchor if block.annotation else None,
            changes,
            supports.supported(text, code, ledger.opinions),
        )
    )
    return evidence or "no cue"


def _enter_agreement(stretch: Stretch, ledger: Ledger, members: list[Judged], code: str) -> None:
    span = _span(ledger.text(stretch.block_id), stretch.block_id, members)
    text = ledger.document.quote(span)
    sided = supports.supported(text, code, ledger.opinions)
    collective = lexicon.starts(code, "speech.others", text)
    ledger.agreements.append(
        Agreement(
            ledger.next_id(span.block_id, "a"),
            ledger.document.id,
            span,
            text,
            UNKNOWN if collective else stretch.author,
            sided,
        )
    )


def _span(text: str, block_id: str, members: list[Judged]) -> Span:
    """From the first clause's own words to the last clause's end, separators at the ends left out."""
    start, end = members[0].clause.start, members[-1].clause.end
    end = start + len(text[start:end].rstrip(" ;,\n"))
    return Span(block_id, start, end)


def _places(stretch: Stretch, topic: str, members: list[Judged], code: str) -> tuple[str, ...]:
    """The provision column first, then topics and lead-ins that name a place of the draft."""
    topics = [topic, *(m.clause.topic for m in members), stretch.context]
    outside = [t for t in topics if t and (references(t, code) or lexicon.find(code, "draft.words", t))]
    return tuple(dict.fromkeys((*stretch.places, *outside)))
