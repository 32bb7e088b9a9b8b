"""Tables in plain text (.csv, .tsv): separator and encoding found by looking."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from feedback_synth.datamodel.document import Cell, Locator
from feedback_synth.documents._encodings import decode
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents._tables import letter

SUFFIXES = (".csv", ".tsv")
_SEPARATORS = (",", ";", "\t", "|")
_MAX_FIELD = 1_000_000
_MOST_OPEN = 50  # quotation marks left open that are put right


def read(source: Source, reading: Reading) -> None:
    """One block per cell that holds something; rows are counted as records, columns from 1."""
    text, encoding = decode(source.data)
    if encoding not in ("utf-8", "utf-8-sig"):
        reading.notice("encoding_guessed", encoding=encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    separator = find_separator(text)
    csv.field_size_limit(_MAX_FIELD)
    records = csv.reader(io.StringIO(_closed(text, separator)), delimiter=separator)
    row = 0
    try:
        for row, record in enumerate(records, start=1):
            if row == 1 and record and record[0].lower() == "sep=":
                continue
            _write_row(reading, row, record)
            if reading.is_full:
                break
    except csv.Error as error:
        reading.notice("row_unreadable", row=row + 1, error=error)


def _write_row(reading: Reading, row: int, record: list[str]) -> None:
    for column, words in enumerate(record, start=1):
        if not words.strip():
            continue
        place = Locator(table=1, row=row, column=column, cell=f"{letter(column)}{row}")
        reading.add(words, place, "cell", cell=Cell(1, row, column))


def find_separator(text: str) -> str:
    """The mark that parts the records into equally many fields, over the first lines."""
    sample = text[:20_000]
    first = sample.split("\n", 1)[0].lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[-1]
    return max(_SEPARATORS, key=lambda s: (_evenness(sample, s), -_SEPARATORS.index(s)))


def _closed(text: str, separator: str) -> str:
    """The text without quotation marks that nobody closed, which take the records below into one cell."""
    lines = text.split("\n")
    for _ in range(_MOST_OPEN):
        opened = _left_open(lines, separator)
        if opened is None:
            break
        lines[opened] = re.sub(rf'(^|{re.escape(separator)})"(?=[^"]*$)', r"\1", lines[opened])
    return "\n".join(lines)


def _left_open(lines: list[str], separator: str) -> int | None:
    """The line from which a cell goes on over lines that are records themselves; None where there is none."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator)
    widths: Counter[int] = Counter()
    start = 0
    try:
        for record in reader:
            first, start = start, reader.line_num
            widths[len(record)] += 1
            width = widths.most_common(1)[0][0]
            below = (line for cell in record if "\n" in cell for line in cell.rstrip("\n").split("\n")[1:])
            if width > 1 and any(line.count(separator) >= width - 1 for line in below):
                return first
    except csv.Error:
        return None
    return None


def _evenness(sample: str, separator: str) -> float:
    try:
        records = [r for r in csv.reader(io.StringIO(sample), delimiter=separator) if any(r)]
    except csv.Error:
        return 0.0
    if len(records) > 1:
        records = records[:-1]  # the last may be cut
    widths = Counter(len(r) for r in records)
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0))
    return count / max(1, len(records)) * min(width, 10) if width > 1 else 0.0
