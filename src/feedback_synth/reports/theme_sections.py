"""One section for each content group: its heaviest themes, a paragraph each, in the words of those who spoke.

The annex of themes has all of them with every body, row, place and finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.datamodel.report import Paragraph, Run, Section
from feedback_synth.reports.bundles import MOST_IN_GROUP, Bundle, bundles, told
from feedback_synth.reports.contrary import Contrary, by_home, said
from feedback_synth.reports.dossier import LAST, Dossier
from feedback_synth.reports.findings import decided, outcomes
from feedback_synth.reports.labels import distinct
from feedback_synth.reports.numbers import body
from feedback_synth.reports.quotations import one_of_each_set, quoted, spokesman, typical

MOST_BODIES = 3
MOST_PLACES = 3
MOST_CONTRARY = 2
MOST_NAMED = 6  # themes of a group that are only named
FEWEST_SINGLES = 2
LONGEST_CONTRARY = 110
LONGEST_SINGLE = 120
LONGEST_EVIDENCE = 60
APART = ("difficulties",)  # told by place in a section of their own


def content_sections(work: Dossier, annex: Mapping[str, str]) -> list[Section | None]:
    """The groups, each with its themes; ``annex`` names the annexes by the keys of their sections."""
    found = {group: of_group for group, of_group in bundles(work).items() if group not in APART}
    if not found:
        return []
    lead = work.labels("synthesis.content_intro", annex=annex["themes_all"], opinions=annex["all_opinions"])
    note = f" {work.labels('synthesis.machine_note')}" if work.traces else ""
    head = Section("content", work.labels("synthesis.sections.content"), 1, (body(lead + note),))
    counts, homes = told(found, work), by_home(work)
    return [
        head,
        *(_group(n, of_group, counts[group], homes, work, annex) for n, (group, of_group) in numbered(found)),
    ]


def numbered(found: Mapping[str, list[Bundle]]) -> Iterable[tuple[int, tuple[str, list[Bundle]]]]:
    """The groups with their numbers in the main part."""
    return enumerate(found.items(), start=1)


def _group(
    number: int,
    of_group: Sequence[Bundle],
    shown: int,
    homes: Mapping[tuple[str, str], list[Contrary]],
    work: Dossier,
    annex: Mapping[str, str],
) -> Section:
    """How many asked for what, theme by theme, the heaviest first; then the names of the others and some singles."""
    group = of_group[0].group
    themes = [b for b in of_group if b.theme]
    content = [_lead(of_group, len(themes), work)]
    content += [_theme(f"{number}.{n}", b, homes.get(b.home, ()), work) for n, b in enumerate(themes[:shown], start=1)]
    content += _others(themes[shown:], work, annex)
    content += [_singles(b, MOST_IN_GROUP - shown, homes.get(b.home, ()), work) for b in of_group if not b.theme]
    return Section(f"group-{group}", f"{number}. {work.labels.group(group)}", 2, tuple(content))


def _lead(of_group: Sequence[Bundle], themes: int, work: Dossier) -> Paragraph:
    labels = work.labels
    names = distinct(name for b in of_group for name in b.bodies(work))
    counts = {
        "opinions": labels.count("synthesis.opinions", sum(len(b.opinions) for b in of_group)),
        "bodies": labels.count("synthesis.bodies", len(names)),
        "themes": labels.count("synthesis.themes", themes),
    }
    return body(labels("synthesis.group" if themes else "synthesis.group_without_themes", **counts))


def _theme(number: str, bundle: Bundle, contrary: Sequence[Contrary], work: Dossier) -> Paragraph:
    """Who asked, one of their wordings, the places, what contradicts it, what people or the new draft did."""
    labels = work.labels
    assert bundle.theme
    names = bundle.bodies(work)
    spoken = spokesman(bundle.opinions, work, bundle.theme.label, bundle.theme.representative_id)
    count = labels.count("synthesis.opinions", len(bundle.opinions))
    lead = labels("synthesis.theme", count=count, bodies=_named(names, work))
    by = [Run(f" ({work.body(spoken)})", "muted")] if len(names) > 1 else []
    words = quoted(spoken, work)
    stop = "." if by else labels.stop(words.text)
    return Paragraph(
        (
            Run(f"{number}. {bundle.title(work)}", "bold"),
            Run(lead),
            words,
            *by,
            Run(f"{stop}{_after(_places(bundle.opinions, work, MOST_PLACES))}"),
            *_contrary(contrary, spoken, work),
            *_findings(bundle.opinions, work),
        )
    )


def _singles(bundle: Bundle, most: int, contrary: Sequence[Contrary], work: Dossier) -> Paragraph:
    """What no theme binds: some of it quoted, what became of all of it counted."""
    different = one_of_each_set(bundle.opinions, work)
    shown = typical(different, max(FEWEST_SINGLES, most), work)
    count = work.labels.count("synthesis.opinions", len(bundle.opinions))
    key = "synthesis.alone" if len(shown) == len(different) else "synthesis.alone_among"
    return Paragraph(
        (
            Run(bundle.title(work), "bold"),
            Run(work.labels(key, count=count)),
            *said((o.id for o in shown), work, LONGEST_SINGLE),
            Run("."),
            *_contrary(contrary, shown[0], work),
            *_findings(bundle.opinions, work, evidence=0),
        )
    )


def _others(themes: Sequence[Bundle], work: Dossier, annex: Mapping[str, str]) -> Iterable[Paragraph]:
    """Themes of less weight by their names."""
    if not themes:
        return
    labels = work.labels
    named = [labels("synthesis.named", theme=b.title(work), n=len(b.opinions)) for b in themes[:MOST_NAMED]]
    left = len(themes) - len(named)
    more = [labels.count("synthesis.more_themes", left)] if left else []
    lead = Run(labels("synthesis.other_themes"), "bold")
    yield Paragraph((lead, Run(f" {labels.listed([*named, *more])} ({annex['themes_all']}).")))


def _named(names: Sequence[str], work: Dossier) -> str:
    """The first few by name, the others counted."""
    left = len(names) - MOST_BODIES
    if left < 2:  # one more name is no longer than the words for it
        return work.labels.listed(names)
    return work.labels.count("synthesis.more_bodies", left, named=work.labels.listed(names[:MOST_BODIES]))


def _after(sentence: str) -> str:
    return f" {sentence}" if sentence else ""


def _places(opinions: Iterable[Opinion], work: Dossier, most: int) -> str:
    """The provisions concerned, those most spoken of first, draft by draft; "" for none."""
    links = [work.links[o.id][0] for o in opinions if work.links.get(o.id)]
    counted = Counter((k.draft, k.label, k.table_row) for k in links)
    order = {(k.draft, k.label, k.table_row): work.position(k) for k in links}
    places = sorted(counted, key=lambda place: (-counted[place], order.get(place, LAST)))
    by_draft: dict[str, list[str]] = {}
    for draft, label, row in places[:most]:
        by_draft.setdefault(draft, []).append(f"{label} ({row})" if row else label)
    if not by_draft:
        return ""
    more = ["…"] if len(places) > most else []
    named = [
        work.labels("proposal.where", draft=work.draft_name(d), place=", ".join(names)) for d, names in by_draft.items()
    ]
    shown = work.labels.listed([*named, *more])
    return work.labels("synthesis.places", places=shown) + work.labels.stop(shown)


def _contrary(found: Iterable[Contrary], spoken: Opinion, work: Dossier) -> Iterable[Run]:
    """Who wants the contrary, apart from the one that is quoted already."""
    ids = distinct(i for contrary in found for i in contrary.opinion_ids if i != spoken.id)
    if ids:
        yield Run(f" {work.labels('synthesis.contrary')} ")
        yield from said(ids[:MOST_CONTRARY], work, LONGEST_CONTRARY)
        left = len(ids) - MOST_CONTRARY
        yield Run((work.labels("list_mark") + work.labels.count("synthesis.more", left) if left > 0 else "") + ".")


def _findings(opinions: Sequence[Opinion], work: Dossier, evidence: int = 1) -> Iterable[Run]:
    """What people decided, then what the revised draft shows of the rest."""
    if by_people := decided(opinions, work, 1):
        yield Run(f" {by_people}")
    if by_machine := outcomes(opinions, work, evidence, LONGEST_EVIDENCE):
        yield Run(f" {by_machine}", "proposal")
