"""Which provision of the new draft each provision of the old one became."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import LCSseq

from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.drafts.alignment import Unit, Vocabulary, align, similarity
from feedback_synth.languages.text import match_key

_WORD = re.compile(r"\d+(?:[.,]\d+)*[%‰]?|\w+")
_SURELY = 0.85  # similarity from which provisions under different parents are one, whatever else is found
_ACROSS = 0.6  # … where nothing else explains them
_RECOGNISABLE = 5  # words from which a provision is looked for in other places
_REWRITTEN = 0.3  # share of the shorter one's words that show one place written anew, not another provision in it
_LEAST_SHARED = 5  # words
_CONTAINED = 0.85  # share of the shorter one's words from which it counts as contained
_HEADS = {"part", "title", "chapter", "section", "subsection", "annex"}


def words(provision: Provision) -> str:
    """The provision's own words: heading and text."""
    heading, text = provision.heading, provision.text
    return f"{heading}\n{text}" if heading and text else heading or text


@dataclass
class Matching:
    """Pairs of provision ids; ``split`` and ``merged`` hold the extra partners of one."""

    old: Draft
    new: Draft
    new_of: dict[str, str] = field(default_factory=dict)
    old_of: dict[str, str] = field(default_factory=dict)
    split: dict[str, list[str]] = field(default_factory=dict)  # old id -> further new ids
    merged: dict[str, list[str]] = field(default_factory=dict)  # new id -> further old ids

    def join(self, a: Provision, b: Provision) -> None:
        self.new_of[a.id] = b.id
        self.old_of[b.id] = a.id


class _Encoder:
    """Texts as strings of one character per word; a text met before (most of a new draft is) costs nothing."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.known: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = self.vocabulary.encode(_WORD.findall(match_key(text)))
        return found


class Matcher:
    """Pairs provisions level by level: articles over the whole draft, everything else inside matched parents."""

    def __init__(self, old: Draft, new: Draft) -> None:
        self.old, self.new = old, new
        self.matching = Matching(old, new)
        encode = _Encoder()
        self.own = {id(d): {p.id: encode(words(p)) for p in d.provisions} for d in (old, new)}
        self.heads = {id(d): _heads(d) for d in (old, new)}
        self.deep = {id(d): _deep(d, self.own[id(d)]) for d in (old, new)}

    def match(self) -> Matching:
        self._pair_all("preamble")
        self._pair_all("article")
        if any(p.level == "article" for p in (*self.old.provisions, *self.new.provisions)):
            self._heads_by_articles()
        self._inside(self._top(self.old), self._top(self.new))
        self._leftovers(_SURELY)
        return self.matching

    def match_rest(self) -> None:
        """Pair what neither its place nor a split or merger explains, by its words alone."""
        self._leftovers(_ACROSS)
        for a in self._free(self.old, list(self.old.provisions)):
            b = self._in_its_place(a)
            if b is not None and self._is_rewritten(a, b):
                self.matching.join(a, b)

    def _in_its_place(self, a: Provision) -> Provision | None:
        """The unpaired provision of the same number between the partners of the neighbours of ``a``, in its parent."""
        parent = self.matching.new_of.get(a.parent_id, "") if a.parent_id else ""
        if a.parent_id and not parent:
            return None
        new = self.new.children.get(parent, ())
        b = next((p for p in new if (p.level, p.number) == (a.level, a.number)), None)
        if b is None or not self._free(self.new, [b]) or a.level in _HEADS:
            return None
        beside = _beside(self.old.children[a.parent_id], a), _beside(new, b)
        same = all(self.matching.new_of.get(x, "") == y and bool(x) == bool(y) for x, y in zip(*beside, strict=True))
        return b if same and any(beside[0]) else None

    def _is_rewritten(self, a: Provision, b: Provision) -> bool:
        old, new = self.own[id(self.old)][a.id], self.own[id(self.new)][b.id]
        shared = (Counter(old) & Counter(new)).total()
        return shared >= max(_LEAST_SHARED, _REWRITTEN * min(len(old), len(new)))

    def unit(self, draft: Draft, provision: Provision) -> Unit:
        return Unit(_numbered(provision), self.own[id(draft)][provision.id], self.deep[id(draft)][provision.id])

    def _top(self, draft: Draft) -> list[Provision]:
        return list(draft.children.get("", ()))

    def _pair_all(self, level: str) -> None:
        self._pair(
            [p for p in self.old.provisions if p.level == level], [p for p in self.new.provisions if p.level == level]
        )

    def _free(self, draft: Draft, provisions: list[Provision]) -> list[Provision]:
        paired = self.matching.new_of if draft is self.old else self.matching.old_of
        parts = self.matching.merged if draft is self.old else self.matching.split
        explained = {x for found in parts.values() for x in found}
        return [p for p in provisions if p.id not in paired and p.id not in explained]

    def _pair(self, old: list[Provision], new: list[Provision], least: float = 0.5, lenient: bool = True) -> None:
        old, new = self._free(self.old, old), self._free(self.new, new)
        if not old or not new:
            return
        units = [self.unit(self.old, p) for p in old], [self.unit(self.new, p) for p in new]
        for i, j in align(*units, least=least, lenient=lenient):
            if _compatible(old[i], new[j]):
                self.matching.join(old[i], new[j])

    def _heads_by_articles(self) -> None:
        """Chapters and the like by what they hold: most of their paired articles, or the same heading."""
        votes: dict[tuple[str, str], int] = defaultdict(int)
        for a, b in self.matching.new_of.items():
            for x, y in itertools.product(_path(self.old, a), _path(self.new, b)):
                if self.old.by_id[x].level == self.new.by_id[y].level:
                    votes[x, y] += 1
        for (x, y), _ in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
            if x not in self.matching.new_of and y not in self.matching.old_of:
                self.matching.join(self.old.by_id[x], self.new.by_id[y])
        for level in ("annex", "part", "title", "chapter", "section", "subsection"):
            self._pair_heads(level)

    def _pair_heads(self, level: str) -> None:
        """Heads without paired articles: by their own heading alone."""
        old = [p for p in self._free_heads(self.old) if p.level == level]
        new = [p for p in self._free_heads(self.new) if p.level == level]
        for a in old:
            own = self.own[id(self.old)][a.id]
            best = [
                b
                for b in new
                if b.id not in self.matching.old_of and similarity(own, self.own[id(self.new)][b.id]) > 0.8
            ]
            if best:
                self.matching.join(a, next((b for b in best if b.number == a.number), best[0]))

    def _inside(self, old: list[Provision], new: list[Provision]) -> None:
        """Pair two rows of siblings, then what stands inside each pair."""
        todo = [(old, new)]
        while todo:
            old, new = todo.pop()
            self._pair(old, new)
            self._pair_contained(old, new)
            for a in old:
                below = self.old.children.get(a.id)
                b = self.new.by_id.get(self.matching.new_of.get(a.id, ""))
                if below and b is not None:
                    todo.append((list(below), list(self.new.children.get(b.id, ()))))

    def _pair_contained(self, old: list[Provision], new: list[Provision]) -> None:
        """Siblings of which one holds all the words of the other ("… find a job" -> "… find a job in a year and …")."""
        for a in self._free(self.old, old):
            words = self.own[id(self.old)][a.id]
            for b in self._free(self.new, new):
                other = self.own[id(self.new)][b.id]
                shorter = min(len(words), len(other))
                if shorter >= 5 and LCSseq.similarity(words, other) >= _CONTAINED * shorter and _compatible(a, b):
                    self.matching.join(a, b)
                    break

    def _leftovers(self, least: float) -> None:
        """What found no partner in its place, across the whole draft; then what stands inside the pairs found so."""
        for _ in range(2):
            before = len(self.matching.new_of)
            self._pair(self._free_items(self.old), self._free_items(self.new), least, lenient=False)
            self._pair_heads_across(least)
            fresh = list(self.matching.new_of.items())[before:]
            if not fresh:
                return
            for a, b in fresh:
                self._pair(list(self.old.children.get(a, ())), list(self.new.children.get(b, ())))

    def _pair_heads_across(self, least: float) -> None:
        self._pair(self._free_heads(self.old), self._free_heads(self.new), least, lenient=False)

    def _free_heads(self, draft: Draft) -> list[Provision]:
        return [p for p in self._free(draft, list(draft.provisions)) if p.id in self.heads[id(draft)]]

    def _free_items(self, draft: Draft) -> list[Provision]:
        """Provisions that are no heads and long enough to be recognised in another place."""
        free = self._free(draft, list(draft.provisions))
        items = [p for p in free if p.id not in self.heads[id(draft)] and p.level != "preamble"]
        return [p for p in items if len(self.deep[id(draft)][p.id]) >= _RECOGNISABLE]


def _heads(draft: Draft) -> set[str]:
    """Ids of parts, chapters and the like; a section inside an article ("Điều 1 mục I") is an item."""
    inside: set[str] = set()
    for provision in draft.provisions:
        if provision.level == "article" or provision.parent_id in inside:
            inside.add(provision.id)
    return {p.id for p in draft.provisions if p.level in _HEADS and p.id not in inside}


def _beside(siblings: Sequence[Provision], one: Provision) -> tuple[str, str]:
    """The ids of the provisions before and behind one of them, "" where there is none."""
    place = next(i for i, p in enumerate(siblings) if p.id == one.id)
    before = siblings[place - 1].id if place else ""
    return before, siblings[place + 1].id if place + 1 < len(siblings) else ""


def _compatible(a: Provision, b: Provision) -> bool:
    """A chapter does not become a point; articles and items may change level when they move."""
    return ((a.level in _HEADS) == (b.level in _HEADS) and (a.level == "article") == (b.level == "article")) or (
        {a.level, b.level} <= {"section", "subsection", "clause", "point", "article"}
        and a.level != "article" != b.level
    )


def _numbered(provision: Provision) -> str:
    return f"{provision.level} {provision.number}"


def _path(draft: Draft, name: str) -> list[str]:
    """Ids of the provisions that hold this one, nearest first."""
    out = []
    parent = draft.by_id[name].parent_id
    while parent:
        out.append(parent)
        parent = draft.by_id[parent].parent_id
    return out


def _deep(draft: Draft, own: dict[str, str]) -> dict[str, str]:
    """Each provision's words with those of all below it."""
    parts: dict[str, list[str]] = {p.id: [own[p.id]] for p in draft.provisions}
    for provision in reversed(draft.provisions):
        if provision.parent_id in parts:
            parts[provision.parent_id].insert(1, "".join(parts[provision.id]))
    return {name: "".join(words) for name, words in parts.items()}
