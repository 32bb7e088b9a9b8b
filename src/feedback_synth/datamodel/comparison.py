"""What changed between two drafts, and which opinion each change took in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from feedback_synth.datamodel.document import Notice

ChangeKind = Literal["modified", "added", "removed", "moved", "renumbered", "split", "merged"]
Outcome = Literal["full", "partial", "none", "opposite", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Segment:
    op: Literal["equal", "insert", "delete"]
    text: str


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """Values in one notation for all languages ("<=0.6%", "3250 tỷ đồng"), "" where there is none."""

    name: str
    old: str = ""
    new: str = ""
    old_deadline: str = ""
    new_deadline: str = ""
    old_label: str = ""
    new_label: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One provision (or table row) that differs. ids and labels are "" on the side where it does not exist."""

    kind: ChangeKind
    substantive: bool
    old_id: str
    old_label: str
    new_id: str
    new_label: str
    old_text: str
    new_text: str
    segments: tuple[Segment, ...] = ()
    indicators: tuple[IndicatorChange, ...] = ()
    table_row: str = ""  # the row's name, for a change inside a table
    strength: str = ""  # "stronger" or "weaker" where the modality changed (có thể -> phải)

    @property
    def inserted(self) -> str:
        return " … ".join(s.text.strip() for s in self.segments if s.op == "insert" and s.text.strip())

    @property
    def deleted(self) -> str:
        return " … ".join(s.text.strip() for s in self.segments if s.op == "delete" and s.text.strip())


@dataclass(frozen=True, slots=True)
class Pair:
    """An aligned pair of provisions, changed or not."""

    old_id: str
    new_id: str
    old_label: str
    new_label: str


@dataclass(frozen=True, slots=True)
class Version:
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What was not compared, and why."""

    where: str
    why: str


@dataclass(frozen=True)
class Comparison:
    draft: str  # the kind of draft, "" when two files are compared by themselves
    old: Version
    new: Version
    changes: tuple[Change, ...]
    unchanged: tuple[Pair, ...] = ()
    pairs: tuple[Pair, ...] = ()  # every aligned pair, for following a provision into the new draft
    indicator_changes: tuple[IndicatorChange, ...] = ()
    not_compared: tuple[Gap, ...] = ()
    notices: tuple[Notice, ...] = ()  # references that did not follow a renumbering


@dataclass(frozen=True, slots=True)
class TraceEvidence:
    draft: str
    old_label: str
    new_label: str
    change: str  # a ChangeKind, or "unchanged"
    inserted: str = ""
    deleted: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of one opinion (or directive) in the revised drafts."""

    opinion_id: str
    outcome: Outcome
    score: float
    evidence: tuple[TraceEvidence, ...] = ()
    needs_review: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UnaskedChange:
    """A substantive change that no opinion asked for."""

    draft: str
    kind: ChangeKind
    old_label: str
    new_label: str


@dataclass(frozen=True, slots=True)
class Carried:
    """Where the provision of an opinion that was not taken in stands in the new version; "" where it is gone."""

    opinion_id: str
    draft: str
    old_id: str
    old_label: str
    new_id: str = ""
    new_label: str = ""


@dataclass(frozen=True)
class Tracing:
    traces: tuple[Trace, ...]
    changes_without_opinion: tuple[UnaskedChange, ...] = ()
    directive_traces: tuple[Trace, ...] = ()
    carried: tuple[Carried, ...] = ()  # the links of opinions that were not taken in, with the new numbering
    alarms: tuple[Notice, ...] = ()  # what an editor must look at, before anything is decided
