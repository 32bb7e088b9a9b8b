"""Heads that have not seen a dossier, for what learns from their answers there.

The heads for groups and requests learn from the dossiers of benchmarks/gold. What is fitted to their answers (places,
equal requests, outcomes) would trust answers too much that the heads know by heart: each dossier is read with heads
trained without it and a quarter of the others.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import numpy as np

from feedback_synth import config, heads
from feedback_synth.analysis import encoders
from models import measuring, train_groups, train_requests
from models.building import gold

_HEAD = ("head.json", "head.npz")


class Folds:
    """The folders of models of each fold, made once for the shipped heads and kept among the temporary files."""

    def __init__(self, encode: encoders.Encoder) -> None:
        shipped = config.models_folder()
        trained = (shipped / name / "head.npz" for name in ("groups", "requests"))
        told = [str(shipped.resolve()).encode(), *(head.read_bytes() for head in trained)]  # folds link to that folder
        key = hashlib.sha256(b"".join(told)).hexdigest()[:16]
        self._place = Path(tempfile.gettempdir()) / f"feedback-synth-folds-{key}"
        self._folds = gold.folds(measuring.FOLDS)
        folders = [self._place / str(number) for number in range(len(self._folds))]
        missing = [n for n, folder in enumerate(folders) if not (folder / "done").is_file()]
        labelled = {field: measuring.read(field, encode) for field in ("group", "request")} if missing else {}
        for number in missing:
            _make(folders[number], shipped, self._folds[number], labelled, encoders.fingerprint(encode))

    @contextmanager
    def without(self, dossier: Path) -> Iterator[None]:
        """Inside, the models are those that have not seen ``dossier``."""
        held = next((self._place / str(n) for n, names in enumerate(self._folds) if dossier.name in names), None)
        chosen = {"FEEDBACK_SYNTH_MODELS": str(held)} if held else {}
        with mock.patch.dict(os.environ, chosen):
            yield


def _make(
    folder: Path, shipped: Path, left_out: frozenset[str], labelled: Mapping[str, measuring.Rows], encoder: str
) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in sorted(shipped.iterdir()):
        if path.name in ("groups", "requests"):
            shutil.copytree(path, folder / path.name, ignore=shutil.ignore_patterns(*_HEAD))
        elif path.is_dir():
            (folder / path.name).symlink_to(path.resolve())
    for field, module in (("group", train_groups), ("request", train_requests)):
        rows = labelled[field]
        seen = rows.where(~np.isin(rows.files, list(left_out)))
        module.write(seen, encoder, heads.load(module.FOLDER).temperature, folder / module.FOLDER.name)
    (folder / "done").touch()
