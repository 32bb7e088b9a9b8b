"""What the machine proposes about opinions: group, links, themes, duplicates."""

from __future__ import annotations

from dataclasses import dataclass, field

from feedback_synth.datamodel.comparison import Comparison, Tracing
from feedback_synth.datamodel.document import Document, Notice
from feedback_synth.datamodel.draft import Citation, Draft
from feedback_synth.datamodel.opinion import Agreement, Directive, Extraction, Opinion, Passage


@dataclass(frozen=True, slots=True)
class Assignment:
    """The proposed content group of one opinion; ``scores`` are calibrated where a trained model made them."""

    opinion_id: str
    group: str
    secondary: tuple[str, ...] = ()
    scores: tuple[tuple[str, float], ...] = ()  # (group, 0..1), in the order of data/groups.toml
    needs_review: bool = False
    evidence: tuple[str, ...] = ()  # the place (§), the words and the nearest examples (≈) that led here


@dataclass(frozen=True, slots=True)
class Link:
    """An opinion is about a provision. ``explicit``: the opinion, its lead-in, column or anchor names the place."""

    opinion_id: str
    draft: str
    provision_id: str
    label: str
    explicit: bool
    score: float
    evidence: str = ""
    table_row: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    id: str
    group: str
    label: str
    opinion_ids: tuple[str, ...]
    representative_id: str = ""


@dataclass(frozen=True, slots=True)
class DuplicateSet:
    """The same request made several times. ``reasons``: what any two of the set have in common."""

    id: str
    opinion_ids: tuple[str, ...]
    reasons: tuple[str, ...] = ()  # of "copy", "words", "meaning", "clause", "place", "figure"


@dataclass(frozen=True, slots=True)
class Opposition:
    """Opinions that want contrary things of one provision: a decision is needed."""

    draft: str
    provision_id: str
    opinion_ids: tuple[str, ...]


@dataclass(frozen=True)
class Analysis:
    """Everything one run found; immutable, and the only thing reports read."""

    sources: tuple[Document, ...]
    drafts: tuple[Draft, ...]
    extractions: tuple[Extraction, ...]
    assignments: tuple[Assignment, ...] = ()
    links: tuple[Link, ...] = ()
    themes: tuple[Theme, ...] = ()
    duplicate_sets: tuple[DuplicateSet, ...] = ()
    oppositions: tuple[Opposition, ...] = ()
    citations: tuple[Citation, ...] = ()  # of the sources
    revised: tuple[Draft, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    tracing: Tracing | None = None
    notices: tuple[Notice, ...] = ()  # about the dossier as a whole: faults of drafts, places named that do not exist
    failures: tuple[str, ...] = field(default=())  # one sentence per file that could not be read

    @property
    def opinions(self) -> tuple[Opinion, ...]:
        return tuple(o for e in self.extractions for o in e.opinions)

    @property
    def left_out(self) -> tuple[Opinion, ...]:
        """What people said is no opinion."""
        return tuple(o for e in self.extractions for o in e.left_out)

    @property
    def groups(self) -> tuple[str, ...]:
        """The content groups that the run sorted into or weighed, a team's own among them."""
        return tuple(dict.fromkeys(g for a in self.assignments for g in (*(g for g, _ in a.scores), a.group) if g))

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(p for e in self.extractions for p in e.passages)

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        return tuple(a for e in self.extractions for a in e.agreements)

    @property
    def directives(self) -> tuple[Directive, ...]:
        return tuple(d for e in self.extractions for d in e.directives)
