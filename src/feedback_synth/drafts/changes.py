"""The entry of each provision that differs: kind, words, strength."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from feedback_synth.datamodel.comparison import Change, ChangeKind, Segment
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.drafts.alignment import kept_in_order, similarity
from feedback_synth.drafts.cross_references import Followed
from feedback_synth.drafts.matching import Matcher, words
from feedback_synth.drafts.numbering import roman_value
from feedback_synth.drafts.segments import cosmetic_key, segments
from feedback_synth.languages.words import alternatives, structure

_SAME_PROVISION = 0.6  # a moved provision that keeps less than this of its words counts as modified


class Differ:
    """Makes the changes of one matching, in the order of the new draft; removals stand where the old text stood."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.matching = matcher.matching
        self.old, self.new = matcher.old, matcher.new
        self.moved = _moved(matcher)
        self.followed = Followed(matcher.matching)
        self.whole_of = {part: whole for whole, parts in self.matching.split.items() for part in parts}

    def changes(self) -> list[Change]:
        found: list[Change] = []
        removed = self._removed_after()
        found += [self._removed(p) for p in removed.get("", ())]
        for provision in self.new.provisions:
            found += self._changes_of(provision)
            partner = self.matching.old_of.get(provision.id, "")
            found += [self._removed(p) for p in removed.get(partner, ())] if partner else []
        return found

    def _changes_of(self, provision: Provision) -> list[Change]:
        partner = self.matching.old_of.get(provision.id)
        if partner is not None:
            change = self._paired(self.old.by_id[partner], provision)
            merged = [
                self._part(self.old.by_id[x], provision, "merged") for x in self.matching.merged.get(provision.id, ())
            ]
            return [*([change] if change else []), *merged]
        whole = self.whole_of.get(provision.id)
        if whole is not None:
            return [self._part(self.old.by_id[whole], provision, "split")]
        return [self._added(provision)]

    def _removed_after(self) -> dict[str, list[Provision]]:
        """Removed provisions by the paired provision they stood behind."""
        out: dict[str, list[Provision]] = defaultdict(list)
        merged = {x for parts in self.matching.merged.values() for x in parts}
        last = ""
        for provision in self.old.provisions:
            if provision.id in self.matching.new_of:
                last = provision.id
            elif provision.id not in merged:
                out[last].append(provision)
        return out

    # -- entries -----------------------------------------------------------------------------------
    def _paired(self, a: Provision, b: Provision) -> Change | None:
        before, after = words(a), words(b)
        same = before == after or _unended(before) == _unended(after)
        cosmetic = same or cosmetic_key(before) == cosmetic_key(after)
        kind = self._kind(a, b, same, cosmetic)
        if kind is None:
            return None
        numbering_only = cosmetic or (kind == "modified" and self.followed.only(a, b))
        return self._change(kind, a, b, substantive=kind in ("split", "merged", "moved") or not numbering_only)

    def _kind(self, a: Provision, b: Provision, same: bool, cosmetic: bool) -> ChangeKind | None:
        if a.id in self.matching.split:
            return "split"
        if b.id in self.matching.merged:
            return "merged"
        moved = b.id in self.moved
        if moved and (cosmetic or self._likeness(a, b) >= _SAME_PROVISION):
            return "moved"
        if not cosmetic:
            return "modified"
        if a.label != b.label and _bare(a.label) != _bare(b.label):
            return "renumbered"
        return None if same else "modified"

    def _likeness(self, a: Provision, b: Provision) -> float:
        return similarity(self.matcher.own[id(self.old)][a.id], self.matcher.own[id(self.new)][b.id])

    def _part(self, a: Provision, b: Provision, kind: ChangeKind) -> Change:
        return self._change(kind, a, b, substantive=True)

    def _added(self, b: Provision) -> Change:
        text = words(b)
        return Change("added", bool(text), "", "", b.id, b.label, "", text, (Segment("insert", text),) if text else ())

    def _removed(self, a: Provision) -> Change:
        text = words(a)
        return Change(
            "removed", bool(text), a.id, a.label, "", "", text, "", (Segment("delete", text),) if text else ()
        )

    def _change(self, kind: ChangeKind, a: Provision, b: Provision, substantive: bool) -> Change:
        before, after = words(a), words(b)
        pieces = segments(before, after, self.new.language)
        return Change(
            kind=kind,
            substantive=substantive,
            old_id=a.id,
            old_label=a.label,
            new_id=b.id,
            new_label=b.label,
            old_text=before,
            new_text=after,
            segments=pieces,
            strength=strength(pieces, self.new.language),
        )


def _bare(label: str) -> str:
    """A label without what may be written in two ways: "L. 111-1" and "L111-1", "Livre I" and "Livre 1"."""
    words = (str(roman_value(w) or w) for w in label.split())
    return "".join(words).replace(".", "").replace("*", "").lower()


_END = re.compile(r"[\s.;,:]*(?:(?<=[\s;,])(?:and|or|và|hoặc|et|ou)\s*)?$")


def _unended(text: str) -> list[str]:
    """The words of a text without the mark at its end, which only tells whether another item follows."""
    text = text.rstrip()
    return (text[:-12] + _END.sub("", text[-12:])).split()


def _moved(matcher: Matcher) -> set[str]:
    """Ids of new provisions that stand under another parent than before, or out of the order of their siblings."""
    moved: set[str] = set()
    kept: dict[str, list[Provision]] = defaultdict(list)
    for b in matcher.new.provisions:
        partner = matcher.matching.old_of.get(b.id)
        if partner is None:
            continue
        a = matcher.old.by_id[partner]
        if _stayed(matcher, a, b):
            kept[b.parent_id].append(b)
        else:
            moved.add(b.id)
    order = {p.id: i for i, p in enumerate(matcher.old.provisions)}
    sizes = _sizes(matcher.new)
    for siblings in kept.values():
        ordered = sorted(siblings, key=lambda p: order[matcher.matching.old_of[p.id]])
        rank = {p.id: i for i, p in enumerate(siblings)}
        stay = kept_in_order([rank[p.id] for p in ordered], [sizes[p.id] for p in ordered])
        moved |= {p.id for i, p in enumerate(ordered) if i not in stay}
    return moved


def _sizes(draft: Draft) -> dict[str, int]:
    """How many provisions each one is, with all below it."""
    sizes = {p.id: 1 for p in draft.provisions}
    for provision in reversed(draft.provisions):
        if provision.parent_id in sizes:
            sizes[provision.parent_id] += sizes[provision.id]
    return sizes


def _stayed(matcher: Matcher, a: Provision, b: Provision) -> bool:
    """Whether the parents are partners, or the old parent is gone and its children stand where it stood."""
    if not a.parent_id and not b.parent_id:
        return True
    if matcher.matching.new_of.get(a.parent_id) == b.parent_id:
        return True
    return _gone(matcher, a.parent_id) or _fresh(matcher, a, b)


def _gone(matcher: Matcher, parent: str) -> bool:
    return bool(parent) and parent not in matcher.matching.new_of and matcher.old.by_id[parent].level in _CONTAINERS


def _fresh(matcher: Matcher, a: Provision, b: Provision) -> bool:
    """A container put around provisions that otherwise stayed does not move them; an item under a new one beside the
    old has moved.
    """
    parent, around = b.parent_id, b.parent_id
    if not parent or parent in matcher.matching.old_of or matcher.new.by_id[parent].level not in _CONTAINERS:
        return False
    while around and around not in matcher.matching.old_of:
        around = matcher.new.by_id[around].parent_id
    return b.level == "article" or around == matcher.matching.new_of.get(a.parent_id, "")


_CONTAINERS = {"part", "title", "chapter", "section", "subsection"}


def strength(pieces: tuple[Segment, ...], code: str) -> str:
    """ "stronger" where a weak modality gave way to a strong one ("có thể" -> "phải"), "weaker" the other way round."""
    removed = " ".join(s.text for s in pieces if s.op == "delete")
    inserted = " ".join(s.text for s in pieces if s.op == "insert")
    if not removed and not inserted:
        return ""
    strong, weak = _modality(code)
    rise = bool(strong.search(inserted)) - bool(strong.search(removed))
    fall = bool(weak.search(inserted)) - bool(weak.search(removed))
    if rise > 0 >= fall and (weak.search(removed) or fall < 0):
        return "stronger"
    if fall > 0 >= rise and (strong.search(removed) or rise < 0):
        return "weaker"
    return ""


@cache
def _modality(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = structure(code)["strength"]
    return (
        re.compile(rf"(?<!\w)(?:{alternatives(table['strong'])})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{alternatives(table['weak'])})(?!\w)", re.IGNORECASE),
    )


def unchanged_pairs(matcher: Matcher) -> list[tuple[Provision, Provision]]:
    """Every aligned pair, in the order of the new draft; the parts of splits and mergers too."""
    old, new = matcher.old, matcher.new
    out = []
    whole_of = {part: whole for whole, parts in matcher.matching.split.items() for part in parts}
    for b in new.provisions:
        partner = matcher.matching.old_of.get(b.id)
        if partner is not None:
            out.append((old.by_id[partner], b))
        out += [(old.by_id[a], b) for a in matcher.matching.merged.get(b.id, ())]
        if b.id in whole_of:
            out.append((old.by_id[whole_of[b.id]], b))
    return out
