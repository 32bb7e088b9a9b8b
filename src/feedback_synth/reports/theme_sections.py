"""One section for each content group: its themes in order of weight, in the words of those who spoke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.datamodel.report import Paragraph, Run, Section
from feedback_synth.languages.text import match_key
from feedback_synth.reports.dispositions import DISPOSITIONS, disposition_of
from feedback_synth.reports.dossier import LAST, Dossier
from feedback_synth.reports.labels import distinct
from feedback_synth.reports.numbers import body
from feedback_synth.reports.proposal import evidence_text
from feedback_synth.reports.statistics import OUTCOMES

MOST_QUOTATIONS = 4
MOST_PLACES = 6
MOST_EVIDENCE = 2


@dataclass(frozen=True, slots=True)
class Bundle:
    """Opinions of one group that are told together; ``label`` is "" where no theme binds them."""

    label: str
    opinions: tuple[Opinion, ...]


def group_section(group: str, work: Dossier) -> Section:
    """How many asked for what, theme by theme, the heaviest first."""
    labels = work.labels
    opinions = [o for o in work.analysis.opinions if work.groups[o.id] == group]
    names = distinct(work.body(o) for o in opinions)
    found = bundles(opinions, work)
    themes = sum(bool(b.label) for b in found)
    key = "synthesis.group" if themes else "synthesis.group_without_themes"
    intro = labels(key, n=len(opinions), bodies=len(names), themes=themes)
    content: list[Paragraph] = [body(intro)]
    for number, bundle in enumerate(found, start=1):
        content.extend(_bundle(number, bundle, work))
    return Section(f"group-{group}", labels.group(group), 2, tuple(content))


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


def _bundle(number: int, bundle: Bundle, work: Dossier) -> Iterable[Paragraph]:
    labels = work.labels
    names = distinct(work.body(o) for o in bundle.opinions)
    title = bundle.label or labels("synthesis.loose")
    counted = labels.count("synthesis.opinions", len(bundle.opinions))
    yield Paragraph(
        (Run(f"{number}. {title}", "bold"), Run(labels("synthesis.from", count=counted, bodies=labels.listed(names))))
    )
    yield from _quotations(bundle, work)
    yield from _places(bundle, work)
    yield from _oppositions(bundle, work)
    yield from decided(bundle.opinions, work)
    yield from _outcomes(bundle, work)


def _quotations(bundle: Bundle, work: Dossier) -> Iterable[Paragraph]:
    """Different wordings, the first few; loose opinions all, since nothing else speaks for them."""
    labels = work.labels
    wordings: dict[str, Opinion] = {}
    for opinion in bundle.opinions:
        wordings.setdefault(match_key(opinion.text), opinion)
    distinct_ones = _one_of_each_set(list(wordings.values()), work)
    shown = distinct_ones if not bundle.label else distinct_ones[:MOST_QUOTATIONS]
    for opinion in shown:
        said_by = f" ({work.body(opinion)})"
        yield Paragraph((Run(labels.quote(opinion.text), "quote", f"#o-{opinion.id}"), Run(said_by, "muted")), "bullet")
    left = len(distinct_ones) - len(shown)
    if left:
        yield Paragraph((Run(labels.count("synthesis.more", left), "muted"),), "bullet")


def _one_of_each_set(opinions: list[Opinion], work: Dossier) -> list[Opinion]:
    seen: set[str] = set()
    kept = []
    for opinion in opinions:
        if opinion.id not in seen:
            kept.append(opinion)
            seen.update(work.twins.get(opinion.id, ()))
    return kept


def _places(bundle: Bundle, work: Dossier) -> Iterable[Paragraph]:
    links = [work.links[o.id][0] for o in bundle.opinions if work.links.get(o.id)]
    counted = Counter(work.link_label(k) for k in links)
    order = {work.link_label(k): work.position(k) for k in links}
    labels_ = sorted(counted, key=lambda label: (-counted[label], order.get(label, LAST)))
    if labels_:
        shown = work.labels.listed([*labels_[:MOST_PLACES], *(["…"] if len(labels_) > MOST_PLACES else [])])
        yield body(work.labels("synthesis.places", places=shown))


def _oppositions(bundle: Bundle, work: Dossier) -> Iterable[Paragraph]:
    ids = {o.id for o in bundle.opinions}
    for opposition in work.analysis.oppositions:
        if ids.intersection(opposition.opinion_ids):
            yield opposition_paragraph(opposition.opinion_ids, opposition.draft, opposition.provision_id, work)


def opposition_paragraph(opinion_ids: Iterable[str], draft: str, provision_id: str, work: Dossier) -> Paragraph:
    """The contrary requests on one provision, each in its own words with who made it."""
    labels = work.labels
    found = work.drafts.get(draft)
    provision = found.by_id.get(provision_id) if found else None
    where = f"{work.draft_name(draft)}, {provision.label}" if provision else work.draft_name(draft)
    runs = [Run(labels("synthesis.opposition", place=where) + " ", "bold")]
    for opinion in (work.opinions[i] for i in opinion_ids if i in work.opinions):
        runs += [Run("; ")] if len(runs) > 1 else []
        runs += [Run(labels.quote(opinion.text), "quote", f"#o-{opinion.id}"), Run(f" ({work.body(opinion)})", "muted")]
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
    yield Paragraph((lead, Run(f" {labels.listed(answers)}".rstrip())))


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
