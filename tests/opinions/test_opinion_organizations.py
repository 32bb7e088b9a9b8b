"""One name for each body."""

from __future__ import annotations

import pytest

from feedback_synth.opinions import lexicon, organizations


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("sở GD&ĐT", "vi", "Sở Giáo dục và Đào tạo"),
        ("Sở Giáo dục và Đào tạo tỉnh Sơn La", "vi", "Sở Giáo dục và Đào tạo"),
        ("the Department of Finance", "en", "Department of Finance"),
        ("Union des femmes", "fr", "Union provinciale des femmes"),
        ("xã Nậm Tăm", "vi", "UBND xã Nậm Tăm"),
        ("Nậm Tăm", "vi", "UBND xã Nậm Tăm"),
        ("Đoàn Kết", "vi", "UBND phường Đoàn Kết"),
        ("Muong Lum commune", "en", "People's Committee of Muong Lum commune"),
        ("commune de Muong Lum", "fr", "Comité populaire de la commune de Muong Lum"),
        ("quartier de Tan Phong", "fr", "Comité populaire du quartier de Tan Phong"),
        ("People's Committee of Muong Lum commune", "en", "People's Committee of Muong Lum commune"),
        ("Hợp tác xã Bình Minh", "vi", "Hợp tác xã Bình Minh"),
        ("Ủy ban nhân dân thành phố Sông Hà", "vi", "UBND thành phố Sông Hà"),
        ("Uỷ ban nhân dân tỉnh", "vi", "UBND tỉnh"),
        ("Ban Đô thị Hội đồng nhân dân thành phố", "vi", "Ban Đô thị HĐND thành phố"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam xã An Lộc", "vi", "Ủy ban MTTQ Việt Nam xã An Lộc"),
        ("", "vi", ""),
    ],
)
def test_canonical(text: str, code: str, expected: str) -> None:
    assert organizations.canonical(text, code) == expected


def test_fold_keeps_length_and_unifies_tones() -> None:
    assert lexicon.fold_equal("Hòa  Ủy\nban") == "hoà  uỷ\nban".replace("\n", " ")


def test_words_without_marks_still_match() -> None:
    assert lexicon.find("vi", "request.performative", "de nghi tinh xem lai") is not None
    assert lexicon.find("vi", "request.performative", "dê nghi ngơi ngoài đồng") is None
