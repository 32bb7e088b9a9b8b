"""Provisions that became two, and provisions that became one."""

from __future__ import annotations

from rapidfuzz.distance import LCSseq

from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.drafts.matching import Matcher

_COVERED = 0.6  # share of a new provision's words that an old one lost
_MOST_OF_LOST = 0.75  # share of the lost words that a new provision took over, where it also says more
_LEAST = 3  # words
_LEAD_IN = 4  # words before and among those taken over with which a new provision begins
_NEAR = 3  # siblings


def find(matcher: Matcher) -> None:
    """Record which added provisions are parts of old ones, and which removed ones went into new ones."""
    matching = matcher.matching
    for added in matcher.new.provisions:
        if added.id not in matching.old_of and added.level != "preamble":
            owner = _owner(matcher, added, matcher.new, matcher.old)
            if owner:
                matching.split.setdefault(owner, []).append(added.id)
    for removed in matcher.old.provisions:
        if removed.id not in matching.new_of and removed.level != "preamble":
            owner = _owner(matcher, removed, matcher.old, matcher.new)
            if owner:
                matching.merged.setdefault(owner, []).append(removed.id)


def _owner(matcher: Matcher, single: Provision, here: Draft, there: Draft) -> str:
    """The provision of the other draft that holds the words of ``single`` beside those of its own partner, or ""."""
    partner = matcher.matching.old_of if here is matcher.new else matcher.matching.new_of
    words = matcher.own[id(here)][single.id]
    best = (0.0, "")
    for sibling in _near_siblings(here, single):
        other = partner.get(sibling.id)
        if other is None:
            continue
        whole = matcher.own[id(there)][other]
        share = _taken_over(words, whole, _lost(whole, matcher.own[id(here)][sibling.id]))
        if share > best[0]:
            best = (share, other)
    return best[1]


def _taken_over(words: str, whole: str, lost: str) -> float:
    """How much of ``words`` comes from what ``whole`` lost to it; 0 where it is too little to speak of a part."""
    common = int(LCSseq.similarity(words, lost))
    if common < _LEAST:
        return 0.0
    alone = common > _LEAST and common >= _COVERED * len(words)
    extended = common > _LEAST + 1 and common >= _MOST_OF_LOST * len(lost) and common >= len(words) / 3
    with_lead_in = common >= _COVERED * len(lost) and int(LCSseq.similarity(words, whole)) >= _COVERED * len(words)
    opens = len(lost) > _LEAST and int(LCSseq.similarity(words[: 2 * len(lost) + _LEAD_IN], lost)) == len(lost)
    return common / len(words) if alone or extended or with_lead_in or opens else 0.0


def _near_siblings(draft: Draft, single: Provision) -> list[Provision]:
    siblings = draft.children.get(single.parent_id, ())
    place = next(i for i, p in enumerate(siblings) if p.id == single.id)
    near = siblings[max(0, place - _NEAR) : place + _NEAR + 1]
    return [p for p in near if p.id != single.id and p.level != "preamble"]


def _lost(whole: str, partner: str) -> str:
    """The words of ``whole`` that its partner does not have."""
    return "".join(
        whole[code.src_start : code.src_end]
        for code in LCSseq.opcodes(whole, partner)
        if code.tag in ("delete", "replace")
    )
