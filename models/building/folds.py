"""Encoders and heads that have not seen a dossier, for what learns from their answers there.

The encoder and the heads for groups and requests learn from the dossiers of benchmarks/gold. What is fitted to their
answers (places, equal requests, outcomes) would trust answers too much that these know by heart: each dossier is read
with an encoder that does not know its half of them, and with heads trained without it and a quarter of the others.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import numpy as np

from feedback_synth import config, heads
from feedback_synth.analysis import encoders
from feedback_synth.analysis.encoders.onnx import OnnxEncoder
from feedback_synth.opinions import role_model
from models import measuring, train_groups, train_requests
from models.building import gold, halves

_HEADS = {"group": train_groups, "request": train_requests}
_FITTED = ("groups", "requests", "roles", "duplicates", "outcomes")


class Folds:
    """The folders of models of each fold, made once for the shipped ones and kept among the temporary files."""

    def __init__(self, shipped: encoders.Encoder) -> None:
        self._shipped = shipped
        self._folder = config.models_folder()
        trained = (self._folder / name / "head.npz" for name in ("groups", "requests"))
        told = [str(self._folder.resolve()).encode(), *(head.read_bytes() for head in trained)]  # folds link there
        told += [str(halves.folder(half)).encode() for half in (0, 1)]
        self._place = halves.kept("folds", told)
        self._names = gold.folds(measuring.FOLDS)
        missing = [n for n in range(len(self._names)) if not (self._place / str(n) / "done").is_file()]
        for half in sorted({n % 2 for n in missing}):
            rows = {field: measuring.read(field, halves.encoder(half)) for field in _HEADS}
            for n in missing:
                if n % 2 == half:
                    self._make(self._place / str(n), half, rows, self._names[n])

    @contextmanager
    def without(self, dossier: Path) -> Iterator[encoders.Encoder]:
        """Inside, the models are those that have not seen ``dossier``; gives their encoder."""
        held = next((self._place / str(n) for n, names in enumerate(self._names) if dossier.name in names), None)
        if held is None:
            yield self._shipped
            return
        with mock.patch.dict(os.environ, {"FEEDBACK_SYNTH_MODELS": str(held)}):
            yield encoders.load()

    def _make(self, folder: Path, half: int, labelled: dict[str, measuring.Rows], left_out: frozenset[str]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "encoder").symlink_to(halves.folder(half))
        known = OnnxEncoder(folder / "encoder", None)  # by the name that it has there
        for name in _FITTED:
            shutil.copytree(self._folder / name, folder / name)
        for field, module in _HEADS.items():
            rows = labelled[field]
            seen = rows.where(~np.isin(rows.files, list(left_out)))
            temperature = heads.load(module.FOLDER).temperature
            module.write(seen, encoders.fingerprint(known), temperature, folder / module.FOLDER.name)
        _adopt(folder, known)
        (folder / "done").touch()


def _adopt(folder: Path, encode: encoders.Encoder) -> None:
    """Let the models of ``folder`` fitted to the shipped encoder take this one, whose vectors are much alike."""
    for path in (folder / "duplicates" / "scorer.json", folder / "outcomes" / "judge.json"):
        told = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**told, "encoder": encoders.fingerprint(encode)}), encoding="utf-8")
    roles = folder / "roles" / "roles.npz"
    arrays = dict(np.load(roles))
    np.savez(roles, **{**arrays, "probe": encode([role_model.PROBE])[0]})
