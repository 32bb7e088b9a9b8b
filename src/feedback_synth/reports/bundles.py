"""Opinions that are told together: the themes of each group by weight, then what no theme binds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from feedback_synth.datamodel.analysis import Theme
from feedback_synth.datamodel.opinion import Opinion
from feedback_synth.reports.dossier import Dossier
from feedback_synth.reports.labels import distinct

MOST_TOLD = 10  # themes of all groups together that the main part tells
MOST_IN_GROUP = 4


@dataclass(frozen=True, slots=True)
class Bundle:
    """Opinions of one group that are told together; ``theme`` is None where nothing binds them."""

    group: str
    theme: Theme | None
    opinions: tuple[Opinion, ...]

    @property
    def home(self) -> tuple[str, str]:
        """Group and id of the theme, "" for none."""
        return self.group, self.theme.id if self.theme else ""

    def title(self, work: Dossier) -> str:
        """The label of the theme as a title, or the words for single opinions."""
        label = self.theme.label if self.theme else ""
        return label[:1].upper() + label[1:] if label else work.labels("synthesis.loose")

    def bodies(self, work: Dossier) -> list[str]:
        """Who asked, each once; an unknown author last."""
        unknown = work.labels("unknown_author")
        return sorted(distinct(work.body(o) for o in self.opinions), key=lambda name: name == unknown)


def bundles(work: Dossier) -> dict[str, list[Bundle]]:
    """For each group its themes by weight (opinions, then bodies), numbered as they stand; singles come last."""
    return {group: _of_group(group, work) for group in work.group_order}


def _of_group(group: str, work: Dossier) -> list[Bundle]:
    by_theme: dict[str, list[Opinion]] = {}
    for opinion in work.analysis.opinions:
        if work.groups[opinion.id] == group:
            theme = work.themes.get(opinion.id)
            by_theme.setdefault(theme.id if theme else "", []).append(opinion)
    loose = by_theme.pop("", [])
    bound = [Bundle(group, work.themes[members[0].id], tuple(members)) for members in by_theme.values()]
    bound.sort(key=lambda b: (-len(b.opinions), -len(b.bodies(work))))
    return [*bound, Bundle(group, None, tuple(loose))] if loose else bound


def told(found: Mapping[str, Sequence[Bundle]], work: Dossier) -> dict[str, int]:
    """How many of the themes of each group the main part tells: one of each, then the heaviest of all."""
    themes = {group: [b for b in of_group if b.theme] for group, of_group in found.items()}
    counts = {group: min(1, len(of_group)) for group, of_group in themes.items()}
    more = [(b, group) for group, of_group in themes.items() for b in of_group[1:MOST_IN_GROUP]]
    more.sort(key=lambda item: (-len(item[0].opinions), -len(item[0].bodies(work))))
    for _, group in more[: max(0, MOST_TOLD - sum(counts.values()))]:
        counts[group] += 1
    return counts


def row_ranges(numbers: Iterable[int]) -> str:
    """Numbers in order, neighbours drawn together: "2, 5-7"."""
    runs: list[list[int]] = []
    for n in sorted(set(numbers)):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}{', ' if len(r) == 2 else '-'}{r[-1]}" for r in runs)
