"""Mail with the messages it answers: each is read under its own writer, once, and answers between lines are kept."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from feedback_synth import documents
from feedback_synth.datamodel.document import Document
from feedback_synth.opinions import extract
from feedback_synth.opinions.threads import introduction

ADA = ("Ada Brook", "River Fund", "Article 4 should be deleted.")
TOM = ("Tom Reed", "Hill Association", "The baseline is missing; please add it.")


def mail(
    folder: Path, text: str, *, html: str = "", name: str = "mail.eml", sender: str = "Ada Brook <ada@river.example>"
) -> Document:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "office@tinh.example", "Re: draft"
    message["Date"] = "Thu, 16 Oct 2025 18:04:11 +0700"
    message.set_content(text)
    if html:
        message.clear_content()
        message.set_content(html, subtype="html")
    path = folder / name
    path.write_bytes(message.as_bytes())
    return documents.read(path)


def said(document: Document) -> list[tuple[str, str, str]]:
    return [(o.author.name, o.author.organization, o.text) for o in extract(document).opinions]


OWN = "Dear all,\n\nArticle 4 should be deleted.\n\nBest regards,\nAda Brook\nProgramme Officer, River Fund\n\n"
QUOTED = "Dear all,\n\nThe baseline is missing; please add it.\n\nTom Reed\nHill Association\n"


def quote(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    "below",
    [
        "On Tue, 14 Oct 2025 at 16:20, Tom Reed <tom@hill.example> wrote:\n\n" + quote(QUOTED),
        "Le mar. 14 oct. 2025 à 16:20, Tom Reed\n<tom@hill.example> a écrit :\n\n" + quote(QUOTED),
        "Vào Th 3, 14 thg 10, 2025 vào lúc 16:20 Tom Reed <tom@hill.example> đã viết:\n" + quote(QUOTED),
        "-----Original Message-----\nFrom: Tom Reed <tom@hill.example>\nSent: Tuesday, October 14, 2025 4:20 PM\n"
        "To: Ada Brook\nSubject: draft\n\n" + QUOTED,
        "________________________________\nDe : Reed, Tom <tom@hill.example>\nEnvoyé : mardi 14 octobre 2025 16:20\n"
        "À : Ada Brook\nObjet : projet\n\n" + QUOTED,
    ],
)
def test_a_quoted_message_is_read_under_its_own_writer(tmp_path: Path, below: str) -> None:
    assert said(mail(tmp_path, OWN + below)) == [ADA, TOM]


def test_a_message_written_as_a_page(tmp_path: Path) -> None:
    page = (
        "<p>Dear all,</p><p>Article 4 should be deleted.</p><p>Best regards,</p><p>Ada Brook<br>River Fund</p>"
        '<div class="gmail_quote"><div class="gmail_attr">On Tue, Oct 14, 2025 at 4:20 PM Tom Reed '
        "&lt;tom@hill.example&gt; wrote:<br></div><blockquote><p>Dear all,</p>"
        "<p>The baseline is missing; please add it.</p><p>Tom Reed<br>Hill Association</p></blockquote></div>"
    )
    assert said(mail(tmp_path, "", html=page)) == [ADA, TOM]


def test_answers_between_quoted_lines_belong_to_who_answers(tmp_path: Path) -> None:
    document = mail(
        tmp_path,
        "On 14 Oct 2025, Tom Reed <tom@hill.example> wrote:\n"
        "> Article 4 sets the share of the communes.\n\nThe share should be lowered to 5%.\n\n"
        "> Article 6 says nothing about the ramps and should be completed.\n\nPlease add the cost as well.\n",
    )
    found = extract(document)
    assert [(o.author.name, o.text) for o in found.opinions] == [
        ("Ada Brook", "The share should be lowered to 5%."),
        ("Tom Reed", "Article 6 says nothing about the ramps and should be completed."),
        ("Ada Brook", "Please add the cost as well."),
    ]
    assert found.opinions[0].context.startswith("Article 4 sets the share")


def test_words_quoted_from_the_draft_are_nobodys_opinion(tmp_path: Path) -> None:
    document = mail(tmp_path, "> Article 4. Communes should pay 10%.\n\nThis share should be lowered to 5%.\n")
    assert said(document) == [("Ada Brook", "", "This share should be lowered to 5%.")]


def test_a_quoted_message_that_is_among_the_sources_is_read_there_alone(tmp_path: Path) -> None:
    below = "On Tue, 14 Oct 2025 at 16:20, Tom Reed <tom@hill.example> wrote:\n" + quote(QUOTED)
    answer = mail(tmp_path, OWN + below)
    first = mail(tmp_path, QUOTED, name="first.eml", sender="Tom Reed <tom@hill.example>")
    later = mail(tmp_path, "Hello,\n\nPlease extend the deadline.\n\n" + below, name="later.eml")
    both = documents.without_repeats((answer, first))
    assert [o for d in both for o in said(d)] == [ADA, TOM]
    twice = documents.without_repeats((answer, later))  # the message itself is not there: its first quotation is read
    assert [o[2] for d in twice for o in said(d)] == [ADA[2], TOM[2], "Please extend the deadline."]
    words = sum(len(b.text) for b in twice[1].blocks)
    assert sum(p.span.end - p.span.start for p in extract(twice[1]).passages) > 0.9 * words


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("On 10/14/2025 4:20 PM, Tom Reed wrote:", "Tom Reed"),
        ("Nguyễn Văn An <an@stc.vn> đã viết vào Th 3, 14 thg 10, 2025 lúc 16:20:", "Nguyễn Văn An"),
        ("On Tue, 14 Oct 2025 at 16:20, Le Thi Mai <mai@a.example> wrote:", "Le Thi Mai"),
        ("2025-10-14 16:20 GMT+07:00 Ada Brook <a@b.example>:", "Ada Brook"),
        ("From: Tom Reed [mailto:tom@hill.example]\nSent: Tuesday\nTo: Ada", "Tom Reed"),
    ],
)
def test_who_wrote(line: str, name: str) -> None:
    found = introduction(line)
    assert found and found[0] == name


@pytest.mark.parametrize(
    "line", ["From: 2025 to 2030 the share rises", "In the end he wrote:", "Điều 4 được viết lại:"]
)
def test_what_names_no_writer(line: str) -> None:
    assert introduction(line) is None


def test_a_quoted_call_for_opinions_is_no_opinion(tmp_path: Path) -> None:
    call = "Dear partners,\n> Here is the draft. We propose a meeting on 4 May.\n> We await your comments by 2 May.\n"
    text = f"{OWN}On 16 Oct 2025 at 09:15, Lan Pham wrote:\n> {call}"
    assert said(mail(tmp_path, text)) == [ADA]
