"""An atheris target for the readers: only a FeedbackSynthError may come out of any bytes.

    pip install atheris
    python tests/fuzz/fuzz_documents.py CORPUS... -max_total_time=300

CORPUS are folders of files to start from (tests/documents/files is one); without them it starts from nothing.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["feedback_synth"]):
    from feedback_synth.documents import _convert, _ocr
    from feedback_synth.documents._door import read_source
    from feedback_synth.documents._reading import Source
    from feedback_synth.documents.readers import csv, docx, eml, html, md, odt, pdf, rtf, txt, xlsx  # noqa: F401
    from feedback_synth.errors import FeedbackSynthError

_NAMES = ("x", "x.csv", "x.md", "x.html", "x.eml", "x.txt")


def read_bytes(data: bytes) -> None:
    """The first byte chooses the name under which the rest is given."""
    name = _NAMES[data[0] % len(_NAMES)] if data else "x"
    try:
        document, _ = read_source(Source(name, data[1:] if data[:2] != b"PK" else data))
    except FeedbackSynthError:
        return
    for block in document.blocks if document else ():
        anchor = block.annotation.anchor if block.annotation else None
        if document is not None and anchor is not None:
            document.quote(anchor)


def main() -> None:
    _convert.program = lambda: None  # type: ignore[assignment]
    _ocr.read_page = lambda document, index: None
    atheris.Setup(sys.argv, read_bytes)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
