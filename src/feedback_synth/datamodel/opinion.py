"""What people said: passages, opinions, agreements, directives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from feedback_synth.datamodel.document import Notice, Span

Role = Literal[
    "opinion", "agreement", "directive", "attendance", "draft_summary", "drafter_answer", "procedure", "other"
]
Request = Literal[
    "add", "amend", "delete", "clarify", "consider", "difficulty", "agree_with_remarks", "question", "other"
]
EditKind = Literal["replace", "delete", "insert"]


@dataclass(frozen=True, slots=True)
class Author:
    """Who said it, as the source names them; honorifics and ranks are not part of ``name``. Unknown parts are ""."""

    name: str = ""
    title: str = ""
    organization: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a source in exactly one role. The passages of a document tile all its blocks' words."""

    id: str  # "<block id>/p<n>"
    span: Span
    role: Role
    evidence: str = ""  # why this role, in words: the rule, cue or score


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of words that an opinion dictates and that can be checked literally."""

    kind: EditKind
    old: str = ""  # words to replace or delete; for an insertion the words after which it goes
    new: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One request or remark that can be answered by itself. ``document.quote(span) == text`` for a single span.

    One that a person added and whose words stand in no source has no ``source_id`` and no spans.
    """

    id: str  # "<block id>/o<n>"; of one that a person added "added/<12 hex digits>"
    source_id: str
    spans: tuple[Span, ...]
    text: str
    author: Author
    language: str
    request: Request
    request_evidence: str = ""
    context: str = ""  # a governing verb or lead-in that stands outside the quotation
    places: tuple[
        str, ...
    ] = ()  # words outside the quotation that name its provision (table column, lead-in), best first
    anchor: Span | None = None  # for annotations: the annotated words in the annotated draft
    edits: tuple[Edit, ...] = ()
    supports: tuple[str, ...] = ()  # ids of opinions this speaker sides with
    cue: Request | Literal[""] = ""  # the request that its words alone speak for, where the trained model overruled it
    added_by: str = ""  # the person who found it where the program did not

    @property
    def span(self) -> Span | None:
        """Where it begins, or None where it stands in no source."""
        return self.spans[0] if self.spans else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Consent, counted apart and never listed as an opinion."""

    id: str
    source_id: str
    span: Span
    text: str
    author: Author
    supports: tuple[str, ...] = ()  # ids of opinions of another speaker that it sides with


@dataclass(frozen=True, slots=True)
class Directive:
    """An order of the chair: who does what, with whom, by when (``deadline`` ISO 8601, or "")."""

    id: str
    source_id: str
    span: Span
    text: str
    author: Author
    addressee: str = ""
    partners: str = ""
    deadline: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one source; without ``source_id`` what people added that stands in none."""

    source_id: str
    passages: tuple[Passage, ...]
    opinions: tuple[Opinion, ...]
    agreements: tuple[Agreement, ...]
    directives: tuple[Directive, ...]
    notices: tuple[Notice, ...] = ()
    left_out: tuple[Opinion, ...] = ()  # what people said is no opinion
