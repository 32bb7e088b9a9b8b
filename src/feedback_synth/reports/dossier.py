"""An analysis with its decisions, indexed for the writing of reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from feedback_synth.config import content_groups
from feedback_synth.datamodel.analysis import Analysis, Assignment, Link, Theme
from feedback_synth.datamodel.comparison import Trace
from feedback_synth.datamodel.decision import Decision
from feedback_synth.datamodel.document import Document, Span
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.datamodel.opinion import Author, Extraction, Opinion
from feedback_synth.datamodel.report import ReportOptions
from feedback_synth.reports.bodies import shown_names, speaker_body
from feedback_synth.reports.dispositions import current
from feedback_synth.reports.labels import Labels
from feedback_synth.reports.statistics import Participation, group_of, participation

LAST = 10**9


@dataclass(frozen=True)
class Dossier:
    """What the builders of reports look things up in."""

    analysis: Analysis
    options: ReportOptions
    decisions: tuple[Decision, ...] = ()

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.options.language, self.options.spelling)

    @cached_property
    def state(self) -> dict[str, Decision]:
        return current(self.decisions)

    @cached_property
    def documents(self) -> dict[str, Document]:
        return {d.id: d for d in self.analysis.sources}

    @cached_property
    def read(self) -> tuple[Extraction, ...]:
        """What was found in each source, without what people added that stands in none."""
        return tuple(e for e in self.analysis.extractions if e.source_id)

    @cached_property
    def opinions(self) -> dict[str, Opinion]:
        return {o.id: o for o in self.analysis.opinions}

    @cached_property
    def assignments(self) -> dict[str, Assignment]:
        return {a.opinion_id: a for a in self.analysis.assignments}

    @cached_property
    def groups(self) -> dict[str, str]:
        return group_of(self.analysis, self.decisions)

    @cached_property
    def group_order(self) -> tuple[str, ...]:
        """Groups that have opinions, in the order of data/groups.toml."""
        used = set(self.groups.values())
        return (*[g for g in self.all_groups if g in used], *sorted(used - set(self.all_groups)))

    @cached_property
    def all_groups(self) -> tuple[str, ...]:
        """Every group an editor may choose: those of data/groups.toml, and what the team's own model knows."""
        known = (str(g["key"]) for g in content_groups())
        return tuple(dict.fromkeys((*known, *self.analysis.groups)))

    @cached_property
    def links(self) -> dict[str, tuple[Link, ...]]:
        found: dict[str, list[Link]] = {}
        for link in self.analysis.links:
            found.setdefault(link.opinion_id, []).append(link)
        return {key: tuple(value) for key, value in found.items()}

    @cached_property
    def traces(self) -> dict[str, Trace]:
        return {t.opinion_id: t for t in self.analysis.tracing.traces} if self.analysis.tracing else {}

    @cached_property
    def directive_traces(self) -> dict[str, Trace]:
        return {t.opinion_id: t for t in self.analysis.tracing.directive_traces} if self.analysis.tracing else {}

    @cached_property
    def themes(self) -> dict[str, Theme]:
        return {o: t for t in reversed(self.analysis.themes) for o in t.opinion_ids}

    @cached_property
    def twins(self) -> dict[str, tuple[str, ...]]:
        """For each opinion of a duplicate set, the ids of the whole set."""
        known = self.opinions
        return {
            o: tuple(i for i in s.opinion_ids if i in known)
            for s in self.analysis.duplicate_sets
            for o in s.opinion_ids
        }

    @cached_property
    def drafts(self) -> dict[str, Draft]:
        return {d.kind: d for d in reversed(self.analysis.drafts)}

    @cached_property
    def _positions(self) -> dict[tuple[str, str], int]:
        places = [(d.kind, p.id) for d in self.analysis.drafts for p in d.provisions]
        return {place: n for n, place in enumerate(places)}

    def position(self, link: Link | None) -> int:
        """Where a linked provision stands among the provisions of all drafts; LAST for none."""
        return self._positions.get((link.draft, link.provision_id), LAST) if link else LAST

    def provision(self, link: Link) -> Provision | None:
        draft = self.drafts.get(link.draft)
        return draft.by_id.get(link.provision_id) if draft else None

    def link_label(self, link: Link) -> str:
        """Draft and place of a link: "Nghị quyết: Điều 3 khoản 2 (dòng …)"."""
        row = f" ({link.table_row})" if link.table_row else ""
        return f"{self.draft_name(link.draft)}: {link.label}{row}" if len(self.drafts) > 1 else f"{link.label}{row}"

    def draft_name(self, kind: str) -> str:
        return self.labels.name("draft_kinds", kind)

    @cached_property
    def row_anchors(self) -> dict[str, str]:
        """For each opinion, the id of the one that speaks for its row of the tables."""
        heads: dict[str, str] = {}
        for opinion in self.analysis.opinions:
            for twin in (opinion.id, *self.twins.get(opinion.id, ())):
                heads.setdefault(twin, heads.get(opinion.id, opinion.id))
        return heads

    @cached_property
    def _revised_words(self) -> dict[tuple[str, str], str]:
        return {
            (d.kind, p.label): f"{p.heading}\n{p.text}".strip()
            for d in self.analysis.revised
            for p in reversed(d.provisions)
        }

    def revised_words(self, kind: str, label: str) -> str:
        """The words of a provision of the revised draft of this kind, or ""."""
        return self._revised_words.get((kind, label), "")

    def subject(self) -> str:
        """The name of the drafts as titles use it."""
        if self.options.subject:
            return self.options.subject
        kinds = [self.draft_name(k) for k in dict.fromkeys(d.kind for d in self.analysis.drafts)]
        return self.labels("and").join(kinds) or self.labels("drafts")

    def author(self, opinion: Opinion) -> Author:
        """Who said it, by people's decision where there is one, else as the source names them."""
        decision, found = self.state.get(opinion.id), opinion.author
        if decision is None:
            return found
        return Author(
            decision.author_name or found.name,
            decision.author_title or found.title,
            decision.author_organization or found.organization,
        )

    @cached_property
    def participation(self) -> Participation:
        """Who was asked, who answered, who agreed; authors as people corrected them."""
        return participation(
            (speaker_body(self.author(o)) for o in self.analysis.opinions),
            (speaker_body(a.author) for a in self.analysis.agreements),
            self.options.consulted,
        )

    @cached_property
    def _shown(self) -> dict[str, str]:
        said = [speaker_body(self.author(o)) for o in self.analysis.opinions]
        return shown_names([*said, *(speaker_body(a.author) for a in self.analysis.agreements)], self.options.consulted)

    def body(self, opinion: Opinion) -> str:
        """The body an opinion counts for, in one spelling, or the words for an unknown one."""
        name = speaker_body(self.author(opinion))
        return self._shown[name] if name else self.labels("unknown_author")

    def place_of(self, opinion: Opinion) -> str:
        """File and place of an opinion; of one that a person added, who, and whether it stands in a source at all."""
        where = self.place(opinion.source_id, opinion.span) if opinion.span else ""
        if not opinion.added_by:
            return where
        added = self.labels("added.placed" if where else "added.loose", reviewer=opinion.added_by)
        return f"{where}; {added}" if where else added

    def place(self, source_id: str, span: Span) -> str:
        """File and place of a span in words."""
        document = self.documents[source_id]
        return f"{document.name}, {self.labels.locator(document.by_id[span.block_id].locator)}".rstrip(", ")


def dossier(analysis: Analysis, options: ReportOptions, decisions: Iterable[Decision] = ()) -> Dossier:
    return Dossier(analysis, options, tuple(decisions))
