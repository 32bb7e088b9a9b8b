"""The list of bodies that were asked, as a file of any kind that is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from feedback_synth.errors import UnreadableDocumentError

if TYPE_CHECKING:
    from feedback_synth.datamodel.document import Block


def words_of_list(file: Path) -> str:
    """The words of a list: a line a body; of a table a line a row, with tabs between the cells.

    A FeedbackSynthError says what is wrong with the file.
    """
    from feedback_synth import documents

    if file.suffix.lower() == ".csv":
        return _csv(file)
    blocks = documents.read(file).blocks
    cells = [block for block in blocks if block.cell]
    return "\n".join(_rows(cells) if cells else [block.text for block in blocks])


def _csv(file: Path) -> str:
    """A .csv as it is: Excel writes UTF-8 with a mark, or UTF-16 as "Unicode text"."""
    try:
        content = file.read_bytes()
        return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocumentError(
            "{name} cannot be read as UTF-8 text. Save it as .xlsx or as CSV UTF-8 and give that.", name=file.name
        ) from error
    except OSError as error:
        raise UnreadableDocumentError(
            "{path} cannot be read ({why}). Check the path and your rights.", path=file, why=error.strerror
        ) from error


def _rows(cells: Sequence[Block]) -> list[str]:
    """Rows of tables as lines, without their numbers; a title above a table stands in one cell and is left out."""
    rows: dict[tuple[int, int], list[Block]] = {}
    for block in cells:
        if block.cell:
            rows.setdefault((block.cell.table, block.cell.row), []).append(block)
    most = max(map(len, rows.values()))
    kept = [row for row in rows.values() if len(row) > 1 or most == 1]
    return ["\t".join(" ".join(b.text.split()) for b in row if b.cell and b.cell.role != "number") for row in kept]
