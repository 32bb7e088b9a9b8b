"""Links by places that an opinion names, or by the words it annotates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from feedback_synth.analysis._again import around, listed_on, of_cell, pointed, under
from feedback_synth.analysis._corpus import Entry, chain, heading_of
from feedback_synth.analysis._directions import says
from feedback_synth.analysis._directory import Directory, Target
from feedback_synth.analysis._places import Named, named_places
from feedback_synth.analysis._search import Fits, Search
from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key
from feedback_synth.languages.words import alternatives, gather

Fit = Callable[[Search, int, Opinion], Fits]  # how well each entry fits the opinion at a position
_SETTLED = 0.18  # lead by which a provision inside a named one is taken to be meant
_SETTLED_LEAD_IN = 0.1  # the same when the place heads several points
_SETTLED_ADD = 0.35  # the same when something is to be added, which the inner provisions need not speak of
_OWN_WORDS = 0.3  # worth of a place's being worded as the draft words it
_LEAST_ROW = 0.1  # fit under which a row of a named table is not named
_ELSEWHERE = 0.15  # worth of standing in the draft that the opinion names elsewhere
_BACK = 0.85  # score of a place that an opinion points back to
_AROUND = 0.75  # score of the provision that fits best around a place that exists nowhere


def named_links(
    opinions: Sequence[Opinion],
    search: Search,
    fit: Fit,
    anchors: Mapping[str, tuple[str, str]],
    before: Mapping[str, str],
) -> dict[str, list[Link]]:
    """The explicit links by opinion id; an open place ("khoản 2") follows what the speaker named last.

    ``before`` is what the speaker said right before an opinion, which may name the place.
    """
    directory = Directory(search.corpus.drafts)
    links: dict[str, list[Link]] = {}
    last: dict[tuple[str, ...], Link] = {}
    for i, opinion in enumerate(listed_on(opinions)):
        places, back = named_places(opinion), pointed(opinion)
        if not places and not back:
            opinion = under(opinion, before.get(opinion.id, ""))
            places = named_places(opinion)
        if opinion.id not in anchors and not places and not back:
            continue
        speaker = (opinion.source_id, opinion.author.name, opinion.author.organization)
        previous = last.get((opinion.source_id,) if of_cell(opinion) else speaker)
        own = _anchored(opinion, search, anchors.get(opinion.id))
        if not own:
            own = _explicit(opinion, places, directory, search, fit(search, i, opinion), previous)
        if not own and back and previous is not None:
            own = [_again(opinion, previous, back, search)]
        if own:
            links[opinion.id], last[speaker], last[opinion.source_id,] = own, own[0], own[0]
    return links


def _again(opinion: Opinion, previous: Link, back: str, search: Search) -> Link:
    """The place that the speaker named before, or the one of the level ``back`` around it."""
    entry = next(e for _, e in search.corpus.of(previous.draft) if e.provision.id == previous.provision_id)
    meant = around(entry.draft, entry.provision, back)
    first = search.corpus.places[previous.draft, meant.id][0]
    return make_link(opinion, search.corpus.entries[first], True, _BACK, "")


def _anchored(opinion: Opinion, search: Search, anchor: tuple[str, str] | None) -> list[Link]:
    """The provision of the annotated words; the one above it when one more of its kind is asked for."""
    if anchor is None:
        return []
    for _, entry in search.corpus.of(anchor[0]):
        if entry.provision.id == anchor[1] and entry.row is None:
            above = entry.draft.by_id.get(entry.provision.parent_id)
            if above is not None and _one_more(opinion, heading_of(above)):
                entry = next(e for _, e in search.corpus.of(anchor[0]) if e.provision is above and e.row is None)
            return [make_link(opinion, entry, True, 1.0, "")]
    return []


def _one_more(opinion: Opinion, heading: str) -> bool:
    """Whether the opinion begins by asking for one more of what ``heading`` announces ("Thêm một quan điểm …")."""
    begin = " ".join(opinion.text.split()[:6])
    name = match_key(heading)
    return bool(name) and name in match_key(begin) and says("more", begin, opinion.language)


def _explicit(
    opinion: Opinion,
    places: Sequence[Named],
    directory: Directory,
    search: Search,
    fits: Fits,
    previous: Link | None,
) -> list[Link]:
    best: dict[tuple[str, str], Link] = {}
    for place in places:
        target = _choose(place, directory.targets(place), search, fits, previous)
        if target is None:
            continue
        made = _settle(opinion, target, place, search, fits)
        best.setdefault((made.draft, made.provision_id), made)
    if not best:
        return _around(opinion, places, directory, search, fits)
    return _deeper_first(sorted(best.values(), key=lambda x: (-x.score, -_listed(x, places, search, fits))), directory)


def _listed(link: Link, places: Sequence[Named], search: Search, fits: Fits) -> float:
    """How well one of the places that a column lists fits the opinion of its row; 0 where speech orders them."""
    if len(places) < 2 or any(n.source != "column" for n in places):
        return 0.0
    return max(float(fits.total[i]) for i in search.corpus.places[link.draft, link.provision_id])


def _around(opinion: Opinion, places: Sequence[Named], directory: Directory, search: Search, fits: Fits) -> list[Link]:
    """What fits best around a place that exists nowhere ("điểm c" of two); where something is added, its holder."""
    for place in places:
        target = _choose(place, directory.nearest(place), search, fits, None)
        if target is None:
            continue
        inner = [
            i for p in _below(target.draft, target.provision) for i in search.corpus.places[target.draft.kind, p.id]
        ]
        entries = [(float(fits.total[i]), search.corpus.entries[i]) for i in inner]
        holder = next(e for _, e in entries if e.provision is target.provision and e.row is None)
        leaves = [(fit, e) for fit, e in entries if not e.container and e.row is None and fit > 0]
        new = opinion.request == "add" and place.source == "own"  # "bổ sung khoản 5 vào Điều 4" of four
        entry = max(leaves, key=lambda x: x[0])[1] if leaves and not new else holder
        return [make_link(opinion, entry, True, _AROUND, place.words)]
    return []


def _deeper_first(links: list[Link], directory: Directory) -> list[Link]:
    """``links`` with those to a provision that holds another one's at the end: they only lead to it."""
    above = {
        (x.draft, p.id)
        for x in links
        for d in directory.drafts
        if d.kind == x.draft
        for p in chain(d, d.by_id[x.provision_id])
        if p.id != x.provision_id
    }
    return sorted(links, key=lambda x: (x.draft, x.provision_id) in above)


def _choose(
    place: Named, candidates: Sequence[Target], search: Search, fits: Fits, previous: Link | None
) -> Target | None:
    """The provision meant by a place: numbers first, then the opinion's words, then where the speaker just was."""
    if not candidates:
        return None

    def merit(t: Target) -> float:
        near = previous is not None and previous.draft == t.draft.kind
        beside = near and _siblings(t.draft, previous.provision_id, t.provision) if previous else False
        rows = [i for p in _below(t.draft, t.provision) for i in search.corpus.places[t.draft.kind, p.id]]
        inside = float(fits.total[rows].max())
        worded = _OWN_WORDS * _worded_alike(place.words, t.provision.label)
        elsewhere = _ELSEWHERE if t.draft.kind == place.draft else 0.0
        return 2 * t.fit + inside + worded + elsewhere + (0.1 if near else 0.0) + (0.3 if beside else 0.0)

    return max(candidates, key=merit)


def _worded_alike(place: str, label: str) -> float:
    """The share of the level words of a place that the label has too: "phần III" is more "Phần III" than "III"."""
    named = {word for word in match_key(place).split() if len(word) > 2 and word.isalpha()}
    return len(named & set(match_key(label).split())) / len(named) if named else 0.0


def _settle(opinion: Opinion, target: Target, place: Named, search: Search, fits: Fits) -> Link:
    """The named provision, or the one inside it (or the table row) that the opinion's words single out."""
    kind, corpus = target.draft.kind, search.corpus
    inner = [i for p in _below(target.draft, target.provision) for i in corpus.places[kind, p.id]]
    rows = [(i, corpus.entries[i]) for i in inner]
    own = next((fits.total[i] for i, e in rows if e.provision is target.provision and e.row is None), 0.0)
    quoted = [(i, e) for i, e in rows if fits.quotes[i] and e.row is None]
    score = 0.9 + 0.09 * target.fit
    tabled = _table_in(opinion, place, target, rows)
    if tabled is not None:
        return make_link(opinion, tabled, True, score, place.words, _row(tabled.provision, rows, fits))
    if len(quoted) == 1:
        return make_link(opinion, quoted[0][1], True, score, place.words)
    deeper = sorted(
        ((float(fits.total[i]), e) for i, e in rows if e.row is None and not e.container), key=lambda x: -x[0]
    )
    lead = deeper[0][0] - max(own, deeper[1][0] if len(deeper) > 1 else 0.0) if deeper else 0.0
    if deeper and deeper[0][1].provision is not target.provision and lead >= _lead(opinion, place):
        return make_link(opinion, deeper[0][1], True, score - 0.03, place.words)
    entry = next(e for _, e in rows if e.provision is target.provision and e.row is None)
    row = _row(target.provision, rows, fits) if target.table or any(e.row for _, e in rows) else ""
    return make_link(opinion, entry, True, score, place.words, row)


def _lead(opinion: Opinion, place: Named) -> float:
    """The lead that an inner provision needs: little under a lead-in, which heads many points."""
    if place.source == "lead_in":
        return _SETTLED_LEAD_IN
    return _SETTLED_ADD if opinion.request == "add" else _SETTLED


def _table_in(opinion: Opinion, place: Named, target: Target, rows: Sequence[tuple[int, Entry]]) -> Entry | None:
    """The one provision inside a place that holds a table, where the table there is meant: "the table in Part II"."""
    before = opinion.text[max(0, place.reference.start - 60) : place.reference.start] if place.source == "own" else ""
    holders = {e.provision.id: e.provision for _, e in rows if e.row}
    if target.table or len(holders) != 1 or not _table_of().search(before):
        return None
    return next((e for _, e in rows if e.provision.id in holders and e.row is None), None)


@cache
def _table_of() -> re.Pattern[str]:
    """A table without number whose place follows: "the indicator table in", "bảng chỉ tiêu ở"."""
    tables, at = alternatives(gather("places", "table")), alternatives(gather("links", "to_outer"))
    compounds = alternatives(gather("compounds", "words"))
    return re.compile(
        rf"(?<!\w)(?!(?:{compounds})(?!\w))(?:[^\W\d_]+\s+)?(?<!\w)(?:{tables})(?:\s+[^\W\d_]+){{0,4}}?\s*(?:\s(?:{at})|\()\s*(?:the\s+)?$",
        re.IGNORECASE,
    )


def _row(provision: Provision, rows: Sequence[tuple[int, Entry]], fits: Fits) -> str:
    """The name of the table row that the opinion's words fit best, "" if none stands out."""
    scored = sorted(
        ((float(fits.total[i]), e.row.name) for i, e in rows if e.row and e.provision is provision), reverse=True
    )
    if not scored or scored[0][0] < _LEAST_ROW:
        return ""
    return scored[0][1]


def _below(draft: Draft, provision: Provision) -> list[Provision]:
    found = [provision]
    for p in found:
        found.extend(draft.children.get(p.id, ()))
    return found


def _siblings(draft: Draft, one: str, other: Provision) -> bool:
    """Whether a provision stands in the same outermost unit as ``one`` or right beside it."""
    if one not in draft.by_id:
        return False
    a, b = chain(draft, draft.by_id[one]), chain(draft, other)
    return a[0].id == b[0].id or draft.by_id[one].parent_id == other.parent_id


def make_link(opinion: Opinion, entry: Entry, explicit: bool, score: float, evidence: str, row: str = "") -> Link:
    """A link of ``opinion`` to the provision of ``entry``."""
    provision = entry.provision
    return Link(opinion.id, entry.draft.kind, provision.id, provision.label, explicit, round(score, 4), evidence, row)
