"""What earlier runs found, read back from the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedback_synth import results
from feedback_synth.datamodel.analysis import Analysis

if TYPE_CHECKING:
    from feedback_synth.store.run_diff import RunDiff
    from feedback_synth.store.workspace import Workspace

VALUES = "values.json"  # the whole analysis, for the commands that need no new run


def files_of(analysis: Analysis) -> dict[str, bytes]:
    """What a run keeps: the JSON files of the contract, and the analysis as it is."""
    from feedback_synth.store.values import dump

    return {**results.contract_files(analysis), VALUES: dump(analysis)}


def last_analysis(workspace: Workspace) -> Analysis | None:
    """What the newest run found, or None before the first."""
    run = workspace.runs.last()
    return analysis_of(workspace, run.number) if run else None


def analysis_of(workspace: Workspace, run: int | None = None) -> Analysis:
    """What a run found (default: the newest). StoreError if there is none."""
    from feedback_synth.store.values import load

    number = run or (workspace.runs.last() or workspace.runs.get(0)).number
    return load(Analysis, workspace.runs.content(workspace.runs.get(number).number, VALUES))


def diff(workspace: Workspace, old: int, new: int) -> RunDiff:
    """What differs between two runs."""
    from feedback_synth.store.run_diff import compare_runs

    return compare_runs(analysis_of(workspace, old), analysis_of(workspace, new))
