"""What words say that a person typed as an opinion: its request, the changes it dictates, who said it."""

from __future__ import annotations

from dataclasses import replace

from feedback_synth.datamodel.opinion import Author, Opinion
from feedback_synth.opinions import authors, judging
from feedback_synth.opinions.edits import edits
from feedback_synth.opinions.requests import request
from feedback_synth.opinions.stretch import whole


def understood(opinion: Opinion) -> Opinion:
    """The opinion with the request and the edits that its words have."""
    stretch = whole("", opinion.text, "note", "decision")[0]
    judged = judging.judged_by_rules(stretch, opinion.text, opinion.language).judged
    changes = edits(opinion.text)
    asked, evidence = request(judged, changes, opinion.language) if judged else ("other", "")
    return replace(opinion, request=asked, request_evidence=evidence, edits=changes)


def author(words: str, language: str) -> Author:
    """Who "UBND xã Pa Ủ – Lò Văn A, Phó Chủ tịch" names; each line or dash begins a part."""
    return authors.parse(" – ".join(line.strip() for line in words.splitlines() if line.strip()), language)
