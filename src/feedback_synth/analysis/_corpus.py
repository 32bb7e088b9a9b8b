"""The provisions and table rows of the drafts, ready to be searched."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from feedback_synth.analysis._bm25 import Index
from feedback_synth.analysis._figures import Figure, figures
from feedback_synth.analysis._words import features, part_words, worth
from feedback_synth.datamodel.draft import Draft, Provision, TableRow
from feedback_synth.languages.text import match_key

_ANCESTOR, _CHILD = 0.3, 0.12  # weight of the words of headings above, and of provisions below
_SAID = 0.5  # weight of the words of opinions that name the provision
_HEADING = 90  # characters of a provision's text that count as its heading when it has none of its own


@dataclass(frozen=True, slots=True)
class Entry:
    """A provision, or a row of a table in it, as a document to be found."""

    draft: Draft
    provision: Provision
    row: TableRow | None
    bag: dict[str, float]
    key: str  # match key of its own words
    figures: tuple[Figure, ...]
    parts: frozenset[str]  # kinds of part it stands in: situation, objectives, tasks, funding, implementation
    depth: int
    container: bool

    @property
    def text(self) -> str:
        return row_text(self.row) if self.row else own_text(self.provision)


@dataclass(frozen=True)
class Corpus:
    """All entries of all drafts and their index; rows follow the provisions of their draft."""

    drafts: tuple[Draft, ...]
    entries: tuple[Entry, ...]
    index: Index = field(repr=False)

    @cached_property
    def places(self) -> dict[tuple[str, str], list[int]]:
        """The entries of each (draft, provision id): the provision itself, then the rows of its tables."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for i, entry in enumerate(self.entries):
            found[entry.draft.kind, entry.provision.id].append(i)
        return dict(found)

    def of(self, draft: str) -> Iterator[tuple[int, Entry]]:
        return ((i, e) for i, e in enumerate(self.entries) if e.draft.kind == draft)


def build(drafts: Sequence[Draft]) -> Corpus:
    """The corpus of ``drafts``; time and memory grow with their words."""
    entries = tuple(e for d in drafts for e in _entries(d))
    return Corpus(tuple(drafts), entries, Index([e.bag for e in entries], worth))


def enrich(corpus: Corpus, said: Mapping[tuple[str, str], Sequence[str]]) -> Corpus:
    """The corpus with the features that opinions use who name a provision, by (draft, provision id): others who
    speak of the same matter without naming it are then found by their common words."""
    entries = []
    for entry in corpus.entries:
        words = said.get((entry.draft.kind, entry.provision.id), ()) if entry.row is None else ()
        bag = dict(entry.bag)
        for feature, n in Counter(words).items():
            bag[feature] = bag.get(feature, 0.0) + _SAID * min(n, 2)
        entries.append(replace(entry, bag=bag))
    return Corpus(corpus.drafts, tuple(entries), Index([e.bag for e in entries], worth))


def own_text(provision: Provision) -> str:
    """Heading and words of a provision, without those of its children."""
    return f"{provision.heading} {provision.text}".strip() if provision.heading else provision.text


def row_text(row: TableRow) -> str:
    """A table row as a line of text: the cells that hold words or figures, with their headings."""
    return (
        "; ".join(f"{head} {cell}".strip() for head, cell in row.cells if cell and cell != row.name) + f"; {row.name}"
    )


def chain(draft: Draft, provision: Provision) -> list[Provision]:
    """The provisions from the outermost to ``provision`` itself."""
    found = [provision]
    while found[0].parent_id and found[0].parent_id in draft.by_id and len(found) < 20:
        found.insert(0, draft.by_id[found[0].parent_id])
    return found


def heading_of(provision: Provision) -> str:
    """What a provision announces itself with: its heading, or the beginning of its text."""
    if provision.heading:
        return provision.heading
    first = provision.text.split(". ", 1)[0].split(":", 1)[0]
    return first if len(first) <= _HEADING else ""


def _entries(draft: Draft) -> Iterator[Entry]:
    own = {p.id: Counter(features(own_text(p), draft.language)) for p in draft.provisions}
    kinds: dict[str, frozenset[str]] = {}
    for p in draft.provisions:
        kinds[p.id] = _kinds(draft, p, kinds.get(p.parent_id, frozenset()))
        depth, container = len(chain(draft, p)), p.id in draft.children
        shown = figures(own_text(p), draft.language)
        yield Entry(draft, p, None, _bag(draft, p, own), match_key(own_text(p)), shown, kinds[p.id], depth, container)
    for row in draft.rows:
        if row.provision_id in draft.by_id:
            yield _row_entry(draft, row, own, kinds)


def _row_entry(draft: Draft, row: TableRow, own: dict[str, Counter[str]], kinds: dict[str, frozenset[str]]) -> Entry:
    provision = draft.by_id[row.provision_id]
    text = row_text(row)
    bag: dict[str, float] = defaultdict(float)
    for feature, n in Counter(features(text, draft.language)).items():
        bag[feature] += n
    for feature, n in own[provision.id].items():
        bag[feature] += _ANCESTOR * n
    measured = tuple(
        Figure(f.start, f.end, f.value, "any" if f.measure in ("plain", "count") else f.measure, f.unit, f.written)
        for f in figures(text, draft.language)
    )
    return Entry(
        draft,
        provision,
        row,
        dict(bag),
        match_key(text),
        measured,
        kinds[provision.id],
        len(chain(draft, provision)) + 1,
        False,
    )


def _bag(draft: Draft, provision: Provision, own: dict[str, Counter[str]]) -> dict[str, float]:
    bag: dict[str, float] = defaultdict(float)
    for feature, n in own[provision.id].items():
        bag[feature] += n
    for above in chain(draft, provision)[:-1]:
        for feature in features(heading_of(above), draft.language):
            bag[feature] += _ANCESTOR
    for below in draft.children.get(provision.id, ()):
        for feature, n in own[below.id].items():
            bag[feature] += _CHILD * n
    return dict(bag)


def _kinds(draft: Draft, provision: Provision, above: frozenset[str]) -> frozenset[str]:
    """The kinds of part by the nearest heading that names one; "preamble" for the legal bases."""
    if provision.level == "preamble":
        return frozenset(("preamble",))
    heading = match_key(heading_of(provision))
    own = frozenset(k for k, words in part_words(draft.language).items() if any(_names(heading, w) for w in words))
    container = provision.id in draft.children or bool(provision.heading) or not above
    return own if own and container else above


def _names(heading: str, word: str) -> bool:
    at = heading.find(word)
    return at >= 0 and at < 60 and (at == 0 or not heading[at - 1].isalnum())
