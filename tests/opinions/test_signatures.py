"""How people sign comments, notes and mails: name, office and body, in the words they wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_synth import documents
from feedback_synth.datamodel.document import Annotation, Block, Locator
from feedback_synth.datamodel.opinion import Author
from feedback_synth.opinions import extract
from feedback_synth.opinions.annotated import annotator
from feedback_synth.opinions.signatures import signed

SIGNED = [
    ("Peter Hall (Department of Health, adviser)", Author("Peter Hall", "adviser", "Department of Health")),
    ("Doan Thu Ha (Department of Justice)", Author("Doan Thu Ha", "", "Department of Justice")),
    ("Ha - Home Affairs", Author("Ha", "", "Department of Home Affairs")),
    ("Hà (STC)", Author("Hà", "", "Sở Tài chính")),
    ("Tuấn SNV", Author("Tuấn", "", "Sở Nội vụ")),
    ("Trường Đại học Tây Bắc", Author("", "", "Trường Đại học Tây Bắc")),
    ("Đoàn Thị Hà", Author("Đoàn Thị Hà")),
    ("Mme Dubois, Département des finances", Author("Dubois", "", "Département des finances")),
    ("Lucie Petit, habitante du quartier", Author("Lucie Petit", "habitante du quartier", "")),
    ("Ada Brook, Stone Bridge Initiative", Author("Ada Brook", "", "Stone Bridge Initiative")),
    ("Chairman, Hill IT Business Association", Author("", "Chairman", "Hill IT Business Association")),
    ("Bà Nguyễn Thị Mai - Giám đốc Sở Y tế", Author("Nguyễn Thị Mai", "Giám đốc", "Sở Y tế")),
    ("Ada Brook, Programme Adviser", Author("Ada Brook", "Programme Adviser", "")),
    ("Ada Brook, Office of the Inspector", Author("Ada Brook", "", "Office of the Inspector")),
    ("Anonyme", Author()),
    ("Windows User", Author()),
]


@pytest.mark.parametrize(("text", "author"), SIGNED)
def test_name_office_and_body(text: str, author: Author) -> None:
    assert signed(text, "vi") == author


@pytest.mark.parametrize(("text", "name"), [("ledinh", "ledinh"), ("Unknown", ""), ("", "")])
def test_who_comments_under_a_login_or_none(text: str, name: str) -> None:
    block = Block("d/b1", "Please add this.", Locator(), "comment", annotation=Annotation(text))
    assert annotator(block) == Author(name)


@pytest.mark.parametrize(
    "head",
    [
        "REVIEW NOTE\nDraft Project on transport\nPrepared by: Ada Brook, Stone Bridge Initiative\n",
        "Draft Resolution on transport\nReviewer: Ada Brook\nOrganisation: Stone Bridge Initiative\n",
    ],
)
def test_a_note_about_a_draft_is_its_writers_and_not_the_draft(tmp_path: Path, head: str) -> None:
    path = tmp_path / "note.txt"
    path.write_text(
        head
        + "\nTargets\n\n- Article 2: add a value for 2028.\n\nDetailed comments\n\n- Article 5 should be deleted.\n",
        encoding="utf-8",
    )
    document = documents.read(path)
    found = extract(document)
    assert document.kind == "notes"
    assert [(o.text, o.context) for o in found.opinions] == [
        ("add a value for 2028.", "Targets Article 2"),
        ("Article 5 should be deleted.", ""),
    ]
    assert {(o.author.name, o.author.organization) for o in found.opinions} == {
        ("Ada Brook", "Stone Bridge Initiative")
    }
