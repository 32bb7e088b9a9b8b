"""Sources in which nothing was found: nobody should learn by chance that a whole letter said nothing to the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feedback_synth.datamodel.document import Document, Notice
from feedback_synth.datamodel.opinion import Extraction
from feedback_synth.opinions import layout

_LEAST_WORDS = 40  # of a source that says something


def unheard(documents: Iterable[Document], extractions: Iterable[Extraction]) -> Iterator[Notice]:
    """A notice "source_without_opinions" for each document of some length without opinion, consent and order."""
    heard = {e.source_id for e in extractions if e.opinions or e.agreements or e.directives or e.left_out}
    for document in documents:
        words = sum(len(b.text.split()) for b in document.blocks if b.kind not in layout.OUTSIDE)
        if words >= _LEAST_WORDS and document.id not in heard:
            yield Notice("source_without_opinions", (("name", document.name), ("words", str(words))))
