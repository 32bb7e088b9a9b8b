"""From stretches to results: clauses judged, grouped, and entered in the ledger."""

from __future__ import annotations

from dataclasses import replace

from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.opinion import Agreement, Opinion, Role
from feedback_synth.languages.references import references
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import annotated, conclusions, grouping, judging, layout, lexicon, supports
from feedback_synth.opinions.edits import edits
from feedback_synth.opinions.grouping import Judged
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
_ITEM_CLAUSES = 3
_HEADED_CLAUSES = 4  # of a paragraph under a place ("Part III, section 1: …")
_PREAMBLE_WORDS = 14  # before the words of consent


def read(stretch: Stretch, judged: list[Judged], ledger: Ledger, reference: str) -> None:
    """Enter one stretch with its judged clauses; ``reference`` is the source's date, for deadlines without a year."""
    if stretch.zone in _FIXED:
        _sentences(stretch, ledger, _FIXED[stretch.zone])
    elif stretch.zone == "edit":
        _edit(stretch, ledger)
    elif stretch.zone in ("consent", "refusal"):
        _vote(stretch, ledger)
    elif stretch.zone == "conclusion":
        conclusions.read(stretch, ledger, language(stretch, ledger), reference)
    else:
        _speech(stretch, ledger, judged)


def language(stretch: Stretch, ledger: Ledger) -> str:
    """The language of the block that a stretch is of."""
    around = stretch.language or ledger.document.language
    return layout.language_of(ledger.document.by_id[stretch.block_id], around)


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
            language(stretch, ledger),
            asked,
            evidence,
            anchor=block.annotation.anchor if block.annotation else None,
            edits=(edit,),
        )
    )


def _vote(stretch: Stretch, ledger: Ledger) -> None:
    """Consent or refusal given by a mark: what it is about stands in the question."""
    span = Span(stretch.block_id, stretch.start, stretch.end)
    text = ledger.document.quote(span)
    if stretch.zone == "consent":
        ledger.passage(span.block_id, span.start, span.end, "agreement", stretch.evidence)
        agreed = Agreement(ledger.next_id(span.block_id, "a"), ledger.document.id, span, text, stretch.author)
        ledger.agreements.append(agreed)
        return
    ledger.passage(span.block_id, span.start, span.end, "opinion", stretch.evidence)
    ledger.opinions.append(
        Opinion(
            ledger.next_id(span.block_id, "o"),
            ledger.document.id,
            (span,),
            text,
            stretch.author,
            language(stretch, ledger),
            "other",
            stretch.evidence,
            stretch.context,
            stretch.places,
        )
    )


def _speech(stretch: Stretch, ledger: Ledger, judged: list[Judged]) -> None:
    code = language(stretch, ledger)
    if not judged:
        ledger.passage(stretch.block_id, stretch.start, stretch.end, "other", "no words")
    topics = _topics(judged, code)
    together = stretch.zone == "note" or _is_item(judged) or (stretch.talk and _is_brief(judged))
    groups = [[j] for j in judged] if stretch.listed else grouping.group(judged, code, note=together)
    for number, members in enumerate(groups):
        first = stretch.start if number == 0 else members[0].clause.lead
        following = groups[number + 1][0].clause.lead if number + 1 < len(groups) else stretch.end
        topic = topics.get(members[0].clause.start, "")
        _enter(stretch, ledger, members, first, following, code, topic)


def _is_item(judged: list[Judged]) -> bool:
    """A short item of a list: its sentences belong together."""
    return bool(judged) and judged[0].clause.joint == "item" and len(judged) <= _ITEM_CLAUSES


def _is_brief(judged: list[Judged]) -> bool:
    """A turn of a talk that, greetings aside, is no longer than an item of a list."""
    return sum(j.judgement.kind not in ("aside", "thanks", "procedure") for j in judged) <= _ITEM_CLAUSES


def _topics(judged: list[Judged], code: str) -> dict[int, str]:
    """The topic of each clause by its start: its own, that of its sentence, or a heading ("On indicators. …",
    "Part III, section 1: …" over a few sentences that name no other place).
    """
    found: dict[int, str] = {}
    heading = topic = ""
    place = judged[0].clause.topic if len(judged) <= _HEADED_CLAUSES and _heads(judged, code) else ""
    for one in judged:
        if one.judgement.evidence == judging.HEADING or (
            one.judgement.kind == "neutral"
            and len(one.text.split()) < 6
            and lexicon.starts(code, "joint.topic", one.text)
        ):
            heading = one.text.strip(" .:")
        besides = one.clause.joint == "sentence" and one.clause.lead < one.clause.start  # "Ngoài ra, …"
        place = "" if besides or (found and references(one.text, code)) else place
        topic = one.clause.topic or (topic if one.clause.joint == "part" else heading or place)
        found[one.clause.start] = topic
    return found


def _heads(judged: list[Judged], code: str) -> bool:
    """Whether the first topic is a place of the draft before a colon."""
    if not judged:
        return False
    first = judged[0]
    return bool(references(first.clause.topic, code)) and not first.clause.topic[:1].islower()


def _enter(
    stretch: Stretch, ledger: Ledger, members: list[Judged], start: int, end: int, code: str, topic: str
) -> None:
    kind = members[0].judgement.kind
    if grouping.is_opinion(members):
        evidence = _enter_opinion(stretch, ledger, members, code, topic)
        ledger.passage(stretch.block_id, start, end, "opinion", evidence)
        return
    role = _ROLE_OF_KIND.get(kind, "other")
    ledger.passage(stretch.block_id, start, end, role, members[0].judgement.evidence or "no cue")
    if role == "agreement":
        _enter_agreement(stretch, ledger, members, code)


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
    behind = _behind_preamble(text, members[0].judgement.evidence)
    span, text = replace(span, start=span.start + behind), text[behind:]
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


def _behind_preamble(text: str, words: str) -> int:
    """Where consent begins behind "In reply to letter …, having studied the file (…), ": at the comma before it."""
    head = text[: max(0, text.find(words))]
    return head.rfind(", ") + 2 if len(head.split()) > _PREAMBLE_WORDS and ", " in head else 0


def _span(text: str, block_id: str, members: list[Judged]) -> Span:
    """From the first clause's own words to the last clause's end, separators at the ends left out."""
    start, end = members[0].clause.start, members[-1].clause.end
    end = start + len(text[start:end].rstrip(" ;,\n"))
    return Span(block_id, start, end)


def _places(stretch: Stretch, topic: str, members: list[Judged], code: str) -> tuple[str, ...]:
    """The provision column first, then topics and lead-ins that name a place of the draft."""
    lead = stretch.context if stretch.zone == "speech" else ""
    topics = [topic, *(m.clause.topic for m in members)]
    outside = [t for t in topics if t and (references(t, code) or lexicon.find(code, "draft.words", t))]
    if lead and references(lead, code):
        named = _bare(lead, code)
        outside = [*(f"{t} {named}" for t in outside[:1] if references(t, code)), *outside, named]
    return tuple(dict.fromkeys((*stretch.places, *outside)))


def _bare(lead: str, code: str) -> str:
    """A lead-in without its number and its "Về": "2. Về Điều 5:" -> "Điều 5"."""
    words = layout.heading_words(lead)
    cue = lexicon.starts(code, "joint.topic", words)
    return words[cue.end :].strip() if cue else words
