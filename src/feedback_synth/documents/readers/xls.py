"""Excel 97-2003 and binary workbooks (.xls, .xlsb): converted by LibreOffice where it is installed."""

from __future__ import annotations

from feedback_synth.documents import _convert
from feedback_synth.documents._reading import Reading, Source
from feedback_synth.documents.readers import xlsx
from feedback_synth.errors import UnreadableDocumentError

SUFFIXES = (".xls", ".xlt", ".xlsb")


def read(source: Source, reading: Reading) -> None:
    """Blocks of an old workbook; UnreadableDocumentError with the remedy when it cannot be converted."""
    suffix = ".xlsb" if source.data[:2] == b"PK" else ".xls"
    converted = _convert.convert(source.data, suffix, "xlsx")
    if converted is None:
        raise UnreadableDocumentError(
            "{name}: old Excel workbooks are read through LibreOffice, which is missing or could not convert it. Open "
            "it in Excel, save it as .xlsx and give that.",
            name=source.name,
        )
    reading.notice("converted_by_libreoffice")
    xlsx.read(Source(source.name, converted), reading)
