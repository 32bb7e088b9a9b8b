"""Drafts in the form of real codes: numbers by book and title, quotations with marks left out, paragraphs that grow."""

from __future__ import annotations

from making import draft, labels

from feedback_synth.drafts import compare, lint

A = "Les administrations échangent entre elles les informations nécessaires pour traiter une demande du public."
B = "Une administration chargée de traiter une demande informe la personne de son droit d'accès et de rectification."
C = "Un décret en Conseil d'Etat fixe les conditions d'application du présent article, notamment le délai de réponse."


def test_numbers_of_articles_of_codes() -> None:
    made = draft(
        "Partie législative", "Livre Ier : Généralités", "Article LO111-3", A, "Article L. 114-1 A", B,
        "Article R.* 421-1", C, "Article 199 terdecies-0 A", A, "Article Annexe II", B, language="fr",
    )  # fmt: skip
    assert [p.number for p in made.provisions if p.level == "article"] == [
        "LO111-3", "L114-1A", "R421-1", "199 terdecies-0 A", "Annexe II",
    ]  # fmt: skip
    assert labels(made)[1] == "Partie législative Livre I"


def test_a_chapter_between_two() -> None:
    made = draft("Chapitre 1er : Un", "Article 1", A, "Chapitre 1er bis : Deux", "Article 2", B, language="fr")
    assert [p.label for p in made.provisions if p.level == "chapter"] == ["Chapitre 1", "Chapitre 1 bis"]


def test_a_paragraph_is_inside_a_subsection() -> None:
    made = draft("Section 1 : Un", "Sous-section 1 : Deux", "Paragraphe 1 : Trois", "Article L111-1", A, language="fr")
    assert labels(made)[2] == "Section 1 sous-section 1 paragraphe 1"


def test_roman_items_with_a_suffix() -> None:
    made = draft("Article 1", f"I.-{A}", f"I bis.-{B}", f"II.-{C}", f"1° {A}", f"1° bis {B}", language="fr")
    assert labels(made)[1:] == [
        "Article 1 I",
        "Article 1 I bis",
        "Article 1 II",
        "Article 1 II 1°",
        "Article 1 II 1° bis",
    ]


def test_short_quotations_hold_no_articles() -> None:
    made = draft(
        "Article R512-1", "1° A l'article R. 1, les mots : \" régionaux ou \" sont supprimés et remplacés ;",
        "2° La mention : \" coopérative ” est interdite.", "Article R512-2", "“ Un délai d'un mois est ouvert.",
        "Section 7 : Autres", "Article D512-3", C, "“ Fin de texte. ”", language="fr",
    )  # fmt: skip
    assert [p.number for p in made.provisions if p.level == "article"] == ["R512-1", "R512-2", "D512-3"]


def test_every_paragraph_of_a_quotation_opened() -> None:
    made = draft(
        "Article 1. Amendment", "Section 5 is replaced by:", "“Article 5. New", "“(1) The board shall meet.",
        "“(2) It reports.”", "Article 2. Entry into force", "This Act enters into force today.", language="en",
    )  # fmt: skip
    assert [p.label for p in made.provisions if p.level == "article"] == ["Article 1", "Article 2"]


def test_an_annex_in_the_plural() -> None:
    made = draft("Article 1", A, "Annexes", "Tableau des effectifs.", language="fr")
    assert labels(made)[-1] == "Annexe"


def test_a_second_paragraph_is_one_addition() -> None:
    found = compare(draft("Article 1", A, language="fr"), draft("Article 1", A, B, language="fr"))
    assert [(c.kind, c.old_label, c.new_label) for c in found.changes] == [
        ("renumbered", "Article 1", "Article 1 alinéa 1"),
        ("added", "", "Article 1 alinéa 2"),
    ]
    ids = {p.old_id for p in found.pairs}
    assert ids == {"art_1"}, "the ids are those of the draft itself"


def test_other_spellings_of_a_number_are_no_renumbering() -> None:
    old = draft("Livre 1 : Un", "Article L. 111-1", A, "Article L111-2", B, language="fr")
    new = draft("Livre Ier : Un", "Article L111-1", A, "Article L111-2", B, language="fr")
    assert compare(old, new).changes == ()


def test_a_table_of_contents_without_pages() -> None:
    listed = [
        "Sec. 1. Short title.",
        "TITLE I--SAVINGS",
        "Sec. 101. Loans for measures",
        "in rural areas.",
        "Sec. 102. Reports.",
    ]
    made = draft(
        "SECTION 1. SHORT TITLE.", "This Act may be cited as the Savings Act; its contents are as follows:", *listed,
        "TITLE I--SAVINGS", "SEC. 101. LOANS FOR MEASURES", "IN RURAL AREAS.", "The Administrator shall make loans.",
        "SEC. 102. REPORTS.", "The Administrator shall report:", "``(1) once; and", "``(2) again.''.", language="en",
    )  # fmt: skip
    assert labels(made) == ["Section 1", "Title I", "Section 101", "Section 102"]
    assert made.by_id["art_101"].heading == "LOANS FOR MEASURES IN RURAL AREAS."


def test_sections_that_are_repealed_are_no_table_of_contents() -> None:
    made = draft("Article 1", "Article 2", "Article 3", "Article 4", A, language="fr")
    assert labels(made) == ["Article 1", "Article 2", "Article 3", "Article 4"]


def test_references_of_a_code_that_lead_nowhere() -> None:
    made = draft(
        "Article L111-1", "Voir l'article L. 111-9, les articles L. 111-1 à L. 111-3 et l'article L. 2131-12.",
        "Article L111-3", "Voir le dernier alinéa de l'article L. 111-1.", language="fr",
    )  # fmt: skip
    found = [dict(n.values)["reference"] for n in lint([made]) if n.code == "reference_leads_nowhere"]
    assert found == ["article L. 111-9"], "what another code numbers, and the middle of a range, are not meant"
