"""Provisions that became two, and provisions that became one."""

from __future__ import annotations

from rapidfuzz.distance import LCSseq

from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.drafts.matching import Matcher

_COVERED = 0.6  # share of a new provision's words that an old one lost
_LEAST = 4  # words
_NEAR = 3  # siblings


def find(matcher: Matcher) -> None:
    """Record in the matching which added provisions are parts of old ones, and which removed ones went into new ones."""
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
        lost = _lost(matcher.own[id(there)][other], matcher.own[id(here)][sibling.id])
        common = int(LCSseq.similarity(words, lost))
        if common >= _LEAST and common >= _COVERED * len(words):
            best = max(best, (common / len(words), other))
    return best[1]


def _near_siblings(draft: Draft, single: Provision) -> list[Provision]:
    siblings = draft.children.get(single.parent_id, ())
    place = next(i for i, p in enumerate(siblings) if p.id == single.id)
    return [p for p in siblings[max(0, place - _NEAR) : place + _NEAR + 1] if p.id != single.id]


def _lost(whole: str, partner: str) -> str:
    """The words of ``whole`` that its partner does not have."""
    return "".join(
        whole[code.src_start : code.src_end] for code in LCSseq.opcodes(whole, partner) if code.tag in ("delete", "replace")
    )
