"""Papers of one working group: its sheets typed up, with who thinks otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth import documents
from feedback_synth.opinions import extract

PAPERS = [
    (
        """
Group B: our flip charts

Facilitator: Ms Tan. Nine people, two of them from the school.


Sheet 1 - what we liked
- the boat for the clinic
- free meals: we all agree

Sheet 2 - to be changed
- drop the fee for the ferry, nobody can pay it
- more midwives, one for each island
- only Mr Obi: keep the fee, the ferry must be paid for

Sheet 3: Questions
- who keeps the register, clinic or commune? (Ms Reyes asks)

Typed on Tuesday by the group's secretary.
""",
        "Group B",
        "Obi",
    ),
    (
        """
RESTITUTION DU GROUPE 4

Animatrice : Mme Delaunay. Onze personnes.

Affiche 1 : les points forts
• des repas gratuits pour tous
• le groupe est d'accord avec la vedette sanitaire
Affiche 2 : à revoir
• supprimer la taxe sur le bac, personne ne peut la payer
• une sage-femme par îlot et non une pour trois
• seul M. Obi : garder la taxe, le bac doit être payé
Affiche 3 : nos questions
• qui tient le registre, le poste de santé ou la commune ? (Mme Reyes)
""",
        "Groupe 4",
        "Obi",
    ),
    (
        """
Ý kiến thảo luận nhóm 2
Trưởng nhóm: bà Hà Thị Lan, có 9 người dự

Ưu điểm
+ có tàu y tế đi các đảo
Cần sửa
+ bỏ phí qua phà, dân không có tiền
+ mỗi đảo một cô đỡ, ba đảo chung một cô là không kịp
+ chỉ riêng ông Bảy: cứ giữ phí, không thì phà lỗ
Thắc mắc
+ ai giữ sổ, trạm hay xã?
""",
        "Nhóm 2",
        "Bảy",
    ),
]


@pytest.mark.parametrize(("text", "group", "alone"), PAPERS, ids=[p[1] for p in PAPERS])
def test_a_group_speaks_and_what_it_likes_is_no_opinion(tmp_path: Path, text: str, group: str, alone: str) -> None:
    path = tmp_path / "group.txt"
    path.write_text(text.strip() + "\n", encoding="utf-8")
    found = extract(documents.read(path))
    assert [o.author.organization for o in found.opinions] == [group] * 4
    assert alone in [o.author.name for o in found.opinions]
    assert not any(word in o.text for o in found.opinions for word in ("boat", "repas", "tàu", "secretary"))


def test_papers_of_several_groups_are_none_of_one(tmp_path: Path) -> None:
    path = tmp_path / "groups.txt"
    points = "- drop the fee, nobody can pay it\n- more midwives, one for each island\n"
    path.write_text(f"Results of the day\n\nGroup 1\n{points}\nGroup 2\n{points}", encoding="utf-8")
    found = extract(documents.read(path))
    assert [o.author.organization for o in found.opinions] == ["Group 1"] * 2 + ["Group 2"] * 2
