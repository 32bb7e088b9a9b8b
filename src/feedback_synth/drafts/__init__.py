"""Drafts: structure, indicators, citations, comparison, checks."""

from feedback_synth.drafts.comparing import compare
from feedback_synth.drafts.linting import lint
from feedback_synth.drafts.parsing import parse

__all__ = ["compare", "lint", "parse"]
