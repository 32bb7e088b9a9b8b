"""Articles on the web under which readers comment: persons are quoted above, readers speak below."""

from __future__ import annotations

from pathlib import Path

from feedback_synth import documents
from feedback_synth.opinions import extract

PAGE = """<html><head><title>Millers and the draft | Hill Post</title></head><body>
<nav>Home | Fields | Mills</nav><h1>Millers discuss the draft on grain stores</h1>
<p>By Mara Stone, Hill Post, 3 May 2026</p>
<p>The draft that the province put out for comment last month would rebuild forty grain stores in four years.</p>
<p>Anna Falk, manager of Golden Ear Ltd, brought a sack of wet rice. “Nobody can dry grain in a store without a
roof vent. Put two vents in each of them,” she told the meeting.</p>
<p>The hall was cold and tea was served.</p>
<p>Per Lund, an adviser at Clean Harvest, was less patient. He added that an auditor should check the scales.</p>
<h2>Comments (3)</h2>
<div class="c"><b>mill_rat</b><p>Who pays for the scales after the fourth year? Set money aside for it.</p></div>
<div class="c"><b>Bich Ngoc</b><p>Small farms should not have to pay for storage.</p></div>
<div class="c"><b>Old Hand</b><p>Brings back my years at the mill.</p></div>
</body></html>"""


def test_persons_of_the_article_and_readers_below_it_speak(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    document = documents.read(path)
    found = [(o.author.name, o.author.organization, o.text) for o in extract(document).opinions]
    assert document.kind == "news"
    assert found[:4] == [
        ("Anna Falk", "Golden Ear Ltd", found[0][2]),
        ("Per Lund", "Clean Harvest", "an auditor should check the scales."),
        ("mill_rat", "", "Who pays for the scales after the fourth year? Set money aside for it."),
        ("Bich Ngoc", "", "Small farms should not have to pay for storage."),
    ]
    assert found[0][2].startswith("Nobody can dry grain")


def test_a_sheet_of_answers_with_a_column_for_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    rows = [
        "N°;Répondant;Structure;Que proposez-vous ?;Difficulté oubliée par le texte;Autres remarques",
        "1;Anna Faure;Moulin du Val;Porter l'aide à dix millions;Aucun mécanicien à moins de cent kilomètres;",
        "2;Paul Roux;Coop Épi;Publier le rapport chaque année;;Traduire le guide en khmer pour les villages du sud",
        "3;Lise Petit;Lycée agricole;;Le silo prend l'eau à chaque crue;Des phrases trop longues : alléger le texte",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    texts = [o.text for o in extract(documents.read(path)).opinions]
    assert "Traduire le guide en khmer pour les villages du sud" in texts
    assert "Des phrases trop longues : alléger le texte" in texts
    assert len(texts) == 6
