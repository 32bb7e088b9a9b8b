"""``learn``: a team teaches a group of its own with a few examples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from feedback_synth import documents, learning
from feedback_synth.analysis.labelled import from_lines, from_table, key_of
from feedback_synth.cli import main
from feedback_synth.errors import ConfigError

ROWS = [
    ("Dữ liệu cá nhân của học sinh phải được mã hóa.", "data protection"),
    ("Không công khai số điện thoại của phụ huynh trên mạng.", "data protection"),
    ("Pupils' personal data must not be given to vendors.", "data protection"),
    ("Bổ sung 5 tỷ đồng sửa chữa phòng học.", "funding"),
    ("Ngân sách tỉnh bảo đảm kinh phí dạy xóa mù chữ.", "Kinh phí, nguồn vốn"),
    ("The provincial budget should cover the boarding allowance.", "Funding"),
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "nhan.csv"
    file.write_text("Nội dung;Nhóm\n" + "\n".join(f"{t};{g}" for t, g in ROWS), encoding="utf-8")
    return file


def test_a_group_is_known_by_its_key_and_by_its_names() -> None:
    assert key_of("Kinh phí, nguồn vốn") == key_of("FUNDING") == "funding"
    assert key_of("data protection") == "data protection"


def test_tables_and_lines_give_the_same_opinions(table: Path) -> None:
    lines = "\n".join(json.dumps({"text": t, "group": g}, ensure_ascii=False) for t, g in ROWS)
    assert from_table(documents.read(table, kind="table")) == from_lines(lines, "nhan.jsonl")


def test_a_bad_line_is_named() -> None:
    with pytest.raises(ConfigError, match=r"Line 2 of a\.jsonl"):
        from_lines('{"text": "a", "group": "b"}\n{"text": "c"}', "a.jsonl")


def test_a_table_without_groups_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("STT;Ý kiến góp ý\n1;Bổ sung chỉ tiêu\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="column of groups"):
        from_table(documents.read(file, kind="table"))


def test_what_was_learnt_sorts_opinions(table: Path, tmp_path: Path) -> None:
    learnt = learning.learn([table], tmp_path / "model", with_product=False, encoder="hashing")
    assert learnt.groups == ("funding", "data protection")
    assert learnt.own == len(ROWS)
    letter = tmp_path / "thu.txt"
    letter.write_text("UBND xã góp ý:\n- Đề nghị mã hóa dữ liệu cá nhân của học sinh.\n", encoding="utf-8")
    chosen = ["--encoder", "hashing", "--model", str(learnt.folder), "--output", str(tmp_path / "out")]
    result = CliRunner().invoke(main, ["synthesize", str(letter), *chosen])
    assert result.exit_code == 0, result.output
    analysis = json.loads((tmp_path / "out" / "analysis.json").read_text(encoding="utf-8"))
    assert [o["group"] for o in analysis["opinions"]] == ["data protection"]


def test_a_new_group_beside_the_products_own_takes_seconds_and_changes_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The product's examples are not encoded anew; what it knew it still knows."""
    from feedback_synth import config, pipeline
    from feedback_synth.analysis import groups
    from feedback_synth.analysis.labelled import labelled

    encoded: list[str] = []
    real = pipeline.load_encoder

    def counting(name: str | None, memory: object = None) -> object:
        encode = real(name)

        class Counting:
            name, means = encode.name, encode.means  # type: ignore[union-attr]

            def __call__(self, texts: list[str]) -> object:
                encoded.extend(texts)
                return encode(texts)  # type: ignore[misc]

        return Counting()

    monkeypatch.setattr(pipeline, "load_encoder", counting)
    file = tmp_path / "nhan.jsonl"
    rows = [{"text": t, "group": g} for t, g in ROWS if g == "data protection"]
    file.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    learnt = learning.learn([file], tmp_path / "model")
    shipped = groups.load_head(config.models_folder() / "groups")
    assert learnt.groups == (*shipped.labels, "data protection")
    assert len(encoded) == len(rows)
    head = groups.load_head(learnt.folder)
    assert head.temperature == shipped.temperature and head.encoder == shipped.encoder
    encode = real(None)
    assert encode is not None
    opinions = [
        labelled(text, "").opinion
        for text in (
            "Đề nghị mã hóa dữ liệu cá nhân của học sinh trước khi đưa lên mạng.",
            "Đề nghị nâng tỷ lệ hộ dân dùng nước sạch lên 95% vào năm 2030.",
            "Ngân sách tỉnh chưa bố trí kinh phí cho lớp xóa mù chữ.",
            "Giao Sở Nông nghiệp chủ trì hướng dẫn kỹ thuật trồng rừng.",
        )
    ]
    before = [a.group for a in groups.assign(opinions, encode)]
    after = groups.assign(opinions, encode, head=learnt.folder)
    assert after[0].group == "data protection" and [a.group for a in after][1:] == before[1:]
    assert "≈ Dữ liệu cá nhân của học sinh phải được mã hóa." in after[0].evidence


def test_a_group_that_the_product_knows_needs_one_example_and_a_new_one_two(tmp_path: Path) -> None:
    file = tmp_path / "nhan.jsonl"
    file.write_text(json.dumps({"text": "Cần tiền sửa đường.", "group": "funding"}), encoding="utf-8")
    assert "funding" in learning.learn([file], tmp_path / "model").groups
    file.write_text(json.dumps({"text": "Không lộ dữ liệu.", "group": "data protection"}), encoding="utf-8")
    with pytest.raises(ConfigError, match="these have one: data protection"):
        learning.learn([file], tmp_path / "model")


def test_nothing_to_learn_from_is_a_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["learn", "--model", str(tmp_path), "--encoder", "hashing"])
    assert result.exit_code == 1
    assert "nothing to learn" in result.stderr
