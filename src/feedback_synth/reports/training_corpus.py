"""The passages and opinions of a run as a spaCy corpus, for teams that train models of their own on corrected work."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from feedback_synth.datamodel.analysis import Analysis
from feedback_synth.datamodel.document import Block, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ROLES, GROUPS, REQUESTS = "roles", "groups", "requests"  # names of the span groups


def docbin(analysis: Analysis) -> bytes:
    """A spaCy ``DocBin``: one Doc per block that holds words, tokenised by spaCy's rules of its source's language.

    ``doc.spans["roles"]`` has the passages by role, "groups" and "requests" the opinions; ``doc.user_data["block"]`` is
    the block's id. Spans are widened to whole tokens where they cut one.
    """
    from spacy.tokens import DocBin

    groups = {a.opinion_id: a.group for a in analysis.assignments}
    labelled: dict[str, list[tuple[str, Span, str]]] = {}
    for passage in analysis.passages:
        labelled.setdefault(passage.span.block_id, []).append((ROLES, passage.span, passage.role))
    for opinion in analysis.opinions:
        for span in opinion.spans[:1]:
            row = labelled.setdefault(span.block_id, [])
            row += [(GROUPS, span, groups.get(opinion.id, "")), (REQUESTS, span, opinion.request)]
    corpus = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    for source in analysis.sources:
        for block in source.blocks:
            if block.text.strip():
                corpus.add(_doc(block, source.language, labelled.get(block.id, ())))
    return bytes(corpus.to_bytes())


def _doc(block: Block, language: str, labelled: Iterable[tuple[str, Span, str]]) -> Doc:
    doc = _blank(language).make_doc(block.text)
    doc.user_data["block"] = block.id
    found: dict[str, list[Any]] = {ROLES: [], GROUPS: [], REQUESTS: []}
    for name, span, label in labelled:
        found[name].append(doc.char_span(span.start, span.end, label=label, alignment_mode="expand"))
    for name, spans in found.items():
        doc.spans[name] = [span for span in spans if span is not None]
    return doc


@cache
def _blank(language: str) -> Language:
    """spaCy's tokeniser of the language; for Vietnamese the one that needs no further package."""
    import spacy

    if language == "vi":
        return spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    return spacy.blank(language if language in ("fr", "en") else "xx")
