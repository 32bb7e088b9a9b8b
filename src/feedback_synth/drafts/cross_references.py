"""References inside a draft: those that lead nowhere, and those that did not follow a renumbering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from feedback_synth.datamodel.document import Notice
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.drafts.matching import Matching
from feedback_synth.drafts.places import Places, Pointer, amending


def dangling(draft: Draft) -> Iterator[Notice]:
    """References to provisions that the draft does not have; nothing is said about acts that amend others."""
    places = Places(draft)
    if not any(p.level in ("article", "part") for p in draft.provisions):
        return
    has_annexes = any(p.level == "annex" for p in draft.provisions)  # else they are files of their own
    for provision in draft.provisions:
        if provision.level == "preamble" or _amends(places, provision):
            continue
        for pointer in _ends(places.pointers(provision)):
            counted = draft.language == "en" and _COUNTED.search(pointer.words)  # paragraphs that bear no number
            if pointer.target is None and not counted and (pointer.level != "annex" or has_annexes):
                yield Notice(
                    "reference_leads_nowhere",
                    (("draft", draft.kind), ("label", provision.label), ("reference", pointer.words)),
                    provision.spans[0] if provision.spans else None,
                )


_COUNTED = re.compile(
    r"(?:first|second|third|fourth|fifth|sixth|last)\s+(?:and\s+\w+\s+)?(?:sub)?paragraph", re.IGNORECASE
)


def _ends(pointers: Iterable[Pointer]) -> Iterator[Pointer]:
    """The pointers, of a range only its ends: what was repealed in between is not meant."""
    for words, group in groupby(pointers, key=lambda p: p.words):
        found = list(group)
        yield from (found[0], found[-1]) if len(found) > 2 and _RANGE.search(words) else found


_RANGE = re.compile(r"\w\s*(?:[-–]\s*(?=\w)|\s(?:à|au|đến|tới|to)\s)")


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


class Followed:
    """Tells whether two texts differ in nothing but references that followed the renumbering."""

    def __init__(self, matching: Matching) -> None:
        self.matching = matching
        self.places = Places(matching.old), Places(matching.new)

    def only(self, a: Provision, b: Provision) -> bool:
        before, after = (list(p.pointers(x)) for p, x in zip(self.places, (a, b), strict=True))
        if not before or len(before) != len(after) or a.heading != b.heading:
            return False
        same = all(
            x.target is not None and y.target is not None and self.matching.new_of.get(x.target.id) == y.target.id
            for x, y in zip(before, after, strict=True)
        )
        return same and _without(a.text, before) == _without(b.text, after)


def _without(text: str, pointers: list[Pointer]) -> list[str]:
    """The words of a text around its references."""
    for pointer in pointers:
        text = text.replace(pointer.words, " § ", 1)
    return text.split()


def _renamed(matching: Matching) -> dict[str, Provision]:
    """The provisions whose number changed, by their old id."""
    pairs = ((matching.old.by_id[a], matching.new.by_id[b]) for a, b in matching.new_of.items())
    return {a.id: b for a, b in pairs if a.label != b.label}


def _stale(matching: Matching, provision: Provision, words: str, target: Provision) -> Notice:
    values = (("label", provision.label), ("reference", words), ("target", target.label))
    return Notice("reference_not_followed", values, provision.spans[0] if provision.spans else None)
