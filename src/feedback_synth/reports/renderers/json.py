"""Reports as JSON, for programs that lay them out themselves."""

from __future__ import annotations

import json
from dataclasses import asdict

from feedback_synth.datamodel.report import Report


def render(report: Report) -> bytes:
    """Every section, cell and address of the report, in the order of its fields."""
    values = asdict(report)
    del values["template"]  # a layout of one format
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
