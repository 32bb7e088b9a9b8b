"""Letters in which a body hands on what others said: whose words stand below which heading."""

from __future__ import annotations

import pytest

from feedback_synth.datamodel.document import Block, Document, Field, Locator
from feedback_synth.opinions import extract

VI = """V/v tổng hợp ý kiến của các đơn vị trực thuộc
Kính gửi: Sở Tài chính
Sở Ngoại vụ xin tổng hợp như sau:
1. Các đơn vị có ý kiến
1.1. Thư viện tỉnh (Công văn số 12/TV)
- Đề nghị nâng chỉ tiêu lên 70%;
1.2. Bảo tàng Nậm Cắn: chỉ tiêu quá cao, đề nghị hạ xuống 50%.
2. Ý kiến của Sở Ngoại vụ
Đề nghị bỏ khoản 2 Điều 5."""
EN = """Subject: comments collated from our members
Dear Sir,
Please find below the comments of our members.
1. Lake Hospital (letter of 5 May)
- The target should be lowered to 50%.
2. Association of Midwives: the allowance should be doubled.
3. Comments of the Health Network
Please drop clause 2 of Article 5."""
FR = """Objet : avis de nos membres
Madame, Monsieur,
Vous trouverez ci-dessous les avis de nos membres.
1. Hôpital du Lac (courrier du 5 mai)
- Il faudrait porter ce taux à 50 %.
2. Association des Sages-femmes : il faudrait doubler l'indemnité.
3. Avis du Réseau Santé
Il faudrait supprimer l'alinéa 2 de l'article 5."""


def letter(text: str, language: str, sender: str) -> Document:
    blocks = tuple(Block(f"d/b{n}", line, Locator(line=n)) for n, line in enumerate(text.splitlines(), 1))
    return Document("d", "d.docx", "0" * 64, "letter", language, blocks, (Field("sender", sender),))


@pytest.mark.parametrize(
    ("text", "language", "sender", "bodies"),
    [
        (VI, "vi", "Sở Ngoại vụ", ["Thư viện tỉnh", "Bảo tàng Nậm Cắn", "Sở Ngoại vụ"]),
        (EN, "en", "Health Network", ["Lake Hospital", "Association of Midwives", "Health Network"]),
        (FR, "fr", "Réseau Santé", ["Hôpital du Lac", "Association des Sages-femmes", "Réseau Santé"]),
    ],
)
def test_below_a_heading_with_a_body_its_own_words_stand(
    text: str, language: str, sender: str, bodies: list[str]
) -> None:
    found = extract(letter(text, language, sender))
    assert [o.author.organization for o in found.opinions] == bodies
    assert not any(o.text.startswith(tuple(bodies)) for o in found.opinions)


def test_in_a_letter_that_passes_nothing_on_a_body_before_a_colon_is_what_the_sender_speaks_of() -> None:
    text = """Kính gửi: Sở Tài chính
    1. Về tổ chức thực hiện
    2. Sở Ngoại vụ: đề nghị bổ sung nhiệm vụ bố trí kinh phí."""
    bodies = {o.author.organization for o in extract(letter(text, "vi", "Sở Y tế")).opinions}
    assert bodies == {"Sở Y tế"}
