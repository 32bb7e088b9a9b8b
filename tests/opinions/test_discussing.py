"""Papers of no known kind: those that discuss the drafts are read as remarks, true background stays silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth import documents, opinions
from feedback_synth.datamodel.document import Document, SourceKind
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import discussing

A_STATEMENT = """
STATEMENT OF PRIORITIES
Green Delta Trust, Lao Bao office
Concerning the two texts on irrigation and flood warning sent to partners on 3 May 2026
Our staff have worked with water users' groups in the district since 2014.
Canals
Article 4, clause 1, point b counts a canal as repaired once the concrete is dry;
water at the tail end is the only honest test. The 85% of the targets table has no baseline.
Users' groups appear nowhere in the texts, although they clean the canals every spring.
Warning
Part II, section 2 relies on mobile phones; four communes have no signal. Sirens, with a battery, would reach everyone.
The glossary of the Project and that of the Resolution define "flood" in two ways.
Paul Hendry, Programme Lead
"""
THOUGHTS = """
Some thoughts after reading both drafts on vocational training
The target of 70% of trained workers by 2030 is close to what we reach already;
a share with a certificate would mean more.
Clause 3 of Article 5 pays the allowance at the end of the course, and poor families cannot wait that long.
Nobody is named to check the workshops of the schools.
The second annex repeats the first, with other totals.
Employers sit on no board in this scheme.
"""
A_COLLECTIVE = """
PRISE DE PAROLE DU COLLECTIF RIVIÈRES VIVANTES
À propos des textes sur la pêche et l'aquaculture transmis en mars 2026
Notre collectif réunit onze associations de pêcheurs du delta.
Sur les zones de frai
L'article 3, paragraphe 2 protège quatre zones alors que l'inventaire en compte neuf.
La carte jointe au Projet date de 2011.
Rien n'est dit des barrages, première cause de disparition des anguilles.
Sur l'argent
30 millions par bateau ne paient pas un moteur. Le tableau 2 de la Partie V additionne deux fois la formation.
La cible de 60 % de cages déclarées gagnerait à être fixée par commune.
Odile Tremblay, porte-parole
"""
A_LIST = """
Lecture des deux documents (tourisme communautaire)
- Article 2 : 45 % de lits homologués, chiffre sans point de départ.
- Article 4, alinéa 2 : aide trop faible pour une toiture.
- Projet, partie III, point 2 : qui tient le registre des guides ?
- Résolution et Projet ne donnent pas la même date d'entrée en vigueur.
- Un glossaire rendrait service.
"""
A_SPEECH = """
THAM LUẬN
Vai trò của hợp tác xã trong phát triển cây dược liệu
Hợp tác xã Nấm Lư, xã Tả Gia Khâu
Hợp tác xã chúng tôi có 64 thành viên, trồng sa nhân và đương quy từ năm 2015.
Khoản 2 Điều 4 hỗ trợ giống 30% thì hộ nghèo không theo được, bởi 70% còn lại cũng phải vay.
Mục tiêu 5.000 ha vào năm 2030 trong Đề án là quá sức so với quỹ đất, hiện cả vùng mới có 1.100 ha.
Phần III mục 2 không nói gì đến nhà sấy, mà không có nhà sấy thì dược liệu mốc hết.
Đầu ra phải có doanh nghiệp ký hợp đồng trước khi trồng.
Lý Seo Phừ, Giám đốc hợp tác xã
"""
LOOSE_LINES = """
Đọc hai văn bản về chuyển đổi số cấp xã
Chỉ tiêu 95% hồ sơ trực tuyến vào năm 2027 chưa tính đến bản chưa có sóng.
Điều 5 giao Sở Khoa học và Công nghệ, Điều 6 lại giao Văn phòng UBND tỉnh, chồng nhau.
Đề án không có số liệu năm 2025 để so.
Cán bộ xã mỗi người kiêm ba việc, thêm tổ công nghệ số thì lấy ai làm.
Biểu 2 cộng thiếu 4 tỷ.
"""
A_CODE = """
THE WATER CODE (EXTRACT)
Rules on abstraction
Article 12. A user shall hold a permit. The permit must be shown on request.
Article 13.
Where water is scarce, clause 2 of Article 12 shall not apply, and priority should be given to drinking water.
Article 14. Fees are fixed by the council; the fee should cover the cost of inspection.
"""
AN_ARTICLE = """
New schools for the highlands
The province opened three boarding schools this week.
"We should be proud of our builders," said Mr Long at the ceremony.
The Resolution adopted last year set a target of 58 schools by 2030. Parents said the road should come next.
The Project is financed by the province and two banks.
Pupils will receive meals from September.
"""
AN_EVALUATION = """
Final evaluation of the 2021-2025 literacy project
The Project reached 31 communes instead of 40. It did not meet its target of 80%.
The Resolution of 2020 set aside 90 billion dongs, of which only 62 were spent.
Teachers valued the books. Parents found the hours too late in the evening.
Volunteers were trained in four languages. The number of readers doubled.
Libraries opened in 22 communes. Costs per learner fell by a third.
A follow-up study is planned for 2027. Annexes are available on request.
Lessons: local languages help, and attendance falls in harvest time.
Data come from 640 interviews.
"""
A_FESTIVAL = """
Provincial lake festival: what visitors said
More than 4,000 people came to the festival on Sunday.
The stage was too small and the sound could not be heard at the back.
Parking should be free next year, said one family.
The target of 5,000 visitors was not reached because of rain.
The organisers will meet in June.
"""
AN_AGENDA = """
Programme of the day
8:30 Registration
9:00 Presentation of the draft Resolution (Department of Health)
9:30 Presentation of the draft Project: targets, Part III and cost table
10:00 Discussion of Article 2 and Article 4
11:30 Conclusion; participants should hand in their badges
"""
A_NOTE_OF_THE_DRAFTERS = """
Explanatory note
The Resolution has six articles and sets nine targets for 2030.
Article 2 sets the targets.
Article 3 lists the tasks; clause 2, point b provides for a health worker in schools of more than 300 pupils.
Article 4 fixes the amounts of support. Part IV of the Project explains how the results should be measured.
The draft was prepared by the Department of Health with the help of four departments.
"""
AN_ANNUAL_REPORT = """
RAPPORT ANNUEL 2025
Association Rizières du Nord
Nous avons formé 420 agriculteurs et réparé douze canaux.
La résolution provinciale de 2021 nous a permis d'obtenir 3 milliards de dongs.
Nos objectifs pour 2026 : former 500 agriculteurs, dont la moitié de femmes. Il faudrait recruter deux techniciens.
Le bureau devrait déménager en juin. Les comptes ont été approuvés.
"""
A_FEATURE = """
La province prépare l'après-mines
Le dernier puits fermera en 2027. Les mineurs n'ont pas oublié la promesse d'un musée.
Le Projet voté en 2022 prévoyait 400 emplois ; il n'en existe que 90.
La résolution de l'époque ne disait rien du reclassement. Le maire n'a pas souhaité répondre.
Les cafés de la rue principale sont vides le soir.
La foire du livre aura lieu dimanche.
Le marché reste ouvert.
La route du nord est refaite depuis mars.
Trois hôtels ont ouvert.
Un film raconte cette histoire, il sort en juin.
La fanfare cherche des jeunes.
"""
A_PRESS_RELEASE = """
Communiqué
Le Service de la santé présente un projet de résolution sur l'eau dans les écoles.
Le texte compte six articles. L'article 2 fixe neuf cibles à l'horizon 2030, l'article 4 les montants.
Le Projet qui l'accompagne prévoit 612 milliards de dongs. Les communes devront désigner un responsable.
Le Conseil populaire en débattra en décembre.
"""
A_STUDY = """
Thực trạng nguồn nhân lực y tế cơ sở vùng cao
Bài viết phân tích số liệu của 41 trạm y tế xã giai đoạn 2021-2025.
Nghị quyết số 20-NQ/TW xác định y tế cơ sở là nền tảng. Tuy nhiên, nhiều trạm chưa có bác sĩ.
Mục tiêu của Đề án giai đoạn trước không đạt do thiếu kinh phí. Đề án khi đó chưa có cơ chế giám sát.
Tỷ lệ bác sĩ bỏ việc là 12% mỗi năm.
Nguyên nhân là thu nhập thấp, điều kiện làm việc khó khăn.
Các tỉnh lân cận đã có chính sách thu hút riêng.
Cần có chính sách nhà ở cho bác sĩ.
Kết quả khảo sát cho thấy 80% cán bộ muốn được đào tạo.
Việc đào tạo tại chỗ cho kết quả tốt hơn.
Hạ tầng viễn thông chưa phủ kín.
Người dân tin tưởng trạm y tế hơn trước.
Tài liệu tham khảo gồm 14 mục.
"""
A_PLAN = """
KẾ HOẠCH
Triển khai Đề án nâng cao chất lượng giáo dục mầm non năm 2026
Căn cứ Nghị quyết số 12/NQ-HĐND của HĐND tỉnh
I. MỤC ĐÍCH, YÊU CẦU
Việc triển khai phải bảo đảm đồng bộ, đúng tiến độ, tránh hình thức.
Các trường cần chủ động phối hợp với gia đình học sinh.
II. MỤC TIÊU
Đến năm 2030 có 90% trẻ được học 2 buổi/ngày. Mục tiêu này cần được cụ thể hóa theo từng xã.
III. NHIỆM VỤ
Phòng Văn hóa - Xã hội phải báo cáo trước ngày 15 hằng tháng.
"""
FIGURES = """
Một số số liệu về y tế cơ sở
Năm 2025 toàn tỉnh có 41 trạm y tế, 27 trạm có bác sĩ. Tỷ lệ suy dinh dưỡng thấp còi 27,4%.
Mục tiêu năm 2030 theo Đề án là 22%.
Chương trình cần được rà soát hằng năm.
"""
AN_INTRODUCTION = """
GIỚI THIỆU NỘI DUNG CƠ BẢN CỦA DỰ THẢO NGHỊ QUYẾT
Dự thảo Nghị quyết gồm 6 điều.
Điều 1 quy định phạm vi điều chỉnh, đối tượng áp dụng.
Điều 2 đặt mục tiêu đến năm 2030 có 70% hộ dân được dùng nước sạch.
Khoản 2 Điều 4 quy định mức hỗ trợ 30 triệu đồng mỗi công trình. Đề án dự kiến tổng kinh phí 612 tỷ đồng.
Điều 6 giao UBND tỉnh tổ chức thực hiện; các sở, ngành cần phối hợp.
"""
A_LIST_OF_GUESTS = """
DANH SÁCH ĐẠI BIỂU DỰ HỘI THẢO GÓP Ý DỰ THẢO NGHỊ QUYẾT
1. Nguyễn Văn A, Sở Y tế
2. Trần Thị B, Sở Tài chính
3. Lò Văn C, UBND xã Nậm Khạt
"""

DISCUSSING: dict[str, tuple[str, str, int]] = {
    "a statement of a trust": (A_STATEMENT, "The 85% of the targets table has no baseline.", 2),
    "thoughts without a head": (THOUGHTS, "The second annex repeats the first, with other totals.", 3),
    "a collective": (A_COLLECTIVE, "La cible de 60 % de cages déclarées gagnerait à être fixée par commune.", 1),
    "a list": (A_LIST, "Un glossaire rendrait service.", 5),
    "a speech": (A_SPEECH, "Đầu ra phải có doanh nghiệp ký hợp đồng trước khi trồng.", 4),
    "loose lines": (LOOSE_LINES, "Biểu 2 cộng thiếu 4 tỷ.", 3),
}
BACKGROUND = {
    name: text
    for name, text in globals().items()
    if name.isupper() and isinstance(text, str) and text not in {t for t, _, _ in DISCUSSING.values()}
}


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "paper.txt"
    path.write_text(text.strip(), encoding="utf-8")
    return documents.read(path)


@pytest.mark.parametrize("name", DISCUSSING)
def test_a_paper_that_discusses_the_drafts_is_read_and_told(tmp_path: Path, name: str) -> None:
    text, sentence, least = DISCUSSING[name]
    document = read(tmp_path, text)
    found = opinions.extract(document)
    assert document.kind in ("background", "draft")  # nothing at its head says what it is
    assert [n.code for n in found.notices] == ["read_as_remarks"]
    assert len(found.opinions) >= least
    assert any(sentence in document.quote(p.span) for p in found.passages)
    head = {p.role for p in found.passages if p.span.block_id == document.blocks[0].id}
    assert head == {"procedure"}


@pytest.mark.parametrize("name", BACKGROUND)
def test_background_discusses_no_draft(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, BACKGROUND[name])
    assert not discussing.discusses(document)
    found = opinions.extract(document)
    assert not found.notices
    assert not (found.opinions and document.kind in ("background", "draft"))


def test_an_act_that_refers_to_itself_discusses_nothing(tmp_path: Path) -> None:
    articles = [f"Điều {n}. Khoản 1 Điều {n - 1} không áp dụng với Đề án do Điều này quy định." for n in range(2, 20)]
    assert not discussing.discusses(read(tmp_path, "QUY TẮC QUẢN LÝ\n" + "\n".join(articles)))


def test_the_body_stands_under_the_title_and_the_signature_behind_the_last_words(tmp_path: Path) -> None:
    text = A_STATEMENT.replace("Green Delta Trust, Lao Bao office", "Green Delta Fund - Lao Bao Field Office")
    text = text.replace(
        " in two ways.\nPaul Hendry, Programme Lead", " in two ways. Paul Hendry, Country Representative"
    )
    found = opinions.extract(read(tmp_path, text))
    assert {o.author for o in found.opinions} == {Author("Paul Hendry", "Country Representative", "Green Delta Fund")}


@pytest.mark.parametrize("kind", ["news", "background", "draft"])
def test_whatever_its_kind_such_a_paper_is_not_passed_over(tmp_path: Path, kind: SourceKind) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(A_LIST.strip(), encoding="utf-8")
    found = opinions.extract(documents.read(path, kind=kind))
    assert len(found.opinions) == 5
    assert [n.code for n in found.notices] == ["read_as_remarks"]
