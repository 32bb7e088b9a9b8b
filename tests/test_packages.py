"""Zips of parts: equal parts give equal bytes, and every door tells of a damaged one in a sentence."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth import packages
from feedback_synth.errors import UnreadableDocumentError
from feedback_synth.reports.redline import package as redline
from feedback_synth.reports.renderers import _docx_template as template
from feedback_synth.store.exchange import _package as exchange

parts_of_files = st.dictionaries(st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8})?", fullmatch=True), st.binary(max_size=200))


@given(parts_of_files)
def test_parts_come_back_and_equal_parts_give_equal_bytes(parts: dict[str, bytes]) -> None:
    packed = packages.zipped(parts)
    assert packages.unpacked(packed, 10_000) == parts
    assert packages.zipped(parts) == packed


def test_a_container_beyond_its_bound_is_not_unpacked() -> None:
    packed = packages.zipped({"a": b"0" * 100, "b": b"1"})
    assert packages.unpacked(packed, 101) == {"a": b"0" * 100, "b": b"1"}
    assert packages.unpacked(packed, 100) is None


def test_xml_follows_no_entity() -> None:
    secret = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    assert (packages.parse(secret).text or "") == ""


def damaged() -> bytes:
    """A container whose directory is whole and whose compressed data are not."""
    words = random.Random(1).choices([b"<p>", b"</p>", b"opinion ", b"draft ", b"article "], k=4000)
    data = bytearray(packages.zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"".join(words)}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 80
    for place in range(start, start + 200):
        data[place] ^= 0xA5
    return bytes(data)


@pytest.mark.parametrize(
    "door",
    [
        lambda data: exchange.parts(data, "table.docx"),
        lambda data: redline.load(data, "draft.docx"),
        template.opened,
    ],
    ids=["table that came back", "draft to mark", "template"],
)
def test_damaged_data_are_told_in_a_sentence(door: Callable[[bytes], object]) -> None:
    with pytest.raises(packages.DAMAGE):
        packages.unpacked(damaged(), 1_000_000)
    with pytest.raises(UnreadableDocumentError, match=r"damaged|not a readable"):
        door(damaged())


def test_a_damaged_head_is_told_in_a_sentence(tmp_path: Path) -> None:
    from feedback_synth import config, heads
    from feedback_synth.errors import ConfigError

    folder = config.models_folder() / "requests"
    (tmp_path / "head.json").write_bytes((folder / "head.json").read_bytes())
    data = bytearray((folder / "head.npz").read_bytes())
    for place in range(len(data) // 3, len(data) // 3 + 500):
        data[place] ^= 0xA5
    (tmp_path / "head.npz").write_bytes(bytes(data))
    with pytest.raises(ConfigError, match="damaged"):
        heads.load(tmp_path)
