"""Contrary requests about one matter, told once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from feedback_synth.datamodel.report import Paragraph, Run
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.quotations import quoted

_MOST_PLACES = 2  # where not all is told


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
    name = work.draft_name(draft)
    return work.labels("proposal.where", draft=name, place=provision.label) if provision else name


def by_home(work: Dossier) -> dict[tuple[str, str], list[Contrary]]:
    """Contrary requests by group and theme ("" for single opinions) that most of them belong to."""
    found: dict[tuple[str, str], list[Contrary]] = {}
    for contrary in oppositions(work):
        homes = [(work.groups[i], work.themes[i].id if i in work.themes else "") for i in contrary.opinion_ids]
        found.setdefault(max(homes, key=homes.count), []).append(contrary)
    return found


def opposition_paragraph(contrary: Contrary, work: Dossier, longest: int, most: int = 0) -> Paragraph:
    """The contrary requests, each in its own words with who made it, in at most ``longest`` characters; the first
    ``most`` of them (0: all)."""
    labels = work.labels
    ids = contrary.opinion_ids[: most or None]
    places = contrary.places[: _MOST_PLACES if most else None]
    more_places = ["…"] if len(places) < len(contrary.places) else []
    lead = Run(labels("synthesis.opposition", place=labels.listed([*places, *more_places])) + " ", "bold")
    left = len(contrary.opinion_ids) - len(ids)
    more = [Run(labels("list_mark") + labels.count("synthesis.more", left))] if left else []
    return Paragraph((lead, *said(ids, work, longest), *more, Run(".")))


def said(ids: Iterable[str], work: Dossier, longest: int) -> Iterable[Run]:
    """Quotations one after the other, each with who said it."""
    for number, opinion in enumerate(work.opinions[i] for i in ids):
        if number:
            yield Run(work.labels("list_mark"))
        yield quoted(opinion, work, longest)
        yield Run(f" ({work.body(opinion)})", "muted")
