"""Measurable targets of a draft."""
from __future__ import annotations
from feedback_synth.datamodel.draft import Draft
def attach(draft: Draft) -> Draft:
    return draft
