"""The chair's conclusion entered in the ledger: one order a sentence, thanks and reports apart."""

from __future__ import annotations

import re

from feedback_synth.datamodel.document import Span
from feedback_synth.datamodel.opinion import Directive
from feedback_synth.languages.sentences import sentences
from feedback_synth.opinions import directives
from feedback_synth.opinions.deadlines import deadline
from feedback_synth.opinions.ledger import Ledger
from feedback_synth.opinions.stretch import Stretch

_LABEL = re.compile(r"\s*(?:kết luận|conclusions?|chủ trì kết luận)\s?:\s+(?=\S)", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-–+•*▪]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\))\s*")


def read(stretch: Stretch, ledger: Ledger, code: str, reference: str) -> None:
    """Enter one stretch of the conclusion; ``reference`` is the date of the source, for deadlines without a year."""
    text = ledger.text(stretch.block_id)[: stretch.end]
    number = _ITEM.match(text, stretch.start) or _LABEL.match(text, stretch.start)
    listed = _ITEM.match(text, stretch.start) is not None or ledger.document.by_id[stretch.block_id].kind == "list_item"
    last: Directive | None = None
    for first, end in sentences(text[stretch.start :], code):
        span = Span(stretch.block_id, stretch.start + first, stretch.start + end)
        body = max(span.start, number.end()) if number else span.start
        last = _sentence(stretch, ledger, span, min(body, span.end - 1), code, reference, last, listed=listed)


def _sentence(
    stretch: Stretch,
    ledger: Ledger,
    span: Span,
    body: int,
    code: str,
    reference: str,
    last: Directive | None,
    *,
    listed: bool,
) -> Directive | None:
    """Enter one sentence; gives the order that a following date may belong to."""
    words = ledger.text(span.block_id)[body : span.end]
    announces = words.rstrip().endswith(":")
    ordered, evidence = directives.is_directive(words, code, item=listed)
    if last and directives.continues(words, code, reference):
        whole = Span(span.block_id, last.span.start, span.end)
        ledger.directives[-1] = _directive(stretch, ledger, whole, code, reference, last.id)
        ledger.passage(span.block_id, span.start, span.end, "directive", "deadline of the order before")
        return ledger.directives[-1]
    if not ordered or announces:
        ledger.passage(span.block_id, span.start, span.end, "procedure" if announces else "other", evidence)
        return None
    own = Span(span.block_id, body, span.end)
    found = _directive(stretch, ledger, own, code, reference, ledger.next_id(span.block_id, "d"))
    ledger.directives.append(found)
    ledger.passage(span.block_id, span.start, span.end, "directive", evidence)
    return found


def _directive(stretch: Stretch, ledger: Ledger, span: Span, code: str, reference: str, own_id: str) -> Directive:
    text = ledger.document.quote(span)
    return Directive(
        own_id,
        ledger.document.id,
        span,
        text,
        stretch.author,
        directives.addressee(text, code) or directives.addressee(stretch.context, code),
        directives.partners(text, code),
        deadline(text, code, reference),
        code,
    )
