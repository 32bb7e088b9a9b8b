"""One section for each content group: its themes in order of weight, in the words of those who spoke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.datamodel.report import Paragraph, Run, Section
from feedback_synth.languages.text import match_key
from feedback_synth.reports.dispositions import DISPOSITIONS, disposition_of
from feedback_synth.reports.dossier import LAST, Dossier
from feedback_synth.reports.labels import distinct
from feedback_synth.reports.numbers import body
from feedback_synth.reports.proposal import evidence_text, shorten
from feedback_synth.reports.statistics import OUTCOMES

MOST_QUOTATIONS = 2
MOST_LOOSE = 4
MOST_THEMES = 6
MOST_BODIES = 10
MOST_PLACES = 6
MOST_EVIDENCE = 1
MOST_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Bundle:
    """Opinions of one group that are told together; ``label`` is "" where no theme binds them."""

    label: str
    opinions: tuple[Opinion, ...]


def group_section(group: str, work: Dossier, numbers: Mapping[str, int]) -> Section:
    """How many asked for what, theme by theme, the heaviest first; ``numbers`` of the rows of the annex by opinion."""
    labels = work.labels
    opinions = [o for o in work.analysis.opinions if work.groups[o.id] == group]
    names = distinct(work.body(o) for o in opinions)
    found = bundles(opinions, work)
    themes = [b for b in found if b.label]
    key = "synthesis.group" if themes else "synthesis.group_without_themes"
    counts = {
        "opinions": labels.count("synthesis.opinions", len(opinions)),
        "bodies": labels.count("synthesis.bodies", len(names)),
        "themes": labels.count("synthesis.themes", len(themes)),
    }
    content: list[Paragraph] = [body(labels(key, **counts))]
    told = [*themes[:MOST_THEMES], *(b for b in found if not b.label)]
    for number, bundle in enumerate(told, start=1):
        content.extend(_bundle(number, bundle, work, numbers))
    content.extend(_other_themes(themes[MOST_THEMES:], work, numbers))
    return Section(f"group-{group}", labels.group(group), 2, tuple(content))


def _other_themes(themes: Iterable[Bundle], work: Dossier, numbers: Mapping[str, int]) -> Iterable[Paragraph]:
    """Themes of less weight, each with the rows of the annex that it stands for."""
    told = [f"{b.label} ({_rows(b.opinions, work, numbers)})" for b in themes]
    if told:
        yield body(work.labels("synthesis.other_themes", themes=work.labels.listed(told)))


def _rows(opinions: Iterable[Opinion], work: Dossier, numbers: Mapping[str, int]) -> str:
    return work.labels("synthesis.rows", numbers=ranges(numbers[o.id] for o in opinions))


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in order, neighbours drawn together: "2, 5-7"."""
    runs: list[list[int]] = []
    for n in sorted(set(numbers)):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}{', ' if len(r) == 2 else '-'}{r[-1]}" for r in runs)


def bundles(opinions: Iterable[Opinion], work: Dossier) -> list[Bundle]:
    """Themes by weight (opinions, then bodies); what no theme binds comes last, together."""
    by_theme: dict[str, list[Opinion]] = {}
    for opinion in opinions:
        theme = work.themes.get(opinion.id)
        by_theme.setdefault(theme.id if theme else "", []).append(opinion)
    loose = by_theme.pop("", [])
    bound = [Bundle(work.themes[members[0].id].label, tuple(members)) for members in by_theme.values()]
    bound.sort(key=lambda b: (-len(b.opinions), -len({work.body(o) for o in b.opinions})))
    return [*bound, Bundle("", tuple(loose))] if loose else bound


def _bundle(number: int, bundle: Bundle, work: Dossier, numbers: Mapping[str, int]) -> Iterable[Paragraph]:
    labels = work.labels
    counted = labels.count("synthesis.opinions", len(bundle.opinions))
    if bundle.label:
        title = bundle.label[:1].upper() + bundle.label[1:]
        rest = labels("synthesis.from", count=counted, bodies=_named(bundle.opinions, work))
    else:  # each of them is quoted with who said it
        title, rest = labels("synthesis.loose"), labels("synthesis.alone", count=counted)
    yield Paragraph((Run(f"{number}. {title}", "bold"), Run(rest)))
    yield from _quotations(bundle, work, numbers)
    yield from _places(bundle, work)
    yield from _oppositions(bundle, work)
    yield from decided(bundle.opinions, work)
    yield from _outcomes(bundle, work)


def _named(opinions: Iterable[Opinion], work: Dossier) -> str:
    """Who asked, the first few by name."""
    names = distinct(work.body(o) for o in opinions)
    left = len(names) - MOST_BODIES
    more = [work.labels.count("synthesis.more_bodies", left)] if left > 0 else []
    return work.labels.listed([*names[:MOST_BODIES], *more])


def _quotations(bundle: Bundle, work: Dossier, numbers: Mapping[str, int]) -> Iterable[Paragraph]:
    """Different wordings, the first few, then the rows of the annex that have the rest."""
    labels = work.labels
    wordings: dict[str, Opinion] = {}
    for opinion in bundle.opinions:
        wordings.setdefault(match_key(opinion.text), opinion)
    distinct_ones = _one_of_each_set(list(wordings.values()), work)
    shown = distinct_ones[: MOST_QUOTATIONS if bundle.label else MOST_LOOSE]
    for opinion in shown:
        said_by = f" ({work.body(opinion)})"
        yield Paragraph((Run(labels.quote(opinion.text), "quote", f"#o-{opinion.id}"), Run(said_by, "muted")), "bullet")
    left = distinct_ones[len(shown) :]
    if left:
        rows = _rows(left, work, numbers)
        yield Paragraph((Run(labels.count("synthesis.more", len(left), rows=rows), "muted"),), "bullet")


def _one_of_each_set(opinions: list[Opinion], work: Dossier) -> list[Opinion]:
    seen: set[str] = set()
    kept = []
    for opinion in opinions:
        if opinion.id not in seen:
            kept.append(opinion)
            seen.update(work.twins.get(opinion.id, ()))
    return kept


def _places(bundle: Bundle, work: Dossier) -> Iterable[Paragraph]:
    """The provisions concerned, those most spoken of first, draft by draft."""
    links = [work.links[o.id][0] for o in bundle.opinions if work.links.get(o.id)]
    counted = Counter((k.draft, k.label, k.table_row) for k in links)
    order = {(k.draft, k.label, k.table_row): work.position(k) for k in links}
    places = sorted(counted, key=lambda place: (-counted[place], order.get(place, LAST)))
    by_draft: dict[str, list[str]] = {}
    for draft, label, row in places[:MOST_PLACES]:
        by_draft.setdefault(draft, []).append(f"{label} ({row})" if row else label)
    if by_draft:
        more = ["…"] if len(places) > MOST_PLACES else []
        told = [work.labels.pair(work.draft_name(d), ", ".join(names)) for d, names in by_draft.items()]
        yield body(work.labels("synthesis.places", places=work.labels.listed([*told, *more])))


def _oppositions(bundle: Bundle, work: Dossier) -> Iterable[Paragraph]:
    """Contrary requests, told with the theme that most of them belong to, in few words."""
    for contrary in oppositions(work):
        if bundle.opinions[0].id in _home(contrary, work):
            yield opposition_paragraph(contrary, work, longest=110)


@dataclass(frozen=True, slots=True)
class Contrary:
    """Opinions that want contrary things of the same places."""

    opinion_ids: tuple[str, ...]
    places: tuple[str, ...]


def oppositions(work: Dossier) -> list[Contrary]:
    """The oppositions found, those of the same opinions on several places told as one."""
    found: list[Contrary] = []
    for one in sorted(work.analysis.oppositions, key=lambda o: -len(o.opinion_ids)):
        ids = tuple(i for i in one.opinion_ids if i in work.opinions)
        held = next((c for c in found if set(ids) <= set(c.opinion_ids)), None)
        place = (_place(one.draft, one.provision_id, work),)
        if held:
            found[found.index(held)] = Contrary(held.opinion_ids, tuple(dict.fromkeys(held.places + place)))
        elif ids:
            found.append(Contrary(ids, place))
    return found


def _place(draft: str, provision_id: str, work: Dossier) -> str:
    found = work.drafts.get(draft)
    provision = found.by_id.get(provision_id) if found else None
    return f"{work.draft_name(draft)}, {provision.label}" if provision else work.draft_name(draft)


def _home(contrary: Contrary, work: Dossier) -> frozenset[str]:
    """The opinions of the theme, or of the loose ones of the group, that holds most of the contrary ones."""
    homes = [(work.groups[i], work.themes[i].id if i in work.themes else "") for i in contrary.opinion_ids]
    home = max(homes, key=homes.count)
    return frozenset(
        o.id
        for o in work.analysis.opinions
        if (work.groups[o.id], work.themes[o.id].id if o.id in work.themes else "") == home
    )


def opposition_paragraph(contrary: Contrary, work: Dossier, longest: int = 0) -> Paragraph:
    """The contrary requests, each in its own words with who made it, cut after ``longest`` characters (0: never)."""
    labels = work.labels
    runs = [Run(labels("synthesis.opposition", place=labels.listed(contrary.places)) + " ", "bold")]
    for opinion in (work.opinions[i] for i in contrary.opinion_ids):
        words = shorten(opinion.text, longest) if longest else opinion.text
        runs += [Run("; ")] if len(runs) > 1 else []
        runs += [Run(labels.quote(words), "quote", f"#o-{opinion.id}"), Run(f" ({work.body(opinion)})", "muted")]
    return Paragraph((*runs, Run(".")))


def decided(opinions: Iterable[Opinion], work: Dossier) -> Iterable[Paragraph]:
    """What people decided, counted, and their answers with the places; nothing where nobody decided."""
    labels = work.labels
    decisions = [d for o in opinions if (d := work.state.get(o.id)) and d.disposition not in ("", "pending")]
    if not decisions:
        return
    counted = Counter(d.disposition for d in decisions)
    summary = labels.listed(labels.pair(labels.name("dispositions", s), counted[s]) for s in DISPOSITIONS if counted[s])
    answers = distinct(" ".join(t for t in (d.response, f"({d.place})" if d.place else "") if t) for d in decisions)
    lead = Run(labels("synthesis.decided", summary=summary), "bold")
    shown = labels.listed([*answers[:MOST_ANSWERS], *(["…"] if len(answers) > MOST_ANSWERS else [])])
    yield Paragraph((lead, Run(f" {shown}{labels.stop(shown)}" if shown else "")))


def _outcomes(bundle: Bundle, work: Dossier) -> Iterable[Paragraph]:
    """What the revised draft did with what nobody decided yet; a machine's finding, marked as such."""
    labels = work.labels
    open_ones = [o for o in bundle.opinions if disposition_of(o.id, work.state) == "pending"]
    traces = [work.traces[o.id] for o in open_ones if o.id in work.traces]
    if not traces:
        return
    counted = Counter(t.outcome for t in traces)
    summary = labels.listed(labels.pair(labels.name("outcomes", o), counted[o]) for o in OUTCOMES if counted[o])
    evidence = distinct(
        evidence_text(e, work) for t in traces if t.outcome in ("full", "partial", "opposite") for e in t.evidence[:1]
    )
    text = " ".join([labels("synthesis.revision", summary=summary), *evidence[:MOST_EVIDENCE]])
    yield Paragraph((Run(text, "proposal"),))
