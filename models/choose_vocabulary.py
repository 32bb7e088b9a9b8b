"""Choose the pieces of the vocabulary that stay: those that texts and word lists use. Writes data/vocabulary.txt.

    python -m models.choose_vocabulary FOLDER...

Kept: every piece that the texts under the folders use, single characters of Latin or common script, pieces with letters
that only Vietnamese has, the pieces of the English and French word lists of the package pyspellchecker (MIT), and the
likeliest other pieces of Latin script up to the size.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tokenizers import Tokenizer

from feedback_synth import languages
from models.building import sources, vocabulary

_ZIPPED = {".docx", ".xlsx", ".odt", ".ods", ".xlsm", ".docm"}
_SIZE = 63_000  # pieces in all; as many as 70 MB hold
_BINARY = {".doc", ".xls", ".rtf", ".msg"}
_PLAIN = {".txt", ".md", ".csv", ".tsv", ".json", ".jsonl", ".html", ".eml", ".py", ""}


def main() -> None:
    text = sources.tokenizer()
    tokenizer = Tokenizer.from_str(text)
    pieces = json.loads(text)["model"]["vocab"]
    names = [piece for piece, _ in pieces]
    kept = {0, 1, 2, 3, len(pieces) - 1, min(range(4, len(pieces) - 1), key=lambda i: pieces[i][1])}
    kept |= {i for i, name in enumerate(names) if _always(name)}
    kept |= _used(tokenizer, _words())
    for folder in sys.argv[1:]:
        kept |= _used(tokenizer, _texts(Path(folder)))
    likely = sorted((i for i, name in enumerate(names) if _latin(name)), key=lambda i: (-pieces[i][1], i))
    kept |= set([i for i in likely if i not in kept][: max(0, _SIZE - len(kept))])
    vocabulary.write(Path(__file__).parent / "data" / "vocabulary.txt", sorted(kept))
    print(len(kept), "of", len(pieces), "pieces stay")


def _latin(piece: str) -> bool:
    return all("LATIN" in unicodedata.name(c, "") for c in piece if c.isalpha())


def _always(piece: str) -> bool:
    bare = piece.strip("▁").lower()
    if len(bare) <= 1:
        return not bare.isalpha() or "LATIN" in unicodedata.name(bare, "")
    return any(c in languages.get("vi").letters for c in bare)


def _used(tokenizer: Tokenizer, texts: Iterable[str]) -> set[int]:
    found: set[int] = set()
    for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False):
        found.update(encoding.ids)
    return found


def _words() -> Iterator[str]:
    for language in ("en", "fr"):
        for word in json.loads(gzip.decompress(sources.word_list(language))):
            yield from (word, word.capitalize(), word.upper())


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        for text in _read(path):
            yield from (text, unicodedata.normalize("NFC", text))


def _read(path: Path) -> Iterator[str]:
    suffix = path.suffix.lower()
    if suffix in _ZIPPED and zipfile.is_zipfile(path):
        yield from _zipped(path)
    elif suffix == ".pdf":
        yield from _pages(path)
    elif suffix == ".jsonl" or suffix == ".json":
        yield from re.findall(
            r'"((?:[^"\\]|\\.)*)"',
            re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), _decode(path.read_bytes())),
        )
    elif suffix in _BINARY:
        content = path.read_bytes()
        for text in (content.decode("utf-16-le", "ignore"), content.decode("cp1252", "ignore")):
            yield from re.findall(r"[A-Za-zÀ-ÿĂăĐđĨĩŨũƠơƯưẠ-ỹ0-9 ,.;:()%/'\"-]{5,}", text)
    elif suffix in _PLAIN:
        text = _decode(path.read_bytes())
        yield from text.splitlines()
        yield from html.unescape(re.sub(r"<[^>]+>", " ", text)).splitlines()


def _zipped(path: Path) -> Iterator[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if info.filename.endswith(".xml") and info.file_size < 3_000_000 and not info.flag_bits & 1:
                    yield from map(html.unescape, re.findall(r">([^<>]+)<", _decode(archive.read(info))))
    except zipfile.BadZipFile:
        return


def _pages(path: Path) -> Iterator[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(str(path))
    except pypdfium2.PdfiumError:
        return
    for page in document:
        yield page.get_textpage().get_text_range()


def _decode(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


if __name__ == "__main__":
    main()
