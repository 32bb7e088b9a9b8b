"""Links by places that an opinion names, or by the words it annotates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from feedback_synth.analysis._corpus import Entry, chain, heading_of
from feedback_synth.analysis._directions import says
from feedback_synth.analysis._places import Directory, Named, Target, named_places
from feedback_synth.analysis._search import Fits, Search
from feedback_synth.datamodel.analysis import Link
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.languages.text import match_key

Fit = Callable[[Search, int, Opinion], Fits]  # how well each entry fits the opinion at a position
_SETTLED = 0.18  # lead by which a provision inside a named one is taken to be meant
_SETTLED_LEAD_IN = 0.1  # the same when the place heads several points
_SETTLED_ADD = 0.35  # the same when something is to be added, which the inner provisions need not speak of
_OWN_WORDS = 0.3  # worth of a place's being worded as the draft words it
_LEAST_ROW = 0.1  # fit under which a row of a named table is not named


def named_links(
    opinions: Sequence[Opinion],
    search: Search,
    fit: Fit,
    anchors: Mapping[str, tuple[str, str]],
) -> dict[str, list[Link]]:
    """The explicit links by opinion id; an open place ("khoản 2") follows what the speaker named last."""
    directory = Directory(search.corpus.drafts)
    links: dict[str, list[Link]] = {}
    last: dict[tuple[str, str, str], Link] = {}
    for i, opinion in enumerate(opinions):
        places = named_places(opinion)
        if opinion.id not in anchors and not places:
            continue
        speaker = (opinion.source_id, opinion.author.name, opinion.author.organization)
        own = _anchored(opinion, search, anchors.get(opinion.id))
        if not own:
            own = _explicit(opinion, places, directory, search, fit(search, i, opinion), last.get(speaker))
        if own:
            links[opinion.id], last[speaker] = own, own[0]
    return links


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
        target = _choose(place, directory, search, fits, previous)
        if target is None:
            continue
        made = _settle(opinion, target, place, search, fits)
        best.setdefault((made.draft, made.provision_id), made)
    return _deeper_first(sorted(best.values(), key=lambda x: -x.score), directory)


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


def _choose(place: Named, directory: Directory, search: Search, fits: Fits, previous: Link | None) -> Target | None:
    """The provision meant by a place: numbers first, then the opinion's words, then where the speaker just was."""
    candidates = directory.targets(place)
    if not candidates:
        return None

    def merit(t: Target) -> float:
        near = previous is not None and previous.draft == t.draft.kind
        beside = near and _siblings(t.draft, previous.provision_id, t.provision) if previous else False
        rows = [i for p in _below(t.draft, t.provision) for i in search.corpus.places[t.draft.kind, p.id]]
        inside = float(fits.total[rows].max())
        worded = _OWN_WORDS * _worded_alike(place.words, t.provision.label)
        return 2 * t.fit + inside + worded + (0.1 if near else 0.0) + (0.3 if beside else 0.0)

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
    if len(quoted) == 1:
        return make_link(opinion, quoted[0][1], True, score, place.words)
    deeper = sorted(
        ((float(fits.total[i]), e) for i, e in rows if e.row is None and not e.container), key=lambda x: -x[0]
    )
    lead = deeper[0][0] - max(own, deeper[1][0] if len(deeper) > 1 else 0.0) if deeper else 0.0
    if deeper and deeper[0][1].provision is not target.provision and lead >= _lead(opinion, place):
        return make_link(opinion, deeper[0][1], True, score - 0.03, place.words)
    entry = next(e for _, e in rows if e.provision is target.provision and e.row is None)
    row = _row(target, rows, fits) if target.table or any(e.row for _, e in rows) else ""
    return make_link(opinion, entry, True, score, place.words, row)


def _lead(opinion: Opinion, place: Named) -> float:
    """The lead that an inner provision needs: little under a lead-in, which heads many points."""
    if place.source == "lead_in":
        return _SETTLED_LEAD_IN
    return _SETTLED_ADD if opinion.request == "add" else _SETTLED


def _row(target: Target, rows: Sequence[tuple[int, Entry]], fits: Fits) -> str:
    """The name of the table row that the opinion's words fit best, "" if none stands out."""
    scored = sorted(
        ((float(fits.total[i]), e.row.name) for i, e in rows if e.row and e.provision is target.provision), reverse=True
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
