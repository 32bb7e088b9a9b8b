"""Every reader fills in the same form, so that a format is added by adding a file."""

from __future__ import annotations

import inspect

import pytest

from feedback_synth import plugins
from feedback_synth.documents import readers


@pytest.mark.parametrize("name", plugins.names(readers))
def test_a_reader_has_its_suffixes_and_its_read(name: str) -> None:
    reader = plugins.load(readers, name)
    assert reader.SUFFIXES and all(s.startswith(".") and s == s.lower() for s in reader.SUFFIXES)
    assert list(inspect.signature(reader.read).parameters) == ["source", "reading"]
    assert reader.__doc__ and reader.read.__doc__


def test_no_two_readers_claim_a_suffix() -> None:
    claimed = [s for name in plugins.names(readers) for s in plugins.load(readers, name).SUFFIXES]
    assert len(claimed) == len(set(claimed))
