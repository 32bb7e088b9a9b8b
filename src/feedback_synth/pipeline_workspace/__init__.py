"""The user verbs inside a workspace: what the pipeline does, with what people decided put onto it and kept.

Like ``pipeline`` this walks between the rooms; it stands one storey above it. ``running`` takes sources in and runs,
``writing`` makes tables and reports and takes tables back, ``deciding`` records what people decide on one opinion,
``checking`` says what is missing.
"""

from __future__ import annotations

from feedback_synth.pipeline_workspace.checking import examine, goes_with, rules, sentence, unfinished, value_in_words
from feedback_synth.pipeline_workspace.deciding import add_opinion, correct, decide, drafts_of, merge, named, split
from feedback_synth.pipeline_workspace.kept import analysis_of, diff, last_analysis
from feedback_synth.pipeline_workspace.running import Outcome, add, find_part, groups_folder, synthesize
from feedback_synth.pipeline_workspace.writing import (
    EXPORT_FORMATS,
    comparisons,
    corpus,
    names_of_changes,
    numbered,
    options,
    places_of,
    reports,
    tables,
    take_back,
    take_over,
)

__all__ = [
    "EXPORT_FORMATS",
    "Outcome",
    "add",
    "add_opinion",
    "analysis_of",
    "comparisons",
    "corpus",
    "correct",
    "decide",
    "diff",
    "drafts_of",
    "examine",
    "find_part",
    "goes_with",
    "groups_folder",
    "last_analysis",
    "merge",
    "named",
    "names_of_changes",
    "numbered",
    "options",
    "places_of",
    "reports",
    "rules",
    "sentence",
    "split",
    "synthesize",
    "tables",
    "take_back",
    "take_over",
    "unfinished",
    "value_in_words",
]
