"""References inside a draft: those that lead nowhere, and those that did not follow a renumbering."""

from __future__ import annotations

from collections.abc import Iterator

from feedback_synth.datamodel.document import Notice
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.drafts.matching import Matching
from feedback_synth.drafts.places import Places, amending


def dangling(draft: Draft) -> Iterator[Notice]:
    """References to provisions that the draft does not have; nothing is said about acts that amend others."""
    places = Places(draft)
    if not any(p.level in ("article", "part") for p in draft.provisions):
        return
    has_annexes = any(p.level == "annex" for p in draft.provisions)  # else they are files of their own
    for provision in draft.provisions:
        if provision.level == "preamble" or _amends(places, provision):
            continue
        for pointer in places.pointers(provision):
            if pointer.target is None and (pointer.level != "annex" or has_annexes):
                yield Notice(
                    "reference_leads_nowhere",
                    (("draft", draft.kind), ("label", provision.label), ("reference", pointer.words)),
                    provision.spans[0] if provision.spans else None,
                )


def _amends(places: Places, provision: Provision) -> bool:
    pattern = amending(places.draft.language)
    return any(pattern.search(p.heading) or pattern.search(p.text[:200]) for p in (provision, *places.above(provision)))


def not_followed(matching: Matching) -> Iterator[Notice]:
    """References of the new draft that still name the old number of a provision that got another one.

    The old text named provision P; P now has another label, and the new text still names the old one.
    """
    renamed = _renamed(matching)
    if not renamed:
        return
    before, after = Places(matching.old), Places(matching.new)
    for provision in matching.new.provisions:
        partner = matching.old.by_id.get(matching.old_of.get(provision.id, ""))
        if partner is None or provision.level == "preamble":
            continue
        meant = {p.words: p.target for p in before.pointers(partner) if p.target is not None}
        for pointer in after.pointers(provision) if meant else ():
            target = meant.get(pointer.words)
            if target is not None and target.id in renamed and pointer.target is not renamed[target.id]:
                yield _stale(matching, provision, pointer.words, renamed[target.id])


def _renamed(matching: Matching) -> dict[str, Provision]:
    """The provisions whose number changed, by their old id."""
    pairs = ((matching.old.by_id[a], matching.new.by_id[b]) for a, b in matching.new_of.items())
    return {a.id: b for a, b in pairs if a.label != b.label}


def _stale(matching: Matching, provision: Provision, words: str, target: Provision) -> Notice:
    values = (("label", provision.label), ("reference", words), ("target", target.label))
    return Notice("reference_not_followed", values, provision.spans[0] if provision.spans else None)
